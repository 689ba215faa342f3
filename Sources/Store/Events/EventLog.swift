package import Values

/// The append-only log of everything that happened, written in the transaction of the change itself.
package struct EventLog {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds events in order; their sequence numbers go on where the log ends, without gaps. One statement and one
    /// for each event.
    ///
    /// - Returns: the sequence number of the last one, which is that of the log when `entries` is empty.
    @discardableResult
    package func append(_ entries: [EventEntry]) throws -> Int {
        if entries.isEmpty { return try lastSequence() }
        let moved = try connection.rows(
            "UPDATE event_head SET sequence = sequence + \(entries.count) WHERE id = 1 RETURNING sequence")
        guard let last = moved.first?[0].int else { throw StoreError.broken("the event log has no head") }
        let rows = entries.enumerated().map { index, entry -> [SQLValue] in
            [
                .integer(Int64(last - entries.count + index + 1)), SQLValue(entry.at), SQLValue(entry.actor),
                .text(entry.actorName), SQLValue(entry.onBehalfOf), .text(entry.origin), SQLValue(entry.command),
                .text(entry.object), SQLValue(entry.record), SQLValue(entry.parent), .text(entry.kind),
                .text(ChangesText.text(entry.changes)), SQLValue(entry.reason), .integer(Int64(entry.modelVersion)),
            ]
        }
        try connection.load("event", columns: Self.columnNames, rows: rows)
        return last
    }

    /// The number of events so far. One statement.
    package func lastSequence() throws -> Int {
        try connection.row("SELECT sequence FROM event_head WHERE id = 1").map { $0[0].count } ?? 0
    }

    /// Events after a sequence number, in order; for live pages and sync. One statement.
    ///
    /// - Parameter objects: only of these; empty means all. With objects that are seldom written the engine reads on
    ///   until it has `limit` of them.
    package func events(after sequence: Int, limit: Int, objects: [String] = []) throws -> [EventEntry] {
        var condition: SQLFragment = "sequence > \(sequence)"
        if !objects.isEmpty {
            condition += " AND object IN (\(objects.map { "\($0)" as SQLFragment }.joined(separator: ", ")))"
        }
        return try entries(where: condition, order: "sequence", limit: limit)
    }

    /// Events of one actor, newest first. One statement.
    package func events(by actor: RecordID, before: Int? = nil, limit: Int) throws -> [EventEntry] {
        try entries(where: "actor = \(actor)" + Self.earlier(before), order: "sequence DESC", limit: limit)
    }

    /// How often somebody did something of a kind since an instant. One statement.
    package func count(of kind: String, by actor: RecordID, since: Instant) throws -> Int {
        try connection.row(
            "SELECT count(*) FROM event WHERE actor = \(actor) AND kind = \(kind) AND at >= \(since)"
        ).map { $0[0].count } ?? 0
    }

    /// Other records whose events belong on a record's timeline: those of `object` whose link field points to it.
    package struct Related: Sendable, Hashable {
        package let object: String
        /// Id of the link field, from the Model.
        package let field: String
        package init(object: String, field: String) {
            self.object = object
            self.field = field
        }
    }

    /// The timeline of a record: its own events and those of its lines, with those of `related` records when asked,
    /// newest first. One statement, with related ones another and one for each of their objects; of each object the 100
    /// most recently changed related records are looked at.
    ///
    /// - Parameter merged: records that were merged into this one, whose events stand among its own.
    package func timeline(
        _ object: String, _ id: RecordID, before: Int? = nil, limit: Int, related: [Related] = [],
        merged: [RecordID] = []
    ) throws -> [EventEntry] {
        let earlier = Self.earlier(before)
        let merging = related.isEmpty ? [] : try mergeCommands(of: id)
        let others: SQLFragment =
            merging.isEmpty
            ? "" : " AND NOT (kind = \("updated") AND \(RecordStore.among(merging, column: "command")))"
        var branches: [SQLFragment] = ([id] + merged).flatMap { ["record = \($0)", "parent = \($0)"] }
        for other in related {
            let (table, column) = ("o_" + other.object, "f_" + other.field)
            let linked = try connection.rows(
                """
                SELECT id FROM \(identifier: table) WHERE \(identifier: column) = \(id) \
                ORDER BY updated_at DESC LIMIT 100
                """)
            if linked.isEmpty { continue }
            let ids = try linked.map { try required($0[0]) }
            branches.append(RecordStore.among(ids, column: "record") + others)
        }
        // Each branch reads the newest of its index; together they hold the newest of all.
        let parts = branches.map { branch -> SQLFragment in
            let part: SQLFragment = "SELECT sequence FROM event WHERE \(branch)\(earlier)"
            return "SELECT sequence FROM (\(part) ORDER BY sequence DESC LIMIT \(limit)) AS b"
        }
        let newest = parts.joined(separator: " UNION ")
        return try entries(where: "sequence IN (\(newest))", order: "sequence DESC", limit: limit)
    }

    /// The commands by which a record became one with others, or came apart again. That the records around it now link
    /// elsewhere is told by the one event of each merge.
    private func mergeCommands(of id: RecordID) throws -> [RecordID] {
        try connection.rows(
            """
            SELECT DISTINCT command FROM event WHERE record = \(id) \
            AND kind IN (\("merged"), \("merged_into"), \("unmerged")) LIMIT 50
            """
        ).map { try required($0[0]) }
    }

    static let columnNames = [
        "sequence", "at", "actor", "actor_name", "on_behalf_of", "origin", "command", "object", "record", "parent",
        "kind", "changes", "reason", "model_version",
    ]
    static let columns = columnNames.joined(separator: ", ")

    func entries(where condition: SQLFragment, order: String, limit: Int) throws -> [EventEntry] {
        try connection.rows(
            """
            SELECT \(raw: Self.columns) FROM event WHERE \(condition) ORDER BY \(raw: order) LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    private static func earlier(_ before: Int?) -> SQLFragment {
        before.map { " AND sequence < \($0)" } ?? ""
    }

    private static func entry(_ row: [SQLValue]) throws -> EventEntry {
        EventEntry(
            sequence: row[0].count, at: Instant(milliseconds: row[1].integer ?? 0), actor: row[2].id,
            actorName: row[3].string, onBehalfOf: row[4].id, origin: row[5].string, command: try required(row[6]),
            object: row[7].string, record: try required(row[8]), parent: row[9].id, kind: row[10].string,
            changes: try ChangesText.changes(row[11].string), reason: row[12].text, modelVersion: row[13].count)
    }
}
