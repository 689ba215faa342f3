import Access
import Definitions
import Expressions
import Store
import Synchronization
import Values

/// Where a link of the file is looked up.
struct LinkPlace: Sendable, Hashable {
    let object: String
    /// Field of the linked object; nil for any field that names it.
    let field: String?
    let filter: TypedExpression?
}

enum LinkAnswer: Sendable, Hashable {
    case one(RecordID)
    case several
    case none
}

/// What an import has found and made so far.
struct ImportMemory: Sendable {
    /// Place → what was looked for → answer.
    var links: [LinkPlace: [Value: LinkAnswer]] = [:]
    /// Marks and unique values of the records made, with the line they came from.
    var seen: [DuplicateMark: (line: Int, record: RecordID)] = [:]
    /// Records made by this batch, line papers only.
    var made: Set<RecordID> = []
    /// User → department and region, for owners.
    var owners: [RecordID: (department: RecordID?, region: RecordID?)] = [:]

    /// Forgets the records that were made, but not that their lines were seen.
    mutating func forgetRecords() {
        links = [:]
        made = []
    }
}

/// Finds the records that the rows of a chunk link to: a few statements for the whole chunk.
struct ImportLinks {
    let context: ReadContext
    /// Linked objects that a column of the file names: where that column is blank, nothing is linked.
    let named: Set<String>

    /// Looks up everything that is not known yet.
    func find(_ wanted: [LinkPlace: Set<Value>], in memory: inout ImportMemory) throws {
        for (place, values) in wanted {
            let unknown = values.filter { memory.links[place]?[$0] == nil }
            guard !unknown.isEmpty else { continue }
            let found = try look(place, unknown)
            for value in unknown {
                let ids = found[value] ?? []
                memory.links[place, default: [:]][value] =
                    ids.count == 1 ? ids.first.map { .one($0) } : ids.isEmpty ? LinkAnswer.none : .several
            }
        }
    }

    /// The place at which a wish is looked up, and by what; nil when the file says nothing of it.
    func place(of wish: LinkWish, field: FieldDefinition) -> (place: LinkPlace, value: Value)? {
        guard case .link(let object) = field.type, let target = context.model.object(object) else { return nil }
        if let name = wish.name {
            return (LinkPlace(object: object, field: nil, filter: field.linkFilter), .text(name))
        }
        var key = Self.identifying(target).first { wish.values[$0] != nil }
        if key == nil, !named.contains(object) { key = wish.values.keys.sorted().first }
        guard let key, let value = wish.values[key] else { return nil }
        return (LinkPlace(object: object, field: key, filter: field.linkFilter), value)
    }

    /// Fields by which a record is known, best first.
    static func identifying(_ object: ObjectDefinition) -> [String] {
        object.liveFields.filter(\.unique).map(\.id)
            + object.duplicates.filter { $0.keys.count == 1 }.flatMap { $0.keys.map(\.comparedField) } + object.title
    }

    private func look(_ place: LinkPlace, _ values: Set<Value>) throws -> [Value: Set<RecordID>] {
        guard let definition = context.model.object(place.object), !definition.retired else { return [:] }
        var found: [Value: Set<RecordID>] = [:]
        if let field = place.field {
            try look(definition, field, values, into: &found)
        } else {
            for field in Self.naming(definition) { try look(definition, field, values, into: &found) }
        }
        let seen = try visible(place, Set(found.values.joined()))
        return found.mapValues { $0.intersection(seen) }
    }

    /// Fields that name a record in a cell: unique ones, those of its title, names.
    static func naming(_ definition: ObjectDefinition) -> [String] {
        definition.liveFields.filter { field in
            guard case .text = field.type else { return false }
            return field.unique || definition.title.contains(field.id) || ["code", "name", "login"].contains(field.id)
                || field.id.hasPrefix("name_")
        }.map(\.id)
    }

    private func look(
        _ definition: ObjectDefinition, _ field: String, _ values: Set<Value>, into found: inout [Value: Set<RecordID>]
    ) throws {
        for (value, record) in try context.store.records(definition.id, where: field, among: values) {
            found[value, default: []].insert(record)
        }
        // A name that is a duplicate rule by itself is also found without its legal form and its capitals.
        let rest = values.filter { found[$0] == nil }
        guard !rest.isEmpty,
            definition.duplicates.contains(where: { $0.keys.count == 1 && $0.keys[0].comparedField == field })
        else { return }
        var marks: [DuplicateMark: [Value]] = [:]
        for value in rest {
            for mark in try context.store.marks(definition.id, values: [field: value]) {
                marks[mark, default: []].append(value)
            }
        }
        for (mark, records) in try context.store.records(holding: Set(marks.keys), of: definition.id) {
            for value in marks[mark] ?? [] { found[value, default: []].formUnion(records) }
        }
    }

    /// Those that the actor may see and the field accepts.
    private func visible(_ place: LinkPlace, _ ids: Set<RecordID>) throws -> Set<RecordID> {
        let access = context.access.grant(place.object)
        guard access.canRead, !ids.isEmpty else { return [] }
        let predicates = [place.filter, access.readPredicate].compactMap { $0 }
        if predicates.isEmpty { return ids }
        var out: Set<RecordID> = []
        for part in ids.sorted().chunks(of: 400) {
            let query = RecordQuery(
                object: place.object, predicates: predicates, context: context.evaluation, fields: [FieldPath(["id"])],
                limit: part.count, ids: part)
            out.formUnion(try context.store.select(query).map(\.id))
        }
        return out
    }
}

extension DuplicateRule.Key {
    var comparedField: String {
        switch self {
        case .exact(let field), .companyName(let field), .domain(let field): field
        }
    }
}
