import GRDBSQLite
import Store

/// A prepared statement. It is busy from `acquire` to `release`; a nested use of the same text prepares another one.
final class SQLiteStatement {
    private var pointer: OpaquePointer?
    private(set) var isBusy = true
    /// False for the second statement of the same text: it is finalized on release.
    var isOwnedByCache = true

    /// SQLite copies bound bytes at once, so that they may go away after the call.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ text: String, on connection: SQLiteConnection) throws {
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw connection.failure(code) }
        self.pointer = pointer
    }

    func acquire() -> Bool {
        if isBusy { return false }
        isBusy = true
        return true
    }

    func release() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
        isBusy = false
        if !isOwnedByCache { finalize() }
    }

    func finalize() {
        sqlite3_finalize(pointer)
        pointer = nil
    }

    func bind(_ values: [SQLValue], on connection: SQLiteConnection) throws {
        var position: Int32 = 0
        for value in values {
            position += 1
            let code = bind(value, at: position)
            guard code == SQLITE_OK else { throw connection.failure(code) }
        }
    }

    /// - Returns: whether there is a row.
    func step(on connection: SQLiteConnection) throws -> Bool {
        let code = sqlite3_step(pointer)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw connection.failure(code)
    }

    /// The current row.
    func row() -> [SQLValue] {
        let count = sqlite3_column_count(pointer)
        var row: [SQLValue] = []
        row.reserveCapacity(Int(count))
        for column in 0..<count { row.append(value(at: column)) }
        return row
    }

    private func bind(_ value: SQLValue, at position: Int32) -> Int32 {
        switch value {
        case .null:
            return sqlite3_bind_null(pointer, position)
        case .bool(let flag):
            return sqlite3_bind_int64(pointer, position, flag ? 1 : 0)
        case .integer(let number):
            return sqlite3_bind_int64(pointer, position, number)
        case .real(let number):
            return sqlite3_bind_double(pointer, position, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    guard let start = characters.baseAddress else {
                        return sqlite3_bind_text(pointer, position, "", 0, Self.transient)
                    }
                    return sqlite3_bind_text(pointer, position, start, Int32(characters.count), Self.transient)
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress, !buffer.isEmpty else {
                    return sqlite3_bind_zeroblob(pointer, position, 0)
                }
                return sqlite3_bind_blob(pointer, position, start, Int32(buffer.count), Self.transient)
            }
        }
    }

    private func value(at column: Int32) -> SQLValue {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(pointer, column))
        case SQLITE_FLOAT:
            return .real(sqlite3_column_double(pointer, column))
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(pointer, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(pointer, column))
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = sqlite3_column_blob(pointer, column) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(pointer, column))
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default:
            return .null
        }
    }
}
