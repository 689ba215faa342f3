import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Records of which somebody says that they are not the same: they are not taken for it any more, until what was compared
/// changes.
struct MergePairs {
    /// In larger groups nobody says so of each pair.
    static let most = 60

    struct Pair: Hashable {
        let first: RecordID
        let second: RecordID

        init(_ one: RecordID, _ other: RecordID) {
            first = min(one, other)
            second = max(one, other)
        }
    }

    let context: ReadContext
    let object: String

    private var store: NotSame { NotSame(context.connection) }

    private var compared: [String] {
        Set((context.model.object(object)?.duplicates ?? []).flatMap { $0.keys.map(\.comparedField) }).sorted()
    }

    // MARK: Saying so

    func setApart(_ one: RecordID, from others: [RecordID], by writer: RecordWriter) throws -> Outcome {
        guard (1...Self.most).contains(others.count), !others.contains(one) else { throw Rejection.notMergeable }
        try mayChange([one] + others, writer)
        let texts = try texts(of: [one] + others)
        for other in others {
            let pair = Pair(one, other)
            try store.put(
                NotSamePair(
                    object: object, one, other, print: Self.print(pair, texts), at: context.now, by: writer.by))
        }
        return Outcome()
    }

    func putTogether(_ one: RecordID, _ other: RecordID, by writer: RecordWriter) throws -> Outcome {
        try mayChange([one, other], writer)
        guard try store.remove(one, other) else { throw Rejection.noSuchRecord }
        return Outcome()
    }

    private func mayChange(_ ids: [RecordID], _ writer: RecordWriter) throws {
        let definition = try context.object(object)
        guard definition.isMergeable else { throw Rejection.notMergeable }
        for id in ids {
            guard try writer.load(definition, id).1.actions.contains("update") else { throw Rejection.notAllowed }
        }
    }

    // MARK: Reading

    /// The pairs among these records of which it still holds. Two statements, more for many records.
    func apart(among ids: [RecordID]) throws -> Set<Pair> {
        Set(try valid(store.list(among: ids)).map { Pair($0.first, $0.second) })
    }

    func kept(limit: Int) throws -> [NotSamePair] { try valid(store.list(of: object, limit: limit)) }

    private func valid(_ pairs: [NotSamePair]) throws -> [NotSamePair] {
        let own = pairs.filter { $0.object == object }
        guard !own.isEmpty else { return [] }
        let texts = try texts(of: own.flatMap { [$0.first, $0.second] })
        return own.filter { $0.print == Self.print(Pair($0.first, $0.second), texts) }
    }

    /// What is compared of each, as the house reads it: who may see less of it than another says the same.
    private func texts(of ids: [RecordID]) throws -> [RecordID: String] {
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("compared"), now: context.now)
        let fields = compared
        return try context.connection.beyondSight {
            var out: [RecordID: String] = [:]
            for part in ids.uniqued().chunks(of: 400) {
                let query = RecordQuery(
                    object: object, context: house.evaluation, fields: fields.map { FieldPath([$0]) },
                    limit: part.count, ids: part)
                for row in try house.store.select(query) {
                    out[row.id] = ValuesText.text(row.values.filter { fields.contains($0.key) })
                }
            }
            return out
        }
    }

    private static func print(_ pair: Pair, _ texts: [RecordID: String]) -> String {
        let text = (texts[pair.first] ?? "") + "\n" + (texts[pair.second] ?? "")
        return Secrets.hex(Secrets.digest(Array(text.utf8)))
    }

    /// What is left of a group: those that hang together by pairs that nobody set apart.
    func groups(of ids: [RecordID], without apart: Set<Pair>) -> [[RecordID]] {
        guard !apart.isEmpty, ids.count <= Self.most else { return [ids] }
        var left = ids
        var out: [[RecordID]] = []
        while let first = left.first {
            var group = [first]
            left.removeFirst()
            var next = 0
            while next < group.count {
                let here = group[next]
                group += left.filter { !apart.contains(Pair(here, $0)) }
                left.removeAll { group.contains($0) }
                next += 1
            }
            out.append(group)
        }
        return out.filter { $0.count > 1 }
    }
}
