import Definitions
import Kernel
import Values

extension Desk {
    func search() async throws -> Reply {
        let text = exchange[query: "q"]?.trimmingSpaces ?? ""
        let (frame, sheet) = try await ask(PaletteSheet(text: text, limit: 40))
        let content = SearchPage(query: text, groups: text.isEmpty ? [] : groups(text, sheet))
        return page(content, frame, title: context[Words.search], scripts: ["look.js"])
    }

    /// The groups of the palette alone. `recent` names what was looked at last, as `company~id,order~id`; `only=new` asks
    /// for what can be made and nothing else.
    func palette() async throws -> Reply {
        let text = exchange[query: "q"]?.trimmingSpaces ?? ""
        let isNew = exchange[query: "only"] == "new"
        let visits = (exchange[query: "recent"] ?? "").split(separator: ",").prefix(PaletteSheet.visitsAtMost)
            .compactMap { visit -> PaletteSheet.Visit? in
                let parts = visit.split(separator: "~")
                guard parts.count == 2, let id = RecordID(parts[1]) else { return nil }
                return PaletteSheet.Visit(object: String(parts[0]), id: id)
            }
        let sheet = try await kernel.answer(
            PaletteSheet(
                text: isNew ? "" : text, limit: isNew ? 0 : 12, visits: isNew ? [] : visits, namesakesAtMost: 3),
            as: actor)
        return .html(SearchPage(query: text, groups: groups(text, sheet, onlyNew: isNew)).fragment(context))
    }

    private func groups(_ text: String, _ sheet: PaletteSheet.Answer, onlyNew: Bool = false) -> [SearchPage.Group] {
        let eyes = Presentation(sight: sheet.sight, page: context)
        let commands = PaletteCommands(eyes: eyes, text: text, onlyNew: onlyNew).groups()
        if onlyNew { return commands }
        let recent = text.isEmpty ? sheet.recent : sheet.recent.filter { isCalled($0.title, text) }
        let shown = Set(recent.map(\.id))
        return [
            SearchPage.Group(id: "recent", label: Words.recent, hits: recent.map { hit($0, eyes) })
        ] + commands + [
            SearchPage.Group(id: "people", label: Words.colleagues, hits: sheet.people.map { hit($0, eyes) }),
            SearchPage.Group(
                id: "records", label: Words.records,
                hits: sheet.records.filter { !shown.contains($0.id) }.map { hit($0, eyes) }),
        ]
    }

    /// Whether a record looked at lately is meant: its name holds the words or sounds like them.
    private func isCalled(_ title: String, _ text: String) -> Bool {
        title.lowercased().contains(text.lowercased())
            || SpokenName(title).begins(with: SpokenName.typed(text))
    }

    private func hit(_ found: PaletteSheet.Found, _ eyes: Presentation) -> SearchPage.Hit {
        let definition = eyes.model.object(found.object)
        return SearchPage.Hit(
            icon: definition?.icon ?? "circle", kind: definition.map { eyes.say($0.label) } ?? found.object,
            title: found.title, note: found.note, url: Paths.record(found.object, found.id.description))
    }

    /// What a picker asks: `/o/company/pick`, `/o/any~company~order/pick`, `/o/list~port/pick`.
    func pick(_ name: String) async throws -> Reply {
        let items = try await finds(
            name, exchange[query: "q"]?.trimmingSpaces ?? "", origin: exchange[query: "field"])
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

    /// - Parameter source: an object, `any~company~order` or `list~port`.
    func finds(_ source: String, _ text: String, origin: String?) async throws -> [PickList.Item] {
        let parts = source.split(separator: "~").map(String.init)
        if parts.first == "list", parts.count == 2 { return try await codes(parts[1], text) }
        let isAny = parts.first == "any" && parts.count > 1
        return try await kernel.answer(
            PickList(
                objects: isAny ? Array(parts.dropFirst()) : [source], text: text, origin: origin, namesObject: isAny,
                language: context.language), as: actor)
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
