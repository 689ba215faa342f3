import Access
package import Definitions
import Expressions

/// What a field is computed from, and what is computed from it: by formulas over the record, its links and lines, and by
/// figures that records keep of others. Only fields that the asker may read, reached over such fields alone. Reads no
/// record.
package struct FieldLineageOf: Question {
    package let object: String
    package let field: String

    package init(object: String, field: String) {
        self.object = object
        self.field = field
    }

    package func answer(in context: ReadContext) throws -> FieldLineage {
        FieldLineage(of: FieldLineage.Place(object: object, field: field), in: context.model) { place in
            let grant = context.access.grant(place.object)
            return grant.canRead && grant.readable.contains(place.field)
        }
    }
}

/// The fields before and behind a field in the order of their distance.
package struct FieldLineage: Sendable, Hashable {
    package struct Place: Sendable, Hashable {
        package let object: String
        package let field: String
    }

    package struct Item: Sendable, Hashable {
        package let place: Place
        /// 1 for what stands in the computation itself, 2 for what that is computed from, ….
        package let distance: Int
    }

    package let from: [Item]
    package let into: [Item]
    /// Whether the asker may read all that the field itself is computed from, so that the computation may be shown.
    package let isOpen: Bool

    /// Fields in each direction, and steps.
    private static let (most, farthest) = (60, 5)

    init(of place: Place, in model: Model, isReadable: (Place) -> Bool) {
        let sources = Self.sources(in: model)
        var targets: [Place: [Place]] = [:]
        for (target, places) in sources.sorted(by: { Self.isBefore($0.key, $1.key) }) {
            for source in places { targets[source, default: []].append(target) }
        }
        from = Self.walk(place, isReadable) { sources[$0] ?? [] }
        into = Self.walk(place, isReadable) { targets[$0] ?? [] }
        isOpen = (sources[place] ?? []).allSatisfy(isReadable)
    }

    private static func isBefore(_ left: Place, _ right: Place) -> Bool {
        (left.object, left.field) < (right.object, right.field)
    }

    private static func walk(_ start: Place, _ isReadable: (Place) -> Bool, next: (Place) -> [Place]) -> [Item] {
        var seen: Set<Place> = [start]
        var out: [Item] = []
        var edge = [start]
        for distance in 1...farthest {
            var beyond: [Place] = []
            for place in edge.flatMap(next) where isReadable(place) && seen.insert(place).inserted {
                guard out.count < most else { return out }
                out.append(Item(place: place, distance: distance))
                beyond.append(place)
            }
            edge = beyond
        }
        return out
    }

    /// Computed field → the fields that its computation names, in the order of their names.
    private static func sources(in model: Model) -> [Place: [Place]] {
        var out: [Place: [Place]] = [:]
        for object in model.liveObjects {
            for field in object.liveFields {
                let found = sources(of: field, of: object, in: model)
                if !found.isEmpty { out[Place(object: object.id, field: field.id)] = found.sorted(by: isBefore) }
            }
        }
        return out
    }

    /// The fields that the computation of a field names, without the field itself.
    static func sources(of field: FieldDefinition, of object: ObjectDefinition, in model: Model) -> Set<Place> {
        var found: Set<Place> = []
        if let formula = field.formula {
            for path in formula.fieldPaths { found.formUnion(place(path, of: object, model).map { [$0] } ?? []) }
        }
        if let rollup = field.rollup, let other = model.object(rollup.object) {
            let paths = (rollup.of?.fieldPaths ?? []).union(rollup.filter?.fieldPaths ?? [])
            for path in paths { found.formUnion(place(path, of: other, model).map { [$0] } ?? []) }
            found.insert(Place(object: other.id, field: rollup.via))
        }
        found.remove(Place(object: object.id, field: field.id))
        return found
    }

    /// The field that a path ends at; the part of an amount is the amount.
    private static func place(_ path: FieldPath, of object: ObjectDefinition, _ model: Model) -> Place? {
        var holder = object
        var found: Place?
        for step in path.steps {
            guard let field = holder.field(step) else { break }
            found = Place(object: holder.id, field: step)
            switch field.type {
            case .link(let target), .lines(let target):
                guard let next = model.object(target) else { return found }
                holder = next
            default: return found
            }
        }
        return found
    }
}

extension ModelSight {
    /// Whether the actor may read all that the field is computed from, so that its computation may be shown.
    package func isOpen(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool {
        FieldLineage.sources(of: field, of: object, in: model).allSatisfy { place in
            canRead(place.object) && readable(place.object).contains(place.field)
        }
    }
}
