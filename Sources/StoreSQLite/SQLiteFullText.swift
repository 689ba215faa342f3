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

    /// There is one writer, so the largest number so far tells the next one. (An INSERT with RETURNING opens a savepoint,
    /// at each of which FTS5 writes out what it holds: a third of the cost of a bulk insert.)
    func nextDocument(on connection: any Connection) throws -> Int64 {
        let largest = try connection.row("SELECT max(number) FROM search_document")?[0].integer
        return (largest ?? 0) + 1
    }

    func add(document: Int64, tokens: String, on connection: any Connection) throws {
        try connection.run("INSERT INTO search_index(rowid, tokens) VALUES (\(document), \(tokens))")
    }

    func remove(document: Int64, tokens: String, on connection: any Connection) throws {
        try connection.run(
            "INSERT INTO search_index(search_index, rowid, tokens) VALUES ('delete', \(document), \(tokens))")
    }

    /// CROSS JOIN keeps the index in the outer loop, which gives its rows in the wanted order without a sort.
    func select(
        _ columns: SQLFragment, holding tokens: [String], condition: SQLFragment, limit: Int
    ) -> SQLFragment {
        let match = tokens.map { "\"" + $0 + "\"" }.joined(separator: " AND ")
        return """
            SELECT \(columns) FROM search_index CROSS JOIN search_document AS d ON d.number = search_index.rowid \
            WHERE search_index MATCH \(match) AND \(condition) ORDER BY search_index.rowid DESC LIMIT \(limit)
            """
    }

    func clear(on connection: any Connection) throws {
        try connection.run("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    }
}
