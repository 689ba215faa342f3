import Access
import Definitions
import Expressions
import Store
import Values

/// Found by the words of records that went into others: those others, for who may see both.
struct MergedHits {
    let search: SearchRecords
    let words: String
    let sight: SearchSight

    /// - Returns: record that was found → what is shown for it. A statement or two when none of them was merged.
    func hits(_ ids: [RecordID], _ context: ReadContext) throws -> [RecordID: SearchHit] {
        guard !ids.isEmpty, sight.definition.isMergeable else { return [:] }
        let ways = try Merges(context.connection).destinations(of: ids)
        guard !ways.isEmpty else { return [:] }
        let object = sight.definition.id
        let gone = try titles(Array(ways.keys), context)
        let told =
            sight.isPartial
            ? Set(try sight.records(among: gone.keys.sorted(), holding: words, deleted: .deleted)) : Set(gone.keys)
        let targets = Set(ways.filter { told.contains($0.key) }.values).sorted()
        let shown = Dictionary(
            try search.visible(object, targets, context).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var out: [RecordID: SearchHit] = [:]
        for id in told.sorted() {
            guard let hit = ways[id].flatMap({ shown[$0] }) else { continue }
            let name = gone[id] ?? ""
            let note = Label(zh: "“\(name)”已并入", en: "“\(name)” went into it")[context.actor.language]
            out[id] = SearchHit(
                object: object, id: hit.id, title: hit.title,
                subtitle: [note, hit.subtitle].filter { !$0.isEmpty }.joined(separator: " · "))
        }
        return out
    }

    /// The names of those in sight.
    private func titles(_ ids: [RecordID], _ context: ReadContext) throws -> [RecordID: String] {
        let object = sight.definition.id
        return try EventReader(context: context).titles([object: Set(ids.prefix(400))])
    }
}
