import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Begins and ends the runs of a record's legs, inside the transaction of the change.
struct LegRunner {
    let writer: RecordWriter
    let definition: ObjectDefinition
    /// The record as it is now; nil when it is gone.
    let state: RecordState?
    let before: RecordState?

    private var context: ReadContext { writer.context }
    private var connection: any Connection { context.connection }
    private var at: Instant { writer.at }

    // MARK: Ending

    /// Ends a run: handed on, given back, or over with the record. What is missing becomes an open item of the next.
    ///
    /// - Throws: the rejection `deliverables_missing` when it is handed over by hand and something required has
    ///   neither come nor got a date.
    func end(
        _ entry: LegEntry, kind: String, hasNext: Bool
    ) throws {
        var entry = entry
        let isReturn = writer.baton?.isReturn ?? false
        entry.status = isReturn ? LegRun.Status.returned.rawValue : hasNext || state != nil ? "done" : "cancelled"
        entry.endedAt = at
        entry.exit = kind
        entry.pausedAt = nil
        if isReturn { entry.reason = writer.command.reason }
        entry.stopClock(at: at)
        guard try Legs(connection).change(entry) else { throw Rejection.batonMoved }
        try Timers(connection).cancel(record: entry.id)
        if isReturn {
            for item in try LegItems(connection).all(of: [entry.record])
            where item.leg == entry.id && item.settledAt == nil {
                _ = try LegItems(connection).settle(item.id, of: entry.record, at: at)
            }
        }
    }

    // MARK: Beginning

    func begin(
        _ leg: LegDefinition, of version: ProcessBook.Version, after previous: LegEntry?, cameFrom: String?
    ) throws {
        guard let state else { return }
        let book = try context.peopleBook()
        let isReturn = writer.baton?.isReturn ?? false
        if let taker = writer.baton?.to, let next = book.byID[taker] {
            let teller = Teller(context: context, ids: writer.ids, at: at)
            try LegTakers(teller: teller, book: book).admit(next, to: leg, of: definition, state)
        }
        let giver = previous == nil ? nil : writer.by ?? previous?.holder
        let holder =
            isReturn
            ? LegHolder(person: previous?.giver, inStead: nil)
            : writer.baton?.to.map { LegHolder(person: $0, inStead: nil) } ?? holders(book).holder(of: leg, state)
        let isOwn = holder.person != nil && holder.person == writer.by
        let isHeld = isReturn || !leg.handshake || isOwn
        var entry = LegEntry(
            id: writer.ids.next(at), object: definition.id, record: state.id, process: version.process.id,
            version: version.digest, leg: leg.id,
            visit: previous == nil ? 1 : try Legs(connection).visits(of: state.id, leg: leg.id) + 1,
            cameFrom: isReturn ? nil : cameFrom, previous: previous?.id, giver: isReturn ? nil : giver,
            offeredAt: at, status: isHeld ? "held" : "offered", holder: holder.person, inStead: holder.inStead,
            acceptedBy: isHeld ? holder.person : nil, acceptedAt: isHeld ? at : nil)
        try startClock(&entry, leg, state, book)
        try ProcessVersions(connection).keep(
            version.digest, process: version.process.id, document: version.process.document, at: at)
        try Legs(connection).add(entry)
        if !isReturn, let previous, let left = version.process.leg(previous.leg) {
            try owe(entry, from: previous, left, giver: giver, book)
        }
        try note(entry, leg, previous: previous.flatMap { version.process.leg($0.leg) }, giver, book, isReturn)
    }

    /// The record names other people than before: a baton that was not accepted goes to them.
    func follow(_ id: RecordID) throws {
        guard let state, var entry = try Legs(connection).current(of: id),
            entry.status == "offered" || entry.acceptedBy == nil
                || entry.giver == nil,
            let version = try context.snapshot.processes.version(
                entry.version, of: definition.id, on: connection), let leg = version.process.leg(entry.leg)
        else { return }
        let book = try context.peopleBook()
        let holder = holders(book).holder(of: leg, state)
        guard holder.person != entry.holder else { return }
        entry.holder = holder.person
        entry.inStead = holder.inStead
        if entry.status == "held" { entry.acceptedBy = holder.person }
        guard try Legs(connection).change(entry) else { throw Rejection.batonMoved }
        try note(entry, leg, previous: nil, writer.by, book, false)
    }

    private func holders(_ book: PeopleBook) -> LegHolders {
        LegHolders(book: book, roles: Set(context.model.roles.map(\.id)), definition: definition, at: at)
    }

    // MARK: Open items

    /// Seconds: what is owed comes within a year.
    private static let longestDebt = 366 * 86_400

    /// What the leg before still owes when it hands over.
    private func owe(
        _ entry: LegEntry, from previous: LegEntry, _ leg: LegDefinition, giver: RecordID?, _ book: PeopleBook
    ) throws {
        guard let state else { return }
        let missing = Handover(leg, ticks: previous.ticks, record: state, context.evaluation).missing
        var items = writer.baton?.openItems ?? []
        let named = Set(items.map(\.deliverable))
        let left = missing.filter { !named.contains($0.id) }
        if !left.isEmpty {
            guard writer.baton == nil || context.actor.isSystem else { throw Rejection.missing(left) }
            // A record's own action does not ask: what is missing is owed by the end of the next working day.
            let calendar = book.calendar(of: giver)
            let due = try calendar.deadline(after: at, workingDays: 1)
            items += left.map { OpenItem(deliverable: $0.id, text: $0.label.zh, due: due) }
        }
        for (index, item) in items.enumerated() {
            guard item.due > at else { throw Rejection.itemInThePast(item, index) }
            guard item.due <= at.adding(seconds: Self.longestDebt) else { throw Rejection.itemTooFar(item, index) }
            let text = try Remark.kept(item.text, at: "open_items[\(index)].text")
            let known = leg.deliverables.first { $0.id == item.deliverable }
            let kept = LegItem(
                id: writer.ids.next(at), leg: entry.id, record: entry.record, deliverable: known?.id ?? "",
                text: text.isEmpty ? known?.label.zh ?? "" : text, owedBy: giver, dueAt: item.due)
            try LegItems(connection).add(kept)
            try Timers(connection).set(
                TimerEntry(
                    id: writer.ids.next(at), kind: LegClock.itemKind, object: definition.id, record: kept.id,
                    rung: "late", fireAt: item.due, payload: entry.record.description))
        }
    }

    // MARK: Clock

    private func startClock(
        _ entry: inout LegEntry, _ leg: LegDefinition, _ state: RecordState, _ book: PeopleBook
    ) throws {
        guard let clock = leg.clock, let rule = try context.clockRules()[clock.rule] else { return }
        let calendar = book.calendar(of: entry.holder)
        do {
            try entry.startClock(clock, rule, on: state, at: at, calendar: calendar, context.evaluation)
        } catch CalendarError.noWorkingTime {
            throw Rejection.calendarNeverOpens(entry.holder.flatMap { book.byID[$0]?.name })
        }
        if entry.clock.isEmpty { return }
        try LegTimers(context: context, ids: writer.ids, at: at).set(for: entry, rule: rule, calendar: calendar)
    }

    // MARK: Telling

    private func note(
        _ entry: LegEntry, _ leg: LegDefinition, previous: LegDefinition?, _ giver: RecordID?, _ book: PeopleBook,
        _ isReturn: Bool
    ) throws {
        guard let state else { return }
        let name = entry.holder.flatMap { book.byID[$0]?.name } ?? "—"
        let way =
            previous.map { Label(zh: $0.label.zh + " → " + leg.label.zh, en: $0.label.en + " → " + leg.label.en) }
            ?? leg.label
        let kind = isReturn ? "leg:returned" : entry.status == "held" ? "leg:begun" : "leg:offered"
        try LegEvents(context: context, ids: writer.ids, at: at, command: writer.commandID, by: writer.by).add(
            kind, object: definition.id, record: state.id,
            reason: way.zh + " · " + name + " / " + way.en + " · " + name)
        guard let holder = entry.holder, holder != writer.by, !writer.isSilent else { return }
        let from = giver.flatMap { book.byID[$0]?.name } ?? ""
        let words =
            isReturn
            ? Label(
                zh: "“\(leg.label.zh)”被 \(from) 退回：\(writer.command.reason ?? "")",
                en: "“\(leg.label.en)” came back from \(from): \(writer.command.reason ?? "")")
            : entry.status == "offered" && !from.isEmpty
                ? Label(zh: "\(from) 把“\(leg.label.zh)”交给你", en: "\(from) hands you “\(leg.label.en)”")
                : Label(zh: "“\(leg.label.zh)”轮到你", en: "“\(leg.label.en)” is yours")
        try Teller(context: context, ids: writer.ids, at: at).tell(
            holder, kind: "leg", object: definition.id, record: state.id, words)
    }
}
