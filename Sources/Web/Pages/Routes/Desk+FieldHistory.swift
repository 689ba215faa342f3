import Definitions
import Kernel
import Values

extension Desk {
    /// What a field was and became, what it is computed from and what is computed from it:
    /// `GET /o/company/…/history?field=phone`. A part of the record's page where a script asks for it, else a page.
    func fieldHistory(_ object: String, _ id: RecordID) async throws -> Reply {
        guard let name = exchange[query: "field"] else { throw Rejection.noSuchPath }
        let (frame, answer) = try await ask(FieldHistory(object: object, id: id, field: name))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object), let field = definition.field(name),
            eyes.isReadable(name, of: object)
        else { throw Rejection.noSuchPath }
        let content = FieldHistoryPart(eyes: eyes, definition: definition, field: field, answer: answer)
        if isFetch {
            var html = HTML(context)
            html.add(content)
            return .html(html.bytes)
        }
        let here = Paths.record(object, id.description)
        let title = eyes.say(field.label)
        return page(
            FieldHistoryPage(title: title, part: content), frame, title: title, place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: answer.record.title, url: here), Shell.Crumb(text: title, url: nil),
            ], backURL: here, scripts: ["facts.js"])
    }
}

/// The history of a field as a page of its own.
struct FieldHistoryPage: Markup {
    let title: String
    let part: FieldHistoryPart

    func write(to html: inout HTML) {
        html.add(PageHead(title: title))
        html("div", .class("fh-p")) { html in html("section", .class("card")) { $0.add(part) } }
    }
}

/// What a field was, what it is computed from and what is computed from it.
struct FieldHistoryPart: Markup {
    let eyes: Presentation
    let definition: ObjectDefinition
    let field: FieldDefinition
    let answer: FieldHistory.Answer

    func write(to html: inout HTML) {
        let title = html.page[Words.historyOf(eyes.say(field.label))]
        html("section", .class("fh"), .label(title)) { html in
            if field.formula != nil || field.rollup != nil || !answer.lineage.from.isEmpty { origin(&html) }
            html("h3", text: title)
            if answer.entries.isEmpty { html("p", .class("mut"), say: Words.noHistory) }
            entries(&html)
            list(Label(zh: "由它算出", en: "Computed from it"), answer.lineage.into, &html)
        }
    }

    private func entries(_ html: inout HTML) {
        let words = TimelineWords(eyes: eyes, object: definition.id, id: answer.record.id)
        html("ol") { html in
            for entry in answer.entries {
                html("li") { html in
                    html("span", .class("mut num nw"), text: html.page.format.instant(entry.at))
                    html("span") { $0.user(entry.actorName.isEmpty ? "Baton" : entry.actorName) }
                    html("span", .class("fh-v")) { html in
                        let (before, after) = words.values(of: field.id, field, in: entry)
                        html("s", .class("mut")) { $0.user(before) }
                        html.append(" ")
                        html("b") { $0.user(after) }
                    }
                }
            }
        }
    }

    // MARK: Lineage

    private func origin(_ html: inout HTML) {
        let list = answer.lineage.from
        let heading = Label(zh: "怎么算出来", en: "How it is computed")
        html("h3", say: heading)
        if let sentence = FieldMeaning(eyes: eyes, definition: definition, field: field).computation {
            html("p", .class("fh-f")) { $0.user(sentence) }
        } else if list.isEmpty {
            html(
                "p", .class("mut"),
                say: Label(zh: "由你看不到的字段算出", en: "It is computed from fields that you can't see"))
        }
        self.list(nil, list, &html)
    }

    private func list(_ heading: Label?, _ items: [FieldLineage.Item], _ html: inout HTML) {
        if items.isEmpty { return }
        if let heading { html("h3", say: heading) }
        html("ul", .class("fh-l")) { html in
            for item in items { html("li", .class(item.distance > 1 ? "far" : "")) { self.item(item, &$0) } }
        }
    }

    private func item(_ item: FieldLineage.Item, _ html: inout HTML) {
        let place = item.place
        guard let object = eyes.model.object(place.object), let field = object.field(place.field) else { return }
        let isOwn = place.object == definition.id
        let name = isOwn ? eyes.say(field.label) : eyes.say(object.label) + " · " + eyes.say(field.label)
        if isOwn {
            html(
                "a", .class("ln"), .href(Paths.history(definition.id, answer.record.id.description, place.field)),
                text: name)
            let shown = eyes.shown(place.field, of: answer.record)
            if !shown.isNothing { html("span", .class("num")) { $0.user(shown.plain) } }
        } else {
            html("span", text: name)
        }
        if item.distance > 1 {
            html(
                "small", .class("mut"),
                say: Label(
                    zh: "隔 \(item.distance - 1) 步",
                    en: item.distance == 2 ? "1 step on" : "\(item.distance - 1) steps on"))
        }
    }
}
