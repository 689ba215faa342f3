import Access
import Definitions
import Expressions
import Store
import Values

/// What one actor may find the records of an object by.
///
/// The search documents hold every searched field and the names of linked records. For somebody who does not see all
/// of that on all rows the index only gives candidates, and the words must stand in what they may read of the record:
/// else a search would tell what a page hides.
struct SearchSight {
    /// Candidates, already in sight, whose texts are compared for somebody who does not see all that is searched.
    private static let candidates = 1000
    /// What the index finds, looked through for records that went into others.
    private static let merged = 200

    let context: ReadContext
    let definition: ObjectDefinition
    /// Fields whose text may be compared, each as far as its row shows it.
    private let usable: [FieldPath]
    /// Whether something that is searched is hidden from the actor on some row, be it the name of a linked record.
    let isPartial: Bool

    init(context: ReadContext, definition: ObjectDefinition) {
        self.context = context
        self.definition = definition
        let access = context.access.grant(definition.id)
        var names = definition.search
        for name in definition.title where !names.contains(name) { names.append(name) }
        usable = names.filter { access.readable.contains($0) }.map { FieldPath([$0]) }
        isPartial = names.contains { !Self.isOpen($0, of: definition, context) }
    }

    /// The words, for who may see all that is searched; else the records that hold them in sight.
    ///
    /// - Parameter predicates: what the list asks besides, with the rows in sight.
    func restricted(
        _ search: String?, _ predicates: [TypedExpression], deleted: RecordQuery.Life = .live
    ) throws -> (words: String?, ids: [RecordID]?) {
        guard let words = search?.trimmed, !words.isEmpty else { return (nil, nil) }
        let survivors = deleted == .live ? try self.survivors(words) : []
        guard isPartial else {
            return survivors.isEmpty ? (words, nil) : try together(words, survivors, predicates)
        }
        let query = RecordQuery(
            object: definition.id, predicates: predicates, context: context.evaluation,
            fields: RecordReader(context: context).loaded(usable, of: definition), limit: Self.candidates,
            deleted: deleted, search: words)
        return (nil, (try holding(words, try context.store.select(query)) + survivors).uniqued())
    }

    /// The records that hold the words, and those into which such ones went; only the first where there are too many.
    private func together(
        _ words: String, _ survivors: [RecordID], _ predicates: [TypedExpression]
    ) throws -> (words: String?, ids: [RecordID]?) {
        let query = RecordQuery(
            object: definition.id, predicates: predicates, context: context.evaluation, fields: [FieldPath(["id"])],
            limit: Self.candidates + 1, search: words)
        let found = try context.store.select(query).map(\.id)
        return found.count > Self.candidates ? (words, nil) : (nil, (found + survivors).uniqued())
    }

    /// Where records that hold the words are now, that went into others. Two statements, none where nothing merges.
    private func survivors(_ words: String) throws -> [RecordID] {
        guard definition.isMergeable else { return [] }
        let found = try SearchIndex(context.connection).hits(words, in: [definition.id], limit: Self.merged)
        let ways = try Merges(context.connection).destinations(of: found.map(\.record))
        guard !ways.isEmpty else { return [] }
        let gone = ways.keys.sorted()
        let told = isPartial ? try records(among: gone, holding: words, deleted: .deleted) : gone
        return told.compactMap { ways[$0] }.uniqued()
    }

    /// Those of the records that are in sight and hold all words in what the actor may read, same order.
    func records(
        among ids: [RecordID], holding words: String, deleted: RecordQuery.Life = .live
    ) throws -> [RecordID] {
        let access = context.access.grant(definition.id)
        guard access.canRead else { return [] }
        var found: Set<RecordID> = []
        for part in ids.chunks(of: 400) {
            let query = RecordQuery(
                object: definition.id, predicates: access.readPredicate.map { [$0] } ?? [],
                context: context.evaluation, fields: RecordReader(context: context).loaded(usable, of: definition),
                limit: part.count, deleted: deleted, ids: part)
            found.formUnion(try holding(words, try context.store.select(query)))
        }
        return ids.filter(found.contains)
    }

    private func holding(_ words: String, _ rows: [RecordRow]) throws -> [RecordID] {
        let fragments = SearchText.request(words).fragments
        guard !usable.isEmpty, !fragments.isEmpty, !rows.isEmpty else { return [] }
        let reader = RecordReader(context: context)
        return try reader.views(rows, of: definition, paths: usable, withLines: false).filter { view in
            let shown = usable.compactMap { path -> String? in
                let value = view[path.description]
                if case .list = value { return value.codes.joined(separator: " ") }
                return value.record.map { view.titles[$0] ?? "" } ?? TitleText.text(value)
            }
            let text = SearchText((shown + Spellings.of(shown)).joined(separator: "\n")).folded
            return fragments.allSatisfy { text.contains($0) }
        }.map(\.id)
    }

    /// Whether what the search documents hold of the field is in sight on every row that is.
    private static func isOpen(_ name: String, of definition: ObjectDefinition, _ context: ReadContext) -> Bool {
        guard context.access.grant(definition.id).filterable.contains(name) else { return false }
        guard case .link(let target)? = definition.field(name)?.type, let linked = context.model.object(target) else {
            return true
        }
        let access = context.access.grant(target)
        return access.canRead && access.readPredicate == nil
            && linked.title.prefix(2).allSatisfy(access.filterable.contains)
    }
}
