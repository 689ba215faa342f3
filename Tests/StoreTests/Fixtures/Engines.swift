import Definitions
import Foundation
import Store
import StoreSQLite
import Testing

/// Runs a test on a fresh database of each engine, with the tables of `model` when one is given.
func withEachEngine(
    _ model: Model? = nil, _ body: (any Store.Database) async throws -> Void
) async throws {
    try await withDirectory { directory in
        let database = try await SQLiteDatabase.open(path: directory + "/baton.sqlite")
        do {
            if let model {
                _ = try await database.write { try MigrationPlan.plan(on: $0, to: model).apply(on: $0) }
            }
            try await body(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}

/// A directory of its own that is gone afterwards.
func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = NSTemporaryDirectory() + "/store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    do {
        try await body(directory)
    } catch {
        try FileManager.default.removeItem(atPath: directory)
        throw error
    }
    try FileManager.default.removeItem(atPath: directory)
}
