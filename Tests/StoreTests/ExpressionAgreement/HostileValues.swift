import Values

/// Values that break careless implementations.
enum HostileValues {
    static let texts = [
        "", " ", "a", "A", "ab", "aB", "abc", "é", "e\u{301}", "É", "ß", "İ", "%", "_", "a%b_c", "'", "\"",
        "it's \"x\"",
        "中", "中文保温杯", "保温杯中", "😀", "👨‍👩‍👧", "a😀b", "\u{1}", "\u{1B}[0m", "\t x \n", "\u{3000}x\u{A0}", "  pad  ", "ﬀ",
        ",", "a,b", ",a,", "0", "-1", "1.50", "NULL", "TRUE", "\u{FEFF}x", "\u{10FFFF}", "Ａ", "z",
    ]
    static let codes = ["a", "b", "ab", "draft", "x y"]
    static let currencies = ["CNY", "USD", "EUR"]

    /// Around the ends of 64 bits, and where a product or a change of scale crosses them.
    private static let limits: [Int64] = [
        9_223_372_036_854_775_807, 9_223_372_036_854_775_806, -9_223_372_036_854_775_807, Int64.min,
        4_611_686_018_427_387_904, -4_611_686_018_427_387_904, 922_337_203_685_477_580, 922_337_203_685_477_581,
        922_337_203_685_478, 3_037_000_500,
    ]
    /// Where rounding decides.
    private static let halves: [Int64] = [
        5, 50, 500, 5000, -5, -50, -500, -5000, 15, 25, -15, -25, 14_999, 15_000, 15_001,
    ]

    static func text(_ dice: inout Dice) -> String { dice.pick(texts) }

    static func integer(_ dice: inout Dice) -> Int64 {
        switch dice.below(10) {
        case 0...3: return Int64(dice.below(21) - 10)
        case 4...5: return Int64(dice.below(2_000_001) - 1_000_000)
        case 6: return dice.pick(limits)
        case 7: return Int64.random(in: .min ... .max, using: &dice)
        case 8: return Int64.random(in: -4_000_000_000...4_000_000_000, using: &dice)
        default: return dice.pick(halves)
        }
    }

    static func day(_ dice: inout Dice) -> Day {
        if dice.chance(10) { return dice.pick([Day(number: -719_162), Day(number: 2_932_896), Day(number: 0)]) }
        if dice.chance(30) {
            // Ends of months, leap years among them.
            let year = dice.pick([1, 1900, 1969, 1999, 2000, 2024, 2026, 2100, 9999])
            let month = 1 + dice.below(12)
            return Day(year: year, month: month, day: Day.length(ofMonth: month, year: year)) ?? Day(number: 0)
        }
        return Day(number: dice.below(40_000) - 5_000)
    }

    static func instant(_ dice: inout Dice) -> Instant {
        switch dice.below(8) {
        case 0: return Instant(milliseconds: dice.pick([.max, .min, 0, -1, 86_399_999, 86_400_000]))
        case 1: return Instant(day: dice.pick([Day(number: -719_162), Day(number: 2_932_896)]))
        default: return Instant(milliseconds: Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &dice))
        }
    }

    /// A record id out of a handful, so that ids meet again.
    static func person(_ dice: inout Dice) -> RecordID { RecordID(high: 7, low: UInt64(dice.below(4))) }
}
