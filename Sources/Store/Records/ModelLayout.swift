import Definitions

/// Where the model's fields lie, for the expression compiler.
struct ModelLayout: TableLayout {
    let model: Model

    func table(of object: String) -> String? { model.object(object)?.table }

    func place(of field: String, in object: String) -> FieldPlace? {
        let id = String(field.split(separator: ".", maxSplits: 1).first ?? "")
        guard let definition = model.object(object)?.field(id) else { return nil }
        switch definition.type {
        case .links: return .links(table: RecordStore.linkTable(object, id), record: "record", target: "target")
        case .lines(let child): return .lines(object: child)
        default: return definition.storedColumns.first { $0.key == field }.map { .column($0.name) }
        }
    }
}
