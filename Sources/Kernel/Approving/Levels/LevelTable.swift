import Definitions
import Flow
import Interchange
import Values

/// A DMN file as the level table of an approval. Its decisions are asked with the approval's dimensions and the fields
/// that it is bound to; each says a `level`, and may say a `role`, `hours` and `countersign`.
struct LevelTable {
    let record: RecordID
    let version: Int
    let name: String
    let document: DMNDocument
    private let decisions: [(table: DecisionTable, logic: DecisionLogic)]

    /// - Throws: a `Fault` for a file that can't be read: it was checked when it came in.
    init(record: RecordID, version: Int, name: String, file: String) throws {
        do {
            document = try DMNDocument(Array(file.utf8))
        } catch {
            throw Fault(code: "level_table", detail: "level table \(record): \(error.code)")
        }
        self.record = record
        self.version = version
        self.name = name
        decisions = document.tables.compactMap { table in table.checked().logic.map { (table, $0) } }
    }

    /// What each decision says, in the order of the file. Where none of its rules answers, or it can't be computed, its
    /// highest level counts.
    func findings(_ values: [String: Value]) -> [ApprovalTable.Finding] {
        decisions.map { table, logic in
            var result: DecisionResult?
            // Whatever can't be computed needs the highest level, like a value that no limit covers.
            do { result = try logic.decide(values) } catch { result = nil }
            let hits = (result?.outputs ?? []).enumerated().compactMap { index, outputs in
                rule(outputs, table).map { (rule: $0, row: result?.rules.element(index) ?? result?.rules.first) }
            }
            guard let best = hits.max(by: { $0.rule.level < $1.rule.level }) else {
                return ApprovalTable.Finding(
                    dimension: table.name, value: nil,
                    rule: rule(["level": .decimal(ExactDecimal(LevelCheck.highest(of: table)))], table),
                    isBeyond: true, rows: [])
            }
            return ApprovalTable.Finding(
                dimension: table.name, value: nil, rule: best.rule, isBeyond: false, rows: [best.row].compactMap(\.self)
            )
        }
    }

    private func rule(_ outputs: [String: Value], _ table: DecisionTable) -> ApprovalRule? {
        guard let level = outputs["level"]?.decimal, level >= .zero, level <= ExactDecimal(4) else { return nil }
        return ApprovalRule(
            id: record, dimension: table.name, from: nil, to: nil, level: Int(level.ceiling),
            role: outputs["role"]?.text ?? "none",
            hours: outputs["hours"]?.decimal.map { Int($0.floor) } ?? 8,
            countersign: outputs["countersign"] == .bool(true))
    }
}

extension Array {
    fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
