import Foundation
import GRDB
import GRDBSQLite
import Store

extension CopyPlace {
    /// Merges the log beside the file `path` into it.
    static func merge(_ path: String) throws {
        let connection = SQLiteConnection(handle: try LogWatch.open(path))
        defer {
            connection.forgetStatements()
            sqlite3_close_v2(connection.handle)
        }
        // Without other connections the log needs no shared memory, which not every file system has.
        try connection.runScript("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;")
        let row = try connection.rows("PRAGMA wal_checkpoint(TRUNCATE)").first ?? []
        guard row.first == .integer(0) else { throw StoreError.unavailable("the log of \(path) can't be merged") }
    }

    /// Fetches a generation, merges its log and proves it: pages, event log, and that it holds what its note promises.
    ///
    /// - Parameter path: the file to make; left there only when it is sound.
    func fetch(_ name: String, to path: String) throws -> ProvedCopy {
        do {
            let note = try copyFiles(of: name, to: path)
            try Self.merge(path)
            let proof = try Self.prove(path, name: name, note: note)
            try OpenFile(path, for: .reading).sync()
            return proof
        } catch {
            for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
            throw error
        }
    }

    /// The copy goes on meanwhile; when its log was merged in between, the two files don't belong together.
    private func copyFiles(of name: String, to path: String) throws -> CopyNote {
        let directory = "\(folder)/\(name)"
        for attempt in 1... {
            for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
            let before = try read(noteOf: name)
            try FileManager.default.copyItem(atPath: directory + "/" + Self.file, toPath: path)
            if OpenFile.exists(directory + "/" + Self.log) {
                try FileManager.default.copyItem(atPath: directory + "/" + Self.log, toPath: path + "-wal")
            }
            let after = try read(noteOf: name)
            let belong = !before.isMerging && !after.isMerging && before.merged == after.merged
            // A program that ended in the middle of merging leaves both files, which SQLite puts together as well.
            if belong || attempt == 5 { return before }
            Thread.sleep(forTimeInterval: 0.5)
        }
        throw StoreError.unavailable("\(directory) changes all the time")
    }

    private static func prove(_ path: String, name: String, note: CopyNote) throws -> ProvedCopy {
        let queue = try DatabaseQueue(path: path)
        let proof = try queue.inDatabase { db in
            let connection = SQLiteConnection(handle: db.sqliteConnection!)
            defer { connection.forgetStatements() }
            let tables = try connection.rows(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('event', 'model_version')")
            guard tables[0][0] == .integer(2) else { throw StoreError.mismatch("no database of Baton") }
            for row in try connection.rows("PRAGMA integrity_check(1)") where row[0] != .text("ok") {
                throw StoreError.mismatch("the file is damaged: \(row[0])")
            }
            let report = try EventLog(connection).verify()
            if let finding = report.finding { throw StoreError.mismatch("the event log is damaged: \(finding)") }
            guard report.events >= note.sequence else {
                throw StoreError.mismatch("it holds \(report.events) events and should hold \(note.sequence)")
            }
            return ProvedCopy(generation: name, note: note, events: report.events)
        }
        try queue.close()
        return proof
    }
}

/// A generation that was fetched and is sound.
package struct ProvedCopy: Sendable, Hashable {
    package let generation: String
    package let note: CopyNote
    package let events: Int
}

extension SQLiteCopy {
    /// Whether `path` is the folder of an ongoing copy.
    package static func isOngoing(_ path: String) -> Bool {
        // What can't be listed is no folder of copies.
        ((try? CopyPlace(folder: path).generations()) ?? []).isEmpty == false
    }

    /// Puts the newest generation of `folder` that is sound in place; a database that stands there is kept beside it.
    ///
    /// - Throws: `StoreError.mismatch` with the reason of each generation when none is sound.
    package func restore(fromCopies folder: String) async throws -> ProvedCopy {
        let place = CopyPlace(folder: folder)
        var reasons: [String] = []
        for name in try place.generations() {
            do {
                let proof = try place.fetch(name, to: destination + ".part")
                try moveAside()
                try OpenFile.rename(destination + ".part", to: destination)
                return proof
            } catch {
                reasons.append("\(name): \(error)")
            }
        }
        throw StoreError.mismatch(reasons.isEmpty ? "\(folder) holds no copy" : reasons.joined(separator: "; "))
    }
}
