import GRDB
import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Complete copies of a database file: backups of a living one, and bringing one back.
package struct SQLiteCopy: Sendable {
    package let destination: String

    package init(destination: String) { self.destination = destination }

    /// Copies the living database with SQLite's online backup; it appears under its name only when it is whole.
    func write(from pool: DatabasePool) async throws {
        guard access(destination, F_OK) != 0 else { throw StoreError.unavailable("\(destination) exists already") }
        let part = destination + ".part"
        unlink(part)
        do {
            let target = try DatabaseQueue(path: part)
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // The target's own queue does the work, so that no cooperative thread waits for the disk.
                target.asyncWriteWithoutTransaction { copy in
                    continuation.resume(with: Result { try pool.unsafeRead { try $0.backup(to: copy) } })
                }
            }
            try target.close()
        } catch {
            unlink(part)
            throw StoreError.unavailable("no backup to \(destination): \(error)")
        }
        try Self.makeDurable(part)
        guard rename(part, destination) == 0 else {
            throw StoreError.unavailable("\(part) can't be renamed to \(destination)")
        }
    }

    /// Puts the copy `source` in the place of `destination`, which must not be in use.
    ///
    /// A database that stands there is kept beside it as `….replaced`.
    /// - Throws: `StoreError.mismatch` when `source` is damaged or no database of Baton.
    package func restore(from source: String) async throws {
        guard access(source, R_OK) == 0 else { throw StoreError.unavailable("\(source) can't be read") }
        let part = destination + ".part"
        unlink(part)
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let origin = try DatabaseQueue(path: source, configuration: configuration)
            let target = try DatabaseQueue(path: part)
            let findings = try await target.writeWithoutTransaction { copy in
                try origin.unsafeRead { try $0.backup(to: copy) }
                let tables = try Int.fetchOne(
                    copy, sql: "SELECT count(*) FROM sqlite_master WHERE name IN ('event', 'model_version')")
                guard tables == 2 else { return ["no database of Baton"] }
                return try String.fetchAll(copy, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            }
            try origin.close()
            try target.close()
            if let first = findings.first { throw StoreError.mismatch("\(source): \(first)") }
        } catch let error as StoreError {
            unlink(part)
            throw error
        } catch {
            unlink(part)
            throw StoreError.unavailable("\(source) can't be restored: \(error)")
        }
        try Self.makeDurable(part)
        try moveAside()
        guard rename(part, destination) == 0 else {
            throw StoreError.unavailable("\(part) can't be renamed to \(destination)")
        }
    }

    func moveAside() throws {
        for suffix in ["", "-wal", "-shm"] where access(destination + suffix, F_OK) == 0 {
            guard rename(destination + suffix, destination + ".replaced" + suffix) == 0 else {
                throw StoreError.unavailable("\(destination + suffix) can't be moved aside")
            }
        }
    }

    private static func makeDurable(_ path: String) throws {
        let descriptor = Glibc.open(path, O_RDONLY)
        guard descriptor >= 0 else { throw StoreError.unavailable("\(path) can't be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.unavailable("\(path) can't be made durable") }
    }
}
