import Definitions
package import Values

/// Writing records. Each write keeps the search text and the duplicate keys of the record in the same transaction.
extension RecordStore {
    /// Adds a record with version 1. One statement for the row, three for its search document, one for each duplicate
    /// key.
    ///
    /// - Parameter values: by field id; money parts under `total.currency` and so on; `owner`, `department` and
    ///   `region` here outdo those in `system`.
    /// - Throws: `StoreError.duplicate` for a taken unique value or id, `unfit` for a value of the wrong kind.
    package func insert(_ object: String, _ id: RecordID, values: [String: Value], system: SystemValues) throws {
        let table = try tables.table(object)
        let cells = try table.cells(id, system, values)
        let text = tables.insertion(into: table, for: connection.dialect)
        try naming(table) { try connection.run(.rendered(text, cells)) }
        try keepFound(table, id, values: values, isNew: true)
    }

    /// Changes the given fields of a live record. One statement, up to five more when they are searched or compared.
    ///
    /// - Parameter expecting: the version the change was decided on; nil takes any.
    /// - Returns: the new version.
    /// - Throws: `StoreError.stale` with the current version, `missing`, `duplicate`, `unfit`.
    @discardableResult
    package func update(
        _ object: String, _ id: RecordID, values: [String: Value], expecting: Int?, at: Instant, by: RecordID?
    ) throws -> Int {
        let table = try tables.table(object)
        var sets: [SQLFragment] = []
        for column in table.columns where !table.isKept(column.key) {
            guard let value = values[column.key] else { continue }
            sets.append("\(identifier: column.name) = \(try column.encode(value))")
        }
        let version = try stamp(table, id, sets: sets, life: " AND deleted_at IS NULL", expecting, at, by)
        try keepFound(table, id, values: values, isNew: false)
        return version
    }

    /// Puts a record into the recycle bin (an instant) or back among the living (nil). Two to six statements.
    ///
    /// - Returns: the new version.
    /// - Throws: `StoreError.missing` when it is already where it should go, `stale`; `duplicate` when a unique value
    ///   was taken meanwhile.
    @discardableResult
    package func setDeleted(
        _ object: String, _ id: RecordID, _ deletedAt: Instant?, expecting: Int?, at: Instant, by: RecordID?
    ) throws -> Int {
        let table = try tables.table(object)
        let life: SQLFragment = deletedAt == nil ? " AND deleted_at IS NOT NULL" : " AND deleted_at IS NULL"
        let sets: [SQLFragment] = ["deleted_at = \(SQLValue(deletedAt))"]
        let version = try stamp(table, id, sets: sets, life: life, expecting, at, by)
        if deletedAt == nil {
            try reindex(object, id)
        } else {
            try SearchIndex(connection).remove(id)
            try DuplicateKeys(connection).remove(id)
        }
        return version
    }

    /// Writes the search document and the duplicate keys of one record anew from its row. Up to seven statements.
    package func reindex(_ object: String, _ id: RecordID) throws {
        let table = try tables.table(object)
        let values = try storedValues(table, id, keys: Set(table.columns.map(\.key)))
        try keepFound(table, id, values: values, isNew: false)
    }

    // MARK: - Parts

    private func stamp(
        _ table: ObjectTable, _ id: RecordID, sets: [SQLFragment], life: SQLFragment, _ expecting: Int?,
        _ at: Instant, _ by: RecordID?
    ) throws -> Int {
        let stamps: [SQLFragment] = [
            "version = version + 1", "updated_at = \(at)", "updated_by = \(SQLValue(by))",
        ]
        var statement: SQLFragment = "UPDATE \(identifier: table.name) SET "
        statement += (sets + stamps).joined(separator: ", ")
        statement += " WHERE id = \(id)" + life
        if let expecting { statement += " AND version = \(expecting)" }
        let changed = try naming(table) { try connection.run(statement) }
        if changed == 1, let expecting { return expecting + 1 }
        let check: SQLFragment = "SELECT version FROM \(identifier: table.name) WHERE id = \(id)"
        if changed == 1, let now = try connection.row(check) { return now[0].count }
        guard let current = try connection.row(check + life) else { throw StoreError.missing }
        throw StoreError.stale(current: current[0].count)
    }

    /// Runs a write and names the field, not the column, in its errors.
    @discardableResult
    private func naming<Result>(_ table: ObjectTable, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch StoreError.duplicate(let column) {
            let key = table.columns.first { $0.name == column }?.key ?? column
            throw StoreError.duplicate(field: key)
        }
    }

    /// Keeps search and duplicates in step with a row of which `values` are new.
    private func keepFound(_ table: ObjectTable, _ id: RecordID, values: [String: Value], isNew: Bool) throws {
        let definition = table.definition
        let rules = definition.duplicates.filter { $0.keys.contains { values[$0.field] != nil } }
        let compared = Set(rules.flatMap { $0.keys.map(\.field) })
        let touchesSearch = table.searched.contains { values[$0] != nil }
        guard touchesSearch || !rules.isEmpty else { return }
        var all = values
        if !isNew {
            let wanted = (touchesSearch ? table.searched : []).union(compared)
            let unknown = wanted.filter { values[$0] == nil }
            if !unknown.isEmpty { all.merge(try storedValues(table, id, keys: unknown)) { new, _ in new } }
        }
        if touchesSearch {
            try SearchIndex(connection).put(try searchDocument(table, id, all), isNew: isNew)
        }
        if !rules.isEmpty {
            try DuplicateKeys(connection).put(by: rules, values: all, of: definition.id, record: id, isNew: isNew)
        }
    }

    private func storedValues(_ table: ObjectTable, _ id: RecordID, keys: Set<String>) throws -> [String: Value] {
        let columns = table.columns.filter { keys.contains($0.key) }
        guard !columns.isEmpty else { return [:] }
        let list = columns.map { SQLFragment.identifier($0.name) }.joined(separator: ", ")
        let query: SQLFragment = "SELECT \(list) FROM \(identifier: table.name) WHERE id = \(id)"
        guard let row = try connection.row(query) else { throw StoreError.missing }
        return Dictionary(zip(columns, row).map { ($0.key, $0.decode($1)) }, uniquingKeysWith: { first, _ in first })
    }
}

extension DuplicateRule.Key {
    /// The field the key is made of.
    var field: String {
        switch self {
        case .exact(let field), .companyName(let field), .domain(let field): field
        }
    }
}
