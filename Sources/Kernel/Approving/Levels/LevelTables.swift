import Definitions
import Expressions
import Flow
import Interchange
import Store
import Values

/// Level tables as the object `level_table` keeps them: one record for each version, at most one of them in force.
struct LevelTables {
    static let object = "level_table"

    /// As the house: a table counts whoever asks.
    let house: ReadContext

    private static let columns = ["approval", "number", "name", "file", "active", "created_at"]

    struct Row {
        let id: RecordID
        let recordVersion: Int
        let version: Int
        let name: String
        let isActive: Bool
        let at: Instant?
        let file: String
    }

    /// Newest first. None where the packs keep no tables. One statement.
    func rows(_ key: ApprovalKey) throws -> [Row] {
        guard let object = house.model.object(Self.object), !object.retired else { return [] }
        let query = RecordQuery(
            object: object.id, predicates: [try house.filter("approval = \"\(key)\"", on: object.id)],
            context: house.evaluation, fields: Self.columns.map { FieldPath([$0]) },
            sort: [SortKey(path: "number", descending: true)], limit: 500)
        return try house.connection.beyondSight {
            try house.store.select(query).map { row in
                Row(
                    id: row.id, recordVersion: row.version,
                    version: row[path: "number"].decimal.map { Int($0.floor) } ?? 0,
                    name: row[path: "name"].text ?? "", isActive: row[path: "active"] == .bool(true),
                    at: row[path: "created_at"].instant, file: row[path: "file"].text ?? "")
            }
        }
    }

    /// Which table an approval is planned with.
    enum Choice {
        /// The one in force.
        case current
        /// The one that it was begun with; nil for none.
        case pinned(Int?)
    }

    func table(_ key: ApprovalKey, _ choice: Choice) throws -> LevelTable? {
        if case .pinned(nil) = choice { return nil }
        let row = try rows(key).first { row in
            switch choice {
            case .current: row.isActive
            case .pinned(let version): row.version == version
            }
        }
        return try row.map {
            try LevelTable(record: $0.id, version: $0.version, name: $0.name, file: $0.file)
        }
    }
}

/// The company's limits as decision tables: one decision for each dimension, unique, over half-open intervals.
struct LevelExport {
    let model: Model
    let key: ApprovalKey
    let approval: ApprovalDefinition

    func document(_ rules: [ApprovalRule], notes: [RecordID: String]) -> DMNDocument {
        let tables = approval.dimensions.compactMap { dimension -> DecisionTable? in
            let own = rules.filter { $0.dimension == dimension.id }.sorted(by: Self.isBefore)
            return own.isEmpty ? nil : table(dimension.id, own, notes)
        }
        return DMNDocument(name: "\(key)", tables: tables)
    }

    private func table(_ dimension: String, _ rules: [ApprovalRule], _ notes: [RecordID: String]) -> DecisionTable {
        DecisionTable(
            id: dimension, name: dimension, hitPolicy: .unique,
            inputs: [
                DecisionTable.Input(
                    id: dimension + "_in",
                    label: model.lists["approval_dimension"]?.code(dimension).map { $0.label.zh + " " + $0.label.en },
                    expression: dimension, type: "number")
            ],
            outputs: [
                DecisionTable.Output(id: dimension + "_level", name: "level", type: "number"),
                DecisionTable.Output(id: dimension + "_role", name: "role", type: "string"),
                DecisionTable.Output(id: dimension + "_hours", name: "hours", type: "number"),
                DecisionTable.Output(id: dimension + "_countersign", name: "countersign", type: "boolean"),
            ],
            rules: rules.enumerated().map { index, rule in
                DecisionTable.Rule(
                    id: "\(dimension)_\(index + 1)", tests: [Self.interval(rule)],
                    results: [
                        String(rule.level), "\"\(rule.role)\"", String(rule.hours), String(rule.countersign),
                    ], notes: notes[rule.id].map { [$0] } ?? [])
            })
    }

    private static func interval(_ rule: ApprovalRule) -> String {
        switch (rule.from, rule.to) {
        case (nil, nil): "-"
        case (let from?, nil): ">= " + from.shortest
        case (nil, let to?): "< " + to.shortest
        case (let from?, let to?): "[\(from.shortest)..\(to.shortest))"
        }
    }

    private static func isBefore(_ left: ApprovalRule, _ right: ApprovalRule) -> Bool {
        guard let from = right.from else { return false }
        return left.from.map { $0 < from } ?? true
    }
}
