import Definitions
import Kernel
import Values

/// A record with everything its page shows, and of the tabs only the one that is open.
struct RecordSheet: Question {
    let object: String
    let id: RecordID
    /// Object id of the open tab, or `object.via` where one object has two; nil: the timeline.
    let tab: String?
    let presentation: @Sendable (ModelSight) -> Presentation

    struct Answer: Sendable {
        let record: RecordView
        let isDeleted: Bool
        let timeline: [TimelineEntry]
        let related: RecordPage?
        let people: [RecordView]
        let followUps: [RecordView]
        let running: (list: RelatedList, rows: [RecordView])?
        let versions: [RecordView]
        let files: [FileView]
        /// Nil for a record that runs in no relay.
        let standing: RelayStanding?
        /// Records that may be the same.
        var same: [(id: RecordID, title: String)] = []
        var runs: [WorkflowRunSummary] = []
        /// Workflows that can be started on it.
        var offered: [WorkflowSummary] = []
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard let definition = sight.model.object(object), !definition.retired, sight.canRead(object) else {
            throw Rejection.noSuchPath
        }
        let eyes = presentation(sight)
        let (record, isDeleted) = try record(context)
        var related: RecordPage?
        var timeline: [TimelineEntry] = []
        let linked = eyes.related(of: definition)
        if let list = linked.first(where: { RelatedTab.id($0, in: definition) == tab }) {
            related = try rows(list, limit: 51, eyes, context)
        } else {
            timeline = try context.ask(TimelineOf(object: object, id: id, limit: 30))
        }
        let people = try linked.first { $0.object == "contact" }.map { try rows($0, limit: 8, eyes, context).rows }
        return Answer(
            record: record, isDeleted: isDeleted, timeline: timeline, related: related, people: people ?? [],
            followUps: try followUps(eyes, context), running: try running(linked, eyes, context),
            versions: try context.ask(VersionsOfDocument(record: record)),
            files: isDeleted ? [] : try context.ask(FilesOf(object: object, id: id)),
            standing: isDeleted ? nil : try standing(sight, context),
            same: isDeleted || !definition.isMergeable || !record.actions.contains("update")
                ? [] : try context.ask(SameRecords(object: object, id: id)),
            runs: isDeleted ? [] : try context.ask(WorkflowRunsOf(object: object, record: id, limit: 6)),
            offered: isDeleted || !record.actions.contains("update")
                ? [] : try context.ask(WorkflowList(object: object)))
    }

    private func standing(_ sight: ModelSight, _ context: ReadContext) throws -> RelayStanding? {
        guard sight.model.processes.contains(where: { $0.objects.contains(object) }) else { return nil }
        let standing = try context.ask(RelayOf(object: object, record: id))
        return standing.now == nil && standing.runs.isEmpty ? nil : standing
    }

    /// Live, or from the recycle bin.
    private func record(_ context: ReadContext) throws -> (RecordView, Bool) {
        do {
            return (try context.ask(ShowRecord(object: object, id: id)), false)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return (try context.ask(ShowRecord(object: object, id: id, deleted: true)), true)
        }
    }

    private func rows(
        _ list: RelatedList, columns: [String]? = nil, limit: Int, _ eyes: Presentation, _ context: ReadContext,
        filter: String? = nil
    ) throws -> RecordPage {
        let columns = (columns ?? list.columns).filter { eyes.isReadable($0, of: list.object) }
        let sort = ["date", "due", "received_at", "at"].first {
            columns.contains($0) && eyes.isUsable($0, of: list.object)
        }
        return try context.ask(
            ListRecords(
                object: list.object, columns: eyes.withCurrencies(columns, of: list.object),
                filters: ["\(list.via) = \"\(id)\""] + (filter.map { [$0] } ?? []),
                sort: sort.map { [SortKey(path: $0, descending: true)] } ?? [], limit: limit))
    }

    /// What was agreed to do next, by the notes about this record.
    private func followUps(_ eyes: Presentation, _ context: ReadContext) throws -> [RecordView] {
        guard let notes = NoteObject.find(for: object, eyes.sight), notes.hasNext,
            eyes.isUsable("next_at", of: notes.id), eyes.isUsable(notes.link, of: notes.id)
        else { return [] }
        return try context.ask(
            ListRecords(
                object: notes.id, columns: ["summary", "next_at", "by"].filter { eyes.isReadable($0, of: notes.id) },
                filters: [
                    "\(notes.link) = \"\(id)\"", "NOT(ISBLANK(next_at))", "DAY(next_at) >= ADDDAYS(TODAY(), -30)",
                ],
                sort: [SortKey(path: "next_at", descending: false)], limit: 6)
        ).rows
    }

    /// Orders under way: records that link here and walk through many states.
    private func running(
        _ linked: [RelatedList], _ eyes: Presentation, _ context: ReadContext
    ) throws -> (list: RelatedList, rows: [RecordView])? {
        // The longest way of all is the one worth following from here.
        let ways = linked.compactMap { list in RunningLegs(eyes: eyes, object: list.object).map { (list, $0) } }
        guard let (list, legs) = ways.max(by: { $0.1.codes.count < $1.1.codes.count }) else { return nil }
        return (list, try rows(list, columns: legs.columns, limit: 5, eyes, context, filter: legs.openFilter).rows)
    }
}

/// The tabs of a record page by name.
enum RelatedTab {
    static func id(_ list: RelatedList, in definition: ObjectDefinition) -> String {
        definition.related.filter { $0.object == list.object }.count > 1 ? list.object + "-" + list.via : list.object
    }
}

/// Where notes about records of an object are written: an object with a `summary` that can point to it.
struct NoteObject {
    let id: String
    /// The field that points to the record.
    let link: String
    /// The link to any object carries the object's id too.
    let isAny: Bool
    let hasNext: Bool

    static func find(for object: String, _ sight: ModelSight) -> NoteObject? {
        guard object != "followup", let notes = sight.model.object("followup"), !notes.retired,
            notes.field("summary") != nil
        else { return nil }
        let hasNext = notes.field("next_at") != nil
        for field in notes.liveFields where !field.isSystem {
            if case .anyLink(let objects) = field.type, objects.contains(object) {
                return NoteObject(id: notes.id, link: field.id, isAny: true, hasNext: hasNext)
            }
        }
        let plain = notes.liveFields.first { !$0.isSystem && $0.type.linkTarget == object }
        return plain.map { NoteObject(id: notes.id, link: $0.id, isAny: false, hasNext: hasNext) }
    }
}

/// How far a record of many states has come: its states in order as legs of a relay.
struct RunningLegs {
    let states: StateMachine
    let codes: [Code]
    let columns: [String]

    /// Nil for objects whose life is short.
    init?(eyes: Presentation, object: String) {
        guard let definition = eyes.model.object(object), let states = definition.states,
            case .choice(let list)? = definition.field(states.field)?.type, let codes = eyes.model.lists[list]?.codes,
            codes.count >= 10,
            eyes.isUsable(states.field, of: object)
        else { return nil }
        self.states = states
        self.codes = codes.filter { code in !code.retired && states.state(code.code)?.final != true }
        let amounts = definition.liveFields.filter { field in
            if case .money = field.type { field.id == "amount" || field.id == "total" } else { false }
        }
        let dates = ["current_etd", "due"].filter { definition.field($0) != nil }
        let ends = ["actual_etd"].filter { definition.field($0) != nil }
        let holders = ["merchandiser", "owner"].filter { definition.field($0) != nil }
        let wanted = Array(definition.title.prefix(1)) + [states.field] + amounts.map(\.id)
        columns = (wanted + Array(dates.prefix(1)) + ends + Array(holders.prefix(1))).filter {
            eyes.isReadable($0, of: object)
        }
    }

    var openFilter: String? {
        let ends = states.states.filter(\.final).map { "\"" + $0.code + "\"" }
        return ends.isEmpty ? nil : "NOT(\(states.field) IN (\(ends.joined(separator: ", "))))"
    }
}
