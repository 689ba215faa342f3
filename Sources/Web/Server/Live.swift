import Definitions
import Foundation
import Kernel
import Logging
import Synchronization
import Values

/// How many live streams each person has: each holds a connection, and every commit is sent to each.
final class LiveSeats: Sendable {
    /// Windows of one person that are kept fresh.
    static let most = 30

    private let taken = Mutex<[RecordID: Int]>([:])

    /// - Returns: false when the person has enough.
    func take(_ user: RecordID) -> Bool {
        taken.withLock { taken in
            let count = taken[user] ?? 0
            guard count < Self.most else { return false }
            taken[user] = count + 1
            return true
        }
    }

    /// Streams that are open, of all people.
    var count: Int { taken.withLock { $0.values.reduce(0, +) } }

    func leave(_ user: RecordID) {
        taken.withLock { taken in
            let left = (taken[user] ?? 1) - 1
            taken[user] = left > 0 ? left : nil
        }
    }
}

extension Rejection {
    static let tooManyStreams = Rejection(
        .tooMany, code: "too_many_streams",
        message: Label(zh: "打开的窗口太多，请关掉一些", en: "Too many windows are open; close some"), retryAfter: 30)
}

/// `/live`: server-sent events that say what changed; the page asks for the content itself, with its own rights.
struct Live {
    let site: Site
    let exchange: Exchange

    func reply() async throws -> Reply {
        let token = exchange.cookie(Pages.cookie) ?? exchange.headers["authorization"].map { String($0.dropFirst(7)) }
        guard let token else { throw Rejection.unauthenticated }
        guard let user = try await site.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)?.userID
        else { throw Rejection.unauthenticated }
        guard site.seats.take(user) else { throw Rejection.tooManyStreams }
        // Who comes back by itself says what it had last; who comes anew, up to where its page goes.
        let resume = (exchange.headers["last-event-id"] ?? exchange[query: "after"]).flatMap { Int64($0) }
        // Pages take what came at once as one message; programs get one for each event.
        let isPacked = exchange[query: "pack"] == "1"
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingOldest(64))
        let (site, feed) = (site, site.feeds.feed(for: token, of: site))
        let listener = await feed.join(continuation, after: resume, isPacked: isPacked)
        continuation.onTermination = { _ in
            site.seats.leave(user)
            Task { await feed.leave(listener) }
        }
        return Reply(
            headers: [
                ("content-type", "text/event-stream"), ("cache-control", "no-cache"), ("x-accel-buffering", "no"),
            ], body: .stream(stream))
    }
}
