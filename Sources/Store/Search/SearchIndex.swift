package import Values

/// What is found of one record.
package struct SearchDocument: Sendable, Hashable {
    package let object: String
    package let record: RecordID
    package let title: String
    /// The searched fields, separated by line ends.
    package let body: String

    package init(object: String, record: RecordID, title: String, body: String) {
        self.object = object
        self.record = record
        self.title = title
        self.body = body
    }
}

/// A record that a search found.
package struct SearchHit: Sendable, Hashable {
    package let object: String
    package let record: RecordID
    package let title: String
}

/// The search documents of all live records: one row each, and the engine's index from token to document.
package struct SearchIndex {
    /// Newest documents looked at for one list; enough unless rights or filters hide nearly all of them.
    static let usualCandidates = 1000
    static let mostCandidates = 20_000

    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds or replaces a document. Three statements for a new one, six otherwise.
    func put(_ document: SearchDocument, isNew: Bool) throws {
        if !isNew { try remove(document.record) }
        let text = SearchText(document.title + "\n" + document.body)
        let key = SearchText.key(document.title)
        let number = try connection.fullText.nextDocument(on: connection)
        try connection.send(
            """
            INSERT INTO search_document(number, object, record, title, title_key, text) VALUES \
            (\(number), \(document.object), \(document.record), \(document.title), \(key), \(text.folded))
            """)
        let tokens = text.tokens + " " + Self.objectToken(document.object)
        try connection.fullText.add(document: number, tokens: tokens, on: connection)
    }

    /// Forgets the document of a record. One statement, two more when there is one.
    func remove(_ record: RecordID) throws {
        let found = try connection.row("SELECT number, object, text FROM search_document WHERE record = \(record)")
        guard let found, let number = found[0].integer else { return }
        let tokens = SearchText(folded: found[2].string).tokens + " " + Self.objectToken(found[1].string)
        try connection.fullText.remove(document: number, tokens: tokens, on: connection)
        try connection.send("DELETE FROM search_document WHERE number = \(number)")
    }

    /// What the index holds of each document behind `number`, in order. One statement.
    func entries(after number: Int64, limit: Int) throws -> [(number: Int64, tokens: String)] {
        try connection.rows(
            """
            SELECT number, object, text FROM search_document WHERE number > \(number) ORDER BY number LIMIT \(limit)
            """
        ).map { row in
            let tokens = SearchText(folded: row[2].string).tokens + " " + Self.objectToken(row[1].string)
            return (row[0].integer ?? 0, tokens)
        }
    }

    /// Forgets every document, before all are written anew.
    package func clear() throws {
        try connection.fullText.clear(on: connection)
        try connection.run("DELETE FROM search_document")
    }

    /// Live records for a search box: first those whose number or name is what was typed, then those whose name begins
    /// with it, then those that hold all words, newest first. Up to three statements.
    ///
    /// - Parameter objects: in which to search; empty means all.
    /// - Returns: candidates without regard to rights, each once, at most `limit`.
    package func hits(_ words: String, in objects: [String] = [], limit: Int) throws -> [SearchHit] {
        let request = SearchText.request(words)
        guard !request.isEmpty else { return [] }
        var found: [SearchHit] = []
        var seen: Set<RecordID> = []
        func take(_ query: SQLFragment) throws {
            for row in try connection.rows(query) where found.count < limit {
                let id = try required(row[1])
                if seen.insert(id).inserted {
                    found.append(SearchHit(object: row[0].string, record: id, title: row[2].string))
                }
            }
        }
        let columns: SQLFragment = "SELECT d.object, d.record, d.title FROM search_document AS d"
        let scope = Self.scope(objects)
        let end = request.key + "\u{10FFFF}"
        try take("\(columns) WHERE d.title_key = \(request.key)\(scope) LIMIT \(limit)")
        if found.count < limit {
            try take("\(columns) WHERE d.title_key > \(request.key) AND d.title_key < \(end)\(scope) LIMIT \(limit)")
        }
        if found.count < limit {
            let object = objects.count == 1 ? objects[0] : nil
            try take(newest("d.object, d.record, d.title", request, in: object, scope: scope, limit: limit))
        }
        return found
    }

    /// A subquery: ids of the newest `limit` records of `object` that hold all words.
    func records(_ words: String, in object: String, limit: Int) -> SQLFragment {
        let request = SearchText.request(words)
        guard !request.isEmpty else { return "SELECT record FROM search_document WHERE 1 = 0" }
        return newest("d.record", request, in: object, scope: "", limit: limit)
    }

    /// Whether more than `count` records of `object` hold all words. One statement.
    func exceeds(_ count: Int, _ words: String, in object: String) throws -> Bool {
        let found = records(words, in: object, limit: count + 1)
        return try connection.row("SELECT count(*) FROM (\(found)) AS c").map { $0[0].count > count } ?? false
    }

    private func newest(
        _ columns: SQLFragment, _ request: SearchText.Request, in object: String?, scope: SQLFragment, limit: Int
    ) -> SQLFragment {
        var tokens = request.tokens
        if let object { tokens.append(Self.objectToken(object)) }
        let stands = request.fragments.map { fragment -> SQLFragment in
            connection.dialect.position(of: "\(fragment)", in: "d.text") + " > 0"
        }
        return connection.fullText.select(
            columns, holding: tokens, condition: stands.joined(separator: " AND ") + scope, limit: limit)
    }

    private static func scope(_ objects: [String]) -> SQLFragment {
        if objects.isEmpty { return "" }
        if objects.count == 1 { return " AND d.object = \(objects[0])" }
        return " AND d.object IN (\(objects.map { "\($0)" as SQLFragment }.joined(separator: ", ")))"
    }

    private static func objectToken(_ object: String) -> String { "@" + object }
}
