import ArgumentParser

@main
struct Baton: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baton", abstract: "接力 Baton: the system an export company runs on.", version: Version.text,
        subcommands: [
            Serve.self, Check.self, Inspect.self, Outgoing.self, Migrate.self, Import.self, Export.self, Call.self,
            User.self, WorkflowShell.self, Backup.self, Restore.self,
            Verify.self, Calc.self, Move.self, Bench.self, Config.self, ShowVersion.self,
        ])
}

enum Version {
    static let text = "0.1.0"
}

struct ShowVersion: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version.")

    func run() { print(Version.text) }
}
