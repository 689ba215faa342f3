import ArgumentParser
import Definitions
import Foundation
import Kernel
import Store
import StorePostgres
import StoreSQLite
import Values

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks packs and prints every finding with file, line and hint.")

    @Argument(help: "Folders of packs, in the order in which they build on each other.") var packs: [String]

    func run() async throws {
        let settings = try Settings(flags: [:])
        let loaded = packs.map { Pack.load(directory: $0) }
        let references = House.references(settings)
        let result = ModelBuilder.build(
            packs: loaded, references: try references.lists(), version: 1,
            functions: TradeFunctions(holidays: try references.holidays()).all)
        for finding in result.diagnostics { print(DefinitionPrinter.line(finding)) }
        guard result.model != nil else { throw ExitCode(1) }
        let objects = result.model?.liveObjects ?? []
        let fields = objects.reduce(0) { $0 + $1.liveFields.count }
        print("\(objects.count) objects, \(fields) fields, \(result.diagnostics.count) findings")
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database to the packs' definitions.")

    @OptionGroup var options: DatabaseOptions
    @Flag(help: "Only show what would be done.") var plan = false

    func run() async throws {
        let settings = try options.settings()
        if plan {
            let lines = try await House.plan(settings)
            print(lines.isEmpty ? "没有要做的改动 / Nothing to do" : lines.joined(separator: "\n"))
            return
        }
        let house = try await House.open(settings, migrate: true)
        let vitals = try await house.kernel.answer(Vitals(), as: .system("migrate"))
        print("定义版本 Model version: \(vitals.modelVersion)")
        await house.close()
    }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Proves that the event log is complete and unchanged, and that the database file is sound.")

    @OptionGroup var options: DatabaseOptions
    @Option(help: "Folder of an ongoing copy: proves that it can be restored instead.") var copy: String?

    func run() async throws {
        let settings = try options.settings()
        if let copy { return try await Self.verify(copy: copy, settings) }
        let house = try await House.open(settings)
        let findings = try await house.kernel.verify()
        await house.close()
        for line in findings.lines { print(line) }
        if !findings.isSound { throw ExitCode(1) }
    }

    /// Restores the copy in a folder that is gone afterwards, and compares it with the living database if there is one.
    private static func verify(copy: String, _ settings: Settings) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/baton-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // The proof itself takes a while and makes nothing older.
        let asked = Surroundings.live.now().milliseconds
        let proof: ProvedCopy
        do {
            proof = try await SQLiteCopy(destination: folder + "/baton.sqlite").restore(fromCopies: copy)
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
        try FileManager.default.removeItem(atPath: folder)
        print(proof.line)
        print(String(format: "落后 behind: %.1f s", Double(max(0, asked - proof.note.at)) / 1000))
        let path = settings["data"] + "/baton.sqlite"
        if FileManager.default.fileExists(atPath: path) {
            let database = try await SQLiteDatabase.open(path: path)
            let behind = try await database.read { try EventLog($0).lastSequence() } - proof.events
            await database.close()
            print("落后 behind: \(behind) events")
        }
        print("完好 / sound")
    }
}

extension ProvedCopy {
    var line: String {
        let at = Instant(milliseconds: note.at)
        return "副本 copy \(generation): events \(events), \(at) UTC"
    }
}

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a complete copy of the database while the server runs.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "File to write; must not exist.") var file: String

    func run() async throws {
        let database = try await House.database(try options.settings())
        try await database.backup(to: file)
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        try await Kernel.note(
            LastBackup(
                at: Surroundings.live.now(), name: URL(fileURLWithPath: file).lastPathComponent, bytes: size ?? 0),
            in: database)
        await database.close()
        print("已备份 Backup written: \(file)")
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Puts a backup in place of an empty or absent database.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "Backup file, or the folder of an ongoing copy.") var file: String

    func run() async throws {
        let settings = try options.settings()
        let started = Surroundings.live.now()
        if let server = settings.server {
            try await PostgresDump(address: server.text).restore(from: file)
        } else {
            let target = settings.databaseFile
            guard !FileManager.default.fileExists(atPath: target) else {
                throw ValidationError("\(target) 已存在 / already exists: move it away first.")
            }
            try FileManager.default.createDirectory(atPath: settings["data"], withIntermediateDirectories: true)
            if SQLiteCopy.isOngoing(file) {
                print(try await SQLiteCopy(destination: target).restore(fromCopies: file).line)
            } else {
                try await SQLiteCopy(destination: target).restore(from: file)
            }
        }
        let house = try await House.open(settings)
        let findings = try await house.kernel.verify()
        if findings.isSound { try await note(findings, since: started, in: house) }
        await house.close()
        for line in findings.lines { print(line) }
        if !findings.isSound { throw ExitCode(1) }
    }

    /// Keeps the proof in the restored database and beside the backup, where the page of backups finds it.
    private func note(_ findings: VerifyFindings, since started: Instant, in house: House) async throws {
        let now = Surroundings.live.now()
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        let proof = RestoreProof(
            at: now, file: URL(fileURLWithPath: file).lastPathComponent,
            bytes: isFolder ? 0 : attributes[.size] as? Int ?? 0, events: findings.events, blocks: findings.blocks,
            seconds: max(1, Int(now.secondsSinceEpoch - started.secondsSinceEpoch)))
        try await Kernel.note(proof, in: house.database)
        do {
            try proof.write(beside: isFolder ? file + "/restore" : file)
        } catch {
            print("证明没有写到备份旁边 / The proof was not written beside the backup: \(error.localizedDescription)")
        }
    }
}

struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Accounts, from the machine itself.", subcommands: [Add.self, Reset.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds an account; the password is read from standard input.")

        @OptionGroup var options: DatabaseOptions
        @Argument var login: String
        @Option var name: String?
        @Option(help: "Roles, separated by commas.") var roles = "sales"

        func run() async throws {
            let house = try await House.open(try options.settings())
            let password = readLine() ?? ""
            let roleIDs = roles.split(separator: ",").map(String.init)
            try await house.kernel.addAccount(login: login, name: name ?? login, roles: roleIDs, password: password)
            await house.close()
            print("已建账号 Account added: \(login)")
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a new password read from standard input and ends all sessions.")

        @OptionGroup var options: DatabaseOptions
        @Argument var login: String

        func run() async throws {
            let house = try await House.open(try options.settings())
            try await house.kernel.resetAccount(login: login, password: readLine() ?? "")
            await house.close()
            print("已重设密码 Password set: \(login)")
        }
    }
}
