import Calendars
import Definitions
import Documents
import Foundation
import Kernel
import Logging
import Store
import StorePostgres
import StoreSQLite
import Values
import Web

/// Everything put together: settings → packs, reference tables, database, kernel, site.
struct House {
    let kernel: Kernel
    let database: any Store.Database
    let settings: Settings
    let logger: Logger

    enum Failure: Error, CustomStringConvertible {
        case text(String)

        var description: String { if case .text(let text) = self { text } else { "" } }
    }

    /// Opens the database of the settings and the model in it.
    ///
    /// - Parameter migrate: apply what the packs changed; otherwise a difference is a failure that says how to go on.
    static func open(_ settings: Settings, migrate: Bool = false) async throws -> House {
        let logger = self.logger(settings)
        // The database and what is uploaded are for this account of the machine alone.
        umask(0o077)
        try FileManager.default.createDirectory(atPath: settings["data"], withIntermediateDirectories: true)
        let database = try await database(settings)
        for warning in try await database.warnings() { logger.warning("\(warning)") }
        let kernel = try await Kernel.open(database, parts: try parts(settings, logger), migrate: migrate)
        return House(kernel: kernel, database: database, settings: settings, logger: logger)
    }

    /// The database of the settings: the server that `database` names, or the file in the data folder.
    static func database(_ settings: Settings) async throws -> any Store.Database {
        if let address = settings.server { return try await PostgresDatabase.open(address) }
        return try await SQLiteDatabase.open(path: settings.databaseFile)
    }

    /// The second place of the settings; nil when there is none.
    func ongoingCopy() throws -> OngoingCopy? {
        let folder = settings["copy_to"]
        if folder.isEmpty { return nil }
        guard let embedded = database as? SQLiteDatabase else {
            throw Failure.text("copy_to is for the embedded database: leave it out with --database.")
        }
        return OngoingCopy(of: embedded, to: folder)
    }

    func close() async {
        await kernel.close()
        await database.close()
    }

    /// The account with this login, or the house itself.
    func actor(_ login: String?, origin: Origin, reason: String) async throws -> Actor {
        guard let login else { return .system(reason, origin: origin) }
        let token = try await kernel.localToken(for: login)
        guard let actor = try await kernel.answer(IdentifyActor(token: token, origin: origin), as: .nobody) else {
            throw Failure.text("没有这个账号 / There is no such account: \(login)")
        }
        return actor
    }

    func site(
        showsDemoLogins: Bool = false, copy: OngoingCopy? = nil,
        deliveryCounts: (@Sendable () -> DeliveryCounts)? = nil, mail: MailOffice? = nil
    ) throws -> Site {
        guard let own = settings.folder("assets", among: ["Sources/Web/Assets/static"]) else {
            throw Failure.text("The folder with the pages' style sheets is missing: set BATON_ASSETS.")
        }
        let uploads = settings["data"] + "/uploads"
        try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
        var site = SiteSettings(
            version: Version.text, secureCookies: settings.flag("secure_cookies"),
            uploadLimit: (Int(settings["upload_limit_mb"]) ?? 200) << 20, uploads: uploads,
            showsDemoLogins: showsDemoLogins,
            trustFolder: settings["tls_trust"].isEmpty ? nil : settings["tls_trust"], copy: copy.map(Self.reach),
            deliveries: deliveryCounts)
        site.mail = mail
        return Site(
            kernel: kernel,
            assets: try Assets(own: own, installed: settings.folder("installed_assets", among: ["assets"])),
            settings: site, logger: logger)
    }

    private static func reach(of copy: OngoingCopy) -> @Sendable () -> CopyReach? {
        {
            guard let reached = copy.reached else { return nil }
            return CopyReach(sequence: reached.sequence, at: reached.at)
        }
    }

    /// What opening would change, in words.
    static func plan(_ settings: Settings) async throws -> [String] {
        let database = try await database(settings)
        let texts = try await Kernel.plan(database, parts: try parts(settings, logger(settings)))
        await database.close()
        return texts.map { $0.zh + " / " + $0.en }
    }

    static func parts(_ settings: Settings, _ logger: Logger) throws -> HouseParts {
        guard let folder = settings.folder("packs", among: ["Packs"]) else {
            throw Failure.text("The folder Packs is missing: set BATON_PACKS or start in the project's folder.")
        }
        let folders = ["base", "trade"].map { folder + "/" + $0 }
        let holidays = try references(settings).holidays()
        var parts = HouseParts(
            packs: folders.map { Pack.load(directory: $0) }, packDigest: try fingerprint(folders),
            packFiles: folders.map(files(of:)),
            references: try references(settings).lists(),
            functions: TradeFunctions(holidays: holidays).all, holidays: holidays, surroundings: .live,
            logger: logger)
        parts.backups = settings["data"] + "/backups"
        if settings.server != nil { parts.backupSuffix = ".dump" }
        return parts
    }

    static func references(_ settings: Settings) -> ReferenceTables {
        let own = settings.folder("packs", among: ["Packs"])
        let folders = [
            settings.folder("reference", among: ["reference"]), own.map { $0 + "/trade/reference" },
            own.map { $0 + "/../Resources" },
        ]
        return ReferenceTables(folders: folders.compactMap { $0 })
    }

    /// The texts of a pack's folder. What is no text is told as a finding of the pack itself.
    private static func files(of folder: String) -> PackFiles {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        var texts: [String: String] = [:]
        for name in names where name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".csv") {
            // A file that is no text is left out; the pack itself has a finding for it.
            texts[name] = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        return PackFiles(folder: folder, texts: texts)
    }

    /// SHA-256 over the names and contents of all files, sorted by name.
    private static func fingerprint(_ folders: [String]) throws -> String {
        var bytes: [UInt8] = []
        for folder in folders {
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".csv") {
                bytes += Array(name.utf8)
                bytes += [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
            }
        }
        return Secrets.hex(Secrets.digest(bytes))
    }

    private static func logger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "baton") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: settings["log_level"]) ?? .info
        return logger
    }
}

extension Surroundings {
    /// The machine's clock and random ids.
    static let live = Surroundings(
        now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }, ids: .random)
}
