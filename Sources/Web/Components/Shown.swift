import Definitions
import Values

/// A value ready to be drawn: what a field's type, the code lists and the names of linked records make of it.
enum Shown: Sendable {
    case nothing
    /// What people wrote, or a date.
    case text(String)
    /// Right-aligned in tables.
    case number(String)
    case tags([Tag])
    /// Another record.
    case link(String, url: String)
    case links([(title: String, url: String)])
    case person(String, url: String?)
    case mail(String)
    case phone(String)
    case web(String)
    case bool(Bool)
    /// Several lines, line ends kept.
    case longText(String)

    var isNumber: Bool { if case .number = self { true } else { false } }
    var isNothing: Bool { if case .nothing = self { true } else { false } }

    /// The words alone, for titles and notes.
    var plain: String {
        switch self {
        case .nothing: ""
        case .text(let text), .number(let text), .mail(let text), .phone(let text), .web(let text), .longText(let text):
            text
        case .tags(let tags): tags.map(\.text).joined(separator: " · ")
        case .link(let title, _), .person(let title, _): title
        case .links(let links): links.map(\.title).joined(separator: " · ")
        case .bool(let flag): flag ? "✓" : "–"
        }
    }
}

extension Shown: Markup {
    func write(to html: inout HTML) {
        switch self {
        case .nothing: html("span", .class("mut"), text: "–")
        case .text(let text): html.user(text)
        case .number(let text): html.text(text)
        case .tags(let tags): html.add(all: tags)
        case .link(let title, let url): html("a", .class("ln"), .href(url)) { $0.user(title) }
        case .links(let links):
            for (position, link) in links.enumerated() {
                if position > 0 { html.append(" · ") }
                html("a", .class("ln"), .href(link.url)) { $0.user(link.title) }
            }
        case .person(let name, let url): person(name, url, &html)
        case .mail(let address): html("a", .class("ln"), .href("mailto:" + address)) { $0.user(address) }
        case .phone(let number):
            html("a", .class("ln"), .href("tel:" + number.filter { $0.isNumber || $0 == "+" })) { $0.user(number) }
        case .web(let address): web(address, &html)
        case .bool(let flag):
            if flag {
                html.icon("check", label: html.page[Words.yes], size: .small)
            } else {
                html("span", .class("mut"), text: "–")
            }
        case .longText(let text): html("span", .class("pre")) { $0.user(text) }
        }
    }

    private func person(_ name: String, _ url: String?, _ html: inout HTML) {
        html("span", .class("who-i")) { html in
            html.add(Avatar(name: name, size: .small))
            if let url { html("a", .href(url)) { $0.user(name) } } else { html("span") { $0.user(name) } }
        }
    }

    private func web(_ address: String, _ html: inout HTML) {
        let url = address.contains("://") ? address : "https://" + address
        let short = address.split(separator: "://", maxSplits: 1).last.map(String.init) ?? address
        html("a", .class("ln"), .href(url), .named("rel", "noopener noreferrer"), .named("target", "_blank")) { html in
            html.user(short.hasSuffix("/") ? String(short.dropLast()) : short)
        }
    }
}
