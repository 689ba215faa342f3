/// Which of the company's usual effects fits where a record stands.
package enum ChangePoint {
    /// - Parameters:
    ///   - position: where the record stands.
    ///   - order: all points in the order of a record's life.
    ///   - known: points for which there is a row.
    ///   - isLater: for a date: whether it moves back; nil for what has no direction.
    /// - Returns: the point of the row that counts; nil when none does.
    ///
    /// `before_…` counts until that has happened, everything else from then on. Between a `before_…` that is over and
    /// the next point the graver one counts.
    package static func fitting(
        _ position: String, in order: [String], among known: Set<String>, isLater: Bool? = nil
    ) -> String? {
        if let isLater { if known.contains(isLater ? "later" : "earlier") { return isLater ? "later" : "earlier" } }
        if known.contains("any") { return "any" }
        guard let place = order.firstIndex(of: position) else { return nil }
        let ranked = known.compactMap { code in order.firstIndex(of: code).map { (code: code, place: $0) } }
        let (before, since) = (
            ranked.filter { $0.code.hasPrefix("before_") }, ranked.filter { !$0.code.hasPrefix("before_") }
        )
        if let reached = since.filter({ $0.place <= place }).max(by: { $0.place < $1.place }) { return reached.code }
        if let ahead = before.filter({ $0.place >= place }).min(by: { $0.place < $1.place }) { return ahead.code }
        guard before.contains(where: { $0.place < place }) else { return nil }
        return since.min { $0.place < $1.place }?.code ?? before.max { $0.place < $1.place }?.code
    }
}

/// How long a change takes, as the company writes it: `3-7 wd`, `0-7 d`, `0`, `+n`.
package struct ChangeTime: Sendable, Hashable {
    package let least: Int
    package let most: Int
    /// Working days, not calendar days.
    package let isWorking: Bool

    /// - Returns: nil for what says no number, such as `+n` or `earlier`.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let range = words.first, words.count <= 2 else { return nil }
        let numbers = range.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = numbers.first ?? nil, let last = numbers.last ?? nil, numbers.count <= 2, first >= 0,
            last >= first, last <= 366
        else { return nil }
        least = first
        most = last
        isWorking = words.count == 2 && words[1] == "wd"
    }
}
