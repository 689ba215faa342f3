import Definitions
import Kernel
import Values

extension Desk {
    /// What a field was and became, as a list: `GET /o/company/…/history?field=phone`.
    func fieldHistory(_ object: String, _ id: RecordID) async throws -> Reply {
        guard let name = exchange[query: "field"] else { throw Rejection.noSuchPath }
        let (sight, entries) = try await kernel.answer(FieldHistory(object: object, id: id, field: name), as: actor)
        let eyes = Presentation(sight: sight, page: context)
        guard let definition = sight.model.object(object), let field = definition.field(name),
            eyes.isReadable(name, of: object)
        else { throw Rejection.noSuchPath }
        let words = TimelineWords(eyes: eyes, object: object, id: id)
        var html = HTML(context)
        html("section", .class("fh"), .label(context[Words.historyOf(eyes.say(field.label))])) { html in
            html("h3", text: html.page[Words.historyOf(eyes.say(field.label))])
            if entries.isEmpty { html("p", .class("mut"), say: Words.noHistory) }
            html("ol") { html in
                for entry in entries {
                    html("li") { html in
                        html("span", .class("mut num nw"), text: html.page.format.instant(entry.at))
                        html("span") { $0.user(entry.actorName.isEmpty ? "Baton" : entry.actorName) }
                        html("span", .class("fh-v")) { html in
                            let (before, after) = words.values(of: name, field, in: entry)
                            html("s", .class("mut")) { $0.user(before) }
                            html.append(" ")
                            html("b") { $0.user(after) }
                        }
                    }
                }
            }
        }
        return .html(html.bytes)
    }
}
