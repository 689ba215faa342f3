package import Definitions

/// What must be done to a database's pack tables so that they fit a model. Nothing is ever dropped but indexes.
package struct MigrationPlan: Sendable {
    enum Step: Sendable, Hashable {
        case createTable(String, [StoredColumn])
        case addColumn(table: String, StoredColumn)
        /// The old column is kept under another name; its values are copied as far as they convert.
        case convert(table: String, key: String, from: StoredColumn, keptAs: String, to: StoredColumn)
        case createIndex(PhysicalSchema.Index)
        case dropIndex(PhysicalSchema.Index)
        /// Search text or duplicate keys of an object are made of other fields now.
        case rederive(object: String, PhysicalSchema.Derived, isNew: Bool)
    }

    let steps: [Step]
    let model: Model

    package var isEmpty: Bool { steps.isEmpty }

    /// The plan that takes the database as it stands to `model`. Three statements.
    package static func plan(on connection: any Connection, to model: Model) throws -> MigrationPlan {
        MigrationPlan(from: try PhysicalCatalog(connection).schema(), to: model)
    }

    /// The plan between two models; nil for an empty database.
    package init(from old: Model?, to model: Model) {
        self.init(from: old.map { PhysicalSchema($0) } ?? PhysicalSchema(), to: model)
    }

    init(from old: PhysicalSchema, to model: Model) {
        self.model = model
        let new = PhysicalSchema(model)
        var steps: [Step] = []
        for (name, table) in new.tables.sorted(by: { $0.key < $1.key }) {
            guard let known = old.tables[name] else {
                steps.append(.createTable(name, table.columns))
                continue
            }
            steps += Self.columnSteps(name, from: known.columns, to: table.columns)
        }
        for (name, index) in old.indexes.sorted(by: { $0.key < $1.key }) where new.indexes[name] != index {
            steps.append(.dropIndex(index))
        }
        for (name, index) in new.indexes.sorted(by: { $0.key < $1.key }) where old.indexes[name] != index {
            steps.append(.createIndex(index))
        }
        for (object, derived) in new.derived.sorted(by: { $0.key < $1.key }) where old.derived[object] != derived {
            steps.append(.rederive(object: object, derived, isNew: old.derived[object] == nil))
        }
        self.steps = steps
    }

    private static func columnSteps(_ table: String, from old: [StoredColumn], to new: [StoredColumn]) -> [Step] {
        let byName = Dictionary(old.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return new.compactMap { column in
            if let known = byName[column.name] {
                if known.form == column.form { return nil }
                // The same name with another type: the old column steps aside.
                var number = 1
                while byName[column.name + "__was\(number)"] != nil { number += 1 }
                let kept = column.name + "__was\(number)"
                return .convert(table: table, key: column.key, from: known, keptAs: kept, to: column)
            }
            // A new generation of a field: its values come from the last one.
            let earlier = old.filter { $0.key == column.key && $0.name != column.name && !$0.name.contains("__was") }
            guard let last = earlier.max(by: { generation($0) < generation($1) }) else {
                return .addColumn(table: table, column)
            }
            return .convert(table: table, key: column.key, from: last, keptAs: last.name, to: column)
        }
    }

    private static func generation(_ column: StoredColumn) -> Int {
        column.name.firstRange(of: "__").flatMap { Int(column.name[$0.upperBound...]) } ?? 0
    }

    /// One line for each step, for `baton migrate --plan` and the designers.
    package var texts: [Label] { steps.compactMap { text($0) } }

    private func text(_ step: Step) -> Label? {
        switch step {
        case .createTable(let table, let columns):
            let name = self.name(table)
            return Label(
                zh: "新建数据表 \(name.zh)（\(table)，\(columns.count) 列）",
                en: "Create the table of \(name.en) (\(table), \(columns.count) columns)")
        case .addColumn(let table, let column):
            let name = self.name(table)
            return Label(zh: "\(name.zh)：增加列 \(column.key)", en: "\(name.en): add the column \(column.key)")
        case .convert(let table, let key, let from, let kept, let to):
            let name = self.name(table)
            return Label(
                zh: "\(name.zh)：\(key) 由 \(from.form.name) 转为 \(to.form.name)，原值保留在 \(kept)",
                en: "\(name.en): convert \(key) from \(from.form.name) to \(to.form.name), old values stay in \(kept)")
        case .createIndex(let index):
            let kind = index.isUnique ? Label(zh: "唯一索引", en: "unique index") : Label(zh: "索引", en: "index")
            let columns = index.columns.joined(separator: ", ")
            let name = self.name(index.table)
            return Label(zh: "\(name.zh)：建立\(kind.zh) (\(columns))", en: "\(name.en): create a \(kind.en) on (\(columns))")
        case .dropIndex(let index):
            let name = self.name(index.table)
            let columns = index.columns.joined(separator: ", ")
            return Label(zh: "\(name.zh)：撤销索引 (\(columns))", en: "\(name.en): drop the index on (\(columns))")
        case .rederive(let object, _, let isNew):
            if isNew { return nil }
            let name = self.name("o_" + object)
            return Label(
                zh: "\(name.zh)：重建搜索与查重数据", en: "\(name.en): rebuild the search text and duplicate keys")
        }
    }

    private func name(_ table: String) -> Label {
        model.objects.first { $0.table == table }?.label ?? Label(zh: table, en: table)
    }
}
