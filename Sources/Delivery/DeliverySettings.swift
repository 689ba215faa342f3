import Kernel

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
    /// File of the certificate authorities that vouch for the mail server; nil takes the system's.
    package var mailAuthorities: String?
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

    /// The same with the account that was set on its page, where no server is set from outside.
    func with(_ kept: (account: MailAccount, password: String)?) -> DeliverySettings {
        guard mailServer == nil, let kept else { return self }
        var settings = self
        settings.mailServer = kept.account.server
        settings.mailUser = kept.account.user
        settings.mailPassword = kept.password
        settings.mailProtection = kept.account.protection == .none ? .none : .required
        settings.sender = kept.account.sender
        if !kept.account.senderName.isEmpty { settings.senderName = kept.account.senderName }
        return settings
    }
}

/// How one attempt ended.
package enum DeliveryOutcome: Sendable, Hashable {
    case delivered
    /// It may work later.
    case failed(DeliveryReason)
    /// It can't work as it is.
    case refused(DeliveryReason)
}

/// Why something did not arrive, for who looks after the system; never with a password or the content.
package struct DeliveryReason: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// Both languages, parted by ` / `, as it is kept.
    package var text: String { zh + " / " + en }
}
