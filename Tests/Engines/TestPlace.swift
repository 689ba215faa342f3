import Foundation
package import Store
import StorePostgres
import StoreSQLite

/// A folder of its own with a database of its own, of the engine that the tests run on.
///
/// The embedded engine is the default. With `BATON_TEST_ENGINE=postgres` the databases are made on the server that
/// `BATON_TEST_POSTGRES` names, as `./test` does in its second round.
package struct TestPlace: Sendable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// Whether the engine of this run has row-level security.
    package static var hasRowWalls: Bool { TestServer.chosen != nil }

    /// A new folder; the database comes about when it is opened.
    package static func make(_ purpose: String) throws -> TestPlace {
        let folder = FileManager.default.temporaryDirectory.path + "/baton-\(purpose)-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return TestPlace(folder: folder)
    }

    private var file: String { folder + "/baton.sqlite" }
    /// Made of the folder's name, so that whoever knows the folder opens the same database.
    private var name: String {
        "t_" + folder.suffix(36).lowercased().filter { $0 != "-" }
    }

    package func open() async throws -> any Store.Database {
        guard let server = TestServer.chosen else { return try await SQLiteDatabase.open(path: file) }
        try await server.create(name)
        var address = PostgresAddress(server.address(of: name), readers: 2)
        // How long a busy machine takes is not what these tests are about.
        (address.limits.read, address.limits.write) = (600, 600)
        (address.limits.commit, address.limits.lock) = (120, 120)
        return try await PostgresDatabase.open(address)
    }

    /// A new place with a copy of the database, which must be closed.
    package func copy(_ purpose: String) async throws -> TestPlace {
        let place = try Self.make(purpose)
        if let server = TestServer.chosen {
            try await server.create(place.name, copying: name)
        } else {
            try FileManager.default.copyItem(atPath: file, toPath: place.file)
        }
        return place
    }

    /// Removes all of it; the database must be closed.
    package func remove() async {
        // What is left in the temporary directory, or on a server made for the tests, does no harm.
        try? await TestServer.chosen?.drop(name)
        try? FileManager.default.removeItem(atPath: folder)
    }
}
