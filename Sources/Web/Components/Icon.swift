/// Symbols of the sprite `icons.svg`. Packs name icons by the same words; older words are understood too.
enum Icon {
    enum Size: String { case small = "i s", normal = "i", large = "i l" }

    /// The name of the symbol for a word, `circle` when there is none.
    static func symbol(_ word: String) -> String {
        if names.contains(word) { return word }
        return aliases[word] ?? "circle"
    }

    private static let aliases: [String: String] = [
        "doc": "file-text", "box": "package", "gear": "sliders", "settings": "sliders", "funnel": "filter",
        "chart": "bar-chart", "more": "more-horizontal", "left": "chevron-left", "right": "chevron-right",
        "open": "external-link",
        "alert": "alert-triangle", "clip": "paperclip", "chat": "message", "edit": "pen", "building": "company",
        "contact": "user", "task": "clipboard-check", "quotation": "file-text", "order": "package", "money": "wallet",
        "search-check": "search", "message-square": "message", "circle-dollar-sign": "wallet", "tag": "price",
        "contract": "handshake", "map": "globe", "warehouse": "factory", "image": "file",
        "activity": "trending-up", "alarm-clock": "clock", "archive": "package", "arrow-left-right": "repeat",
        "badge-check": "check-circle", "badge-dollar-sign": "price", "book-check": "book", "book-open": "book",
        "bug": "alert-triangle", "building-2": "company", "calendar-check": "calendar", "calendar-days": "calendar",
        "calendar-plus": "calendar", "calendar-range": "calendar", "calendar-x": "calendar", "check-check": "check",
        "circle-help": "info", "circle-plus": "plus", "container": "package", "copy-plus": "copy",
        "file-check": "file-text", "file-plus": "file-text", "file-signature": "pen", "files": "copy",
        "flask-conical": "flask", "folder-tree": "layers", "gauge": "bar-chart", "gavel": "stamp",
        "git-compare": "branch", "git-pull-request": "branch", "hammer": "factory", "hand-coins": "coins",
        "images": "file", "layout-template": "columns", "lightbulb": "bulb", "list-checks": "clipboard-check",
        "list-tree": "list", "log-in": "arrow-right", "map-pin": "pin", "message-square-warning": "message",
        "messages-square": "message", "milestone": "flag", "network": "branch", "octagon-alert": "alert-triangle",
        "package-check": "package", "package-open": "package", "package-plus": "package", "pencil": "pen",
        "play": "arrow-right", "puzzle": "grid", "receipt-text": "receipt", "reply": "undo", "rotate-ccw": "undo",
        "sailboat": "ship", "scroll-text": "file-text", "shield-check": "shield", "shopping-cart": "cart",
        "shuffle": "repeat", "signal": "bar-chart", "signature": "pen", "siren": "bell", "split": "branch",
        "square-check": "clipboard-check", "table-properties": "table", "tags": "price", "timer": "clock",
        "triangle-alert": "alert-triangle", "trophy": "star", "undo-2": "undo", "unlock": "key",
        "user-check": "user", "user-cog": "user", "user-minus": "user", "user-round-check": "user", "user-x": "user",
        "users-round": "users", "waves": "ship", "wrench": "sliders",
    ]

    /// All symbols of the sprite; a test compares them with the file.
    static let names: Set<String> = [
        "home", "users", "user", "company", "filter", "filter-x", "file-text", "file", "package", "ship", "plane",
        "calendar", "check", "x", "plus", "minus", "search", "bell", "more-horizontal", "chevron-left",
        "chevron-right", "chevron-down", "chevron-up", "star", "clock", "globe", "mail", "phone", "paperclip",
        "alert-triangle", "info", "pen", "trash", "undo", "upload", "download", "printer", "sliders", "database",
        "shield", "key", "stamp", "wallet", "receipt", "truck", "factory", "clipboard-check", "handshake", "target",
        "trending-up", "layers", "list", "columns", "grid", "copy", "external-link", "log-out", "languages", "sun",
        "moon", "monitor", "arrow-up", "arrow-down", "arrow-right", "arrow-left", "lock", "relay", "bar-chart",
        "message", "at", "flag", "price", "circle", "eye", "link", "history", "sort", "menu", "keyboard",
        "inbox", "boxes", "flask", "calculator", "banknote", "coins", "percent", "scale", "ban", "check-circle",
        "bulb", "megaphone", "book", "landmark", "cart", "anchor", "branch", "pin", "repeat", "thumbs-up",
        "thumbs-down", "send", "hand", "table", "zap",
    ]
}

extension HTML {
    /// Writes a symbol. Without a label it is decoration, which screen readers pass over.
    mutating func icon(_ word: String, label: String? = nil, size: Icon.Size = .normal) {
        append("<svg class=\"")
        attributeText(size.rawValue)
        if let label {
            append("\" role=\"img\" aria-label=\"")
            attributeText(label)
            append("\"><use href=\"")
        } else {
            append("\" aria-hidden=\"true\"><use href=\"")
        }
        attributeText(page.sprite)
        append("#")
        attributeText(Icon.symbol(word))
        append("\"/></svg>")
    }
}
