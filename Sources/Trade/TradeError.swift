package import Values

/// What a calculation of the trade refuses, and why.
package enum TradeError: Error, Sendable, Hashable {
    /// The exact result needs more than 38 digits.
    case overflow
    /// A divisor of the formula is zero.
    case divisionByZero
    /// An input lies outside what the formula allows.
    case outOfRange(field: String, allowed: String)
    /// Margin, commission and charges together leave no price: the divisor of the price formula is not above zero.
    case noPriceLeft
    /// Not an ISO 4217 code of the currency table.
    case unknownCurrency(String)
    /// The shares of a schedule do not add up to 1 (100 %).
    case sharesDoNotSum(ExactDecimal)
    /// A quality limit for which the sampling table has no column.
    case unknownQualityLimit(String)
    /// The number is longer than words can say.
    case beyondWords(digits: Int)
    /// A text that is not in the form it must have.
    case malformed(field: String, text: String)
    /// A calendar could not give the day that was asked for.
    case noWorkingDay

    /// The permanent name of the case, for programs.
    package var code: String {
        switch self {
        case .overflow: "overflow"
        case .divisionByZero: "division_by_zero"
        case .outOfRange: "out_of_range"
        case .noPriceLeft: "no_price_left"
        case .unknownCurrency: "unknown_currency"
        case .sharesDoNotSum: "shares_do_not_sum"
        case .unknownQualityLimit: "unknown_quality_limit"
        case .beyondWords: "beyond_words"
        case .malformed: "malformed"
        case .noWorkingDay: "no_working_day"
        }
    }

    /// A sentence for people, in Chinese and in English.
    package var explanation: (zh: String, en: String) {
        switch self {
        case .overflow: ("数值过大，无法精确计算", "The number is too large for an exact calculation")
        case .divisionByZero: ("除数为零", "Division by zero")
        case .outOfRange(let field, let allowed):
            ("\(field) 超出范围，允许：\(allowed)", "\(field) is out of range, allowed: \(allowed)")
        case .noPriceLeft:
            ("利润、佣金与费用合计达到或超过 100%，无法定价", "Margin, commission and charges together reach 100 %, so there is no price")
        case .unknownCurrency(let code): ("未知币种 \(code)", "Unknown currency \(code)")
        case .sharesDoNotSum(let sum):
            ("付款比例合计应为 1，现为 \(sum.shortest)", "The shares add up to \(sum.shortest) instead of 1")
        case .unknownQualityLimit(let limit): ("抽样表中没有 AQL \(limit)", "The sampling table has no AQL \(limit)")
        case .beyondWords(let digits):
            ("金额超过 \(digits) 位，无法写成大写", "Amounts of more than \(digits) digits have no words")
        case .malformed(let field, let text): ("\(field) 格式错误：\(text)", "\(field) is malformed: \(text)")
        case .noWorkingDay: ("日历中找不到工作日", "The calendar has no working day in reach")
        }
    }
}

/// Runs exact arithmetic of the values room and speaks its errors in the words of the trade.
func exactly<Result>(_ work: () throws(ArithmeticError) -> Result) throws(TradeError) -> Result {
    do {
        return try work()
    } catch {
        switch error {
        case .overflow: throw .overflow
        case .divisionByZero: throw .divisionByZero
        }
    }
}
