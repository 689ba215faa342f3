import Calendars
import Definitions
import Documents
import Foundation
import Kernel
import Logging
import Values
import StoreSQLite
import Web

/// Everything put together: settings → packs, reference tables, database, kernel, site.
struct House {
    let kernel: Kernel
    let database: SQLiteDatabase
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
        guard settings["database"].isEmpty else {
            throw Failure.text("This version keeps its data in the embedded database: leave out --database.")
        }
        let folder = settings["data"]
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let database = try await SQLiteDatabase.open(path: folder + "/baton.sqlite")
        let kernel = try await Kernel.open(
            database: database, packs: try packs(settings), references: references(settings),
            holidays: holidays(settings), migrate: migrate, surroundings: .live, logger: logger)
        return House(kernel: kernel, database: database, settings: settings, logger: logger)
    }

    func close() async {
        await kernel.close()
        await database.close()
    }

    func site(showsDemoLogins: Bool = false) throws -> Site {
        guard let own = settings.folder("assets", among: ["Sources/Web/Assets/static"]) else {
            throw Failure.text("The folder with the pages' style sheets is missing: set BATON_ASSETS.")
        }
        let uploads = settings["data"] + "/uploads"
        try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
        return Site(
            kernel: kernel,
            assets: try Assets(own: own, installed: settings.folder("installed_assets", among: ["assets"])),
            settings: SiteSettings(
                version: Version.text, secureCookies: settings.flag("secure_cookies"),
                uploadLimit: (Int(settings["upload_limit_mb"]) ?? 200) << 20, uploads: uploads,
                showsDemoLogins: showsDemoLogins), logger: logger)
    }

    static func packs(_ settings: Settings) throws -> [Pack] {
        guard let folder = settings.folder("packs", among: ["Packs"]) else {
            throw Failure.text("The folder Packs is missing: set BATON_PACKS or start in the project's folder.")
        }
        return ["base", "trade"].map { Pack.load(directory: folder + "/" + $0) }
    }

    static func references(_ settings: Settings) -> [CodeList] {
        ReferenceTables(
            built: settings.folder("reference", among: ["reference"]),
            committed: settings.folder("packs", among: ["Packs"]).map { $0 + "/trade/reference" }
        ).lists()
    }

    static func holidays(_ settings: Settings) -> HolidayTable {
        ReferenceTables(built: settings.folder("reference", among: ["reference"]), committed: nil).holidays()
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
