import Values

/// Bank buying rates in millionths of a yuan, moving a little from day to day around a slow wave.
struct RateBook {
    let lastDay: Day
    static let currencies = ["USD", "EUR", "GBP", "AUD", "CAD"]
    private static let centres = [
        "USD": 7_082_000, "EUR": 8_214_000, "GBP": 9_412_000, "AUD": 4_655_000, "CAD": 5_068_000,
    ]

    init(lastDay: Day) { self.lastDay = lastDay }

    func rate(_ currency: String, on day: Day) -> Int {
        guard let centre = Self.centres[currency] else { return 1_000_000 }
        let age = lastDay.number - day.number
        let wave = (age % 260 < 130 ? age % 130 : 130 - age % 130) - 65
        var mix = UInt64(bitPattern: Int64(day.number)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(centre)
        mix ^= mix >> 29
        let daily = Int(mix % 41) - 20
        return (centre + centre / 10_000 * wave * 2 / 3 + centre / 10_000 * daily / 3) / 100 * 100
    }

    /// What quotations use: the month's rate less one percent.
    func quoted(_ currency: String, on day: Day) -> Int {
        let parts = day.components
        let first = Day(year: parts.year, month: parts.month, day: 1) ?? day
        return rate(currency, on: first) / 10_000 * 9900
    }
}
