import Definitions
import Kernel
import Values

/// The manual, the keys, the meaning of every field, and the tour: `/help`.
extension Desk {
    func help(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count) {
        case (nil, _): return try await helpIndex()
        case ("keys"?, 1): return try await helpPage(KeyMapPage(), Words.keyMap, Paths.keyMap)
        case ("words"?, 1): return try await dictionary(nil)
        case ("words"?, 2): return try await dictionary(rest[1])
        case ("tour"?, 1): return try await startTour()
        case (let id?, 1):
            guard let chapter = Manual.chapter(id) else { throw Rejection.noSuchPath }
            return try await helpPage(chapter, chapter.title, Paths.help(id))
        default: throw Rejection.noSuchPath
        }
    }

    private func helpIndex() async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        let wanted = exchange[query: "q"]?.trimmingSpaces ?? ""
        let needle = wanted.lowercased()
        let chapters = Manual.chapters.filter { chapter in
            needle.isEmpty || Language.allCases.contains { chapter.words($0).lowercased().contains(needle) }
        }
        let index = HelpIndex(
            wanted: wanted, chapters: chapters, offersTour: !Tour.stops(for: frame.sight).isEmpty)
        return helpPage(index, frame, Words.help, Paths.help)
    }

    private func helpPage(_ content: some Markup, _ title: Label, _ url: String) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        return helpPage(content, frame, title, url)
    }

    private func helpPage(_ content: some Markup, _ frame: Frame, _ title: Label, _ url: String) -> Reply {
        let first = Shell.Crumb(text: context[Words.help], url: Paths.help)
        let isIndex = url == Paths.help
        return page(
            HelpFrame(current: url, content: content), frame, title: context[title], place: "help",
            crumbs: isIndex ? [] : [first, Shell.Crumb(text: context[title], url: nil)],
            backURL: isIndex ? Paths.day : Paths.help, scripts: ["help.js"])
    }

    private func dictionary(_ id: String?) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        let objects = frame.sight.objects.filter { !$0.retired && $0.parent == nil && !$0.isSetting }
        guard let chosen = id == nil ? objects.first : frame.sight.objects.first(where: { $0.id == id }) else {
            throw Rejection.noSuchPath
        }
        let eyes = presentation(frame)
        let names = FieldTypeWords(eyes: eyes)
        let entries = chosen.fields.filter { !$0.retired && frame.sight.shows($0, of: chosen) }.map { field in
            DictionaryPage.Entry(
                id: field.id, label: eyes.say(field.label), type: names.name(field.type),
                meaning: FieldMeaning(eyes: eyes, definition: chosen, field: field).text)
        }
        let content = DictionaryPage(
            objects: objects.contains { $0.id == chosen.id } ? objects : objects + [chosen], chosen: chosen,
            entries: entries)
        return helpPage(content, frame, Words.dictionary, Paths.dictionary)
    }
}

/// The tour: where it begins, where its stop about a record is, and its card on any page.
extension Desk {
    private func startTour() async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        let stops = Tour.stops(for: frame.sight)
        if exchange[query: "at"] == "record" { return try await recordStop(stops) }
        if exchange[query: "later"] != nil { return seenTour(.redirect(to: Paths.day)) }
        guard !stops.isEmpty else { throw Rejection.noSuchPath }
        return seenTour(.redirect(to: Tour.address(0, in: stops)))
    }

    /// A record that the reader sees, or the next stop in a house without any.
    private func recordStop(_ stops: [Tour.Stop]) async throws -> Reply {
        let position = stops.firstIndex { $0.url == Tour.recordPlace } ?? 0
        let found = try await kernel.answer(ListRecords(object: Tour.recordObject, limit: 1), as: actor)
        guard let record = found.rows.first else {
            return .redirect(to: Tour.address(min(position + 1, stops.count - 1), in: stops))
        }
        let page = Paths.record(Tour.recordObject, record.id.description)
        return .redirect(to: page + "?" + Tour.query + "=" + String(position + 1))
    }

    private func seenTour(_ reply: Reply) -> Reply {
        reply.with("set-cookie", "\(Tour.cookie)=1; Path=/; Max-Age=31536000; SameSite=Lax" + pages.secure)
    }

    /// Whether the tour was neither taken nor put off in this browser.
    var isNew: Bool { exchange.cookie(Tour.cookie) == nil }

    /// The card of the stop that the address names.
    func tourCard(_ frame: Frame) -> TourCard? {
        guard let text = exchange[query: Tour.query], let number = Int(text) else { return nil }
        let stops = Tour.stops(for: frame.sight)
        guard (1...max(1, stops.count)).contains(number), !stops.isEmpty else { return nil }
        return TourCard(stops: stops, position: number - 1, leaveURL: "/" + exchange.path.joined(separator: "/"))
    }
}
