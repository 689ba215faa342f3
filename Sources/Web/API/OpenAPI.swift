import Definitions
import Kernel
import Values

/// The description of the API in OpenAPI 3.1, made from the definitions that its reader may know.
struct OpenAPI {
    let objects: [ObjectDefinition]
    let shows: (FieldDefinition, ObjectDefinition) -> Bool
    let version: String
    /// Objects that run in a relay.
    private let relayed: Set<String>
    /// Object → the object of the notes that are written at its records.
    private let noted: [String: String]

    /// For a stranger: what the shipped packs define. What the company defined itself is its own affair.
    init(shipped model: Model, version: String) {
        objects = model.liveObjects.filter { $0.layer != .overlay }
        shows = { field, _ in field.layer != .overlay }
        relayed = Set(model.processes.flatMap(\.objects))
        noted = Self.noted(objects, in: model)
        self.version = version
    }

    /// For somebody signed in: what they may read or make.
    init(_ sight: ModelSight, version: String) {
        objects = sight.model.liveObjects.filter { sight.canRead($0.id) || sight.canCreate($0.id) }
        relayed = Set(sight.model.processes.flatMap(\.objects))
        shows = { field, object in sight.shows(field, of: object) || sight.creatable(object.id).contains(field.id) }
        noted = Self.noted(objects, in: sight.model).filter { sight.canCreate($0.value) }
        self.version = version
    }

    private static func noted(_ objects: [ObjectDefinition], in model: Model) -> [String: String] {
        let pairs = objects.compactMap { object in
            NoteObject.find(for: object.id, in: model).map { (object.id, $0.id) }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    func fields(of object: ObjectDefinition) -> [FieldDefinition] { object.liveFields.filter { shows($0, object) } }

    func document() -> JSONBuilder {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("openapi", "3.1.0")
            writer.key("info")
            writer.object { writer in
                writer.field("title", "Baton API")
                writer.field("version", version)
            }
            writer.key("servers")
            writer.array { writer in writer.object { $0.field("url", "/api/v1") } }
            writer.key("security")
            writer.array { writer in
                writer.object { writer in
                    writer.key("bearer")
                    writer.array { _ in }
                }
            }
            writer.key("paths")
            writer.object { writer in
                house(&writer)
                for object in objects where object.parent == nil { paths(object, &writer) }
            }
            writer.key("components")
            writer.object { writer in components(&writer) }
        }
        return writer
    }

    private func paths(_ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        let id = object.id
        writer.key("/" + id)
        writer.object { writer in
            writer.key("get")
            writer.object { writer in
                operation("list", object, &writer)
                listParameters(&writer)
                responses(success: "200", schema: id + "_page", &writer)
            }
            writer.key("post")
            writer.object { writer in
                operation("create", object, &writer)
                parameters([("Idempotency-Key", "header", false)], &writer)
                body(id + "_input", &writer)
                responses(success: "201", schema: id, &writer)
            }
        }
        writer.key("/" + id + "/{id}")
        writer.object { writer in
            writer.key("get")
            writer.object { writer in
                operation("show", object, &writer)
                parameters([("id", "path", true), ("fields", "query", false)], &writer)
                responses(success: "200", schema: id, &writer)
            }
            writer.key("patch")
            writer.object { writer in
                operation("update", object, &writer)
                parameters([("id", "path", true), ("If-Match", "header", true)], &writer)
                body(id + "_input", &writer)
                responses(success: "200", schema: id, &writer)
            }
            writer.key("delete")
            writer.object { writer in
                operation("delete", object, &writer)
                parameters([("id", "path", true), ("If-Match", "header", false)], &writer)
                responses(success: "204", schema: nil, &writer)
            }
        }
        beside(object, &writer)
        for action in object.actions {
            writer.key("/" + id + "/{id}/actions/" + action.id)
            writer.object { writer in
                writer.key("post")
                writer.object { writer in
                    operation(action.id, object, &writer)
                    writer.field("summary", action.label.en)
                    parameters(
                        [("id", "path", true), ("If-Match", "header", false), ("Idempotency-Key", "header", false)],
                        &writer)
                    body(id + "_input", &writer)
                    responses(success: "200", schema: id, &writer)
                }
            }
        }
    }

    /// What can be asked and done around the records of an object.
    private func beside(_ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        let all = "/" + object.id
        let one = all + "/{id}"
        func path(
            _ path: String, _ method: String, _ verb: String, _ queries: [String] = [], input: String? = nil,
            schema: String? = nil
        ) {
            writer.key(path)
            writer.object { writer in
                writer.key(method)
                writer.object { writer in
                    operation(verb, object, &writer)
                    let places = ["id", "merge"].filter { path.contains("{\($0)}") }
                    parameters(places.map { ($0, "path", true) } + queries.map { ($0, "query", false) }, &writer)
                    if let input { body(input, &writer) }
                    responses(success: "200", schema: schema, &writer)
                }
            }
        }
        path(all + "/count", "get", "count", ["filter", "q", "exact"])
        path(all + "/bulk", "post", "bulk", input: "Bulk")
        path(all + "/preview", "post", "preview", input: object.id + "_input", schema: object.id)
        path(one + "/preview", "post", "preview_one", input: object.id + "_input", schema: object.id)
        path(one + "/restore", "post", "restore", schema: object.id)
        if relayed.contains(object.id) {
            path(one + "/hand-over", "post", "hand_over", input: "HandOver", schema: object.id)
        }
        if object.isMergeable {
            path(all + "/duplicates", "get", "duplicates")
            path(one + "/merge", "post", "merge", ["dry_run"], input: "Merge", schema: object.id)
            path(one + "/merges", "get", "merges")
            path(one + "/merges/{merge}/undo", "post", "unmerge", schema: object.id)
        }
        if let notes = noted[object.id] {
            path(one + "/notes", "post", "note", ["dry_run"], input: "Note", schema: notes)
            path(one + "/mail", "get", "mail", ["template", "to"])
        }
        path(one + "/timeline", "get", "timeline", ["before", "limit", "kinds"])
        path(one + "/lineage", "get", "lineage", ["field"])
        if object.similar != nil { path(one + "/similar", "get", "similar", []) }
        if object.ladder?.lanes.isEmpty == false { path(all + "/board", "get", "board", ["filter"]) }
        if object.change != nil { path(one + "/impact", "get", "impact", []) }
        path(one + "/clocks", "get", "clocks")
        for rule in object.rules where rule.triggers.contains(where: { $0 == .webhook || $0 == .manual }) {
            path(one + "/rules/" + rule.id, "post", "rule_" + rule.id, ["by"])
        }
        path(one + "/access", "get", "access", ["field", "user"])
        if object.print != nil { path(one + "/pdf", "get", "print", ["download"]) }
    }

    private func operation(_ verb: String, _ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        writer.field("operationId", verb + "_" + object.id)
        writer.key("tags")
        writer.array { $0.string(object.id) }
    }

    private func listParameters(_ writer: inout JSONBuilder) {
        let names = ["filter", "sort", "fields", "limit", "cursor", "q"]
        parameters(names.map { ($0, "query", false) }, &writer)
    }

    func parameters(_ list: [(name: String, place: String, required: Bool)], _ writer: inout JSONBuilder) {
        writer.key("parameters")
        writer.array { writer in
            for parameter in list {
                writer.object { writer in
                    writer.field("name", parameter.name)
                    writer.field("in", parameter.place)
                    writer.key("required")
                    writer.bool(parameter.required)
                    writer.key("schema")
                    writer.object { $0.field("type", parameter.name == "limit" ? "integer" : "string") }
                }
            }
        }
    }

    private func body(_ schema: String, _ writer: inout JSONBuilder) {
        writer.key("requestBody")
        writer.object { writer in
            writer.key("content")
            writer.object { writer in content(schema, "application/json", &writer) }
        }
    }

    private func content(_ schema: String, _ type: String, _ writer: inout JSONBuilder) {
        writer.key(type)
        writer.object { writer in
            writer.key("schema")
            writer.object { $0.field("$ref", "#/components/schemas/" + schema) }
        }
    }

    func responses(success: String, schema: String?, _ writer: inout JSONBuilder) {
        writer.key("responses")
        writer.object { writer in
            writer.key(success)
            writer.object { writer in
                writer.field("description", "done")
                if let schema {
                    writer.key("content")
                    writer.object { writer in content(schema, "application/json", &writer) }
                }
            }
            writer.key("default")
            writer.object { writer in
                writer.field("description", "refused: an RFC 9457 problem document")
                writer.key("content")
                writer.object { writer in content("Problem", "application/problem+json", &writer) }
            }
        }
    }
}
