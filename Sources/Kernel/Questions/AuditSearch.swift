import Access
import Expressions
import Store
package import Values

/// Who did what, when: the event log through the eyes of who holds the privilege `audit`.
///
/// Rights hold as everywhere: events of records out of sight and changes of hidden fields are neither told nor found
/// by.
package struct AuditSearch: Question {
    package struct Wanted: Sendable, Hashable {
        package var person: RecordID?
        package var record: RecordID?
        package var object: String?
        /// A kind such as `updated`, or with a colon at the end all that begin so: `account:`.
        package var kind: String?
        package var field: String?
        package var from: Instant?
        /// Before this instant.
        package var until: Instant?
        package var text: String?

        package init() {}
    }

    package struct Answer: Sendable {
        /// Newest first.
        package let entries: [TimelineEntry]
        /// The search goes on before this number; nil at the beginning of the log.
        package let next: Int64?
        package let log: LogStanding
    }

    package var wanted: Wanted
    package var before: Int64?
    /// 1...1000.
    package var limit: Int

    package init(_ wanted: Wanted, before: Int64? = nil, limit: Int = 50) {
        self.wanted = wanted
        self.before = before
        self.limit = limit
    }

    /// Steps of one search; each reads at most a page of entries, or two hundred thousand events past.
    private static let steps = 6

    /// - Throws: the rejection `forbidden` without the privilege.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem || context.access.has("audit") else { throw Rejection.notAllowed }
        let log = EventLog(context.connection)
        let reader = EventReader(context: context)
        let limit = min(max(limit, 1), 1000)
        var found: [TimelineEntry] = []
        var place = before.map { Int($0) }
        for _ in 0..<Self.steps {
            let step = try log.search(stored, before: place, limit: limit)
            found += try reader.visible(step.entries).filter(matches)
            place = step.next
            if place == nil || found.count >= limit { break }
        }
        if found.count > limit {
            found = Array(found.prefix(limit))
            place = found.last.map { Int($0.sequence) }
        }
        return Answer(entries: found, next: place.map { Int64($0) }, log: try context.ask(LogState()))
    }

    private var stored: EventSearch {
        var search = EventSearch()
        search.actor = wanted.person
        search.record = wanted.record
        search.object = wanted.object
        search.kind = wanted.kind
        search.field = wanted.field
        search.from = wanted.from
        search.until = wanted.until
        search.text = wanted.text
        return search
    }

    /// What the database found is looked at again as the reader sees it, so that nothing hidden is found by.
    private func matches(_ entry: TimelineEntry) -> Bool {
        if let field = wanted.field {
            let isThere = entry.changes.contains { change in
                change.field == field || change.field.hasPrefix(field + ".") || change.field.hasPrefix(field + "[")
            }
            if !isThere { return false }
        }
        guard let text = wanted.text?.lowercased() else { return true }
        let words =
            [entry.actorName, entry.reason ?? "", entry.title]
            + entry.changes.flatMap { [Self.words($0.before, entry), Self.words($0.after, entry)] }
        return words.contains { $0.lowercased().contains(text) }
    }

    private static func words(_ value: Value, _ entry: TimelineEntry) -> String {
        switch value {
        case .text(let text): text
        case .decimal(let number): number.description
        case .day(let day): day.description
        case .instant(let instant): instant.description
        case .record(let id): entry.titles[id] ?? ""
        case .list(let items): items.map { words($0, entry) }.joined(separator: " ")
        default: ""
        }
    }
}

/// How far the log is sealed, and when it was last proved whole.
package struct LogStanding: Sendable, Hashable {
    package let events: Int64
    /// The last event under a seal.
    package let sealedTo: Int64
    package let blocks: Int
    package let proof: LogProof?
}

/// What the last proof of the log found.
package struct LogProof: Sendable, Hashable {
    package let at: Instant
    /// The last event that it looked at.
    package let events: Int64
    package let isWhole: Bool
    /// What is wrong, for who looks after the machine; empty for a whole log.
    package let finding: String

    static let key = "log.proof"

    var text: String { "\(at.milliseconds)|\(events)|\(isWhole ? 1 : 0)|\(finding)" }

    init(at: Instant, events: Int64, isWhole: Bool, finding: String) {
        self.at = at
        self.events = events
        self.isWhole = isWhole
        self.finding = finding
    }

    init?(_ text: String) {
        let parts = text.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let at = Int64(parts[0]), let events = Int64(parts[1]) else { return nil }
        self.init(
            at: Instant(milliseconds: at), events: events, isWhole: parts[2] == "1", finding: String(parts[3]))
    }
}

/// How far the log is sealed. For who holds the privilege `audit` or `define`.
package struct LogState: Question {
    package init() {}

    package func answer(in context: ReadContext) throws -> LogStanding {
        guard context.actor.isSystem || context.access.has("audit") || context.access.has("define") else {
            throw Rejection.notAllowed
        }
        let log = EventLog(context.connection)
        let seal = try log.currentSeal()
        return LogStanding(
            events: Int64(try log.lastSequence()), sealedTo: Int64(seal.sequence), blocks: seal.blocks,
            proof: try Settings(context.connection).text(LogProof.key).flatMap { LogProof($0) })
    }
}
