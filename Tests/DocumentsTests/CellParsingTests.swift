import Documents
import Testing
import Values

@Suite("Cells as numbers")
struct NumberParsingTests {
    private func number(_ text: String, _ style: NumberStyle? = nil) -> Parsed<ParsedNumber> {
        CellParsing.number(.text(text), style: style)
    }

    @Test(
        "Numbers that can be read in one way only are read",
        arguments: [
            ("12", "12"), ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("1 234,5", "1234.5"),
            ("1'234.50", "1234.5"),
            ("12,34,567.89", "1234567.89"), ("１２３．５", "123.5"), ("1,234,567", "1234567"), ("1.234.567", "1234567"),
            ("0,123", "0.123"),
            ("0.125", "0.125"), ("12,5", "12.5"), (".5", "0.5"), ("-7", "-7"), ("−7", "-7"), ("(1,234.50)", "-1234.5"),
            ("7-", "-7"),
            ("12.5%", "0.125"), ("1.2E3", "1200"), ("+3.50", "3.5"), ("1234.567", "1234.567"),
        ])
    func clearNumbers(text: String, expected: String) throws {
        let parsed = try #require(number(text).value, "\(text)")
        #expect(parsed.value == ExactDecimal(expected))
    }

    @Test("Currencies and units are told apart from the digits")
    func around() throws {
        #expect(
            number("US$ 1,234.50").value == ParsedNumber(value: try #require(ExactDecimal("1234.5")), currency: "US$"))
        #expect(number("¥99.00").value?.currency == "¥")
        #expect(number("1.234,50 €").value?.currency == "€")
        #expect(number("12.5 kg").value?.unit == "kg")
        #expect(number("480pcs").value?.unit == "pcs")
        #expect(number("100元").value?.currency == "元")
    }

    @Test("One separator with three digits behind it is ambiguous until a style is declared")
    func ambiguity() throws {
        let both = [ParsedNumber(value: ExactDecimal(1234)), ParsedNumber(value: try #require(ExactDecimal("1.234")))]
        #expect(number("1,234") == .ambiguous(both))
        #expect(number("1.234") == .ambiguous(both.reversed()))
        #expect(number("1,234", .point).value?.value == ExactDecimal(1234))
        #expect(number("1,234", .comma).value?.value == ExactDecimal("1.234"))
    }

    @Test("Text of the other style than the declared one is invalid")
    func contradiction() {
        #expect(number("1.234,56", .point) == .invalid)
        #expect(number("1,234.56", .comma) == .invalid)
        #expect(number("12,5", .point) == .invalid)
    }

    @Test(
        "Text that is no number is invalid",
        arguments: ["abc", "12 / 13", "1,23,4.5", "1..2", "12 34", "n/a", "1e999", "--5x5", "1,2,3"])
    func noNumber(text: String) {
        #expect(number(text) == .invalid)
    }

    @Test("A column shows its style when one of its numbers does")
    func evidence() {
        #expect(NumberStyle.evidence(in: [.text("1,234"), .text("1,234.50")]) == .point)
        #expect(NumberStyle.evidence(in: [.text("1.234"), .text("12,5")]) == .comma)
        #expect(NumberStyle.evidence(in: [.text("1.5"), .text("1,5")]) == nil)
        #expect(NumberStyle.evidence(in: [.text("1,234")]) == nil)
    }

    @Test("Yes and no are read in the usual words")
    func bools() {
        #expect(CellParsing.bool(.text("是")) == .value(true))
        #expect(CellParsing.bool(.text(" No ")) == .value(false))
        #expect(CellParsing.bool(.text("maybe")) == .invalid)
        #expect(CellParsing.bool(.empty) == .empty)
    }
}

@Suite("Cells as dates")
struct DateParsingTests {
    private func date(_ text: String, _ order: DateOrder? = nil) -> Parsed<ParsedMoment> {
        CellParsing.date(.text(text), order: order)
    }

    @Test(
        "Dates that can be read in one way only are read",
        arguments: [
            "2026-11-22", "2026/11/22", "2026.11.22", "22.11.2026", "22/11/2026", "11/22/2026", "20261122",
            "2026年11月22日", "22 Nov 2026",
            "Nov 22, 2026", "November 22 2026", "22-Nov-26", "２０２６年１１月２２日", "2026-11-22 ",
        ])
    func clearDates(text: String) {
        #expect(date(text).value == ParsedMoment(day: Sample.day), "\(text)")
    }

    @Test("A time of day and an offset are kept")
    func times() throws {
        let day = try #require(Day("2010-12-01"))
        #expect(date("12/1/2010 8:26", .monthDayYear).value == ParsedMoment(day: day, secondOfDay: 30_360))
        #expect(date("2010-12-01 8:26 PM").value == ParsedMoment(day: day, secondOfDay: 73_560))
        #expect(date("2010-12-01T08:26:00.000").value == ParsedMoment(day: day, secondOfDay: 30_360))
        #expect(date("2010-12-01 08:26:00+01:00").value == ParsedMoment(day: day, secondOfDay: 30_360, offset: 3600))
    }

    @Test("Day and month below 13 are ambiguous until an order is declared")
    func ambiguity() throws {
        let first = ParsedMoment(day: try #require(Day("2010-12-01")))
        let second = ParsedMoment(day: try #require(Day("2010-01-12")))
        #expect(date("12/1/2010") == .ambiguous([first, second]))
        #expect(date("12/1/2010", .monthDayYear) == .value(first))
        #expect(date("12/1/2010", .dayMonthYear) == .value(second))
        #expect(date("5/5/2010").value != nil)
    }

    @Test("A bare number is a day only where that is declared")
    func serials() throws {
        let moment = ParsedMoment(day: Sample.day)
        #expect(CellParsing.date(.number("46348")) == .ambiguous([moment]))
        #expect(CellParsing.date(.number("46348"), acceptsSerial: true) == .value(moment))
        #expect(CellParsing.date(.number("12")) == .invalid)
    }

    @Test(
        "What is no date is invalid",
        arguments: ["2026-02-30", "31.11.2026", "13/13/2026", "soon", "1/2", "2026-11-22 25:00", "1234567890"])
    func noDate(text: String) {
        #expect(date(text) == .invalid)
    }

    @Test("A column shows its order when one of its dates does")
    func evidence() {
        #expect(DateOrder.evidence(in: [.text("12/1/2010"), .text("12/25/2010")]) == .monthDayYear)
        #expect(DateOrder.evidence(in: [.text("25/12/2010"), .text("12/25/2010")]) == nil)
        #expect(DateOrder.evidence(in: [.text("2010-12-25")]) == nil)
    }
}
