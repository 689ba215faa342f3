import Access
import Definitions
import Expressions
import Store
import Values

extension SearchRecords {
    package func answer(in context: ReadContext) throws -> [SearchHit] {
        let limit = Limits.rows(limit)
        let words = text.trimmed
        guard !words.isEmpty, words.utf8.count <= 200 else { return [] }
        let allowed = context.model.liveObjects.filter {
            $0.parent == nil && context.access.grant($0.id).canRead && (objects.isEmpty || objects.contains($0.id))
        }.map(\.id)
        // In no object is not in all.
        guard !allowed.isEmpty else { return [] }
        let found = try SearchIndex(context.connection).hits(words, in: allowed, limit: max(limit * 5, 50))
        var seen: [RecordID: SearchHit] = [:]
        for (object, hits) in Dictionary(grouping: found, by: \.object) {
            guard let definition = context.model.object(object) else { continue }
            let told = SearchSight(context: context, definition: definition)
            let ids = hits.map(\.record)
            let candidates = told.isPartial ? try told.records(among: ids, holding: words) : ids
            for hit in try visible(object, candidates, context) { seen[hit.id] = hit }
        }
        return Array(found.compactMap { seen[$0.record] }.prefix(limit))
    }

    private func visible(_ object: String, _ ids: [RecordID], _ context: ReadContext) throws -> [SearchHit] {
        let access = context.access.grant(object)
        guard let definition = context.model.object(object), access.canRead, !ids.isEmpty else { return [] }
        let reader = RecordReader(context: context)
        let shown = (definition.title + (definition.states.map { [$0.field] } ?? [])).filter {
            access.readable.contains($0)
        }
        let paths = shown.map { FieldPath([$0]) }
        let query = RecordQuery(
            object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
            fields: reader.loaded(paths, of: definition), limit: ids.count, ids: ids)
        let rows = try context.store.select(query)
        return try reader.views(rows, of: definition, paths: paths, withLines: false).map { view in
            let others = shown.dropFirst().compactMap { field -> String? in
                let value = view[field]
                if let id = value.record { return view.titles[id] }
                if case .choice(let list)? = definition.field(field)?.type, let code = value.text {
                    return context.model.lists[list]?.code(code)?.label[context.actor.language]
                }
                return TitleText.text(value)
            }
            return SearchHit(
                object: object, id: view.id, title: view.title,
                subtitle: others.filter { $0 != view.title }.joined(separator: " · "))
        }
    }
}
