import Access
import Definitions
package import Documents
import Expressions
import Store
import Values

extension DocumentOf {
    package func answer(in context: ReadContext) throws -> TradeDocument {
        let definition = try context.object(object)
        guard let print = definition.print else { throw Rejection.noSuchRecord }
        let access = context.access.grant(object)
        let own = definition.liveFields.filter(\.hasColumns).map { FieldPath([$0.id]) }
        let linked = print.expressions.flatMap(\.fieldPaths).filter {
            $0.steps.count > 1 && definition.field($0.first)?.isLines != true
        }
        let row = try context.store.find(
            object, id, fields: own + linked + access.paths, predicates: access.readPredicate.map { [$0] } ?? [],
            context: context.evaluation)
        guard let row else { throw Rejection.noSuchRecord }
        let mask = access.masks(for: RowSource(row: row), context.evaluation)
        let lines = try self.lines(print, definition, context)
        let source = PrintSource(row: row, lines: print.lines.map { [$0: lines] } ?? [:])
        let composer = DocumentComposition(
            context: context, definition: definition, print: print, readable: mask.readable, record: source,
            seller: try seller(print, context))
        var document = try composer.document()
        document.seller.logo = try logo(print, composer.seller?.row.id, context)
        return document
    }

    private func logo(_ print: PrintDefinition, _ seller: RecordID?, _ context: ReadContext) throws -> DocumentPicture?
    {
        guard let field = print.seller.logo, let seller else { return nil }
        return try context.connection.beyondSight {
            guard let logo = try Letterhead.logo(of: seller, field: field, context) else { return nil }
            return try Attachments(context.connection).content(hash: logo.digest).map { DocumentPicture(bytes: $0) }
        }
    }

    private func lines(_ print: PrintDefinition, _ definition: ObjectDefinition, _ context: ReadContext) throws
        -> [RecordRow]
    {
        guard let name = print.lines, case .lines(let child)? = definition.field(name)?.type,
            let object = context.model.object(child)
        else { return [] }
        let own = object.liveFields.filter(\.hasColumns).map { FieldPath([$0.id]) }
        let linked = print.lineExpressions.flatMap(\.fieldPaths).filter { $0.steps.count > 1 && $0.first != "parent" }
        return try context.store.children(of: [id], in: child, fields: own + linked)[id] ?? []
    }

    /// The first record of the seller's object, whoever may see it: a letterhead is no secret.
    private func seller(_ print: PrintDefinition, _ context: ReadContext) throws -> PrintSource? {
        guard let object = print.sellerObject else { return nil }
        let paths = Set(print.sellerExpressions.flatMap(\.fieldPaths))
        let query = RecordQuery(
            object: object, context: context.evaluation, fields: Array(paths),
            sort: [SortKey(path: "created_at", descending: false)], limit: 1)
        return try context.store.select(query).first.map { PrintSource(row: $0, lines: [:]) }
    }
}

/// A stored record with its lines, as the print's expressions read it.
struct PrintSource: FieldSource {
    let row: RecordRow
    let lines: [String: [RecordRow]]

    func value(at path: FieldPath) -> Value { row[path: path.description] }

    func lines(at path: FieldPath) -> [any FieldSource] {
        (lines[path.description] ?? []).map { PrintSource(row: $0, lines: [:]) }
    }
}
