package import Definitions
package import Values

/// One thing of a hand-over: a record's field, a baton, an approval, a task, a delegation, a view.
package struct HandOverRow: Sendable, Hashable {
    package let number: Int
    /// `record`, `leg`, `approval`, `task`, `delegation`, `view`, `account`.
    package let kind: String
    package let object: String
    package let record: RecordID
    /// The field that names the person; empty where there is none.
    package let field: String
    /// Nil for what ends with the account.
    package let receiver: RecordID?
    /// `waiting`, `done`, `refused`, `back`, `stays`.
    package var state: String
    /// What stood there before.
    package var was: [String: Value]
    /// Why it did not go, or does not go back.
    package var problem: Label?

    package init(
        number: Int, kind: String, object: String, record: RecordID, field: String = "", receiver: RecordID?,
        state: String = "waiting", was: [String: Value] = [:], problem: Label? = nil
    ) {
        self.number = number
        self.kind = kind
        self.object = object
        self.record = record
        self.field = field
        self.receiver = receiver
        self.state = state
        self.was = was
        self.problem = problem
    }
}

/// What belongs to each hand-over, row by row.
package struct HandOverRows {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment = "number, kind, object, record, field, receiver, state, was, zh, en"

    /// One statement for each.
    package func add(_ rows: [HandOverRow], to id: RecordID) throws {
        for row in rows {
            try connection.send(
                """
                INSERT INTO hand_over_row(hand_over, \(Self.columns)) VALUES (\(id), \(row.number), \(row.kind), \
                \(row.object), \(row.record), \(row.field), \(SQLValue(row.receiver)), \(row.state), \
                \(ValuesText.text(row.was)), \(row.problem?.zh ?? ""), \(row.problem?.en ?? ""))
                """)
        }
    }

    /// Writes what became of a row. One statement.
    package func change(_ row: HandOverRow, of id: RecordID) throws {
        try connection.send(
            """
            UPDATE hand_over_row SET state = \(row.state), was = \(ValuesText.text(row.was)), \
            zh = \(row.problem?.zh ?? ""), en = \(row.problem?.en ?? "") \
            WHERE hand_over = \(id) AND number = \(row.number)
            """)
    }

    /// The number after the last one below a limit. One statement.
    package func nextNumber(of id: RecordID, below limit: Int) throws -> Int {
        let row = try connection.row(
            "SELECT COALESCE(MAX(number) + 1, 0) FROM hand_over_row WHERE hand_over = \(id) AND number < \(limit)")
        return row.map { $0[0].count } ?? 0
    }

    /// Rows in a state, in order, or the last first. One statement.
    package func list(
        of id: RecordID, in state: String, backwards: Bool = false, limit: Int
    ) throws -> [HandOverRow] {
        let order: SQLFragment = backwards ? "DESC" : "ASC"
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM hand_over_row WHERE hand_over = \(id) AND state = \(state) \
            ORDER BY number \(order) LIMIT \(limit)
            """
        ).map(Self.row)
    }

    /// All rows in order, from a place on. One statement.
    package func list(of id: RecordID, receiver: RecordID? = nil, from: Int = 0, limit: Int) throws -> [HandOverRow] {
        let filter: SQLFragment = receiver.map { "AND receiver = \($0)" } ?? ""
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM hand_over_row WHERE hand_over = \(id) AND number >= \(from) \(filter) \
            ORDER BY number LIMIT \(limit)
            """
        ).map(Self.row)
    }

    /// How many rows there are of each kind, object, field, receiver and state. One statement.
    package func counts(of id: RecordID) throws -> [(row: HandOverRow, count: Int)] {
        try connection.rows(
            """
            SELECT MIN(number), kind, object, field, receiver, state, count(*) FROM hand_over_row \
            WHERE hand_over = \(id) GROUP BY kind, object, field, receiver, state ORDER BY MIN(number)
            """
        ).map { row in
            (
                HandOverRow(
                    number: row[0].count, kind: row[1].string, object: row[2].string, record: id, field: row[3].string,
                    receiver: row[4].id, state: row[5].string), row[6].count
            )
        }
    }

    private static func row(_ row: [SQLValue]) throws -> HandOverRow {
        let (zh, en) = (row[8].string, row[9].string)
        return HandOverRow(
            number: row[0].count, kind: row[1].string, object: row[2].string, record: try required(row[3]),
            field: row[4].string, receiver: row[5].id, state: row[6].string, was: try ValuesText.values(row[7].string),
            problem: zh.isEmpty && en.isEmpty ? nil : Label(zh: zh, en: en))
    }
}
