import CArgon2
import Foundation

/// Hashes and verifies passwords with argon2id on one thread of its own.
///
/// One hash blocks a core for tens of milliseconds, so it never runs on the cooperative pool, and only one at a time;
/// at most `limit` wait, further ones are refused, so that a storm of sign-ins can't take the machine.
/// Cost: 2 passes over 19 MiB, one lane (OWASP Password Storage Cheat Sheet, argon2id minimum).
package final class PasswordWorker: Sendable {
    package enum Failure: Error, Sendable { case busy, unusable }

    private static let passes: UInt32 = 2
    private static let kibibytes: UInt32 = 19 * 1024
    private static let limit = 64

    private let queue = BoundedThread(name: "passwords", limit: limit)

    package init() {}

    /// The encoded PHC string of a new hash with a fresh salt.
    package func hash(_ password: String) async throws -> String {
        let salt = Secrets.random(count: 16)
        return try await queue.run { try Self.encode(password, salt: salt) }
    }

    /// Whether the password belongs to the PHC string. A nil hash costs as much time and gives false, so that the
    /// answer does not tell whether the account exists.
    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        try await queue.run {
            guard let hash else {
                _ = try Self.encode(password, salt: [UInt8](repeating: 7, count: 16))
                return false
            }
            var bytes = Array(password.utf8)
            let count = bytes.count
            return argon2id_verify(hash, &bytes, count) == ARGON2_OK.rawValue
        }
    }

    private static func encode(_ password: String, salt: [UInt8]) throws -> String {
        let bytes = Array(password.utf8)
        var encoded = [CChar](repeating: 0, count: 160)
        let status = argon2id_hash_encoded(
            passes, kibibytes, 1, bytes, bytes.count, salt, salt.count, 32, &encoded, encoded.count)
        guard status == ARGON2_OK.rawValue else { throw Failure.unusable }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// One thread that runs closures in order; callers wait without blocking a cooperative thread.
package final class BoundedThread: Sendable {
    private struct State {
        var jobs: [@Sendable () -> Void] = []
    }

    /// Guards `state`; the condition wakes the thread.
    private let condition = NSCondition()
    /// Touched only while `condition` is locked.
    nonisolated(unsafe) private var state = State()
    private let limit: Int

    package init(name: String, limit: Int) {
        self.limit = limit
        let thread = Thread { [self] in loop() }
        thread.name = "baton." + name
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// - Throws: `PasswordWorker.Failure.busy` when `limit` jobs wait, or what `body` throws.
    package func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let accepted = enqueue { continuation.resume(with: Result(catching: body)) }
            if !accepted { continuation.resume(throwing: PasswordWorker.Failure.busy) }
        }
    }

    private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard state.jobs.count < limit else { return false }
        state.jobs.append(job)
        condition.signal()
        return true
    }

    private func loop() {
        while true {
            condition.lock()
            while state.jobs.isEmpty { condition.wait() }
            let job = state.jobs.removeFirst()
            condition.unlock()
            job()
        }
    }
}
