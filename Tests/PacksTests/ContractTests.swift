import Definitions
import Testing
import Values

@Suite("The shipped packs")
struct ContractTests {
    @Test("Base and trade build without a finding")
    func buildClean() {
        #expect(
            ShippedPacks.result.diagnostics.map { "\($0.location.file):\($0.location.line) \($0.message.en)" } == [])
        #expect(ShippedPacks.result.model != nil)
    }

    @Test("Every object and field that scripts rely on is there")
    func outsideContract() throws {
        let model = try #require(ShippedPacks.result.model)
        var missing: [String] = []
        var count = 0
        for line in try ShippedPacks.text("contract.txt").split(separator: "\n") {
            let parts = line.split(separator: ":")
            let object = model.object(String(parts[0]))
            for field in parts[1].split(separator: " ") {
                count += 1
                if object?.field(String(field))?.retired != false { missing.append("\(parts[0]).\(field)") }
            }
        }
        #expect(missing == [])
        #expect(count == 592)
    }

    @Test("Names in both languages carry no exclamation mark and no form of address")
    func wording() throws {
        let model = try #require(ShippedPacks.result.model)
        var labels: [Label] = []
        for object in model.objects {
            labels += [object.label, object.plural]
            labels += object.liveFields.flatMap { [$0.label, $0.help].compactMap { $0 } }
            labels += object.actions.flatMap { [$0.label, $0.refusal].compactMap { $0 } }
            labels += object.checks.map(\.message) + object.views.map(\.label) + object.sections.map(\.label)
        }
        let bad = labels.filter { label in
            ["!", "！", "您", "亲"].contains { label.zh.contains($0) || label.en.contains($0) }
        }
        #expect(bad == [])
        #expect(labels.allSatisfy { !$0.zh.isEmpty && !$0.en.isEmpty })
    }

    @Test("Every field that people fill stands in the form")
    func forms() throws {
        let model = try #require(ShippedPacks.result.model)
        for object in model.liveObjects where object.parent == nil {
            let placed = Set(object.sections.flatMap(\.fields))
            let left = object.liveFields.filter { !$0.isSystem && !placed.contains($0.id) }.map(\.id)
            #expect(left == [], "\(object.id)")
        }
    }

    @Test("Every object has a view to begin with and a way to be found or is a plain setting")
    func views() throws {
        let model = try #require(ShippedPacks.result.model)
        for object in model.liveObjects where object.parent == nil {
            #expect(!object.views.isEmpty, "\(object.id)")
            #expect(!object.search.isEmpty || object.isSetting || object.id == "fx_rate", "\(object.id)")
        }
    }

    @Test("Default records hold codes, numbers and keys that exist")
    func records() throws {
        let model = try #require(ShippedPacks.result.model)
        let files = ShippedPacks.packs.flatMap(\.records)
        let keys = Dictionary(files.map { ($0.object, Set($0.rows.map(\.key))) }, uniquingKeysWith: { $0.union($1) })
        var wrong: [String] = []
        for file in files {
            let object = try #require(model.object(file.object))
            for row in file.rows {
                for (id, text) in row.values {
                    let field = try #require(object.field(id))
                    if !fits(text, field.type, model, keys) { wrong.append("\(file.object) \(row.key) \(id): \(text)") }
                }
                for field in object.liveFields where field.required && field.defaultValue == nil {
                    if row.values[field.id] == nil { wrong.append("\(file.object) \(row.key) \(field.id) missing") }
                }
            }
        }
        #expect(wrong == [])
        #expect(files.flatMap(\.rows).count == 527)
    }

    private func fits(_ text: String, _ type: FieldType, _ model: Model, _ keys: [String: Set<String>]) -> Bool {
        switch type {
        case .text(let limit, _), .longText(let limit): text.unicodeScalars.count <= limit
        case .integer: Int(text) != nil
        case .decimal(let scale): ExactDecimal(text).map { $0.scale <= scale } ?? false
        case .percent: ExactDecimal(text).map { $0.scale <= 4 } ?? false
        case .bool: text == "true" || text == "false"
        case .choice(let list): model.lists[list]?.code(text) != nil
        case .link(let object): keys[object]?.contains(text) ?? false
        default: false
        }
    }
}
