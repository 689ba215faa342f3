import Expressions
import GRDBSQLite
import Store
import Values

struct ProbeError: Error, CustomStringConvertible {
    let description: String
}

/// A private in-memory database that holds the fixture's rows.
final class SQLiteProbe {
    private var handle: OpaquePointer?

    init(_ data: AgreementData) throws {
        guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { throw ProbeError(description: "open") }
        for object in AgreementFixture.fields.keys.sorted() { try create(object) }
        for row in data.lands + data.firms + data.deals { try insert(row) }
        for part in data.deals.flatMap(\.parts) { try insert(part) }
    }

    deinit { sqlite3_close(handle) }

    func rows(_ fragment: SQLFragment) throws -> [[SQLValue]] {
        let text = fragment.text(for: SQLiteDialect())
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK else {
            throw ProbeError(description: message + "\n" + text)
        }
        defer { sqlite3_finalize(statement) }
        for (index, value) in fragment.bindings.enumerated() { bind(value, Int32(index + 1), statement) }
        var rows: [[SQLValue]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append((0..<sqlite3_column_count(statement)).map { Self.value($0, statement) })
            case SQLITE_DONE: return rows
            default: throw ProbeError(description: message + "\n" + text)
            }
        }
    }

    private var message: String { String(cString: sqlite3_errmsg(handle)) }

    private func bind(_ value: SQLValue, _ index: Int32, _ statement: OpaquePointer?) {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text): sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), transient)
        case .blob(let bytes): sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
        }
    }

    private static func value(_ index: Int32, _ statement: OpaquePointer?) -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let count = Int(sqlite3_column_bytes(statement, index))
            let start = sqlite3_column_text(statement, index)
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(statement, index))
            return .blob(Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, index), count: count)))
        default: return .null
        }
    }

    // MARK: Rows

    private func create(_ object: String) throws {
        var columns: [SQLFragment] = ["id BLOB PRIMARY KEY", "deleted_at INTEGER"]
        let fixture = AgreementFixture()
        for (field, type) in (AgreementFixture.fields[object] ?? [:]).sorted(by: { $0.key < $1.key }) {
            switch fixture.place(of: field, in: object) {
            case .column(let name)?:
                columns.append("\(identifier: name) \(SQLiteDialect().type(Self.kind(type)))")
            case .links(let table, _, _)?:
                _ = try rows("CREATE TABLE \(identifier: table) (record BLOB, position INTEGER, target BLOB) STRICT")
            default: break
            }
        }
        let table = SQLFragment.identifier("o_" + object)
        _ = try rows("CREATE TABLE \(table) (\(columns.joined(separator: ", "))) STRICT")
    }

    private static func kind(_ type: ValueType) -> ColumnKind {
        switch type {
        case .bool: .bool
        case .decimal, .day, .instant: .integer
        case .record: .bytes
        default: .text
        }
    }

    private func insert(_ row: FixtureRow) throws {
        var names: [SQLFragment] = ["id", "deleted_at"]
        var values: [SQLFragment] = ["\(row.id)", row.isDeleted ? "1" : "NULL"]
        for (field, value) in row.values.sorted(by: { $0.key < $1.key }) {
            switch AgreementFixture().place(of: field, in: row.object) {
            case .column(let name)?:
                names.append(.identifier(name))
                values.append(.binding(Self.stored(value)))
            case .links(let table, _, _)?:
                guard case .list(let items) = value else { continue }
                for (position, item) in items.enumerated() {
                    let target = SQLFragment.binding(Self.stored(item))
                    _ = try rows("INSERT INTO \(identifier: table) VALUES (\(row.id), \(position), \(target))")
                }
            default: continue
            }
        }
        let table = SQLFragment.identifier("o_" + row.object)
        let list = values.joined(separator: ", ")
        _ = try rows("INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(list))")
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
