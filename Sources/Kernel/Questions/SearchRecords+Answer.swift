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
        var best: [SearchHit] = []
        // Most searches are answered from the first candidates; who sees little needs more of them.
        for candidates in [max(limit * 5, 50), Self.manyCandidates] {
            let (found, isAll) = try self.best(words, allowed, limit, candidates, context)
            best = found
            if best.count >= limit || isAll { return best }
        }
        return best + (try further(words, allowed, limit - best.count, Set(best.map(\.id)), context))
    }

    /// Candidates of the second look.
    private static let manyCandidates = 1000

    /// What is in sight of so many candidates, at most `limit`, and whether these were all there are.
    private func best(
        _ words: String, _ allowed: [String], _ limit: Int, _ candidates: Int, _ context: ReadContext
    ) throws -> (hits: [SearchHit], isAll: Bool) {
        let index = SearchIndex(context.connection)
        let found = try index.hits(words, in: allowed, limit: candidates)
        let share = max(3, limit / 6)
        let isAll = found.count < candidates
        let leading =
            objects.isEmpty ? try leading(words, found, isAll: isAll, allowed, share: share, index, context) : []
        var seen: [RecordID: SearchHit] = [:]
        for (object, hits) in Dictionary(grouping: leading + found, by: \.object) {
            guard let definition = context.model.object(object) else { continue }
            let told = SearchSight(context: context, definition: definition)
            let ids = Array(Set(hits.map(\.record)))
            let known = told.isPartial ? try told.records(among: ids, holding: words) : ids
            for part in known.chunks(of: 400) { for hit in try visible(object, part, context) { seen[hit.id] = hit } }
            let lost = ids.filter { seen[$0] == nil }
            for (id, hit) in try MergedHits(search: self, words: words, sight: told).hits(lost, context) {
                seen[id] = hit
            }
        }
        var shown: [String: Int] = [:]
        var best: [SearchHit] = []
        for hit in leading where shown[hit.object, default: 0] < share {
            guard let view = seen.removeValue(forKey: hit.record) else { continue }
            shown[hit.object, default: 0] += 1
            best.append(view)
        }
        for hit in found { if let view = seen.removeValue(forKey: hit.record) { best.append(view) } }
        // A record stands once, however many went into it.
        var known: Set<RecordID> = []
        return (Array(best.filter { known.insert($0.id).inserted }.prefix(limit)), isAll)
    }

    /// When many records hold the words and most of the first ones are out of sight: object after object, with the
    /// rights in the query, until there are enough. A few statements for each object.
    private func further(
        _ words: String, _ objects: [String], _ count: Int, _ known: Set<RecordID>, _ context: ReadContext
    ) throws -> [SearchHit] {
        var out: [SearchHit] = []
        for object in objects where out.count < count {
            guard let definition = context.model.object(object) else { continue }
            let rows = context.access.grant(object).readPredicate.map { [$0] } ?? []
            let found = try SearchSight(context: context, definition: definition).restricted(words, rows)
            let query = RecordQuery(
                object: object, predicates: rows, context: context.evaluation, fields: [FieldPath(["id"])],
                limit: count + known.count, search: found.words, ids: found.ids)
            let ids = try context.store.select(query).map(\.id).filter { !known.contains($0) }
            out += try visible(object, Array(ids.prefix(count - out.count)), context)
        }
        return out
    }

    /// How many lists of the menu get a place of their own among what is found.
    private static let leadingLists = 8

    /// What is named by the words, then a few of each of the first lists of the menu: a customer or a product must not
    /// drown in notes that hold the same letters. Up to three statements a list that has too few among `found`; none
    /// when these are all there are.
    private func leading(
        _ words: String, _ found: [Store.SearchHit], isAll: Bool, _ allowed: [String], share: Int,
        _ index: SearchIndex, _ context: ReadContext
    ) throws -> [Store.SearchHit] {
        let wanted = words.lowercased()
        let named = found.prefix { $0.title.lowercased().hasPrefix(wanted) }
        let lists = context.model.menu.map(\.object).filter(allowed.contains).prefix(Self.leadingLists)
        let known = Dictionary(grouping: found, by: \.object)
        return try named
            + lists.flatMap { list in
                let here = Array((known[list] ?? []).prefix(share * 4))
                return try isAll || here.count >= share ? here : index.hits(words, in: [list], limit: share * 4)
            }
    }

    func visible(_ object: String, _ ids: [RecordID], _ context: ReadContext) throws -> [SearchHit] {
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
