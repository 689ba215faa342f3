import Definitions
import Expressions
import Flow
import Store
import Values

/// The company's limits: the records of the object `approval_rule`.
struct ApprovalRules {
    static let object = "approval_rule"

    /// As the house: limits count whoever asks.
    let house: ReadContext

    /// Those of one kind that are in force. One statement.
    func of(_ kind: String) throws -> [ApprovalRule] { try all()[kind] ?? [] }

    /// Kind → the rules in force. One statement.
    func all() throws -> [String: [ApprovalRule]] {
        guard let object = house.model.object(Self.object), !object.retired else { return [:] }
        let names = [
            "kind", "dimension", "from", "to", "level", "approver_role", "sla_hours", "countersign", "active",
        ]
        let query = RecordQuery(
            object: object.id, context: house.evaluation,
            fields: names.filter { object.field($0) != nil }.map { FieldPath([$0]) },
            sort: [SortKey(path: "id", descending: false)], limit: 5000)
        var out: [String: [ApprovalRule]] = [:]
        for row in try house.store.select(query) {
            guard let kind = row[path: "kind"].text, row[path: "active"] != .bool(false),
                let dimension = row[path: "dimension"].text, let level = row[path: "level"].decimal
            else { continue }
            out[kind, default: []].append(
                ApprovalRule(
                    id: row.id, dimension: dimension, from: row[path: "from"].decimal, to: row[path: "to"].decimal,
                    level: Int(level.floor), role: row[path: "approver_role"].text ?? "none",
                    hours: row[path: "sla_hours"].decimal.map { Int($0.floor) } ?? 8,
                    countersign: row[path: "countersign"] == .bool(true)))
        }
        return out
    }

    /// Gaps and overlaps of one kind in words, each at the rule above it.
    func problems(of kind: String, _ rules: [ApprovalRule]) -> [(rule: RecordID, problem: Problem)] {
        let words = ApprovalWords(model: house.model)
        let subject = house.model.lists["approval_kind"]?.code(kind)?.label ?? Label(zh: kind, en: kind)
        return ApprovalTable(rules).faults.map { fault in
            let name = words.dimension(fault.dimension)
            let from = fault.from?.shortest ?? "−∞"
            let to = fault.to?.shortest ?? "∞"
            let rule = fault.rules.last ?? fault.rules[0]
            switch fault.kind {
            case .gap:
                let message = Label(
                    zh: "\(subject.zh)·\(name.zh)：\(from) 到 \(to) 没有规则，这里按最高级别审批",
                    en: "\(subject.en), \(name.en): no rule from \(from) to \(to); the highest level decides there")
                return (rule, Problem(field: "from", code: "level_gap", message: message))
            case .overlap:
                let message = Label(
                    zh: "\(subject.zh)·\(name.zh)：\(from) 到 \(to) 有两条规则，这里按较高的级别审批",
                    en: "\(subject.en), \(name.en): two rules from \(from) to \(to); the higher level decides there")
                return (rule, Problem(field: "from", code: "level_overlap", message: message))
            }
        }
    }
}

extension RecordWriter {
    /// Gaps and overlaps that the rules of a written limit's kind and dimension have now. Nothing for other objects.
    func limitWarnings(_ definition: ObjectDefinition, _ state: RecordState) throws -> [Problem] {
        guard definition.id == ApprovalRules.object, command.stamp == nil, let kind = state["kind"].text else {
            return []
        }
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("approval"), now: context.now)
        let rules = ApprovalRules(house: house)
        let same = try rules.of(kind).filter { $0.dimension == state["dimension"].text }
        return rules.problems(of: kind, same).map(\.problem)
    }
}

extension ReadContext {
    /// Gaps and overlaps in all limits of the company, by the kind's code.
    func limitProblems() throws -> [(kind: String, rule: RecordID, problem: Problem)] {
        try connection.beyondSight {
            let rules = ApprovalRules(house: self)
            return try rules.all().sorted { $0.key < $1.key }.flatMap { kind, of in
                rules.problems(of: kind, of).map { (kind, $0.rule, $0.problem) }
            }
        }
    }
}
