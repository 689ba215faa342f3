package import Definitions
import Synchronization

/// The physical tables of a model with the plans of reading them, shared by all blocks that work by that model.
package final class ObjectTables: Sendable {
    let model: Model
    private let known: [String: ObjectTable]
    private let insertions = Mutex<[String: String]>([:])
    private let plans = Mutex<[ReadPlan.Wish: ReadPlan]>([:])
    /// Wishes are finite (views, forms, expressions); beyond this many the memory starts anew.
    private static let planLimit = 4000

    package init(_ model: Model) {
        self.model = model
        known = Dictionary(
            model.objects.map { ($0.id, ObjectTable($0)) }, uniquingKeysWith: { first, _ in first })
    }

    func table(_ object: String) throws(StoreError) -> ObjectTable {
        guard let table = known[object] else { throw .broken("no object \(object) in the model") }
        return table
    }

    /// The text that inserts a row, for the values that `ObjectTable.cells` gives.
    func insertion(into table: ObjectTable, for dialect: any Dialect) -> String {
        if let text = insertions.withLock({ $0[table.name] }) { return text }
        let names = table.insertedColumns.map { SQLFragment.identifier($0.name) }.joined(separator: ", ")
        let places = table.insertedColumns.map { _ in SQLFragment.binding(.null) }.joined(separator: ", ")
        let insertion: SQLFragment = "INSERT INTO \(identifier: table.name)(\(names)) VALUES (\(places))"
        let text = insertion.text(for: dialect)
        insertions.withLock { $0[table.name] = text }
        return text
    }

    func plan(_ wish: ReadPlan.Wish, for dialect: any Dialect) throws(StoreError) -> ReadPlan {
        if let plan = plans.withLock({ $0[wish] }) { return plan }
        let plan = try ReadPlan(wish, tables: self, dialect: dialect)
        plans.withLock { plans in
            if plans.count >= Self.planLimit { plans = [:] }
            plans[wish] = plan
        }
        return plan
    }
}
