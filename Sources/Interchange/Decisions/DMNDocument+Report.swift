import Definitions

extension DMNDocument {
    /// What becomes of each part of the file: tables are executed or refused, everything else is kept.
    package var report: [InterchangeNote] {
        let tables = Dictionary(tables.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return xml.root.elements.flatMap { element -> [InterchangeNote] in
            guard element.isNamed("decision", like: xml.root) else { return [Self.kept(element)] }
            return Self.notes(of: element, table: tables[element.id ?? element["name"] ?? ""])
        }
    }

    private static func notes(of decision: XMLElement, table: DecisionTable?) -> [InterchangeNote] {
        let others = decision.elements.filter { !$0.isNamed("decisionTable", like: decision) }
        let kept = others.filter { !["variable"].contains($0.name.local) }.map { Self.kept($0, inside: decision.id) }
        guard let element = decision.first("decisionTable") else {
            let form = others.first {
                ["literalExpression", "invocation", "context", "relation", "list", "functionDefinition"].contains(
                    $0.name.local)
            }
            return kept + [
                InterchangeNote(
                    .refused, element: form?.name.local ?? "decision", id: decision.id, code: "not_a_table",
                    message: Label(zh: "只执行决策表形式的决策", en: "Only decisions that are tables are executed"))
            ]
        }
        guard let table else {
            return kept + [
                InterchangeNote(
                    .refused, element: "decisionTable", id: decision.id, code: "unknown_hit_policy",
                    message: Label(
                        zh: "不认识的命中策略 \(element["hitPolicy"] ?? "") \(element["aggregation"] ?? "")",
                        en: "Unknown hit policy \(element["hitPolicy"] ?? "") \(element["aggregation"] ?? "")"))
            ]
        }
        let (logic, findings) = table.checked()
        let errors = logic == nil ? findings.filter(\.isError) : []
        if errors.isEmpty {
            return kept + [
                InterchangeNote(
                    .executed, element: "decisionTable", id: decision.id, code: "table",
                    message: Label(
                        zh: "决策表，\(table.rules.count) 条规则，命中策略 \(table.hitPolicy.letter)",
                        en: "A table of \(table.rules.count) rules, hit policy \(table.hitPolicy.letter)"))
            ]
        }
        return kept
            + errors.map {
                InterchangeNote(.refused, element: "decisionTable", id: decision.id, code: $0.code, message: $0.message)
            }
    }

    private static func kept(_ element: XMLElement, inside id: String? = nil) -> InterchangeNote {
        InterchangeNote(
            .kept, element: element.name.local, id: element.id ?? id, code: "kept",
            message: Label(zh: "原样保留，不影响结果", en: "Kept as it is; it decides nothing here"))
    }
}
