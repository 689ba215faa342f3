import Definitions
import Documents
import Kernel
import Values

/// The event log, searched, exported, proved.
extension Desk {
    func audit(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await auditPage()
        case ("export.csv"?, 1, false): return try await exportAudit()
        case ("verify"?, 1, true):
            _ = try await kernel.perform(Command(.house(.proveLog)), as: actor)
            return done(Paths.audit, context[Label(zh: "已验证整个日志", en: "The whole log was verified")])
        default: throw Rejection.noSuchPath
        }
    }

    private func auditPage() async throws -> Reply {
        let address = AuditAddress(exchange, context.format)
        let (frame, answer) = try await ask(
            AuditSearch(address.wanted, before: exchange[query: "before"].flatMap { Int64($0) }))
        let people = try await kernel.answer(AuditPeople(), as: actor)
        let eyes = presentation(frame)
        let words = AuditWords(eyes: eyes)
        var content = AuditPage(log: answer.log)
        content.people = people.map { FieldControl.Choice($0.id.description, $0.title) }
        content.objects = eyes.sight.objects.filter { $0.parent == nil }
            .map { FieldControl.Choice($0.id, eyes.say($0.label)) }
        if let object = address.wanted.object.flatMap({ eyes.model.object($0) }) {
            content.fields = object.liveFields.filter { eyes.isReadable($0.id, of: object.id) }
                .map { FieldControl.Choice($0.id, eyes.say($0.label)) }
        }
        content.kinds = words.kinds(address.wanted.object)
        content.given = address.given
        content.rows = answer.entries.map(words.row)
        content.olderURL = answer.next.map { address.url(before: $0) }
        content.exportURL = eyes.sight.has("export") ? Paths.audit + "/export.csv" + address.query : nil
        return settingsPage(content, frame, title: context[Words.audit])
    }

    /// Rows of one export at most.
    private static let exportedEvents = 20_000

    private func exportAudit() async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard sight.has("export") else { throw Rejection.notForThisRole }
        let look = context
        let eyes = Presentation(sight: sight, page: look)
        let words = AuditWords(eyes: eyes)
        let address = AuditAddress(exchange, look.format)
        var writer = DelimitedWriter(
            columns: words.heads, instantOffset: look.format.offset(kernel.now))
        var before: Int64?
        var count = 0
        repeat {
            let answer = try await kernel.answer(
                AuditSearch(address.wanted, before: before, limit: 1000), as: actor)
            for entry in answer.entries { writer.append(words.cells(entry)) }
            count += answer.entries.count
            before = answer.next
        } while before != nil && count < Self.exportedEvents
        let file = "audit-" + look.format.today.description + ".csv"
        return Reply(
            headers: [
                ("content-type", "text/csv; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(file)\""), ("cache-control", "private, no-store"),
            ], body: .bytes(writer.bytes))
    }
}

/// Whom one may search for.
struct AuditPeople: Question {
    func answer(in context: ReadContext) throws -> [RecordView] {
        let sight = try context.ask(VisibleModel())
        guard sight.has("audit"), sight.canRead("user") else { return [] }
        return try context.ask(
            ListRecords(
                object: "user", columns: ["name"], sort: [SortKey(path: "name", descending: false)], limit: 500)
        ).rows
    }
}

/// What is searched for, as the address says it.
struct AuditAddress {
    static let names = ["person", "object", "record", "kind", "field", "from", "until", "q"]
    let given: [String: String]
    let wanted: AuditSearch.Wanted

    init(_ exchange: Exchange, _ format: Format) {
        var given: [String: String] = [:]
        for name in Self.names { given[name] = exchange[query: name]?.trimmingSpaces ?? "" }
        func text(_ name: String) -> String? { given[name].flatMap { $0.isEmpty ? nil : $0 } }
        var wanted = AuditSearch.Wanted()
        wanted.person = text("person").flatMap { RecordID($0) }
        wanted.record = text("record").flatMap { RecordID($0) }
        wanted.object = text("object")
        wanted.kind = text("kind")
        wanted.field = wanted.object == nil ? nil : text("field")
        wanted.text = text("q").map { String($0.prefix(100)) }
        wanted.from = text("from").flatMap { Day($0) }.flatMap { Self.midnight($0, format) }
        wanted.until = text("until").flatMap { Day($0) }.flatMap { Self.midnight($0.adding(days: 1), format) }
        self.given = given
        self.wanted = wanted
    }

    private static func midnight(_ day: Day, _ format: Format) -> Instant? {
        FormReader.instant(of: day.description + "T00:00", format)
    }

    private var parts: [String] {
        Self.names.compactMap { name in
            given[name].flatMap { $0.isEmpty ? nil : name + "=" + Paths.encoded($0) }
        }
    }

    var query: String { parts.isEmpty ? "" : "?" + parts.joined(separator: "&") }

    func url(before: Int64) -> String {
        Paths.audit + "?" + (parts + ["before=\(before)"]).joined(separator: "&")
    }
}

/// Events of the log as rows.
struct AuditWords {
    let eyes: Presentation

    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }

    /// What can be searched for: the general kinds, then the actions of the object.
    func kinds(_ object: String?) -> [FieldControl.Choice] {
        let general: [(String, Label)] = [
            ("created", Label(zh: "新建", en: "created")), ("updated", Label(zh: "修改", en: "changed")),
            ("deleted", Label(zh: "删除", en: "deleted")), ("restored", Label(zh: "恢复", en: "restored")),
            ("action:", Label(zh: "操作", en: "actions")), ("leg:", Label(zh: "接力", en: "relay")),
            ("account:", Label(zh: "账号（全部）", en: "accounts (all)")),
            ("account:signed_in", Label(zh: "登录", en: "signed in")), ("house:", Label(zh: "系统维护", en: "maintenance")),
        ]
        let actions = object.flatMap { eyes.model.object($0)?.actions } ?? []
        return general.map { FieldControl.Choice($0.0, eyes.say($0.1)) }
            + actions.map { FieldControl.Choice("action:" + $0.id, eyes.say($0.label)) }
    }

    func verb(_ entry: TimelineEntry) -> String {
        if let label = Words.accountEvents[entry.kind] { return eyes.say(label) }
        if entry.kind.hasPrefix("action:") {
            let id = String(entry.kind.dropFirst(7))
            if id == "assign" { return say("换负责人", "reassigned") }
            return eyes.model.object(entry.object)?.actions.first { $0.id == id }.map { eyes.say($0.label) } ?? id
        }
        return kinds(nil).first { $0.value == entry.kind }?.label ?? entry.kind
    }

    func origin(_ entry: TimelineEntry) -> String {
        switch entry.origin {
        case "page": say("页面", "page")
        case "api": "API"
        case "import": say("导入", "import")
        case "rule": say("规则", "rule")
        case "sync": say("离线同步", "sync")
        default: say("系统", "system")
        }
    }

    private func who(_ entry: TimelineEntry) -> String {
        let name = entry.actorName.isEmpty ? "Baton" : entry.actorName
        return entry.onBehalfOf.map { eyes.say(Words.standingIn(name, for: $0)) } ?? name
    }

    private func changes(_ entry: TimelineEntry) -> [Timeline.Event.Change] {
        guard let definition = eyes.model.object(entry.object) else { return [] }
        let isOfPerson = entry.kind.hasPrefix("account:") || entry.kind.hasPrefix("house:")
        if isOfPerson {
            return entry.changes.map {
                Timeline.Event.Change(
                    label: Words.houseChanges[$0.field].map { eyes.say($0) } ?? $0.field,
                    before: told($0.field, $0.before), after: told($0.field, $0.after))
            }
        }
        return TimelineWords(eyes: eyes, object: entry.object, id: entry.record)
            .changes(entry.changes, titles: entry.titles, definition)
    }

    /// A series and the like by the names of its object and field.
    private func told(_ field: String, _ value: Value) -> String {
        guard field == "series", let text = value.text else { return plain(value) }
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let object = eyes.model.object(parts[0]) else { return text }
        return ([eyes.say(object.label)] + [object.field(parts[1]).map { eyes.say($0.label) }].compactMap(\.self))
            .joined(separator: " · ")
    }

    private func plain(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .decimal(let number): number.shortest
        default: ""
        }
    }

    private func object(_ entry: TimelineEntry) -> String {
        eyes.model.object(entry.object).map { eyes.say($0.label) } ?? entry.object
    }

    /// Changes in one row.
    private static let most = 12

    func row(_ entry: TimelineEntry) -> AuditPage.Row {
        let changes = changes(entry)
        let isPerson = entry.object == "user" && eyes.sight.has("users")
        return AuditPage.Row(
            number: entry.sequence, time: eyes.page.format.instant(entry.at), who: who(entry), origin: origin(entry),
            verb: verb(entry), object: object(entry), title: eyes.title(entry.title, of: entry.object),
            url: isPerson
                ? Paths.person(entry.record.description) : Paths.record(entry.object, entry.record.description),
            changes: Array(changes.prefix(Self.most)), moreChanges: max(0, changes.count - Self.most),
            reason: entry.reason ?? "")
    }

    var heads: [TableColumn] {
        let names: [(Label, TableColumn.Kind)] = [
            (Label(zh: "序号", en: "Number"), .number(scale: 0)), (Label(zh: "时间", en: "When"), .instant),
            (Label(zh: "谁", en: "Who"), .text), (Label(zh: "来源", en: "Origin"), .text),
            (Label(zh: "做了什么", en: "What"), .text), (Label(zh: "对象", en: "Object"), .text),
            (Label(zh: "记录", en: "Record"), .text), (Label(zh: "改动", en: "Changes"), .text),
            (Label(zh: "原因", en: "Reason"), .text),
        ]
        return names.map { TableColumn(title: eyes.say($0.0), kind: $0.1, width: 18) }
    }

    func cells(_ entry: TimelineEntry) -> [Value] {
        let changes = changes(entry).map { $0.label + ": " + $0.before + " → " + $0.after }.joined(separator: "; ")
        return [
            .decimal(ExactDecimal(Int(entry.sequence))), .instant(entry.at), .text(who(entry)), .text(origin(entry)),
            .text(verb(entry)), .text(object(entry)), .text(eyes.title(entry.title, of: entry.object)), .text(changes),
            .text(entry.reason ?? ""),
        ]
    }
}
