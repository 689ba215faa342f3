import Access
package import Definitions
import Expressions
import Store
import Synchronization
import Values

/// Where a link of the file is looked up.
struct LinkPlace: Sendable, Hashable {
    let object: String
    /// Field of the linked object; nil for any field that names it.
    let field: String?
    /// The link field whose condition narrows the choice; nil when it has none.
    let origin: String?
    let filter: TypedExpression?

    init(object: String, field: String?, link: FieldDefinition, of holder: String) {
        self.object = object
        self.field = field
        origin = link.linkFilter == nil ? nil : holder + "." + link.id
        filter = link.linkFilter
    }

    // The condition is that of its origin; comparing the expressions themselves for every cell would be dear.
    static func == (one: LinkPlace, other: LinkPlace) -> Bool {
        one.object == other.object && one.field == other.field && one.origin == other.origin
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(object)
        hasher.combine(field)
        hasher.combine(origin)
    }
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
    let plan: ImportPlan

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
    func place(
        of wish: LinkWish, field: FieldDefinition, of holder: String
    ) -> (place: LinkPlace, value: Value)? {
        guard case .link(let object) = field.type else { return nil }
        if let name = wish.name {
            return (LinkPlace(object: object, field: nil, link: field, of: holder), .text(name))
        }
        var key = plan.identifying[object]?.first { wish.values[$0] != nil }
        // Where a column of the file names the records and is blank, nothing is linked.
        if key == nil, !plan.namedObjects.contains(object) { key = wish.values.keys.sorted().first }
        guard let key, let value = wish.values[key] else { return nil }
        return (LinkPlace(object: object, field: key, link: field, of: holder), value)
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
    /// The field it is made of.
    package var comparedField: String {
        switch self {
        case .exact(let field), .companyName(let field), .domain(let field): field
        }
    }
}
