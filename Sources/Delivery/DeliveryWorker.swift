package import Kernel
package import Logging
import Synchronization
import Values

/// Carries messages out of the house: claims what is due, sends it, notes how it went.
///
/// Every process at a database may run one; a claim is a lease, so a message has one carrier at a time, and one whose
/// carrier died goes out again with the same key.
package final class DeliveryWorker: Sendable {
    private let kernel: Kernel
    private let settings: DeliverySettings
    /// Where people open the system.
    private let address: String
    private let logger: Logger
    /// Transfers block; each has a thread of its own.
    private let threads: [BoundedThread]
    private let counts = Mutex(DeliveryCounts())

    private static let lanes = 4
    private static let atOnce = 12

    package init(kernel: Kernel, settings: DeliverySettings, address: String, logger: Logger) {
        self.kernel = kernel
        self.settings = settings
        self.address = address
        self.logger = logger
        threads = (0..<Self.lanes).map { BoundedThread(name: "delivery \($0)", limit: Self.atOnce) }
    }

    /// What this process sent since it started.
    package var figures: DeliveryCounts { counts.withLock { $0 } }

    /// Sends what is due now, until nothing is.
    ///
    /// - Returns: how many messages went out.
    @discardableResult
    package func step() async -> Int {
        var sent = 0
        do {
            while !Task.isCancelled {
                let settings = settings.with(try await kept())
                let lease = settings.timeout * (Self.atOnce / Self.lanes + 1) + 10
                let messages = try await kernel.takeDeliveries(
                    limit: Self.atOnce, lease: lease, sendsMail: settings.mailServer != nil, address: address)
                guard !messages.isEmpty else { break }
                sent += await carry(messages, settings)
            }
        } catch {
            logger.warning("deliveries wait", metadata: ["detail": "\(error)"])
        }
        return sent
    }

    /// The account of the page; not asked for where a server is set from outside.
    private func kept() async throws -> (account: MailAccount, password: String)? {
        settings.mailServer == nil ? try await kernel.mailAccount() : nil
    }

    /// Whether a server is set from outside, so that the account of the page is not used; with its sender.
    package var fixedAccount: (server: String, sender: String)? {
        settings.mailServer.map { ($0, settings.sender) }
    }

    /// Sends one mail by the account in force, now and once.
    ///
    /// - Returns: how it went, and what the server said when it refused.
    package func test(to receiver: String, subject: String, text: String) async -> (
        outcome: DeliveryOutcome, said: String
    ) {
        do {
            let settings = settings.with(try await kept())
            guard let sender = MailSender(settings) else {
                return (.failed(DeliveryReason(zh: "没有设置邮件服务器", en: "there is no mail server")), "")
            }
            guard let from = MailAddress(settings.sender), let to = MailAddress(receiver) else {
                return (.refused(DeliveryReason(zh: "不是邮箱地址", en: "not an address")), "")
            }
            let mail = MailMessage(
                from: from, fromName: settings.senderName, to: [to], subject: subject, text: text, html: nil,
                at: kernel.now, key: "test:\(kernel.now.milliseconds)")
            return try await threads[0].run { sender.attempt(mail) }
        } catch {
            logger.warning("a mail could not be tried", metadata: ["detail": "\(error)"])
            return (.failed(DeliveryReason(zh: "现在太忙，稍后再试", en: "too busy now; try again shortly")), "")
        }
    }

    private func carry(_ messages: [OutgoingMessage], _ settings: DeliverySettings) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for (place, message) in messages.enumerated() {
                group.addTask { [self] in await carry(message, settings, on: threads[place % threads.count]) }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func carry(_ message: OutgoingMessage, _ settings: DeliverySettings, on thread: BoundedThread) async -> Bool
    {
        do {
            let now = kernel.now
            let outcome = try await thread.run { Self.send(message, settings, now) }
            count(message, outcome)
            switch outcome {
            case .delivered:
                try await kernel.delivered(message)
                return true
            case .refused(let reason):
                try await kernel.deliveryFailed(message, error: reason.text, retryAt: nil)
            case .failed(let reason):
                let retry = Backoff().retry(after: message.attempts, at: kernel.now, chance: .random(in: 0..<1))
                try await kernel.deliveryFailed(message, error: reason.text, retryAt: retry)
            }
        } catch {
            // What could not be noted goes out again when its lease ends, with the same key.
            logger.warning("a delivery could not be noted", metadata: ["detail": "\(error)"])
        }
        return false
    }

    private func count(_ message: OutgoingMessage, _ outcome: DeliveryOutcome) {
        counts.withLock { counts in
            switch outcome {
            case .delivered: if message.content.isMail { counts.mails += 1 } else { counts.webhooks += 1 }
            case .failed: counts.failures += 1
            case .refused: counts.refusals += 1
            }
        }
    }

    private static func send(_ message: OutgoingMessage, _ settings: DeliverySettings, _ now: Instant)
        -> DeliveryOutcome
    {
        switch message.content {
        case .unreadable(let zh, let en): return .refused(DeliveryReason(zh: zh, en: en))
        case .webhook(let url, let body): return HookSender(settings).post(body, to: url, key: message.key, at: now)
        case .mail(let to, let subject, let text, let html):
            return mail(to, settings) { from, receivers in
                MailMessage(
                    from: from, fromName: settings.senderName, to: receivers, subject: subject, text: text, html: html,
                    at: now, key: message.key)
            }
        case .personal(let mail):
            return self.mail(mail.to, settings) { from, receivers in
                var out = MailMessage(
                    from: from, fromName: mail.authorName, to: receivers, subject: mail.subject, text: mail.text,
                    html: nil, at: now, key: message.key)
                out.replyTo = MailAddress(mail.replyTo)
                out.files = mail.files.map {
                    MailMessage.File(name: $0.name, mediaType: $0.mediaType, content: $0.content)
                }
                return out
            }
        }
    }

    /// - Parameter written: the mail, from the house's address to the receivers.
    private static func mail(
        _ to: [String], _ settings: DeliverySettings, _ written: (MailAddress, [MailAddress]) -> MailMessage
    ) -> DeliveryOutcome {
        guard let sender = MailSender(settings) else {
            return .failed(DeliveryReason(zh: "没有设置邮件服务器", en: "there is no mail server"))
        }
        guard let from = MailAddress(settings.sender) else {
            return .failed(DeliveryReason(zh: "设置 mail_from 不是邮箱地址", en: "mail_from is not an address"))
        }
        let receivers = to.compactMap { MailAddress($0) }
        guard !receivers.isEmpty, receivers.count == to.count else {
            let names = to.joined(separator: ", ")
            return .refused(DeliveryReason(zh: "不是邮箱地址：" + names, en: "not an address: " + names))
        }
        return sender.send(written(from, receivers))
    }
}
