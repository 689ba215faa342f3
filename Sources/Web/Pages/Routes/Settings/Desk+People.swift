import Definitions
import Kernel
import Values

/// People and their accounts, for who manages them.
extension Desk {
    func people(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await peopleList()
        case ("new"?, 1, false): return try await newPerson()
        case ("new"?, 1, true): return try await makePerson()
        case (let text?, let count, _):
            guard let id = RecordID(text) else { throw Rejection.noSuchPath }
            if count == 1, !isPost { return try await personPage(id) }
            guard count > 1, isPost else { throw Rejection.noSuchPath }
            return try await stepWithPerson(id, rest.dropFirst().joined(separator: "/"))
        default: throw Rejection.noSuchPath
        }
    }

    private func peopleList() async throws -> Reply {
        let wanted = exchange[query: "q"]?.trimmingSpaces ?? ""
        let (frame, sheet) = try await ask(PeopleSheet(search: wanted.isEmpty ? nil : wanted))
        let state = exchange[query: "state"].flatMap { AccountStanding.State(rawValue: $0) }
        let content = PeoplePage(
            people: sheet.people, state: state, wanted: wanted, eyes: presentation(frame),
            mayCreate: frame.sight.canCreate("user"), left: sheet.left, now: kernel.now)
        return settingsPage(content, frame, title: context[Words.people])
    }

    private func personPage(_ id: RecordID) async throws -> Reply {
        let (frame, account) = try await ask(AccountSheet(user: id))
        let content = PersonPage(
            account: account, eyes: presentation(frame), isMyself: id == actor.userID, now: kernel.now)
        return settingsPage(
            content, frame, title: account.person.record.title,
            crumbs: [Shell.Crumb(text: context[Words.people], url: Paths.people)], backURL: Paths.people)
    }

    private func stepWithPerson(_ id: RecordID, _ step: String) async throws -> Reply {
        let here = Paths.person(id.description)
        switch step {
        case "invite": return try await invite(id)
        case "unlock": return try await tried(here, .unlock(user: id), Label(zh: "已解锁", en: "Unlocked"))
        case "disable", "enable": return try await setActive(id, step == "enable")
        case "sessions/end":
            let handle = field("session")
            return try await tried(
                here, handle.isEmpty ? .endSessions(user: id) : .endSession(user: id, handle: handle),
                Label(zh: "已退出登录", en: "Signed out there"))
        case "tokens/revoke":
            guard let token = RecordID(field("token")) else { throw Rejection.noSuchPath }
            return try await tried(
                here, .revokeTokenOf(user: id, id: token), Label(zh: "令牌已作废", en: "The token is revoked"))
        default: throw Rejection.noSuchPath
        }
    }

    private func invite(_ id: RecordID) async throws -> Reply {
        do {
            let outcome = try await kernel.perform(Command(.identity(.invite(user: id))), as: actor)
            return try await oneTime(id, outcome)
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return done(
                Paths.person(id.description), context[rejection.problems.first?.message ?? rejection.message],
                isError: true)
        }
    }

    /// The password is shown in the answer to the post and nowhere else.
    private func oneTime(_ id: RecordID, _ outcome: Outcome) async throws -> Reply {
        let (frame, account) = try await ask(AccountSheet(user: id))
        let content = OneTimePage(
            name: account.person.record.title, login: account.person.record["login"].text ?? "",
            password: outcome.pass?.token ?? "", until: outcome.pass?.expires, address: ownAddress,
            personURL: Paths.person(id.description))
        return settingsPage(
            content, frame, title: context[Words.oneTime],
            crumbs: [
                Shell.Crumb(text: context[Words.people], url: Paths.people),
                Shell.Crumb(text: account.person.record.title, url: Paths.person(id.description)),
            ], backURL: Paths.person(id.description))
    }

    /// As this browser reaches the house.
    var ownAddress: String {
        (pages.site.settings.secureCookies ? "https://" : "http://") + (exchange.headers["host"] ?? "")
    }

    private func setActive(_ id: RecordID, _ isActive: Bool) async throws -> Reply {
        let here = Paths.person(id.description)
        do {
            _ = try await kernel.perform(
                Command(.update(object: "user", id: id, Draft(["active": .bool(isActive)]), expecting: version)),
                as: actor)
            if !isActive {
                _ = try await kernel.perform(Command(.identity(.endSessions(user: id))), as: actor)
            }
            return done(
                here,
                context[
                    isActive
                        ? Label(zh: "账号已启用", en: "The account is on")
                        : Label(zh: "账号已停用，已退出所有设备", en: "The account is off and signed out everywhere")])
        } catch let rejection as Rejection where [.invalid, .stale, .conflict].contains(rejection.kind) {
            return done(here, context[rejection.problems.first?.message ?? rejection.message], isError: true)
        }
    }

    // MARK: New

    private func newPerson(
        _ values: FormValues? = nil, _ problems: [Problem] = [], status: Int = 200
    ) async throws -> Reply {
        let (frame, sheet) = try await ask(FormSheet(object: "user", given: [:], format: context.format))
        let sight = frame.sight
        guard sight.has("users"), sight.canCreate("user"), let definition = sight.model.object("user") else {
            throw Rejection.notAllowed
        }
        let form = FormComposition(
            eyes: presentation(frame), definition: definition, values: values ?? sheet.values, record: nil,
            problems: problems)
        let creatable = sight.creatable("user")
        let content = NewPersonPage(
            fields: NewPersonPage.asked.filter(creatable.contains).compactMap { id in
                definition.field(id).flatMap { form.maker.control($0) }
            }, problems: form.problemItems,
            key: field("idempotency-key").isEmpty ? Secrets.token() : field("idempotency-key"))
        return settingsPage(
            content, frame, title: context[Words.newPerson],
            crumbs: [Shell.Crumb(text: context[Words.people], url: Paths.people)], backURL: Paths.people, status: status
        )
    }

    private func makePerson() async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard sight.has("users"), sight.canCreate("user"), let definition = sight.model.object("user") else {
            throw Rejection.notAllowed
        }
        let content = fields.filter { !Self.envelope.contains($0.name) }
        let reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: true)
        do {
            let draft = try reader.draft(content)
            let key = field("idempotency-key")
            let made = try await kernel.perform(
                Command(.create(object: "user", draft), idempotencyKey: key.isEmpty ? nil : key), as: actor)
            guard let id = made.record?.id ?? made.created.first?.id else { throw Rejection.noSuchPath }
            return try await invite(id)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            let values = FormValues(posted: content, definition: definition)
            return try await newPerson(
                values, rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems, status: 422)
        }
    }
}

/// Everybody, and who left something behind.
struct PeopleSheet: Question {
    let search: String?

    struct Answer: Sendable {
        let people: [AccountsOf.Person]
        let left: [LeftBehind.Entry]
    }

    func answer(in context: ReadContext) throws -> Answer {
        Answer(people: try context.ask(AccountsOf(search: search)), left: try context.ask(LeftBehind()))
    }
}

/// Another's account, for who manages them: one's own has a page of its own.
struct AccountSheet: Question {
    let user: RecordID

    func answer(in context: ReadContext) throws -> AccountOf.Answer {
        let sight = try context.ask(VisibleModel())
        guard sight.has("users") else { throw Rejection.notAllowed }
        return try context.ask(AccountOf(user))
    }
}
