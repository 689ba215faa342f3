import Store

/// Tokens in a contentless FTS5 table, without positions: the smallest index that answers "which documents hold all
/// of these tokens", newest first, without reading more of it than the answer needs.
///
/// Tokens come ready from `SearchText`, so the table can be searched with any SQLite shell and no tokenizer of ours has
/// to be registered. Tokens are letters, digits, `^` and `@`, joined by blanks; FTS5's `ascii` tokenizer takes every
/// character above 127 as part of a word.
struct SQLiteFullText: FullTextIndex {
    static let creation = """
        CREATE VIRTUAL TABLE search_index USING fts5(
            tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '^@_'");
        """

    func add(document: Int64, tokens: [String], on connection: any Connection) throws {
        let text = tokens.joined(separator: " ")
        try connection.run("INSERT INTO search_index(rowid, tokens) VALUES (\(document), \(text))")
    }

    func remove(document: Int64, tokens: [String], on connection: any Connection) throws {
        let text = tokens.joined(separator: " ")
        try connection.run(
            "INSERT INTO search_index(search_index, rowid, tokens) VALUES ('delete', \(document), \(text))")
    }

    func documents(holding tokens: [String]) -> SQLFragment {
        let match = tokens.map { "\"" + $0 + "\"" }.joined(separator: " AND ")
        return "SELECT rowid FROM search_index WHERE search_index MATCH \(match) ORDER BY rowid DESC"
    }

    func clear(on connection: any Connection) throws {
        try connection.run("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    }
}
