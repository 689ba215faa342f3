import Definitions
import Documents
import Expressions
import Foundation
import Kernel
import Logging
import Store
import Synchronization
import TestEngines
import Values

/// A company on a real database in a folder of its own: the shipped packs, a fixed clock, ids in order, and people in
/// every role.
///
/// The first one is built once per run; every suite works on a copy of it.
final class TestHouse: Sendable {
    let kernel: Kernel
    let database: any Store.Database
    let clock: TestClock
    let folder: String
    let parts: HouseParts

    init(kernel: Kernel, database: any Store.Database, clock: TestClock, folder: String, parts: HouseParts) {
        self.kernel = kernel
        self.database = database
        self.clock = clock
        self.folder = folder
        self.parts = parts
    }

    /// A copy of the house with its people, ready for work.
    static func open() async throws -> TestHouse {
        let place = try await template.value.copy("kernel")
        return try await open(folder: place.folder, packs: Packs.shipped, digest: "shipped")
    }

    /// A database without anything in it.
    static func empty() async throws -> TestHouse {
        try await open(folder: try TestPlace.make("kernel").folder, packs: Packs.shipped, digest: "shipped")
    }

    static func open(
        folder: String, packs: [Pack], digest: String, files: [PackFiles] = [], migrate: Bool = false,
        idSeed: UInt64 = 1, logger: Logger? = nil
    ) async throws -> TestHouse {
        let clock = TestClock()
        let database = try await TestPlace(folder: folder).open()
        let parts = HouseParts(
            packs: packs, packDigest: digest, packFiles: files, references: Packs.references,
            functions: Packs.functions,
            surroundings: Surroundings(now: { clock.now }, ids: Self.ids(seed: idSeed)),
            logger: logger ?? Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let kernel = try await Kernel.open(database, parts: parts, migrate: migrate)
        return TestHouse(kernel: kernel, database: database, clock: clock, folder: folder, parts: parts)
    }

    func close() async {
        await kernel.close()
        await database.close()
    }

    /// Closes and removes what is on disk.
    func end() async {
        await close()
        await TestPlace(folder: folder).remove()
    }

    /// Ids that come in order and never meet those of the template.
    private static func ids(seed: UInt64) -> IDSource {
        let counter = Mutex<UInt64>(0)
        return IDSource { at in
            let number = counter.withLock { counter in
                counter += 1
                return counter
            }
            return RecordID(at: at, random: (seed &* 0x9E37_79B9, number &* 0x1_0001))
        }
    }

    private static let template = Task<TestPlace, any Error> {
        let place = try TestPlace.make("kernel")
        let house = try await open(folder: place.folder, packs: Packs.shipped, digest: "shipped", idSeed: 77)
        try await Staff.settle(in: house)
        await house.close()
        return place
    }
}

/// A clock that moves only when told: 2026-11-20, a Friday, 10:00 in Shanghai.
final class TestClock: Sendable {
    static let start = Instant("2026-11-20T02:00:00Z") ?? Instant(milliseconds: 0)
    private let time = Mutex(start)

    var now: Instant { time.withLock { $0 } }
    func advance(seconds: Int) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// The packs of the project and a few codes of the reference lists.
enum Packs {
    static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Packs"

    /// The files of the shipped packs, with one of them changed.
    static func files(changing name: String = "", _ change: (String) -> String = { $0 }) throws -> [PackFiles] {
        try ["base", "trade"].map { pack in
            // A link is followed, since its own path lists nothing.
            let root = URL(fileURLWithPath: folder + "/" + pack).resolvingSymlinksInPath().path
            let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
            var texts: [String: String] = [:]
            for file in names where file.hasSuffix(".yaml") || file.hasSuffix(".csv") {
                let text = try String(contentsOfFile: root + "/" + file, encoding: .utf8)
                texts[file] = file == name ? change(text) : text
            }
            return PackFiles(folder: folder + "/" + pack, texts: texts)
        }
    }

    static let shipped: [Pack] = ["base", "trade"].map { Pack.load(directory: folder + "/" + $0) }

    static let references: [CodeList] = [
        list("country", ["CN", "US", "DE", "FR", "GB", "BR"]), list("currency", ["CNY", "USD", "EUR", "JPY"]),
        list("language", ["zh", "en", "de"]),
        list(
            "time_zone",
            [
                "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe",
                "Africa/Cairo",
            ]),
        list("port", ["CNNGB", "CNSHA", "DEHAM", "USLAX"]), list("hs", ["94", "85"]),
    ]

    /// Stand-ins for the working calendar: every day counts.
    static let functions: [ExternalFunction] = [
        ExternalFunction(name: "WORKDAYS", parameters: [.day, .day], result: .decimal(scale: 0)) { arguments in
            guard let from = arguments[0].day, let to = arguments[1].day else { return .null }
            return .decimal(ExactDecimal(to.number - from.number))
        },
        ExternalFunction(name: "ADDWORKDAYS", parameters: [.day, .decimal(scale: 0)], result: .day) { arguments in
            guard let from = arguments[0].day, let days = arguments[1].decimal else { return .null }
            return .day(from.adding(days: Int(days.floor)))
        },
    ]

    private static func list(_ id: String, _ codes: [String]) -> CodeList {
        CodeList(
            id: id, label: Label(zh: id, en: id), codes: codes.map { Code(code: $0, label: Label(zh: $0, en: $0)) })
    }
}
