import Definitions
import Expressions
import Flow
import Store
import Values

/// The company's rules of the public pool, read once.
struct PoolBook {
    private struct Entry {
        let team: RecordID?
        let grade: String?
        let rule: PoolRule
    }

    private let entries: [Entry]
    /// Department → the one above it.
    private let above: [RecordID: RecordID]

    /// Two statements. Inactive rules are left out.
    init(_ context: ReadContext) throws {
        guard let definition = context.model.object("pool_rule"), !definition.retired else {
            (entries, above) = ([], [:])
            return
        }
        let query = RecordQuery(
            object: definition.id, context: context.evaluation,
            fields: context.snapshot.ownPaths[definition.id] ?? [], limit: 500)
        entries = try context.store.select(query).filter { $0[path: "active"] != .bool(false) }.compactMap { row in
            PoolRule(row).map { Entry(team: row[path: "team"].record, grade: row[path: "grade"].text, rule: $0) }
        }
        let departments = RecordQuery(
            object: "department", context: context.evaluation, fields: [FieldPath(["parent"])], limit: 5000)
        above = Dictionary(
            try context.store.select(departments).compactMap { row in
                row[path: "parent"].record.map { (row.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The rule of a customer: of its grade, else the one for leads; of its team or one above, else of every team.
    func rule(grade: String?, team: RecordID?) -> PoolRule? {
        var teams: [RecordID?] = []
        var next = team
        while let one = next, teams.count < 20 {
            teams.append(one)
            next = above[one]
        }
        teams.append(nil)
        for wanted in [grade, nil] {
            for team in teams {
                if let found = entries.first(where: { $0.grade == wanted && $0.team == team }) { return found.rule }
            }
        }
        return nil
    }
}

extension PoolRule {
    fileprivate init?(_ row: RecordRow) {
        func number(_ field: String) -> Int? { row[path: field].decimal.flatMap { Int(exactly: $0.floor) } }
        guard let days = number("no_followup_days"), days > 0 else { return nil }
        self.init(
            noFollowupDays: days, noDealDays: number("no_deal_days"), warnDays: number("warn_days") ?? 0,
            holdCap: number("hold_cap"), dailyClaims: number("daily_claim_cap"),
            lockHours: number("reclaim_lock_h") ?? 0, protectedAtMost: number("protect_max_count"),
            protectionDays: number("protect_max_days"),
            exemptsBusiness: row[path: "exempt"] != .bool(false))
    }
}

extension ReadContext {
    /// The rule of the pool for a company as it is kept.
    func poolRule(of company: RecordState, in book: PoolBook) -> PoolRule? {
        let grade = company["grade"].text ?? company["grade_calc"].text
        let isLead = company["status"].text == "lead" && company["grade"].isNull
        return book.rule(grade: isLead ? nil : grade, team: company["department"].record)
    }
}
