import Definitions
package import Values

/// A key by which records suspected to be the same find each other.
package struct DuplicateMark: Sendable, Hashable {
    /// Names the rule.
    package let kind: String
    package let key: String

    package init(kind: String, key: String) {
        self.kind = kind
        self.key = key
    }
}

/// Finding many records at once by what a file says of them.
extension RecordStore {
    /// The keys that the object's duplicate rules make of these values. No statement.
    package func marks(_ object: String, values: [String: Value]) throws -> [DuplicateMark] {
        DuplicateKeys.keys(of: try tables.table(object).definition.duplicates, values: values)
            .map { DuplicateMark(kind: $0.kind, key: $0.key) }
    }

    /// Live records that hold any of the keys, without regard to rights. One statement for each 400 keys of a rule.
    package func records(holding marks: Set<DuplicateMark>, of object: String) throws -> [DuplicateMark: [RecordID]] {
        var found: [DuplicateMark: [RecordID]] = [:]
        for (kind, group) in Dictionary(grouping: marks, by: \.kind).sorted(by: { $0.key < $1.key }) {
            for part in group.map(\.key).sorted().parts(of: 400) {
                let list = part.map { "\($0)" as SQLFragment }.joined(separator: ", ")
                let rows = try connection.rows(
                    """
                    SELECT key, record FROM duplicate_key \
                    WHERE object = \(object) AND kind = \(kind) AND key IN (\(list))
                    """)
                for row in rows {
                    found[DuplicateMark(kind: kind, key: row[0].string), default: []].append(try required(row[1]))
                }
            }
        }
        return found
    }

    /// Live records whose field holds one of the values, without regard to rights. One statement for each 400 values.
    package func records(
        _ object: String, where field: String, among values: Set<Value>
    ) throws -> [(value: Value, record: RecordID)] {
        let table = try tables.table(object)
        guard let column = table.column(field) else { throw StoreError.broken("no column for \(object).\(field)") }
        var found: [(value: Value, record: RecordID)] = []
        let stored = try values.map { try column.encode($0) }
        for part in stored.parts(of: 400) {
            let list = part.map { SQLFragment.binding($0) }.joined(separator: ", ")
            let rows = try connection.rows(
                """
                SELECT id, \(identifier: column.name) FROM \(identifier: table.name) \
                WHERE \(identifier: column.name) IN (\(list)) AND deleted_at IS NULL
                """)
            for row in rows { found.append((column.decode(row[1]), try required(row[0]))) }
        }
        return found
    }
}
