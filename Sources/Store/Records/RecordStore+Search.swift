import Definitions
package import Values

/// What search knows of a record.
extension RecordStore {
    /// The document of a record with these values. One statement for each object its searched links point to.
    func searchDocument(_ table: ObjectTable, _ id: RecordID, _ values: [String: Value]) throws -> SearchDocument {
        let definition = table.definition
        var texts: [String: String] = [:]
        for key in table.searched {
            texts[key] = try searchedText(definition.field(key), values[key] ?? .null)
        }
        let title = definition.title.lazy.compactMap { texts[$0] }.first { !$0.isEmpty } ?? ""
        var lines: [String] = []
        for key in definition.search {
            guard let text = texts[key], !text.isEmpty, text != title else { continue }
            lines.append(text)
        }
        lines += Spellings.of([title] + lines)
        return SearchDocument(
            object: definition.id, record: id, title: title, body: lines.joined(separator: "\n"))
    }

    /// Writes the search documents and duplicate keys of an object anew, in portions.
    ///
    /// - Parameter after: the id the last call ended with; nil to begin.
    /// - Returns: the id to go on after, nil when all are done. About five statements for each record.
    package func reindexAll(_ object: String, after: RecordID?, limit: Int = 500) throws -> RecordID? {
        let table = try tables.table(object)
        var query: SQLFragment = "SELECT id FROM \(identifier: table.name) WHERE deleted_at IS NULL"
        if let after { query += " AND id > \(after)" }
        let ids = try connection.rows(query + " ORDER BY id LIMIT \(limit)").map { try required($0[0]) }
        for id in ids { try reindex(object, id) }
        return ids.count == limit ? ids.last : nil
    }

    private func searchedText(_ field: FieldDefinition?, _ value: Value) throws -> String {
        if let id = value.record, case .link(let object)? = field?.type {
            return try titles(object, [id])[id] ?? ""
        }
        return Self.text(value)
    }
}
