import Expressions
import Store
import Values

/// A database of either engine that holds the fixture's rows.
struct AgreementProbe {
    let database: any Store.Database

    var dialect: any Dialect { database.dialect }

    init(_ data: AgreementData, in database: any Store.Database) async throws {
        self.database = database
        let dialect = database.dialect
        var statements = AgreementFixture.fields.keys.sorted().flatMap { Self.creation(of: $0, dialect) }
        for row in data.lands + data.firms + data.deals { statements += Self.insertion(of: row) }
        for part in data.deals.flatMap(\.parts) { statements += Self.insertion(of: part) }
        try await database.write { [statements] connection in
            for statement in statements { try connection.run(statement) }
        }
    }

    func rows(_ fragment: SQLFragment) async throws -> [[SQLValue]] {
        try await database.read { try $0.rows(fragment) }
    }

    // MARK: Rows

    private static func creation(of object: String, _ dialect: any Dialect) -> [SQLFragment] {
        let (bytes, whole) = (dialect.type(.bytes), dialect.type(.integer))
        var columns: [SQLFragment] = ["id \(bytes) PRIMARY KEY", "deleted_at \(whole)"]
        var statements: [SQLFragment] = []
        let fixture = AgreementFixture()
        for (field, type) in (AgreementFixture.fields[object] ?? [:]).sorted(by: { $0.key < $1.key }) {
            switch fixture.place(of: field, in: object) {
            case .column(let name)?:
                columns.append("\(identifier: name) \(dialect.type(kind(type)))")
            case .links(let table, _, _)?:
                statements.append(
                    """
                    CREATE TABLE \(identifier: table) (record \(bytes), position \(whole), target \(bytes))\
                    \(dialect.tableSuffix)
                    """)
            default: break
            }
        }
        let list = columns.joined(separator: ", ")
        return statements + ["CREATE TABLE \(identifier: "o_" + object) (\(list))\(dialect.tableSuffix)"]
    }

    private static func kind(_ type: ValueType) -> ColumnKind {
        switch type {
        case .bool: .bool
        case .decimal, .day, .instant: .integer
        case .record: .bytes
        default: .text
        }
    }

    private static func insertion(of row: FixtureRow) -> [SQLFragment] {
        var names: [SQLFragment] = ["id", "deleted_at"]
        var values: [SQLFragment] = ["\(row.id)", row.isDeleted ? "1" : "NULL"]
        var statements: [SQLFragment] = []
        for (field, value) in row.values.sorted(by: { $0.key < $1.key }) {
            switch AgreementFixture().place(of: field, in: row.object) {
            case .column(let name)?:
                names.append(.identifier(name))
                values.append(.binding(bound(value)))
            case .links(let table, _, _)?:
                guard case .list(let items) = value else { continue }
                for (position, item) in items.enumerated() {
                    let target = SQLFragment.binding(stored(item))
                    statements.append("INSERT INTO \(identifier: table) VALUES (\(row.id), \(position), \(target))")
                }
            default: continue
            }
        }
        let list = values.joined(separator: ", ")
        let table = SQLFragment.identifier("o_" + row.object)
        return statements + ["INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(list))"]
    }

    private static func bound(_ value: Value) -> SQLValue {
        if case .bool(let flag) = value { .bool(flag) } else { stored(value) }
    }

    /// The stored form of a value; also what a SELECT of an expression must give.
    static func stored(_ value: Value) -> SQLValue {
        switch value {
        case .null: .null
        case .bool(let flag): .integer(flag ? 1 : 0)
        case .text(let text): .text(text)
        case .decimal(let number): .integer(Int64(clamping: number.units))
        case .real(let number): .real(number)
        case .day(let day): .integer(Int64(day.number))
        case .instant(let instant): .integer(instant.milliseconds)
        case .record(let id): .blob(id.bytes)
        case .list(let items):
            items.isEmpty ? .text("") : .text("," + items.compactMap(\.text).joined(separator: ",") + ",")
        }
    }
}
