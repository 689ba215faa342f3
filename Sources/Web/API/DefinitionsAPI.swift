import Definitions
import Expressions
import Kernel
import Values

/// `/api/v1/definitions`: the objects as the actor may see them, and the customer's changes to them.
struct DefinitionsAPI {
    let api: API
    let actor: Actor

    func reply(_ path: [String]) async throws -> Reply {
        switch (api.exchange.method, path.count) {
        case ("GET", 1), ("HEAD", 1): return try await overview()
        case ("GET", 2), ("HEAD", 2): return try await one(path[1])
        case ("POST", 1): return try await change()
        default: throw Rejection.noSuchPath
        }
    }

    private func overview() async throws -> Reply {
        let sight = try await api.site.kernel.answer(VisibleModel(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("version")
            writer.int(sight.model.version)
            writer.key("packs")
            writer.array { writer in
                for pack in sight.model.packs {
                    writer.object { writer in
                        writer.field("id", pack.id)
                        writer.field("version", pack.version)
                    }
                }
            }
            writer.key("objects")
            writer.array { writer in
                for object in sight.objects { writer.object { writer in write(object, sight, &writer) } }
            }
        }
        return .json(writer)
    }

    private func one(_ id: String) async throws -> Reply {
        let sight = try await api.site.kernel.answer(VisibleModel(), as: actor)
        guard let object = sight.objects.first(where: { $0.id == id }) else { throw Rejection.noSuchPath }
        var writer = JSONBuilder()
        writer.object { writer in write(object, sight, &writer) }
        return .json(writer)
    }

    private func write(_ object: ObjectDefinition, _ sight: ModelSight, _ writer: inout JSONBuilder) {
        writer.field("id", object.id)
        writer.key("label")
        writer.label(object.label)
        writer.key("plural")
        writer.label(object.plural)
        if let parent = object.parent { writer.field("parent", parent) }
        writer.field("layer", object.layer == .overlay ? "customer" : "pack")
        writer.key("retired")
        writer.bool(object.retired)
        writer.key("fields")
        writer.array { writer in
            for field in object.fields where sight.shows(field, of: object) {
                writer.object { writer in
                    writer.field("id", field.id)
                    writer.key("label")
                    writer.label(field.label)
                    writer.field("type", field.type.spelling)
                    writer.key("required")
                    writer.bool(field.required)
                    writer.key("read_only")
                    writer.bool(field.readOnly || field.formula != nil)
                    writer.key("retired")
                    writer.bool(field.retired)
                    writer.field(
                        "layer", field.layer == .overlay ? "customer" : field.layer == .kernel ? "system" : "pack")
                    if let formula = field.formula { writer.field("formula", formula.source) }
                }
            }
        }
        writer.key("actions")
        writer.array { writer in
            for action in object.actions {
                writer.object { writer in
                    writer.field("id", action.id)
                    writer.key("label")
                    writer.label(action.label)
                }
            }
        }
    }

    private func change() async throws -> Reply {
        let body = try api.object()
        try body.allow("changes", "dry_run")
        guard case .list(let items)? = body.parts["changes"] else { throw Rejection.missingProperty("changes") }
        var changes: [DefinitionChange] = []
        for item in items { changes.append(try ChangeReader(body: try BodyObject(item)).change()) }
        let outcome = try await api.site.kernel.perform(
            Command(.define(changes), dryRun: body.flag("dry_run")), as: actor)
        let model = try await api.site.kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("version")
            writer.int(model.version)
            writer.key("warnings")
            writer.array { writer in
                for warning in outcome.warnings {
                    writer.object { writer in
                        writer.field("code", warning.code)
                        writer.key("message")
                        writer.label(warning.message)
                    }
                }
            }
        }
        return .json(writer)
    }
}

/// One change of definitions in the words of the API.
private struct ChangeReader {
    let body: BodyObject

    func change() throws(Rejection) -> DefinitionChange {
        let object = body.optionalText("object") ?? ""
        let field = body.optionalText("field") ?? ""
        switch try body.text("op") {
        case "add_object":
            let label = try label("label")
            return .addObject(
                id: try body.text("object"), label: label, plural: try optionalLabel("plural") ?? label,
                icon: body.optionalText("icon") ?? "layers")
        case "relabel_object":
            let label = try label("label")
            return .relabelObject(id: object, label: label, plural: try optionalLabel("plural") ?? label)
        case "retire_object": return .retireObject(id: object)
        case "restore_object": return .restoreObject(id: object)
        case "add_field": return .addField(object: object, try fieldDraft())
        case "relabel_field":
            return .relabelField(
                object: object, field: field, label: try label("label"), help: try optionalLabel("help"))
        case "retire_field": return .retireField(object: object, field: field)
        case "restore_field": return .restoreField(object: object, field: field)
        case "change_type": return .changeType(object: object, field: field, type: try body.text("type"))
        case "set_rule":
            guard let rule = FieldRule(rawValue: try body.text("rule")) else { throw .missingProperty("rule") }
            return .setRule(object: object, field: field, rule: rule, on: body.flag("on"))
        case "patch_list":
            return .patchList(id: try body.text("list"), label: try optionalLabel("label"), codes: try codes())
        case "merge":
            guard let document = body.parts["document"] else { throw .missingProperty("document") }
            return .merge(document: JSONText.write(document))
        default: throw .missingProperty("op")
        }
    }

    private func fieldDraft() throws(Rejection) -> FieldDraft {
        guard let part = body.parts["field"] else { throw .missingProperty("field") }
        let field = try BodyObject(part)
        try field.allow(
            "id", "label", "type", "help", "required", "unique", "default", "formula", "sensitivity", "unit")
        return FieldDraft(
            id: try field.text("id"), label: try Self.label(field, "label"), type: try field.text("type"),
            help: field.parts["help"] == nil ? nil : try Self.label(field, "help"), required: field.flag("required"),
            unique: field.flag("unique"), defaultValue: field.optionalText("default"),
            formula: field.optionalText("formula"), sensitivity: field.optionalText("sensitivity"),
            unit: field.optionalText("unit"))
    }

    private func codes() throws(Rejection) -> [CodeDraft] {
        guard case .list(let items)? = body.parts["codes"] else { throw .missingProperty("codes") }
        var out: [CodeDraft] = []
        for item in items {
            let code = try BodyObject(item)
            out.append(
                CodeDraft(
                    code: try code.text("code"), label: try Self.label(code, "label"), tone: code.optionalText("tone"),
                    retired: code.flag("retired")))
        }
        return out
    }

    private func label(_ name: String) throws(Rejection) -> Label { try Self.label(body, name) }

    private func optionalLabel(_ name: String) throws(Rejection) -> Label? {
        body.parts[name] == nil ? nil : try Self.label(body, name)
    }

    /// `{"zh": …, "en": …}`, or one text for both.
    private static func label(_ body: BodyObject, _ name: String) throws(Rejection) -> Label {
        switch body.parts[name] {
        case .text(let text)? where !text.isEmpty: return Label(zh: text, en: text)
        case .object?:
            let parts = try BodyObject(body.parts[name] ?? .null)
            return Label(zh: try parts.text("zh"), en: try parts.text("en"))
        default: throw .missingProperty(name)
        }
    }
}

extension FieldType {
    /// The type as a pack writes it.
    var spelling: String {
        switch self {
        case .text: "text"
        case .longText: "longtext"
        case .bool: "bool"
        case .integer: "integer"
        case .decimal(let scale): "decimal(\(scale))"
        case .percent: "percent"
        case .money: "money"
        case .choice(let list): "choice(\(list))"
        case .choices(let list): "choices(\(list))"
        case .day: "day"
        case .instant: "instant"
        case .link(let object): "link(\(object))"
        case .links(let object): "links(\(object))"
        case .anyLink(let objects): "anylink(" + objects.joined(separator: ",") + ")"
        case .lines(let object): "lines(\(object))"
        case .files: "files"
        case .json: "json"
        }
    }
}
