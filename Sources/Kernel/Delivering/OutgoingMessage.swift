import Values

/// Something that has to leave the house now.
package struct OutgoingMessage: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case mail(to: [String], subject: String, text: String, html: String?)
        /// A mail in somebody's name, which a note keeps.
        case personal(PersonalMail)
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

/// A mail that somebody wrote: it comes from the house, answers go to its author.
package struct PersonalMail: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        package let name: String
        package let mediaType: String
        package let content: [UInt8]

        package init(name: String, mediaType: String, content: [UInt8]) {
            self.name = name
            self.mediaType = mediaType
            self.content = content
        }
    }

    package let to: [String]
    package let authorName: String
    package let replyTo: String
    package let subject: String
    package let text: String
    package let files: [File]
    /// The note that says what became of it.
    let note: RecordReference
}
