import Definitions

extension HTML {
    /// Sheets of pages that few people open, by the module that such a page loads.
    private static let sheets = [
        "settings.js": "settings.css", "facts.js": "record.css", "help.js": "help.css", "tour.js": "help.css",
        "merge.js": "merge.css",
        "composer.js": "composer.css", "presence.js": "presence.css",
    ]

    /// Writes a whole document with the style sheets, the modules and their texts.
    mutating func document(title: String, scripts: [String], body: (inout HTML) -> Void) {
        append("<!doctype html>")
        let language = page.language == .zh ? "zh-CN" : "en"
        self("html", .named("lang", language), .when(page.theme != .system, .data("theme", page.theme.rawValue))) {
            html in
            html("head") { html in
                html.append(
                    "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1,viewport-fit=cover\">"
                )
                html.homeScreen()
                html("title", text: title + " · " + html.page[Words.product])
                for sheet in [Assets.sheet] + scripts.compactMap({ Self.sheets[$0] }) + ["phone.css"] {
                    html.void("link", .named("rel", "stylesheet"), .href(html.page.assets.url(sheet)))
                }
                html.void(
                    "link", .named("rel", "icon"), .href(html.page.assets.url("icon.svg")), .type("image/svg+xml"))
                for script in scripts {
                    html("script", .type("module"), .source(html.page.assets.url(script))) { _ in }
                }
            }
            html(
                "body", .data("csrf", html.formToken), .data("family", FormToken.family(html.page.csrf)),
                .data("palette", Paths.palette)
            ) { html in
                body(&html)
                html("script", .type("application/json"), .id("texts")) {
                    $0.scriptTexts(Words.scripts + Words.quickScripts)
                }
            }
        }
    }

    /// What a phone reads when the page is put on its home screen, and the colours of its bars.
    private mutating func homeScreen() {
        let (light, dark) = ("#FFFFFF", "#161A21")
        void("link", .named("rel", "manifest"), .href(Paths.manifest(page.language)))
        void("link", .named("rel", "apple-touch-icon"), .href(page.assets.url("icon-touch.png")))
        void("meta", .name("apple-mobile-web-app-title"), .named("content", page[Installed.shortName]))
        switch page.theme {
        case .light: void("meta", .name("theme-color"), .named("content", light))
        case .dark: void("meta", .name("theme-color"), .named("content", dark))
        case .system:
            void("meta", .name("theme-color"), .named("content", light))
            void(
                "meta", .name("theme-color"), .named("content", dark),
                .named("media", "(prefers-color-scheme:dark)"))
        }
    }

    /// Writes the mark of the house: two runners' lines and the baton between them.
    mutating func logo() {
        append(
            """
            <svg width="22" height="22" viewBox="0 0 20 20" aria-hidden="true"><path class="lg-l" d="M2.5 14h5.2M12.3 6h5.2"/>\
            <path class="lg-b" d="m6.8 13.2 6.4-6.4"/></svg>
            """)
    }

    /// Writes a count of waiting things; nothing for 0.
    mutating func badge(_ count: Int) {
        if count == 0 { return }
        self("span", .class("dot num"), text: count > 99 ? "99+" : String(count))
    }

    /// Writes the switches of language and appearance: plain form posts.
    mutating func preferenceSwitches() {
        form(Paths.preferences, .class("prefs")) { html in
            html("fieldset") { html in
                html("legend", say: Words.language)
                html("div", .class("sg")) { languageButtons(&$0) }
            }
            html("fieldset") { html in
                html("legend", say: Words.theme)
                html("div", .class("sg")) { themeButtons(&$0) }
            }
        }
    }
}

private func languageButtons(_ html: inout HTML) {
    for (language, name) in [(Language.zh, "中文"), (.en, "English")] {
        html(
            "button", .name("language"), .value(language.rawValue), .named("lang", language == .zh ? "zh-CN" : "en"),
            .aria("pressed", language == html.page.language ? "true" : "false"), text: name)
    }
}

private func themeButtons(_ html: inout HTML) {
    let choices: [(Theme, Label, String)] = [
        (.system, Words.themeSystem, "monitor"), (.light, Words.themeLight, "sun"), (.dark, Words.themeDark, "moon"),
    ]
    for (theme, label, icon) in choices {
        let pressed = theme == html.page.theme ? "true" : "false"
        html("button", .name("theme"), .value(theme.rawValue), .aria("pressed", pressed)) { html in
            html.icon(icon, size: .small)
            html("span", say: label)
        }
    }
}
