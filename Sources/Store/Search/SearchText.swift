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
    /// Each token once, separated by blanks.
    package let tokens: String

    /// Makes the search form of a document.
    package init(_ text: String) {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count * 2)
        var tokens = SearchTokens()
        func add(_ part: Part) {
            if !folded.isEmpty { folded.append(UInt8(ascii: " ")) }
            for scalar in part.scalars { folded.append(scalar) }
            tokens.add(part)
        }
        for chunk in Self.chunks(text) {
            for part in chunk.parts { add(part) }
            if let joined = chunk.joined { add(joined) }
        }
        self.folded = String(decoding: folded, as: UTF8.self)
        self.tokens = tokens.text
    }

    /// Rebuilds the tokens of a document from its folded text.
    init(folded: String) {
        var tokens = SearchTokens()
        for word in folded.unicodeScalars.split(separator: " ") {
            guard let first = word.first else { continue }
            tokens.add(Part(scalars: Array(word), isHan: TextFolding.kind(first) == .han))
        }
        self.folded = folded
        self.tokens = tokens.text
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
        var tokens = SearchTokens()
        var fragments: [String] = []
        for chunk in chunks(words).prefix(8) {
            for part in chunk.joined.map({ [$0] }) ?? chunk.parts {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: part.scalars)
                fragments.append(String(text))
                tokens.ask(part)
            }
        }
        return Request(
            tokens: tokens.text.split(separator: " ").map(String.init), fragments: fragments, key: key(words))
    }

    /// Letters and digits of a text, folded: two texts with the same key are the same name or number.
    package static func key(_ text: String) -> String {
        var out: [UInt8] = []
        for scalar in TextFolding.folded(text) where TextFolding.kind(scalar) != .other { out.append(scalar) }
        return String(decoding: out, as: UTF8.self)
    }

    // MARK: - Parts

    /// A run of word scalars, or of Chinese, Japanese and Korean ones.
    struct Part {
        let scalars: [Unicode.Scalar]
        let isHan: Bool
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
            if run.isEmpty { return }
            let cut = runIsHan || run.count <= wordLimit ? run : Array(run.prefix(wordLimit))
            chunk.parts.append(Part(scalars: cut, isHan: runIsHan))
            run.removeAll(keepingCapacity: true)
        }
        func endChunk() {
            endRun()
            if !chunk.parts.isEmpty { chunks.append(chunk) }
            chunk.parts.removeAll()
        }
        for scalar in TextFolding.folded(text).prefix(limit) {
            let kind = TextFolding.kind(scalar)
            if kind == .other {
                if scalar == " " || scalar.properties.isWhitespace { endChunk() } else { endRun() }
                continue
            }
            if (kind == .han) != runIsHan { endRun() }
            runIsHan = kind == .han
            run.append(scalar)
        }
        endChunk()
        return chunks
    }
}

extension [UInt8] {
    /// The scalar's bytes in UTF-8.
    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            append(contentsOf: String(scalar).utf8)
        }
    }
}
