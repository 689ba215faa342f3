import CCurl

/// Hands mail to the mail server. Blocks its thread for as long as the server takes.
package struct MailSender: Sendable {
    private let settings: DeliverySettings
    private let server: String

    /// Nil when no mail is to be sent.
    package init?(_ settings: DeliverySettings) {
        guard let server = settings.mailServer, !server.isEmpty else { return nil }
        self.settings = settings
        self.server = server
    }

    package func send(_ message: MailMessage) -> DeliveryOutcome { attempt(message).outcome }

    /// The same, with what the server said when it refused.
    package func attempt(_ message: MailMessage) -> (outcome: DeliveryOutcome, said: String) {
        guard !message.to.isEmpty else { return (.refused(DeliveryReason(zh: "没有收件人", en: "no receiver")), "") }
        guard let transfer = Transfer() else { return (.failed(.noLibrary), "") }
        transfer.text(CURLOPT_URL, server)
        transfer.text(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        let protects = settings.mailProtection == .required
        transfer.number(CURLOPT_USE_SSL, protects ? Int(CURLUSESSL_ALL.rawValue) : Int(CURLUSESSL_NONE.rawValue))
        if let user = settings.mailUser, !user.isEmpty {
            transfer.text(CURLOPT_USERNAME, user)
            transfer.text(CURLOPT_PASSWORD, settings.mailPassword ?? "")
        }
        if let file = settings.mailAuthorities, !file.isEmpty { transfer.text(CURLOPT_CAINFO, file) }
        transfer.text(CURLOPT_MAIL_FROM, "<" + message.from.text + ">")
        transfer.list(CURLOPT_MAIL_RCPT, message.to.map { "<" + $0.text + ">" })
        transfer.number(CURLOPT_UPLOAD, 1)
        let answer = transfer.run(upload: Array(message.written.utf8), timeout: settings.timeout)
        return (Self.outcome(answer), answer.said)
    }

    /// A server that says 5xx about this mail will say it again; about us, such as a wrong password, it may change.
    static func outcome(_ answer: Transfer.Answer) -> DeliveryOutcome {
        guard let failure = answer.failure else { return .delivered }
        var reason = failure.reason
        if answer.status == 530 {
            reason = DeliveryReason(
                zh: "服务器要求加密或先登录", en: "The server wants encryption, or an account, first")
        }
        if answer.status >= 400 {
            reason = DeliveryReason(zh: reason.zh + " (\(answer.status))", en: reason.en + " (\(answer.status))")
        }
        let isAboutMail = [550, 551, 552, 553, 554, 501].contains(answer.status)
        return isAboutMail ? .refused(reason) : .failed(reason)
    }
}

extension DeliveryReason {
    static let noLibrary = DeliveryReason(zh: "libcurl 不可用", en: "libcurl can't be used")
}
