import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// What the rules of the pool say to taking a customer out of it, or keeping it out.
struct Claiming {
    let context: ReadContext

    /// - Throws: a `Rejection` that says which limit stands in the way. No statement for other actions.
    func check(_ action: String, _ company: RecordState, now: Instant) throws {
        guard company.object == "company", ["claim", "protect"].contains(action), let me = context.actor.userID else {
            return
        }
        guard let rule = context.poolRule(of: company, in: try PoolBook(context)) else { return }
        if action == "protect" { return try mayProtect(rule, me) }
        try isUnlocked(rule, company, me, now)
        try hasClaims(rule, me, now)
        let held = try count("owner = ME() AND pool <> \"public\" AND COALESCE(order_count, 0) = 0")
        if let cap = rule.holdCap, held >= cap {
            throw Self.refusal(
                "hold_cap", "私海已有 \(held) 个未成交客户，上限 \(cap)",
                "You have \(held) customers without an order; \(cap) are the limit")
        }
    }

    /// Until when the rule of the pool lets somebody protect the customer; nil where the action alone says.
    func protection(_ action: String, _ company: RecordState, now: Instant) throws -> Day? {
        guard company.object == "company", action == "protect", context.actor.userID != nil,
            let days = context.poolRule(of: company, in: try PoolBook(context))?.protectionDays, days > 0
        else { return nil }
        return Zones.zone(context.actor.timeZone).day(at: now).adding(days: days)
    }

    private func mayProtect(_ rule: PoolRule, _ me: RecordID) throws {
        let held = try count("owner = ME() AND pool = \"protected\" AND protected_until >= TODAY()")
        if let cap = rule.protectedAtMost, held >= cap {
            throw Self.refusal(
                "protect_cap", "已保护 \(held) 个客户，上限 \(cap)",
                "You protect \(held) customers; \(cap) are the limit")
        }
    }

    /// Whoever let it go, or lost it, leaves it to others for a while.
    private func isUnlocked(_ rule: PoolRule, _ company: RecordState, _ me: RecordID, _ now: Instant) throws {
        guard company["released_by"].record == me, case .instant(let released) = company["released_at"] else { return }
        let until = released.adding(seconds: rule.lockHours * 3600)
        guard now < until else { return }
        let time = Zones.zone(context.actor.timeZone).localTime(at: until).description.replacing("T", with: " ")
        throw Self.refusal(
            "reclaim_lock", "原负责人 \(rule.lockHours) 小时内不能再领取，\(time) 之后可以",
            "Whoever had it may take it again after \(time)")
    }

    private func hasClaims(_ rule: PoolRule, _ me: RecordID, _ now: Instant) throws {
        guard let cap = rule.dailyClaims else { return }
        let zone = Zones.zone(context.actor.timeZone)
        let midnight = zone.opening(.init(day: zone.day(at: now), secondOfDay: 0))
        let claims = try EventLog(context.connection).count(of: "action:claim", by: me, since: midnight)
        guard claims >= cap else { return }
        throw Self.refusal(
            "claim_cap", "今天已领取 \(claims) 个，每天上限 \(cap)", "You claimed \(claims) today; \(cap) are the limit")
    }

    private func count(_ condition: String) throws -> Int {
        // Of one's own customers one sees every one.
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("pool"), now: context.now)
        let filter = try house.filter(condition, on: "company")
        let rows = try context.store.figures(
            "company", predicates: [filter], context: context.evaluation, groups: [], figures: [.count], limit: 1)
        return rows.first?.first?.decimal.flatMap { Int(exactly: $0.floor) } ?? 0
    }

    private static func refusal(_ code: String, _ zh: String, _ en: String) -> Rejection {
        Rejection(.conflict, code: code, message: Label(zh: zh, en: en))
    }
}
