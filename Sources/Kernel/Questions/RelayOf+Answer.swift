import Access
import Definitions
import Expressions
import Flow
import Store
import Values

extension RelayOf {
    package func answer(in context: ReadContext) throws -> RelayStanding {
        let definition = try context.object(object)
        guard let newest = context.snapshot.processes.current(of: object) else { throw Rejection.noSuchRecord }
        let view = try context.ask(ShowRecord(object: object, id: record, withLines: false))
        return try StandingReader(
            context: context, definition: definition, view: view, newest: newest, measure: try LegMeasure(context)
        ).read()
    }
}

extension MyLegs {
    package func answer(in context: ReadContext) throws -> [MyLeg] {
        guard let me = context.actor.userID else { return [] }
        let measure = try LegMeasure(context)
        // Whom I stand in for now, besides myself.
        let others = measure.book.delegations.filter { $0.to == me }.map(\.from).filter {
            measure.book.present($0, at: context.now) == me
        }
        var open: [LegEntry] = []
        for person in [me] + others { open += try Legs(context.connection).open(holder: person, limit: 100) }
        if pressingOnly {
            // Eight working hours are over within a long weekend and its holidays.
            let soon = context.now.adding(seconds: 30 * 86_400)
            open = open.filter { $0.status == LegRun.Status.offered.rawValue || $0.dueAt.map { $0 <= soon } ?? false }
        }
        var titles: [RecordID: (title: String, subject: String)] = [:]
        for (object, entries) in Dictionary(grouping: open, by: \.object) {
            guard context.access.grant(object).canRead, let definition = context.model.object(object) else { continue }
            let reader = RecordReader(context: context)
            let title = definition.title.map { FieldPath([$0]) }.filter {
                context.isOwnReadable($0, on: object)
            }
            let subject = context.snapshot.processes.current(of: object)?.process.cards[object]?.subtitle
                .map { FieldPath([$0]) }.flatMap { context.isOwnReadable($0, on: object) ? $0 : nil }
            let paths = title + [subject].compactMap(\.self)
            let query = RecordQuery(
                object: object, predicates: context.access.grant(object).readPredicate.map { [$0] } ?? [],
                context: context.evaluation, fields: reader.loaded(paths, of: definition), limit: entries.count,
                ids: entries.map(\.record))
            for row in try reader.views(try context.store.select(query), of: definition, paths: paths, withLines: false)
            {
                let about = subject.map { row[$0.description] }
                titles[row.id] = (row.title, about?.record.map { row.titles[$0] ?? "" } ?? about?.text ?? "")
            }
        }
        return try open.compactMap { entry in
            guard let names = titles[entry.record],
                let leg = try context.snapshot.processes.version(
                    entry.version, of: entry.object, on: context.connection)?.process.leg(entry.leg)
            else { return nil }
            return MyLeg(
                object: entry.object, record: entry.record, title: names.title, subject: names.subject,
                leg: leg.label,
                giver: measure.person(entry.giver), now: measure.now(entry, leg))
        }
    }
}

/// Everything about one record's relay.
private struct StandingReader {
    let context: ReadContext
    let definition: ObjectDefinition
    let view: RecordView
    let newest: ProcessBook.Version
    let measure: LegMeasure

    func read() throws -> RelayStanding {
        let reader = RelayReader(context: context)
        let before = try reader.thread(view, newest.process)
        let entries = try Legs(context.connection).all(of: before.map(\.id) + [view.id])
        let current = entries.last { $0.record == view.id && $0.endedAt == nil }
        let version =
            try current.flatMap {
                try context.snapshot.processes.version($0.version, of: definition.id, on: context.connection)
            } ?? newest
        let leg = current.flatMap { version.process.leg($0.leg) }
        let state = try reader.whole(view.id, of: definition)
        let legs = version.process.legs(of: definition.id)
        let place = leg.flatMap { leg in legs.firstIndex { $0.id == leg.id } }
        let following = place.map { Array(legs[($0 + 1)...]) } ?? []
        let pace = try measure.pace(of: version.process, definition.id)
        let ahead = state == nil ? [] : measure.forecast(after: current, leg, following, pace: pace)
        let card = version.process.cards[definition.id]
        let promised = card?.date.flatMap { view[$0].day }
        var capacity: Set<String> = []
        if let current, let leg { capacity = names(of: current, leg) }
        return RelayStanding(
            process: version.process, record: view, leg: leg,
            now: current.flatMap { entry in leg.map { measure.now(entry, $0, owner: state?["owner"].record) } },
            giver: measure.person(current?.giver),
            used: current.flatMap { entry in leg.flatMap { measure.used(entry, $0) } },
            limit: leg.flatMap(measure.limit), deliverables: deliverables(leg, current, state),
            items: try items(), exits: try exits(leg, version.process, state), raci: try raci(leg, state),
            capacity: capacity, runs: runs(entries, before + [view], version.process), ahead: ahead,
            promised: promised, forecast: card?.by.flatMap { by in ahead.first { $0.leg.id == by }?.day },
            risk: measure.risk(
                current, leg, by: card?.by, promised: promised, following: following, ahead: ahead, pace: pace),
            standards: standards(version.process))
    }

    private func standards(_ process: ProcessDefinition) -> [String: Double] {
        var out: [String: Double] = [:]
        for leg in process.legs { out[leg.object + "." + leg.id] = measure.standard(leg) }
        return out
    }

    private func names(of entry: LegEntry, _ leg: LegDefinition) -> Set<String> {
        let capacity = RelayCapacity(context: context, book: measure.book).capacity(in: entry, leg)
        var out: Set<String> = []
        if capacity.contains(.holder) { out.insert("holder") }
        if capacity.contains(.giver) { out.insert("giver") }
        if capacity.contains(.accountable) { out.insert("accountable") }
        return out
    }

    private func deliverables(
        _ leg: LegDefinition?, _ entry: LegEntry?, _ state: RecordState?
    ) -> [RelayStanding.Deliverable] {
        guard let leg, let entry, let state else { return [] }
        return Handover(leg, ticks: entry.ticks, record: state, context.evaluation).items.map { item in
            RelayStanding.Deliverable(
                id: item.deliverable.id, label: item.deliverable.label, isDone: item.isDone,
                isRequired: item.deliverable.required,
                isManual: item.deliverable.done == nil
                    && (!item.isDone || entry.ticks.contains(item.deliverable.id)),
                field: item.deliverable.field)
        }
    }

    private func items() throws -> [RelayStanding.Item] {
        try LegItems(context.connection).all(of: [view.id]).map { item in
            RelayStanding.Item(
                id: item.id, text: item.text, owedBy: measure.person(item.owedBy), due: item.dueAt,
                settledAt: item.settledAt)
        }
    }

    /// Actions that the actor may do and that leave the leg, with who comes next.
    private func exits(
        _ leg: LegDefinition?, _ process: ProcessDefinition, _ state: RecordState?
    ) throws -> [RelayStanding.Exit] {
        guard let leg, let state, let machine = definition.states, let code = state[machine.field].text else {
            return []
        }
        let decider = context.decider(definition, owner: state["owner"].record)
        let holders = LegHolders(
            book: measure.book, roles: Set(context.model.roles.map(\.id)), definition: definition, at: context.now)
        // The mask of what is loaded here, for actions whose condition is not met yet, and what the record itself offers.
        let allowed = context.access.grant(definition.id).masks(for: state, context.evaluation).actions.union(
            view.actions)
        let asked = Set(definition.approvals.map(\.granted))
        let approvals = asked.isDisjoint(with: allowed) ? nil : RunningApprovals(context)
        let running = try approvals?.pending(of: view.id) ?? []
        return try definition.actions.compactMap { action in
            guard let to = action.to, action.from.isEmpty || action.from.contains(code), allowed.contains(action.id)
            else { return nil }
            let next = process.leg(of: definition.id, in: to, record: state, context.evaluation)
            guard next?.id != leg.id else { return nil }
            let wait = try approvals?.waiting(action.id, definition, running)
            return RelayStanding.Exit(
                action: action.id, label: action.label, isPrimary: action.primary, next: next?.id,
                nextLeg: next?.label,
                nextHolder: next.flatMap { measure.person(holders.holder(of: $0, state).person) },
                obstacle: wait?.message ?? decider.obstacles(to: action, in: state).first?.message, wait: wait,
                input: action.input)
        }
    }

    // MARK: Responsibilities

    /// The row of the leg's stage in the table of responsibilities. One statement.
    private func raci(_ leg: LegDefinition?, _ state: RecordState?) throws -> [RelayStanding.Responsibility] {
        guard let leg, let table = newest.process.raci, let rows = context.model.object(table.object) else { return [] }
        let fields = rows.liveFields.filter { field in
            if case .choice("raci") = field.type { true } else { false }
        }
        let query = RecordQuery(
            object: rows.id, context: context.evaluation,
            fields: [FieldPath([table.key])] + fields.map { FieldPath([$0.id]) }, limit: 500)
        let found = try context.connection.beyondSight { try context.store.select(query) }
        guard let row = found.first(where: { $0[path: table.key].text == leg.stage }) else { return [] }
        return ["R", "A", "C", "I"].map { letter in
            RelayStanding.Responsibility(
                letter: letter,
                names: fields.filter { row[path: $0.id].text == letter }.map { name(of: $0, state) })
        }
    }

    private func name(of field: FieldDefinition, _ state: RecordState?) -> Label {
        let roles = Set(context.model.roles.map(\.id))
        let owner = state?["owner"].record
        // What the record itself says goes first: its merchandiser, not any.
        if let person = state?[field.id].record.flatMap({ measure.book.byID[$0] }) {
            return Label(zh: person.name, en: person.name)
        }
        if field.id == "sales", let person = owner.flatMap({ measure.book.byID[$0] }) {
            return Label(zh: person.name, en: person.name)
        }
        let people = measure.book.holders(of: field.id, near: owner, knownRoles: roles)
        if people.count == 1, let person = measure.book.byID[people[0]] {
            return Label(zh: person.name, en: person.name)
        }
        return field.label
    }

    // MARK: History

    private func runs(
        _ entries: [LegEntry], _ records: [RecordView], _ process: ProcessDefinition
    ) -> [RelayStanding.Run] {
        let titles = Dictionary(records.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        return entries.map { entry in
            RelayStanding.Run(
                id: entry.id, object: entry.object, record: entry.record, recordTitle: titles[entry.record] ?? "",
                leg: entry.leg, label: process.leg(entry.leg)?.label ?? Label(zh: entry.leg, en: entry.leg),
                status: entry.status, visit: entry.visit, holder: measure.person(entry.holder),
                giver: measure.person(entry.giver), offeredAt: entry.offeredAt, acceptedAt: entry.acceptedAt,
                endedAt: entry.endedAt, dueAt: entry.dueAt, workDays: measure.days(entry),
                wasLate: measure.wasLate(entry), reason: entry.reason)
        }
    }
}
