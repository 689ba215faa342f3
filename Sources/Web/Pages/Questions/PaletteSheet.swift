import Definitions
import Kernel
import Values

/// What the palette and the search page show for some words: records, colleagues and what was looked at last, all as far
/// as the reader may see them.
struct PaletteSheet: Question {
    struct Found: Sendable {
        let object: String
        let id: RecordID
        let title: String
        let note: String
    }

    struct Answer: Sendable {
        let sight: ModelSight
        /// Looked at lately, the last one first.
        let recent: [Found]
        let records: [Found]
        /// Found by how their names sound; they are not among `records`.
        let people: [Found]
    }

    /// What a reader's browser remembers: the object and the record.
    struct Visit: Sendable {
        let object: String
        let id: RecordID
    }

    let text: String
    let limit: Int
    var visits: [Visit] = []
    /// Records of one object under the same name that are shown.
    var namesakesAtMost = Int.max

    /// Browsers remember more of them than are shown; each costs one small read.
    static let visitsAtMost = 8

    /// One search, one read for each visit, and one of the names of colleagues when the words could be heard.
    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let recent = try recent(sight, context)
        let people = try heard(sight, context)
        let records = try context.ask(SearchRecords(text: text, limit: limit)).filter { hit in
            !people.contains { $0.id == hit.id }
        }.map { Found(object: $0.object, id: $0.id, title: $0.title, note: $0.subtitle) }
        let known = Set(recent.map(\.id))
        var namesakes: [String: Int] = [:]
        return Answer(
            sight: sight, recent: recent,
            records: records.enumerated().sorted { left, right in
                let (one, other) = (rank(left.element, known, sight), rank(right.element, known, sight))
                return (one, left.offset) < (other, right.offset)
            }.map(\.element).filter { found in
                namesakes[found.object + " " + found.title, default: 0] += 1
                return namesakes[found.object + " " + found.title, default: 0] <= namesakesAtMost
            },
            people: people)
    }

    /// What one works on anyway is meant more often than its namesakes, and a rule of the house least of all.
    private func rank(_ found: Found, _ known: Set<RecordID>, _ sight: ModelSight) -> Int {
        if known.contains(found.id) { return 0 }
        return sight.model.object(found.object)?.isSetting == true ? 2 : 1
    }

    private func recent(_ sight: ModelSight, _ context: ReadContext) throws -> [Found] {
        let seen = visits.prefix(Self.visitsAtMost).filter { sight.canRead($0.object) }
        let names = try context.ask(
            NamesOf(wanted: Dictionary(grouping: seen, by: \.object).mapValues { $0.map(\.id) }))
        return seen.compactMap { visit in
            names[visit.id.description].map {
                Found(object: visit.object, id: visit.id, title: $0, note: "")
            }
        }
    }

    /// Colleagues by full pinyin or initials.
    private func heard(_ sight: ModelSight, _ context: ReadContext) throws -> [Found] {
        let words = SpokenName.typed(text)
        guard words.count >= 2, let user = sight.model.object("user"), !user.retired, sight.canRead("user") else {
            return []
        }
        let name = user.title.first ?? "name"
        guard sight.filterable("user").isSuperset(of: [name]) else { return [] }
        let active = sight.filterable("user").contains("active") ? ["active"] : []
        let rows = try context.ask(ListRecords(object: "user", columns: [name], filters: active, limit: 500)).rows
        return rows.filter { SpokenName($0.title).begins(with: words) }.prefix(5).map {
            Found(object: "user", id: $0.id, title: $0.title, note: "")
        }
    }
}
