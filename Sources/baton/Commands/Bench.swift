import ArgumentParser
import Foundation

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures the house on generated data of a stated size.",
        discussion: """
            Generates a firm (or takes the one that an earlier run left in the folder), measures the usual operations \
            beside references of the same run, and prints one table. Wall times depend on what else the machine does; \
            processor time hardly does.
            """)

    @Option(help: "Companies to generate.") var companies = 10_000
    @Option(help: "Folder for the generated database.") var data = "bench-data"
    @Option(help: "Measured operations of a row; costly rows take a fraction.") var operations = 1000
    @Flag(help: "Print the table as Markdown.") var markdown = false
    @Flag(help: "Compare with Benchmarks/thresholds.json; fail when a ratio is exceeded.") var check = false
    @Option(help: "Rows of the workbook of the import; 0 leaves it out.") var importRows = 100_000

    func validate() throws {
        guard (100...5_000_000).contains(companies), (20...100_000).contains(operations),
            (0...1_000_000).contains(importRows)
        else {
            throw ValidationError(
                "--companies is 100 to 5,000,000, --operations 20 to 100,000, --import-rows up to 1,000,000.")
        }
    }

    func run() async throws {
        let settings = try Settings(flags: ["data": data, "log_level": "error"])
        let bench = try await BenchRun.prepare(settings, companies: companies, operations: operations)
        let table = try await bench.run(importRows: importRows)
        print(table.text(markdown: markdown))
        guard check else { return }
        let findings = try Thresholds.read(settings).findings(table)
        for finding in findings { print(finding.text) }
        if findings.contains(where: \.isExceeded) { throw ExitCode(1) }
    }
}
