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
            if token.wholeMatch(of: /#{1,9}/) != nil {
                parts.append(.counter(token.count))
            } else if token.wholeMatch(of: /(yyyy|yy)?(mm)?(dd)?/) != nil, !token.isEmpty {
                parts.append(.date(token))
            } else {
                return nil
            }
        }
        let counters = parts.count { if case .counter = $0 { true } else { false } }
        return counters == 1 && pattern.utf8.count <= 60 ? parts : nil
    }
}
