import Values

/// Cuts a source into tokens.
///
/// Full-width brackets, commas, operators and curly quotes, as a Chinese input method gives them, count as the
/// ASCII ones.
struct Lexer {
    private let bytes: [UInt8]
    private var position = 0

    init(_ source: String) { bytes = Array(source.utf8) }

    static func tokens(of source: String) throws(Diagnostic) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private mutating func next() throws(Diagnostic) -> Token {
        skipBlanks()
        let start = position
        guard let byte = peek() else { return Token(kind: .end, span: Span(offset: start, length: 0)) }
        switch byte {
        case 0x30...0x39:
            return Token(kind: .number(try number()), span: span(from: start))
        case 0x41...0x5A, 0x61...0x7A, 0x5F:
            return Token(kind: .word(word()), span: span(from: start))
        default:
            if try openQuote() { return Token(kind: .text(try text(from: start)), span: span(from: start)) }
            return Token(kind: .symbol(try symbol()), span: span(from: start))
        }
    }

    // MARK: Pieces

    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else if starts(with: [0xE3, 0x80, 0x80]) {
                position += 3
            } else if starts(with: [0xC2, 0xA0]) {
                position += 2
            } else {
                return
            }
        }
    }

    private mutating func word() -> String {
        let start = position
        while let byte = peek(), Self.isWordByte(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// At most 18 digits, so that every literal fits the 64 bits of a stored number.
    private mutating func number() throws(Diagnostic) -> ExactDecimal {
        let start = position
        var units: Int128 = 0
        var digits = 0
        var scale = 0
        var seenPoint = false
        while let byte = peek() {
            if (0x30...0x39).contains(byte) {
                digits += 1
                if digits <= 18 { units = units * 10 + Int128(byte - 0x30) }
                if seenPoint { scale += 1 }
            } else if byte == 0x2E, !seenPoint, let after = peek(1), (0x30...0x39).contains(after) {
                seenPoint = true
            } else {
                break
            }
            position += 1
        }
        if peek() == 0x25 || starts(with: [0xEF, 0xBC, 0x85]) {
            position += peek() == 0x25 ? 1 : 3
            scale += 2
        }
        if let byte = peek(), Self.isWordByte(byte) {
            position += 1
            throw .badNumber(span(from: start))
        }
        while scale > 0, units % 10 == 0 {
            units /= 10
            scale -= 1
        }
        guard digits <= 18, scale <= ExpressionChecker.maximumScale else { throw .longNumber(span(from: start)) }
        return ExactDecimal(units: units, scale: scale)
    }

    /// Steps over an opening quote.
    private mutating func openQuote() throws(Diagnostic) -> Bool {
        if peek() == 0x22 {
            position += 1
        } else if starts(with: Self.curlyOpen) || starts(with: Self.curlyClose) {
            position += 3
        } else if peek() == 0x27 {
            throw .singleQuote(Span(offset: position, length: 1))
        } else {
            return false
        }
        return true
    }

    /// The rest of a text after its opening quote; a doubled quote is a quote. A curly opening quote ends at any
    /// curly one, a straight one at a straight one.
    private mutating func text(from start: Int) throws(Diagnostic) -> String {
        let isCurly = bytes[start] != 0x22
        var content: [UInt8] = []
        while let byte = peek() {
            guard byte != 0 else { throw .unknownCharacter("NUL", Span(offset: position, length: 1)) }
            let quote = quoteLength(isCurly: isCurly)
            if quote == 0 {
                content.append(byte)
                position += 1
                continue
            }
            position += quote
            let second = quoteLength(isCurly: isCurly)
            if second == 0 { return String(decoding: content, as: UTF8.self) }
            content += isCurly ? Array(bytes[position..<position + second]) : [0x22]
            position += second
        }
        throw .openText(span(from: start))
    }

    private func quoteLength(isCurly: Bool) -> Int {
        if isCurly { return starts(with: Self.curlyOpen) || starts(with: Self.curlyClose) ? 3 : 0 }
        return peek() == 0x22 ? 1 : 0
    }

    private mutating func symbol() throws(Diagnostic) -> Symbol {
        let start = position
        guard let first = takeASCII() else { throw .unknownCharacter(takeScalar(), span(from: start)) }
        let second = peekASCII()
        switch (first, second) {
        case (0x3C, 0x3E?), (0x21, 0x3D?): return taking(.notEqual)
        case (0x3C, 0x3D?): return taking(.lessOrEqual)
        case (0x3E, 0x3D?): return taking(.greaterOrEqual)
        case (0x3D, 0x3D?): throw wrongOperator(from: start, instead: "=")
        case (0x26, 0x26?): throw wrongOperator(from: start, instead: "AND")
        case (0x7C, 0x7C?): throw wrongOperator(from: start, instead: "OR")
        case (0x21, _): throw .wrongOperator("!", instead: "NOT", span(from: start))
        default:
            let name = String(UnicodeScalar(first))
            guard let symbol = Symbol(rawValue: name) else { throw .unknownCharacter(name, span(from: start)) }
            return symbol
        }
    }

    private mutating func taking(_ symbol: Symbol) -> Symbol {
        _ = takeASCII()
        return symbol
    }

    private mutating func wrongOperator(from start: Int, instead: String) -> Diagnostic {
        _ = takeASCII()
        let place = span(from: start)
        let typed = String(decoding: bytes[start..<position], as: UTF8.self)
        return .wrongOperator(typed, instead: instead, place)
    }

    // MARK: Bytes

    private static let curlyOpen: [UInt8] = [0xE2, 0x80, 0x9C]
    private static let curlyClose: [UInt8] = [0xE2, 0x80, 0x9D]

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private func starts(with prefix: [UInt8]) -> Bool {
        position + prefix.count <= bytes.count && bytes[position..<position + prefix.count].elementsEqual(prefix)
    }

    /// The next character as ASCII: itself, or the ASCII twin of a full-width form (U+FF01...U+FF5E).
    private func peekASCII() -> UInt8? {
        guard let byte = peek() else { return nil }
        if (0x21...0x7E).contains(byte) { return byte }
        guard byte == 0xEF, let second = peek(1), let third = peek(2) else { return nil }
        if second == 0xBC, (0x81...0xBF).contains(third) { return third - 0x81 + 0x21 }
        if second == 0xBD, (0x80...0x9E).contains(third) { return third - 0x80 + 0x60 }
        return nil
    }

    private mutating func takeASCII() -> UInt8? {
        guard let ascii = peekASCII() else { return nil }
        position += bytes[position] == 0xEF ? 3 : 1
        return ascii
    }

    /// The next whole character, for a diagnostic.
    private mutating func takeScalar() -> String {
        let start = position
        position += 1
        while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func span(from start: Int) -> Span { Span(offset: start, length: position - start) }
}
