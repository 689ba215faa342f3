import Definitions
import Kernel
import Values

/// Pages with which a house is set up and looked after.
extension Desk {
    func setUp(_ name: String?, _ rest: [String]) async throws -> Reply {
        switch name {
        case "setup"?: return try await firstSteps(rest)
        case "security"?: return try await security(rest)
        case "people"?: return try await people(rest)
        case "tokens"?: return try await allTokens(rest)
        case "access"?: return try await access(rest)
        case "backup"?: return try await backup(rest)
        case "mail"?: return try await mailAccount(rest)
        case "numbers"?: return try await numbers(rest)
        case "audit"?: return try await audit(rest)
        case "roles"?: return try await roles(rest)
        default: throw Rejection.noSuchPath
        }
    }

    // MARK: Tokens of everybody

    private func allTokens(_ rest: [String]) async throws -> Reply {
        switch (rest, isPost) {
        case ([], false):
            let (frame, answer) = try await ask(AllTokens())
            let content = TokensPage(answer: answer, now: kernel.now)
            return settingsPage(content, frame, title: context[Words.tokens])
        case (["revoke"], true):
            guard let user = RecordID(field("user")), let token = RecordID(field("token")) else {
                throw Rejection.noSuchPath
            }
            return try await tried(
                Paths.tokens, .revokeTokenOf(user: user, id: token), Label(zh: "令牌已作废", en: "The token is revoked"))
        default: throw Rejection.noSuchPath
        }
    }

    /// Does a step with an account and goes on with what came of it.
    func tried(_ target: String, _ command: IdentityCommand, _ said: Label) async throws -> Reply {
        do {
            _ = try await kernel.perform(Command(.identity(command)), as: actor)
            return done(target, context[said])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return done(target, context[rejection.problems.first?.message ?? rejection.message], isError: true)
        }
    }
}

/// What somebody may set up, for the index of the settings.
extension SettingsIndex {
    var accounts: [SettingsPage.Entry] {
        let log = SettingsPage.Entry(
            icon: "history", label: Words.audit, url: Paths.audit,
            note: Label(zh: "谁在什么时候改了什么，可查、可导出、可验证", en: "Who changed what and when: search, export, verify"))
        return people + (sight.has("audit") ? [log] : [])
    }

    /// The first steps, for who may set up a house.
    var firstSteps: [SettingsPage.Entry] {
        guard sight.has("define"), sight.has("users") else { return [] }
        return [
            SettingsPage.Entry(
                icon: "flag", label: Words.firstSteps, url: Paths.firstSteps,
                note: Label(zh: "公司资料、币种、部门、同事，一步一步填", en: "Company, currencies, departments, colleagues, step by step")
            )
        ]
    }

    /// What may be set once the first steps are done.
    var afterSetUp: [SettingsPage.Entry] {
        var out = work.filter { [Paths.calendars, Paths.levels].contains($0.url) }
        if sight.canCreate("bank_account"), sight.model.object("bank_account") != nil {
            out.insert(
                SettingsPage.Entry(
                    icon: "landmark", label: Label(zh: "收款账户", en: "Bank accounts"),
                    url: Paths.list("bank_account"),
                    note: Label(
                        zh: "没有它发不了 PI；录入后由另一人复核启用", en: "No proforma goes out without one; somebody else verifies it")),
                at: 0)
        }
        if sight.canCreate("product"), sight.model.object("product") != nil {
            out.append(
                SettingsPage.Entry(
                    icon: "package", label: Label(zh: "导入产品", en: "Bring in products"), url: Paths.importing("product"),
                    note: Label(zh: "货号、成本、包装：报价时自动带出", en: "SKU, cost, packing: a quotation fills itself")))
        }
        if sight.canCreate("company"), let object = sight.model.object("company") {
            out.append(
                SettingsPage.Entry(
                    icon: "upload", label: Label(zh: "导入客户", en: "Bring in customers"),
                    url: Paths.importing(object.id),
                    note: Label(zh: "Excel 或 CSV，先预览再写入", en: "From a spreadsheet, with a preview first")))
        }
        return out
    }

    var keeping: [SettingsPage.Entry] {
        let copies = SettingsPage.Entry(
            icon: "database", label: Words.backup, url: Paths.backup,
            note: Label(zh: "最近何时备份、怎么恢复", en: "When it was last done, how to restore"))
        guard sight.has("define") else { return sight.has("audit") ? [copies] : [] }
        return [
            SettingsPage.Entry(
                icon: "stamp", label: Words.numbers, url: Paths.numbers,
                note: Label(zh: "报价、PI、订单等的号怎么来，下一个是几", en: "How papers are numbered, and what comes next")),
            SettingsPage.Entry(
                icon: "mail", label: Words.mail, url: Paths.mail,
                note: Label(zh: "用哪个邮箱发通知，发一封试试", en: "Which mailbox notices leave from, with a test")),
            copies,
        ]
    }

    private var people: [SettingsPage.Entry] {
        let roles = SettingsPage.Entry(
            icon: "grid", label: Words.rolesMatrix, url: Paths.roles,
            note: Label(zh: "每个角色对每种记录能做什么，细到字段", en: "What each role may do with what, down to the field"))
        guard sight.has("users") else { return ["define", "audit"].contains(where: sight.has) ? [roles] : [] }
        return [
            SettingsPage.Entry(
                icon: "users", label: Words.people, url: Paths.people,
                note: Label(zh: "谁能登录、最近何时在线，给一次性密码", en: "Who may sign in, when last seen, one-time passwords")),
            SettingsPage.Entry(
                icon: "link", label: Words.tokens, url: Paths.tokens,
                note: Label(zh: "程序用的令牌：谁的、用没用、何时到期", en: "What programs use: whose, when used, when it ends")),
            roles,
            SettingsPage.Entry(
                icon: "eye", label: Words.whyAccess, url: Paths.access,
                note: Label(zh: "选一个人和一条记录，看逐条理由", en: "Choose somebody and a record, get the reasons")),
        ]
    }
}
