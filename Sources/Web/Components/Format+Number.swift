import Definitions
import Values

extension Format {
    /// 12,400.5: thousands parted, at least `digits` and at most the number's own digits after the point.
    func number(_ number: ExactDecimal, digits: Int = 0) -> String {
        var text = Substring(number.magnitude.shortest)
        let point = text.firstIndex(of: ".")
        var fraction = point.map { String(text[text.index(after: $0)...]) } ?? ""
        if let point { text = text[..<point] }
        if fraction.count < digits { fraction += String(repeating: "0", count: digits - fraction.count) }
        var out = number.isNegative && !number.isZero ? "−" : ""
        for (position, digit) in text.utf8.enumerated() {
            if position > 0, (text.utf8.count - position) % 3 == 0 { out += "," }
            out.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return fraction.isEmpty ? out : out + "." + fraction
    }

    /// US$ 12,400.00: rounded to the currency's minor unit.
    func amount(_ amount: ExactDecimal, currency: String?) -> String {
        let digits = Self.minorDigits(currency)
        // An amount too large to round is too large to be wrong by its fraction: it is shown as it is.
        let rounded = (try? amount.rounded(to: digits)) ?? amount
        return marked(rounded, currency, digits: digits)
    }

    /// US$ 11.95 or US$ 0.0625: a unit price, at least with the currency's minor digits.
    func price(_ price: ExactDecimal, currency: String?) -> String {
        marked(price, currency, digits: Self.minorDigits(currency))
    }

    /// US$ 486,200: without the minor unit, for heads and strips.
    func wholeAmount(_ amount: ExactDecimal, currency: String?) -> String {
        // As in `amount`.
        let rounded = (try? amount.rounded(to: 0)) ?? amount
        return marked(rounded, currency, digits: 0)
    }

    /// The minus stands before the mark: −US$ 357.00.
    private func marked(_ amount: ExactDecimal, _ currency: String?, digits: Int) -> String {
        (amount.isNegative && !amount.isZero ? "−" : "") + symbol(currency) + number(amount.magnitude, digits: digits)
    }

    /// 0.1250 gives 12.5%.
    func percent(_ fraction: ExactDecimal) -> String {
        // Overflow would need a fraction of 36 digits; it is then shown as the plain number.
        guard let hundredfold = try? fraction * ExactDecimal(100) else { return number(fraction) }
        return number(hundredfold) + "%"
    }

    func count(_ count: Int) -> String { number(ExactDecimal(count)) }

    /// 48 KB, 2.1 MB.
    func fileSize(_ bytes: Int) -> String {
        if bytes < 1024 { return "\(bytes) B" }
        if bytes < 1024 * 1024 { return "\((bytes + 512) / 1024) KB" }
        let tenths = bytes * 10 / (1024 * 1024)
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    /// The mark before an amount with its blank: `US$ `; the code for currencies without a clear mark.
    func symbol(_ currency: String?) -> String {
        guard let currency, !currency.isEmpty else { return "" }
        switch currency {
        case "USD": return "US$ "
        case "EUR": return "€ "
        case "GBP": return "£ "
        case "CNY": return language == .zh ? "¥ " : "CN¥ "
        case "JPY": return "JP¥ "
        case "HKD": return "HK$ "
        default: return currency + " "
        }
    }

    /// Digits of the minor unit (ISO 4217); 2 when the currency is not known.
    static func minorDigits(_ currency: String?) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }
}
