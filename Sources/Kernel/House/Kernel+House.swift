import Access
import Definitions
import Foundation
import Store
package import Values

/// A copy of the database that is kept beside it.
package struct BackupFile: Sendable, Hashable {
    package let name: String
    package let at: Instant
    package let bytes: Int
}

extension Kernel {
    func perform(_ command: HouseCommand, as actor: Actor) async throws -> Outcome {
        let access = snapshot.access(of: actor)
        func needs(_ privilege: String) throws(Rejection) {
            guard actor.isSystem || access.has(privilege) else { throw .notAllowed }
        }
        return try await translated {
            switch command {
            case .proveLog:
                try needs("audit")
                return try await proveLog(actor)
            case .backUp:
                try needs("define")
                return try await backUp(actor)
            case .raiseNumber(let object, let field, let next):
                try needs("define")
                return try await raiseNumber(object, field, next, actor)
            }
        }
    }

    private func proveLog(_ actor: Actor) async throws -> Outcome {
        let report = try await database.read { try EventLog($0).verify() }
        let now = surroundings.now()
        let proof = LogProof(
            at: now, events: Int64(report.events), isWhole: report.isWhole,
            finding: report.finding.map { "\($0)" } ?? "")
        try await database.write { try Settings($0).set(LogProof.key, proof.text, at: now, by: actor.userID) }
        return Outcome()
    }

    // MARK: Backups

    /// Copies that were made from within, newest first; empty where none are kept.
    ///
    /// - Throws: `forbidden` without the privilege `define`.
    package func backups(as actor: Actor) throws -> [BackupFile] {
        guard actor.isSystem || snapshot.access(of: actor).has("define") else { throw Rejection.notAllowed }
        guard let folder = parts.backups, FileManager.default.fileExists(atPath: folder) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("baton-") }
        return try names.map { name in
            let facts = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            let at = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return BackupFile(
                name: name, at: Instant(milliseconds: Int64(at * 1000)), bytes: (facts[.size] as? Int) ?? 0)
        }.sorted { $0.at > $1.at }
    }

    /// Whether copies can be made from within.
    package var backupFolder: String? { parts.backups }

    private func backUp(_ actor: Actor) async throws -> Outcome {
        guard let folder = parts.backups else { throw Rejection.noBackupFolder }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let now = surroundings.now()
        let stamp = now.description.filter { $0.isNumber }.prefix(14)
        let name = "baton-\(stamp)" + parts.backupSuffix
        try await database.backup(to: folder + "/" + name)
        let sequence = try await account(as: actor) { _, log in
            try log.note(.backedUp, [FieldChange(field: "file", before: .null, after: .text(name))])
        }
        return Outcome(sequence: sequence)
    }

    // MARK: Numbers

    private func raiseNumber(
        _ object: String, _ field: String, _ next: Int, _ actor: Actor
    ) async throws -> Outcome {
        guard let series = snapshot.model.object(object)?.field(field)?.series else { throw Rejection.noSuchRecord }
        let day = Zones.day(of: surroundings.now(), in: actor.timeZone)
        guard let shown = Numbers.shown(series.pattern, number: next, on: day) else { throw Rejection.noSuchRecord }
        let sequence = try await account(as: actor) { connection, log in
            let numbers = Numbers(connection)
            let standing = try numbers.standings(of: object, field: field).first { $0.prefix == shown.prefix }
            let least = standing?.next ?? 1
            guard next >= least, next <= 999_999_999 else { throw Rejection.invalid([.numberGiven(least)]) }
            try numbers.raise(series, of: object, field: field, on: day, above: next - 1)
            return try log.note(
                .numberRaised,
                [
                    FieldChange(field: "series", before: .null, after: .text(object + "." + field)),
                    FieldChange(
                        field: "number", before: .decimal(ExactDecimal(least)), after: .decimal(ExactDecimal(next))),
                ])
        }
        return Outcome(sequence: sequence)
    }
}

extension Problem {
    fileprivate static func numberGiven(_ least: Int) -> Problem {
        Problem(
            field: "next", code: "number_given",
            message: Label(
                zh: "号码不能往回走：最小填 \(least)", en: "Numbers don't go back: the least is \(least)"))
    }
}

extension Rejection {
    static let noBackupFolder = Rejection(
        .unavailable, code: "no_backup_folder",
        message: Label(
            zh: "这台服务器没有存放备份的文件夹，请在机器上运行 baton backup",
            en: "This server has no folder for backups; run baton backup on the machine"))
}
