import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// The relay of records of earlier times: each change of state hands the baton on, as it would have then.
extension Planter {
    /// One run for each leg that the record went through. No statement for an object without a relay.
    func plantLegs(_ record: PastRecord, _ definition: ObjectDefinition, _ state: RecordState) throws {
        guard let version = snapshot.processes.current(of: definition.id), let machine = definition.states,
            let start = record.stamp.at
        else { return }
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: self.start)
        let book = try legMemory.book(context)
        var known = state
        for field in Set(record.steps.flatMap(\.sets.keys)) { known.values[field] = record.first[field] ?? .null }
        if known[machine.field].isNull { known.values[machine.field] = .text(machine.initial) }
        var moments: [(at: Instant, by: RecordID?, kind: String, state: RecordState)] = [
            (start, record.stamp.by, "created", known)
        ]
        for step in record.steps {
            known.values.merge(step.sets) { _, new in new }
            moments.append((step.at, step.by, step.kind, known))
        }
        // What the draft says without a step was so from the last moment on.
        // Sums over others are not there yet; the steps tell them.
        if let last = moments.indices.last {
            let sums = Set(definition.liveFields.filter { $0.rollup != nil }.map(\.id))
            moments[last].state = state
            moments[last].state.values.merge(known.values.filter { sums.contains($0.key) }) { _, new in new }
        }
        var runs: [LegEntry] = []
        var cameFrom: String?
        for (index, moment) in moments.enumerated() {
            let evaluation = ReadContext.evaluation(of: actor, at: moment.at)
            let code = moment.state[machine.field].text ?? machine.initial
            let leg = version.process.leg(of: definition.id, in: code, record: moment.state, evaluation)
            if index > 0, leg?.id == runs.last?.leg, runs.last?.endedAt == nil, leg != nil { continue }
            if var last = runs.popLast() {
                if last.endedAt == nil {
                    last.endedAt = moment.at
                    last.exit = moment.kind
                    last.status = LegRun.Status.done.rawValue
                    last.stopClock(at: moment.at)
                }
                runs.append(last)
            }
            if let leg {
                runs.append(
                    try run(
                        leg, of: version, moment.state, at: moment.at, by: moment.by, after: runs, cameFrom, book,
                        definition, context))
            }
            cameFrom = code
        }
        guard !runs.isEmpty else { return }
        try ProcessVersions(connection).keep(
            version.digest, process: version.process.id, document: version.process.document, at: start)
        for run in runs {
            let run = accepted(run)
            try Legs(connection).add(run)
            if let leg = version.process.leg(run.leg) { try ring(run, leg, context) }
        }
    }

    private func run(
        _ leg: LegDefinition, of version: ProcessBook.Version, _ state: RecordState, at: Instant, by: RecordID?,
        after runs: [LegEntry], _ cameFrom: String?, _ book: PeopleBook, _ definition: ObjectDefinition,
        _ context: ReadContext
    ) throws -> LegEntry {
        let holders = LegHolders(
            book: book, roles: Set(snapshot.model.roles.map(\.id)), definition: definition, at: at)
        let holder = holders.holder(of: leg, state)
        let isHeld = !leg.handshake || holder.person == by || runs.isEmpty
        var entry = LegEntry(
            id: ids.next(at), object: definition.id, record: state.id, process: version.process.id,
            version: version.digest, leg: leg.id, visit: runs.count { $0.leg == leg.id } + 1,
            cameFrom: runs.isEmpty ? nil : cameFrom, previous: runs.last?.id,
            giver: runs.isEmpty ? nil : by ?? runs.last?.holder, offeredAt: at, status: isHeld ? "held" : "offered",
            holder: holder.person, inStead: holder.inStead, acceptedBy: isHeld ? holder.person : nil,
            acceptedAt: isHeld ? at : nil)
        guard let clock = leg.clock, let rule = try legMemory.rules(context)[clock.rule] else { return entry }
        let calendar = book.calendar(of: holder.person)
        try entry.startClock(
            clock, rule, on: state, at: at, calendar: calendar, ReadContext.evaluation(of: actor, at: at))
        return entry
    }

    /// Whoever is offered a baton takes it within the working day, some quickly and some slowly.
    private func accepted(_ run: LegEntry) -> LegEntry {
        guard run.status == "offered" || run.acceptedAt == nil else { return run }
        var run = run
        let minutes = 6 + Int(truncatingIfNeeded: run.record.low >> UInt64(run.visit + run.leg.utf8.count)) & 127
        let at = run.offeredAt.adding(seconds: minutes * 60)
        if let end = run.endedAt {
            run.acceptedAt = min(at, end)
        } else if at < start, !isFresh(run) {
            run.acceptedAt = at
            run.status = LegRun.Status.held.rawValue
        }
        if run.acceptedAt != nil { run.acceptedBy = run.holder }
        return run
    }

    /// Half of what was offered over the last four days, weekend included, waits to be accepted.
    private func isFresh(_ run: LegEntry) -> Bool {
        run.offeredAt.adding(seconds: 4 * 86_400) > start && run.record.low & 4 == 0
    }

    /// What would still ring when the company is opened.
    private func ring(_ run: LegEntry, _ leg: LegDefinition, _ context: ReadContext) throws {
        guard run.endedAt == nil, let clock = leg.clock, let rule = try legMemory.rules(context)[clock.rule],
            let ledger = ClockLedger(text: run.clock)
        else { return }
        let calendar = try legMemory.book(context).calendar(of: run.holder)
        for rung in try ledger.rungs(of: rule, calendar: calendar) where rung.at > start {
            try Timers(connection).set(
                TimerEntry(
                    id: ids.next(start), kind: LegClock.timerKind, object: run.object, record: run.id, rung: rung.id,
                    fireAt: rung.at, payload: ""))
        }
    }
}

/// What planting reads once: neither people nor limits change while a company is planted.
final class LegMemory {
    private var people: PeopleBook?
    private var limits: [String: ClockRule]?

    func book(_ context: ReadContext) throws -> PeopleBook {
        if let people, !people.people.isEmpty { return people }
        let book = try context.peopleBook()
        people = book
        return book
    }

    func rules(_ context: ReadContext) throws -> [String: ClockRule] {
        if let limits { return limits }
        let rules = try context.clockRules()
        limits = rules
        return rules
    }
}
