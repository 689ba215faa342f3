import Testing
import Trade
import Values

@Suite("Amounts in English words")
struct EnglishWordsTests {
    /// A slow definition: the words of one less, counted up by a table of all numbers below 1000 made by hand rules.
    private static let below1000: [String] = {
        let small = [
            "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE",
            "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN",
        ]
        var hundred = small
        for ten in ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"] {
            hundred.append(ten)
            for one in small.prefix(9) { hundred.append(ten + "-" + one) }
        }
        var all = [""] + hundred
        for head in small.prefix(9) {
            all.append(head + " HUNDRED")
            for rest in hundred { all.append(head + " HUNDRED AND " + rest) }
        }
        return all
    }()
    private static let values = Dictionary(uniqueKeysWithValues: zip(below1000, 0...))

    /// Reads words back to the number, the other way round from the code under test.
    private func value(of words: String) throws -> UInt128 {
        let scales = [
            "THOUSAND", "MILLION", "BILLION", "TRILLION", "QUADRILLION", "QUINTILLION", "SEXTILLION", "SEPTILLION",
        ]
        var rest = words
        var total: UInt128 = 0
        for (power, scale) in scales.enumerated().reversed() {
            guard let end = rest.firstRange(of: " " + scale) else { continue }
            let head = String(rest[..<end.lowerBound])
            let index = try #require(Self.values[head], "\(head)")
            var unit: UInt128 = 1
            for _ in 0...power { unit *= 1000 }
            total += UInt128(index) * unit
            rest = String(rest[end.upperBound...].drop { $0 == " " })
        }
        // AND leads a tail below 100 only.
        if total > 0, rest.hasPrefix("AND ") {
            rest.removeFirst(4)
            let tail = try #require(Self.values[rest], "\(rest)")
            #expect(tail < 100)
            return total + UInt128(tail)
        }
        let tail = try #require(Self.values[rest], "\(rest)")
        #expect(total == 0 || tail == 0 || tail >= 100)
        return total + UInt128(tail)
    }

    @Test("The table of the slow definition is complete")
    func table() { #expect(Self.below1000.count == 1000) }

    @Test("Every number to 10,000 and 10,000 random ones read back as themselves")
    func readingBack() throws {
        for number in 1...UInt128(10_000) { #expect(try value(of: EnglishNumber.words(number)) == number) }
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<10_000 {
            let number = UInt128(generator.units(upTo: 27))
            if number == 0 { continue }
            #expect(try value(of: EnglishNumber.words(number)) == number, "\(number)")
        }
    }

    @Test("A number beyond the words is an error")
    func beyond() throws {
        let largest = UInt128(ExactDecimal.power(27)) - 1
        #expect(try EnglishNumber.words(largest).hasPrefix("NINE HUNDRED AND NINETY-NINE SEPTILLION"))
        #expect(throws: TradeError.beyondWords(digits: 27)) { try EnglishNumber.words(largest + 1) }
    }

    @Test(
        "One unit takes the singular, zero and several the plural",
        arguments: [
            ("0", "USD", "SAY US DOLLARS ZERO ONLY"), ("1.01", "USD", "SAY US DOLLAR ONE AND CENT ONE ONLY"),
            ("1.02", "GBP", "SAY POUND STERLING ONE AND PENCE TWO ONLY"), ("2", "SEK", "SAY SWEDISH KRONOR TWO ONLY"),
            ("-3.5", "EUR", "SAY EUROS MINUS THREE AND CENTS FIFTY ONLY"), ("0.4", "KRW", "SAY KOREAN WON ZERO ONLY"),
            ("12.34", "FJD", "SAY FJD TWELVE AND 34/100 ONLY"), ("7", "XPF", "SAY XPF SEVEN ONLY"),
            ("0.999", "USD", "SAY US DOLLAR ONE ONLY"), ("-0.001", "USD", "SAY US DOLLARS ZERO ONLY"),
        ])
    func forms(amount: String, currency: String, text: String) throws {
        let number = try #require(ExactDecimal(amount))
        #expect(try AmountInWords.say(number, in: Currency(code: currency)) == text)
    }

    @Test("Every currency can be said", arguments: Currency.all)
    func every(currency: Currency) throws {
        let text = try AmountInWords.say("1234.5678", in: currency)
        #expect(text.hasPrefix("SAY "))
        #expect(text.hasSuffix(" ONLY"))
        if currency.minorDigits == 0 { #expect(text.contains("ONE THOUSAND TWO HUNDRED AND THIRTY-FIVE")) }
    }
}

@Suite("Chinese capital amounts")
struct ChineseCapitalTests {
    /// Reads 大写 back to fen, the other way round from the code under test.
    private func fen(of text: String) throws -> Int128 {
        let digits: [Character: Int128] = [
            "零": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
        ]
        let units: [Character: Int128] = ["拾": 10, "佰": 100, "仟": 1000]
        var yuan: Int128 = 0
        var hundredMillions: Int128 = 0
        var tenThousands: Int128 = 0
        var section: Int128 = 0
        var digit: Int128 = 0
        var cents: Int128 = 0
        for character in text {
            switch character {
            case "元":
                yuan = hundredMillions * 100_000_000 + tenThousands + section + digit
                digit = 0
            case "亿":
                hundredMillions = tenThousands + section + digit
                (tenThousands, section, digit) = (0, 0, 0)
            case "万":
                tenThousands = (section + digit) * 10_000
                (section, digit) = (0, 0)
            case "角":
                cents += digit * 10
                digit = 0
            case "分":
                cents += digit
                digit = 0
            case "整": break
            default:
                if let unit = units[character] {
                    section += digit * unit
                    digit = 0
                } else {
                    digit = try #require(digits[character], "\(character)")
                }
            }
        }
        return yuan * 100 + cents
    }

    @Test("20,000 random amounts read back as themselves and keep the rules of 零 and 整")
    func readingBack() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let amount = ExactDecimal(units: generator.units(upTo: 18), scale: 2)
            let text = try ChineseCapital.words(amount)
            #expect(try fen(of: text) == amount.units, "\(amount) \(text)")
            #expect(!text.contains("零零"), "\(text)")
            #expect(!text.contains("零元") || amount.units == 0, "\(text)")
            #expect(!text.contains("零万") && !text.contains("零亿") && !text.contains("零拾"), "\(text)")
            #expect(text.hasSuffix("整") == (amount.units % 100 == 0), "\(text)")
        }
    }

    @Test(
        "The rules by example",
        arguments: [
            ("0", "零元整"), ("0.004", "零元整"), ("0.005", "壹分"), ("-12.3", "负壹拾贰元叁角"), ("1000000000000", "壹万亿元整"),
            ("1000100000000", "壹万零壹亿元整"), ("100000001", "壹亿零壹元整"), ("10203040.05", "壹仟零贰拾万叁仟零肆拾元零伍分"),
            ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ])
    func examples(amount: String, text: String) throws {
        #expect(try ChineseCapital.words(#require(ExactDecimal(amount))) == text)
    }

    @Test("More than 16 digits have no words")
    func beyond() {
        #expect(throws: TradeError.beyondWords(digits: 16)) { try ChineseCapital.words("10000000000000000") }
        #expect(throws: TradeError.beyondWords(digits: 16)) { try ChineseCapital.words("9999999999999999.995") }
    }
}
