/// Whole numbers in English words, in capitals: 70013 gives `SEVENTY THOUSAND AND THIRTEEN`.
///
/// British usage as trade documents have it: AND before the last two digits when anything stands before them, a hyphen
/// between tens and ones, no commas.
package enum EnglishNumber {
    /// The longest number that has words.
    package static let maximumDigits = 27

    /// - Throws: `TradeError.beyondWords` above 27 digits.
    package static func words(_ number: UInt128) throws(TradeError) -> String {
        if number == 0 { return "ZERO" }
        var groups: [Int] = []
        var rest = number
        while rest > 0 {
            groups.append(Int(rest % 1000))
            rest /= 1000
        }
        guard groups.count <= scales.count else { throw .beyondWords(digits: maximumDigits) }
        var parts: [String] = []
        for (index, group) in groups.enumerated().reversed() where group > 0 {
            let isTail = index == 0 && group < 100 && !parts.isEmpty
            let said = isTail ? "AND " + belowThousand(group) : belowThousand(group)
            parts.append(index == 0 ? said : said + " " + scales[index])
        }
        return parts.joined(separator: " ")
    }

    private static func belowThousand(_ number: Int) -> String {
        let (hundreds, rest) = (number / 100, number % 100)
        if hundreds == 0 { return belowHundred(rest) }
        let head = ones[hundreds] + " HUNDRED"
        return rest == 0 ? head : head + " AND " + belowHundred(rest)
    }

    private static func belowHundred(_ number: Int) -> String {
        if number < 20 { return ones[number] }
        let head = tens[number / 10]
        return number % 10 == 0 ? head : head + "-" + ones[number % 10]
    }

    private static let ones = split(
        "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN "
            + "SEVENTEEN EIGHTEEN NINETEEN")
    private static let tens = split("ZERO TEN TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY")
    private static let scales = split(
        "ONE THOUSAND MILLION BILLION TRILLION QUADRILLION QUINTILLION SEXTILLION SEPTILLION")

    private static func split(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
