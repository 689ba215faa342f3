import Testing
import Trade
import Values

@Suite("Container numbers")
struct ContainerNumberTests {
    @Test(
        "Numbers hold with spaces, hyphens and small letters",
        arguments: ["CSQU3054383", "MSKU9070323", "hlxu 200841-9"])
    func valid(text: String) {
        #expect(ContainerNumber(text) != nil)
    }

    @Test("The standard's own example has the digit 3")
    func example() {
        #expect(ContainerNumber.checkDigit("CSQU305438") == 3)
        #expect(ContainerNumber("csqu 305438-3")?.description == "CSQU3054383")
    }

    @Test("A digit typed wrong is found, but for the pair 0 and 10")
    func typos() throws {
        var missed = 0
        for position in 4..<10 {
            for digit in "0123456789" {
                var text = Array("CSQU3054383")
                if text[position] == digit { continue }
                text[position] = digit
                if ContainerNumber(String(text)) != nil { missed += 1 }
            }
        }
        #expect(missed == 0)
    }

    @Test(
        "Another form is refused",
        arguments: ["", "CSQU305438", "CSQA3054383", "CSQ43054383", "CSQU30543833", "CSQU3O54383", "集装箱U3054383"])
    func refused(text: String) {
        #expect(ContainerNumber(text) == nil)
    }
}

@Suite("Letters of credit")
struct LetterOfCreditTests {
    private func credit(tolerance: ExactDecimal = "0.05") throws -> LetterOfCredit {
        try LetterOfCredit(
            amount: "100000", tolerance: tolerance, latestShipment: #require(Day("2026-03-15")),
            expiry: #require(Day("2026-04-05")))
    }

    @Test("A silent credit gives 21 days, and never a day after expiry")
    func presentation() throws {
        #expect(try credit().lastPresentation(shipped: #require(Day("2026-03-10"))).description == "2026-03-31")
        #expect(try credit().lastPresentation(shipped: #require(Day("2026-03-15"))).description == "2026-04-05")
    }

    @Test("The largest drawing is the amount with its tolerance, to the cent")
    func amount() throws {
        let day = try #require(Day("2026-03-01"))
        #expect(try credit().check(shipped: day, drawing: "105000.00").amountWithinCredit)
        #expect(try !credit().check(shipped: day, drawing: "105000.01").amountWithinCredit)
        #expect(
            try credit(tolerance: LetterOfCredit.aboutTolerance).check(shipped: day, drawing: "110000")
                .amountWithinCredit)
    }

    @Test("Insurance covers at least 110 % of CIF")
    func insurance() throws {
        #expect(try LetterOfCredit.isInsuranceEnough("110", cif: "100"))
        #expect(try !LetterOfCredit.isInsuranceEnough("109.99", cif: "100"))
    }

    @Test("Goods by weight may differ by 5 % either way")
    func quantity() throws {
        for (shipped, isWithin) in [("95", true), ("105", true), ("94.99", false), ("105.01", false), ("100", true)] {
            let number = try #require(ExactDecimal(shipped))
            #expect(try LetterOfCredit.isQuantityWithinCustom(number, ordered: "100") == isWithin)
        }
    }
}

@Suite("Delivery promises")
struct DeliveryPromiseTests {
    private let everyDay = WorkdayCount(adding: { $0.adding(days: $1) }, onOrAfter: { $0 })

    @Test("The ship never sails before the cut-off has passed, on its own weekday, within a week")
    func sailing() throws {
        let deposit = try #require(Day("2026-03-02"))
        for weekday in 1...7 {
            for lead in 0...20 {
                let promise = try DeliveryPromise(
                    DeliveryPromiseInput(
                        deposit: deposit, leadWorkingDays: lead, sailingWeekday: weekday, transitDays: 14),
                    origin: everyDay, destination: everyDay)
                let wait = promise.departure.number - promise.atPort.number
                #expect((2...8).contains(wait))
                #expect(promise.departure.weekday == weekday)
                #expect(promise.deliverable == promise.departure.adding(days: 14))
            }
        }
    }

    @Test("A calendar without working days is an error, and so is a weekday 8")
    func refused() throws {
        let deposit = try #require(Day("2026-03-02"))
        let never = WorkdayCount(adding: { _, _ in nil }, onOrAfter: { _ in nil })
        var input = DeliveryPromiseInput(deposit: deposit, leadWorkingDays: 1, sailingWeekday: 5, transitDays: 14)
        #expect(throws: TradeError.noWorkingDay) { try DeliveryPromise(input, origin: never, destination: everyDay) }
        #expect(throws: TradeError.noWorkingDay) { try DeliveryPromise(input, origin: everyDay, destination: never) }
        input.sailingWeekday = 8
        #expect(throws: TradeError.self) { try DeliveryPromise(input, origin: everyDay, destination: everyDay) }
    }
}
