/// The form of number series: literal text, date parts and the place of a record in braces, one counter.
package enum SeriesPattern {
    package enum Part: Sendable, Hashable {
        case literal(String)
        /// Letters of `yyyy`, `yy`, `mm`, `dd` in a row, such as `yymmdd`.
        case date(String)
        /// The code of the record's `region` or `department`.
        case place(String)
        /// Digits at least.
        case counter(Int)
    }

    /// What can stand for where a record belongs.
    package static let places = ["region", "department"]

    /// The fields of the record whose codes a pattern asks for.
    package static func places(in pattern: String) -> [String] {
        (parts(of: pattern) ?? []).compactMap { if case .place(let field) = $0 { field } else { nil } }
    }

    /// The parts in order, or nil when the pattern has an unknown part or not exactly one counter.
    ///
    /// A place stands before the counter, with text between that ends in no digit: else a code and a number might read
    /// like another code and another number.
    package static func parts(of pattern: String) -> [Part]? {
        var parts: [Part] = []
        var rest = Substring(pattern)
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != "{" && $0 != "}" }
            if !literal.isEmpty { parts.append(.literal(String(literal))) }
            rest = rest.dropFirst(literal.count)
            guard let brace = rest.first else { break }
            guard brace == "{", let end = rest.firstIndex(of: "}") else { return nil }
            let token = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
            if (1...9).contains(token.utf8.count), token.utf8.allSatisfy({ $0 == UInt8(ascii: "#") }) {
                parts.append(.counter(token.utf8.count))
            } else if isDate(token) {
                parts.append(.date(token))
            } else if places.contains(token), !parts.contains(.place(token)) {
                parts.append(.place(token))
            } else {
                return nil
            }
        }
        let counters = parts.count { if case .counter = $0 { true } else { false } }
        return counters == 1 && pattern.utf8.count <= 60 && isUnambiguous(parts) ? parts : nil
    }

    private static func isUnambiguous(_ parts: [Part]) -> Bool {
        let counter = parts.firstIndex { if case .counter = $0 { true } else { false } } ?? parts.endIndex
        let isPlace: (Part) -> Bool = { if case .place = $0 { true } else { false } }
        guard parts.contains(where: isPlace) else { return true }
        guard counter > 0, !parts[counter...].contains(where: isPlace),
            case .literal(let text) = parts[counter - 1], let last = text.utf8.last
        else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last)
    }

    /// `yyyy` or `yy`, then `mm`, then `dd`; each may be missing, not all. Read by hand: every new number asks.
    private static func isDate(_ token: String) -> Bool {
        var rest = Substring(token)
        for part in [rest.hasPrefix("yyyy") ? "yyyy" : "yy", "mm", "dd"] where rest.hasPrefix(part) {
            rest = rest.dropFirst(part.count)
        }
        return rest.isEmpty && !token.isEmpty
    }
}
