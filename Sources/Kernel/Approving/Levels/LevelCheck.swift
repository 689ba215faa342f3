import Definitions
import Interchange
import Values

/// Whether a DMN file can be the level table of an approval.
struct LevelCheck {
    let model: Model
    let definition: ObjectDefinition
    let approval: ApprovalDefinition

    /// Bytes of a file at most.
    static let largest = 512 << 10

    /// Names that a table may ask for: the dimensions, and the plain fields that the approval is bound to.
    var names: Set<String> {
        let fields = approval.boundFields.filter { id in
            guard let field = definition.field(id) else { return false }
            return !field.isLines && field.hasColumns
        }
        return Set(approval.dimensions.map(\.id) + fields)
    }

    /// All that is to be said, errors first.
    func findings(of file: [UInt8]) -> [LevelFinding] {
        guard file.count <= Self.largest else {
            return [
                error("table_too_large", zh: "文件超过 512 KB", en: "The file is over 512 KB")
            ]
        }
        let document: DMNDocument
        do { document = try DMNDocument(file) } catch {
            return [
                LevelFinding(
                    decision: nil, code: error.code, message: error.message, isError: true, rules: [], column: nil)
            ]
        }
        // What is wrong inside a table is told with its rules below.
        let refused = document.report.filter {
            $0.treatment == .refused && ($0.element != "decisionTable" || $0.code == "unknown_hit_policy")
        }
        var out = refused.map {
            LevelFinding(
                decision: $0.id, code: $0.code, message: $0.message, isError: true, rules: [], column: nil)
        }
        if document.tables.isEmpty {
            out.append(error("table_none", zh: "文件里没有能执行的决策表", en: "The file holds no decision table that can run"))
        }
        for table in document.tables { out += findings(of: table) }
        let lines = DMNLines(file)
        for index in out.indices { out[index].line = lines.line(of: out[index].decision, rule: out[index].rules.first) }
        return out.filter(\.isError) + out.filter { !$0.isError }
    }

    private func findings(of table: DecisionTable) -> [LevelFinding] {
        let (logic, found) = table.checked()
        var all = found
        if let logic { all += logic.unknownNames(besides: names) }
        var out = all.map { finding in
            LevelFinding(
                decision: table.name, code: finding.code, message: finding.message, isError: finding.isError,
                rules: finding.rules, column: finding.column)
        }
        guard let column = table.outputs.firstIndex(where: { $0.name == "level" }) else {
            return out + [
                error(
                    "table_no_level", in: table.name, zh: "没有名为 level 的输出列", en: "There is no output named “level”")
            ]
        }
        for (index, rule) in table.rules.enumerated() where rule.results.indices.contains(column) {
            let text = rule.results[column]
            guard let level = ExactDecimal(text.trimmed) else { continue }
            if level < .zero || level > ExactDecimal(4) || level != level.whole {
                out.append(
                    error(
                        "table_bad_level", in: table.name, rules: [index + 1], column: table.inputs.count + column + 1,
                        zh: "级别 \(text.trimmed) 不是 0 到 4 的整数",
                        en: "Level \(text.trimmed) is no whole number from 0 to 4"))
            }
        }
        return out + unknownRoles(table)
    }

    private func unknownRoles(_ table: DecisionTable) -> [LevelFinding] {
        guard let column = table.outputs.firstIndex(where: { $0.name == "role" }),
            let list = model.lists["approver_role"]
        else { return [] }
        return table.rules.enumerated().compactMap { index, rule in
            guard rule.results.indices.contains(column) else { return nil }
            let text = rule.results[column].trimmed
            guard text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
            let role = String(text.dropFirst().dropLast())
            guard list.code(role) == nil else { return nil }
            return error(
                "table_unknown_role", in: table.name, rules: [index + 1], column: table.inputs.count + column + 1,
                zh: "没有审批角色 “\(role)”", en: "There is no approver role “\(role)”")
        }
    }

    private func error(
        _ code: String, in decision: String? = nil, rules: [Int] = [], column: Int? = nil, zh: String, en: String
    ) -> LevelFinding {
        LevelFinding(
            decision: decision, code: code, message: Label(zh: zh, en: en), isError: true, rules: rules, column: column)
    }

    /// The highest level that a table's rules write down; 4 when none is written as a number.
    static func highest(of table: DecisionTable) -> Int {
        guard let column = table.outputs.firstIndex(where: { $0.name == "level" }) else { return 4 }
        let levels = table.rules.compactMap { rule in
            rule.results.indices.contains(column) ? Int(rule.results[column].trimmed) : nil
        }
        return min(max(levels.max() ?? 4, 0), 4)
    }
}

extension ExactDecimal {
    fileprivate var whole: ExactDecimal { ExactDecimal(units: floor, scale: 0) }
}

extension String {
    /// Without blanks around it.
    fileprivate var trimmed: String {
        let blanks: Set<Character> = [" ", "\n", "\r", "\t"]
        return String(drop(while: blanks.contains).reversed().drop(while: blanks.contains).reversed())
    }
}
