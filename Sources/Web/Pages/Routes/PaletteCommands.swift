import Definitions
import Kernel
import Values

/// What the palette offers beside records: records to make and pages to open, found by name in either language, by pinyin
/// and by initials.
struct PaletteCommands {
    let eyes: Presentation
    /// Views, settings and the reader's own pages are only for who looks for them.
    let text: String
    /// Only what makes records.
    var onlyNew = false

    private var sight: ModelSight { eyes.sight }

    private struct Entry {
        let hit: SearchPage.Hit
        let names: [String]
        /// Offered before a word is typed.
        var isPrimary = false
    }

    /// - Returns: what is called by the words, the nearest first; without words what one does most.
    func groups() -> [SearchPage.Group] {
        let made = matching(makers, atMost: onlyNew ? 60 : 5)
        let out = [SearchPage.Group(id: "new", label: Words.createNew, hits: made)]
        if onlyNew { return out }
        return out + [SearchPage.Group(id: "go", label: Words.goTo, hits: matching(pages, atMost: 6))]
    }

    private func matching(_ entries: [Entry], atMost limit: Int) -> [SearchPage.Hit] {
        let wanted = text.lowercased()
        if wanted.isEmpty {
            return Array(entries.filter { $0.isPrimary || onlyNew }.prefix(onlyNew ? limit : 8).map(\.hit))
        }
        let typed = SpokenName.typed(text)
        let ranked = entries.compactMap { entry -> (rank: Int, hit: SearchPage.Hit)? in
            let rank = entry.names.map { Self.rank($0, wanted, typed) }.min() ?? Self.unlike
            return rank < Self.unlike ? (rank, entry.hit) : nil
        }
        return ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.hit).reduce(into: [SearchPage.Hit]()) { out, hit in
                // A list that is a setting, too, stands there once.
                if out.count < limit, !out.contains(where: { $0.url == hit.url }) { out.append(hit) }
            }
    }

    private static let unlike = 9

    /// The nearer the name to the words, the smaller. A single letter is too little to be heard as a sound.
    private static func rank(_ name: String, _ wanted: String, _ typed: String) -> Int {
        let plain = name.lowercased()
        if plain == wanted { return 0 }
        if plain.hasPrefix(wanted) { return 1 }
        if plain.contains(wanted) { return 3 }
        let isChinese = plain.unicodeScalars.contains { $0.value >= 0x2E80 }
        return isChinese && typed.count >= 2 && SpokenName(name).begins(with: typed) ? 2 : unlike
    }

    // MARK: Making

    private var makers: [Entry] {
        var known: Set<String> = []
        var out: [Entry] = []
        func add(_ object: ObjectDefinition, _ label: Label, _ icon: String, isPrimary: Bool) {
            guard !object.retired, object.parent == nil, sight.canCreate(object.id), known.insert(object.id).inserted
            else { return }
            let title = Words.new(object.label)
            var hit = SearchPage.Hit(
                icon: icon, kind: "", title: eyes.say(title), note: "", url: Paths.new(object.id))
            hit.object = object.id
            out.append(
                Entry(
                    hit: hit, names: [object.label.zh, object.label.en, title.zh, title.en, object.id],
                    isPrimary: isPrimary))
        }
        for item in sight.model.menu {
            guard let object = sight.model.object(item.object) else { continue }
            add(object, item.label, item.icon, isPrimary: item.primary)
        }
        for object in sight.objects { add(object, object.label, object.icon, isPrimary: false) }
        return out
    }

    // MARK: Going

    private var pages: [Entry] { own + lists + settings }

    private func page(_ label: Label, _ icon: String, _ url: String, kind: Label? = nil, isPrimary: Bool = false)
        -> Entry
    {
        Entry(
            hit: SearchPage.Hit(icon: icon, kind: kind.map(eyes.say) ?? "", title: eyes.say(label), note: "", url: url),
            names: [label.zh, label.en], isPrimary: isPrimary)
    }

    private var own: [Entry] {
        var out = [page(Words.myDay, "home", Paths.day, isPrimary: true)]
        if sight.model.object("approval_step")?.field("state") != nil {
            out.append(page(Words.approvals, "stamp", Paths.approvals, isPrimary: true))
        }
        if RelayProcess.first(sight) != nil {
            out.append(page(Words.relay, "relay", Paths.relay, isPrimary: true))
        }
        out.append(page(Words.notices, "bell", Paths.notices))
        out += [
            page(Words.help, "book", Paths.help), page(Words.keyMap, "keyboard", Paths.keyMap),
            page(Words.dictionary, "book", Paths.dictionary), page(Words.tour, "flag", Paths.tour),
        ]
        if !text.isEmpty {
            out += Manual.chapters.map { page($0.title, $0.icon, Paths.help($0.id), kind: Words.manual) }
        }
        if sight.canCreate("meeting") {
            out.append(page(Label(zh: "找开会时间", en: "Find a time"), "clock", Paths.findMeeting))
        }
        return out
    }

    /// Lists and their views, and boards of what climbs a ladder.
    private var lists: [Entry] {
        var out: [Entry] = []
        var known: Set<String> = []
        for item in sight.model.menu {
            guard let object = sight.model.object(item.object), !object.retired, sight.canRead(object.id),
                known.insert(object.id).inserted
            else { continue }
            let url = object.ladder?.lanes.isEmpty == false ? Paths.board(object.id) : Paths.list(object.id)
            var entry = page(item.label, item.icon, url, isPrimary: item.primary)
            entry = Entry(
                hit: entry.hit, names: entry.names + [object.label.zh, object.label.en, object.plural.en, object.id],
                isPrimary: item.primary)
            out.append(entry)
            if !object.isSetting { out += views(object, item.icon) }
        }
        for object in sight.objects where object.parent == nil && !object.retired && known.insert(object.id).inserted {
            out.append(page(object.plural, object.icon, Paths.list(object.id)))
        }
        return out
    }

    /// 公海, 流失风险: lists that are known by a name of their own. Only for who types it.
    private func views(_ object: ObjectDefinition, _ icon: String) -> [Entry] {
        if text.isEmpty { return [] }
        return object.views.dropFirst().map { view in
            page(view.label, icon, Paths.list(object.id, view: view.id), kind: object.plural)
        }
    }

    private var settings: [Entry] {
        if text.isEmpty { return [page(Words.settings, "sliders", Paths.settings, isPrimary: true)] }
        let index = SettingsIndex(sight: sight, language: eyes.language)
        let entries = index.groups.flatMap(\.entries).map { page($0.label, $0.icon, $0.url, kind: Words.settings) }
        return [page(Words.settings, "sliders", Paths.settings)] + entries
    }
}
