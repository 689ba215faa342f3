import Definitions
import Kernel
import Values

/// What the change desk knows, as JSON: `GET /api/v1/{object}/{id}/impact` and `/lineage`.
struct DeskAPI {
    let kernel: Kernel
    let actor: Actor
    let object: String

    func impact(_ id: RecordID) async throws -> Reply {
        let sheet = try await kernel.answer(ImpactOf(object: object, id: id), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            Self.optional("point", sheet.point, &writer)
            Self.optional("severity", sheet.severity, &writer)
            Self.optional("cost", sheet.cost?.shortest, &writer)
            writer.key("delay_days")
            writer.raw(String(sheet.delay))
            writer.key("orders_affected")
            writer.raw(String(sheet.others))
            writer.key("needs_amendment")
            writer.bool(sheet.needsAmendment)
            writer.key("documents")
            writer.array { writer in for code in sheet.documents { writer.string(code) } }
            writer.key("lines")
            writer.array { writer in for line in sheet.lines { Self.write(line, &writer) } }
        }
        return .json(writer)
    }

    private static func write(_ line: ImpactOf.Line, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("kind", line.kind)
            writer.key("text")
            writer.label(line.text)
            optional("amount", line.amount?.shortest, &writer)
            if let days = line.days {
                writer.key("days")
                writer.raw(String(days))
            }
            optional("other", line.other?.description, &writer)
            if let document = line.document {
                writer.key("document")
                writer.object { writer in
                    writer.field("object", document.object)
                    writer.field("id", document.id.description)
                }
            }
        }
    }

    func lineage(_ id: RecordID, field: String?) async throws -> Reply {
        let steps = try await kernel.answer(LineageOf(object: object, id: id, field: field), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for step in steps {
                    writer.object { writer in
                        writer.key("sequence")
                        writer.raw(String(step.sequence))
                        writer.field("at", step.at.description)
                        writer.field("by", step.actorName)
                        writer.key("request")
                        writer.object { writer in
                            writer.field("object", step.request.object)
                            writer.field("id", step.request.id.description)
                        }
                        writer.field("reason", step.reason)
                        writer.key("changes")
                        writer.write(step.changes)
                    }
                }
            }
        }
        return .json(writer)
    }

    static func optional(_ name: String, _ text: String?, _ writer: inout JSONBuilder) {
        if let text { writer.field(name, text) }
    }
}
