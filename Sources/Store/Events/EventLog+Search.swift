package import Values

/// What an auditor looks for in the log. Everything that is set must hold.
package struct EventSearch: Sendable, Hashable {
    package var actor: RecordID?
    package var record: RecordID?
    package var object: String?
    /// A kind such as `updated`, or what kinds begin with when it ends in a colon: `account:`.
    package var kind: String?
    /// Id of a field among the changes.
    package var field: String?
    /// From this instant on.
    package var from: Instant?
    /// Before this instant.
    package var until: Instant?
    /// Part of what is written in the changes, the reason or the actor's name; ASCII letters in either case.
    package var text: String?

    package init() {}

    /// Whether an index leads to what is looked for; otherwise the log is read back piece by piece.
    var isNarrow: Bool { actor != nil || record != nil }
}

/// A piece of what a search found.
package struct EventFindings: Sendable {
    /// Newest first.
    package let entries: [EventEntry]
    /// The search goes on before this number; nil when the log was read to its beginning.
    package let next: Int?
}

extension EventLog {
    /// Events that one step of a search without a person or a record looks at, at most.
    package static let searchWindow = 200_000

    /// Events that match, newest first. One statement.
    ///
    /// - Parameter before: only smaller numbers; nil begins at the end of the log.
    package func search(_ wanted: EventSearch, before: Int?, limit: Int) throws -> EventFindings {
        let top = try before ?? lastSequence() + 1
        let floor = wanted.isNarrow ? 0 : max(0, top - 1 - Self.searchWindow)
        var parts: [SQLFragment] = ["sequence < \(top)"]
        if floor > 0 { parts.append("sequence > \(floor)") }
        if let actor = wanted.actor { parts.append("(actor = \(actor) OR on_behalf_of = \(actor))") }
        if let record = wanted.record { parts.append("(record = \(record) OR parent = \(record))") }
        if let object = wanted.object { parts.append("object = \(object)") }
        if let kind = wanted.kind { parts.append(Self.ofKind(kind)) }
        if let from = wanted.from { parts.append("at >= \(from)") }
        if let until = wanted.until { parts.append("at < \(until)") }
        if let field = wanted.field {
            let name: SQLFragment = "\("\"" + field + "\"")"
            let line: SQLFragment = "\("\"" + field + "[")"
            let column: SQLFragment = "changes"
            let whole = connection.dialect.position(of: name, in: column)
            let inLine = connection.dialect.position(of: line, in: column)
            parts.append("(\(whole) > 0 OR \(inLine) > 0)")
        }
        if let text = wanted.text { parts.append(holds(text)) }
        let found = try entries(where: parts.joined(separator: " AND "), order: "sequence DESC", limit: limit)
        let next = found.count == limit ? found.last?.sequence : floor > 0 ? floor + 1 : nil
        return EventFindings(entries: found, next: next)
    }

    private static func ofKind(_ kind: String) -> SQLFragment {
        guard kind.hasSuffix(":") else { return "kind = \(kind)" }
        return "kind >= \(kind) AND kind < \(String(kind.dropLast()) + ";")"
    }

    /// Changes are kept as JSON, where quotes and backslashes are written otherwise: such a text is left to the reader.
    private func holds(_ text: String) -> SQLFragment {
        if text.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline }) { return "1 = 1" }
        let needle: SQLFragment = "lower(\(text))"
        let columns = ["changes", "actor_name", "coalesce(reason, '')"].map { name -> SQLFragment in
            connection.dialect.position(of: needle, in: .raw("lower(" + name + ")")) + " > 0"
        }
        return "(\(columns.joined(separator: " OR ")))"
    }

    /// When the newest event of a kind happened to each of these records. One statement.
    package func latest(_ kind: String, of records: [RecordID]) throws -> [RecordID: Instant] {
        if records.isEmpty { return [:] }
        let rows = try connection.rows(
            """
            SELECT record, max(at) FROM event WHERE \(RecordStore.among(records, column: "record")) \
            AND kind = \(kind) GROUP BY record
            """)
        return Dictionary(
            try rows.compactMap { row in try row[1].instant.map { (try required(row[0]), $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Since when each of these records holds the value that it has in a field: its newest change, else its making. One
    /// statement.
    package func latestChange(of field: String, in records: [RecordID]) throws -> [RecordID: Instant] {
        if records.isEmpty { return [:] }
        let change: SQLFragment = "\("{\"field\":\"" + field + "\",")"
        let place = connection.dialect.position(of: change, in: "changes")
        let rows = try connection.rows(
            """
            SELECT record, max(at) FROM event WHERE \(RecordStore.among(records, column: "record")) \
            AND (kind = \("created") OR \(place) > 0) GROUP BY record
            """)
        return Dictionary(
            try rows.compactMap { row in try row[1].instant.map { (try required(row[0]), $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
