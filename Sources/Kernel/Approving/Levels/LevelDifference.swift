package import Definitions
import Interchange

/// A rule that a level table has and the one before it has not, or the other way round.
package struct LevelChange: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case added, removed
    }

    /// Name of the decision, as the file has it.
    package let decision: String
    /// The decision in words: the dimension, where it is named like one.
    package let title: Label
    package let kind: Kind
    /// The rule in words, in both languages.
    package let text: Label
}

/// A level table as rows for people: what is asked, what each rule tests and says.
package struct LevelTableView: Sendable, Hashable {
    package let title: Label
    /// The letter of the hit policy: `U`, `A`, `P`, `F`, `R`, `O`, `C`.
    package let policy: String
    /// Inputs first.
    package let columns: [Label]
    /// Cells, inputs first: tests as the file has them, approvers by their label.
    package let rules: [[Label]]
}

/// Tells the rules of two level tables apart, and puts rules in words.
struct LevelDifference {
    let model: Model
    let definition: ObjectDefinition

    /// Rules that went first, then those that came, decision by decision in the order of the new file.
    func changes(from old: DMNDocument?, to new: DMNDocument) -> [LevelChange] {
        let before = old?.tables ?? []
        let after = new.tables
        var out: [LevelChange] = []
        for table in after {
            let same = before.first { $0.id == table.id } ?? before.first { $0.name == table.name }
            let (had, has) = (same.map(sentences) ?? [], sentences(table))
            out += had.filter { !has.contains($0) }.map { change(.removed, table, $0) }
            out += has.filter { !had.contains($0) }.map { change(.added, table, $0) }
        }
        for table in before where !after.contains(where: { $0.id == table.id || $0.name == table.name }) {
            out += sentences(table).map { change(.removed, table, $0) }
        }
        return out
    }

    private func change(_ kind: LevelChange.Kind, _ table: DecisionTable, _ text: Label) -> LevelChange {
        LevelChange(decision: table.name, title: name(table.name), kind: kind, text: text)
    }

    func view(_ table: DecisionTable) -> LevelTableView {
        LevelTableView(
            title: name(table.name), policy: table.hitPolicy.letter,
            columns: table.inputs.map { name($0.expression) } + table.outputs.map { Self.output($0.name) },
            rules: table.rules.map { rule in
                rule.tests.map { Label(zh: $0, en: $0) } + zip(table.outputs, rule.results).map { word($0.name, $1) }
            })
    }

    private func sentences(_ table: DecisionTable) -> [Label] {
        table.rules.map { rule in
            let tests = zip(table.inputs, rule.tests).filter { !["-", ""].contains($0.1) }
            let results = zip(table.outputs, rule.results).compactMap { result($0.name, $1) }
            func say(_ pick: (Label) -> String, _ any: String, _ comma: String) -> String {
                let left = tests.map { pick(name($0.0.expression)) + " " + $0.1 }.joined(separator: comma)
                return (left.isEmpty ? any : left) + " → " + results.map(pick).joined(separator: comma)
            }
            return Label(zh: say(\.zh, "其余", "，"), en: say(\.en, "any", ", "))
        }
    }

    /// What a rule says in one output; nil for what is not worth a word.
    private func result(_ output: String, _ text: String) -> Label? {
        let word = word(output, text)
        switch output {
        case "level": return Label(zh: "\(text) 级", en: "level \(text)")
        case "hours": return Label(zh: "\(text) 小时内", en: "within \(text) h")
        case "role": return word
        case "countersign" where text == "false": return nil
        case "countersign" where text == "true": return Label(zh: "会签", en: "countersigned")
        default:
            let name = Self.output(output)
            return Label(zh: name.zh + " " + word.zh, en: name.en + " " + word.en)
        }
    }

    /// A dimension or field in the company's words; anything else as it is written.
    private func name(_ expression: String) -> Label {
        model.lists["approval_dimension"]?.code(expression)?.label ?? definition.field(expression)?.label
            ?? Label(zh: expression, en: expression)
    }

    /// Roles by their label, yes and no of a countersignature; everything else as it is written.
    private func word(_ output: String, _ text: String) -> Label {
        if output == "countersign", ["true", "false"].contains(text) {
            return text == "true" ? Label(zh: "要", en: "yes") : Label(zh: "不要", en: "no")
        }
        guard output == "role", text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
            return Label(zh: text, en: text)
        }
        return ApprovalWords(model: model).role(String(text.dropFirst().dropLast()))
    }

    private static func output(_ name: String) -> Label {
        switch name {
        case "level": Label(zh: "级别", en: "level")
        case "role": Label(zh: "审批人", en: "approver")
        case "hours": Label(zh: "小时", en: "hours")
        case "countersign": Label(zh: "会签", en: "countersigned")
        default: Label(zh: name, en: name)
        }
    }
}
