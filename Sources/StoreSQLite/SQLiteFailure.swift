import GRDBSQLite
import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What SQLite's error codes mean for the store.
enum SQLiteFailure {
    /// - Parameter system: the machine's own error number behind an input/output error.
    static func error(code: Int32, fallback: Int32, system: Int32 = 0, message: String) -> StoreError {
        let extended = code == SQLITE_OK ? fallback : code
        switch extended & 0xFF {
        case SQLITE_FULL:
            return .full(message + " (SQLite \(extended))")
        case SQLITE_IOERR, SQLITE_CANTOPEN:
            let text = message + " (SQLite \(extended), system \(system))"
            return isNoRoom(system) ? .full(text) : .unavailable(text)
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_NOTADB,
            SQLITE_INTERRUPT, SQLITE_PROTOCOL, SQLITE_PERM, SQLITE_AUTH:
            return .unavailable(message + " (SQLite \(extended))")
        case SQLITE_CONSTRAINT:
            return constraint(extended, message)
        default:
            if message.contains("integer overflow") { return .overflow }
            return .broken(message + " (SQLite \(extended))")
        }
    }

    /// Whether after this error what the connection holds in memory may no longer be what the file holds: reading,
    /// writing or making durable failed, or the file contradicts itself. A full disk, a lock and scarce memory don't.
    static func shakesTrust(code extended: Int32, system: Int32) -> Bool {
        switch extended & 0xFF {
        case SQLITE_NOTADB:
            return true
        case SQLITE_CORRUPT:
            return extended >> 8 != 1  // the full-text index is derived and can be made anew
        case SQLITE_IOERR:
            // The extended codes are SQLITE_IOERR | n << 8; the macros with shifts are not imported.
            let harmless: Set<Int32> = [8, 9, 11, 12, 14, 15, 20]  // locks and memory
            let growing: Set<Int32> = [3, 19, 22]  // write, size of the shared index, seek
            let kind = extended >> 8
            return !harmless.contains(kind) && !(growing.contains(kind) && isNoRoom(system))
        default:
            return false
        }
    }

    private static func isNoRoom(_ system: Int32) -> Bool { system == ENOSPC || system == EDQUOT }

    private static func constraint(_ code: Int32, _ message: String) -> StoreError {
        // The extended codes are SQLITE_CONSTRAINT | n << 8; the macros with shifts are not imported.
        let kind = code >> 8
        let uniqueKinds: Set<Int32> = [6, 8, 10]  // primary key, unique, rowid
        let triggerKind: Int32 = 7
        if uniqueKinds.contains(kind) { return .duplicate(field: column(in: message)) }
        if kind == triggerKind { return message.hasPrefix("read-only") ? .readOnly : .sealed(message) }
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
