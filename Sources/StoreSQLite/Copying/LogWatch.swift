import GRDBSQLite
import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A connection of its own that asks how long the log is and merges what nobody reads any more.
final class LogWatch {
    private let connection: SQLiteConnection

    init(_ path: String) throws { connection = SQLiteConnection(handle: try Self.open(path)) }

    deinit {
        connection.forgetStatements()
        sqlite3_close_v2(connection.handle)
    }

    /// Merges what it may into the file without making anybody wait.
    ///
    /// - Returns: the committed frames of the log. They stay as they are until the log is started anew.
    func mergeAndCount() throws -> Int {
        for _ in 0..<10 {
            let row = try connection.rows("PRAGMA wal_checkpoint(PASSIVE)").first ?? []
            if row.count == 3, let frames = row[1].integer, frames >= 0 { return Int(frames) }
            // Another process merges at this moment.
            usleep(20_000)
        }
        throw StoreError.unavailable("the log is being merged by somebody else")
    }

    /// Whether what this connection holds can't be believed any more.
    var isInDoubt: Bool { connection.doubt != nil }

    /// The number of events so far.
    func sequence() throws -> Int { try EventLog(connection).lastSequence() }

    static func open(_ path: String) throws -> OpaquePointer {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw StoreError.unavailable("\(path) can't be opened (SQLite \(code))")
        }
        sqlite3_busy_timeout(handle, 5000)
        return handle
    }
}

/// A reader that stands still, which keeps every process from starting the log anew before it is copied.
final class LogHold {
    private let connection: SQLiteConnection

    init(_ path: String) throws {
        connection = SQLiteConnection(handle: try LogWatch.open(path))
        try connection.runScript("BEGIN; SELECT sequence FROM event_head;")
    }

    deinit {
        connection.forgetStatements()
        sqlite3_close_v2(connection.handle)
    }
}
