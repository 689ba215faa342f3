/// Compares the rules of a table beforehand: where they match together, where none does.
///
/// The inputs are cut into pieces column by column, following only rules that are still possible; sets of rules that
/// were followed before are not followed again. Cost is bounded by `maximumSteps`.
struct DecisionComparison {
    private let logic: DecisionLogic
    private let spaces: [InputSpace]
    private var gaps: [[String]] = []
    /// Rules that match together → where.
    private var overlaps: [[Int]: [String]] = [:]
    private var followed: Set<[Int]> = []
    private var steps = 0

    private static let maximumSteps = 100_000
    private static let maximumGaps = 20

    init(_ logic: DecisionLogic) {
        self.logic = logic
        spaces = logic.table.inputs.indices.map { column in
            InputSpace(
                logic.tests.map { $0[column] }, type: logic.table.inputs[column].type, allowed: logic.allowed[column])
        }
    }

    /// Gaps are not looked for where a cell can't be compared or the table has a fallback.
    func findings() -> [DecisionFinding] {
        var work = self
        return work.run()
    }

    private mutating func run() -> [DecisionFinding] {
        var findings: [DecisionFinding] = []
        var blind = Set<Int>()
        for (column, space) in spaces.enumerated() {
            for rule in space.empty {
                findings.append(DecisionFinding(.neverMatches, rules: [rule + 1], column: column + 1))
            }
            for (rule, covered) in space.covers.enumerated() where covered == nil {
                findings.append(DecisionFinding(.notCompared, rules: [rule + 1], column: column + 1))
                blind.insert(rule)
            }
        }
        follow(logic.tests.indices.filter { !blind.contains($0) }, column: 0, place: [])
        let wantsGaps = blind.isEmpty && logic.fallbacks.allSatisfy { $0 == nil } && logic.table.hitPolicy.needsARule
        if wantsGaps { findings += gaps.map { DecisionFinding(.gap($0)) } }
        for (rules, place) in overlaps.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where contradicts(rules)
        {
            findings.append(DecisionFinding(.overlap(place), rules: rules.map { $0 + 1 }))
        }
        if steps > Self.maximumSteps { findings.append(DecisionFinding(.tooManyCases)) }
        return findings
    }

    /// Whether the hit policy forbids that these rules match together.
    private func contradicts(_ rules: [Int]) -> Bool {
        switch logic.table.hitPolicy {
        case .unique: true
        case .any: Set(rules.map { logic.results[$0] }).count > 1
        default: false
        }
    }

    private mutating func follow(_ rules: [Int], column: Int, place: [String]) {
        steps += 1
        guard steps <= Self.maximumSteps else { return }
        guard !rules.isEmpty else {
            if gaps.count < Self.maximumGaps {
                gaps.append(place + Array(repeating: "-", count: spaces.count - place.count))
            }
            return
        }
        guard column < spaces.count else {
            if rules.count > 1 { overlaps[rules] = place }
            return
        }
        guard followed.insert([column] + rules).inserted else { return }
        let space = spaces[column]
        for (piece, text) in space.pieces.enumerated() {
            follow(rules.filter { space.covers[$0]?[piece] == true }, column: column + 1, place: place + [text])
        }
    }
}

extension HitPolicy {
    /// Whether a case without a rule is worth a word: tables that gather may well gather nothing.
    fileprivate var needsARule: Bool { if case .collect = self { false } else { true } }
}
