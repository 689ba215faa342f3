import Definitions
import Kernel
import Logging
import Store
import Synchronization
import Testing
import Values

/// A version of a process that records still run by, and that can't be read any more.
@Suite("Versions of processes in the log of the house") struct ProcessVersionLogTests {
    @Test("A version that no longer fits the definitions is told once, and the one in force stands in for it")
    func told() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let first = try await relay.current(order)
        try await relay.house.database.write { connection in
            _ = try connection.send("UPDATE process_version SET document = \("{}") WHERE version = \(first.version)")
        }
        await relay.house.close()
        let files = try Packs.files(changing: "processes/inquiry_to_cash.yaml") { text in
            text.replacing("label: {zh: 评审, en: Review}", with: "label: {zh: 合同评审, en: Contract review}")
        }
        let log = KeptLog()
        let newer = try await TestHouse.open(
            folder: relay.house.folder, packs: files.map { Pack.read(files: $0.texts, directory: $0.folder) },
            digest: "newer", migrate: true, idSeed: 9, logger: Logger(label: "test") { _ in log })
        let standing = try await newer.kernel.answer(
            RelayOf(object: "order", record: order), as: try await newer.actor("mei"))
        #expect(standing.leg?.label.zh == "合同评审" && standing.leg?.id == "contract_review")
        for _ in 0..<3 { await newer.kernel.keepHouse() }
        let told = log.lines.filter { $0.contains("no longer fits the definitions") }
        #expect(told.count == 1, "\(log.lines)")
        #expect(told.first?.contains(first.version.prefix(12)) == true && told.first?.contains("order") == true)
        await newer.end()
    }
}

/// Keeps what is logged.
private final class KeptLog: LogHandler, Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let parts = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let line = ([event.message.description] + parts).joined(separator: " ")
        kept.withLock { $0.append(line) }
    }
}
