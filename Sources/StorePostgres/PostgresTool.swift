import Foundation
import Store

/// Single statements outside transactions, such as making a database.
package struct PostgresTool: Sendable {
    let address: String

    package init(_ address: String) { self.address = address }

    /// Executes text without values on a connection of its own.
    package func run(_ text: String) async throws {
        let address = address
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let session = try PostgresSession(address, setUp: "SET client_min_messages = warning")
                        defer { session.close() }
                        try session.control(text)
                    })
            }
        }
    }
}
