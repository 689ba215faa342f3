import Definitions

/// The frame of every page after sign-in: rail, bar, content; on the phone a bar above and tabs below.
struct Shell: Sendable {
    struct Entry: Sendable {
        let label: Label
        let icon: String
        let url: String
        /// Things waiting there; 0 shows nothing.
        var waiting = 0
        var isCurrent = false
    }

    struct Crumb: Sendable {
        let text: String
        let url: String?
    }

    struct Person: Sendable {
        let name: String
        let login: String
        /// What the person is: 业务, 跟单.
        let roles: String
    }

    /// On the rail, and the first four on the phone's tab bar.
    let primary: [Entry]
    /// Under "more", in groups with a name.
    let more: [(title: Label, entries: [Entry])]
    /// Opened from the foot of the rail: definitions, accounts. Empty for people without the privilege.
    let settings: [Entry]
    let person: Person
    /// The person's own pages, in their menu.
    var personal: [Entry] = []
    var unread = 0
    /// The last event that the page knows of; what comes after it is news.
    var sequence: Int64 = 0
    var crumbs: [Crumb] = []
    /// Where the phone's back arrow leads; nil on the first level.
    var backURL: String?
    /// Title of the window and of the phone's bar.
    let title: String
    /// Place in the list, on the phone's bar: 12 / 86.
    var titleNote = ""
    /// A sentence that came with the answer to a post: saved, deleted (with undo).
    var flash: Flash?
    /// Where the page is a stop of the tour.
    var tour: TourCard?

    /// Hash of the house's own logo; nil shows that of the product.
    var logo: String?

    /// What was just done, with the way back.
    struct Flash: Sendable {
        let text: String
        var undo: (url: String, fields: [(name: String, value: String)])?
        var isError = false
    }
}

extension Shell {
    /// A whole page: this frame around the content.
    ///
    /// - Parameter scripts: names of modules the page needs beyond `app.js`, such as `list.js`.
    func document(_ context: PageContext, scripts: [String] = [], content: some Markup) -> [UInt8] {
        var html = HTML(context)
        let everywhere = ["app.js", "palette.js", "quick.js"] + (tour == nil ? [] : ["tour.js"])
        html.document(title: title, scripts: everywhere + scripts) { html in
            html("a", .class("sr"), .href("#main"), say: Words.skip)
            html("div", .class("app")) { html in
                rail(&html)
                html("div", .class("stage")) { html in
                    bar(&html)
                    html("main", .id("main"), .named("tabindex", "-1")) { $0.add(content) }
                }
            }
            tabBar(&html)
            if let tour { html.add(tour) }
            frameEnd(&html)
        }
        return html.bytes
    }

    private func rail(_ html: inout HTML) {
        html("nav", .class("rail"), .label(html.page[Words.mainMenu])) { html in
            mark(&html)
            for entry in primary { link(entry, &html) }
            if !more.isEmpty {
                html("details", .class("menu side")) { html in
                    html("summary", .class("rl")) { html in
                        html.icon("grid", size: .large)
                        html("span", say: Words.more)
                    }
                    html.folded { html in html("div", .class("menu-p")) { moreEntries(&$0) } }
                }
            }
            html("span", .class("sp")) { _ in }
            for entry in settings { link(entry, &html) }
        }
    }

    private func mark(_ html: inout HTML) {
        guard let logo else {
            return html("a", .class("logo"), .href(Paths.day), .label(html.page[Words.product])) { $0.logo() }
        }
        html("a", .class("logo own"), .href(Paths.day), .label(html.page[Words.product])) { html in
            html.void(
                "img", .source(Paths.logo(logo)), .named("alt", ""), .named("width", "32"), .named("height", "32"))
        }
    }

    private func link(_ entry: Entry, _ html: inout HTML) {
        html("a", .class("rl"), .href(entry.url), .when(entry.isCurrent, .aria("current", "page"))) { html in
            html.icon(entry.icon, size: .large)
            html("span", say: entry.label)
            html.badge(entry.waiting)
        }
    }

    private func moreEntries(_ html: inout HTML) {
        for group in more {
            html("p", .class("menu-h"), say: group.title)
            for entry in group.entries { item(entry, &html) }
        }
    }

    private func bar(_ html: inout HTML) {
        html("header", .class("bar")) { html in
            if let backURL {
                html("a", .class("ib only-m"), .href(backURL), .label(html.page[Words.back])) {
                    $0.icon("chevron-left", size: .large)
                }
            }
            crumb(&html)
            html("span", .class("bar-t only-m")) { html in
                html("b") { $0.user(title) }
                html("span", .class("mut num"), text: titleNote)
            }
            html("a", .class("find no-m"), .href(Paths.search), .data("do", "palette"), .data("me", person.login)) {
                html in
                html.icon("search")
                html("span", say: Words.searchHint)
                html("kbd", text: "Ctrl K")
            }
            html("span", .class("sync no-m"), .id("sync"), .named("role", "status")) { html in
                html("i") { _ in }
                html("span", say: Words.synced)
            }
            html("a", .class("ib only-m"), .href(Paths.search), .data("do", "palette"), .label(html.page[Words.search]))
            { $0.icon("search", size: .large) }
            html(
                "a", .class("ib"), .href(Paths.quick), .data("do", "make"), .label(html.page[Words.makeNew]),
                .title(html.page[Words.makeNew])
            ) { $0.icon("plus", size: .large) }
            html(
                "a", .class("ib"), .href(Paths.notices), .data("bell", ""), .label(html.page[Words.unread(unread)])
            ) { html in
                html.icon("bell", size: .large)
                html.badge(unread)
            }
            personMenu(&html)
        }
    }

    private func crumb(_ html: inout HTML) {
        html("nav", .class("crumb no-m"), .label("breadcrumb")) { html in
            for (position, crumb) in crumbs.enumerated() {
                if position > 0 { html.icon("chevron-right", size: .small) }
                if let url = crumb.url {
                    html("a", .href(url)) { $0.user(crumb.text) }
                } else {
                    html("b") { $0.user(crumb.text) }
                }
            }
        }
    }

    private func personMenu(_ html: inout HTML) {
        let person = person
        html.menu(
            html.page[Words.account], classes: "end me", isFolded: true,
            head: { $0.add(Avatar(name: person.name, size: .large)) }
        ) { html in
            html("div", .class("menu-me")) { html in
                html("b") { $0.user(person.name) }
                html("span", .class("mut")) {
                    $0.user(person.roles.isEmpty ? person.login : person.login + " · " + person.roles)
                }
            }
            for entry in personal { item(entry, &html) }
            html.preferenceSwitches()
            html("button", .type("button"), .class("no-m"), .data("do", "keys")) { html in
                html.icon("keyboard")
                html("span", say: Words.shortcuts)
                html("kbd", text: "?")
            }
            html("button", .type("button"), .data("do", "install"), .flag("hidden")) { html in
                html.icon("download")
                html("span", say: Words.install)
            }
            html.menuPost(html.page[Words.signOut], icon: "log-out", url: Paths.signOut)
        }
    }

    private func tabBar(_ html: inout HTML) {
        html("nav", .class("tabbar"), .label(html.page[Words.mainMenu])) { html in
            for entry in primary.prefix(4) {
                html("a", .href(entry.url), .when(entry.isCurrent, .aria("current", "page"))) { html in
                    html.icon(entry.icon, size: .large)
                    html("span", say: entry.label)
                    html.badge(entry.waiting)
                }
            }
            html("details", .class("menu sheet")) { html in
                html("summary") { html in
                    html.icon("menu", size: .large)
                    html("span", say: Words.more)
                }
                html.folded { html in html("div", .class("menu-p")) { otherEntries(&$0) } }
            }
        }
    }

    /// What the four tabs of the phone leave out.
    private func otherEntries(_ html: inout HTML) {
        for entry in primary.dropFirst(4) { item(entry, &html) }
        moreEntries(&html)
        for entry in settings { item(entry, &html) }
    }

    private func item(_ entry: Entry, _ html: inout HTML) {
        html.menuItem(html.page[entry.label], icon: entry.icon, url: entry.url, isCurrent: entry.isCurrent)
    }

    /// The places that scripts fill: toasts, palette, key sheet.
    private func frameEnd(_ html: inout HTML) {
        html(
            "div", .class("toasts"), .id("toasts"), .named("role", "status"), .aria("live", "polite"),
            .when(sequence > 0, .data("after", String(sequence)))
        ) { html in
            guard let flash else { return }
            html("div", .class(flash.isError ? "toast bad" : "toast")) { html in
                html.icon(flash.isError ? "alert-triangle" : "check")
                html("span") { $0.user(flash.text) }
                if let undo = flash.undo {
                    html.add(Button(text: html.page[Words.undo], target: .post(undo.url, undo.fields), kind: .ghost))
                }
            }
        }
    }
}
