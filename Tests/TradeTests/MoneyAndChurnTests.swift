import Testing
import Trade
import Values

@Suite("Currencies")
struct CurrencyTests {
    @Test("Codes are three capitals, unique, and about 170")
    func codes() {
        let codes = Currency.all.map(\.code)
        #expect(codes.allSatisfy { $0.utf8.count == 3 && $0 == $0.uppercased() })
        #expect(Set(codes).count == codes.count)
        #expect((165...180).contains(codes.count))
        #expect(Currency.all.filter { $0.words != nil }.count >= 40)
    }

    @Test(
        "Minor units are those of ISO 4217",
        arguments: [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), ("TND", 3), ("HUF", 2), ("vnd", 0)])
    func minorUnits(code: String, digits: Int) throws {
        #expect(try Currency(code: code).minorDigits == digits)
    }

    @Test("Words name a minor unit exactly where the currency has one")
    func words() {
        for currency in Currency.all {
            guard let words = currency.words else { continue }
            #expect((words.minorOne != nil) == (currency.minorDigits > 0), "\(currency.code)")
        }
    }

    @Test("An unknown code is refused", arguments: ["", "XXX", "US", "USDT", "人民币"])
    func unknown(code: String) {
        #expect(throws: TradeError.unknownCurrency(code)) { try Currency(code: code) }
    }
}

@Suite("Churn scores")
struct ChurnTests {
    @Test("The points of all signals give 100")
    func points() { #expect(ChurnSignal.allCases.reduce(0) { $0 + $1.points } == 100) }

    @Test("The strongest reasons come first")
    func reasons() throws {
        let score = try ChurnScore([.contactLeft: "1", .orderGap: "0.5", .lateDelivery: "0.6"])
        #expect(score.reasons == [.orderGap, .lateDelivery, .contactLeft])
        #expect(score.score == "23.5")
        #expect(score.band == .green)
    }

    @Test("Bands change at 35 and 60", arguments: [("0.99", ChurnScore.Band.green), ("1", .amber)])
    func amber(gap: String, band: ChurnScore.Band) throws {
        let strength = try #require(ExactDecimal(gap))
        #expect(try ChurnScore([.orderGap: strength, .inquiryDrop: "1"]).band == band)
        let rest: [ChurnSignal: ExactDecimal] = [
            .orderGap: strength, .orderValueDrop: "1", .inquiryDrop: "1", .replySlow: "1",
        ]
        #expect(try ChurnScore(rest).band == (band == .green ? .amber : .red))
    }

    @Test("A strength outside 0 ... 1 is refused")
    func refused() {
        #expect(throws: TradeError.self) { try ChurnScore([.orderGap: "1.1"]) }
        #expect(throws: TradeError.self) { try ChurnScore([.orderGap: "-0.1"]) }
    }

    @Test("Every error has a code and a text in both languages")
    func errors() {
        let errors: [TradeError] = [
            .overflow, .divisionByZero, .outOfRange(field: "a", allowed: "b"), .noPriceLeft, .unknownCurrency("c"),
            .sharesDoNotSum("0.5"), .unknownQualityLimit("3"), .beyondWords(digits: 3),
            .malformed(field: "a", text: "b"),
            .noWorkingDay,
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        #expect(errors.allSatisfy { !$0.explanation.zh.isEmpty && !$0.explanation.en.isEmpty })
    }
}
