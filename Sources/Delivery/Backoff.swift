package import Values

/// How long to wait after failed attempts: twice as long each time, up to two hours, with chance in it so that what
/// failed together does not come back together.
package struct Backoff: Sendable {
    /// Attempts after which a message is given up: after about a day.
    package static let attempts = 20
    static let first = 20
    static let longest = 7200

    package init() {}

    /// When to try again; nil gives up.
    ///
    /// - Parameters:
    ///   - attempts: attempts made, the failed one included, from 1.
    ///   - chance: 0..<1, fresh each time.
    package func retry(after attempts: Int, at now: Instant, chance: Double) -> Instant? {
        guard attempts < Self.attempts else { return nil }
        let doubled = attempts > 12 ? Self.longest : Self.first << (max(attempts, 1) - 1)
        let whole = min(doubled, Self.longest)
        // Between half of it and all of it.
        return now.adding(seconds: whole / 2 + Int(Double(whole - whole / 2) * chance))
    }
}
