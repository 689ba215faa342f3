import Access
import Definitions
import Foundation
package import Store
import Values

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

    /// Where copies go that are made from within; nil where none can be.
    package var backupFolder: String? { parts.backups }

    private func backUp(_ actor: Actor) async throws -> Outcome {
        guard let folder = parts.backups else { throw Rejection.noBackupFolder }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let now = surroundings.now()
        let stamp = now.description.filter { $0.isNumber }.prefix(14)
        let name = "baton-\(stamp)" + parts.backupSuffix
        try await database.backup(to: folder + "/" + name)
        let size = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.size] as? Int
        let backup = LastBackup(at: now, name: name, bytes: size ?? 0)
        let sequence = try await account(as: actor) { connection, log in
            try Settings(connection).set(LastBackup.key, backup.text, at: now, by: actor.userID)
            return try log.note(.backedUp, [FieldChange(field: "file", before: .null, after: .text(name))])
        }
        return Outcome(sequence: sequence)
    }

    /// Notes a copy that was made from the machine itself.
    package static func note(_ backup: LastBackup, in database: any Database) async throws {
        try await database.write {
            try Settings($0).set(LastBackup.key, backup.text, at: backup.at, by: nil)
        }
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
