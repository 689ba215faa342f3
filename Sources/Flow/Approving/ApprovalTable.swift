package import Values

/// One of the company's limits: a value of the dimension from `from` on and below `to` needs this level.
package struct ApprovalRule: Sendable, Hashable {
    package let id: RecordID
    package let dimension: String
    /// Included; nil: no limit downwards.
    package let from: ExactDecimal?
    /// Excluded; nil: no limit upwards.
    package let to: ExactDecimal?
    package let level: Int
    /// Position of who decides; `none` at level 0.
    package let role: String
    /// Working hours for a decision.
    package let hours: Int
    /// Finance decides too.
    package let countersign: Bool

    package init(
        id: RecordID, dimension: String, from: ExactDecimal?, to: ExactDecimal?, level: Int, role: String,
        hours: Int, countersign: Bool
    ) {
        self.id = id
        self.dimension = dimension
        self.from = from
        self.to = to
        self.level = level
        self.role = role
        self.hours = hours
        self.countersign = countersign
    }

    package func covers(_ value: ExactDecimal) -> Bool {
        if let from, value < from { return false }
        if let to, !(value < to) { return false }
        return true
    }
}

/// The limits of one subject: which level its values need, and by whom.
package struct ApprovalTable: Sendable {
    package let rules: [ApprovalRule]

    package init(_ rules: [ApprovalRule]) { self.rules = rules }

    /// What one value comes to.
    package struct Finding: Sendable, Hashable {
        package let dimension: String
        /// Nil when it could not be computed.
        package let value: ExactDecimal?
        /// The rule that decides; nil for a dimension without any.
        package let rule: ApprovalRule?
        /// No rule covers the value: the highest of the dimension decides.
        package let isBeyond: Bool
        /// Of a decision table: its rules that decide, from 1. Nil for a dimension of the company's limits.
        package let rows: [Int]?

        package init(
            dimension: String, value: ExactDecimal?, rule: ApprovalRule?, isBeyond: Bool, rows: [Int]? = nil
        ) {
            self.dimension = dimension
            self.value = value
            self.rule = rule
            self.isBeyond = isBeyond
            self.rows = rows
        }

        package var level: Int { rule?.level ?? 0 }
    }

    /// The findings in the order of the values.
    package func findings(_ values: [(dimension: String, value: ExactDecimal?)]) -> [Finding] {
        values.map { item in
            let known = rules.filter { $0.dimension == item.dimension }
            if let value = item.value, let rule = known.filter({ $0.covers(value) }).max(by: { $0.level < $1.level }) {
                return Finding(dimension: item.dimension, value: value, rule: rule, isBeyond: false)
            }
            return Finding(
                dimension: item.dimension, value: item.value, rule: known.max { $0.level < $1.level },
                isBeyond: !known.isEmpty)
        }
    }

    /// A piece of a dimension that no rule covers, or that two cover.
    package struct Fault: Sendable, Hashable {
        package enum Kind: String, Sendable { case gap, overlap }
        package let kind: Kind
        package let dimension: String
        /// Where it begins; nil: without a limit downwards.
        package let from: ExactDecimal?
        package let to: ExactDecimal?
        /// The rule below and the one above.
        package let rules: [RecordID]
    }

    /// Gaps and overlaps between the intervals of each dimension. The ends may be open: whether values go beyond them
    /// is nothing that the rules say.
    package var faults: [Fault] {
        var out: [Fault] = []
        for dimension in Set(rules.map(\.dimension)).sorted() {
            let sorted = rules.filter { $0.dimension == dimension }.sorted { Self.isBelow($0.from, $1.from) }
            // The rule that reaches furthest of those before.
            guard var low = sorted.first else { continue }
            for high in sorted.dropFirst() {
                let ids = [low.id, high.id]
                if let end = low.to, let start = high.from, end < start {
                    out.append(Fault(kind: .gap, dimension: dimension, from: end, to: start, rules: ids))
                } else if low.to == nil || high.from == nil || low.to != high.from {
                    let end = Self.isBelow(high.to, low.to, asEnds: true) ? high.to : low.to
                    out.append(Fault(kind: .overlap, dimension: dimension, from: high.from, to: end, rules: ids))
                }
                if Self.isBelow(low.to, high.to, asEnds: true) { low = high }
            }
        }
        return out
    }

    /// No limit is the lowest beginning, or the highest end.
    private static func isBelow(_ left: ExactDecimal?, _ right: ExactDecimal?, asEnds: Bool = false) -> Bool {
        guard let left else { return !asEnds && right != nil }
        guard let right else { return asEnds }
        return left < right
    }

    /// Whether records that each stay below a limit pass it together: `values` are those of the others, `own` the
    /// one at hand.
    package func isSplit(_ dimension: String, own: ExactDecimal, others: [ExactDecimal]) -> Bool {
        guard !others.isEmpty else { return false }
        var sum = own
        var highest = level(of: dimension, own)
        for other in others {
            guard let next = try? sum + other else { return true }  // beyond any limit that there is
            sum = next
            highest = max(highest, level(of: dimension, other))
        }
        return level(of: dimension, sum) > highest
    }

    private func level(of dimension: String, _ value: ExactDecimal) -> Int {
        rules.filter { $0.dimension == dimension && $0.covers(value) }.map(\.level).max() ?? 0
    }
}
