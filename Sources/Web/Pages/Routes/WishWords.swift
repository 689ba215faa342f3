import Definitions
import Kernel
import Values

/// What a change names, in the words of the record's own fields: `数量（第 1 行）: 480`.
struct WishWords {
    let eyes: Presentation
    let desk: ChangeDefinition

    func lines(_ text: String) -> String {
        // Shown as stored when it is nothing that a change could name.
        guard case .object(let parts)? = try? JSONText.read(Array(text.utf8)) else { return text }
        let known = desk.fields.filter { parts[$0] != nil }
        let others = parts.keys.filter { !known.contains($0) }.sorted()
        return (known + others).flatMap { line($0, parts[$0] ?? .null) }.joined(separator: "\n")
    }

    private func line(_ name: String, _ input: Input) -> [String] {
        guard let field = eyes.model.object(desk.object)?.field(name) else { return [name + ": " + words(input, nil)] }
        guard case .lines(let child) = field.type, let object = eyes.model.object(child), case .list(let items) = input
        else { return [eyes.say(field.label) + ": " + words(input, field)] }
        return items.flatMap { item -> [String] in
            guard case .object(let parts) = item else { return [] }
            let place = parts["line"].map { words($0, nil) } ?? ""
            return parts.keys.sorted().filter { $0 != "line" && $0 != "id" }.map { id in
                let label = object.field(id).map { eyes.say($0.label) } ?? id
                let of = place.isEmpty ? "" : eyes.say(Label(zh: "（第 \(place) 行）", en: " (line \(place))"))
                return label + of + ": " + words(parts[id] ?? .null, object.field(id))
            }
        }
    }

    private func words(_ input: Input, _ field: FieldDefinition?) -> String {
        switch input {
        case .text(let text):
            if case .choice(let list)? = field?.type { return label(text, list) }
            if case .choices(let list)? = field?.type { return label(text, list) }
            return text
        case .number(let digits): return ExactDecimal(digits)?.shortest ?? digits
        case .bool(let flag): return eyes.say(flag ? Words.yes : Words.no)
        case .list(let items):
            return items.map { words($0, field) }.joined(separator: eyes.language == .zh ? "、" : ", ")
        case .null: return "–"
        default: return JSONText.write(input)
        }
    }

    private func label(_ code: String, _ list: String) -> String {
        eyes.model.lists[list]?.code(code).map { eyes.say($0.label) } ?? code
    }
}
