import ArgumentParser
import Foundation
import StorePostgres

/// The effective settings: a flag wins over the environment, that over the file, that over the default.
struct Settings {
    /// Name → what it means; the environment variable is `BATON_` and the name in capitals.
    static let known: [(name: String, meaning: String, fallback: String)] = [
        ("data", "folder of the embedded database", "data"),
        ("database", "postgresql://… instead of the embedded database", ""),
        ("database_listen", "the database server without a pooler in between, for hearing other servers", ""),
        ("database_replica", "a standby of the database server that may answer questions", ""),
        ("database_readers", "connections that read side by side, on a database server", "8"),
        ("database_pooled", "true behind a pooler that changes the session between transactions", "false"),
        ("copy_to", "folder of the ongoing copy of the embedded database (none when empty)", ""),
        ("listen", "address and port of the server, or unix:FILE behind a proxy on this machine", "127.0.0.1:8080"),
        ("packs", "folder of the definition packs", ""),
        ("assets", "folder of the pages' own style sheets and scripts", ""),
        ("installed_assets", "folder of third-party assets that the set-up fills", ""),
        ("reference", "folder of the reference tables that the set-up builds", ""),
        ("log_level", "trace, debug, info, notice, warning or error", "info"),
        ("secure_cookies", "true behind TLS: cookies only over TLS", "false"),
        ("trust_proxy", "true behind a proxy that sets X-Forwarded-For", "false"),
        ("tls_trust", "folder with the certificate of one's own authority, for devices to trust (none when empty)", ""),
        ("upload_limit_mb", "largest file to upload, in MB", "200"),
        ("public_url", "address under which people open the system, for links in mail", ""),
        ("mail_server", "smtp://host:587 or smtps://host:465 (no mail when empty)", ""),
        ("mail_user", "account at the mail server", ""),
        ("mail_password", "password at the mail server", ""),
        (
            "mail_protection", "required (STARTTLS or nothing is sent) or none, for a server on the same machine",
            "required"
        ),
        ("mail_ca", "file of the certificate authorities of the mail server (the system's when empty)", ""),
        ("mail_from", "address that mail comes from", ""),
        ("delivery_timeout", "seconds that one attempt to send may take", "30"),
        ("webhook_secret", "signs webhooks (unsigned when empty)", ""),
        ("webhook_private", "true lets webhooks go to this machine and private networks", "false"),
        ("demo_date", "last day of the demo company (today when empty)", ""),
    ]

    private let values: [String: String]

    init(flags: [String: String], environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var values: [String: String] = [:]
        for setting in Self.known { values[setting.name] = setting.fallback }
        let file = environment["BATON_CONFIG"] ?? (flags["data"] ?? environment["BATON_DATA"] ?? "data") + "/baton.conf"
        if FileManager.default.fileExists(atPath: file) {
            for (name, value) in try Self.read(file) { values[name] = value }
        }
        for setting in Self.known {
            if let value = environment["BATON_" + setting.name.uppercased()] { values[setting.name] = value }
            if let value = flags[setting.name] { values[setting.name] = value }
        }
        self.values = values
    }

    /// The database server; nil for the embedded database.
    var server: PostgresAddress? {
        let address = self["database"]
        guard !address.isEmpty else { return nil }
        return PostgresAddress(
            address, listening: self["database_listen"].isEmpty ? nil : self["database_listen"],
            replica: self["database_replica"].isEmpty ? nil : self["database_replica"],
            readers: Int(self["database_readers"]) ?? 8, keepsStatements: !flag("database_pooled"))
    }

    /// The embedded database.
    var databaseFile: String { self["data"] + "/baton.sqlite" }

    subscript(_ name: String) -> String { values[name] ?? "" }

    func flag(_ name: String) -> Bool { ["true", "1", "yes", "on"].contains(self[name].lowercased()) }

    /// A folder of the project: as set, or found beside the working folder or the program.
    func folder(_ name: String, among candidates: [String]) -> String? {
        if !self[name].isEmpty { return self[name] }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var roots = [FileManager.default.currentDirectoryPath]
        var folder = program.deletingLastPathComponent()
        for _ in 0..<5 {
            roots.append(folder.path)
            folder = folder.deletingLastPathComponent()
        }
        for root in roots {
            for candidate in candidates where FileManager.default.fileExists(atPath: root + "/" + candidate) {
                return root + "/" + candidate
            }
        }
        return nil
    }

    /// `name = value` lines; `#` begins a comment.
    private static func read(_ path: String) throws -> [(String, String)] {
        var out: [(String, String)] = []
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bare = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            if bare.isEmpty { continue }
            let pair = bare.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pair.count == 2, known.contains(where: { $0.name == pair[0] }) else {
                throw ValidationError("\(path):\(number + 1): not a setting: \(bare)")
            }
            out.append((pair[0], pair[1]))
        }
        return out
    }
}

/// The flags that every command with a database takes.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Folder of the embedded database.") var data: String?
    @Option(help: "postgresql://… instead of the embedded database.") var database: String?
    @Option(help: "Folder of the definition packs.") var packs: String?

    func settings(_ further: [String: String?] = [:]) throws -> Settings {
        var flags: [String: String] = [:]
        let all = ["data": data, "database": database, "packs": packs].merging(further) { $1 }
        for (name, value) in all { if let value { flags[name] = value } }
        return try Settings(flags: flags)
    }
}
