import Definitions
import Kernel
import Values

/// A record with everything its page shows, and of the tabs only the one that is open.
struct RecordSheet: Question {
    let object: String
    let id: RecordID
    /// Object id of the open tab, or `object.via` where one object has two; nil: the timeline.
    let tab: String?
    var narrowed = RelatedFilter()
    /// What the timeline is narrowed to; empty: nothing.
    var kinds: Set<TimelineKind> = []
    let presentation: @Sendable (ModelSight) -> Presentation

    /// Events on the page at first.
    static let newest = 20

    struct Answer: Sendable {
        let record: RecordView
        let isDeleted: Bool
        let timeline: TimelinePageOf.Answer
        let related: RecordPage?
        /// State → how many of the open tab's records stand in it.
        let relatedStates: [String: Int]
        let people: [RecordView]
        /// What stands in the notes among the timeline, with their files.
        let notes: NotesShown
        /// Whom one may write to from here.
        let contacts: [RecordView]
        /// Mails written once, for records such as this.
        var templates: [RecordView] = []
        let followUps: [RecordView]
        let running: (list: RelatedList, rows: [RecordView])?
        let versions: [RecordView]
        let files: [FileView]
        /// Names of those who put the files there.
        let senders: [String: String]
        /// Nil for a record that runs in no relay.
        let standing: RelayStanding?
        /// The clock of whom the record is about.
        var partner: PartnerTime.Clock?
        /// What is being decided about it.
        var approvals: [ApprovalOf.Running] = []
        /// Of the objects that actions make from here, those of which there is one already.
        var made: Set<String> = []
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
        var states: [String: Int] = [:]
        var timeline = TimelinePageOf.Answer(entries: [], next: nil)
        let linked = eyes.related(of: definition, at: record)
        if let list = linked.first(where: { RelatedTab.id($0, in: definition) == tab }) {
            related = try narrowed(list, eyes, context)
            states = try context.ask(RelatedStates(list: list, id: id, eyes: eyes))
        } else {
            timeline = try context.ask(TimelinePageOf(object: object, id: id, limit: Self.newest, kinds: kinds))
        }
        let people = try linked.first { $0.object == "contact" }.map { try rows($0, limit: 8, eyes, context).rows }
        let files = isDeleted ? [] : try context.ask(FilesOf(object: object, id: id))
        let senders = Array(Set(files.compactMap(\.by)))
        let isWritable = !isDeleted && tab == nil
        return Answer(
            record: record, isDeleted: isDeleted, timeline: timeline, related: related, relatedStates: states,
            people: people ?? [],
            notes: try NotesShown(of: timeline.entries, in: context),
            contacts: isWritable ? try contacts(record, sight, context) : [],
            templates: isWritable ? try templates(sight, context) : [],
            followUps: try followUps(eyes, context), running: try running(linked, eyes, context),
            versions: try context.ask(VersionsOfDocument(record: record)),
            files: files, senders: senders.isEmpty ? [:] : try context.ask(NamesOf(wanted: ["user": senders])),
            standing: isDeleted ? nil : try standing(sight, context),
            partner: isDeleted ? nil : try context.ask(PartnerTime(record: record)),
            approvals: isDeleted ? [] : try context.ask(ApprovalOf(object: object, record: id)),
            made: isDeleted ? [] : try made(definition, record, linked, eyes, context),
            same: isDeleted || !definition.isMergeable || !record.actions.contains("update")
                ? [] : try context.ask(SameRecords(object: object, id: id)),
            runs: isDeleted ? [] : try context.ask(WorkflowRunsOf(object: object, record: id, limit: 6)),
            offered: isDeleted || !record.actions.contains("update")
                ? [] : try context.ask(WorkflowList(object: object)))
    }

    /// People of the customer whom a note can name and a mail can reach.
    private func contacts(_ record: RecordView, _ sight: ModelSight, _ context: ReadContext) throws -> [RecordView] {
        guard let notes = NoteObject.find(for: object, in: sight.model), sight.canCreate(notes.id),
            sight.canRead("contact"), sight.filterable("contact").contains("company"),
            let company = object == "company" ? record.id : record["company"].record
        else { return [] }
        let usable = sight.filterable("contact")
        return try context.ask(
            ListRecords(
                object: "contact",
                columns: ["name", "title", "email"].filter(sight.readable("contact").contains)
                    + (usable.contains("company") && sight.filterable("company").contains("language")
                        ? ["company.language"] : []),
                filters: ["company = \"\(company)\""] + (usable.contains("active") ? ["active"] : []),
                sort: usable.contains("is_primary") ? [SortKey(path: "is_primary", descending: true)] : [], limit: 12)
        ).rows
    }

    private func templates(_ sight: ModelSight, _ context: ReadContext) throws -> [RecordView] {
        let usable = sight.filterable("mail_template")
        guard let notes = NoteObject.find(for: object, in: sight.model), sight.canCreate(notes.id),
            sight.canRead("mail_template"), usable.isSuperset(of: ["about", "active", "language", "name"]),
            case .choice(let list)? = sight.model.object("mail_template")?.field("about")?.type,
            sight.model.lists[list]?.code(object) != nil
        else { return [] }
        return try context.ask(
            ListRecords(
                object: "mail_template", columns: ["name", "language"], filters: ["about = \"\(object)\"", "active"],
                sort: [SortKey(path: "name", descending: false)], limit: 60)
        ).rows
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

    /// The records of the open tab, as its address narrows and orders them.
    private func narrowed(_ list: RelatedList, _ eyes: Presentation, _ context: ReadContext) throws -> RecordPage {
        guard let other = eyes.model.object(list.object) else { throw Rejection.noSuchPath }
        let columns = list.columns.filter { eyes.isReadable($0, of: list.object) }
        return try rows(
            list, limit: 51, eyes, context, filters: narrowed.conditions(other, eyes),
            sort: narrowed.sortKey(columns, of: list.object, eyes), search: narrowed.text)
    }

    private func rows(
        _ list: RelatedList, columns: [String]? = nil, limit: Int, _ eyes: Presentation, _ context: ReadContext,
        filters: [String] = [], sort wanted: SortKey? = nil, search: String = ""
    ) throws -> RecordPage {
        let columns = (columns ?? list.columns).filter { eyes.isReadable($0, of: list.object) }
        let sort = ["date", "due", "received_at", "at"].first {
            columns.contains($0) && eyes.isUsable($0, of: list.object)
        }
        return try context.ask(
            ListRecords(
                object: list.object, columns: eyes.withCurrencies(columns, of: list.object),
                filters: ["\(list.via) = \"\(id)\""] + filters,
                sort: wanted.map { [$0] } ?? sort.map { [SortKey(path: $0, descending: true)] } ?? [],
                search: search.isEmpty ? nil : search, limit: limit))
    }

    /// What was agreed to do next, by the notes about this record.
    private func followUps(_ eyes: Presentation, _ context: ReadContext) throws -> [RecordView] {
        guard let notes = NoteObject.find(for: object, in: eyes.model), notes.hasNext,
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

    /// Looked for only where no action is the usual next step: then the first thing that may be made from here is.
    private func made(
        _ definition: ObjectDefinition, _ record: RecordView, _ linked: [RelatedList], _ eyes: Presentation,
        _ context: ReadContext
    ) throws -> Set<String> {
        let offered = definition.actions.filter { record.actions.contains($0.id) }
        guard !offered.contains(where: \.primary) else { return [] }
        let objects = Set(offered.flatMap { $0.creates.map(\.object) }).subtracting([object])
        let lists = linked.filter { objects.contains($0.object) }
        return Set(
            try lists.filter { try !rows($0, columns: [], limit: 1, eyes, context).rows.isEmpty }.map(\.object))
    }

    /// Orders under way: records that link here and walk through many states.
    private func running(
        _ linked: [RelatedList], _ eyes: Presentation, _ context: ReadContext
    ) throws -> (list: RelatedList, rows: [RecordView])? {
        // The longest way of all is the one worth following from here.
        let ways = linked.compactMap { list in RunningLegs(eyes: eyes, object: list.object).map { (list, $0) } }
        guard let (list, legs) = ways.max(by: { $0.1.codes.count < $1.1.codes.count }) else { return nil }
        return (
            list,
            try rows(list, columns: legs.columns, limit: 5, eyes, context, filters: legs.openFilter.map { [$0] } ?? [])
                .rows
        )
    }
}

/// The tabs of a record page by name.
enum RelatedTab {
    static func id(_ list: RelatedList, in definition: ObjectDefinition) -> String {
        definition.related.filter { $0.object == list.object }.count > 1 ? list.object + "-" + list.via : list.object
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
