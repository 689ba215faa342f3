package import Values

/// What became of a rule at one event.
package struct RuleRun: Sendable, Hashable {
    package let id: RecordID
    package let at: Instant
    package let object: String
    package let record: RecordID
    package let rule: String
    /// What made it look, such as `changed(grade)`.
    package let trigger: String
    /// The event that it follows; with the rule it is the key under which everything is done once.
    package let event: Int64
    /// How many rules led to it, 0 for the first.
    package let depth: Int
    /// `done`, `failed`, `quiet` or `too_deep`.
    package var result: String
    /// What was done, or why not, in Chinese and in English.
    package var zh: String
    package var en: String

    package init(
        id: RecordID, at: Instant, object: String, record: RecordID, rule: String, trigger: String, event: Int64,
        depth: Int, result: String, zh: String, en: String
    ) {
        self.id = id
        self.at = at
        self.object = object
        self.record = record
        self.rule = rule
        self.trigger = trigger
        self.event = event
        self.depth = depth
        self.result = result
        self.zh = zh
        self.en = en
    }
}

/// The history of rules.
package struct RuleRuns {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment =
        "id, at, object, record, rule, trigger_text, event, depth, result, text_zh, text_en"

    /// Takes the place of a rule at an event. One statement.
    ///
    /// - Returns: false when the rule has had its turn at this event.
    package func add(_ run: RuleRun) throws -> Bool {
        try connection.run(
            """
            INSERT INTO rule_run(\(Self.columns)) VALUES (\(run.id), \(run.at), \(run.object), \(run.record), \
            \(run.rule), \(run.trigger), \(run.event), \(Int64(run.depth)), \(run.result), \(run.zh), \(run.en)) \
            ON CONFLICT(record, rule, event) DO NOTHING
            """) == 1
    }

    /// Notes how it went in the end, unless it is done. One statement.
    ///
    /// - Returns: whether it was still open.
    package func settle(_ id: RecordID, result: String, zh: String, en: String) throws -> Bool {
        try connection.run(
            """
            UPDATE rule_run SET result = \(result), text_zh = \(zh), text_en = \(en) \
            WHERE id = \(id) AND result <> 'done'
            """) == 1
    }

    /// One statement.
    package func find(_ id: RecordID) throws -> RuleRun? {
        try connection.row("SELECT \(Self.columns) FROM rule_run WHERE id = \(id)").map(Self.run)
    }

    /// The newest first, of a record or an object or all. One statement.
    package func latest(
        object: String? = nil, record: RecordID? = nil, result: String? = nil, limit: Int
    ) throws -> [RuleRun] {
        var conditions: [SQLFragment] = []
        if let object { conditions.append("object = \(object)") }
        if let record { conditions.append("record = \(record)") }
        if let result { conditions.append("result = \(result)") }
        let filter: SQLFragment = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        return try connection.rows(
            "SELECT \(Self.columns) FROM rule_run\(filter) ORDER BY at DESC, id DESC LIMIT \(limit)"
        ).map(Self.run)
    }

    /// Forgets runs before an instant. One statement.
    package func forget(before: Instant) throws {
        try connection.run("DELETE FROM rule_run WHERE at < \(before)")
    }

    private static func run(_ row: [SQLValue]) throws -> RuleRun {
        RuleRun(
            id: try required(row[0]), at: Instant(milliseconds: row[1].integer ?? 0), object: row[2].string,
            record: try required(row[3]), rule: row[4].string, trigger: row[5].string, event: row[6].integer ?? 0,
            depth: row[7].count, result: row[8].string, zh: row[9].string, en: row[10].string)
    }
}
