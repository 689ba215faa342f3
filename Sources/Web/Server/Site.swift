package import Definitions
import Documents
package import Kernel
package import Logging
package import Values

/// The whole site: every path and what answers it.
package struct Site: Sendable {
    package let kernel: Kernel
    package let assets: Assets
    package let settings: SiteSettings
    package let logger: Logger
    package let metrics: Metrics
    let uploads: Uploads
    let printer: PDFWorker
    let seats = LiveSeats()
    let feeds = LiveFeeds()
    let presence = Presence()
    let mark = HouseMark()

    package init(kernel: Kernel, assets: Assets, settings: SiteSettings, logger: Logger) {
        self.kernel = kernel
        self.assets = assets
        self.settings = settings
        self.logger = logger
        metrics = Metrics()
        uploads = Uploads(folder: settings.uploads)
        printer = PDFWorker()
    }

    /// Removes uploads that nobody came back for.
    package func sweepUploads() {
        uploads.sweep()
        presence.sweep(at: kernel.now)
    }

    /// Bytes of a body from anybody.
    static let usualBody = 2 << 20

    /// Bytes a body may have on this path. Large ones are taken only from who is signed in: each is held in memory.
    package func bodyLimit(path: [String], headers: [String: String]) async throws -> Int {
        let isFile =
            path == ["share"] || path.count == 5 && path[0] == "o" && path[3] == "files"
            || path.count == 4 && path[0] == "o" && path[3] == "note" || path.prefix(2) == ["settings", "setup"]
        guard isFile || path.first == "import" || path.prefix(3) == ["api", "v1", "import"] else {
            return Self.usualBody
        }
        let bearer = headers["authorization"].map { String($0.dropFirst(7)).trimmingSpaces }
        guard let token = bearer ?? Exchange.cookie(Pages.cookie, in: headers["cookie"]),
            try await kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody) != nil
        else { return min(Self.usualBody, settings.uploadLimit) }
        // A file with the few lines around it.
        return isFile ? FileCommand.largest + (64 << 10) : settings.uploadLimit
    }

    /// Never throws: what goes wrong becomes an answer in the form the client asked for.
    package func respond(to exchange: Exchange) async -> Reply {
        let started = ContinuousClock.now
        metrics.begin()
        var reply: Reply
        do {
            reply = try await kernel.notBefore(exchange.position) { try await route(exchange) }
        } catch let rejection as Rejection {
            reply = render(rejection, for: exchange)
        } catch let fault as Fault {
            logger.error(
                "fault",
                metadata: [
                    "code": "\(fault.code)", "request": "\(exchange.id)", "path": "\(exchange.line)",
                    "detail": "\(fault.detail)",
                ])
            reply = renderFault(code: fault.code, for: exchange)
        } catch {
            logger.error(
                "unexpected error",
                metadata: ["request": "\(exchange.id)", "path": "\(exchange.line)", "detail": "\(error)"])
            reply = renderFault(code: "internal", for: exchange)
        }
        if exchange.method == "HEAD", case .bytes(let bytes) = reply.body {
            reply.headers.append(("content-length", String(bytes.count)))
            reply.body = .bytes([])
        }
        if exchange.method != "GET", let position = kernel.position {
            reply.headers.append((Exchange.positionName, position))
            if exchange.path.first != "api" {
                let cookie = "baton_position=\(position); Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
                reply.headers.append(("set-cookie", settings.secureCookies ? cookie + "; Secure" : cookie))
            }
        }
        metrics.record(status: reply.status, took: ContinuousClock.now - started)
        return secured(packed(reply, for: exchange), id: exchange.id)
    }

    private func route(_ exchange: Exchange) async throws -> Reply {
        switch exchange.path.first {
        case "health": return await health()
        case "metrics": return try await figures()
        case "a": return assets.serve(exchange)
        case "favicon.ico": return assets.favicon(exchange)
        case "sw.js": return try Installed(site: self, exchange: exchange).worker()
        case "manifest": return try Installed(site: self, exchange: exchange).manifest()
        case "offline": return try Installed(site: self, exchange: exchange).offline()
        case "trust": return try await Trust(pages: Pages(site: self, exchange: exchange)).reply()
        case "live": return try await Live(site: self, exchange: exchange).reply()
        case "api": return try await API(site: self, exchange: exchange).reply()
        default: return try await Pages(site: self, exchange: exchange).reply()
        }
    }

    /// The reply in fewer bytes where the client takes that. What the assets have packed already stays as it is.
    private func packed(_ reply: Reply, for exchange: Exchange) -> Reply {
        guard reply.header("content-encoding") == nil, let type = reply.header("content-type"), Gzip.helps(type),
            case .bytes(let bytes) = reply.body, bytes.count >= Gzip.least
        else { return reply }
        var reply = reply.with("vary", "accept-encoding")
        guard Gzip.isAccepted(exchange.headers["accept-encoding"]), let packed = Gzip.packed(bytes, level: Gzip.quick)
        else { return reply }
        reply.body = .bytes(packed)
        return reply.with("content-encoding", "gzip")
    }

    private func health() async -> Reply {
        var writer = JSONBuilder()
        do {
            let vitals = try await kernel.answer(Vitals(), as: .system("health"))
            guard kernel.takesWrites else {
                writer.object { $0.field("status", "read_only") }
                return .json(writer, status: 503)
            }
            guard !kernel.isOutdated else {
                writer.object { $0.field("status", "outdated") }
                return .json(writer, status: 503)
            }
            writer.object { writer in
                writer.field("status", "ok")
                writer.field("version", settings.version)
                writer.key("model")
                writer.int(vitals.modelVersion)
                writer.key("assets")
                writer.string(assets.missing.isEmpty ? "ok" : "missing: " + assets.missing.joined(separator: ", "))
            }
            return .json(writer)
        } catch {
            writer.object { $0.field("status", "unavailable") }
            return .json(writer, status: 503)
        }
    }

    /// Headers that every answer carries.
    private func secured(_ reply: Reply, id: String) -> Reply {
        var reply = reply
        reply.headers += [
            ("x-request-id", id), ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
            ("x-frame-options", "SAMEORIGIN"),
            (
                "content-security-policy",
                "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'self'; "
                    + "frame-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
            ),
        ]
        return reply
    }
}

package struct SiteSettings: Sendable {
    package var version: String
    /// Cookies only over TLS.
    package var secureCookies: Bool
    /// Bytes of an uploaded file.
    package var uploadLimit: Int
    /// Rows of one export; more are refused, never cut.
    package var exportLimit = 200_000
    /// Folder for files that are being imported.
    package var uploads: String
    /// The demo logins are shown on the sign-in page.
    package var showsDemoLogins: Bool
    /// Folder with the certificate of an authority of one's own, which devices are told how to trust; nil without one.
    package var trustFolder: String?
    /// How far the copy at the second place has come, nil before the first whole one; no closure where none is kept.
    package var copy: (@Sendable () -> CopyReach?)?
    /// How mail leaves the house; nil where nothing sends.
    package var mail: MailOffice?
    /// What this process sent out of the house; no closure where nothing sends.
    package var deliveries: (@Sendable () -> DeliveryCounts)?

    package init(
        version: String, secureCookies: Bool, uploadLimit: Int, uploads: String, showsDemoLogins: Bool,
        trustFolder: String? = nil, copy: (@Sendable () -> CopyReach?)? = nil,
        deliveries: (@Sendable () -> DeliveryCounts)? = nil
    ) {
        self.version = version
        self.secureCookies = secureCookies
        self.uploadLimit = uploadLimit
        self.uploads = uploads
        self.showsDemoLogins = showsDemoLogins
        self.trustFolder = trustFolder
        self.copy = copy
        self.deliveries = deliveries
    }
}

/// How mail leaves the house, as far as the pages need to know.
package struct MailOffice: Sendable {
    /// How one mail went.
    package struct Trial: Sendable {
        package let isDelivered: Bool
        /// Why not, in both languages; empty when it was taken.
        package let reason: Label
        /// The server's own words when it refused.
        package let said: String

        package init(isDelivered: Bool, reason: Label, said: String) {
            self.isDelivered = isDelivered
            self.reason = reason
            self.said = said
        }
    }

    /// The server and sender that a flag, the environment or the file sets: they win over the page; nil leaves it to it.
    package let fixed: (server: String, sender: String)?
    /// Sends one mail now.
    package let test: @Sendable (_ to: String, _ subject: String, _ text: String) async -> Trial

    package init(
        fixed: (server: String, sender: String)?,
        test: @escaping @Sendable (_ to: String, _ subject: String, _ text: String) async -> Trial
    ) {
        self.fixed = fixed
        self.test = test
    }
}

/// How far a copy of the database has come.
package struct CopyReach: Sendable {
    /// Events up to this one are in the copy.
    package let sequence: Int
    /// Everything that was acknowledged before is in the copy.
    package let at: Instant

    package init(sequence: Int, at: Instant) {
        self.sequence = sequence
        self.at = at
    }
}
