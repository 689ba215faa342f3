/// How a text is found: the tokens it is indexed under, and the tokens and fragments a search asks for.
///
/// Chinese, Japanese and Korean runs give their characters and pairs of characters; words of letters and digits give
/// their first letter, first two letters and all triples. Parts joined by punctuation (`QT-2611-032`,
/// `anna@nordlicht.de`, `+49 40 1234`) are indexed joined as well, so a fragment across the punctuation is found.
/// A hit by tokens is only a candidate: the words must also stand in the document's folded text.
package struct SearchText: Sendable {
    /// Long texts are indexed up to this many scalars.
    static let limit = 4000
    /// Longer words are cut: no code or name is longer.
    static let wordLimit = 60

    /// The folded words and joined forms, separated by blanks: what a search is verified against.
    package let folded: String
    /// Each token once.
    package let tokens: [String]

    /// Makes the search form of a document.
    package init(_ text: String) {
        var words: [String] = []
        var tokens: Set<String> = []
        for chunk in Self.chunks(text) {
            for part in chunk.parts {
                words.append(part.text)
                Self.addTokens(part, to: &tokens)
            }
            if let joined = chunk.joined {
                words.append(joined.text)
                Self.addTokens(joined, to: &tokens)
            }
        }
        folded = words.joined(separator: " ")
        self.tokens = tokens.sorted()
    }

    /// Rebuilds the tokens of a document from its folded text.
    init(folded: String) {
        var tokens: Set<String> = []
        for word in folded.split(separator: " ") {
            let scalars = Array(word.unicodeScalars)
            let isHan = scalars.first.map { TextFolding.kind($0) == .han } ?? false
            Self.addTokens(Part(scalars: scalars, isHan: isHan), to: &tokens)
        }
        self.folded = folded
        self.tokens = tokens.sorted()
    }

    /// What a search asks for.
    package struct Request: Sendable, Hashable {
        /// All must be in the index entry.
        package let tokens: [String]
        /// All must stand in the folded text.
        package let fragments: [String]
        /// Letters and digits only: to compare with the title key.
        package let key: String
        package var isEmpty: Bool { tokens.isEmpty }
    }

    /// Reads what a person typed; at most eight words of it.
    package static func request(_ words: String) -> Request {
        var tokens: Set<String> = []
        var fragments: [String] = []
        for chunk in chunks(words).prefix(8) {
            for part in chunk.joined.map({ [$0] }) ?? chunk.parts {
                fragments.append(part.text)
                tokens.formUnion(asked(part))
            }
        }
        return Request(tokens: tokens.sorted(), fragments: fragments, key: key(words))
    }

    /// Letters and digits of a text, folded: two texts with the same key are the same name or number.
    package static func key(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in TextFolding.folded(text) where TextFolding.kind(scalar) != .other { out.append(scalar) }
        return String(out)
    }

    // MARK: - Parts

    struct Part {
        let scalars: [Unicode.Scalar]
        let isHan: Bool
        var text: String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
    }

    /// What stands between two blanks.
    struct Chunk {
        var parts: [Part] = []
        /// All word parts together, when there are several and no Chinese.
        var joined: Part? {
            guard parts.count > 1, !parts.contains(where: \.isHan) else { return nil }
            return Part(scalars: Array(parts.flatMap(\.scalars).prefix(SearchText.wordLimit)), isHan: false)
        }
    }

    static func chunks(_ text: String) -> [Chunk] {
        var chunks: [Chunk] = []
        var chunk = Chunk()
        var run: [Unicode.Scalar] = []
        var runIsHan = false
        func endRun() {
            if !run.isEmpty {
                let cut = runIsHan ? run : Array(run.prefix(wordLimit))
                chunk.parts.append(Part(scalars: cut, isHan: runIsHan))
            }
            run = []
        }
        func endChunk() {
            endRun()
            if !chunk.parts.isEmpty { chunks.append(chunk) }
            chunk = Chunk()
        }
        for scalar in TextFolding.folded(text).prefix(limit) {
            switch TextFolding.kind(scalar) {
            case .other:
                if scalar.properties.isWhitespace { endChunk() } else { endRun() }
            case let kind:
                if (kind == .han) != runIsHan { endRun() }
                runIsHan = kind == .han
                run.append(scalar)
            }
        }
        endChunk()
        return chunks
    }

    private static func addTokens(_ part: Part, to tokens: inout Set<String>) {
        let scalars = part.scalars
        if part.isHan {
            for scalar in scalars { tokens.insert(String(Character(scalar))) }
            addWindows(of: 2, scalars, to: &tokens)
            return
        }
        tokens.insert("^" + Part(scalars: Array(scalars.prefix(1)), isHan: false).text)
        if scalars.count > 1 { tokens.insert("^" + Part(scalars: Array(scalars.prefix(2)), isHan: false).text) }
        addWindows(of: 3, scalars, to: &tokens)
    }

    private static func asked(_ part: Part) -> Set<String> {
        var tokens: Set<String> = []
        let scalars = part.scalars
        if part.isHan {
            if scalars.count == 1 { tokens.insert(part.text) } else { addWindows(of: 2, scalars, to: &tokens) }
        } else if scalars.count < 3 {
            tokens.insert("^" + part.text)
        } else {
            addWindows(of: 3, scalars, to: &tokens)
        }
        return tokens
    }

    private static func addWindows(of size: Int, _ scalars: [Unicode.Scalar], to tokens: inout Set<String>) {
        guard scalars.count >= size else { return }
        for start in 0...(scalars.count - size) {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[start..<start + size])
            tokens.insert(String(view))
        }
    }
}
