import Definitions
import Flow
import Store
import Values

/// The verbs of the baton, each for who may see the record.
extension Transaction {
    func relay(_ command: RelayCommand) throws -> Outcome {
        switch command {
        case .accept(let leg): try decide(.accept, leg)
        case .giveBack(let leg, let reason): try giveBack(leg, reason: try Remark.kept(reason, at: "reason"))
        case .pause(let leg, let reason): try decide(.pause(reason: try Remark.kept(reason, at: "reason")), leg)
        case .resume(let leg): try decide(.resume, leg)
        case .pass(let leg, let to): try decide(.pass(to: to), leg)
        case .urge(let leg): try urge(leg)
        case .tick(let leg, let id, let done): try decide(.tick(deliverable: id, done: done), leg)
        case .settle(let leg, let item): try settle(leg, item)
        case .handOver(let object, let record, let action, let draft, let expecting, let items, let to):
            try handOver(object, record, action, draft, expecting, BatonTerms(openItems: items, to: to))
        case .migrate(let process, let legs): try RelayMigration(context: context).run(process, legs)
        }
    }

    // MARK: Verbs of one leg

    private struct Standing {
        let entry: LegEntry
        let leg: LegDefinition
        let record: StoredRecord
        let book: PeopleBook
        let capacity: BatonCapacity

        var holderName: String { entry.holder.flatMap { book.byID[$0]?.name } ?? "" }

        var run: LegRun {
            LegRun(
                status: LegRun.Status(rawValue: entry.status) ?? .done, holder: entry.holder, giver: entry.giver,
                isPaused: entry.pausedAt != nil, ticks: entry.ticks)
        }
    }

    private func standing(_ id: RecordID) throws -> Standing {
        guard let entry = try Legs(context.connection).find(id), let definition = context.model.object(entry.object),
            let version = try context.snapshot.processes.version(
                entry.version, of: entry.object, on: context.connection),
            let leg = version.process.leg(entry.leg)
        else { throw Rejection.noSuchRecord }
        let (record, _) = try writer.load(definition, entry.record)
        let book = try context.peopleBook()
        return Standing(
            entry: entry, leg: leg, record: record, book: book,
            capacity: RelayCapacity(context: context, book: book).capacity(in: entry, leg))
    }

    private func decided(_ verb: BatonVerb, _ standing: Standing) throws -> LegRun {
        let result = standing.run.deciding(
            verb, by: context.actor.userID, as: standing.capacity, leg: standing.leg,
            holderName: standing.holderName)
        switch result {
        case .success(let run): return run
        case .failure(let refusal): throw Rejection(refusal)
        }
    }

    private func decide(_ verb: BatonVerb, _ id: RecordID) throws -> Outcome {
        let standing = try standing(id)
        let run = try decided(verb, standing)
        var entry = standing.entry
        entry.status = run.status.rawValue
        entry.holder = run.holder
        entry.ticks = run.ticks
        var kind = "leg:ticked"
        var name = standing.holderName
        switch verb {
        case .accept:
            kind = "leg:accepted"
            entry.acceptedBy = context.actor.userID
            entry.acceptedAt = context.now
        case .pause(let reason):
            kind = "leg:paused"
            entry.pausedAt = context.now
            entry.reason = reason
            name = reason
        case .resume:
            kind = "leg:resumed"
            entry.pausedAt = nil
            entry.reason = nil
        case .pass(let to):
            guard let next = standing.book.byID[to], next.isActive else { throw Rejection.noSuchPerson }
            try LegTakers(teller: teller, book: standing.book).admit(next, to: standing.leg, of: standing.record)
            kind = "leg:passed"
            entry.inStead = nil
            entry.acceptedAt = run.status == .held ? context.now : nil
            entry.acceptedBy = run.status == .held ? to : nil
            name = standing.holderName + " → " + next.name
        default: break
        }
        try setClock(&entry, for: verb, standing)
        guard try Legs(context.connection).change(entry) else { throw Rejection.batonMoved }
        if case .pass(let to) = verb, to != context.actor.userID {
            try teller.tell(
                to, kind: "leg", object: entry.object, record: entry.record,
                Label(
                    zh: "\(context.actor.name) 把“\(standing.leg.label.zh)”转交给你",
                    en: "\(context.actor.name) passes “\(standing.leg.label.en)” to you"))
        }
        let sequence = try events.add(
            kind, object: entry.object, record: entry.record,
            reason: standing.leg.label.zh + " · " + name + " / " + standing.leg.label.en + " · " + name)
        return Outcome(sequence: sequence)
    }

    /// The clock stands while paused; with another holder it goes by their calendar.
    private func setClock(_ entry: inout LegEntry, for verb: BatonVerb, _ standing: Standing) throws {
        guard var ledger = ClockLedger(text: entry.clock), let clock = standing.leg.clock,
            let rule = try context.clockRules()[clock.rule]
        else { return }
        switch verb {
        case .pause(let reason): ledger.pause(at: context.now, reason: reason)
        case .resume: ledger.resume(at: context.now)
        case .pass: break
        default: return
        }
        let calendar = standing.book.calendar(of: entry.holder)
        entry.clock = ledger.text
        entry.dueAt = ledger.isPaused ? nil : try ledger.deadline(of: rule, calendar: calendar)
        try LegTimers(context: context, ids: ids, at: context.now).set(for: entry, rule: rule, calendar: calendar)
    }

    /// Back to the state and the person it came from; the giver's clock begins anew.
    private func giveBack(_ id: RecordID, reason: String) throws -> Outcome {
        let standing = try standing(id)
        _ = try decided(.giveBack(reason: reason), standing)
        guard let state = standing.entry.cameFrom else { throw Rejection.nowhereBack }
        var writer = self.writer(with: BatonTerms(isReturn: true))
        writer.command.reason = reason
        let move = ActionDefinition.move(
            id: "give_back", label: Label(zh: "退回", en: "Give back"), to: state)
        let written = try writer.update(
            standing.record.definition, standing.record, .act(move, RecordChange()), kind: "leg:given_back",
            problems: [])
        return Outcome(warnings: written.warnings, sequence: written.sequence)
    }

    /// Tells whoever has the baton now that somebody waits. The record's history says so.
    private func urge(_ id: RecordID) throws -> Outcome {
        let standing = try standing(id)
        let (entry, leg) = (standing.entry, standing.leg)
        guard entry.endedAt == nil else { throw Rejection.batonMoved }
        guard let holder = entry.holder else { throw Rejection.nobodyHolds }
        let capacity = RelayCapacity(context: context, book: standing.book)
        guard capacity.mayUrge(entry, leg, owner: standing.record.owner) else { throw Rejection.notAllowed }
        let said = Label(
            zh: leg.label.zh + " · " + standing.holderName, en: leg.label.en + " · " + standing.holderName)
        let reason = said.zh + " / " + said.en
        let since = context.now.adding(seconds: -3600)
        let lately = try EventLog(context.connection).timeline(entry.object, entry.record, limit: 100).filter {
            $0.kind == "leg:urged" && $0.at > since && $0.reason == reason
        }
        guard lately.isEmpty else { throw Rejection.urgedLately }
        try teller.tell(
            standing.book.present(holder, at: context.now) ?? holder, kind: "leg", object: entry.object,
            record: entry.record,
            Label(
                zh: "\(context.actor.name) 催你办“\(leg.label.zh)”",
                en: "\(context.actor.name) asks you to get on with “\(leg.label.en)”"))
        return Outcome(
            sequence: try events.add("leg:urged", object: entry.object, record: entry.record, reason: reason))
    }

    private func settle(_ leg: RecordID, _ item: RecordID) throws -> Outcome {
        let standing = try standing(leg)
        let items = try LegItems(context.connection).all(of: [standing.entry.record])
        guard let owed = items.first(where: { $0.id == item }) else { throw Rejection.noSuchRecord }
        let me = context.actor.userID
        guard !standing.capacity.isEmpty || owed.owedBy == me else { throw Rejection.notAllowed }
        guard try LegItems(context.connection).settle(item, of: standing.entry.record, at: context.now) else {
            throw Rejection.settledAlready
        }
        try Timers(context.connection).cancel(record: item)
        let sequence = try events.add(
            "leg:item_settled", object: standing.entry.object, record: standing.entry.record, reason: owed.text)
        return Outcome(sequence: sequence)
    }

    private func handOver(
        _ object: String, _ record: RecordID, _ action: String, _ draft: Draft, _ expecting: Int?,
        _ terms: BatonTerms
    ) throws -> Outcome {
        if let to = terms.to, try context.peopleBook().byID[to]?.isActive != true { throw Rejection.noSuchPerson }
        return try act(object, record, action, draft, expecting, writer: writer(with: terms))
    }

    private func writer(with terms: BatonTerms) -> RecordWriter {
        var writer = writer
        writer.baton = terms
        return writer
    }

    private var events: LegEvents {
        LegEvents(context: context, ids: ids, at: context.now, command: commandID, by: context.actor.userID)
    }

    private var teller: Teller { Teller(context: context, ids: ids, at: context.now) }
}

/// As what an actor acts in a leg.
struct RelayCapacity {
    let context: ReadContext
    let book: PeopleBook

    func capacity(in entry: LegEntry, _ leg: LegDefinition) -> BatonCapacity {
        guard let me = context.actor.userID else { return context.actor.isSystem ? .house : [] }
        var out: BatonCapacity = []
        if let holder = entry.holder {
            if me == holder || entry.inStead == me || book.present(holder, at: context.now) == me
                || book.byID[holder]?.backup == me
            {
                out.insert(.holder)
            }
            if isAbove(me, holder) { out.insert(.accountable) }
        } else {
            // Nobody's leg is whoever takes it.
            out.insert(.holder)
        }
        if let giver = entry.giver, me == giver || book.present(giver, at: context.now) == me { out.insert(.giver) }
        return out
    }

    /// Whether the actor may ask the holder to get on with it: whoever gave it or owns the record, and who is above the
    /// holder or the owner.
    func mayUrge(_ entry: LegEntry, _ leg: LegDefinition, owner: RecordID?) -> Bool {
        guard entry.endedAt == nil, let holder = entry.holder, let me = context.actor.userID, me != holder,
            entry.inStead != me, book.present(holder, at: context.now) != me
        else { return false }
        let capacity = capacity(in: entry, leg)
        if capacity.contains(.accountable) || capacity.contains(.giver) { return true }
        return owner.map { $0 == me || isAbove(me, $0) } ?? false
    }

    /// Up the line of managers.
    private func isAbove(_ me: RecordID, _ holder: RecordID) -> Bool {
        var next = book.superior(of: holder)
        for _ in 0..<10 {
            guard let person = next else { return false }
            if person == me { return true }
            next = book.superior(of: person)
        }
        return false
    }
}

extension Rejection {
    init(_ refusal: BatonRefusal) {
        let kind: Kind =
            switch refusal.code {
            case "not_your_leg": .forbidden
            case "required", "unknown_deliverable": .invalid
            default: .conflict
            }
        let field: String? =
            switch refusal.code {
            case "required": "reason"
            case "unknown_deliverable": "deliverable"
            default: nil
            }
        self.init(
            kind, code: refusal.code, message: refusal.message,
            problems: field.map { [Problem(field: $0, code: refusal.code, message: refusal.message)] } ?? [])
    }

    static let batonMoved = Rejection(
        .conflict, code: "baton_moved",
        message: Label(zh: "这一棒刚被他人处理，请刷新", en: "Somebody has just acted on this leg; reload"))
    static let nobodyHolds = Rejection(
        .conflict, code: "nobody_there",
        message: Label(zh: "这一棒没有人持有，可以直接接", en: "Nobody holds this leg; it can be taken"))
    static let urgedLately = Rejection(
        .conflict, code: "urged_already",
        message: Label(zh: "一小时内已催办过", en: "It was urged within the hour already"))
    static let nowhereBack = Rejection(
        .conflict, code: "no_giver",
        message: Label(zh: "这是第一棒，没有可退回的环节", en: "This is the first leg; there is nothing to return it to"))
    static let noSuchPerson = Rejection(
        .invalid, code: "unknown_person",
        message: Label(zh: "没有这个在职同事", en: "There is no such colleague at work"),
        problems: [
            Problem(
                field: "to", code: "unknown_person",
                message: Label(zh: "没有这个在职同事", en: "There is no such colleague at work"))
        ])
    static let settledAlready = Rejection(
        .conflict, code: "settled_already", message: Label(zh: "这一项已经补交", en: "This item has come already"))

    static func missing(_ left: [DeliverableDefinition]) -> Rejection {
        let names = Label(
            zh: left.map(\.label.zh).joined(separator: "、"), en: left.map(\.label.en).joined(separator: ", "))
        return Rejection(
            .conflict, code: "deliverables_missing",
            message: Label(
                zh: "还差必交物：\(names.zh)；补齐，或写明补交时间后带条件交棒",
                en: "Still missing: \(names.en); complete it, or hand over with a date for each"),
            problems: left.map { Problem(field: $0.field, code: "deliverable_missing", message: $0.label) })
    }

    static func itemInThePast(_ item: OpenItem, _ index: Int) -> Rejection {
        badDue(index, Label(zh: "“\(item.text)”的补交时间已经过去", en: "The date for “\(item.text)” has passed"))
    }

    static func itemTooFar(_ item: OpenItem, _ index: Int) -> Rejection {
        badDue(
            index,
            Label(
                zh: "“\(item.text)”的补交时间太远，最多一年之内",
                en: "The date for “\(item.text)” is too far away; a year at most"))
    }

    private static func badDue(_ index: Int, _ message: Label) -> Rejection {
        Rejection(
            .invalid, code: "bad_date", message: message,
            problems: [Problem(field: "open_items[\(index)].due", code: "bad_date", message: message)])
    }
}
