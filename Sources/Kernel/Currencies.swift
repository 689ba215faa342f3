import Trade

/// Minor digits of currencies, for deciding.
enum Currencies {
    private static let digits: [String: Int] = Dictionary(
        uniqueKeysWithValues: Currency.all.map { ($0.code, $0.minorDigits) })

    /// Two for a code that is not in the table.
    static func minorUnits(of code: String) -> Int { digits[code] ?? 2 }
}
