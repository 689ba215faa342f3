import Access
import Definitions
import Expressions
import Store
package import Values

/// The last complete copy of the database.
package struct LastBackup: Sendable, Hashable {
    package let at: Instant
    /// Of the file.
    package let name: String
    package let bytes: Int

    static let key = "backup.last"

    var text: String { "\(at.milliseconds)|\(bytes)|\(name)" }

    package init(at: Instant, name: String, bytes: Int) {
        self.at = at
        self.name = name
        self.bytes = bytes
    }

    init?(_ text: String) {
        let parts = text.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let at = Int64(parts[0]), let bytes = Int(parts[1]) else { return nil }
        self.init(at: Instant(milliseconds: at), name: String(parts[2]), bytes: bytes)
    }
}

/// How the house is kept safe. For who holds the privilege `define` or `audit`.
package struct BackupState: Question {
    package struct Answer: Sendable {
        package let last: LastBackup?
        /// The last proof that a backup can be restored; nil when none is known.
        package let restore: RestoreProof?
        package let log: LogStanding
    }

    /// Where backups lie, each with the proof of its restoring beside it; nil where there is no such folder.
    package var folder: String?

    package init(folder: String? = nil) { self.folder = folder }

    /// - Throws: the rejection `forbidden` without the privilege.
    package func answer(in context: ReadContext) throws -> Answer {
        let log = try context.ask(LogState())
        let last = try Settings(context.connection).text(LastBackup.key).flatMap { LastBackup($0) }
        let kept = try Settings(context.connection).text(RestoreProof.key).flatMap { RestoreProof($0) }
        let beside = folder.flatMap { RestoreProof.newest(in: $0) }
        return Answer(last: last, restore: [kept, beside].compactMap(\.self).max { $0.at < $1.at }, log: log)
    }
}

/// Where every number series stands. For who holds the privilege `define`. One statement for each series.
package struct NumberStandings: Question {
    package struct Series: Sendable {
        package let object: String
        package let field: String
        package let pattern: String
        package let gapless: Bool
        /// The number that a record made today would get.
        package let next: Int
        package let preview: String
    }

    package init() {}

    /// - Throws: the rejection `forbidden` without the privilege.
    package func answer(in context: ReadContext) throws -> [Series] {
        guard context.actor.isSystem || context.access.has("define") else { throw Rejection.notAllowed }
        let numbers = Numbers(context.connection)
        var out: [Series] = []
        for object in context.model.liveObjects {
            for field in object.liveFields {
                guard let series = field.series else { continue }
                let places = try SeriesPlaces(context: context).ofActor(series.pattern)
                guard
                    let first = Numbers.shown(
                        series.pattern, number: 1, on: context.evaluation.today, places: places)
                else { continue }
                let standing = try numbers.standings(of: object.id, field: field.id).first {
                    $0.prefix == first.prefix
                }
                let next = standing?.next ?? 1
                let shown = Numbers.shown(
                    series.pattern, number: next, on: context.evaluation.today, places: places)
                out.append(
                    Series(
                        object: object.id, field: field.id, pattern: series.pattern, gapless: series.gapless,
                        next: next, preview: shown?.text ?? ""))
            }
        }
        return out
    }
}
