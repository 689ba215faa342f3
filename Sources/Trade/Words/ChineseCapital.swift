package import Values

/// 人民币大写: an amount in the capital numerals of Chinese invoices and cheques.
///
/// Rules (支付结算办法 附件一, 正确填写票据和结算凭证的基本规定): 整 after 元, none after 角 (it is optional there) or 分;
/// one 零 for any run of inner zeros; 零 before 分 when 角 is zero; 10 to 19 begin with 壹拾.
package enum ChineseCapital {
    /// The longest whole part that has words: up to 千万亿.
    package static let maximumDigits = 16

    /// The amount rounded half away from zero to 分, in words, without the leading 人民币: 16409.02 gives
    /// 壹万陆仟肆佰零玖元零贰分. A negative amount is led by 负.
    ///
    /// - Throws: `TradeError.beyondWords` above 16 digits before the point.
    package static func words(_ amount: ExactDecimal) throws(TradeError) -> String {
        let rounded = try exactly { () throws(ArithmeticError) in try amount.rounded(to: 2) }
        let cents = rounded.units.magnitude
        guard let yuan = UInt64(exactly: cents / 100), yuan < 10_000_000_000_000_000 else {
            throw .beyondWords(digits: maximumDigits)
        }
        let (jiao, fen) = (Int(cents / 10 % 10), Int(cents % 10))
        var text = rounded.isNegative ? "负" : ""
        if yuan > 0 || (jiao == 0 && fen == 0) { text += number(yuan) + "元" }
        if jiao > 0 { text += digits[jiao] + "角" }
        if fen > 0 {
            if jiao == 0, yuan > 0 { text += "零" }
            text += digits[fen] + "分"
        }
        return jiao == 0 && fen == 0 ? text + "整" : text
    }

    /// A whole number in capital numerals: 20000300 gives 贰仟万零叁佰.
    static func number(_ value: UInt64) -> String {
        if value < 10 { return digits[Int(value)] }
        guard let unit = units.first(where: { value >= $0.value }) else { return digits[0] }
        let (head, rest) = value.quotientAndRemainder(dividingBy: unit.value)
        let text = number(head) + unit.name
        if rest == 0 { return text }
        // A gap between the unit and the next digit is said once.
        return text + (rest < unit.value / 10 ? "零" : "") + number(rest)
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
    private static let units: [(value: UInt64, name: String)] = [
        (100_000_000, "亿"), (10_000, "万"), (1000, "仟"), (100, "佰"), (10, "拾"),
    ]
}
