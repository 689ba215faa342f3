import Calendars
import Definitions
import Flow
import Store
import Values

/// 紧急通道: too many emergencies in a month are told to who answers for the process.
struct EmergencyCap {
    let context: ReadContext
    let ids: IDSource

    /// After an emergency was decided: tells those who hold the position when this calendar month has more of them than
    /// its share of all requests allows.
    func check(_ definition: ObjectDefinition, _ emergency: ChangeDefinition.Emergency, _ request: RecordState) throws {
        let (urgent, all) = try month(definition, emergency)
        // The whole of a small month is no measure: one of three is not yet too many.
        guard all >= 5, let share = try? ExactDecimal(urgent).divided(by: ExactDecimal(all), scale: 4),
            share > emergency.share
        else { return }
        let book = try context.peopleBook()
        let roles = Set(context.model.roles.map(\.id))
        let percent = (try? (share * ExactDecimal(100)).rounded(to: 0))?.shortest ?? ""
        let limit = (try? (emergency.share * ExactDecimal(100)).rounded(to: 0))?.shortest ?? ""
        let words = Label(
            zh: "本月紧急变更占 \(percent) %，超过 \(limit) % 的上限（\(urgent)/\(all)）",
            en:
                "Emergencies are \(percent) % of this month's changes, above the cap of \(limit) % (\(urgent) of \(all))"
        )
        for person in book.holders(of: emergency.tells, near: request["owner"].record, knownRoles: roles).prefix(3) {
            try Teller(context: context, ids: ids, at: context.now).tell(
                person, kind: "emergency_cap", object: definition.id, record: request.id, words)
        }
    }

    /// Emergencies and all requests since the first of this month.
    func month(
        _ definition: ObjectDefinition, _ emergency: ChangeDefinition.Emergency
    ) throws -> (urgent: Int, all: Int) {
        let zone = Zones.zone(context.actor.timeZone)
        let today = zone.day(at: context.now)
        let first = today.adding(days: 1 - today.components.day)
        let since = try zone.instant(of: LocalTime(day: first, secondOfDay: 0))
        return (try count(definition, emergency.at, since), try count(definition, "created_at", since))
    }

    private func count(_ definition: ObjectDefinition, _ field: String, _ since: Instant) throws -> Int {
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("emergency cap"), now: since)
        // The start of the month is the now of this question: instants have no literal.
        let condition = try house.filter("\(field) >= NOW()", on: definition.id)
        return try house.store.count(
            RecordQuery(object: definition.id, predicates: [condition], context: house.evaluation, deleted: .any),
            cap: 100_000
        ).count
    }
}
