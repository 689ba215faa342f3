import Access
package import Calendars
package import Definitions
package import Expressions
package import Logging
package import Store
import Values

/// What a database is opened with.
package struct HouseParts: Sendable {
    package var packs: [Pack]
    /// Fingerprint of the packs' files, so that a change is noticed.
    package var packDigest: String
    /// The packs' files, for the other processes at the database; empty when they are not at hand.
    package var packFiles: [PackFiles]
    /// Code lists of reference tables.
    package var references: [CodeList]
    /// Functions of memory that expressions may call.
    package var functions: [ExternalFunction]
    /// The holidays of countries, for working calendars.
    package var holidays: HolidayTable
    package var surroundings: Surroundings
    package var logger: Logger
    /// Folder of the copies that are made from within; nil where none can be made.
    package var backups: String?
    /// How the names of copies end.
    package var backupSuffix = ".sqlite"

    package init(
        packs: [Pack], packDigest: String, packFiles: [PackFiles] = [], references: [CodeList],
        functions: [ExternalFunction], holidays: HolidayTable = .empty, surroundings: Surroundings, logger: Logger
    ) {
        self.packs = packs
        self.packDigest = packDigest
        self.packFiles = packFiles
        self.references = references
        self.functions = functions
        self.holidays = holidays
        self.surroundings = surroundings
        self.logger = logger
    }
}

extension Kernel {
    /// Opens a database: builds the model of packs and overlay, brings the tables to it, loads new default records.
    ///
    /// - Parameter migrate: apply what the packs changed; otherwise a difference is a fault that says how to go on. An
    ///   empty database is always set up.
    package static func open(_ database: any Database, parts: HouseParts, migrate: Bool) async throws -> Kernel {
        let (entry, overlay) = try await database.read { connection in
            (try ModelVersions(connection).current(), try Self.overlay(on: connection))
        }
        let isFresh = entry == nil
        let differs = entry?.digest != parts.packDigest
        let version = (entry?.version ?? 0) + (isFresh || differs ? 1 : 0)
        let model = try build(parts, packs: parts.packs, overlay: overlay, version: version)
        if differs {
            guard isFresh || migrate else { throw try await mismatch(database, model) }
            let now = parts.surroundings.now()
            try await database.write { connection in
                try bring(connection, to: model)
                let packs = model.packs.map { $0.id + " " + $0.version }.joined(separator: ", ")
                try ModelVersions(connection).record(
                    version: version, packs: packs, digest: parts.packDigest, at: now)
                try StoredPacks(connection: connection).put(
                    parts.packFiles, digest: parts.packDigest, modelVersion: version, at: now)
            }
        }
        if !differs { try await raiseWalls(of: model, in: database) }
        let snapshot = Snapshot(
            model: model, overlay: overlay, packs: PackSet(packs: parts.packs, digest: parts.packDigest),
            functions: parts.functions, holidays: parts.holidays)
        let last = try await database.read { try EventLog($0).lastSequence() }
        let kernel = Kernel(
            database: database, snapshot: snapshot, parts: parts, lastSequence: Int64(last))
        if differs { try await DefaultRecordLoader(kernel: kernel).load(parts.packs) }
        try await kernel.reportLimits()
        return kernel
    }

    /// Brings the tables, and who may see their rows, to a model.
    static func bring(_ connection: any Connection, to model: Model) throws {
        _ = try MigrationPlan.plan(on: connection, to: model).apply(on: connection)
        try walls(of: model, for: connection.dialect).raise(on: connection)
    }

    /// A program that builds the rules of rows in another way than the one before it brings them up to date.
    private static func raiseWalls(of model: Model, in database: any Database) async throws {
        let walls = try walls(of: model, for: database.dialect)
        if try await database.read({ try walls.isStanding(on: $0) }) { return }
        try await database.write { connection in
            guard try ModelVersions(connection).current()?.version == model.version else { return }
            try walls.raise(on: connection)
        }
    }

    private static func walls(of model: Model, for dialect: any Dialect) throws -> RowWalls {
        let rows = AccessCompiler.rowWalls(of: model).mapValues { access in
            switch access {
            case .none: RowWalls.Rows.none
            case .all: RowWalls.Rows.all
            case .rows(let condition): RowWalls.Rows.some(condition)
            }
        }
        return try RowWalls(rows, of: model, for: dialect)
    }

    /// What opening would change, in words; empty when nothing.
    package static func plan(_ database: any Database, parts: HouseParts) async throws -> [Label] {
        let overlay = try await database.read { try Self.overlay(on: $0) }
        let model = try build(parts, packs: parts.packs, overlay: overlay, version: 1)
        return try await database.read { try MigrationPlan.plan(on: $0, to: model).texts }
    }

    static func overlay(on connection: any Connection) throws -> Overlay {
        let documents = try Overlays(connection).all().filter { $0.kind == "overlay" }.map(\.document)
        return try Overlay(documents: documents)
    }

    static func build(
        _ parts: HouseParts, packs: [Pack], overlay: Overlay, version: Int, previous: Model? = nil
    ) throws -> Model {
        let result = ModelBuilder.build(
            packs: packs, overlay: overlay, references: parts.references, version: version, previous: previous,
            functions: parts.functions)
        guard let model = result.model else {
            let text = result.diagnostics.filter(\.isError).prefix(5).map { DefinitionPrinter.line($0) }
            throw Fault(code: "definitions", detail: text.joined(separator: "\n"))
        }
        return model
    }

    private static func mismatch(_ database: any Database, _ model: Model) async throws -> Fault {
        let texts = try await database.read { try MigrationPlan.plan(on: $0, to: model).texts }
        let steps = texts.prefix(10).map { "  - " + $0.zh + " / " + $0.en }.joined(separator: "\n")
        return Fault(
            code: "migration_needed",
            detail: "定义包与数据库不一致，先备份，再运行 baton migrate（--plan 只看不改）。\n"
                + "The packs differ from the database: back up, then run baton migrate (--plan only shows).\n" + steps)
    }

    /// Wakes live pages; one process for all seals events, forgets what has expired, and once a day brings the day's
    /// figures up to date.
    package func keepHouse() async {
        let now = surroundings.now()
        do {
            await hub.publish(Int64(try await database.read { try EventLog($0).lastSequence() }))
            await hub.beat()
            importBell.ring()
            for (object, digest) in snapshot.processes.takeReplaced() {
                logger.warning(
                    "a process version no longer fits the definitions; the one in force stands in",
                    metadata: ["object": "\(object)", "version": "\(digest.prefix(12))"])
            }
            guard try await hasDuty(.house) else { return }
            try await database.write { connection in
                _ = try EventLog(connection).seal()
                try Sessions(connection).forget(before: now)
                try LoginFailures(connection).forget(before: now.adding(seconds: -86_400))
                try NoticeMutes(connection).forget(before: now.adding(seconds: -30 * 86_400))
                try RuleRuns(connection).forget(before: now.adding(seconds: -180 * 86_400))
                _ = try Idempotency(connection).forget(before: now.adding(seconds: -7 * 86_400))
                try Outbox(connection).forget(before: now.adding(seconds: -90 * 86_400))
            }
            try await refreshDailyFigures()
            try await adjustClocks()
            try await adjustWorkTimes()
            try await adoptClocks()
            try await keepPool()
        } catch {
            logger.error("housekeeping failed", metadata: ["detail": "\(error)"])
        }
    }

    /// Proves the event log and the file.
    package func verify() async throws -> VerifyFindings {
        let report = try await database.read { try EventLog($0).verify() }
        let file = try await database.integrityFindings()
        var lines = ["events \(report.events), sealed blocks \(report.blocks), not yet sealed \(report.unsealed)"]
        if let finding = report.finding { lines.append("event log: \(finding)") }
        lines += file.map { "file: " + $0 }
        if report.isWhole, file.isEmpty { lines.append("完好 / sound") }
        return VerifyFindings(
            isSound: report.isWhole && file.isEmpty, lines: lines, events: report.events, blocks: report.blocks)
    }

    /// Whether changes can be made at all; false after an input/output error until the database is proved sound again.
    package var takesWrites: Bool { database.standstill == nil }

    package func close() async { await hub.close() }
}

package struct VerifyFindings: Sendable {
    package let isSound: Bool
    package let lines: [String]
    /// Of the event log.
    package let events: Int
    /// Sealed.
    package let blocks: Int
}
