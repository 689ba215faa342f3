import ArgumentParser
import Calculator
import Foundation

struct Calc: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Calculates: reads a JSON array of inputs, prints the array of results.")

    @Argument(
        help:
            "price_trading, price_factory, ddp, packing, aql, say_words, cn_capital, payment_schedule, calendar, lc, rounding or churn."
    )
    var kind: String

    func run() throws {
        let settings = try Settings(flags: [:])
        let inputs = FileHandle.standardInput.readDataToEndOfFile()
        do {
            let results = try calculate(
                kind: kind, inputs: inputs, holidays: try House.references(settings).holidays())
            FileHandle.standardOutput.write(results.json + Data([0x0A]))
            if results.failures > 0 { throw ExitCode(2) }
        } catch let error as CalculatorError {
            FileHandle.standardError.write(Data((error.message + "\n").utf8))
            throw ExitCode(2)
        }
    }
}
