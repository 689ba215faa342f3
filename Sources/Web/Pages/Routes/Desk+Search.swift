import Definitions
import Kernel
import Values

extension Desk {
    func search() async throws -> Reply {
        let text = exchange[query: "q"] ?? ""
        let (frame, hits) = try await ask(SearchRecords(text: text, limit: 40))
        let content = results(text, hits, frame, withCommands: !text.isEmpty)
        return page(content, frame, title: context[Words.search], scripts: [])
    }

    func palette() async throws -> Reply {
        let text = exchange[query: "q"] ?? ""
        let (frame, hits) = try await ask(SearchRecords(text: text, limit: 12))
        return .html(results(text, hits, frame, withCommands: true).fragment(context))
    }

    private func results(_ text: String, _ hits: [SearchHit], _ frame: Frame, withCommands: Bool) -> SearchPage {
        let eyes = presentation(frame)
        var page = SearchPage(
            query: text,
            hits: hits.map { hit in
                let definition = frame.sight.model.object(hit.object)
                return SearchPage.Hit(
                    icon: definition?.icon ?? "circle", kind: definition.map { eyes.say($0.label) } ?? hit.object,
                    title: hit.title,
                    note: hit.subtitle, url: Paths.record(hit.object, hit.id.description))
            })
        if withCommands { page.commands = commands(text.lowercased(), eyes) }
        return page
    }

    /// Lists to open and records to make whose names fit the words; without words, the menu.
    private func commands(_ text: String, _ eyes: Presentation) -> [SearchPage.Hit] {
        let go = eyes.say(Label(zh: "前往", en: "Go to"))
        var out: [SearchPage.Hit] = []
        for entry in eyes.model.menu where eyes.sight.canRead(entry.object) {
            guard let object = eyes.model.object(entry.object), !object.retired, text.isEmpty ? entry.primary : true
            else { continue }
            let names = [entry.label.zh, entry.label.en, object.label.zh, object.label.en, object.plural.en, object.id]
                .map { $0.lowercased() }
            guard text.isEmpty || names.contains(where: { $0.contains(text) }) else { continue }
            out.append(
                SearchPage.Hit(
                    icon: entry.icon, kind: go, title: eyes.say(entry.label), note: "", url: Paths.list(object.id)))
            guard eyes.sight.canCreate(object.id) else { continue }
            out.append(
                SearchPage.Hit(
                    icon: "plus", kind: eyes.say(Words.createNew), title: eyes.say(Words.new(object.label)), note: "",
                    url: Paths.new(object.id)))
        }
        return Array(out.prefix(8))
    }

    /// What a picker asks: `/o/company/pick`, `/o/any~company~order/pick`, `/o/list~port/pick`.
    func pick(_ name: String) async throws -> Reply {
        let parts = name.split(separator: "~").map(String.init)
        let text = exchange[query: "q"]?.trimmingSpaces ?? ""
        let items: [PickList.Item]
        if parts.first == "list", parts.count == 2 {
            items = try await codes(parts[1], text)
        } else {
            let isAny = parts.first == "any" && parts.count > 1
            items = try await kernel.answer(
                PickList(
                    objects: isAny ? Array(parts.dropFirst()) : [name], text: text, origin: exchange[query: "field"],
                    namesObject: isAny,
                    language: context.language), as: actor)
        }
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in
                for item in items {
                    writer.object { writer in
                        writer.field("id", item.id)
                        writer.field("title", item.title)
                        writer.field("note", item.note)
                    }
                }
            }
        }
        return .json(writer)
    }

    /// The codes of a long list: by code first, then by name.
    private func codes(_ list: String, _ text: String) async throws -> [PickList.Item] {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let codes = sight.model.lists[list]?.codes else { throw Rejection.noSuchPath }
        let wanted = text.lowercased()
        var exact: [PickList.Item] = []
        var named: [PickList.Item] = []
        for code in codes where !code.retired {
            let item = PickList.Item(id: code.code, title: context[code.label], note: code.code)
            if wanted.isEmpty || code.code.lowercased().hasPrefix(wanted) {
                exact.append(item)
            } else if code.label.zh.lowercased().contains(wanted)
                || code.label.en.lowercased().contains(wanted)
            {
                named.append(item)
            }
            if exact.count >= 20 { break }
        }
        return Array((exact + named).prefix(20))
    }
}
