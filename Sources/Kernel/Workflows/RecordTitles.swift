import Access
import Definitions
import Expressions
import Store
import Values

/// The names of records as the actor may read them.
struct RecordTitles {
    let context: ReadContext

    /// Those in sight, deleted ones left out. One statement for each object.
    func of(_ records: [RecordReference]) throws -> [RecordID: String] {
        var titles: [RecordID: String] = [:]
        let reader = RecordReader(context: context)
        for (object, references) in Dictionary(grouping: records, by: \.object) {
            guard context.access.grant(object).canRead, let definition = context.model.object(object) else { continue }
            let title = definition.title.map { FieldPath([$0]) }.filter { context.isOwnReadable($0, on: object) }
            let ids = Set(references.map(\.id)).sorted()
            let query = RecordQuery(
                object: object, predicates: context.access.grant(object).readPredicate.map { [$0] } ?? [],
                context: context.evaluation, fields: reader.loaded(title, of: definition), limit: ids.count, ids: ids)
            for row in try reader.views(try context.store.select(query), of: definition, paths: title, withLines: false)
            {
                titles[row.id] = row.title
            }
        }
        return titles
    }
}
