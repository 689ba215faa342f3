package import Values

/// The amount line of an invoice: `SAY US DOLLARS TWELVE AND CENTS FIFTY ONLY`.
package enum AmountInWords {
    /// Says an amount after rounding it to the currency's minor unit.
    ///
    /// The form is `SAY <CURRENCY> <WORDS> AND <MINOR> <WORDS> ONLY`; a zero minor part is left out, one unit takes the
    /// singular, a negative amount is led by MINUS. A currency without English words is named by its code, and its
    /// minor part is written as a fraction (`AND 67/100`).
    ///
    /// - Throws: `TradeError.beyondWords` above 27 digits.
    package static func say(_ amount: ExactDecimal, in currency: Currency) throws(TradeError) -> String {
        let rounded = try currency.rounded(amount)
        let base = ExactDecimal.power(currency.minorDigits).magnitude
        let (whole, minor) = rounded.units.magnitude.quotientAndRemainder(dividingBy: base)
        var text = "SAY "
        if let words = currency.words {
            text += whole == 1 ? words.one : words.many
        } else {
            text += currency.code
        }
        text += rounded.isNegative ? " MINUS " : " "
        text += try EnglishNumber.words(whole)
        if minor > 0 { text += " AND " + (try minorPart(minor, of: base, currency)) }
        return text + " ONLY"
    }

    private static func minorPart(
        _ minor: UInt128, of base: UInt128, _ currency: Currency
    ) throws(TradeError) -> String {
        guard let one = currency.words?.minorOne, let many = currency.words?.minorMany else {
            return "\(minor)/\(base)"
        }
        return (minor == 1 ? one : many) + " " + (try EnglishNumber.words(minor))
    }
}
