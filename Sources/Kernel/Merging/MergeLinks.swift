import Definitions
import Store
import Values

/// Records that point to one that goes, by one of their fields.
struct MergedLink {
    let object: ObjectDefinition
    let field: FieldDefinition
    /// To which of the records that go.
    let target: RecordID
    let rows: [RecordStore.Referrer]
}

/// Finds what points to records.
struct MergeLinks {
    /// The most records that are looked for by one field.
    static let most = 20_000

    let store: RecordStore
    let model: Model

    /// Every field of the house that may point to an object, retired ones too: what is brought back must lead somewhere.
    func places(to object: String) -> [(object: ObjectDefinition, field: FieldDefinition)] {
        model.objects.flatMap { definition in
            definition.fields.compactMap { field in
                guard !field.isSystem else { return nil }
                switch field.type {
                case .link(let target), .links(let target): return target == object ? (definition, field) : nil
                case .anyLink(let targets): return targets.contains(object) ? (definition, field) : nil
                default: return nil
                }
            }
        }
    }

    /// One statement for each such field and target.
    func all(to targets: [RecordID], of object: String) throws -> [MergedLink] {
        var out: [MergedLink] = []
        for (definition, field) in places(to: object) {
            for target in targets {
                let rows = try store.referrers(definition.id, field, to: target, of: object, limit: Self.most + 1)
                if !rows.isEmpty {
                    out.append(MergedLink(object: definition, field: field, target: target, rows: rows))
                }
            }
        }
        return out
    }

    /// Whether anything points to one of the lines.
    func pointers(toLines lines: [RecordID], of object: String) throws -> ObjectDefinition? {
        for (definition, field) in places(to: object) {
            for line in lines
            where try !store.referrers(definition.id, field, to: line, of: object, limit: 1).isEmpty {
                return definition
            }
        }
        return nil
    }
}
