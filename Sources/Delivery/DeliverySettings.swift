/// Where messages go out, and how.
package struct DeliverySettings: Sendable {
    /// How a connection to the mail server is protected.
    package enum Protection: String, Sendable, CaseIterable {
        /// STARTTLS, or nothing is sent.
        case required
        /// None: for a server on the same machine.
        case none
    }

    /// The mail server, `smtp://host:587` or `smtps://host:465`; nil sends no mail.
    package var mailServer: String?
    package var mailUser: String?
    package var mailPassword: String?
    package var mailProtection = Protection.required
    /// What mail comes from: `baton@example.com`.
    package var sender = ""
    /// The name beside the sender's address.
    package var senderName = "Baton 接力"
    /// Signs webhooks; without it they go out unsigned.
    package var hookSecret: String?
    /// Whether webhooks may go to addresses of this machine and of private networks.
    package var allowsPrivateHooks = false
    /// Seconds that one attempt may take in all.
    package var timeout = 30

    package init() {}
}

/// How one attempt ended.
package enum DeliveryOutcome: Sendable, Hashable {
    case delivered
    /// It may work later. The text is for who looks after the system.
    case failed(String)
    /// It can't work as it is.
    case refused(String)
}
