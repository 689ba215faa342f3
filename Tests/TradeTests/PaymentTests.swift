import Testing
import Trade
import Values

@Suite("Payment schedules")
struct PaymentScheduleTests {
    @Test(
        "The shares add up to the total, and none is negative, in 10,000 random schedules",
        arguments: ["USD", "JPY", "KWD"])
    func sums(code: String) throws {
        var generator = SeededGenerator(seed: 8)
        let currency = try Currency(code: code)
        for _ in 0..<3400 {
            let total = ExactDecimal(units: generator.units(upTo: 12), scale: 4)
            var left = 1000
            var shares: [ExactDecimal] = []
            for _ in 1..<Int.random(in: 2...7, using: &generator) {
                let share = Int.random(in: 0...left, using: &generator)
                shares.append(ExactDecimal(units: Int128(share), scale: 3))
                left -= share
            }
            shares.append(ExactDecimal(units: Int128(left), scale: 3))
            let amounts = try PaymentSchedule.amounts(total: total, shares: shares, in: currency)
            #expect(amounts.count == shares.count)
            #expect(amounts.allSatisfy { !$0.isNegative && $0.scale == currency.minorDigits })
            var sum = ExactDecimal.zero
            for amount in amounts { sum = try sum + amount }
            #expect(sum == (try currency.rounded(total)))
        }
    }

    @Test("A credit note is split like the invoice it takes back")
    func negative() throws {
        let amounts = try PaymentSchedule.amounts(total: "-99.99", shares: ["0.5", "0.5"], in: Currency(code: "EUR"))
        #expect(amounts == ["-50.00", "-49.99"])
    }

    @Test("A tiny total never leaves a negative last share")
    func tiny() throws {
        let sixth: ExactDecimal = "0.2"
        let amounts = try PaymentSchedule.amounts(
            total: "0.03", shares: Array(repeating: sixth, count: 5), in: Currency(code: "USD"))
        #expect(amounts == ["0.01", "0.01", "0.01", "0", "0"])
    }

    @Test("Shares that are not 100 % are refused")
    func refused() throws {
        let usd = try Currency(code: "USD")
        #expect(throws: TradeError.sharesDoNotSum("0.9")) {
            try PaymentSchedule.amounts(total: "1", shares: ["0.4", "0.5"], in: usd)
        }
        #expect(throws: TradeError.outOfRange(field: "share", allowed: "0 ... 1")) {
            try PaymentSchedule.amounts(total: "1", shares: ["1.5", "-0.5"], in: usd)
        }
        #expect(throws: TradeError.sharesDoNotSum(.zero)) {
            try PaymentSchedule.amounts(total: "1", shares: [], in: usd)
        }
    }
}

@Suite("Payment terms")
struct PaymentTermTests {
    @Test("A term is read stage by stage")
    func reading() throws {
        let term = try PaymentTerm("30%@PI+3d;70%@ETD-3d")
        #expect(term.stages.map(\.share) == ["0.3", "0.7"])
        #expect(term.stages.map(\.event) == [.proforma, .departure])
        #expect(term.stages.map(\.offsetDays) == [3, -3])
        let sight = try PaymentTerm("100%@PRESENT+7bd")
        #expect(sight.stages[0].countsBankingDays)
    }

    @Test(
        "A text out of form is refused",
        arguments: [
            "", "30%", "30@PI+3d;70%@BL+1d", "100%@LATER+3d", "100%@PI", "100%@PI+d", "100%@PI+3", "100%@PI+3d;",
            "100%@PI++3d",
        ])
    func refusing(text: String) {
        #expect(throws: TradeError.malformed(field: "payment term", text: text)) { try PaymentTerm(text) }
    }

    @Test("Shares that are not 100 % are refused")
    func shares() {
        #expect(throws: TradeError.sharesDoNotSum("0.9")) { try PaymentTerm("30%@PI+3d;60%@BL+1d") }
    }

    @Test("Banking days are counted by the calendar, other days are not")
    func due() throws {
        let doubled = WorkdayCount(adding: { $0.adding(days: 2 * $1) }, onOrAfter: { $0 })
        let term = try PaymentTerm("50%@BL+7d;50%@PRESENT+7bd")
        let event = try #require(Day("2026-03-01"))
        #expect(try PaymentTerm.dueDay(of: term.stages[0], event: event, banking: doubled).description == "2026-03-08")
        #expect(try PaymentTerm.dueDay(of: term.stages[1], event: event, banking: doubled).description == "2026-03-15")
    }
}
