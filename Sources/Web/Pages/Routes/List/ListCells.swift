import Definitions
import Kernel

/// The columns of a list: how each is drawn, sorted and edited.
enum ListCells {
    /// Without orders; `ListComposition` adds those.
    static func columns(_ paths: [String], of definition: ObjectDefinition, _ eyes: Presentation) -> [DataTable.Column]
    {
        paths.enumerated().map { position, path in
            let field = eyes.field(path, of: definition.id)
            var column = DataTable.Column(
                id: path, label: eyes.label(path, of: definition.id),
                isNumber: field.map { eyes.isNumber($0.type) } ?? false)
            column.isSecondary = position > 5 || path == "updated_at" || path == "created_at"
            if let field {
                column.kind = kind(field.type)
                column.isEditable = !path.contains(".") && isEditable(field, of: definition, eyes.sight)
            }
            return column
        }
    }

    /// Whether the reader may change the field on some record of the object; each record has its own say.
    static func isEditable(_ field: FieldDefinition, of definition: ObjectDefinition, _ sight: ModelSight) -> Bool {
        if field.id == "owner" { return sight.may("assign", definition.id) }
        guard !field.isSystem, !field.readOnly, !field.retired, field.formula == nil, field.rollup == nil,
            definition.states?.field != field.id
        else { return false }
        switch field.type {
        case .lines, .files, .json: return false
        default: return sight.updatable(definition.id).contains(field.id)
        }
    }

    /// How a script edits and adds up a column.
    static func kind(_ type: FieldType) -> DataTable.Column.Kind? {
        switch type {
        case .text: .text
        case .longText: .long
        case .integer, .decimal, .percent: .number
        case .money: .money
        case .bool: .bool
        case .day: .day
        case .instant: .instant
        case .choice: .choice
        case .choices, .links: .many
        case .link, .anyLink: .link
        case .lines, .files, .json: nil
        }
    }
}
