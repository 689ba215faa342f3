import Values

/// A piece of a FEEL text.
struct FEELToken: Hashable {
    enum Kind: Hashable {
        case number(ExactDecimal)
        case text(String)
        case name(String)
        /// An operator, bracket or comma.
        case mark(String)
        case end
    }

    let kind: Kind
    /// The place of its first byte, from 1.
    let place: Int
}

/// Cuts a FEEL text into pieces. Names with blanks are found when they are among the known ones.
struct FEELLexer {
    private let bytes: [UInt8]
    private let known: [[UInt8]]
    private var place = 0
    private(set) var tokens: [FEELToken] = []

    static let maximumLength = 4096
    private static let marks = ["..", "**", "<=", ">=", "!=", "==", "&&", "||"].map { Array($0.utf8) }
    /// Functions whose names hold blanks.
    private static let spaced = [
        "date and time", "starts with", "ends with", "string length", "upper case", "lower case",
    ]

    static func tokens(of text: String, names: Set<String>) throws(FEELError) -> [FEELToken] {
        guard text.utf8.count <= maximumLength else { throw .tooLong }
        var lexer = FEELLexer(
            bytes: Array(text.utf8),
            known: (names.filter { name in !name.utf8.allSatisfy(isNamePart) } + spaced).map { Array($0.utf8) }
                .sorted { $0.count > $1.count })
        try lexer.run()
        return lexer.tokens
    }

    private init(bytes: [UInt8], known: [[UInt8]]) {
        self.bytes = bytes
        self.known = known
    }

    private mutating func run() throws(FEELError) {
        while place < bytes.count {
            let byte = bytes[place]
            if Blanks.isBlank(byte) {
                place += 1
            } else if Self.isDigit(byte) || (byte == 0x2E && place + 1 < bytes.count && Self.isDigit(bytes[place + 1]))
            {
                try number()
            } else if byte == 0x22 || byte == 0x27 {
                try text(quote: byte)
            } else if byte >= 0xE2, let quote = typographicQuote() {
                throw .syntax(quote, at: place + 1)
            } else if Self.isNameStart(byte) {
                name()
            } else {
                mark()
            }
        }
        tokens.append(FEELToken(kind: .end, place: bytes.count + 1))
    }

    private mutating func number() throws(FEELError) {
        let start = place
        while place < bytes.count, Self.isDigit(bytes[place]) { place += 1 }
        if place + 1 < bytes.count, bytes[place] == 0x2E, Self.isDigit(bytes[place + 1]) {
            place += 1
            while place < bytes.count, Self.isDigit(bytes[place]) { place += 1 }
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let number = ExactDecimal(text.hasPrefix(".") ? "0" + text : text) else {
            throw .syntax(text, at: start + 1)
        }
        tokens.append(FEELToken(kind: .number(number), place: start + 1))
    }

    private mutating func text(quote: UInt8) throws(FEELError) {
        let start = place
        var content: [UInt8] = []
        place += 1
        while place < bytes.count, bytes[place] != quote {
            if bytes[place] == 0x5C, place + 1 < bytes.count {
                place += 1
                switch bytes[place] {
                case 0x6E: content.append(0x0A)
                case 0x74: content.append(0x09)
                case 0x72: content.append(0x0D)
                default: content.append(bytes[place])
                }
            } else {
                content.append(bytes[place])
            }
            place += 1
        }
        guard place < bytes.count else { throw .syntax("\"", at: start + 1) }
        place += 1
        tokens.append(FEELToken(kind: .text(String(decoding: content, as: UTF8.self)), place: start + 1))
    }

    private mutating func name() {
        let start = place
        if let whole = known.first(where: { bytes[place...].starts(with: $0) && isEnd(place + $0.count) }) {
            place += whole.count
        } else {
            while place < bytes.count, Self.isNamePart(bytes[place]) {
                // `a..b` is an interval, not a name.
                if bytes[place] == 0x2E, place + 1 >= bytes.count || !Self.isNameStart(bytes[place + 1]) { break }
                place += 1
            }
        }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        tokens.append(FEELToken(kind: .name(name), place: start + 1))
    }

    private func isEnd(_ place: Int) -> Bool { place >= bytes.count || !Self.isNamePart(bytes[place]) }

    private mutating func mark() {
        let long = Self.marks.first { bytes[place...].starts(with: $0) }
        let count = long?.count ?? 1
        let text = String(decoding: bytes[place..<place + count], as: UTF8.self)
        tokens.append(FEELToken(kind: .mark(text), place: place + 1))
        place += count
    }

    /// Quotation marks that a word processor made of straight ones.
    private func typographicQuote() -> String? {
        ["“", "”", "‘", "’"].first { bytes[place...].starts(with: $0.utf8) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) || byte == 0x2E }
}
