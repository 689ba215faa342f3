import Definitions

/// The fields of an object's short form: what a record can't do without, then what tells it from others and how somebody
/// is reached, then the first ones of the form. Worked out from the definitions alone.
struct QuickFields {
    let definition: ObjectDefinition
    /// Fields that may be set on a new record.
    let settable: Set<String>

    /// More than these stand in a short form only when the record can't do without them.
    static let usual = 6
    private static let atMost = 10

    /// In the order of the form. Nil when the object is made on a page of its own: papers, what needs lines or files, and
    /// what needs more than a short form holds.
    var fields: [FieldDefinition]? {
        guard definition.parent == nil, !definition.retired, definition.print == nil, definition.change == nil
        else { return nil }
        let needed = settableFields.filter { $0.required && $0.defaultValue == nil && $0.series == nil }
        guard needed.allSatisfy(hasControl), needed.count <= Self.atMost else { return nil }
        var chosen = Set(needed.map(\.id))
        for field in telling + inOrder where chosen.count < Self.usual {
            if hasControl(field), field.series == nil, !isLong(field) { chosen.insert(field.id) }
        }
        let out = inOrder.filter { chosen.contains($0.id) }
        return out.isEmpty ? nil : out
    }

    private var settableFields: [FieldDefinition] {
        definition.liveFields.filter {
            settable.contains($0.id) && !$0.isSystem && !$0.readOnly && $0.formula == nil && $0.rollup == nil
        }
    }

    /// What names a record, what duplicates are found by, and how somebody is reached.
    private var telling: [FieldDefinition] {
        let keys = definition.duplicates.flatMap(\.keys).map { key in
            switch key {
            case .exact(let field), .companyName(let field), .domain(let field): field
            }
        }
        let named = definition.title.prefix(1) + keys
        let reached = settableFields.filter { field in
            if case .text(_, let format) = field.type { format != .plain } else { false }
        }
        // A name that the house works out by itself is not asked for.
        return named.compactMap { id in settableFields.first { $0.id == id && $0.defaultValue == nil } } + reached
    }

    /// As the form has them: by its sections, then the rest.
    private var inOrder: [FieldDefinition] {
        let named = definition.sections.flatMap(\.fields)
        let first = named.compactMap { id in settableFields.first { $0.id == id } }
        return first + settableFields.filter { !named.contains($0.id) }
    }

    private func hasControl(_ field: FieldDefinition) -> Bool {
        switch field.type {
        case .lines, .files, .json: false
        default: true
        }
    }

    private func isLong(_ field: FieldDefinition) -> Bool {
        switch field.type {
        case .longText, .links, .choices: true
        default: false
        }
    }
}
