import Calculator
import Calendars
import Foundation
import Testing

@Suite("The calculator gives what the published vectors say")
struct VectorTests {
    @Test("Each trading price", arguments: try VectorFile.cases("price_trading"))
    func tradingPrice(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each factory price", arguments: try VectorFile.cases("price_factory"))
    func factoryPrice(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each landed price", arguments: try VectorFile.cases("ddp"))
    func landedPrice(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each packing plan", arguments: try VectorFile.cases("packing"))
    func packing(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each sampling plan", arguments: try VectorFile.cases("aql"))
    func sampling(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each amount in English words", arguments: try VectorFile.cases("say_words"))
    func englishWords(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each amount in Chinese capitals", arguments: try VectorFile.cases("cn_capital"))
    func chineseCapital(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each payment schedule", arguments: try VectorFile.cases("payment_schedule"))
    func paymentSchedule(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each working calendar", arguments: try VectorFile.cases("calendar"))
    func calendar(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each letter of credit", arguments: try VectorFile.cases("lc"))
    func letterOfCredit(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each rounding", arguments: try VectorFile.cases("rounding"))
    func rounding(_ vector: VectorFile.Case) throws { try check(vector) }

    @Test("Each churn score", arguments: try VectorFile.cases("churn"))
    func churn(_ vector: VectorFile.Case) throws { try check(vector) }

    private func check(_ vector: VectorFile.Case) throws {
        let results = try calculate(
            kind: vector.kind, inputs: Data("[\(vector.input)]".utf8), holidays: VectorFile.holidays())
        #expect(try VectorFile.canonical(json: results.json) == "[\(vector.expected)]")
        #expect(results.failures == 0)
    }
}
