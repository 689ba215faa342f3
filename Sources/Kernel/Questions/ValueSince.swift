import Access
import Store
package import Values

/// Since when records hold the value that they have in a field, such as the stage they stand in. Records and fields out of
/// the asker's sight are left out. Two statements for each 400.
package struct ValueSince: Question {
    package let object: String
    package let field: String
    package let ids: [RecordID]

    package init(object: String, field: String, ids: [RecordID]) {
        self.object = object
        self.field = field
        self.ids = ids
    }

    package func answer(in context: ReadContext) throws -> [RecordID: Instant] {
        guard context.access.grant(object).readable.contains(field) else { return [:] }
        let seen = try context.ask(RecordsByID(object: object, ids: ids, columns: [])).keys.sorted()
        var out: [RecordID: Instant] = [:]
        for part in seen.chunks(of: 400) {
            out.merge(try EventLog(context.connection).latestChange(of: field, in: part)) { first, _ in first }
        }
        return out
    }
}
