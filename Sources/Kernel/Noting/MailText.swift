/// A text with places that a record fills: `Dear {= receiver },`. Between `{=` and `}` stands an expression.
struct MailText {
    enum Part: Hashable {
        case words(String)
        /// The expression of a place, without its braces.
        case place(String)
    }

    /// A place without an end, with what follows its beginning.
    struct Unclosed: Error, Hashable {
        let near: String
    }

    let parts: [Part]

    /// A brace inside the quotes of an expression ends nothing.
    init(_ text: String) throws(Unclosed) {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "{=") {
            if start.lowerBound > rest.startIndex { parts.append(.words(String(rest[..<start.lowerBound]))) }
            let inside = rest[start.upperBound...]
            guard let end = Self.end(of: inside) else { throw Unclosed(near: String(inside.prefix(40)).trimmed) }
            parts.append(.place(String(inside[..<end]).trimmed))
            rest = inside[inside.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.words(String(rest))) }
        self.parts = parts
    }

    private static func end(of text: Substring) -> Substring.Index? {
        var isQuoted = false
        return text.indices.first { index in
            if text[index] == "\"" { isQuoted.toggle() }
            return text[index] == "}" && !isQuoted
        }
    }

    var places: [String] { parts.compactMap { if case .place(let source) = $0 { source } else { nil } } }
}
