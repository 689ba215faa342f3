import Definitions
import Kernel
import Values

/// Merging records that are the same: `/api/v1/{object}/duplicates`, `…/{id}/merge`, `…/{id}/merges`.
struct MergeAPI {
    let exchange: Exchange
    let kernel: Kernel
    let actor: Actor
    let object: String

    /// `{"with": [{"id", "version"}], "choices": {field: id | "all"}}`, the survivor's version in `If-Match`.
    func merge(_ id: RecordID, version: Int, _ body: BodyObject) async throws -> Outcome {
        try body.allow("with", "choices")
        guard case .list(let items)? = body.parts["with"], !items.isEmpty else {
            throw Rejection.missingProperty("with")
        }
        var wish = MergeWish(object: object, survivor: id, merged: [], versions: [id: version])
        for item in items {
            let other = try BodyObject(item)
            try other.allow("id", "version")
            guard let record = RecordID(try other.text("id")) else { throw Rejection.missingProperty("id") }
            wish.merged.append(record)
            wish.versions[record] = other.optionalText("version").flatMap { Int($0) }
        }
        for (field, input) in try BodyObject(body.parts["choices"] ?? .object([:])).parts {
            guard case .text(let text) = input, let choice = MergeChoice(text) else {
                throw Rejection.missingProperty("choices." + field)
            }
            wish.choices[field] = choice
        }
        return try await kernel.perform(
            Command(
                .merging(.merge(wish)), idempotencyKey: exchange.headers["idempotency-key"],
                reason: exchange.headers["x-reason"].flatMap { PercentCode.decode($0) },
                dryRun: exchange[query: "dry_run"] == "true"), as: actor)
    }

    func undo(_ merge: RecordID) async throws -> Outcome {
        try await kernel.perform(
            Command(.merging(.undo(merge)), idempotencyKey: exchange.headers["idempotency-key"]), as: actor)
    }

    func merges(of id: RecordID) async throws -> Reply {
        let merges = try await kernel.answer(MergesOf(object: object, id: id), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for merge in merges {
                    writer.object { writer in
                        writer.field("id", merge.id.description)
                        writer.field("at", merge.at.description)
                        writer.field("by", merge.by)
                        writer.key("records")
                        writer.array { writer in
                            for record in merge.records {
                                writer.object { writer in
                                    writer.field("id", record.id.description)
                                    writer.field("title", record.title)
                                }
                            }
                        }
                        writer.key("moved")
                        writer.int(merge.moved)
                        writer.key("undone")
                        writer.bool(merge.isUndone)
                        writer.key("undo_until")
                        if let until = merge.undoUntil { writer.string(until.description) } else { writer.null() }
                    }
                }
            }
        }
        return .json(writer)
    }

    func duplicates() async throws -> Reply {
        let groups = try await kernel.answer(LikelyDuplicates(object: object), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for group in groups {
                    writer.array { writer in
                        for record in group.records {
                            writer.object { writer in
                                writer.field("id", record.id.description)
                                writer.key("version")
                                writer.int(record.version)
                                writer.field("title", record.title)
                            }
                        }
                    }
                }
            }
        }
        return .json(writer)
    }

    /// Where a record that went into another is now, as a redirect with a problem document.
    func whereItWent(_ id: RecordID) async throws -> Reply? {
        guard let target = try await kernel.answer(MergedInto(object: object, id: id), as: actor) else { return nil }
        let message = Label(
            zh: "这条记录已并入“\(target.title)”", en: "This record went into “\(target.title)”")
        return Site.problem(
            status: 307, code: "merged", message: message,
            problems: [Problem(field: "id", code: target.id.description, message: message)]
        ).with("location", "/api/v1/\(object)/\(target.id)")
    }
}
