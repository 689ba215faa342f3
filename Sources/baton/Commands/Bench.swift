import ArgumentParser

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measures the house on generated data of a stated size.")

    @Option(help: "Companies to generate.") var companies = 10_000
    @Option(help: "Folder for the generated database.") var data = "bench-data"

    func run() async throws { throw ValidationError("not yet") }
}
