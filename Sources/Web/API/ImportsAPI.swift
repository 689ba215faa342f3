import Definitions
import Foundation
package import Kernel
package import Values

/// `/api/v1/import/{object}`: a file in the body is tried or brought in.
struct ImportsAPI {
    let api: API
    let actor: Actor

    func reply(_ path: [String]) async throws -> Reply {
        guard api.exchange.method == "POST" else { throw Rejection.noSuchPath }
        if path.count == 4, path[1] == "batches", path[3] == "undo", let batch = RecordID(path[2]) {
            let outcome = try await api.site.kernel.perform(Command(.importing(.undo(batch: batch))), as: actor)
            return Self.json(outcome.report ?? ImportReport())
        }
        guard path.count == 2 else { throw Rejection.noSuchPath }
        let file = try api.site.uploads.keep(api.exchange.body)
        defer { api.site.uploads.forget(file) }
        var request = ImportRequest(object: path[1], path: file, name: api.exchange[query: "name"] ?? "upload")
        request.dryRun = api.exchange[query: "dry_run"] == "true"
        if let policy = api.exchange[query: "on_duplicate"].flatMap(ImportRequest.DuplicatePolicy.init(rawValue:)) {
            request.onDuplicate = policy
        }
        if let order = api.exchange[query: "day_first"] { request.dayFirst = order == "true" }
        if let text = api.exchange[query: "map"], case .object(let parts) = try? JSONText.read(Array(text.utf8)) {
            // a bad map is no map
            for case (let heading, .text(let field)) in parts { request.mapping[heading] = field }
        }
        let outcome = try await api.site.kernel.perform(Command(.importing(.run(request))), as: actor)
        return Self.json(outcome.report ?? ImportReport())
    }

    static func json(_ report: ImportReport) -> Reply {
        var writer = JSONBuilder()
        writer.write(report)
        return .json(writer)
    }
}

extension JSONBuilder {
    /// `{rows, created, updated, flagged, errors: [{line, column, code, message}]}` and what else is known.
    package mutating func write(_ report: ImportReport) {
        object { writer in
            if let batch = report.batch { writer.field("batch", batch.description) }
            for (name, count) in [
                ("rows", report.rows), ("created", report.created), ("updated", report.updated),
                ("unchanged", report.unchanged), ("flagged", report.flagged),
            ] {
                writer.key(name)
                writer.int(count)
            }
            writer.key("columns")
            writer.array { writer in
                for column in report.columns {
                    writer.object { writer in
                        writer.field("heading", column.heading)
                        writer.key("field")
                        if let field = column.field { writer.string(field) } else { writer.null() }
                    }
                }
            }
            writer.key("errors")
            writer.array { writer in
                for error in report.errors {
                    writer.object { writer in
                        writer.key("line")
                        writer.int(error.line)
                        writer.key("column")
                        if let column = error.column { writer.int(column) } else { writer.null() }
                        writer.key("field")
                        if let field = error.problem.field { writer.string(field) } else { writer.null() }
                        writer.field("code", error.problem.code)
                        writer.key("message")
                        writer.label(error.problem.message)
                    }
                }
            }
        }
    }
}
