import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

extension Kernel {
    /// Gives customers that nobody works on back to the public pool, and warns their owners before: once a day for each
    /// zone, from two in the morning of who owns them. One statement when the day's work is done.
    ///
    /// - Returns: how many customers went back.
    @discardableResult
    package func keepPool() async throws -> Int {
        let (snapshot, now) = (snapshot, surroundings.now())
        guard let definition = snapshot.model.object("company"), !definition.retired,
            ["pool", "private_since", "released_at", "pool_warned"].allSatisfy({ definition.field($0) != nil })
        else { return 0 }
        let due = try await translated {
            try await database.read { connection in
                let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("pool"), now: now)
                let zones = Set(try context.peopleBook().people.map(\.timeZone))
                let settings = Store.Settings(connection)
                return try zones.sorted().filter { name in
                    let local = Zones.zone(name).localTime(at: now.adding(seconds: -2 * 3600))
                    return try settings.text("pool:" + name) != local.day.description
                }
            }
        }
        var recycled = 0
        for zone in due {
            recycled += try await keepPool(zone, definition, at: now)
            let day = Zones.zone(zone).localTime(at: now.adding(seconds: -2 * 3600)).day.description
            try await translated {
                try await database.write { try Store.Settings($0).set("pool:" + zone, day, at: now, by: nil) }
            }
        }
        return recycled
    }

    private func keepPool(_ zone: String, _ definition: ObjectDefinition, at now: Instant) async throws -> Int {
        let (snapshot, ids) = (snapshot, surroundings.ids)
        var recycled = 0
        var after: RecordID?
        repeat {
            let start = after
            let portion = try await translated {
                try await database.write { connection in
                    let context = ReadContext(
                        connection: connection, snapshot: snapshot, actor: .system("pool"), now: now)
                    return try PoolKeeping(context: context, ids: ids, definition: definition, zone: zone).portion(
                        after: start)
                }
            }
            recycled += portion.recycled
            if portion.sequence > 0 { await hub.publish(portion.sequence) }
            after = portion.last
        } while after != nil
        return recycled
    }
}

/// One portion of the day's look at customers that somebody has to themself.
struct PoolKeeping {
    let context: ReadContext
    let ids: IDSource
    let definition: ObjectDefinition
    /// Only customers of people who live there.
    let zone: String

    struct Portion {
        var recycled = 0
        var sequence: Int64 = 0
        /// Where the next one goes on; nil at the end.
        var last: RecordID?
    }

    private static let size = 200
    private static let held =
        "pool <> \"public\" AND NOT(ISBLANK(owner)) AND HAS(roles, \"customer\") AND COALESCE(open_orders, 0) = 0 "
        + "AND status <> \"blacklist\""

    func portion(after: RecordID?) throws -> Portion {
        var portion = Portion()
        portion.last = try each(after: after) { company, owner, rule, today in
            switch rule.step(for: held(company), on: today) {
            case .keep: return
            case .warn(let day, let cause): try warn(owner, company, day, cause)
            case .recycle(let cause):
                portion.sequence = max(portion.sequence, try recycle(owner, company.id, cause))
                portion.recycled += 1
            }
        }
        return portion
    }

    /// Takes what is due as claimed lately, but for every twelfth.
    ///
    /// - Parameter count: how many were due so far.
    func settle(after: RecordID?, count: inout Int) throws -> RecordID? {
        var due = count
        defer { count = due }
        return try each(after: after) { company, _, rule, today in
            guard rule.step(for: held(company), on: today) != .keep else { return }
            due += 1
            if due % 12 == 0 { return }
            let days = due * 5 % max(rule.noFollowupDays - rule.warnDays, 1)
            try context.store.setDerived(
                definition.id, company.id,
                values: ["private_since": .instant(context.now.adding(seconds: -days * 86_400))])
        }
    }

    /// - Returns: where the next portion goes on; nil at the end.
    private func each(
        after: RecordID?, _ body: (RecordState, RecordID, PoolRule, Day) throws -> Void
    ) throws -> RecordID? {
        let book = try PoolBook(context)
        guard !book.isEmpty else { return nil }
        let query = RecordQuery(
            object: definition.id, predicates: [try context.filter(Self.held, on: definition.id)],
            context: context.evaluation, fields: context.snapshot.ownPaths[definition.id] ?? [],
            sort: [SortKey(path: "id", descending: false)], limit: Self.size, after: after.map { [.record($0)] })
        let rows = try context.store.select(query)
        let people = try context.peopleBook()
        let today = Zones.day(of: context.now, in: zone)
        for row in rows {
            let company = RecordState(object: definition.id, id: row.id, values: row.values)
            guard let owner = company["owner"].record, (people.byID[owner]?.timeZone ?? "Asia/Shanghai") == zone,
                let rule = context.poolRule(of: company, in: book)
            else { continue }
            try body(company, owner, rule, today)
        }
        return rows.count < Self.size ? nil : rows.last?.id
    }

    private func held(_ company: RecordState) -> HeldCustomer {
        func day(_ field: String) -> Day? {
            switch company[field] {
            case .day(let day): day
            case .instant(let instant): Zones.day(of: instant, in: zone)
            default: nil
            }
        }
        func some(_ field: String) -> Bool { (company[field].decimal ?? .zero) > .zero }
        return HeldCustomer(
            since: day("private_since") ?? day("created_at") ?? Zones.day(of: context.now, in: zone),
            lastFollowup: day("last_followup"), lastOrder: day("last_order"),
            protectedUntil: company["pool"].text == "protected" ? day("protected_until") : nil,
            warnedOf: day("pool_warned"),
            hasBusiness: some("open_orders") || some("valid_quotations") || some("samples_on_the_way"))
    }

    /// Once for a day on which it would go.
    private func warn(_ owner: RecordID, _ company: RecordState, _ day: Day, _ cause: PoolRule.Cause) throws {
        guard company["pool_warned"] != .day(day) else { return }
        try context.store.setDerived(definition.id, company.id, values: ["pool_warned": .day(day)])
        let words = Label(
            zh: "\(cause.words.zh)，\(day) 将回收到公海", en: "\(cause.words.en): it goes back to the public pool on \(day)")
        try Notices(context: context, ids: ids).tell(
            firstOf: [owner], of: definition, company.id, kind: "pool", { _ in words })
    }

    private func recycle(_ owner: RecordID, _ id: RecordID, _ cause: PoolRule.Cause) throws -> Int64 {
        let words = Label(zh: cause.words.zh + "，回收到公海", en: cause.words.en + ": back to the public pool")
        let writer = RecordWriter(
            context: context, ids: ids,
            command: Command(.bulk([], atomic: true), reason: words.zh + " / " + words.en),
            commandID: ids.next(context.now))
        let (stored, _) = try writer.load(definition, id)
        let change = RecordChange(values: [
            "pool": .text("public"), "owner": .null, "released_by": .record(owner),
            "released_at": .instant(context.now), "protected_until": .null,
        ])
        let written = try writer.update(definition, stored, .update(change), kind: "updated", problems: [])
        try Notices(context: context, ids: ids).tell(
            firstOf: [owner], of: definition, id, kind: "pool", { _ in words })
        return written.sequence
    }
}

extension PoolRule.Cause {
    var words: Label {
        switch self {
        case .noFollowup(let days): Label(zh: "\(days) 天没有跟进", en: "No follow-up for \(days) days")
        case .noDeal(let days): Label(zh: "\(days) 天没有成交", en: "No order for \(days) days")
        }
    }
}
