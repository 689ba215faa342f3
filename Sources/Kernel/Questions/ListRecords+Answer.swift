import Access
import Definitions
import Expressions
import Store
import Values

extension ListRecords {
    package func answer(in context: ReadContext) throws -> RecordPage {
        let definition = try context.object(object)
        let paths = try columnPaths(definition, in: context)
        let query = try self.query(definition, paths: paths, in: context)
        let rows = try context.store.select(query)
        let limit = Limits.rows(limit)
        let page = rows.prefix(limit)
        var next: String?
        if rows.count > limit, let last = page.last {
            next = CursorText.write(try context.store.cursor(after: last, for: query))
        }
        let views = try RecordReader(context: context).views(
            Array(page), of: definition, paths: paths, withLines: withLines)
        return RecordPage(rows: views, columns: paths.map(\.description), next: next)
    }

    private func columnPaths(_ definition: ObjectDefinition, in context: ReadContext) throws -> [FieldPath] {
        let reader = RecordReader(context: context)
        if columns == ["*"] { return reader.readablePaths(of: definition) }
        if !columns.isEmpty { return try context.checked(columns, on: object, parameter: "fields") }
        let wanted = definition.views.first?.columns ?? definition.title
        return wanted.map { FieldPath(text: $0) }.filter {
            context.access.checkPath($0, on: object) || context.isOwnReadable($0, on: object)
        }
    }

    private func query(
        _ definition: ObjectDefinition, paths: [FieldPath], in context: ReadContext
    ) throws -> RecordQuery {
        var after: [Value]?
        if let cursor {
            guard let values = CursorText.read(cursor), values.count >= 1 else {
                let message = Label(zh: "翻页位置已失效，请从第一页开始", en: "The page position is no longer valid; start again")
                throw Rejection.badParameter("cursor", [Problem(field: "cursor", code: "bad_cursor", message: message)])
            }
            after = values
        }
        for key in sort where !context.access.checkPath(FieldPath(text: key.path), on: object) {
            throw Rejection.badParameter("sort", [.unknownField(key.path)])
        }
        var predicates: [TypedExpression] = []
        for source in filters where !source.trimmed.isEmpty {
            predicates.append(try context.filter(source, on: object))
        }
        let used = predicates.flatMap(\.fieldPaths) + sort.map { FieldPath(text: $0.path) }
        predicates += try context.guards(used, on: object)
        if let rows = context.access.grant(object).readPredicate { predicates.append(rows) }
        let found = try SearchSight(context: context, definition: definition)
            .restricted(search, predicates, deleted: deleted ? .deleted : .live)
        return RecordQuery(
            object: object, predicates: predicates, context: context.evaluation,
            fields: RecordReader(context: context).loaded(paths, of: definition), sort: sort,
            limit: Limits.rows(limit) + 1,
            after: after, deleted: deleted ? .deleted : .live, search: found.words, ids: found.ids)
    }
}

extension CountRecords {
    package func answer(in context: ReadContext) throws -> RecordCount {
        let definition = try context.object(object)
        var predicates: [TypedExpression] = []
        for source in filters where !source.trimmed.isEmpty {
            predicates.append(try context.filter(source, on: object))
        }
        predicates += try context.guards(predicates.flatMap(\.fieldPaths), on: object)
        if let rows = context.access.grant(object).readPredicate { predicates.append(rows) }
        let found = try SearchSight(context: context, definition: definition).restricted(search, predicates)
        let query = RecordQuery(
            object: object, predicates: predicates, context: context.evaluation, search: found.words, ids: found.ids)
        let counted = try context.store.count(query, cap: min(max(cap, 1), 1_000_000))
        return RecordCount(count: counted.count, isCapped: counted.isCapped)
    }
}

extension ShowRecord {
    package func answer(in context: ReadContext) throws -> RecordView {
        let definition = try context.object(object)
        let reader = RecordReader(context: context)
        let paths =
            try fields.map { try context.checked($0, on: object, parameter: "fields") }
            ?? reader.readablePaths(of: definition)
        let rows = context.access.grant(object).readPredicate.map { [$0] } ?? []
        let row = try context.store.find(
            object, id, fields: reader.loaded(paths, of: definition, forActions: true), predicates: rows,
            context: context.evaluation, deleted: deleted ? .any : .live)
        guard let row else { throw Rejection.noSuchRecord }
        let views = try reader.views([row], of: definition, paths: paths, withLines: withLines, withActions: true)
        guard let view = views.first else { throw Rejection.noSuchRecord }
        return view
    }
}
