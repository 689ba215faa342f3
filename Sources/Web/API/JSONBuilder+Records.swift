package import Definitions
package import Kernel
package import Values

extension JSONBuilder {
    /// A record: `id`, `version`, every value under its path, lines as arrays, and under `_` what is about the record:
    /// `_titles` names the records it links to, `_actions` what may be done now.
    package mutating func write(_ record: RecordView, model: Model, extras: Outcome? = nil) {
        object { writer in
            writer.field("id", record.id.description)
            writer.key("version")
            writer.int(record.version)
            writer.values(record, model: model)
            for (field, lines) in record.lines.sorted(by: { $0.key < $1.key }) {
                writer.key(field)
                writer.array { writer in for line in lines { writer.line(line, model: model) } }
            }
            writer.field("_title", record.title)
            writer.key("_titles")
            writer.object { writer in
                for (id, title) in record.titles.sorted(by: { $0.key < $1.key }) { writer.field(id.description, title) }
            }
            writer.key("_actions")
            writer.array { writer in for action in record.actions { writer.string(action) } }
            if let extras { writer.extras(extras) }
        }
    }

    private mutating func line(_ line: RecordView, model: Model) {
        object { writer in
            writer.field("id", line.id.description)
            writer.values(line, model: model)
        }
    }

    private mutating func values(_ record: RecordView, model: Model) {
        let definition = model.object(record.object)
        let own = Set(definition?.parent == nil ? ["id", "version"] : ["id", "version", "parent"])
        for path in record.values.keys.sorted() where !own.contains(path) {
            let steps = path.split(separator: ".")
            if steps.count == 2, Self.isMoneyPart(steps[1]), record.values[String(steps[0])] != nil { continue }
            key(path)
            if case .money(.own)? = definition?.field(path)?.type {
                money(record, path)
            } else if case .anyLink? = definition?.field(path)?.type {
                anyLink(record, path)
            } else {
                write(record[path])
            }
        }
    }

    private static func isMoneyPart(_ step: Substring) -> Bool {
        ["currency", "rate", "base", "object"].contains(step)
    }

    private mutating func money(_ record: RecordView, _ path: String) {
        guard !record[path].isNull else {
            null()
            return
        }
        object { writer in
            writer.key("amount")
            writer.write(record[path])
            writer.key("currency")
            writer.write(record[path + ".currency"])
            writer.key("rate")
            writer.write(record[path + ".rate"])
            writer.key("base")
            writer.write(record[path + ".base"])
        }
    }

    private mutating func anyLink(_ record: RecordView, _ path: String) {
        guard !record[path].isNull else {
            null()
            return
        }
        object { writer in
            writer.key("object")
            writer.write(record[path + ".object"])
            writer.key("id")
            writer.write(record[path])
        }
    }

    private mutating func extras(_ outcome: Outcome) {
        key("_warnings")
        array { writer in
            for warning in outcome.warnings {
                writer.object { writer in
                    writer.key("field")
                    if let field = warning.field { writer.string(field) } else { writer.null() }
                    writer.field("code", warning.code)
                    writer.key("message")
                    writer.label(warning.message)
                }
            }
        }
        key("_created")
        array { writer in for reference in outcome.created { writer.reference(reference) } }
        if let opens = outcome.opens {
            key("_opens")
            reference(opens)
        }
        if let merge = outcome.merge { field("_merge", merge.description) }
        if let approval = outcome.approval {
            key("_approval")
            object { $0.write(approval) }
        }
    }

    private mutating func reference(_ reference: RecordReference) {
        object { writer in
            writer.field("object", reference.object)
            writer.field("id", reference.id.description)
        }
    }

    mutating func write(_ part: Result<Outcome, Rejection>, model: Model) {
        object { writer in
            switch part {
            case .success(let outcome):
                writer.key("status")
                writer.int(200)
                if let record = outcome.record {
                    writer.key("record")
                    writer.write(record, model: model)
                }
            case .failure(let rejection):
                writer.key("status")
                writer.int(rejection.kind.status)
                writer.field("code", rejection.code)
                writer.key("message")
                writer.label(rejection.message)
                writer.key("errors")
                writer.array { writer in
                    for problem in rejection.problems {
                        writer.object { writer in
                            writer.field("field", problem.field ?? "")
                            writer.field("code", problem.code)
                            writer.key("message")
                            writer.label(problem.message)
                        }
                    }
                }
            }
        }
    }

    /// What fields were and what they became.
    mutating func write(_ changes: [TimelineEntry.Change]) {
        array { writer in
            for change in changes {
                writer.object { writer in
                    writer.field("field", change.field)
                    writer.key("before")
                    writer.write(change.before)
                    writer.key("after")
                    writer.write(change.after)
                }
            }
        }
    }

    mutating func write(_ entry: TimelineEntry) {
        object { writer in
            writer.key("sequence")
            writer.raw(String(entry.sequence))
            writer.field("at", entry.at.description)
            writer.field("actor", entry.actorName)
            if let other = entry.onBehalfOf { writer.field("on_behalf_of", other) }
            writer.field("origin", entry.origin)
            writer.field("object", entry.object)
            writer.field("record", entry.record.description)
            writer.field("title", entry.title)
            writer.field("kind", entry.kind)
            writer.key("changes")
            writer.write(entry.changes)
            if let reason = entry.reason { writer.field("reason", reason) }
        }
    }
}
