import Definitions

/// What every component may need to know about the page it stands on.
struct PageContext: Sendable {
    let language: Language
    let theme: Theme
    let format: Format
    /// The secret of this session's forms, empty before sign-in. Pages carry it masked, as `HTML.formToken`.
    let csrf: String
    let assets: AssetURLs
    /// Address of the symbols, looked up once.
    let sprite: String

    init(
        language: Language, theme: Theme = .system, format: Format, csrf: String = "", assets: AssetURLs = .plain
    ) {
        self.language = language
        self.theme = theme
        self.format = format
        self.csrf = csrf
        self.assets = assets
        sprite = assets.url("icons.svg")
    }

    subscript(label: Label) -> String { label[language] }
}

/// Light, dark, or as the device says.
enum Theme: String, Sendable, CaseIterable {
    case system
    case light
    case dark
}

/// Where the static files are served: file name → address, with a content hash when the server knows one.
struct AssetURLs: Sendable {
    let url: @Sendable (String) -> String

    /// `/a/` and the name.
    static let plain = AssetURLs { "/a/" + $0 }
}

extension HTML {
    /// Writes a form with the session's token, for a post to `url`.
    mutating func form(_ url: String, _ attributes: Attribute..., content: (inout HTML) -> Void) {
        open("form", [.named("method", "post"), .action(url)] + attributes)
        void("input", .type("hidden"), .name("csrf"), .value(formToken))
        content(&self)
        close("form")
    }

    /// Writes a hidden field.
    mutating func hidden(_ name: String, _ value: String) {
        void("input", .type("hidden"), .name(name), .value(value))
    }
}
