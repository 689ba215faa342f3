import Definitions
import Flow
import Store
import Values

/// What a leg's timer does when its time has come: the holder is warned, then told that it is late, then those above.
struct LegRinging {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when the leg is over, paused, or wants nothing any more.
    func ring(_ timer: TimerEntry) throws -> Int64? {
        guard let entry = try Legs(context.connection).find(timer.record), entry.endedAt == nil, entry.pausedAt == nil,
            let version = try context.snapshot.processes.version(
                entry.version, of: entry.object, on: context.connection),
            let leg = version.process.leg(entry.leg)
        else { return nil }
        let book = try context.peopleBook()
        let holder = entry.holder.flatMap { book.byID[$0]?.name } ?? "—"
        switch timer.rung {
        case "warn":
            try tell(entry.holder, entry, Label(zh: "“\(leg.label.zh)”快到期", en: "“\(leg.label.en)” is due soon"))
            return try event("leg:warned", entry, leg, holder)
        case "late":
            try tell(
                entry.holder, entry, Label(zh: "“\(leg.label.zh)”已超时", en: "“\(leg.label.en)” is late"))
            return try event("leg:late", entry, leg, holder)
        default:
            return try escalate(timer, entry, leg, book, holder)
        }
    }

    /// An open item whose day has come and that is still missing.
    func remindOfItem(_ timer: TimerEntry) throws -> Int64? {
        guard let record = RecordID(timer.payload),
            let item = try LegItems(context.connection).all(of: [record]).first(where: { $0.id == timer.record }),
            item.settledAt == nil, let leg = try Legs(context.connection).find(item.leg)
        else { return nil }
        let words = Label(zh: "交棒时欠的“\(item.text)”到期", en: "“\(item.text)”, owed since the hand-over, is due")
        for person in Set([item.owedBy, leg.holder].compactMap { $0 }) { try tell(person, leg, words) }
        return try LegEvents(
            context: context, ids: ids, at: context.now, command: ids.next(context.now), by: nil
        ).add("leg:item_due", object: leg.object, record: record, reason: item.text)
    }

    private func escalate(
        _ timer: TimerEntry, _ entry: LegEntry, _ leg: LegDefinition, _ book: PeopleBook, _ holder: String
    ) throws -> Int64? {
        guard let step = Int(timer.rung.dropFirst("escalate:".count)), let clock = leg.clock,
            let rule = try context.clockRules()[clock.rule], rule.escalations.indices.contains(step - 1)
        else { return nil }
        let people = book.called(
            rule.escalations[step - 1].target, from: entry.holder, owner: nil, at: context.now,
            knownRoles: Set(context.model.roles.map(\.id)))
        let words = Label(
            zh: "“\(leg.label.zh)”超时未交，在 \(holder) 手里", en: "“\(leg.label.en)” is late, with \(holder)")
        guard let definition = context.model.object(entry.object) else { return nil }
        // The first who may see the record hears it, and the record says who that was.
        let told = try Notices(context: context, ids: ids).tell(
            firstOf: people, of: definition, entry.record, kind: "leg"
        ) { _ in words }
        return try event("leg:escalated", entry, leg, told.flatMap { book.byID[$0]?.name } ?? "—")
    }

    private func tell(_ person: RecordID?, _ entry: LegEntry, _ words: Label) throws {
        guard let person else { return }
        try Teller(context: context, ids: ids, at: context.now).tell(
            person, kind: "leg", object: entry.object, record: entry.record, words)
    }

    private func event(_ kind: String, _ entry: LegEntry, _ leg: LegDefinition, _ name: String) throws -> Int64 {
        try LegEvents(context: context, ids: ids, at: context.now, command: ids.next(context.now), by: nil).add(
            kind, object: entry.object, record: entry.record,
            reason: leg.label.zh + " · " + name + " / " + leg.label.en + " · " + name)
    }
}
