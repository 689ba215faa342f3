package import Values

/// What giver and taker agree on when the baton is handed over by hand.
struct BatonTerms: Sendable {
    /// What is still missing, each with the instant by which it is owed.
    var openItems: [OpenItem] = []
    /// Who takes it; nil for whom the leg names.
    var to: RecordID?
    /// Given back instead of handed on.
    var isReturn = false
}

/// 带条件交棒: something that is owed after the hand-over.
package struct OpenItem: Sendable, Hashable {
    /// Id of the deliverable; empty for something written by hand.
    package let deliverable: String
    package let text: String
    package let due: Instant

    package init(deliverable: String, text: String, due: Instant) {
        self.deliverable = deliverable
        self.text = text
        self.due = due
    }
}
