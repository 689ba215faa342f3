import Definitions
import Kernel
import Values

extension Desk {
    func day() async throws -> Reply {
        let (frame, plan) = try await ask(DaySheet())
        var content = DayComposition(
            eyes: presentation(frame), actor: actor, now: kernel.now, frame: frame, plan: plan.day,
            inHand: Set(plan.batons.map(\.record))
        ).page()
        content.openSteps = plan.steps
        content.beginnings = plan.beginnings
        content.offersTour = isNew && exchange[query: Tour.query] == nil
        content.workflowTasks = plan.tasks.map { WorkflowWords(eyes: presentation(frame)).card($0, back: Paths.day) }
        content.batons = plan.batons.map { BatonInHand($0, eyes: presentation(frame), now: kernel.now) }
        return page(content, frame, title: context[Words.myDay], scripts: ["list.js", "clock.js"])
    }
}

/// What waits for the reader: their day and the batons in their hands.
struct DaySheet: Question {
    struct Answer: Sendable {
        let day: DayPlan
        let batons: [MyLeg]
        let tasks: [WorkflowTaskView]
        /// Of setting up the house; empty for who may not, and when the list was put away.
        let steps: [SetUpStep]
        /// On a day with nothing to do in a house with nothing in it.
        let beginnings: Beginnings?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let day = try context.ask(MyDay(limit: 12))
        let batons = RelayProcess.first(sight) == nil ? [] : try context.ask(MyLegs())
        let tasks = try context.ask(MyWorkflowTasks(limit: 6))
        let isFree = batons.isEmpty && tasks.isEmpty && day.sections.allSatisfy { $0.groups.allSatisfy(\.rows.isEmpty) }
        let beginnings = isFree ? try context.ask(BeginningsSheet()) : nil
        return Answer(
            day: day, batons: batons, tasks: tasks, steps: try openSteps(context),
            beginnings: beginnings?.starts.isEmpty == true ? nil : beginnings)
    }

    private func openSteps(_ context: ReadContext) throws -> [SetUpStep] {
        guard let state = try context.ask(SetUpState()), state.isOffered else { return [] }
        return state.open
    }
}

/// Makes the page of the day: each view's rows as items, the most urgent first.
struct DayComposition {
    let eyes: Presentation
    let actor: Actor
    let now: Instant
    let frame: Frame
    let plan: DayPlan
    /// Records whose baton the reader holds: they stand in that list alone.
    let inHand: Set<RecordID>

    func page() -> DayPage {
        let sections = plan.sections.compactMap { section -> DayPage.Section? in
            guard let kind = DayPage.Section.Kind(rawValue: section.id) else { return nil }
            return self.section(section, kind)
        }
        var page = DayPage(
            name: actor.name, dayText: eyes.page.format.dayHeading(eyes.page.format.today), sections: sections)
        page.figures = figures()
        return page
    }

    private func section(_ section: DaySection, _ kind: DayPage.Section.Kind) -> DayPage.Section {
        var dated: [(due: Instant?, item: DayPage.Item)] = []
        for group in section.groups {
            for row in group.rows where !isInHand(row, group.object) { dated.append(item(row, group, kind)) }
        }
        let sorted = dated.enumerated().sorted { left, right in
            let (one, other) = (left.element.due, right.element.due)
            if one == other { return left.offset < right.offset }
            guard let one else { return false }
            guard let other else { return true }
            return one < other
        }
        var out = DayPage.Section(kind: kind, items: sorted.prefix(40).map(\.element.item))
        if let more = section.groups.first(where: \.hasMore) { out.moreURL = Paths.list(more.object, view: section.id) }
        return out
    }

    /// The record itself, or a note about its hand-over: one that is named by the record it is about.
    private func isInHand(_ record: RecordView, _ object: String) -> Bool {
        if inHand.contains(record.id) || isRunBy(record, object) { return true }
        guard let name = eyes.model.object(object)?.title.first, let about = record[name].record else { return false }
        return inHand.contains(about)
    }

    /// Its baton goes to a position that the reader holds too: who has it now is said by the relay, not by the position.
    private func isRunBy(_ record: RecordView, _ object: String) -> Bool {
        guard let field = eyes.model.object(object)?.states?.field, let code = record[field].text else { return false }
        return eyes.model.processes.contains { process in
            process.legs(of: object).contains {
                $0.condition == nil && $0.states.contains(code) && !Set(actor.roles).isDisjoint(with: $0.holders)
            }
        }
    }

    private func item(_ record: RecordView, _ group: DayGroup, _ kind: DayPage.Section.Kind) -> (
        due: Instant?, item: DayPage.Item
    ) {
        let definition = eyes.model.object(group.object)
        let due = self.due(record, group.columns)
        let state = definition?.states?.field
        let holder = holder(record, group.columns)
        let title = definition?.title.prefix(1).first ?? ""
        let rest = group.columns.filter {
            $0 != title && $0 != due?.path && $0 != state && $0 != holder?.path && !isStamp($0)
        }
        let links = rest.filter { eyes.field($0, of: group.object)?.type.linkTarget != nil }
        let money = rest.filter { isMoney($0, group.object) }
        let others = rest.filter { !links.contains($0) && !money.contains($0) && $0 != "version_no" }
        let notes = (links + money + others).prefix(4).compactMap { path -> String? in
            let shown = eyes.shown(path, of: record)
            if shown.isNothing { return nil }
            if case .bool = shown { return nil }
            return eyes.isNumber(eyes.field(path, of: group.object)?.type ?? .bool) && !isMoney(path, group.object)
                ? eyes.label(path, of: group.object) + " " + shown.plain : shown.plain
        }
        var item = DayPage.Item(
            icon: definition?.icon ?? "circle",
            title: record.title.isEmpty ? eyes.say(definition?.label ?? group.label) : record.title,
            note: ([eyes.say(definition?.label ?? group.label)] + notes).joined(separator: " · "),
            url: Paths.record(record.object, record.id.description))
        item.tags = eyes.versionTags(record) + eyes.stateTags(record)
        item.due = due.map { DueTag.make($0.at, isDay: $0.isDay, now: now, format: eyes.page.format) }
        if kind == .waiting { item.holder = holder?.name }
        item.action = action(record, definition)
        return (due?.at, item)
    }

    private func isStamp(_ path: String) -> Bool { ["updated_at", "created_at", "owner"].contains(path) }

    private func isMoney(_ path: String, _ object: String) -> Bool {
        if case .money? = eyes.field(path, of: object)?.type { true } else { false }
    }

    /// The first date among the columns that says by when.
    private func due(_ record: RecordView, _ columns: [String]) -> (path: String, at: Instant, isDay: Bool)? {
        let named = columns.filter { path in
            ["due", "until", "next", "deadline", "expir"].contains { path.contains($0) }
        }
        for path in named {
            switch record[path] {
            case .instant(let at): return (path, at, false)
            case .day(let day): return (path, Instant(day: day, secondOfDay: 86_399), true)
            default: continue
            }
        }
        return nil
    }

    private func holder(_ record: RecordView, _ columns: [String]) -> (path: String, name: String)? {
        for path in columns where path != "owner" {
            guard eyes.field(path, of: record.object)?.type.linkTarget == "user", let id = record[path].record,
                id != actor.userID,
                let name = record.titles[id]
            else { continue }
            return (path, name)
        }
        return nil
    }

    /// The usual next step when it asks nothing; else opening the record is the next step.
    private func action(_ record: RecordView, _ definition: ObjectDefinition?) -> Button? {
        guard let definition,
            let action = definition.actions.first(where: { $0.primary && record.actions.contains($0.id) })
        else { return nil }
        guard action.input.isEmpty, action.condition == nil else {
            return Button(
                text: eyes.say(action.label), target: .link(Paths.record(record.object, record.id.description)))
        }
        return Button(
            text: eyes.say(action.label),
            target: .post(
                Paths.action(record.object, record.id.description, action.id),
                [("version", String(record.version)), ("back", Paths.day)]), icon: action.icon)
    }

    private var approvalFigure: [(value: String, label: String, url: String, tone: Tone)] {
        guard frame.approvals > 0 else { return [] }
        return [(String(frame.approvals), eyes.say(Words.approvals), Paths.approvals, .baton)]
    }

    private func figures() -> [(value: String, label: String, url: String, tone: Tone)] {
        approvalFigure
            + frame.sight.model.menu.compactMap { entry in
                guard let count = frame.waiting[entry.object], count > 0 else { return nil }
                return (
                    count >= 100 ? "99+" : String(count), eyes.say(entry.label),
                    Paths.list(entry.object, view: MyDay.sections[0]), Tone.pri
                )
            }
    }
}

/// By when, as a tag: late in red, today in amber.
enum DueTag {
    static func make(_ at: Instant, isDay: Bool, now: Instant, format: Format) -> Tag {
        let day = isDay ? at.day : format.localDay(at)
        let text = isDay ? format.nearDay(day) : format.instant(at)
        if isDay ? day < format.today : at < now {
            let days = format.today.number - day.number
            let late =
                days == 0
                ? text : Label(zh: "超时 \(days) 天", en: days == 1 ? "1 day late" : "\(days) days late")[format.language]
            return Tag(late, tone: .bad, icon: "alert-triangle")
        }
        return Tag(text, tone: day == format.today ? .warn : .mute, icon: "clock")
    }
}
