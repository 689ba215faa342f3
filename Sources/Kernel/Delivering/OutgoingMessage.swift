import Values

/// Something that has to leave the house now.
package struct OutgoingMessage: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case mail(to: [String], subject: String, text: String, html: String?)
        case webhook(url: String, body: String)
        /// The payload says nothing that can be sent; the text says why.
        case unreadable(zh: String, en: String)
    }

    /// The deliveries of the outbox that it makes: one, or several of a digest.
    package let ids: [Int]
    /// The same for every attempt.
    package let key: String
    /// Attempts begun, this one included.
    package let attempts: Int
    /// Notices that reach their person by it alone.
    let alone: [RecordID]
    package let content: Content

    init(ids: [Int], key: String, attempts: Int, alone: [RecordID] = [], content: Content) {
        self.ids = ids
        self.key = key
        self.attempts = attempts
        self.alone = alone
        self.content = content
    }
}

/// What went out of this process.
package struct DeliveryCounts: Sendable, Hashable {
    package var mails = 0
    package var webhooks = 0
    package var failures = 0
    package var refusals = 0

    package init() {}
}
