import Foundation
package import Store
package import Values

/// That a backup was restored and what stood in it: written by the command that restores, beside the backup and into
/// the database that it made.
package struct RestoreProof: Sendable, Hashable {
    package let at: Instant
    /// Name of the backup, without its folder.
    package let file: String
    /// Bytes of the backup; 0 for a folder of an ongoing copy.
    package let bytes: Int
    /// Events of the log, each checked against its seal.
    package let events: Int
    package let blocks: Int
    /// From the start of restoring to the end of the proof.
    package let seconds: Int

    package init(at: Instant, file: String, bytes: Int, events: Int, blocks: Int, seconds: Int) {
        self.at = at
        self.file = file
        self.bytes = bytes
        self.events = events
        self.blocks = blocks
        self.seconds = seconds
    }

    static let key = "restore.proof"
    private static let ending = ".proof"
    private static let largest = 4096

    var text: String { "1|\(at.milliseconds)|\(bytes)|\(events)|\(blocks)|\(seconds)|\(file)" }

    init?(_ text: String) {
        let parts = text.split(separator: "|", maxSplits: 6, omittingEmptySubsequences: false)
        guard parts.count == 7, parts[0] == "1", let at = Int64(parts[1]) else { return nil }
        let numbers = parts[2...5].compactMap { Int($0) }
        guard numbers.count == 4 else { return nil }
        self.init(
            at: Instant(milliseconds: at), file: String(parts[6].prefix { !$0.isNewline }), bytes: numbers[0],
            events: numbers[1], blocks: numbers[2], seconds: numbers[3])
    }

    /// Writes the proof beside a backup, as `FILE.proof`.
    package func write(beside path: String) throws {
        try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path + Self.ending), options: .atomic)
    }

    /// The newest proof that lies in a folder; nil for none. What is no proof is passed over.
    static func newest(in folder: String) -> RestoreProof? {
        // A folder that can't be read has no proofs to show.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(ending) }.compactMap { name in
            guard let bytes = FileManager.default.contents(atPath: folder + "/" + name), bytes.count <= largest else {
                return nil
            }
            return RestoreProof(String(decoding: bytes, as: UTF8.self))
        }.max { $0.at < $1.at }
    }
}

extension Kernel {
    /// Notes in the database that a backup was restored into it.
    package static func note(_ proof: RestoreProof, in database: any Database) async throws {
        try await database.write { try Settings($0).set(RestoreProof.key, proof.text, at: proof.at, by: nil) }
    }
}
