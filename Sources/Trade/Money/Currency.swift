package import Values

/// A currency of ISO 4217 as the trade needs it: its minor unit and its words.
package struct Currency: Sendable, Hashable {
    /// Three capital letters.
    package let code: String
    /// Digits after the point of an amount on a document: 2 for USD, 0 for JPY, 3 for KWD.
    package let minorDigits: Int
    /// How an amount in English words names the currency; nil for currencies outside the main forty.
    package let words: CurrencyWords?

    /// Finds a currency by its code, in either case.
    ///
    /// - Throws: `TradeError.unknownCurrency` for a code outside the table.
    package init(code: String) throws(TradeError) {
        let capital = code.uppercased()
        guard let found = CurrencyTable.all[capital] else { throw .unknownCurrency(code) }
        self = found
    }

    init(code: String, minorDigits: Int, words: CurrencyWords?) {
        self.code = code
        self.minorDigits = minorDigits
        self.words = words
    }

    /// The amount rounded half away from zero to the minor unit: 1.005 USD gives 1.01, 1234.5 JPY gives 1235.
    package func rounded(_ amount: ExactDecimal) throws(TradeError) -> ExactDecimal {
        try exactly { () throws(ArithmeticError) in try amount.rounded(to: minorDigits) }
    }

    /// Every known currency, sorted by code.
    package static var all: [Currency] { CurrencyTable.all.values.sorted { $0.code < $1.code } }
}

/// The English words for a currency and its minor unit, in capitals as documents print them.
package struct CurrencyWords: Sendable, Hashable {
    package let one: String
    package let many: String
    /// Nil where the currency has no minor unit in use.
    package let minorOne: String?
    package let minorMany: String?
}
