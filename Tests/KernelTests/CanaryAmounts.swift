import Definitions
import Kernel
import Values

/// The amounts that stand nowhere but in sensitive fields, by sensitivity.
struct CanaryAmounts {
    private(set) var amounts: [String: Set<String>] = [:]

    init(_ world: CanaryWorld) async throws {
        let kernel = world.house.kernel
        let model = try await kernel.answer(CurrentModel(), as: .nobody)
        var open = AnswerBytes()
        for (key, id) in world.records {
            let name = String(key.prefix { $0 != ":" })
            guard let object = model.object(name == "supplier" ? "company" : name) else { continue }
            let view = try await kernel.answer(ShowRecord(object: object.id, id: id), as: .system("test"))
            collect(view, object, &open)
            for (field, lines) in view.lines {
                guard case .lines(let child)? = object.field(field)?.type, let line = model.object(child) else {
                    continue
                }
                for row in lines { collect(row, line, &open) }
            }
        }
        for (sensitivity, words) in amounts {
            amounts[sensitivity] = words.filter { word in
                open.surfaces(telling: word).isEmpty
                    && !amounts.contains { $0.key != sensitivity && $0.value.contains(word) }
            }
        }
    }

    private mutating func collect(_ view: RecordView, _ object: ObjectDefinition, _ open: inout AnswerBytes) {
        for (path, value) in view.values {
            let field = object.field(String(path.prefix { $0 != "." }))
            let text: String
            switch value {
            case .decimal(let number): text = number.shortest
            case .text(let word): text = word
            default: continue
            }
            guard let sensitivity = field?.sensitivity else {
                open.add(path, text: text)
                continue
            }
            // Short numbers stand everywhere by chance.
            if text.filter(\.isNumber).count >= 6 || text.hasPrefix("zq") || text.hasPrefix("ZQ") {
                amounts[sensitivity, default: []].insert(text)
            }
        }
    }
}
