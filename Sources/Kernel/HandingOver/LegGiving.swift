import Definitions
import Flow
import Store
import Values

/// Gives a baton to another holder as the house, and back.
struct LegGiving {
    let writer: RecordWriter
    let id: RecordID

    private var context: ReadContext { writer.context }
    private var connection: any Connection { context.connection }

    /// Who held it and how.
    static func memory(of leg: LegEntry) -> [String: Value] {
        func value(_ id: RecordID?) -> Value { id.map { .record($0) } ?? .null }
        return [
            "holder": value(leg.holder), "in_stead": value(leg.inStead), "accepted_by": value(leg.acceptedBy),
            "accepted_at": leg.acceptedAt.map { .instant($0) } ?? .null,
        ]
    }

    /// It went on meanwhile, or with its record.
    func isGone(_ holder: RecordID) throws -> Bool {
        guard let leg = try Legs(connection).find(id) else { return true }
        return leg.endedAt != nil || leg.holder != holder
    }

    func pass(from giver: RecordID, to receiver: RecordID, note: String) throws {
        guard var leg = try Legs(connection).find(id), leg.endedAt == nil, leg.holder == giver else {
            throw Rejection.notTheirsAnyMore
        }
        let book = try context.peopleBook()
        guard let next = book.byID[receiver], next.isActive else { throw Rejection.noSuchPerson }
        let (definition, version) = try terms(of: leg)
        if let part = version.process.leg(leg.leg) {
            let teller = Teller(context: context, ids: writer.ids, at: writer.at)
            let (record, _) = try connection.beyondSight { try writer.load(definition, leg.record) }
            try LegTakers(teller: teller, book: book).admit(next, to: part, of: record)
        }
        leg.holder = receiver
        leg.inStead = nil
        if leg.status == "held" {
            leg.acceptedBy = receiver
            leg.acceptedAt = writer.at
        }
        try keep(&leg, version, book, (book.byID[giver]?.name ?? "") + " → " + next.name)
    }

    func giveBack(from receiver: RecordID, to was: [String: Value]) throws {
        guard var leg = try Legs(connection).find(id), leg.endedAt == nil else {
            throw Rejection.changedSinceHandOver
        }
        if leg.holder == was["holder"]?.record { return }
        guard leg.holder == receiver else { throw Rejection.changedSinceHandOver }
        let book = try context.peopleBook()
        leg.holder = was["holder"]?.record
        leg.inStead = was["in_stead"]?.record
        if leg.status == "held" {
            leg.acceptedBy = was["accepted_by"]?.record
            leg.acceptedAt = was["accepted_at"]?.instant
        }
        let names = [receiver, leg.holder].map { $0.flatMap { book.byID[$0]?.name } ?? "" }
        try keep(&leg, try terms(of: leg).version, book, names.joined(separator: " → "))
    }

    private func terms(of leg: LegEntry) throws -> (definition: ObjectDefinition, version: ProcessBook.Version) {
        guard let definition = context.model.object(leg.object),
            let version = try context.snapshot.processes.version(leg.version, of: leg.object, on: connection)
        else { throw Rejection.notTheirsAnyMore }
        return (definition, version)
    }

    /// With another holder the clock goes by their calendar.
    private func keep(_ leg: inout LegEntry, _ version: ProcessBook.Version, _ book: PeopleBook, _ names: String) throws
    {
        let part = version.process.leg(leg.leg)
        if let ledger = ClockLedger(text: leg.clock), let clock = part?.clock,
            let rule = try context.clockRules()[clock.rule]
        {
            let calendar = book.calendar(of: leg.holder)
            leg.dueAt = ledger.isPaused ? nil : try ledger.deadline(of: rule, calendar: calendar)
            try LegTimers(context: context, ids: writer.ids, at: writer.at).set(
                for: leg, rule: rule, calendar: calendar)
        }
        guard try Legs(connection).change(leg) else { throw Rejection.batonMoved }
        let label = part?.label ?? Label(zh: leg.leg, en: leg.leg)
        try LegEvents(
            context: context, ids: writer.ids, at: writer.at, command: writer.commandID, by: writer.by
        ).add(
            "leg:passed", object: leg.object, record: leg.record,
            reason: label.zh + " · " + names + " / " + label.en + " · " + names)
    }
}
