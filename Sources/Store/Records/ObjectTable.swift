import Definitions
import Values

/// The physical table of one object, ready for building statements.
final class ObjectTable: Sendable {
    let definition: ObjectDefinition
    /// System columns first, then those of the fields, retired ones included.
    let columns: [StoredColumn]
    /// Fields that the search document is made of; empty when the object is not searched.
    let searched: Set<String>
    /// Every key a row of live fields has, system columns first.
    let liveKeys: [String]
    /// The columns that an insert fills: all but the mark of deleted records.
    let insertedColumns: [StoredColumn]
    private let byKey: [String: StoredColumn]
    private let system: Set<String>

    var name: String { definition.table }
    var isLine: Bool { definition.parent != nil }

    init(_ definition: ObjectDefinition) {
        self.definition = definition
        let systemColumns = SystemColumn.columns(isLine: definition.parent != nil)
        var columns = systemColumns
        for field in definition.fields where !field.isSystem {
            columns.append(contentsOf: field.storedColumns)
        }
        self.columns = columns
        byKey = Dictionary(columns.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        system = Set(systemColumns.map(\.key))
        insertedColumns = columns.filter { $0.key != "deleted_at" }
        let retired = Set(definition.fields.lazy.filter(\.retired).map(\.id))
        liveKeys = columns.lazy.map(\.key).filter { key in
            !retired.contains(String(key.split(separator: ".", maxSplits: 1)[0]))
        }
        searched = definition.search.isEmpty ? [] : Set(definition.search + definition.title)
    }

    /// The column whose value stands under `key` in a row.
    func column(_ key: String) -> StoredColumn? { byKey[key] }

    /// Whether `key` is a system column here: `parent` is one of a line, but an ordinary field of a department.
    func isSystem(_ key: String) -> Bool { system.contains(key) }

    /// The values of `insertedColumns` for a new record.
    ///
    /// - Throws: `StoreError.parentMissing` for a line without a parent, `unfit` for a value of the wrong kind.
    func cells(_ id: RecordID, _ system: SystemValues, _ values: [String: Value]) throws(StoreError) -> [SQLValue] {
        if isLine, system.parent == nil { throw .parentMissing }
        var cells: [SQLValue] = []
        cells.reserveCapacity(insertedColumns.count)
        for column in insertedColumns {
            if let cell = systemCell(column.key, id, system, values) {
                cells.append(cell)
            } else {
                cells.append(try column.encode(values[column.key] ?? .null))
            }
        }
        return cells
    }

    private func systemCell(
        _ key: String, _ id: RecordID, _ stamp: SystemValues, _ values: [String: Value]
    ) -> SQLValue? {
        guard isSystem(key) else { return nil }
        func kept(_ fallback: RecordID?) -> SQLValue { SQLValue(values[key].map { $0.record } ?? fallback) }
        switch key {
        case "id": return SQLValue(id)
        case "version": return .integer(1)
        case "created_at", "updated_at": return SQLValue(stamp.at)
        case "created_by", "updated_by": return SQLValue(stamp.by)
        case "owner": return kept(stamp.owner)
        case "department": return kept(stamp.department)
        case "region": return kept(stamp.region)
        case "parent": return SQLValue(stamp.parent)
        case "position": return .integer(Int64(stamp.position))
        default: return nil
        }
    }

    /// Columns that only the store writes.
    func isKept(_ key: String) -> Bool {
        switch key {
        case "owner", "department", "region", "position": false
        default: system.contains(key)
        }
    }
}
