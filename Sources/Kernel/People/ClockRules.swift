import Definitions
import Expressions
import Flow
import Store
import Values

extension ReadContext {
    /// The company's limits by step, as its table `sla_rule` has them now; inactive ones left out. One statement in the
    /// first call of a block.
    func clockRules() throws -> [String: ClockRule] {
        if let known = memory.clockRules { return known }
        guard model.object("sla_rule")?.retired == false else { return [:] }
        let stamp = try connection.beyondSight { try store.stamp(of: ["sla_rule"]) }
        let rules = try snapshot.kept.clockRules(at: stamp) { try connection.beyondSight { try readClockRules() } }
        memory.clockRules = rules
        return rules
    }

    private func readClockRules() throws -> [String: ClockRule] {
        guard let definition = model.object("sla_rule"), !definition.retired else { return [:] }
        let names = [
            "step", "limit_value", "limit_unit", "clock", "warn_at", "escalate_1", "escalate_2", "active",
            "owner_role", "clock_start",
        ]
        let query = RecordQuery(
            object: definition.id, context: evaluation,
            fields: names.filter { definition.field($0) != nil }.map { FieldPath([$0]) }, limit: 1000)
        var rules: [String: ClockRule] = [:]
        for row in try store.select(query) where row[path: "active"] != .bool(false) {
            guard let step = row[path: "step"].text, let rule = ClockRule(row) else { continue }
            rules[step] = rule
        }
        return rules
    }
}

extension ClockRule {
    /// Nil when the row says nothing that can be measured.
    fileprivate init?(_ row: RecordRow) {
        guard let number = row[path: "limit_value"].decimal, let value = Int(exactly: number.floor),
            let unit = ClockSpan.Unit(rawValue: row[path: "limit_unit"].text ?? ""),
            let limit = ClockSpan(value, unit)
        else { return nil }
        let escalations = ["escalate_1", "escalate_2"].compactMap { row[path: $0].text }.compactMap {
            Escalation($0)
        }
        self.init(
            limit: limit, kind: Kind(rawValue: row[path: "clock"].text ?? "") ?? .calendar,
            warnShare: row[path: "warn_at"].decimal, escalations: escalations,
            position: row[path: "owner_role"].text, lead: Self.lead(in: row[path: "clock_start"].text ?? ""))
    }
}
