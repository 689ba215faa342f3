package import Values

/// A clock of a record, running or not, as it is kept.
package struct RunningClock: Sendable, Hashable {
    package let object: String
    package let record: RecordID
    /// Id of its definition.
    package let clock: String
    /// Step of the company's rule.
    package let step: String
    /// Who owes what it measures.
    package var person: RecordID?
    /// The start that the record gave when it was last looked at.
    package var origin: Instant
    /// When it ran and when not, as text.
    package var ledger: String
    /// `runs`, `stands`, `ended` or `answered`.
    package var state: String
    /// What its rungs were worked out by: the rule and the calendar.
    package var mark: String
    /// What had come before this instant when it was set tells nobody: records brought in from elsewhere.
    package var silentUntil: Instant?
    package var dueAt: Instant?

    package init(
        object: String, record: RecordID, clock: String, step: String, person: RecordID?, origin: Instant,
        ledger: String, state: String, mark: String, silentUntil: Instant?, dueAt: Instant?
    ) {
        self.object = object
        self.record = record
        self.clock = clock
        self.step = step
        self.person = person
        self.origin = origin
        self.ledger = ledger
        self.state = state
        self.mark = mark
        self.silentUntil = silentUntil
        self.dueAt = dueAt
    }
}

/// The clocks of all records.
package struct RunningClocks {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment =
        "object, record, clock, step, person, origin, ledger, state, mark, silent_until, due_at"

    /// Writes a clock as it is now. One statement.
    package func put(_ clock: RunningClock) throws {
        try connection.send(
            """
            INSERT INTO running_clock(\(Self.columns)) VALUES (\(clock.object), \(clock.record), \(clock.clock), \
            \(clock.step), \(SQLValue(clock.person)), \(clock.origin), \(clock.ledger), \(clock.state), \
            \(clock.mark), \(SQLValue(clock.silentUntil)), \(SQLValue(clock.dueAt))) \
            ON CONFLICT(record, clock) DO UPDATE SET step = excluded.step, person = excluded.person, \
            origin = excluded.origin, ledger = excluded.ledger, state = excluded.state, mark = excluded.mark, \
            silent_until = excluded.silent_until, due_at = excluded.due_at
            """)
    }

    /// One statement.
    package func remove(record: RecordID, clock: String) throws {
        try connection.send("DELETE FROM running_clock WHERE record = \(record) AND clock = \(clock)")
    }

    /// The clocks of a record by their ids. One statement.
    package func of(_ record: RecordID) throws -> [String: RunningClock] {
        Dictionary(
            try connection.rows("SELECT \(Self.columns) FROM running_clock WHERE record = \(record)").map(Self.clock)
                .map { ($0.clock, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The steps whose running clocks were worked out by something else than `rule` says now. One statement.
    ///
    /// - Parameter rules: step → the beginning of the mark that its clocks should have.
    package func stale(by rules: [String: String], limit: Int) throws -> [RunningClock] {
        let known = try connection.rows(
            "SELECT DISTINCT step, mark FROM running_clock WHERE state = 'runs' OR state = 'stands'")
        var out: [RunningClock] = []
        for row in known where out.count < limit {
            let (step, mark) = (row[0].string, row[1].string)
            if let wanted = rules[step], mark.hasPrefix(wanted + "|") { continue }
            out += try connection.rows(
                """
                SELECT \(Self.columns) FROM running_clock WHERE step = \(step) AND mark = \(mark) \
                AND (state = 'runs' OR state = 'stands') ORDER BY record LIMIT \(limit - out.count)
                """
            ).map(Self.clock)
        }
        return out
    }

    /// What somebody owes, the most urgent first. One statement.
    package func owed(by person: RecordID, limit: Int) throws -> [RunningClock] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM running_clock WHERE person = \(person) AND state = 'runs' \
            AND due_at IS NOT NULL ORDER BY due_at, record LIMIT \(limit)
            """
        ).map(Self.clock)
    }

    /// Those that a tail of a statement names. One statement.
    func all(_ tail: SQLFragment) throws -> [RunningClock] {
        try connection.rows("SELECT \(Self.columns) FROM running_clock \(tail)").map(Self.clock)
    }

    private static func clock(_ row: [SQLValue]) throws -> RunningClock {
        RunningClock(
            object: row[0].string, record: try required(row[1]), clock: row[2].string, step: row[3].string,
            person: row[4].id, origin: Instant(milliseconds: row[5].integer ?? 0), ledger: row[6].string,
            state: row[7].string, mark: row[8].string, silentUntil: row[9].instant, dueAt: row[10].instant)
    }
}
