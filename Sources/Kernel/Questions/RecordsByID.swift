import Access
import Definitions
import Expressions
import Store
package import Values

/// Some records of an object by their ids, as far as the actor sees them. One statement for each 400, and those of names.
package struct RecordsByID: Question {
    package var object: String
    package var ids: [RecordID]
    /// Fields; those that the actor may not read are left out.
    package var columns: [String]

    package init(object: String, ids: [RecordID], columns: [String]) {
        self.object = object
        self.ids = ids
        self.columns = columns
    }

    package func answer(in context: ReadContext) throws -> [RecordID: RecordView] {
        let access = context.access.grant(object)
        guard !ids.isEmpty, access.canRead, let definition = context.model.object(object) else { return [:] }
        let reader = RecordReader(context: context)
        let paths = columns.filter(access.readable.contains).map { FieldPath([$0]) }
        var out: [RecordID: RecordView] = [:]
        for part in Set(ids).sorted().chunks(of: 400) {
            let query = RecordQuery(
                object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
                fields: reader.loaded(paths, of: definition), limit: part.count, ids: part)
            let views = try reader.views(
                try context.store.select(query), of: definition, paths: paths, withLines: false)
            for view in views { out[view.id] = view }
        }
        return out
    }
}

/// The files at several records of an object, in the fields that the actor may see. One statement
/// that counts, and two for each record that has some.
package struct FilesOfRecords: Question {
    package var object: String
    package var ids: [RecordID]

    package init(object: String, ids: [RecordID]) {
        self.object = object
        self.ids = ids
    }

    package func answer(in context: ReadContext) throws -> [RecordID: [FileView]] {
        guard !ids.isEmpty, context.model.object(object)?.liveFields.contains(where: { $0.type == .files }) == true
        else { return [:] }
        let counts = try Attachments(context.connection).counts(of: ids)
        var out: [RecordID: [FileView]] = [:]
        for id in ids where counts[id] ?? 0 > 0 {
            do {
                out[id] = try context.ask(FilesOf(object: object, id: id))
            } catch let rejection as Rejection where rejection.kind == .missing {
                continue
            }
        }
        return out
    }
}
