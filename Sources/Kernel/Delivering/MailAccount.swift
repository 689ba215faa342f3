import Access
import Definitions
import Store
import Values

/// The account that mail leaves the house from, as it was set on its page.
package struct MailAccount: Sendable, Hashable {
    package enum Protection: String, Sendable, CaseIterable {
        /// Encrypted after a plain greeting, or nothing is sent.
        case startTLS = "starttls"
        /// Encrypted from the first byte.
        case tls
        /// Not at all: for a server on the same machine.
        case none
    }

    /// A name or an address, without scheme and port.
    package var host: String
    package var port: Int
    package var protection: Protection
    /// Empty for a server that asks for none.
    package var user: String
    package var sender: String
    package var senderName: String

    package init(
        host: String, port: Int, protection: Protection, user: String, sender: String, senderName: String
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.user = user
        self.sender = sender
        self.senderName = senderName
    }

    /// `smtp://mail.example.com:587`, or `smtps://` for one that is encrypted from the first byte.
    package var server: String { (protection == .tls ? "smtps://" : "smtp://") + host + ":\(port)" }

    /// Whether the server is this machine, to which nothing travels.
    var isLocal: Bool { ["localhost", "127.0.0.1"].contains(host.lowercased()) }

    static let prefix = "mail."
    static let secret = "mail.password"

    init?(_ kept: [String: String]) {
        guard let host = kept["mail.host"], let port = kept["mail.port"].flatMap({ Int($0) }),
            let protection = kept["mail.protection"].flatMap({ Protection(rawValue: $0) })
        else { return nil }
        self.init(
            host: host, port: port, protection: protection, user: kept["mail.user"] ?? "",
            sender: kept["mail.sender"] ?? "", senderName: kept["mail.sender_name"] ?? "")
    }

    var texts: [(key: String, text: String)] {
        [
            ("mail.host", host), ("mail.port", String(port)), ("mail.protection", protection.rawValue),
            ("mail.user", user), ("mail.sender", sender), ("mail.sender_name", senderName),
        ]
    }
}

/// An account as somebody fills it in.
package struct MailAccountDraft: Sendable {
    package var account: MailAccount
    /// Nil keeps the one that is kept, for the same server and user.
    package var password: String?

    package init(_ account: MailAccount, password: String?) {
        self.account = account
        self.password = password
    }
}

/// The account that mail leaves from, without its password. For who holds the privilege `define`. One statement.
package struct MailAccountOf: Question {
    package struct Answer: Sendable {
        /// Nil before one was set.
        package let account: MailAccount?
        package let hasPassword: Bool
    }

    package init() {}

    /// - Throws: the rejection `forbidden` without the privilege.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem || context.access.has("define") else { throw Rejection.notAllowed }
        let kept = try context.connection.beyondSight {
            try Settings(context.connection).all(prefix: MailAccount.prefix)
        }
        return Answer(account: MailAccount(kept), hasPassword: !(kept[MailAccount.secret] ?? "").isEmpty)
    }
}

extension Kernel {
    /// The account with its password, for what carries mail; nil when none was set. One statement.
    package func mailAccount() async throws -> (account: MailAccount, password: String)? {
        let kept = try await database.read { try Settings($0).all(prefix: MailAccount.prefix) }
        return MailAccount(kept).map { ($0, kept[MailAccount.secret] ?? "") }
    }

    func setMail(_ draft: MailAccountDraft, _ actor: Actor) async throws -> Outcome {
        var wanted = draft.account
        wanted.host = wanted.host.trimmed
        wanted.user = wanted.user.trimmed
        wanted.sender = wanted.sender.trimmed
        wanted.senderName = wanted.senderName.trimmed
        let account = wanted
        let problems = MailRules.problems(account)
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        let given = draft.password.flatMap { $0.isEmpty ? nil : $0 }
        let sequence = try await self.account(as: actor) { connection, log in
            let settings = Settings(connection)
            let kept = try settings.all(prefix: MailAccount.prefix)
            let before = MailAccount(kept)
            let password =
                given
                ?? (before.map { MailRules.keepsPassword($0, account) } == true
                    ? kept[MailAccount.secret] : nil) ?? ""
            guard account.user.isEmpty || !password.isEmpty else { throw Rejection.invalid([.mailPassword]) }
            for (key, text) in account.texts { try settings.set(key, text, at: log.now, by: actor.userID) }
            try settings.set(
                MailAccount.secret, account.user.isEmpty ? nil : password, at: log.now, by: actor.userID)
            return try log.note(.mailChanged, MailRules.changes(before, account))
        }
        return Outcome(sequence: sequence)
    }

    func dropMail(_ actor: Actor) async throws -> Outcome {
        let sequence = try await account(as: actor) { connection, log in
            let settings = Settings(connection)
            let kept = try settings.all(prefix: MailAccount.prefix)
            for key in kept.keys { try settings.set(key, nil, at: log.now, by: actor.userID) }
            return try log.note(.mailChanged, MailRules.changes(MailAccount(kept), nil))
        }
        return Outcome(sequence: sequence)
    }
}

/// What an account of mail must be like.
private enum MailRules {
    static func problems(_ account: MailAccount) -> [Problem] {
        var out: [Problem] = []
        let isHost = account.host.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x2D || $0 == 0x2E
        }
        if account.host.isEmpty || account.host.utf8.count > 253 || !isHost {
            out.append(
                problem(
                    "host", "mail_host", "只填服务器名，如 smtp.example.com",
                    "The server's name alone, such as smtp.example.com"))
        }
        if !(1...65_535).contains(account.port) {
            out.append(problem("port", "mail_port", "端口是 1 到 65535 的数", "A port is a number from 1 to 65535"))
        }
        if account.protection == .none, !account.isLocal {
            out.append(
                problem(
                    "protection", "mail_unprotected", "不加密只能用于本机的服务器，不然密码和邮件谁都能看",
                    "Without encryption only a server on this machine may be used: anybody on the way could read along")
            )
        }
        if !isAddress(account.sender) {
            out.append(
                problem("sender", "mail_sender", "填一个邮箱地址，如 sales@example.com", "An address such as sales@example.com"))
        }
        for (field, text) in [("user", account.user), ("sender_name", account.senderName)]
        where text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) || text.count > 200 {
            out.append(problem(field, "format", "不要换行，最多 200 字", "No line breaks, at most 200 characters"))
        }
        return out
    }

    /// A password goes only to whom it was given for.
    static func keepsPassword(_ before: MailAccount, _ after: MailAccount) -> Bool {
        before.host == after.host && before.port == after.port && before.user == after.user
            && before.protection == after.protection
    }

    static func changes(_ before: MailAccount?, _ after: MailAccount?) -> [FieldChange] {
        let (old, new) = (before?.texts.map(\.text), after?.texts.map(\.text))
        return zip(["server", "port", "protection", "account", "sender", "sender_name"], 0...).compactMap {
            name, place in
            let (was, now) = (old?[place] ?? "", new?[place] ?? "")
            return was == now
                ? nil
                : FieldChange(
                    field: name, before: was.isEmpty ? .null : .text(was), after: now.isEmpty ? .null : .text(now))
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        return halves.count == 2 && !halves[0].isEmpty && halves[1].contains(".") && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>,;:\"()[]\\".utf8.contains($0) }
    }

    private static func problem(_ field: String, _ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(field: field, code: code, message: Label(zh: zh, en: en))
    }
}

extension Problem {
    fileprivate static let mailPassword = Problem(
        field: "password", code: "mail_password",
        message: Label(
            zh: "填这个账号的密码；换了服务器或账号，要重新填一次",
            en: "Enter the account's password; with another server or account it is entered again"))
}
