import Definitions
import Foundation
import Kernel
import Logging
import Synchronization
import Values

/// How many live streams each person has: every commit costs two reads for each.
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
        let resume = exchange.headers["last-event-id"].flatMap { Int64($0) }
        let stream = AsyncStream<[UInt8]>(bufferingPolicy: .bufferingNewest(64)) { continuation in
            let task = Task { [site] in
                await Self.feed(site: site, token: token, resume: resume, continuation)
                continuation.finish()
            }
            continuation.onTermination = { _ in
                task.cancel()
                site.seats.leave(user)
            }
        }
        return Reply(
            headers: [
                ("content-type", "text/event-stream"), ("cache-control", "no-cache"), ("x-accel-buffering", "no"),
            ], body: .stream(stream))
    }

    /// Until the client goes: wakes on commits, looks who the token still is, sends what that actor may know.
    private static func feed(
        site: Site, token: String, resume: Int64?, _ continuation: AsyncStream<[UInt8]>.Continuation
    ) async {
        let (subscription, commits) = await site.kernel.hub.subscribe()
        defer { Task { await site.kernel.hub.unsubscribe(subscription) } }
        var last = await site.kernel.hub.last
        if let resume { last = min(resume, last) }
        send("retry: 3000\n\n", to: continuation)
        for await _ in commits {
            if Task.isCancelled { return }
            do {
                guard let actor = try await site.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
                else { return send("event: revoked\ndata: {}\n\n", to: continuation) }
                let page = try await site.kernel.answer(EventsAfter(sequence: last), as: actor)
                last = page.last
                for entry in page.entries {
                    var writer = JSONBuilder()
                    writer.object { writer in
                        writer.field("object", entry.object)
                        writer.field("id", entry.record.description)
                        writer.field("kind", entry.kind)
                    }
                    send("id: \(entry.sequence)\nevent: change\ndata: \(writer.text)\n\n", to: continuation)
                }
                if page.entries.isEmpty { send(": still here\n\n", to: continuation) }
            } catch {
                site.logger.warning("live feed ended", metadata: ["detail": "\(error)"])
                return
            }
        }
    }

    private static func send(_ text: String, to continuation: AsyncStream<[UInt8]>.Continuation) {
        continuation.yield(Array(text.utf8))
    }
}
