import Testing
import Values

@Suite("Exact decimals")
struct ExactDecimalTests {
    @Test(
        "A text is read as it is written",
        arguments: [
            ("0", "0"), ("-0", "0"), ("+7", "7"), ("1.50", "1.50"), ("-1234.5", "-1234.5"), (".5", "0.5"), ("5.", "5"),
            ("1e3", "1000"), ("1.2e-3", "0.0012"), ("1E+2", "100"), ("-1e-9", "-0.000000001"),
            ("0.000000000000000001", "0.000000000000000001"), ("0e30", "0"), ("0e-30", "0.000000000000000000"),
            ("1.0000000000000000000", "1.000000000000000000"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ])
    func reading(text: String, written: String) throws {
        #expect(try #require(ExactDecimal(text)).description == written)
    }

    @Test(
        "What is no number, or has too many digits, is refused",
        arguments: [
            "", "-", ".", "1,5", "1.2.3", "1e", "e5", "1e99", "1 2", " 1", "1 ", "0x10", "１", "NaN", "inf", "--1", "1-",
            "1234567890123456789012345678901", "0.0000000000000000001", "1e-19", "1e+-3", "1e 3",
        ])
    func refusing(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test("Numbers are equal by value, and equal numbers hash alike")
    func equality() throws {
        let short = try #require(ExactDecimal("1.5"))
        let long = try #require(ExactDecimal("1.500"))
        #expect(short == long)
        #expect(Set([short, long]).count == 1)
        #expect(Set([ExactDecimal.zero, ExactDecimal(units: 0, scale: 9)]).count == 1)
    }

    @Test(
        "Half is rounded away from zero",
        arguments: [
            ("1.005", 2, "1.01"), ("-1.005", 2, "-1.01"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.4999", 0, "2"),
            ("0.5", 0, "1"), ("-0.4", 0, "0"), ("7", 3, "7.000"), ("0.0005", 3, "0.001"),
        ])
    func rounding(text: String, scale: Int, rounded: String) throws {
        #expect(try #require(ExactDecimal(text)).rounded(to: scale).description == rounded)
    }

    @Test("What does not fit is an error and never wraps")
    func overflow() throws {
        let large = ExactDecimal(units: .max, scale: 0)
        let smallest = -large
        #expect(throws: ArithmeticError.overflow) { try large + ExactDecimal(1) }
        #expect(throws: ArithmeticError.overflow) { try large * ExactDecimal(2) }
        #expect(throws: ArithmeticError.overflow) { try large.rounded(to: 1) }
        #expect(throws: ArithmeticError.overflow) { try smallest - ExactDecimal(1) }
        let half = ExactDecimal(units: Int128(1) << 126, scale: 0)
        #expect(throws: ArithmeticError.overflow) { try half * ExactDecimal(-2) }
        #expect(try (ExactDecimal(0) - smallest) == large)
        #expect(throws: ArithmeticError.divisionByZero) { try large.divided(by: .zero, scale: 2) }
        #expect(throws: ArithmeticError.overflow) {
            try large.divided(by: ExactDecimal(units: 1, scale: 18), scale: 18)
        }
    }

    @Test("The stored form is exact or nothing")
    func storing() throws {
        #expect(try #require(ExactDecimal("1.25")).stored(at: 4) == 12_500)
        #expect(try #require(ExactDecimal("1.25")).stored(at: 1) == nil)
        #expect(try #require(ExactDecimal("1.20")).stored(at: 1) == 12)
        #expect(try #require(ExactDecimal("9223372036854775807")).stored(at: 0) == .max)
        #expect(try #require(ExactDecimal("9223372036854775808")).stored(at: 0) == nil)
    }

    @Test(
        "Floor and ceiling go down and up",
        arguments: [("1.5", 1, 2), ("-1.5", -2, -1), ("2.0", 2, 2), ("-0.1", -1, 0), ("0", 0, 0)])
    func floors(text: String, floor: Int, ceiling: Int) throws {
        let number = try #require(ExactDecimal(text))
        #expect(number.floor == Int128(floor))
        #expect(number.ceiling == Int128(ceiling))
    }

    @Test(
        "The shortest form has no trailing zeros",
        arguments: [("1.50", "1.5"), ("100", "100"), ("0.00", "0"), ("-2.0", "-2")])
    func shortest(text: String, shortest: String) throws {
        #expect(try #require(ExactDecimal(text)).shortest == shortest)
    }
}

@Suite("Exact decimals against digit-by-digit arithmetic")
struct ExactDecimalPropertyTests {
    /// Units of up to `digits` digits, small and large ones alike.
    private func random(_ generator: inout SeededGenerator, digits: Int) -> ExactDecimal {
        let count = Int.random(in: 0...digits, using: &generator)
        var units: Int128 = 0
        for _ in 0..<count { units = units * 10 + Int128(Int.random(in: 0...9, using: &generator)) }
        let scale = Int.random(in: 0...9, using: &generator)
        return ExactDecimal(units: Bool.random(using: &generator) ? -units : units, scale: scale)
    }

    private func big(_ number: ExactDecimal, at scale: Int) -> BigNumber {
        BigNumber(String(number.units)).shifted(scale - number.scale)
    }

    @Test("Sums, differences, products, quotients and roundings are right in 8,000 cases", arguments: [1, 2, 3, 4])
    func arithmetic(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let left = random(&generator, digits: 17)
            let right = random(&generator, digits: 17)
            let scale = max(left.scale, right.scale)
            #expect(big(try left + right, at: scale) == big(left, at: scale) + big(right, at: scale))
            #expect(big(try left - right, at: scale) == big(left, at: scale) + -big(right, at: scale))
            let product = try left * right
            #expect(BigNumber(String(product.units)) == BigNumber(String(left.units)) * BigNumber(String(right.units)))
            #expect(product.scale == left.scale + right.scale)

            let digits = Int.random(in: 0...8, using: &generator)
            let rounded = try left.rounded(to: digits)
            let divisor = BigNumber("1").shifted(max(0, left.scale - digits))
            let shifted = BigNumber(String(left.units)).shifted(max(0, digits - left.scale))
            #expect(BigNumber(String(rounded.units)) == shifted.dividedHalfUp(by: divisor))

            if !right.isZero {
                let quotient = try left.divided(by: right, scale: digits)
                let top = BigNumber(String(left.units)).shifted(digits + right.scale)
                let bottom = BigNumber(String(right.units)).shifted(left.scale)
                #expect(
                    BigNumber(String(quotient.units)) == top.dividedHalfUp(by: bottom),
                    "\(left) / \(right) at \(digits)")
            }
        }
    }

    @Test("Order, equality and hash agree with the difference in 10,000 pairs")
    func comparing() throws {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<10_000 {
            let left = random(&generator, digits: 6)
            let right = Bool.random(using: &generator) ? random(&generator, digits: 6) : try left.rounded(to: 9)
            let difference = try left - right
            #expect((left < right) == difference.isNegative)
            #expect((left == right) == difference.isZero)
            if left == right { #expect(left.hashValue == right.hashValue) }
        }
    }

    @Test("A number read from its own text is itself in 10,000 cases")
    func texts() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<10_000 {
            let number = random(&generator, digits: 21)
            let read = try #require(ExactDecimal(number.description))
            #expect(read == number)
            #expect(read.scale == number.scale)
            #expect(ExactDecimal(number.shortest) == number)
        }
    }

    @Test("Order holds at the ends of the range")
    func extremes() {
        let largest = ExactDecimal(units: .max, scale: 0)
        let tiny = ExactDecimal(units: 1, scale: 18)
        #expect(tiny < largest)
        #expect(-largest < -tiny)
        #expect(ExactDecimal(units: .max, scale: 18) < largest)
        #expect(ExactDecimal(units: -.max, scale: 18) < ExactDecimal(units: .max, scale: 18))
    }
}
