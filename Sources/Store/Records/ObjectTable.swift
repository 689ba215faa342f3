import Definitions

/// The physical table of one object, ready for building statements.
final class ObjectTable {
    let definition: ObjectDefinition
    /// System columns first, then those of the fields, retired ones included.
    let columns: [StoredColumn]
    /// Fields that the search document is made of; empty when the object is not searched.
    let searched: Set<String>
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
        searched = definition.search.isEmpty ? [] : Set(definition.search + definition.title)
    }

    /// The column whose value stands under `key` in a row.
    func column(_ key: String) -> StoredColumn? { byKey[key] }

    /// Every key a row of live fields has, system columns first.
    var liveKeys: [String] {
        let retired = Set(definition.fields.lazy.filter(\.retired).map(\.id))
        return columns.compactMap { column in
            let field = column.key.split(separator: ".", maxSplits: 1)[0]
            return retired.contains(String(field)) ? nil : column.key
        }
    }

    /// Whether `key` is a system column here: `parent` is one of a line, but an ordinary field of a department.
    func isSystem(_ key: String) -> Bool { system.contains(key) }

    /// Columns that only the store writes.
    func isKept(_ key: String) -> Bool {
        switch key {
        case "owner", "department", "region", "position": false
        default: system.contains(key)
        }
    }
}
