import GRDBSQLite
import Store

/// What SQLite's error codes mean for the store.
enum SQLiteFailure {
    static func error(code: Int32, fallback: Int32, message: String) -> StoreError {
        let extended = code == SQLITE_OK ? fallback : code
        switch extended & 0xFF {
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_NOMEM,
            SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_INTERRUPT, SQLITE_PROTOCOL, SQLITE_PERM, SQLITE_AUTH:
            return .unavailable(message + " (SQLite \(extended))")
        case SQLITE_CONSTRAINT:
            return constraint(extended, message)
        default:
            if message.contains("integer overflow") { return .overflow }
            return .broken(message + " (SQLite \(extended))")
        }
    }

    private static func constraint(_ code: Int32, _ message: String) -> StoreError {
        // The extended codes are SQLITE_CONSTRAINT | n << 8; the macros with shifts are not imported.
        let kind = code >> 8
        let uniqueKinds: Set<Int32> = [6, 8, 10]  // primary key, unique, rowid
        let triggerKind: Int32 = 7
        if uniqueKinds.contains(kind) { return .duplicate(field: column(in: message)) }
        if kind == triggerKind { return .sealed(message) }
        if kind == 3 { return .parentMissing }  // foreign key
        return .broken(message + " (SQLite \(code))")
    }

    /// The column in `UNIQUE constraint failed: o_company.f_code, o_company.f_country`: the first one.
    private static func column(in message: String) -> String {
        guard let colon = message.lastIndex(of: ":") else { return message }
        let list = message[message.index(after: colon)...]
        let first = list.split(separator: ",").first ?? list[...]
        return String(first.split(separator: ".").last ?? first).trimmingBlanks
    }
}

extension String {
    fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}
