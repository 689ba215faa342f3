import Definitions

/// The versions of a document, newest first, each with what became different; nothing when there is but one.
struct VersionList: Markup {
    let versions: [QuotationPage.Version]

    func write(to html: inout HTML) {
        if versions.isEmpty { return }
        html.card(html.page[Words.history], count: versions.count, classes: "vers") { html in
            html("ol") { html in
                for version in versions { line(version, &html) }
            }
        }
    }

    private func line(_ version: QuotationPage.Version, _ html: inout HTML) {
        html("li", .when(version.isCurrent, .aria("current", "true"))) { html in
            html("a", .href(version.url)) { html in
                html("b", text: version.name)
                if let tag = version.tag { html.add(tag) }
                html("span", .class("sp")) { _ in }
                html("span", .class("mut")) { $0.user(version.note) }
            }
            if !version.changes.isEmpty { html.add(ChangeList(changes: version.changes)) }
        }
    }
}
