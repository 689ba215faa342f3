/// Whole numbers as signed decimal digit strings: slow, and written without any arithmetic of the room under test.
struct BigNumber: Hashable, CustomStringConvertible {
    /// Least significant digit first, no leading zeros, empty for zero.
    let digits: [Int]
    let isNegative: Bool

    init(digits: [Int], isNegative: Bool) {
        var trimmed = digits
        while trimmed.last == 0 { trimmed.removeLast() }
        self.digits = trimmed
        self.isNegative = isNegative && !trimmed.isEmpty
    }

    init(_ text: String) {
        let negative = text.hasPrefix("-")
        self.init(digits: text.drop { $0 == "-" }.reversed().compactMap(\.wholeNumberValue), isNegative: negative)
    }

    var description: String {
        digits.isEmpty ? "0" : (isNegative ? "-" : "") + digits.reversed().map(String.init).joined()
    }

    static prefix func - (value: Self) -> Self { Self(digits: value.digits, isNegative: !value.isNegative) }

    static func + (left: Self, right: Self) -> Self {
        if left.isNegative == right.isNegative {
            var sum: [Int] = []
            var carry = 0
            for index in 0...max(left.digits.count, right.digits.count) {
                let total = digit(left, index) + digit(right, index) + carry
                sum.append(total % 10)
                carry = total / 10
            }
            return Self(digits: sum, isNegative: left.isNegative)
        }
        let (larger, smaller) = isSmaller(left.digits, right.digits) ? (right, left) : (left, right)
        var difference: [Int] = []
        var borrow = 0
        for index in 0..<larger.digits.count {
            var value = digit(larger, index) - digit(smaller, index) - borrow
            borrow = value < 0 ? 1 : 0
            if value < 0 { value += 10 }
            difference.append(value)
        }
        return Self(digits: difference, isNegative: larger.isNegative)
    }

    static func * (left: Self, right: Self) -> Self {
        var product = [Int](repeating: 0, count: left.digits.count + right.digits.count + 1)
        for (i, a) in left.digits.enumerated() {
            for (j, b) in right.digits.enumerated() { product[i + j] += a * b }
        }
        for index in 0..<product.count - 1 {
            product[index + 1] += product[index] / 10
            product[index] %= 10
        }
        return Self(digits: product, isNegative: left.isNegative != right.isNegative)
    }

    /// The value × 10^`power`.
    func shifted(_ power: Int) -> Self {
        Self(digits: Array(repeating: 0, count: power) + digits, isNegative: isNegative)
    }

    /// The quotient rounded half away from zero, by schoolbook long division.
    func dividedHalfUp(by divisor: Self) -> Self {
        var remainder = Self("0")
        let bottom = Self(digits: divisor.digits, isNegative: false)
        var quotient: [Int] = []
        for digit in digits.reversed() {
            remainder = remainder.shifted(1) + Self(digits: [digit], isNegative: false)
            var count = 0
            while !Self.isSmaller(remainder.digits, bottom.digits) {
                remainder = remainder + -bottom
                count += 1
            }
            quotient.append(count)
        }
        var result = Self(digits: quotient.reversed(), isNegative: false)
        if !Self.isSmaller((remainder + remainder).digits, bottom.digits) { result = result + Self("1") }
        return Self(digits: result.digits, isNegative: isNegative != divisor.isNegative)
    }

    static func isSmaller(_ left: [Int], _ right: [Int]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        for (a, b) in zip(left.reversed(), right.reversed()) where a != b { return a < b }
        return false
    }

    private static func digit(_ number: Self, _ index: Int) -> Int {
        index < number.digits.count ? number.digits[index] : 0
    }
}
