import Foundation
import Kernel
import Logging
import StoreSQLite
import Values

/// One run: the generated firm, opened, with the people who work in it.
struct BenchRun {
    let settings: Settings
    let firm: Firm
    let house: House
    let database: CountingDatabase
    let meter: Meter
    let operations: Int
    let loaded: FirmLoader.Rate?

    /// Opens the folder's database; generates the firm when it is empty.
    static func prepare(_ settings: Settings, companies: Int, operations: Int) async throws -> BenchRun {
        let folder = settings["data"]
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let database = CountingDatabase(try await SQLiteDatabase.open(path: folder + "/baton.sqlite"))
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let kernel = try await Kernel.open(database, parts: try House.parts(settings, logger), migrate: true)
        let firm = Firm(companies: companies)
        var loaded: FirmLoader.Rate?
        if try await kernel.answer(Vitals(), as: .system("bench")).hasAccounts {
            let first = try? await kernel.answer(  // absent in a firm of another size: said below
                ShowRecord(object: "company", id: firm.id(.company, companies - 1)), as: .system("bench"))
            guard first != nil else {
                throw House.Failure.text("\(folder) holds data of another size: choose another folder with --data.")
            }
        } else {
            say("generating \(companies) companies in \(folder)")
            loaded = try await FirmLoader(firm: firm, kernel: kernel).load { say($0) }
        }
        return BenchRun(
            settings: settings, firm: firm,
            house: House(kernel: kernel, database: database.inner, settings: settings, logger: logger),
            database: database, meter: Meter(statements: { database.statements }, say: { say($0) }),
            operations: operations, loaded: loaded)
    }

    var kernel: Kernel { house.kernel }

    func run(importRows: Int) async throws -> ResultTable {
        let people = try await people()
        Self.say(ResultTable.heading.joined(separator: " | "))
        var groups: [(title: String, rows: [Measurement])] = []
        groups.append(("references of this run", try await references()))
        groups.append(("reading", try await reading(people)))
        groups.append(("pages over loopback, one connection", try await overLoopback()))
        groups.append(("writing, synchronous=FULL", try await writing(people)))
        var facts = try await size()
        if importRows > 0 { facts += try await importing(rows: importRows) }
        await house.close()
        facts += try await ColdStart(folder: settings["data"]).facts()
        return ResultTable(groups: groups, facts: facts)
    }

    // MARK: People

    struct People: Sendable {
        let sales: Actor
        let manager: Actor
        let owner: Actor
    }

    private func people() async throws -> People {
        People(
            sales: try await house.actor("bench-sales-0", origin: .page, reason: ""),
            manager: try await house.actor("bench-manager", origin: .page, reason: ""),
            owner: try await house.actor("bench-owner", origin: .page, reason: ""))
    }

    // MARK: What it is measured on

    private func size() async throws -> [(String, String)] {
        var counts: [String] = []
        for object in ["company", "contact", "inquiry", "quotation", "pi", "order"] {
            let count = try await kernel.answer(
                CountRecords(object: object, cap: 20_000_000), as: .system("bench"))
            counts.append("\(object) \(count.count)")
        }
        let vitals = try await kernel.answer(Vitals(), as: .system("bench"))
        counts.append("events \(vitals.lastSequence)")
        var facts = [("data", counts.joined(separator: ", "))]
        if let loaded {
            let rate =
                "\(loaded.records) records in \(ResultTable.number(loaded.seconds)) s: \(Int(loaded.perSecond)) a second, "
                + "\(ResultTable.number(loaded.cpuSeconds * 1000 / Double(loaded.records))) CPU ms each"
            facts.append(("bulk load (checked, numbered, with events and roll-ups)", rate))
        }
        let bytes = try FileManager.default.attributesOfItem(atPath: settings["data"] + "/baton.sqlite")[.size] as? Int
        facts.append(("database file", "\((bytes ?? 0) >> 20) MB"))
        return facts
    }

    /// Progress goes to the error stream, so that the table can be redirected.
    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
