import Definitions
import Foundation
import Store
import StorePostgres
import StoreSQLite
import TestEngines
import Testing

/// Runs a test on a fresh database of each engine, with the tables of `model` when one is given.
///
/// PostgreSQL takes part when `BATON_TEST_POSTGRES` names a server, as it does under `./test`.
func withEachEngine(
    _ model: Model? = nil, _ body: (any Store.Database) async throws -> Void
) async throws {
    try await withDirectory { directory in
        try await run(body, on: try await SQLiteDatabase.open(path: directory + "/baton.sqlite"), model)
    }
    try await withPostgres(model, body)
}

/// Runs a test of what only the embedded engine has.
func withSQLite(_ body: (any Store.Database) async throws -> Void) async throws {
    try await withDirectory { directory in
        try await run(body, on: try await SQLiteDatabase.open(path: directory + "/baton.sqlite"), nil)
    }
}

/// Runs a test of what only PostgreSQL has, where there is a server.
func withPostgres(
    _ model: Model? = nil, _ body: (any Store.Database) async throws -> Void
) async throws {
    guard let server = TestServer.shared else { return }
    try await server.withDatabase { address in
        try await run(body, on: try await PostgresDatabase.open(PostgresAddress(address, readers: 2)), model)
    }
}

private func run(
    _ body: (any Store.Database) async throws -> Void, on database: any Store.Database, _ model: Model?
) async throws {
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
