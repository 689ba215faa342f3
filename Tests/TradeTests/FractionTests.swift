import Testing
import Trade
import Values

@Suite("Fractions")
struct FractionTests {
    @Test("A fraction is reduced and its denominator is above zero")
    func reduced() throws {
        let third = try Fraction(whole: 2) / Fraction(whole: -6)
        #expect(third.numerator == -1)
        #expect(third.denominator == 3)
        #expect(try Fraction("0.50") == Fraction(whole: 1) / Fraction(whole: 2))
    }

    @Test("Adding and multiplying go back in 5,000 random cases")
    func inverses() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            let left = try Fraction(ExactDecimal(units: generator.units(upTo: 12), scale: 4)) / Fraction(whole: 7)
            let right = try Fraction(ExactDecimal(units: generator.units(upTo: 12) + 1, scale: 6)) / Fraction(whole: 13)
            #expect(try left + right - right == left)
            #expect(try left * right / right == left)
            #expect(try left * right == right * left)
        }
    }

    @Test(
        "Half is rounded away from zero",
        arguments: [
            (1, 2, 0, "1"), (-1, 2, 0, "-1"), (1, 3, 4, "0.3333"), (2, 3, 4, "0.6667"), (-2, 3, 4, "-0.6667"),
            (1, 8, 2, "0.13"), (-1, 8, 2, "-0.13"), (5, 1, 2, "5.00"), (0, 5, 2, "0.00"), (1, 2000, 2, "0.00"),
        ])
    func rounding(top: Int, bottom: Int, scale: Int, text: String) throws {
        #expect(try (Fraction(whole: top) / Fraction(whole: bottom)).rounded(to: scale).description == text)
    }

    @Test("A rounded fraction is at most half a digit away from it in 5,000 random cases")
    func distance() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<5000 {
            let fraction =
                try Fraction(ExactDecimal(units: generator.units(upTo: 14), scale: 3)) / Fraction(whole: 9973)
            let gap = try Fraction(fraction.rounded(to: 4)) - fraction
            let twice = try gap * Fraction(whole: 20_000)
            #expect(twice.numerator.magnitude <= twice.denominator.magnitude)
        }
    }

    @Test("Floor and ceiling go down and up")
    func floors() throws {
        let value = try Fraction(whole: -7) / Fraction(whole: 2)
        #expect(value.floor == -4)
        #expect(value.ceiling == -3)
        #expect(Fraction(whole: 3).ceiling == 3)
    }

    @Test("Division by zero and too many digits are errors")
    func errors() throws {
        #expect(throws: TradeError.divisionByZero) { try Fraction.one / .zero }
        let large = Fraction(ExactDecimal(units: .max, scale: 0))
        #expect(throws: TradeError.overflow) { try large * large }
        #expect(throws: TradeError.overflow) { try large + large }
        #expect(throws: TradeError.overflow) { try large.rounded(to: 2) }
    }
}
