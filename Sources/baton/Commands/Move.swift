import ArgumentParser
import Foundation
import Store

struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings everything into another, empty database, of whatever engine.",
        discussion: """
            The source can be read all the while and takes no changes. A move that was interrupted goes on when the \
            command is given again; --release gives it up.
            """)

    @Option(help: "Folder of an embedded database, or postgresql://….") var from: String
    @Option(help: "Folder of an embedded database, or postgresql://….") var to: String?
    @Flag(help: "Let the source take changes again.") var release = false

    func run() async throws {
        let source = try await database(from)
        if release {
            try await DatabaseMove.release(source)
            await source.close()
            print("已恢复写入 Takes changes again: \(from)")
            return
        }
        guard let to else { throw ValidationError("--to says where to.") }
        let target = try await database(to)
        let started = ContinuousClock.now
        let report = try await DatabaseMove(from: source, to: target) { table, done, total in
            FileHandle.standardError.write(Data("\r\u{1B}[K\(table) \(done) / \(total)".utf8))
        }.run()
        await target.close()
        await source.close()
        let seconds = (ContinuousClock.now - started).components.seconds
        print(
            """

            已搬完 Moved in \(seconds) s: \(report.tables) tables, \(report.rows) rows, \(report.events) events in \
            \(report.blocks) blocks; \(report.compared) rows compared and equal
            """)
        print("旧库保持只读 The old one stays read-only. 下一步 Next: baton serve \(Self.option(to))")
    }

    private func database(_ place: String) async throws -> any Store.Database {
        if !place.contains("://") {
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        }
        return try await House.database(try Settings(flags: [place.contains("://") ? "database" : "data": place]))
    }

    private static func option(_ place: String) -> String {
        place.contains("://") ? "--database …" : "--data " + place
    }
}
