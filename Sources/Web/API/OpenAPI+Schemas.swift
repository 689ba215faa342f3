import Definitions
import Kernel
import Values

extension OpenAPI {
    func components(_ writer: inout JSONBuilder) {
        writer.key("securitySchemes")
        writer.object { writer in
            writer.key("bearer")
            writer.object { writer in
                writer.field("type", "http")
                writer.field("scheme", "bearer")
            }
        }
        writer.key("schemas")
        writer.object { writer in
            fixedSchemas(&writer)
            for object in objects {
                record(object, &writer)
                input(object, &writer)
                if object.parent == nil { page(object, &writer) }
            }
        }
    }

    private func record(_ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        writer.key(object.id)
        writer.object { writer in
            writer.field("type", "object")
            writer.field("title", object.label.en)
            writer.key("properties")
            writer.object { writer in
                for field in fields(of: object) { property(field, input: false, &writer) }
            }
        }
    }

    private func input(_ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        let writable = fields(of: object).filter {
            !$0.readOnly && $0.layer != .kernel && $0.id != object.states?.field
        }
        writer.key(object.id + "_input")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("additionalProperties")
            writer.bool(false)
            writer.key("properties")
            writer.object { writer in
                for field in writable { property(field, input: true, &writer) }
            }
        }
    }

    private func page(_ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        writer.key(object.id + "_page")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("properties")
            writer.object { writer in
                writer.key("data")
                writer.object { writer in
                    writer.field("type", "array")
                    writer.key("items")
                    writer.object { $0.field("$ref", "#/components/schemas/" + object.id) }
                }
                writer.key("next")
                nullable("string", &writer)
            }
        }
    }

    private func property(_ field: FieldDefinition, input: Bool, _ writer: inout JSONBuilder) {
        writer.key(field.id)
        writer.object { writer in
            writer.field("title", field.label.en)
            if field.readOnly {
                writer.key("readOnly")
                writer.bool(true)
            }
            type(field.type, input: input, &writer)
        }
    }

    private func type(_ type: FieldType, input: Bool, _ writer: inout JSONBuilder) {
        switch type {
        case .text(let limit, _), .longText(let limit):
            typed("string", &writer)
            writer.key("maxLength")
            writer.int(limit)
        case .bool: typed("boolean", &writer)
        case .integer: typed("integer", &writer)
        case .decimal, .percent: typed("number", &writer)
        case .money(.own):
            typed("object", &writer)
            writer.key("properties")
            writer.object { writer in
                writer.key("amount")
                nullable("number", &writer)
                writer.key("currency")
                nullable("string", &writer)
            }
        case .money: typed("number", &writer)
        case .choice: typed("string", &writer)
        case .choices, .links, .files:
            typed("array", &writer)
            writer.key("items")
            writer.object { $0.field("type", "string") }
        case .day:
            typed("string", &writer)
            writer.field("format", "date")
        case .instant:
            typed("string", &writer)
            writer.field("format", "date-time")
        case .link:
            typed("string", &writer)
            writer.field("format", "uuid")
        case .anyLink, .json: typed("object", &writer)
        case .lines(let object):
            writer.field("type", "array")
            writer.key("items")
            writer.object { $0.field("$ref", "#/components/schemas/" + object + (input ? "_input" : "")) }
        }
    }

    private func typed(_ name: String, _ writer: inout JSONBuilder) {
        writer.key("type")
        writer.array { writer in
            writer.string(name)
            writer.string("null")
        }
    }

    private func nullable(_ name: String, _ writer: inout JSONBuilder) {
        writer.object { writer in typed(name, &writer) }
    }

    private func fixedSchemas(_ writer: inout JSONBuilder) {
        writer.key("Bulk")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("properties")
            writer.object { writer in
                writer.key("items")
                writer.object { $0.field("type", "array") }
                writer.key("atomic")
                writer.object { $0.field("type", "boolean") }
            }
        }
        writer.key("HandOver")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("required")
            writer.array { $0.string("action") }
            writer.key("properties")
            writer.object { writer in
                for (name, type) in [
                    ("action", "string"), ("values", "object"), ("open_items", "array"), ("to", "string"),
                ] {
                    writer.key(name)
                    writer.object { $0.field("type", type) }
                }
            }
        }
        writer.key("Note")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("required")
            writer.array { $0.string("summary") }
            writer.key("properties")
            writer.object { writer in
                let texts = ["summary", "kind", "subject", "contact", "minutes", "result", "next_at", "next_owner"]
                for (name, type) in texts.map({ ($0, "string") }) + [("mentioned", "array"), ("mail", "object")] {
                    writer.key(name)
                    writer.object { $0.field("type", type) }
                }
            }
        }
        writer.key("Merge")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("required")
            writer.array { $0.string("with") }
            writer.key("properties")
            writer.object { writer in
                for (name, type) in [("with", "array"), ("choices", "object")] {
                    writer.key(name)
                    writer.object { $0.field("type", type) }
                }
            }
        }
        plain("Pass", ["token", "user", "expires"], &writer)
        writer.key("Problem")
        writer.object { writer in
            writer.field("type", "object")
            writer.key("properties")
            writer.object { writer in
                for name in ["type", "title", "code"] {
                    writer.key(name)
                    writer.object { $0.field("type", "string") }
                }
                writer.key("status")
                writer.object { $0.field("type", "integer") }
                writer.key("errors")
                writer.object { $0.field("type", "array") }
            }
        }
    }

    private func plain(_ name: String, _ properties: [String], _ writer: inout JSONBuilder) {
        writer.key(name)
        writer.object { writer in
            writer.field("type", "object")
            writer.key("properties")
            writer.object { writer in
                for property in properties {
                    writer.key(property)
                    writer.object { $0.field("type", "string") }
                }
            }
        }
    }
}
