import Definitions
import Kernel
import Values

/// Which fields of lines stand in a table: those that hold something, the telling ones first.
enum LineColumns {
    static func shown(_ child: ObjectDefinition, _ rows: [RecordView], _ eyes: Presentation) -> [FieldDefinition] {
        let readable = child.liveFields.filter { field in
            guard !field.isSystem, eyes.isReadable(field.id, of: child.id) else { return false }
            switch field.type {
            case .lines, .files, .json, .longText: return false
            default: return true
            }
        }
        let wanted = ["sku", "description", "product", "name", "kind", "qty", "unit", "price", "amount"]
        let first = wanted.compactMap { id in readable.first { $0.id == id } }.filter { field in
            field.id != "product" || !readable.contains { $0.id == "sku" }
        }
        let full = readable.filter { field in
            !wanted.contains(field.id) && rows.contains { !$0[field.id].isNull }
        }
        let limit = first.count >= 6 ? 1 : 7
        let margin = full.filter { $0.id == "margin_pct" }
        return first + (margin + full.filter { field in !margin.contains { $0.id == field.id } }).prefix(limit)
    }
}
