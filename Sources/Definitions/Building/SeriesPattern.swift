/// The form of number series: literal text, date parts in braces, one counter.
package enum SeriesPattern {
    package enum Part: Sendable, Hashable {
        case literal(String)
        /// Letters of `yyyy`, `yy`, `mm`, `dd` in a row, such as `yymmdd`.
        case date(String)
        /// Digits at least.
        case counter(Int)
    }

    /// The parts in order, or nil when the pattern has an unknown part or not exactly one counter.
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
            } else {
                return nil
            }
        }
        let counters = parts.count { if case .counter = $0 { true } else { false } }
        return counters == 1 && pattern.utf8.count <= 60 ? parts : nil
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
