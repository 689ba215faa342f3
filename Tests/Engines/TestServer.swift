import Foundation
import StorePostgres

/// The PostgreSQL server that the tests may use: `BATON_TEST_POSTGRES`, such as `postgresql://postgres@127.0.0.1:5433`,
/// without a database.
package struct TestServer: Sendable {
    /// Nil where there is none; tests of both engines then run on the embedded one only.
    package static let shared = variable("BATON_TEST_POSTGRES").map { TestServer(address: $0) }
    /// The server when the tests of this run are to use it for everything.
    static let chosen = variable("BATON_TEST_ENGINE") == "postgres" ? shared : nil

    private let address: String

    private static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    package func address(of database: String) -> String { address + "/" + database }

    /// Makes a database unless it stands.
    func create(_ name: String, copying template: String? = nil) async throws {
        // Copying its files is the quicker way where no power cut counts.
        let source = template.map { " TEMPLATE \($0) STRATEGY file_copy" } ?? ""
        do {
            try await tool.run("CREATE DATABASE \(name)\(source)")
        } catch {
            guard "\(error)".contains("42P04") else { throw error }  // it stands
        }
    }

    func drop(_ name: String) async throws { try await tool.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }

    /// A database of its own that is gone afterwards.
    package func withDatabase(_ body: (String) async throws -> Void) async throws {
        let name = "t_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        try await create(name)
        do {
            try await body(address(of: name))
        } catch {
            try await drop(name)
            throw error
        }
        try await drop(name)
    }

    private var tool: PostgresTool { PostgresTool(address(of: "postgres")) }
}
