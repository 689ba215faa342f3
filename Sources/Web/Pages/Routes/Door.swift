import Definitions
import Kernel
import Values

/// Signing in and out, and the first account of an empty house.
struct Door {
    let pages: Pages

    private var exchange: Exchange { pages.exchange }

    /// Somebody without a session: to the door, or to the first-run page of an empty house.
    func turnedAway() async throws -> Reply {
        guard exchange.method == "GET" || exchange.method == "HEAD" else { throw Rejection.unauthenticated }
        let vitals = try await pages.kernel.answer(Vitals(), as: .system("door"))
        if !vitals.hasAccounts { return .redirect(to: Paths.firstRun) }
        let next = exchange.target == "/" ? "" : "?next=" + PercentCode.encode(exchange.target)
        return .redirect(to: Paths.signIn + next)
    }

    func signIn() async throws -> Reply {
        guard exchange.method == "POST" else {
            let vitals = try await pages.kernel.answer(Vitals(), as: .system("door"))
            if !vitals.hasAccounts { return .redirect(to: Paths.firstRun) }
            return page(SignInPage(next: exchange[query: "next"] ?? ""), status: 200)
        }
        let fields = try pages.form()
        func field(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
        var shown = SignInPage(login: field("login"), next: field("next"))
        let code = field("code")
        let credentials = Credentials(
            login: field("login"), password: field("password"), code: code.isEmpty ? nil : code,
            source: exchange.source,
            agent: exchange.headers["user-agent"] ?? "")
        do {
            let outcome = try await pages.kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
            return try entered(outcome, next: Pages.local(field("next")))
        } catch let rejection as Rejection {
            shown.asksCode = rejection.code == "code_required" || !code.isEmpty
            shown.error = rejection.message[pages.context(nil).language]
            shown.waitSeconds = rejection.retryAfter
            return page(shown, status: rejection.kind.status)
        }
    }

    /// Whoever came with a password that works once chooses their own before anything else.
    func renew(_ actor: Actor, _ fields: [(name: String, value: String)]) async throws -> Reply {
        let context = pages.context(actor)
        var shown = RenewPage(name: actor.name)
        guard exchange.method == "POST", exchange.path == ["settings", "security", "password"] else {
            return .html(shown.document(context), status: exchange.method == "GET" ? 200 : 403)
        }
        let new = fields.last { $0.name == "new" }?.value ?? ""
        do {
            let command = IdentityCommand.changePassword(old: "", new: new)
            return try entered(try await pages.kernel.perform(Command(.identity(command)), as: actor), next: "/")
        } catch let rejection as Rejection where rejection.kind == .invalid {
            shown.error = (rejection.problems.first?.message ?? rejection.message)[context.language]
            return .html(shown.document(context), status: rejection.kind.status)
        }
    }

    func signOut(_ actor: Actor) async throws -> Reply {
        guard exchange.method == "POST" else { return .redirect(to: "/") }
        _ = try await pages.kernel.perform(Command(.identity(.signOut)), as: actor)
        // Whoever sits here next finds neither pages nor what was looked at last.
        return Reply.redirect(to: Paths.signIn).with("clear-site-data", "\"cache\", \"storage\"")
            .with("set-cookie", "\(Pages.cookie)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + pages.secure)
    }

    func firstRun() async throws -> Reply {
        let vitals = try await pages.kernel.answer(Vitals(), as: .system("door"))
        guard !vitals.hasAccounts else { return .redirect(to: Paths.signIn) }
        let context = pages.context(nil)
        guard exchange.method == "POST" else {
            return .html(FirstRunPage(fields: Self.ownerFields(context, [])).document(context))
        }
        let fields = try pages.form()
        func field(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
        let command = IdentityCommand.createOwner(
            login: field("login"), name: field("name"), password: field("password"))
        do {
            return try entered(
                try await pages.kernel.perform(Command(.identity(command)), as: .nobody), next: Paths.firstSteps)
        } catch let rejection as Rejection {
            var page = FirstRunPage(fields: Self.ownerFields(context, fields, rejection.problems))
            page.problems = rejection.problems.map { problem in
                ErrorSummary.Item(text: problem.message[context.language], control: "f-" + (problem.field ?? "login"))
            }
            return .html(page.document(context), status: rejection.kind.status)
        }
    }

    private static func ownerFields(
        _ context: PageContext, _ given: [(name: String, value: String)], _ problems: [Problem] = []
    ) -> [FieldControl] {
        let asked: [(String, Label, FieldControl.Kind)] = [
            ("name", Label(zh: "姓名", en: "Name"), .text(limit: 100, format: .plain)),
            ("login", Words.login, .text(limit: 100, format: .plain)),
            (
                "password", Label(zh: "密码（至少 10 个字符）", en: "Password (10 characters or more)"), .password(isNew: true)
            ),
        ]
        return asked.map { name, label, kind in
            var control = FieldControl(name: name, label: context[label], kind: kind, isRequired: true)
            if name != "password" { control.value = given.first { $0.name == name }?.value ?? "" }
            control.error = problems.first { $0.field == name }?.message[context.language]
            return control
        }
    }

    private func entered(_ outcome: Outcome, next: String) throws -> Reply {
        guard let pass = outcome.pass else { throw Fault(code: "no_pass", detail: "sign-in without a pass") }
        return Reply.redirect(to: next).with(
            "set-cookie",
            pages.kept(session: pass.token))
    }

    private func page(_ page: SignInPage, status: Int) -> Reply {
        var page = page
        page.explainsTrust = pages.site.settings.trustFolder != nil
        if pages.site.settings.showsDemoLogins {
            page.demoLogins = DemoLogins.shown
            page.demoPassword = "baton-demo"
        }
        return .html(page.document(pages.context(nil)), status: status)
    }
}

/// The people of the demo company whose chairs a visitor may take.
enum DemoLogins {
    static let shown: [(login: String, label: Label)] = [
        ("owner", Label(zh: "老板", en: "Owner")), ("sales", Label(zh: "业务", en: "Sales")),
        ("manager", Label(zh: "销售经理", en: "Sales manager")), ("merchandiser", Label(zh: "跟单", en: "Merchandiser")),
        ("purchasing", Label(zh: "采购", en: "Purchasing")), ("production", Label(zh: "生产", en: "Production")),
        ("qc", Label(zh: "品控", en: "QC")), ("logistics", Label(zh: "物流", en: "Logistics")),
        ("documents", Label(zh: "单证", en: "Documents")), ("finance", Label(zh: "财务", en: "Finance")),
        ("region-eu", Label(zh: "欧洲区", en: "Region Europe")), ("admin", Label(zh: "管理员", en: "Administrator")),
    ]
}
