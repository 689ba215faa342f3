import Calendars
import Definitions
import Demo
import Expressions
import Foundation
import Kernel
import Logging
import Store
import Synchronization
import TestEngines
import Values

/// The demo company in a database of its own, made on a Monday in autumn; made once for all tests.
struct DemoHouse: Sendable {
    static let lastDay = Day("2026-11-23")!
    /// Five past nine in the morning of Ningbo.
    static let now = Instant(day: lastDay, secondOfDay: 3900)
    static let calendar = WorkingCalendar(country: "CN", holidays: holidays)
    static let shared = Task<DemoHouse, any Error> { try await make() }

    let kernel: Kernel
    let database: any Store.Database

    static func make() async throws -> DemoHouse {
        let database = try await TestPlace.make("demo").open()
        let counter = Mutex<UInt64>(0)
        let ids = IDSource { at in
            let number = counter.withLock { counter in
                counter += 1
                return counter
            }
            return RecordID(at: at, random: (number, number &* 0x1_0001))
        }
        let parts = HouseParts(
            packs: ["base", "trade"].map { Pack.load(directory: root + "/Packs/" + $0) }, packDigest: "shipped",
            references: try references(), functions: functions,
            surroundings: Surroundings(now: { now }, ids: ids),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let kernel = try await Kernel.open(database, parts: parts, migrate: true)
        try await DemoCompany(kernel: kernel, lastDay: lastDay, holidays: holidays, progress: { _ in }).build()
        return DemoHouse(kernel: kernel, database: database)
    }

    func actor(_ login: String) async throws -> Actor {
        let token = try await kernel.localToken(for: login)
        guard let actor = try await kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody) else {
            throw Unknown(login: login)
        }
        return actor
    }

    /// The first column of every row.
    func numbers(_ sql: SQLFragment) async throws -> [Int64] {
        try await database.read { try $0.rows(sql).map { $0[0].integer ?? 0 } }
    }

    func number(_ sql: SQLFragment) async throws -> Int64 { try await numbers(sql).first ?? 0 }

    /// Table → a hash over all its rows, for records, links and events.
    func digests() async throws -> [String: [UInt8]] {
        try await database.read { connection in
            let tables = try connection.rows("SELECT DISTINCT owner FROM physical_column ORDER BY owner")
            let names = tables.map { $0[0].text ?? "" } + ["event"]
            var out: [String: [UInt8]] = [:]
            for name in names {
                let rows = try connection.rows(.raw("SELECT * FROM \"\(name)\" ORDER BY 1, 2"))
                let text = rows.map { row in (0..<row.count).map { "\(row[$0])" }.joined(separator: "\t") }
                out[name] = try Attachments.hash(of: Array(text.joined(separator: "\n").utf8))
            }
            return out
        }
    }

    private struct Unknown: Error { let login: String }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private static let holidays: HolidayTable = {
        // Without the table the calendar knows weekends only, which is enough here.
        guard let text = try? String(contentsOfFile: root + "/Resources/holidays-own.csv", encoding: .utf8),
            let table = try? HolidayTable(csv: text)  // see above
        else { return .empty }
        return table
    }()

    private static func references() throws -> [CodeList] {
        [
            try list("country", "Resources/country_facts.csv"), try list("currency", "Resources/currency_facts.csv"),
            try list("language", "Resources/language_facts.csv"), try list("port", "Packs/trade/reference/ports.csv"),
            try list("hs", "Packs/trade/reference/hs_chapters.csv"),
            named("time_zone", Countries.all.map(\.zone) + Staff.all.map(\.zone)),
        ]
    }

    /// The codes of the first column.
    private static func list(_ id: String, _ file: String) throws -> CodeList {
        let text = try String(contentsOfFile: root + "/" + file, encoding: .utf8)
        let codes = text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
            line.split(separator: ",").first.map(String.init)
        }
        return named(id, codes)
    }

    private static func named(_ id: String, _ codes: [String]) -> CodeList {
        var seen: Set<String> = []
        let own = codes.filter { seen.insert($0).inserted }
        return CodeList(
            id: id, label: Label(zh: id, en: id), codes: own.map { Code(code: $0, label: Label(zh: $0, en: $0)) })
    }

    /// Stand-ins for the working calendar: every day counts.
    private static let functions: [ExternalFunction] = [
        ExternalFunction(name: "WORKDAYS", parameters: [.day, .day], result: .decimal(scale: 0)) { arguments in
            guard let from = arguments[0].day, let to = arguments[1].day else { return .null }
            return .decimal(ExactDecimal(to.number - from.number))
        },
        ExternalFunction(name: "ADDWORKDAYS", parameters: [.day, .decimal(scale: 0)], result: .day) { arguments in
            guard let from = arguments[0].day, let days = arguments[1].decimal else { return .null }
            return .day(from.adding(days: Int(days.floor)))
        },
    ]
}
