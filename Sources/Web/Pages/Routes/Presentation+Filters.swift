import Definitions
import Kernel

extension Presentation {
    /// The fields that the builder of conditions offers.
    ///
    /// - Parameter first: the fields to offer before the others.
    func filterable(_ definition: ObjectDefinition, first columns: [String]) -> [ListPage.Filterable] {
        let usable = definition.liveFields.filter {
            !["id", "version", "deleted_at"].contains($0.id) && isUsable($0.id, of: definition.id)
        }
        let first = usable.filter { columns.contains($0.id) }
        let rest = usable.filter { !columns.contains($0.id) }
        return (first + rest).compactMap { field in
            var kind: ListPage.Filterable.Kind
            var choices: [FieldControl.Choice] = []
            switch field.type {
            case .text, .longText: kind = .text
            case .integer, .decimal, .percent, .money: kind = .number
            case .day, .instant: kind = .day
            case .bool: kind = .bool
            case .choice(let list), .choices(let list):
                kind = .choice
                guard let codes = model.lists[list]?.codes else { return nil }
                if codes.count > 300 { kind = .text }
                choices =
                    codes.count > 300
                    ? [] : codes.filter { !$0.retired }.map { FieldControl.Choice($0.code, say($0.label)) }
            case .link(let target):
                guard titleField(of: target) != nil else { return nil }
                kind = target == "user" ? .person : .link
            default: return nil
            }
            return ListPage.Filterable(id: field.id, label: say(field.label), kind: kind, choices: choices)
        }
    }
}
