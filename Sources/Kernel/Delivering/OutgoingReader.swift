import Calendars
import Definitions
import Expressions
import Store
import Values

/// Makes messages of claimed deliveries: notices become mail when their person may be disturbed.
struct OutgoingReader {
    let context: ReadContext
    /// Whether there is a mail server; without one notices stay inside the program.
    let sendsMail: Bool
    /// The address under which people open the system; empty when mail holds no links.
    let address: String
    /// Seconds for which claimed deliveries are this process's.
    let lease: Int

    /// A notice that could not be told in this time is no news any more.
    static let staleSeconds = 3 * 86_400

    /// What goes out, what waits until when, and what is done with without going out.
    struct Sorted {
        var messages: [OutgoingMessage] = []
        var waits: [(ids: [Int], until: Instant)] = []
        var settled: [Int] = []
    }

    /// Up to one statement for the notices and one for each of their people.
    func sort(_ items: [OutboxItem]) throws -> Sorted {
        var sorted = Sorted()
        for item in items where item.channel != Notifications.channel {
            let content = try PersonalMail.content(of: item, context) ?? Self.content(of: item)
            if content.isMail, !sendsMail {
                // Kept until there is a mail server.
                sorted.waits.append(([item.id], context.now.adding(seconds: 600)))
            } else {
                sorted.messages.append(
                    OutgoingMessage(ids: [item.id], key: item.key, attempts: item.attempts, content: content))
            }
        }
        try sortNotices(items.filter { $0.channel == Notifications.channel }, into: &sorted)
        return sorted
    }

    // MARK: Notices

    private func sortNotices(_ items: [OutboxItem], into sorted: inout Sorted) throws {
        let ids = items.compactMap { RecordID($0.payload) }
        let entries = Dictionary(
            try Notifications(context.connection).entries(ids).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        if entries.isEmpty { return sorted.settled += items.map(\.id) }
        let policy = try NoticePolicy(context)
        var people: [RecordID: Receiver?] = [:]
        var digests: [RecordID: [Part]] = [:]
        for item in items {
            guard sendsMail, let entry = RecordID(item.payload).flatMap({ entries[$0] }), entry.readAt == nil else {
                sorted.settled.append(item.id)
                continue
            }
            if people[entry.user] == nil { people[entry.user] = .some(try receiver(entry.user, policy)) }
            guard let receiver = people[entry.user] ?? nil, receiver.policy.pace(of: entry) != .app else {
                sorted.settled.append(item.id)
                continue
            }
            let release = receiver.policy.release(entry, in: receiver.zone, at: context.now)
            guard !isStale(entry, collectedUntil: receiver.policy.collects(entry) ? release : entry.at) else {
                sorted.settled.append(item.id)
                continue
            }
            if release > context.now {
                sorted.waits.append(([item.id], release))
            } else if receiver.policy.collects(entry) {
                digests[entry.user, default: []].append((item, entry))
            } else {
                sorted.messages.append(mail([(item, entry)], to: receiver, key: item.key))
            }
        }
        for (person, parts) in digests {
            guard let receiver = people[person] ?? nil else { continue }
            let all = try parts + rest(of: person, receiver, besides: Set(parts.map(\.entry.id)))
            // The digest of a morning has one key, whatever is in it.
            sorted.messages.append(
                mail(all, to: receiver, key: "digest:\(person):\(receiver.today(context.now))"))
        }
    }

    /// What is collected grows old from its own time on.
    private func isStale(_ entry: NotificationEntry, collectedUntil time: Instant) -> Bool {
        let since = max(entry.at, time).milliseconds
        return context.now.milliseconds - since >= Int64(Self.staleSeconds) * 1000
    }

    /// The other notices of a digest, claimed with it: they go out in one mail.
    private func rest(of person: RecordID, _ receiver: Receiver, besides taken: Set<RecordID>) throws -> [Part] {
        let others = try Notifications(context.connection).of(person, unreadOnly: true, limit: 200).filter { entry in
            receiver.policy.collects(entry) && !taken.contains(entry.id)
                && receiver.policy.release(entry, in: receiver.zone, at: context.now) <= context.now
        }
        let entries = Dictionary(others.map { ("\($0.id)", $0) }, uniquingKeysWith: { first, _ in first })
        let items = try Outbox(context.connection).claim(
            others.map { Notifications.key(of: $0.id) }, until: context.now.adding(seconds: lease))
        return items.compactMap { item in entries[item.payload].map { (item, $0) } }
    }

    private typealias Part = (item: OutboxItem, entry: NotificationEntry)

    private func receiver(_ person: RecordID, _ policy: NoticePolicy) throws -> Receiver? {
        guard let definition = context.model.object("user") else { return nil }
        let names = (["email", "language", "time_zone", "active"] + NoticeWishes.fields).filter {
            definition.field($0) != nil
        }
        let row = try context.store.find(
            definition.id, person, fields: names.map { FieldPath([$0]) }, context: context.evaluation)
        guard let row, row[path: "active"] != .bool(false), let email = row[path: "email"].text, !email.isEmpty else {
            return nil
        }
        return Receiver(
            email: email, language: Language(rawValue: row[path: "language"].text ?? "") ?? .zh,
            zone: Zones.zone(row[path: "time_zone"].text ?? "Asia/Shanghai"), policy: policy.with(NoticeWishes(row)))
    }

    private func mail(
        _ parts: [Part], to receiver: Receiver, key: String
    ) -> OutgoingMessage {
        let lines = parts.map { _, entry in
            (text: receiver.language == .zh ? entry.zh : entry.en, link: link(entry))
        }
        let subject =
            lines.count == 1
            ? lines[0].text
            : receiver.language == .zh ? "\(lines.count) 条消息" : "\(lines.count) notices"
        let text = lines.map { $0.link.isEmpty ? $0.text : $0.text + "\n" + $0.link }.joined(separator: "\n\n")
        return OutgoingMessage(
            ids: parts.map(\.item.id), key: key, attempts: parts.map(\.item.attempts).max() ?? 1,
            alone: parts.filter { !receiver.policy.collects($0.entry) }.map(\.entry.id),
            content: .mail(
                to: [receiver.email], subject: subject, text: text + "\n",
                html: NoticePage.html(lines, receiver.language)))
    }

    private func link(_ entry: NotificationEntry) -> String {
        address.isEmpty || entry.record == nil ? "" : address + "/notices/" + entry.id.description
    }

    // MARK: Others

    /// What rules put into the outbox: `{to, subject, body, html}` for mail, `{url, …}` for a webhook.
    static func content(of item: OutboxItem) -> OutgoingMessage.Content {
        let payload: JSONValue
        do { payload = try JSONReader.read(item.payload) } catch {
            return .unreadable(zh: "内容不是 JSON", en: "the payload is no JSON")
        }
        func text(_ name: String) -> String? { if case .text(let text)? = payload[name] { text } else { nil } }
        switch item.channel {
        case "mail":
            var to: [String] = []
            if let one = text("to") { to = one.split(whereSeparator: { ",; ".contains($0) }).map(String.init) }
            if case .array(let items)? = payload["to"] {
                to = items.compactMap { if case .text(let text) = $0 { text } else { nil } }
            }
            guard !to.isEmpty else { return .unreadable(zh: "没有收件人", en: "no receiver") }
            return .mail(
                to: to, subject: text("subject") ?? "Baton", text: text("body") ?? text("text") ?? "",
                html: text("html"))
        case "webhook":
            guard let url = text("url") else { return .unreadable(zh: "没有 url", en: "no url") }
            guard case .object(let members) = payload else {
                return .unreadable(zh: "内容不是对象", en: "the payload is no object")
            }
            var json = JSONBuilder(escaping: .minimal)
            json.write(.object(members.filter { $0.name != "url" }))
            return .webhook(url: url, body: json.text)
        default: return .unreadable(zh: "没有渠道 \(item.channel)", en: "no such channel: \(item.channel)")
        }
    }
}

/// Somebody who gets mail, and when.
private struct Receiver {
    let email: String
    let language: Language
    let zone: Zone
    /// The company's, with what the person wants instead.
    let policy: NoticePolicy

    func today(_ now: Instant) -> Day { zone.day(at: now) }
}

/// The plain page of a notice.
enum NoticePage {
    static func html(_ lines: [(text: String, link: String)], _ language: Language) -> String {
        let items = lines.map { line in
            let text = escaped(line.text)
            let body = line.link.isEmpty ? text : "<a href=\"\(escaped(line.link))\">\(text)</a>"
            return "<p style=\"margin:0 0 12px\">\(body)</p>"
        }
        return "<!doctype html><html lang=\"\(language.rawValue)\"><head><meta charset=\"utf-8\"></head>"
            + "<body style=\"font:15px/1.5 sans-serif;color:#222\">" + items.joined() + "</body></html>"
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { out, scalar in
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
}
