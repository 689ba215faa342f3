/// Moves an expression over a linked object to the object that holds the link: `owner = ME()` becomes
/// `company.owner = ME()`.
struct PathPrefix {
    private static let words: Set<String> = ["TRUE", "FALSE", "NULL", "AND", "OR", "NOT", "IN"]
    private static let wideBlanks = [Array("\u{A0}".utf8), Array("\u{3000}".utf8)]

    private let prefix: [UInt8]
    private let source: [UInt8]
    private var index = 0
    private var out: [UInt8] = []

    private init(_ prefix: String, _ source: String) {
        self.prefix = Array((prefix + ".").utf8)
        self.source = Array(source.utf8)
        out.reserveCapacity(self.source.count * 3 / 2)
    }

    /// - Parameter source: an expression that was checked, so that its texts end and its brackets close.
    /// - Complexity: O(bytes of the source).
    static func adding(_ prefix: String, to source: String) -> String {
        var moving = PathPrefix(prefix, source)
        moving.run()
        return String(decoding: moving.out, as: UTF8.self)
    }

    /// A doubled quote within a text reads as two texts, which comes to the same.
    private mutating func run() {
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "\""):
                copy(1)
                while index < source.count, source[index] != UInt8(ascii: "\"") { copy(1) }
                copy(1)
            case _ where isCurlyQuote:
                copy(3)
                while index < source.count, !isCurlyQuote { copy(1) }
                copy(3)
            case let byte where byte.isWordStart: path()
            case let byte where byte.isDigit:
                while index < source.count, source[index].isDigit || source[index] == UInt8(ascii: ".") { copy(1) }
            default: copy(1)
            }
        }
    }

    private mutating func copy(_ count: Int) {
        let end = min(index + count, source.count)
        out += source[index..<end]
        index = end
    }

    private mutating func path() {
        var end = index
        while end < source.count, source[end].isWord { end += 1 }
        let isCall = isBracket(after: end)
        if !isCall, !Self.words.contains(String(decoding: source[index..<end], as: UTF8.self).uppercased()) {
            out += prefix
        }
        copy(end - index)
    }

    private func isBracket(after end: Int) -> Bool {
        var rest = source[end...]
        while let byte = rest.first {
            if byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte) {
                rest = rest.dropFirst()
            } else if let blank = Self.wideBlanks.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(blank.count)
            } else {
                break
            }
        }
        return rest.first == UInt8(ascii: "(") || rest.starts(with: "\u{FF08}".utf8)
    }

    private var isCurlyQuote: Bool {
        let rest = source[index...]
        return rest.starts(with: "\u{201C}".utf8) || rest.starts(with: "\u{201D}".utf8)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isWordStart: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) && self < 0x80 || self == UInt8(ascii: "_")
    }
    fileprivate var isWord: Bool { isWordStart || isDigit || self == UInt8(ascii: ".") }
}
