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
            case .setPattern(let object, let field, let pattern):
                try needs("define")
                return try await setPattern(object, field, pattern, actor)
            case .setMail(let draft):
                try needs("define")
                return try await setMail(draft, actor)
            case .dropMail:
                try needs("define")
                return try await dropMail(actor)
            case .setUp(let step):
                try needs("define")
                try needs("users")
                return try await setUp(step, actor)
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
}

extension Rejection {
    static let noBackupFolder = Rejection(
        .unavailable, code: "no_backup_folder",
        message: Label(
            zh: "这台服务器没有存放备份的文件夹，请在机器上运行 baton backup",
            en: "This server has no folder for backups; run baton backup on the machine"))
}
