import Definitions
import Kernel
import Values

/// Everything under `/` but the API: who is there, which page, and its answer.
struct Pages {
    static let cookie = "baton_session"

    let site: Site
    let exchange: Exchange

    var kernel: Kernel { site.kernel }

    func reply() async throws -> Reply {
        // What a phone's other programs share comes from nowhere; it is only shown until its reader says what to do.
        let isShared = exchange.path == ["share"]
        if exchange.method == "POST", !isShared, comesFromElsewhere { throw Rejection.forgedForm }
        switch exchange.path.first {
        case "sign-in"?, "login"?: return try await Door(pages: self).signIn()
        case "first-run"?: return try await Door(pages: self).firstRun()
        case "preferences"?: return try setPreferences(fields: try form())
        default: break
        }
        guard let actor = try await signedIn() else {
            if isShared { return .redirect(to: Paths.signIn + "?next=" + PercentCode.encode(Paths.share)) }
            return try await Door(pages: self).turnedAway()
        }
        let fields = try isShared ? form() : exchange.method == "POST" ? checkedForm(actor) : []
        switch exchange.path.first {
        case "sign-out"?, "logout"?: return try await Door(pages: self).signOut(actor)
        default: break
        }
        if actor.session?.mustRenew == true { return try await Door(pages: self).renew(actor, fields) }
        let livesOn = await kernel.noteUse(of: actor)
        let reply = try await Desk(
            pages: self, actor: actor, fields: fields, logo: try await site.mark.current(kernel)
        ).reply()
        guard livesOn, let token = exchange.cookie(Self.cookie),
            reply.header("set-cookie")?.hasPrefix(Self.cookie) != true
        else { return reply }
        return reply.with("set-cookie", kept(session: token))
    }

    /// A form that another site's page sends. Before sign-in there is no token of ours to miss, so that a stranger's page
    /// could sign somebody in as the stranger, or take an empty house.
    private var comesFromElsewhere: Bool {
        if let site = exchange.headers["sec-fetch-site"] { return site != "same-origin" && site != "none" }
        guard let origin = exchange.headers["origin"], let host = exchange.headers["host"] else { return false }
        return origin.split(separator: "/").last.map(String.init)?.lowercased() != host.lowercased()
    }

    /// The cookie of a session, for as long as the session lives without use: each use that is noted sets it anew.
    func kept(session token: String) -> String {
        "\(Self.cookie)=\(token); Path=/; Max-Age=\(Kernel.sessionSeconds); HttpOnly; SameSite=Lax" + secure
    }

    private func signedIn() async throws -> Actor? {
        guard let token = exchange.cookie(Self.cookie) else { return nil }
        var actor = try await kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        if let chosenLanguage { actor?.language = chosenLanguage }
        return actor
    }

    /// Chosen in this browser; without a choice the account's holds.
    private var chosenLanguage: Language? { exchange.cookie("baton_language").flatMap(Language.init(rawValue:)) }

    /// Name and value of each control of a posted form, in order.
    func form() throws(Rejection) -> [(name: String, value: String)] {
        guard exchange.method == "POST" else { return [] }
        switch exchange.contentType {
        case "application/x-www-form-urlencoded":
            guard let text = String(validating: exchange.body, as: UTF8.self), let fields = PercentCode.form(text)
            else {
                throw Rejection(
                    .malformed, code: "malformed_form", message: Label(zh: "表单内容无法识别", en: "The form can't be read"))
            }
            return fields
        case nil where exchange.body.isEmpty: return []
        case "multipart/form-data": return Multipart(exchange)?.fields ?? []
        default: throw .wrongContentType
        }
    }

    /// A form of this very session; a forged one is refused before it is looked at.
    private func checkedForm(_ actor: Actor) throws(Rejection) -> [(name: String, value: String)] {
        let fields = try form()
        let sent = fields.first { $0.name == "csrf" }?.value ?? exchange.headers["x-csrf-token"] ?? ""
        guard let session = actor.session, FormToken.matches(sent, session.csrf) else { throw .forgedForm }
        return fields.filter { $0.name != "csrf" }
    }

    // MARK: Preferences

    private func setPreferences(fields: [(name: String, value: String)]) throws -> Reply {
        var reply = Reply.redirect(to: safeReferer)
        for (name, value) in fields {
            if name == "language", Language(rawValue: value) != nil {
                reply = reply.with("set-cookie", durable("baton_language", value))
            }
            if name == "theme", Theme(rawValue: value) != nil {
                reply = reply.with("set-cookie", durable("baton_theme", value))
            }
        }
        return reply
    }

    private func durable(_ name: String, _ value: String) -> String {
        "\(name)=\(value); Path=/; Max-Age=31536000; SameSite=Lax" + secure
    }

    var secure: String { site.settings.secureCookies ? "; Secure" : "" }

    /// The page the form was on, when it is ours.
    private var safeReferer: String {
        guard let referer = exchange.headers["referer"], let host = exchange.headers["host"],
            let range = referer.firstRange(of: "://" + host)
        else { return "/" }
        return Self.local(String(referer[range.upperBound...]))
    }

    /// A path on this site; anything else becomes the first page.
    static func local(_ target: String) -> String {
        // Browsers drop control characters and read a backslash as a slash: either could make `//elsewhere` of it.
        let isPlain = target.unicodeScalars.allSatisfy { $0.value > 0x1F && $0 != "\\" && $0.value != 0x7F }
        return isPlain && target.hasPrefix("/") && !target.hasPrefix("//") ? target : "/"
    }

    /// How this reader reads: language by choice, else the account's; theme by choice.
    func context(_ actor: Actor?) -> PageContext {
        let accepts = exchange.headers["accept-language"]?.lowercased() ?? ""
        let guess: Language = accepts.hasPrefix("en") ? .en : .zh
        let language = chosenLanguage ?? actor?.language ?? guess
        let theme = exchange.cookie("baton_theme").flatMap(Theme.init(rawValue:)) ?? .system
        let zone = actor?.timeZone ?? "Asia/Shanghai"
        let now = kernel.now
        let offset: @Sendable (Instant) -> Int = { ZoneOffsets.seconds(at: $0, in: zone) }
        let format = Format(language: language, today: now.adding(seconds: offset(now)).day, offset: offset)
        let assets = site.assets
        return PageContext(
            language: language, theme: theme, format: format, csrf: actor?.session?.csrf ?? "",
            assets: AssetURLs { assets.url($0) })
    }
}
