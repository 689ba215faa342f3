import Access
import Definitions
import Expressions
import Store
import Values

/// What one actor may find the records of an object by.
///
/// The search documents hold every searched field. For somebody from whom one of them is hidden the index only gives
/// candidates, and the words must stand in what they may read: else a search would tell what a page hides.
struct SearchSight {
    /// Candidates looked at for somebody who does not see all that is searched.
    private static let candidates = 1000

    let context: ReadContext
    let definition: ObjectDefinition

    /// Whether something that is searched is hidden from the actor, be it the name of a linked record.
    var isPartial: Bool { definition.search.contains { !isOpen($0) } }

    /// The words, for who may see all that is searched; else the records that hold them in sight.
    func restricted(_ search: String?) throws -> (words: String?, ids: [RecordID]?) {
        guard let words = search?.trimmed, !words.isEmpty else { return (nil, nil) }
        guard isPartial else { return (words, nil) }
        let hits = try SearchIndex(context.connection).hits(words, in: [definition.id], limit: Self.candidates)
        return (nil, try records(among: hits.map(\.record), holding: words))
    }

    /// Those of the records that hold all words in the fields that the actor may read, same order.
    func records(among ids: [RecordID], holding words: String) throws -> [RecordID] {
        let fragments = SearchText.request(words).fragments
        let open = definition.search.filter(isOpen).map { FieldPath([$0]) }
        let access = context.access.grant(definition.id)
        guard !open.isEmpty, !fragments.isEmpty, access.canRead else { return [] }
        let reader = RecordReader(context: context)
        var found: Set<RecordID> = []
        for part in ids.chunks(of: 400) {
            let query = RecordQuery(
                object: definition.id, predicates: access.readPredicate.map { [$0] } ?? [],
                context: context.evaluation, fields: reader.loaded(open, of: definition), limit: part.count, ids: part)
            let rows = try context.store.select(query)
            for view in try reader.views(rows, of: definition, paths: open, withLines: false) {
                let shown = open.compactMap { view[$0.description].text } + view.titles.values
                let text = SearchText(shown.joined(separator: "\n")).folded
                if fragments.allSatisfy({ text.contains($0) }) { found.insert(view.id) }
            }
        }
        return ids.filter(found.contains)
    }

    private func isOpen(_ name: String) -> Bool {
        guard context.access.grant(definition.id).filterable.contains(name) else { return false }
        guard case .link(let target)? = definition.field(name)?.type, let linked = context.model.object(target) else {
            return true
        }
        let access = context.access.grant(target)
        return access.canRead && linked.title.prefix(2).allSatisfy(access.filterable.contains)
    }
}
