import Definitions
import Kernel
import Values

/// The account that mail leaves from.
extension Desk {
    func mailAccount(_ rest: [String]) async throws -> Reply {
        switch (rest.first, isPost) {
        case (nil, false): return try await mailPage()
        case (nil, true): return try await saveMail()
        case ("drop"?, true) where rest.count == 1:
            _ = try await kernel.perform(Command(.house(.dropMail)), as: actor)
            return done(Paths.mail, context[Label(zh: "邮件账号已删除，不再发信", en: "The account is gone; no mail is sent")])
        case ("test"?, true) where rest.count == 1: return try await testMail()
        default: throw Rejection.noSuchPath
        }
    }

    private func mailPage(
        typed: MailAccount? = nil, problems: [Problem] = [], trial: MailPage.Trial? = nil, status: Int = 200
    ) async throws -> Reply {
        let (frame, sheet) = try await ask(MailSheet())
        let content = MailPage(
            standing: sheet.standing, typed: typed, problems: problems, office: pages.site.settings.mail,
            channels: sheet.channels, myAddress: sheet.myAddress, trial: trial)
        return settingsPage(content, frame, title: context[Words.mail], status: status)
    }

    private func saveMail() async throws -> Reply {
        let account = MailAccount(
            host: field("host"), port: Int(field("port").trimmingSpaces) ?? 0,
            protection: MailAccount.Protection(rawValue: field("protection")) ?? .startTLS, user: field("user"),
            sender: field("sender"), senderName: field("sender_name"))
        do {
            let draft = MailAccountDraft(account, password: field("password"))
            _ = try await kernel.perform(Command(.house(.setMail(draft))), as: actor)
            return done(
                Paths.mail + "#test", context[Label(zh: "已保存，发一封试试", en: "Saved; send a test mail now")])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return try await mailPage(typed: account, problems: rejection.problems, status: 422)
        }
    }

    private func testMail() async throws -> Reply {
        // Only who may set the account may make it send.
        _ = try await kernel.answer(MailAccountOf(), as: actor)
        guard let office = pages.site.settings.mail else { throw Rejection.noSuchPath }
        let address = field("to").trimmingSpaces
        let subject = Label(zh: "接力 Baton 的测试邮件", en: "Test mail from Baton 接力")
        let text = Label(
            zh: "收到这封，说明邮件账号设对了。\n\(actor.name) 在“设置 → 邮件账号”里发的。\n\(ownAddress)\n",
            en:
                "If you read this, the mail account works.\nSent by \(actor.name) from the page of the mail account.\n\(ownAddress)\n"
        )
        let trial = await office.test(address, context[subject], context[text])
        return try await mailPage(
            trial: MailPage.Trial(to: address, came: trial), status: trial.isDelivered ? 200 : 422)
    }
}

/// The account with how mail fares.
struct MailSheet: Question {
    struct Answer: Sendable {
        let standing: MailAccountOf.Answer
        let channels: [DeliveryChannels.Channel]
        /// Of the reader, for trying it out.
        let myAddress: String
    }

    func answer(in context: ReadContext) throws -> Answer {
        let standing = try context.ask(MailAccountOf())
        var address = ""
        if let me = context.actor.userID, try context.ask(VisibleModel()).readable("user").contains("email") {
            address =
                try context.ask(ShowRecord(object: "user", id: me, fields: ["email"], withLines: false))["email"].text
                ?? ""
        }
        return Answer(
            standing: standing, channels: try context.ask(DeliveryChannels()).filter { $0.id != "webhook" },
            myAddress: address)
    }
}
