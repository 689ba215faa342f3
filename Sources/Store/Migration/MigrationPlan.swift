package import Definitions

/// What must be done to a database's pack tables so that they fit a model. Nothing is ever dropped but indexes.
package struct MigrationPlan: Sendable {
    enum Step: Sendable, Hashable {
        case createTable(String, [StoredColumn])
        case addColumn(table: String, StoredColumn)
        /// The old column is kept under another name, the new one takes its place; its values are copied as far as they
        /// convert.
        case convert(table: String, from: StoredColumn, keptAs: String, to: StoredColumn)
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
        var tableSteps: [Step] = []
        for (name, table) in new.tables.sorted(by: { $0.key < $1.key }) {
            guard let known = old.tables[name] else {
                tableSteps.append(.createTable(name, table.columns))
                continue
            }
            tableSteps += Self.columnSteps(name, from: known.columns, to: table.columns)
        }
        // An index would follow the old column to its new name, so it is made anew.
        var moved: Set<String> = []
        for case .convert(let table, let from, _, _) in tableSteps { moved.insert(table + "." + from.name) }
        func stands(_ index: PhysicalSchema.Index, in other: PhysicalSchema) -> Bool {
            other.indexes[index.name] == index && !index.columns.contains { moved.contains(index.table + "." + $0) }
        }
        var steps: [Step] = []
        for (_, index) in old.indexes.sorted(by: { $0.key < $1.key }) where !stands(index, in: new) {
            steps.append(.dropIndex(index))
        }
        steps += tableSteps
        for (_, index) in new.indexes.sorted(by: { $0.key < $1.key }) where !stands(index, in: old) {
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
                return .convert(table: table, from: known, keptAs: kept, to: column)
            }
            return .addColumn(table: table, column)
        }
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
        case .convert(let table, let from, let kept, let to):
            let name = self.name(table)
            return Label(
                zh: "\(name.zh)：\(to.key) 由 \(from.form.name) 转为 \(to.form.name)，原值保留在 \(kept)",
                en:
                    "\(name.en): convert \(to.key) from \(from.form.name) to \(to.form.name), old values stay in \(kept)"
            )
        case .createIndex(let index):
            let kind = index.isUnique ? Label(zh: "唯一索引", en: "unique index") : Label(zh: "索引", en: "index")
            let columns = index.columns.joined(separator: ", ")
            let name = self.name(index.table)
            return Label(
                zh: "\(name.zh)：建立\(kind.zh) (\(columns))", en: "\(name.en): create a \(kind.en) on (\(columns))")
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
