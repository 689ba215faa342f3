import Definitions
package import Expressions
package import Values

/// Names and suspected duplicates of records.
extension RecordStore {
    /// What names each record: its first title field that is not empty. A title that is a link gives the name of the
    /// linked record. One statement for each 500 records, and as many for each linked object.
    package func titles(_ object: String, _ ids: [RecordID]) throws -> [RecordID: String] {
        try titles(object, ids, depth: 0)
    }

    private func titles(_ object: String, _ ids: [RecordID], depth: Int) throws -> [RecordID: String] {
        let table = try tables.table(object)
        let fields = table.definition.title.compactMap { table.definition.field($0) }
        let columns = fields.compactMap { $0.storedColumns.first }
        guard !columns.isEmpty, !ids.isEmpty else { return [:] }
        let list = (["id"] + columns.map(\.name)).map { SQLFragment.identifier($0) }.joined(separator: ", ")
        var found: [RecordID: String] = [:]
        var waiting: [String: [(record: RecordID, target: RecordID)]] = [:]
        for part in Array(Set(ids)).parts(of: 500) {
            let condition = Self.among(part, column: "\(identifier: "id")")
            for row in try connection.rows("SELECT \(list) FROM \(identifier: table.name) WHERE \(condition)") {
                let id = try required(row[0])
                for (column, stored) in zip(columns, row.dropFirst()) where !stored.isNull {
                    let value = column.decode(stored)
                    if let target = value.record, case .link(let other)? = table.definition.field(column.key)?.type {
                        waiting[other, default: []].append((id, target))
                    } else {
                        found[id] = Self.text(value)
                    }
                    break
                }
            }
        }
        // A title two links away is not worth a third round.
        guard depth < 2 else { return found }
        for (other, pairs) in waiting {
            let names = try titles(other, pairs.map(\.target), depth: depth + 1)
            for (record, target) in pairs { found[record] = names[target] }
        }
        return found
    }

    /// Live records that are suspected to be the same as one with these values. One statement for each rule and one.
    ///
    /// - Returns: rows with the title fields, the owner and what is compared, without regard to rights.
    package func duplicates(
        _ object: String, values: [String: Value], excluding: RecordID?, context: EvaluationContext
    ) throws -> [RecordRow] {
        let definition = try tables.table(object).definition
        let keys = DuplicateKeys.keys(of: definition.duplicates, values: values)
        let ids = try DuplicateKeys(connection).records(sharing: keys, of: object, excluding: excluding)
        guard !ids.isEmpty else { return [] }
        let compared = definition.duplicates.flatMap { $0.keys.map(\.field) }
        let paths = Set(definition.title + compared + ["owner"]).sorted().map { FieldPath(text: $0) }
        return try select(RecordQuery(object: object, context: context, fields: paths, limit: 20, ids: ids))
    }

    /// A value as plain text for a title or the search.
    static func text(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .decimal(let number): number.shortest
        case .day(let day): day.description
        case .instant(let instant): instant.description
        case .list(let items): items.compactMap(\.text).joined(separator: " ")
        case .null, .bool, .real, .record: ""
        }
    }
}
