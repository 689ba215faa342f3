import Definitions
import Expressions
import Foundation
import Kernel
import Logging
import Store
import Synchronization
import TestEngines
import Testing
import Values

@testable import Web

/// 2026-11-20, ten in the morning of Shanghai, until it is moved on.
final class HouseClock: Sendable {
    private let time = Mutex(Instant("2026-11-20T02:00:00Z") ?? Instant(milliseconds: 0))

    var now: Instant { time.withLock { $0 } }
    func advance(seconds: Int) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A house of its own with its owner signed in, gone when `body` is over.
func withHouse(_ body: (WebHouse, Browser) async throws -> Void) async throws {
    let house = try await WebHouse.open()
    try await body(house, try await house.owner())
    await house.end()
}

/// A house with the shipped packs on a database in a folder of its own, and its whole site, called without a socket.
final class WebHouse: Sendable {
    let site: Site
    let kernel: Kernel
    let database: StatementCounter
    private let place: TestPlace
    /// Moves only when told.
    let clock: HouseClock
    var folder: String { place.folder }

    private init(site: Site, kernel: Kernel, database: StatementCounter, place: TestPlace, clock: HouseClock) {
        self.site = site
        self.kernel = kernel
        self.database = database
        self.place = place
        self.clock = clock
    }

    /// - Parameter ports: codes of ports besides the two that are there.
    static func open(ports: [String] = [], exportLimit: Int = 200_000) async throws -> WebHouse {
        let place = ports.isEmpty ? try await template.value.copy("web") : try TestPlace.make("web")
        let uploads = place.folder + "/uploads"
        try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
        let database = StatementCounter(try await place.open())
        let clock = HouseClock()
        let kernel = try await Kernel.open(database, parts: parts(ports, clock), migrate: false)
        var settings = SiteSettings(
            version: "test", secureCookies: false, uploadLimit: 1 << 20, uploads: uploads, showsDemoLogins: false)
        settings.exportLimit = exportLimit
        let site = Site(
            kernel: kernel, assets: try Assets(own: root + "/Sources/Web/Assets/static", installed: nil),
            settings: settings, logger: logger)
        return WebHouse(site: site, kernel: kernel, database: database, place: place, clock: clock)
    }

    /// A house that nobody has entered yet, brought about once; the others are copies of it.
    private static let template = Task<TestPlace, any Error> {
        let place = try TestPlace.make("web")
        let database = try await place.open()
        let kernel = try await Kernel.open(database, parts: parts([], HouseClock()), migrate: false)
        await kernel.close()
        await database.close()
        return place
    }

    private static func parts(_ ports: [String], _ clock: HouseClock) -> HouseParts {
        HouseParts(
            packs: packs, packDigest: "test", references: references(ports), functions: functions,
            surroundings: Surroundings(now: { clock.now }, ids: .random), logger: logger)
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let packs = ["base", "trade"].map { Pack.load(directory: root + "/Packs/" + $0) }
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func end() async {
        await kernel.close()
        await database.close()
        await place.remove()
    }

    /// The first account, signed in.
    func owner() async throws -> Browser {
        let browser = Browser(house: self)
        _ = await browser.post(
            "/first-run", [("login", "owner"), ("name", "林若溪"), ("password", "a long enough passphrase")])
        return browser
    }

    /// Somebody with these roles, signed in.
    func person(_ login: String, roles: [String], department: RecordID? = nil) async throws -> Browser {
        try await kernel.addAccount(
            login: login, name: login.capitalized, roles: roles, hash: "-",
            more: department.map { ["department": .value(.record($0))] } ?? [:], id: nil)
        let browser = Browser(house: self)
        browser.take(cookie: "baton_session", try await kernel.localToken(for: login))
        return browser
    }

    /// Leaves a notice to somebody and wakes those who listen.
    func tell(_ user: RecordID, _ text: String, priority: String) async throws {
        let now = clock.now
        try await database.write { connection in
            try Notifications(connection).add(
                NotificationEntry(
                    id: RecordID(at: now, random: (7, UInt64(text.utf8.count))), user: user, at: now, kind: "clock",
                    zh: text, en: text, priority: priority))
        }
        await kernel.hub.beat()
    }

    private static func references(_ ports: [String]) -> [CodeList] {
        [
            list("country", ["CN", "US", "DE"]), list("currency", ["CNY", "USD", "EUR"]),
            list("language", ["zh", "en"]),
            list("time_zone", ["Asia/Shanghai", "Europe/Berlin"]), list("port", ["CNNGB", "DEHAM"] + ports),
            list("hs", ["94", "85"]),
        ]
    }

    private static let functions: [ExternalFunction] = [
        ExternalFunction(name: "WORKDAYS", parameters: [.day, .day], result: .decimal(scale: 0)) { arguments in
            guard let from = arguments[0].day, let to = arguments[1].day else { return .null }
            return .decimal(ExactDecimal(to.number - from.number))
        },
        ExternalFunction(name: "ADDWORKDAYS", parameters: [.day, .decimal(scale: 0)], result: .day) { arguments in
            arguments[0]
        },
    ]

    private static func list(_ id: String, _ codes: [String]) -> CodeList {
        CodeList(
            id: id, label: Label(zh: id, en: id), codes: codes.map { Code(code: $0, label: Label(zh: $0, en: $0)) })
    }
}

/// A browser without a screen: keeps cookies, sends the token of the page it is on, follows redirects when told.
final class Browser: Sendable {
    let house: WebHouse
    private let cookies = Mutex<[String: String]>([:])

    init(house: WebHouse) { self.house = house }

    func take(cookie: String, _ value: String) { cookies.withLock { $0[cookie] = value } }

    func get(_ target: String, headers: [String: String] = [:]) async -> Reply {
        await send("GET", target, body: [], headers: headers)
    }

    /// Every address gives a page in both languages, without inline styles or words of the program.
    func expectToOpen(_ paths: [String], at place: Testing.SourceLocation = #_sourceLocation) async {
        for language in ["zh", "en"] {
            take(cookie: "baton_language", language)
            for path in paths {
                let reply = await get(path)
                #expect(
                    reply.status == 200, "\(path): \(reply.status) \(reply.text.prefix(300))", sourceLocation: place)
                #expect(!reply.text.contains("style=\""), "\(path) has an inline style", sourceLocation: place)
                #expect(!reply.text.contains("Optional("), "\(path)", sourceLocation: place)
            }
        }
    }

    /// Posts a form with the session's token.
    func post(_ target: String, _ fields: [(String, String)], isFetch: Bool = false) async -> Reply {
        var all = fields
        let page = await text("/")
        if let range = page.firstRange(of: "data-csrf=\"") {
            all.append(("csrf", String(page[range.upperBound...].prefix { $0 != "\"" })))
        }
        let body = all.map { PercentCode.encode($0.0) + "=" + PercentCode.encode($0.1) }.joined(separator: "&")
        var headers = ["content-type": "application/x-www-form-urlencoded"]
        if isFetch { headers["x-requested-with"] = "fetch" }
        return await send("POST", target, body: Array(body.utf8), headers: headers)
    }

    /// Posts a form with a file, as a browser does; without one when `file` is nil.
    func post(
        _ target: String, _ fields: [(String, String)], file: String?, named name: String
    ) async -> Reply {
        await post(target, fields, bytes: file.map { Array($0.utf8) }, named: name)
    }

    /// The same with bytes that are no text.
    func post(
        _ target: String, _ fields: [(String, String)], bytes file: [UInt8]?, named name: String
    ) async -> Reply {
        let page = await text("/")
        var csrf = ""
        if let range = page.firstRange(of: "data-csrf=\"") {
            csrf = String(page[range.upperBound...].prefix { $0 != "\"" })
        }
        var body: [UInt8] = []
        for (name, value) in fields + [("csrf", csrf)] {
            body += "--b\r\ncontent-disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        if let file {
            body += "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n".utf8
            body += file + Array("\r\n".utf8)
        }
        return await send(
            "POST", target, body: body + Array("--b--\r\n".utf8),
            headers: ["content-type": "multipart/form-data; boundary=b"])
    }

    /// The page at an address as text.
    func text(_ target: String) async -> String { String(decoding: await get(target).bytes, as: UTF8.self) }

    func send(_ method: String, _ target: String, body: [UInt8], headers: [String: String]) async -> Reply {
        let parts = target.split(separator: "?", maxSplits: 1)
        var all = headers
        all["host"] = headers["host"] ?? "localhost"
        all["accept-language"] = "zh-CN"
        let kept = cookies.withLock { $0 }
        all["cookie"] = kept.map { $0.key + "=" + $0.value }.joined(separator: "; ")
        let exchange = Exchange(
            method: method, path: parts[0].split(separator: "/").map { PercentCode.decode($0) ?? "" },
            query: parts.count > 1 ? PercentCode.form(parts[1]) ?? [] : [], headers: all, body: body,
            source: "127.0.0.1", id: "test")
        let reply = await house.site.respond(to: exchange)
        for (name, value) in reply.headers where name == "set-cookie" {
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies.withLock { $0[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1]) }
        }
        return reply
    }
}

extension Reply {
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var location: String { header("location") ?? "" }
}
