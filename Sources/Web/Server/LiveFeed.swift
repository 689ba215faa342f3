import Kernel
import Logging
import Synchronization
import Values

/// The feeds of all sessions that have a live page open.
final class LiveFeeds: Sendable {
    private struct Weak { weak var feed: LiveFeed? }
    private let known = Mutex<[String: Weak]>([:])

    /// Sends something that concerns no event to the windows of a session; nothing when none is open.
    func tell(_ token: String, _ text: String) {
        guard let feed = known.withLock({ $0[token]?.feed }) else { return }
        Task { await feed.tell(text) }
    }

    /// The one feed of a session: ten windows ask the database once.
    func feed(for token: String, of site: Site) -> LiveFeed {
        known.withLock { known in
            if let feed = known[token]?.feed { return feed }
            if known.count > 1000 { known = known.filter { $0.value.feed != nil } }
            let feed = LiveFeed(token: token, kernel: site.kernel, logger: site.logger)
            known[token] = Weak(feed: feed)
            return feed
        }
    }
}

/// What one session may know of, passed on to each of its windows: wakes on commits, looks who the token still is, sends
/// what that actor may see, each event once and in order.
actor LiveFeed {
    private struct Listener {
        let continuation: AsyncStream<[UInt8]>.Continuation
        /// The last event that it has.
        var last: Int64
        /// What came at once is one message to it.
        let isPacked: Bool
    }

    private let token: String
    private let kernel: Kernel
    private let logger: Logger
    private var listeners: [Int: Listener] = [:]
    private var nextID = 0
    private var task: Task<Void, Never>?
    /// Unread notices that the windows were told of; nil tells them anew.
    private var unread: Int?
    /// Urgent notices since then are shown at once.
    private let since: Instant
    private var shown: Set<RecordID> = []

    init(token: String, kernel: Kernel, logger: Logger) {
        self.token = token
        self.kernel = kernel
        self.logger = logger
        since = kernel.now
    }

    /// - Parameter resume: the last event that the window had before it lost us.
    func join(
        _ continuation: AsyncStream<[UInt8]>.Continuation, after resume: Int64?, isPacked: Bool
    ) async -> Int {
        let newest = await kernel.hub.last
        nextID += 1
        let id = nextID
        listeners[id] = Listener(continuation: continuation, last: min(resume ?? newest, newest), isPacked: isPacked)
        continuation.yield(Array("retry: 3000\n\n".utf8))
        if task == nil { task = Task { await self.run() } }
        unread = nil
        if resume != nil { await send() }
        return id
    }

    func leave(_ id: Int) {
        listeners[id]?.continuation.finish()
        listeners[id] = nil
        if listeners.isEmpty {
            task?.cancel()
            task = nil
        }
    }

    private func run() async {
        let (subscription, commits) = await kernel.hub.subscribe()
        for await _ in commits {
            if Task.isCancelled { break }
            await send()
        }
        await kernel.hub.unsubscribe(subscription)
        // The house is about to stop: an open stream would keep the server from ending.
        if !Task.isCancelled { end(saying: nil) }
    }

    /// Brings every window to the newest event.
    private func send() async {
        do {
            while let first = listeners.values.map(\.last).min() {
                guard let actor = try await kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
                else {
                    return end(saying: "event: revoked\ndata: {}\n\n")
                }
                let news = try await kernel.answer(LiveNews(sequence: first, knownUnread: unread), as: actor)
                pass(news.page, after: first)
                let page = news.page
                try await pass(news, to: actor)
                if page.last >= (await kernel.hub.last) || page.last <= first { return }
            }
        } catch {
            logger.warning("live feed ended", metadata: ["detail": "\(error)"])
            end(saying: nil)
        }
    }

    /// - Parameter first: the event behind which the page begins. A window that came meanwhile and has less is not given
    ///   it, since it would never hear what lies between.
    private func pass(_ page: EventPage, after first: Int64) {
        for (id, listener) in listeners
        where listener.last >= first && (listener.last < page.last || page.entries.isEmpty) {
            let fresh = page.entries.filter { $0.sequence > listener.last }
            let news = listener.isPacked ? Self.packed(fresh) : fresh.map(Self.text).joined()
            listeners[id]?.last = max(listener.last, page.last)
            let sent = listener.continuation.yield(Array((news.isEmpty ? ": still here\n\n" : news).utf8))
            // A window that does not read comes back by itself and says what it had last.
            if case .dropped = sent { leave(id) }
        }
    }

    /// Tells how many notices are unread when that has changed, and shows what can't wait: an interruption.
    private func pass(_ news: LiveNews.Answer, to actor: Actor) async throws {
        guard news.unread != unread else { return }
        unread = news.unread
        var text = "event: notices\ndata: {\"unread\":\(news.unread)}\n\n"
        let urgent = news.urgent.filter { $0.at >= since && shown.insert($0.id).inserted }
        for notice in urgent {
            var writer = JSONBuilder()
            writer.object { writer in
                writer.field("text", notice.text)
                writer.field("url", Paths.notice(notice.id.description))
            }
            text += "event: urgent\ndata: \(writer.text)\n\n"
        }
        for listener in listeners.values { listener.continuation.yield(Array(text.utf8)) }
        if !urgent.isEmpty {
            _ = try await kernel.perform(Command(.notices(.shown(urgent.map(\.id)))), as: actor)
        }
    }

    func tell(_ text: String) { for listener in listeners.values { listener.continuation.yield(Array(text.utf8)) } }

    private func end(saying text: String?) {
        for (id, listener) in listeners {
            if let text { listener.continuation.yield(Array(text.utf8)) }
            leave(id)
        }
    }

    /// One message for all of them, each with its place; none for none.
    private static func packed(_ entries: [TimelineEntry]) -> String {
        guard let last = entries.last else { return "" }
        var writer = JSONBuilder()
        writer.array { writer in
            for entry in entries {
                writer.object { writer in
                    writer.key("id")
                    writer.int(Int(entry.sequence))
                    writer.field("object", entry.object)
                    writer.field("record", entry.record.description)
                    writer.field("kind", entry.kind)
                }
            }
        }
        return "id: \(last.sequence)\nevent: changes\ndata: \(writer.text)\n\n"
    }

    private static func text(_ entry: TimelineEntry) -> String {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("object", entry.object)
            writer.field("id", entry.record.description)
            writer.field("kind", entry.kind)
        }
        return "id: \(entry.sequence)\nevent: change\ndata: \(writer.text)\n\n"
    }
}

/// What one session may know of since an event, and its person's notices.
struct LiveNews: Question {
    struct Answer: Sendable {
        let page: EventPage
        let unread: Int
        /// Urgent notices among the newest unread ones, the oldest first.
        let urgent: [MyNotices.Notice]
    }

    let sequence: Int64
    /// What the session was told of last.
    let knownUnread: Int?

    /// One statement more when something came that the session does not know of.
    func answer(in context: ReadContext) throws -> Answer {
        let unread = try context.ask(UnreadNotices())
        let notices = unread == knownUnread ? [] : try context.ask(MyNotices(unreadOnly: true, limit: 10))
        return Answer(
            page: try context.ask(EventsAfter(sequence: sequence)), unread: unread,
            urgent: notices.filter { $0.priority == "urgent" }.reversed())
    }
}
