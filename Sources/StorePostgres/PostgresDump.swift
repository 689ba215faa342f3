import Foundation
import Store

/// Complete copies by the server's own tools, `pg_dump` and `pg_restore` of the package postgresql-client.
package struct PostgresDump: Sendable {
    let address: String

    package init(address: String) { self.address = address }

    /// Writes a copy of one moment in the tools' own compressed form; it appears under its name only when it is whole.
    ///
    /// - Throws: `StoreError.unavailable` with the tool's words.
    package func write(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unavailable("\(path) exists already")
        }
        let part = path + ".part"
        defer { unlink(part) }
        try await run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file=" + part])
        guard rename(part, path) == 0 else { throw StoreError.unavailable("\(part) can't be renamed to \(path)") }
    }

    /// Brings a copy into the database of the address, which must be empty; it is there whole or not at all.
    package func restore(from path: String) async throws {
        // Who may read is settled when the database is opened: the roles of this server may have other names.
        try await run(
            "pg_restore",
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname=", path])
    }

    /// The address goes by the environment, where other accounts of the machine don't see a password in it.
    private func run(_ tool: String, _ arguments: [String]) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { continuation.resume(with: Result { try Self.run(tool, arguments, address) }) }
        }
    }

    private static func run(_ tool: String, _ arguments: [String], _ address: String) throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            PostgresAddress.environment(of: address)
        ) { $1 }
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw StoreError.unavailable("\(tool) can't be started: \(error)")
        }
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw StoreError.unavailable("\(tool): " + said.split(separator: "\n").joined(separator: " "))
        }
    }
}
