import Definitions
import Kernel
import Values

/// Events in words: who did what, which fields became what, with the system's noise folded away.
struct TimelineWords {
    let eyes: Presentation
    /// The record whose page this is.
    let object: String
    let id: RecordID
    /// The notes among the events, as they are now.
    var notes = NotesShown()

    /// - Parameter kinds: what it is narrowed to, which what is older keeps.
    func timeline(_ part: TimelinePageOf.Answer, kinds: Set<TimelineKind> = []) -> Timeline {
        var days: [Timeline.Day] = []
        var heading = ""
        var items: [Timeline.Item] = []
        var run: [Timeline.Event] = []
        func closeRun() {
            if run.count > 1 { items.append(.fold(run)) } else { items += run.map { .event($0) } }
            run = []
        }
        func closeDay() {
            closeRun()
            if !items.isEmpty { days.append(Timeline.Day(heading: heading, items: items)) }
            items = []
        }
        for entry in part.entries where !isOfNote(entry) {
            let day = eyes.page.format.dayHeading(eyes.page.format.localDay(entry.at))
            if day != heading {
                closeDay()
                heading = day
            }
            let event = event(entry)
            if event.kind == .system {
                run.append(event)
            } else {
                closeRun()
                items.append(.event(event))
            }
        }
        closeDay()
        var timeline = Timeline(days: days)
        if let next = part.next {
            let narrowed = kinds.isEmpty ? "" : "&kinds=" + TimelineKind.list(kinds)
            timeline.olderURL = Paths.timeline(object, id.description) + "?before=" + String(next) + narrowed
        }
        return timeline
    }

    /// The chips that narrow the timeline, each with the address that its press leads to.
    ///
    /// Kinds of which a timeline that is whole on the page has none get no chip.
    func chips(_ part: TimelinePageOf.Answer, kinds: Set<TimelineKind>) -> [RecordDetailPage.KindChip] {
        let isWhole = part.next == nil && kinds.isEmpty
        let present = Set(part.entries.filter { !isOfNote($0) }.map(group))
        let hasNotes = NoteObject.find(for: object, in: eyes.model).map { eyes.sight.canRead($0.id) } ?? false
        let offered = TimelineKind.allCases.filter { kind in
            if isWhole { return present.contains(kind) }
            return ![.mail, .note].contains(kind) || hasNotes || kinds.contains(kind)
        }
        guard offered.count > 1 || !kinds.isEmpty else { return [] }
        let here = Paths.record(object, id.description)
        let all = RecordDetailPage.KindChip(label: eyes.say(Words.allKinds), url: here, isOn: kinds.isEmpty)
        return [all]
            + offered.map { kind in
                let pressed = kinds.symmetricDifference([kind])
                return RecordDetailPage.KindChip(
                    label: eyes.say(kind.label),
                    url: pressed.isEmpty ? here : here + "?kinds=" + TimelineKind.list(pressed),
                    isOn: kinds.contains(kind))
            }
    }

    func group(_ entry: TimelineEntry) -> TimelineKind {
        TimelineKind(object: entry.object, kind: entry.kind, isMail: isMail(entry))
    }

    private func event(_ entry: TimelineEntry) -> Timeline.Event {
        let definition = eyes.model.object(entry.object)
        let isOwn = entry.record == id
        let isNote = entry.object == "followup"
        var event = Timeline.Event(
            kind: kind(entry), subject: subject(entry, definition, isOwn), time: eyes.page.format.time(entry.at),
            instant: entry.at.description)
        event.group = group(entry).rawValue
        event.verb = verb(entry, definition)
        if !isOwn, eyes.sight.canRead(entry.object) {
            event.subjectURL = Paths.record(entry.object, entry.record.description)
        }
        if isNote, entry.kind == "created" {
            tell(&event, of: entry)
        } else if isNote {
            event.body = entry.changes.first { $0.field == "summary" }?.after.text ?? entry.title
        } else if entry.kind != "created", let definition {
            event.changes = changes(entry, definition)
            event.tags = reached(entry, definition)
        }
        if let reason = reason(entry) { event.note = Note(tone: tone(entry), text: reason) }
        if let request = ChangeLineage.request(entry.kind), eyes.sight.canRead(request.object) {
            event.subjectURL = Paths.record(request.object, request.id.description)
        }
        return event
    }

    /// Written by people as it is; what the house writes is there in both languages, of which the reader's is told.
    private func reason(_ entry: TimelineEntry) -> String? {
        guard let reason = entry.reason, !reason.isEmpty, !isOfMachine(reason, entry) else { return nil }
        if let both = approvalReason(reason) { return both[eyes.language] }
        let isOfPeople = ["leg:given_back", "leg:item_due", "leg:item_settled"].contains(entry.kind)
        guard entry.kind == "reminded" || entry.origin == "system" || entry.kind.hasPrefix("leg:") && !isOfPeople else {
            return reason
        }
        let parts = reason.split(separator: " / ", omittingEmptySubsequences: false)
        guard parts.count % 2 == 0 else { return reason }
        let half = eyes.language == .zh ? parts.prefix(parts.count / 2) : parts.suffix(parts.count / 2)
        return half.joined(separator: " / ")
    }

    /// The name of the part of the house that did it: `approval`, `clocks`. It tells nobody anything.
    private func isOfMachine(_ reason: String, _ entry: TimelineEntry) -> Bool {
        entry.origin == "system" && reason.utf8.allSatisfy { (97...122).contains($0) || $0 == 32 }
    }

    /// Why an approval did what it did, as the house writes it beside the action: 审批：… / Approval: …
    private func approvalReason(_ reason: String) -> Label? {
        // As it was written at first: one head for both languages.
        let old = "审批 / approval: "
        if reason.hasPrefix(old) {
            let parts = reason.dropFirst(old.count).split(separator: " / ", omittingEmptySubsequences: false)
            guard parts.count % 2 == 0 else { return nil }
            let half = parts.count / 2
            return Label(
                zh: "审批：" + parts.prefix(half).joined(separator: " / "),
                en: "Approval: " + parts.suffix(half).joined(separator: " / "))
        }
        guard reason.hasPrefix("审批："), let range = reason.firstRange(of: " / Approval: ") else { return nil }
        return Label(zh: String(reason[..<range.lowerBound]), en: String(reason[range.lowerBound...].dropFirst(3)))
    }

    private func tone(_ entry: TimelineEntry) -> Tone {
        switch entry.kind {
        case "leg:late", "leg:escalated", "leg:given_back", "workflow:given_back", "workflow:failed": .bad
        case "leg:warned", "leg:item_due": .warn
        case "leg:paused": .block
        default: .info
        }
    }

    private func subject(_ entry: TimelineEntry, _ definition: ObjectDefinition?, _ isOwn: Bool) -> String {
        if isOwn || entry.object == "followup" { return author(entry) ?? "Baton" }
        let title = eyes.title(entry.title, of: entry.object)
        return [definition.map { eyes.say($0.label) } ?? entry.object, title].filter { !$0.isEmpty }.joined(
            separator: " ")
    }

    /// Who did it, and for whom; nil for the house.
    private func author(_ entry: TimelineEntry) -> String? {
        guard !entry.actorName.isEmpty else { return nil }
        guard let other = entry.onBehalfOf else { return entry.actorName }
        return eyes.say(Words.standingIn(entry.actorName, for: other))
    }

    private func verb(_ entry: TimelineEntry, _ definition: ObjectDefinition?) -> String {
        let isOwn = entry.record == id
        let who = isOwn || entry.object == "followup" ? "" : author(entry).map { " · " + $0 } ?? ""
        let words: String
        switch entry.kind {
        case "created" where entry.object == NotesShown.object: words = noteVerb(entry)
        case "created": words = eyes.say(Words.created)
        case "updated": words = eyes.say(Label(zh: "修改", en: "changed"))
        case "deleted": words = eyes.say(Label(zh: "移到回收站", en: "moved to the recycle bin"))
        case "restored": words = eyes.say(Words.restore)
        case "merged": words = merged(entry, Label(zh: "并入了", en: "took in"))
        case "unmerged" where !entry.changes.isEmpty:
            words = merged(entry, Label(zh: "撤销合并，分出了", en: "took the merge back and gave out"))
        case "unmerged": words = eyes.say(Label(zh: "撤销合并后回来", en: "came back as the merge was undone"))
        case "merged_into": words = eyes.say(Label(zh: "已并入这条", en: "went into this one"))
        case "reminded": words = eyes.say(Label(zh: "提醒", en: "reminded"))
        case let kind where Words.accountEvents[kind] != nil: words = account(entry)
        case let kind where Words.legEvents[kind] != nil: words = Words.legEvents[kind].map(eyes.say) ?? ""
        case let kind where Words.workflowEvents[kind] != nil: words = Words.workflowEvents[kind].map(eyes.say) ?? ""
        case let kind where kind.hasPrefix("ladder:"): words = eyes.say(Label(zh: "升级", en: "escalated"))
        case let kind where ChangeLineage.request(kind) != nil:
            words = eyes.say(Label(zh: "执行变更", en: "carried out a change"))
        default:
            let action = String(entry.kind.split(separator: ":").last ?? "")
            words =
                definition?.actions.first { $0.id == action }.map { eyes.say($0.label) }
                ?? eyes.say(action == "assign" ? Words.assign : Words.approvalEvent(action))
        }
        return words + who
    }

    /// Which record went in or came out.
    private func merged(_ entry: TimelineEntry, _ verb: Label) -> String {
        let names = entry.changes.compactMap { $0.after.record.flatMap { entry.titles[$0] } }
        return eyes.say(verb) + " " + names.map { "“\($0)”" }.joined(separator: eyes.language == .zh ? "、" : ", ")
    }

    /// What happened to a user's account, with the token's name or how many sessions ended.
    private func account(_ entry: TimelineEntry) -> String {
        let words = Words.accountEvents[entry.kind].map(eyes.say) ?? ""
        let details = entry.changes.compactMap { change -> String? in
            switch (change.field, change.before, change.after) {
            case ("token", .null, .text(let name)), ("token", .text(let name), _): "“\(name)”"
            case ("address", _, .text(let address)): address
            case ("sessions", .decimal(let count), _):
                eyes.say(Label(zh: "\(count.shortest) 个会话", en: "sessions: \(count.shortest)"))
            case ("tokens", .decimal(let count), _):
                eyes.say(Label(zh: "\(count.shortest) 个令牌", en: "tokens: \(count.shortest)"))
            default: nil
            }
        }
        return ([words] + details).joined(separator: " ")
    }

    private func kind(_ entry: TimelineEntry) -> Timeline.Event.Kind {
        if entry.object == "followup" { return .note }
        switch entry.kind {
        case "created": return entry.record == id ? .created : .document
        case "updated": return .system
        // What became of the whole record is no change of a field.
        case "merged", "unmerged": return .done
        case "action:assign": return .handOff
        case "leg:warned", "leg:late", "leg:escalated", "leg:item_due": return .task
        case let kind where kind.hasPrefix("leg:") || kind.hasPrefix("workflow:"): return .handOff
        default:
            if ["payment", "receivable"].contains(entry.object) { return .money }
            if entry.object == "task" { return .task }
            return entry.kind.hasPrefix("action:") || Words.accountEvents[entry.kind] != nil ? .done : .system
        }
    }

    /// The state that an action led to, as a tag beside its name.
    private func reached(_ entry: TimelineEntry, _ definition: ObjectDefinition) -> [Tag] {
        guard entry.kind.hasPrefix("action:"), let states = definition.states,
            let field = definition.field(states.field),
            let change = entry.changes.first(where: { $0.field == states.field }),
            case .tags(let tags) = eyes.presenter([:]).shown(change.after, as: field.type)
        else { return [] }
        return tags
    }

    // MARK: Changes

    private static let most = 8

    private func changes(_ entry: TimelineEntry, _ definition: ObjectDefinition) -> [Timeline.Event.Change] {
        let implied = implied(entry, definition)
        let told = entry.changes.filter { !implied.contains($0.field) }
        // What people set stands before what followed from it.
        return Array(changes(told, titles: entry.titles, definition).prefix(Self.most))
    }

    /// Changes in words, each field once.
    func changes(
        _ changes: [TimelineEntry.Change], titles: [RecordID: String], _ definition: ObjectDefinition
    ) -> [Timeline.Event.Change] {
        var known: Set<String> = []
        var out: [Timeline.Event.Change] = []
        for change in changes {
            guard let (label, field) = name(change.field, definition), isWorthTelling(field, definition),
                known.insert(label).inserted
            else { continue }
            out.append(
                Timeline.Event.Change(
                    label: label, before: text(change.before, field, titles), after: text(change.after, field, titles)))
        }
        return out
    }

    /// What an action's name says already: the state it leads to, and the moment at which it was done.
    private func implied(_ entry: TimelineEntry, _ definition: ObjectDefinition) -> Set<String> {
        guard let action = definition.actions.first(where: { entry.kind == "action:" + $0.id }) else { return [] }
        let stamps = action.sets.map(\.field).filter { id in
            switch definition.field(id)?.type {
            case .instant?: true
            case .link(let object)?: object == "user"
            default: false
            }
        }
        return Set(stamps + (definition.states.map { [$0.field] } ?? []))
    }

    /// Sums that follow from other fields are told only when they are the record's main figures.
    private func isWorthTelling(_ field: FieldDefinition, _ definition: ObjectDefinition) -> Bool {
        if field.isSystem, field.id != "owner" { return false }
        guard field.formula != nil || field.rollup != nil else { return true }
        return definition.highlights.contains { $0.field == field.id } && field.rollup == nil
    }

    /// `lines[2].price` is 明细 3 · 单价.
    private func name(_ path: String, _ definition: ObjectDefinition) -> (String, FieldDefinition)? {
        let head = String(path.prefix { $0 != "." && $0 != "[" })
        guard let field = definition.field(head) else { return nil }
        guard case .lines(let child) = field.type else {
            // The parts of an amount change with it.
            if path.hasSuffix(".base") || path.hasSuffix(".rate") || path.hasSuffix(".object") { return nil }
            let part = path.hasSuffix(".currency") ? " · " + eyes.say(Words.currency) : ""
            return (
                eyes.say(field.label) + part,
                path.hasSuffix(".currency") ? eyes.model.object(definition.id)?.field("currency") ?? field : field
            )
        }
        guard let open = path.firstIndex(of: "["), let close = path.firstIndex(of: "]"),
            let dot = path.lastIndex(of: "."),
            let place = Int(path[path.index(after: open)..<close]),
            let cell = eyes.model.object(child)?.field(String(path[path.index(after: dot)...]))
        else { return nil }
        let line = abs(place) + 1
        return ("\(eyes.say(field.label)) \(line) · \(eyes.say(cell.label))", cell)
    }

    /// What a field was and what it became in an event; the empty dash where it was nothing.
    func values(of id: String, _ field: FieldDefinition, in entry: TimelineEntry) -> (before: String, after: String) {
        let parts = entry.changes.filter { FieldHistory.isOf($0.field, id) }
        func joined(_ value: (TimelineEntry.Change) -> Value) -> String {
            let texts = parts.map { part in
                part.field == id ? text(value(part), field, entry.titles) : value(part).text ?? ""
            }
            let line = texts.filter { !$0.isEmpty }.joined(separator: " ")
            return line.isEmpty ? "–" : line
        }
        return (joined(\.before), joined(\.after))
    }

    private func text(_ value: Value, _ field: FieldDefinition, _ titles: [RecordID: String]) -> String {
        if case .json = field.type { return value.isNull ? "" : "…" }
        let currency: String? = if case .money(.base) = field.type { eyes.model.baseCurrency } else { nil }
        let shown = eyes.presenter(titles).shown(
            value, as: field.type, currency: currency, unit: field.unit.map(eyes.unit))
        if case .bool(let flag) = shown { return eyes.say(flag ? Words.yes : Words.no) }
        let plain = shown.plain
        return plain.count > 120 ? plain.prefix(120) + "…" : plain
    }
}

extension TimelineKind {
    var label: Label {
        switch self {
        case .mail: Label(zh: "邮件", en: "Mail")
        case .note: Label(zh: "跟进", en: "Notes")
        case .document: Label(zh: "单据", en: "Documents")
        case .relay: Words.relayShort
        case .system: Label(zh: "资料变更", en: "Changes")
        }
    }

    /// `mail,note`: always in the same order, so that an address is one address.
    static func list(_ kinds: Set<TimelineKind>) -> String {
        allCases.filter(kinds.contains).map(\.rawValue).joined(separator: ",")
    }

    /// What `list` wrote; words that are none are left out.
    static func read(_ text: String?) -> Set<TimelineKind> {
        Set((text ?? "").split(separator: ",").compactMap { TimelineKind(rawValue: String($0)) })
    }
}
