import Definitions
import Kernel
import Values

/// Who else has a record open: `POST /o/company/…/presence` with `window`, and `field` while one is being changed.
extension Desk {
    func presence(_ object: String, _ id: RecordID) async throws -> Reply {
        let presence = pages.site.presence
        guard let token = exchange.cookie(Pages.cookie), let user = actor.userID,
            (1...40).contains(field("window").count)
        else { throw Rejection.noSuchPath }
        if field("gone") == "1" {
            for news in presence.leave(token, field("window"), id, at: kernel.now) { tell(news, id) }
            return .json(JSONBuilder.people([]))
        }
        let (sight, _) = try await kernel.answer(InSight(object: object, id: id), as: actor)
        let name = field("field")
        let doing: Presence.Doing =
            switch name {
            case "": .looking
            case "*": .editing(field: nil)
            default: .editing(field: sight.model.object(object)?.field(name) == nil ? nil : name)
            }
        let window = Presence.Window(
            token: token, id: field("window"), user: user, name: actor.name, record: id,
            readable: sight.readable(object), doing: doing)
        let (seen, told) = presence.report(window, at: kernel.now)
        for news in told { tell(news, id) }
        return .json(JSONBuilder.people(seen))
    }

    private func tell(_ news: (token: String, marks: [Presence.Mark]), _ id: RecordID) {
        pages.site.feeds.tell(news.token, "event: presence\ndata: \(JSONBuilder.people(news.marks, at: id).text)\n\n")
    }
}

/// A record that the asker sees, with what they see of its object.
private struct InSight: Question {
    let object: String
    let id: RecordID

    func answer(in context: ReadContext) throws -> (sight: ModelSight, id: RecordID) {
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false))
        return (try context.ask(VisibleModel()), id)
    }
}

extension JSONBuilder {
    /// Those at a record, as a page shows them.
    static func people(_ marks: [Presence.Mark], at record: RecordID? = nil) -> JSONBuilder {
        var writer = JSONBuilder()
        writer.object { writer in
            if let record { writer.field("record", record.description) }
            writer.key("people")
            writer.array { writer in
                for mark in marks.prefix(20) {
                    writer.object { writer in
                        writer.field("name", mark.name)
                        writer.field("initials", Avatar.initials(mark.name))
                        writer.key("hue")
                        writer.int(Avatar.hue(mark.name))
                        writer.key("edits")
                        writer.bool(mark.doing != .looking)
                        if case .editing(let field?) = mark.doing { writer.field("field", field) }
                    }
                }
            }
        }
        return writer
    }
}
