import Definitions
import Kernel
import Values

/// The JSON API under `/api/v1`. Each path is one question or one command.
struct API {
    let site: Site
    let exchange: Exchange

    private var kernel: Kernel { site.kernel }

    func reply() async throws -> Reply {
        guard exchange.path.count >= 2 else { throw Rejection.noSuchPath }
        if exchange.path == ["api", "openapi.json"] { return try await openAPI() }
        guard exchange.path[1] == "v1" else { throw Rejection.noSuchPath }
        let path = Array(exchange.path.dropFirst(2))
        if path == ["session"], exchange.method == "POST" { return try await signIn() }
        if path == ["owner"], exchange.method == "POST" { return try await createOwner() }
        let actor = try await authenticated()
        switch path.first {
        case nil: throw Rejection.noSuchPath
        case "session": return try await session(actor)
        case "me": return try await account(path, actor)
        case "definitions": return try await DefinitionsAPI(api: self, actor: actor).reply(path)
        case "events": return try await events(actor)
        case "search": return try await search(actor)
        case "rule-runs": return try await RulesAPI(exchange: exchange, kernel: kernel, actor: actor).reply(path)
        case "query": return try await query(actor)
        case "approvals": return try await ApprovalsAPI(api: self, actor: actor).reply(path)
        case "relay": return try await RelayAPI(api: self, actor: actor).read(path)
        case "workflows": return try await WorkflowsAPI(api: self, actor: actor).workflows(path)
        case "processes": return try await WorkflowsAPI(api: self, actor: actor).relay(path)
        case "workflow-runs": return try await WorkflowsAPI(api: self, actor: actor).runs(path)
        case "workflow-tasks": return try await WorkflowsAPI(api: self, actor: actor).tasks(path)
        case "hand-overs": return try await HandOversAPI(api: self, actor: actor).reply(path)
        case "legs": return try await RelayAPI(api: self, actor: actor).act(path)
        case "meetings" where path == ["meetings", "find"] && exchange.method == "POST":
            return try await BoardAPI(kernel: kernel, actor: actor).meetings(try object())
        case "import": return try await ImportsAPI(api: self, actor: actor).reply(path)
        case "user" where path.count == 3 && path[2] == "password": return try await setPassword(of: path[1], actor)
        case let object?:
            return try await Records(api: self, actor: actor, object: object).reply(Array(path.dropFirst()))
        }
    }

    /// The actor of the bearer token, or of the session cookie (for pages' own scripts, with their CSRF header).
    private func authenticated() async throws -> Actor {
        let token: String
        let isCookie: Bool
        if let header = exchange.headers["authorization"] {
            guard header.lowercased().hasPrefix("bearer ") else { throw Rejection.unauthenticated }
            token = String(header.dropFirst(7)).trimmingSpaces
            isCookie = false
        } else if let cookie = exchange.cookie(Pages.cookie) {
            token = cookie
            isCookie = true
        } else {
            throw Rejection.unauthenticated
        }
        guard
            let actor = try await kernel.answer(
                IdentifyActor(token: token, origin: isCookie ? .page : .api), as: .nobody)
        else { throw Rejection.unauthenticated }
        if isCookie, exchange.method != "GET", exchange.method != "HEAD" {
            guard let sent = exchange.headers["x-csrf-token"], let session = actor.session,
                FormToken.matches(sent, session.csrf)
            else { throw Rejection.forgedForm }
        }
        let isRenewing = exchange.path.suffix(2) == ["me", "password"]
        if let session = actor.session, session.mustRenew, !isRenewing { throw Rejection.mustRenew }
        await kernel.noteUse(of: actor)
        return actor
    }

    // MARK: Session

    private func signIn() async throws -> Reply {
        let body = try object()
        try body.allow("login", "password", "code")
        let credentials = Credentials(
            login: try body.text("login"), password: try body.text("password"), code: body.optionalText("code"),
            source: exchange.source, agent: exchange.headers["user-agent"] ?? "")
        let outcome = try await kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
        return try pass(outcome)
    }

    private func createOwner() async throws -> Reply {
        let body = try object()
        try body.allow("login", "name", "password")
        let command = IdentityCommand.createOwner(
            login: try body.text("login"), name: try body.text("name"), password: try body.text("password"))
        return try pass(try await kernel.perform(Command(.identity(command)), as: .nobody))
    }

    private func session(_ actor: Actor) async throws -> Reply {
        guard exchange.method == "DELETE" else { throw Rejection.wrongMethod }
        _ = try await kernel.perform(Command(.identity(.signOut)), as: actor)
        return Reply(status: 204)
    }

    private func pass(_ outcome: Outcome) throws -> Reply {
        guard let pass = outcome.pass else { throw Fault(code: "no_pass", detail: "sign-in without a pass") }
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("token", pass.token)
            writer.field("user", pass.user.description)
            if let expires = pass.expires { writer.field("expires", expires.description) }
        }
        return .json(writer)
    }

    private func account(_ path: [String], _ actor: Actor) async throws -> Reply {
        switch (exchange.method, path.dropFirst().first) {
        case ("GET", nil):
            var writer = JSONBuilder()
            writer.object { writer in
                writer.field("id", actor.userID?.description ?? "")
                writer.field("login", actor.login)
                writer.field("name", actor.name)
                writer.field("language", actor.language.rawValue)
                writer.field("time_zone", actor.timeZone)
                writer.key("roles")
                writer.array { writer in for role in actor.roles { writer.string(role) } }
            }
            return .json(writer)
        case ("POST", "password"):
            let body = try object()
            try body.allow("old", "new")
            let command = IdentityCommand.changePassword(old: try body.text("old"), new: try body.text("new"))
            _ = try await kernel.perform(Command(.identity(command)), as: actor)
            return Reply(status: 204)
        case ("GET", "tokens"):
            return .json(Self.list(try await kernel.answer(MyTokens(), as: actor)))
        case ("POST", "tokens"):
            let body = try object()
            try body.allow("name", "days")
            var days = 90
            if body.parts["days"] != nil, body.parts["days"] != .null {
                guard let given = body.optionalText("days").flatMap({ Int($0) }) else {
                    throw Rejection.notWhole("days")
                }
                days = given
            }
            let command = IdentityCommand.issueToken(name: try body.text("name"), days: days)
            return try pass(try await kernel.perform(Command(.identity(command)), as: actor))
        case ("DELETE", "tokens"):
            guard path.count == 3 else { throw Rejection.noSuchPath }
            _ = try await kernel.perform(Command(.identity(.revokeToken(id: path[2]))), as: actor)
            return Reply(status: 204)
        case ("POST", "time-code"):
            return try await timeCode(actor)
        default:
            throw Rejection.noSuchPath
        }
    }

    private static func list(_ tokens: [MyTokens.Token]) -> JSONBuilder {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for token in tokens {
                    writer.object { writer in
                        writer.field("id", token.id.description)
                        writer.field("name", token.name)
                        writer.field("created_at", token.createdAt.description)
                        if let expires = token.expiresAt { writer.field("expires", expires.description) }
                        if let revoked = token.revokedAt { writer.field("revoked_at", revoked.description) }
                    }
                }
            }
        }
        return writer
    }

    /// `{"password": …}` of another's account; who has none gets one.
    private func setPassword(of user: String, _ actor: Actor) async throws -> Reply {
        guard exchange.method == "POST" else { throw Rejection.wrongMethod }
        guard let id = RecordID(user) else { throw Rejection.noSuchPath }
        let body = try object()
        try body.allow("password")
        let command = IdentityCommand.resetPassword(user: id, new: try body.text("password"))
        _ = try await kernel.perform(Command(.identity(command)), as: actor)
        return Reply(status: 204)
    }

    /// `{}` begins, `{"code": …}` confirms, `{"password": …}` ends time codes.
    private func timeCode(_ actor: Actor) async throws -> Reply {
        let body = try object()
        try body.allow("code", "password")
        if let code = body.optionalText("code") {
            _ = try await kernel.perform(Command(.identity(.confirmTimeCode(code))), as: actor)
        } else if let password = body.optionalText("password") {
            _ = try await kernel.perform(Command(.identity(.dropTimeCode(password: password))), as: actor)
        } else {
            return try pass(try await kernel.perform(Command(.identity(.enrolTimeCode)), as: actor))
        }
        return Reply(status: 204)
    }

    // MARK: Across objects

    private func events(_ actor: Actor) async throws -> Reply {
        guard exchange.method == "GET" else { throw Rejection.wrongMethod }
        let after = Int64(exchange[query: "after"] ?? "0") ?? 0
        let limit = Int(exchange[query: "limit"] ?? "200") ?? 200
        let page = try await kernel.answer(
            EventsAfter(sequence: after, limit: min(max(limit, 1), 1000), object: exchange[query: "object"]), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for entry in page.entries { writer.write(entry) } }
            writer.key("last")
            writer.raw(String(page.last))
        }
        return .json(writer)
    }

    private func search(_ actor: Actor) async throws -> Reply {
        let hits = try await kernel.answer(
            SearchRecords(text: exchange[query: "q"] ?? "", objects: exchange.all("object"), limit: 20), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for hit in hits {
                    writer.object { writer in
                        writer.field("object", hit.object)
                        writer.field("id", hit.id.description)
                        writer.field("title", hit.title)
                        writer.field("subtitle", hit.subtitle)
                    }
                }
            }
        }
        return .json(writer)
    }

    /// Grouped figures: `{object, filter, group: [path], measures: [{id, function, of}]}`.
    private func query(_ actor: Actor) async throws -> Reply {
        guard exchange.method == "POST" else { throw Rejection.wrongMethod }
        let body = try object()
        try body.allow("object", "filter", "group", "measures", "limit")
        let question = GroupRecords(
            object: try body.text("object"), filters: body.optionalText("filter").map { [$0] } ?? [],
            group: try body.texts("group"), measures: try body.measures("measures"),
            limit: body.optionalText("limit").flatMap { Int($0) } ?? 500)
        let table = try await kernel.answer(question, as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("columns")
            writer.array { writer in for column in table.columns { writer.string(column) } }
            writer.key("rows")
            writer.array { writer in
                for row in table.rows { writer.array { writer in for value in row { writer.write(value) } } }
            }
        }
        return .json(writer)
    }

    /// Tools fetch it without a token, too; then it describes what everybody can download.
    private func openAPI() async throws -> Reply {
        let version = site.settings.version
        guard exchange.headers["authorization"] != nil || exchange.cookie(Pages.cookie) != nil else {
            let model = try await kernel.answer(CurrentModel(), as: .system("openapi"))
            return .json(OpenAPI(shipped: model, version: version).document())
        }
        let sight = try await kernel.answer(VisibleModel(), as: try await authenticated())
        return .json(OpenAPI(sight, version: version).document())
    }

    /// The body as a JSON object; checks its declared type.
    func object() throws -> BodyObject { try BodyObject(exchange) }
}
