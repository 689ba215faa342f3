import Store

/// Tokens as an array under an inverted (GIN) index. It is kept up to date with each document: a list of what is not yet
/// in it would be read by every search.
struct PostgresFullText: FullTextIndex {
    /// There is one writer, so the largest number so far tells the next one.
    func nextDocument(on connection: any Connection) throws -> Int64 {
        let largest = try connection.row("SELECT max(number) FROM search_document")?[0].integer
        return (largest ?? 0) + 1
    }

    func add(document: Int64, tokens: String, on connection: any Connection) throws {
        try connection.send(
            "INSERT INTO search_index(document, tokens) VALUES (\(document), string_to_array(\(tokens), ' '))")
    }

    func remove(document: Int64, tokens: String, on connection: any Connection) throws {
        try connection.send("DELETE FROM search_index WHERE document = \(document)")
    }

    func select(
        _ columns: SQLFragment, holding tokens: [String], condition: SQLFragment, limit: Int
    ) -> SQLFragment {
        """
        SELECT \(columns) FROM search_index AS x JOIN search_document AS d ON d.number = x.document \
        WHERE x.tokens @> string_to_array(\(tokens.joined(separator: " ")), ' ') AND \(condition) \
        ORDER BY x.document DESC LIMIT \(limit)
        """
    }

    func clear(on connection: any Connection) throws {
        try connection.run("DELETE FROM search_index")
    }
}
