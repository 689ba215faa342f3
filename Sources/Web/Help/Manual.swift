import Definitions

/// The manual inside the product: chapters in both languages, written for the people who do the work.
enum Manual {
    struct Chapter: Sendable {
        let id: String
        let icon: String
        let title: Label
        /// What it is for, in one sentence.
        let lead: Label
        let sections: [Section]
    }

    struct Section: Sendable {
        let title: Label
        let blocks: [Block]
    }

    enum Block: Sendable {
        case text(Label)
        /// In this order.
        case steps([Label])
        case points([Label])
        /// Leads to the page that is spoken of.
        case way(Label, url: String)
    }

    static let chapters: [Chapter] = [
        start, lists, records, creating, selling, relay, approvals, trouble, bringing, notices, people, settings, phone,
    ]

    static func chapter(_ id: String) -> Chapter? { chapters.first { $0.id == id } }

    static func section(_ zh: String, _ en: String, _ blocks: Block...) -> Section {
        Section(title: Label(zh: zh, en: en), blocks: blocks)
    }
}

extension Manual.Block {
    static func text(_ zh: String, _ en: String) -> Manual.Block { .text(Label(zh: zh, en: en)) }
    static func way(_ zh: String, _ en: String, _ url: String) -> Manual.Block { .way(Label(zh: zh, en: en), url: url) }
    static func steps(_ steps: (String, String)...) -> Manual.Block { .steps(steps.map { Label(zh: $0.0, en: $0.1) }) }
    static func points(_ points: (String, String)...) -> Manual.Block {
        .points(points.map { Label(zh: $0.0, en: $0.1) })
    }
}

extension Manual.Chapter {
    /// All its words in one language, for the search.
    func words(_ language: Language) -> String {
        var out = [title[language], lead[language]]
        for section in sections {
            out.append(section.title[language])
            for block in section.blocks {
                switch block {
                case .text(let label), .way(let label, _): out.append(label[language])
                case .steps(let labels), .points(let labels): out += labels.map { $0[language] }
                }
            }
        }
        return out.joined(separator: "\n")
    }
}
