/// A length of time as ISO 8601 writes it: `P2DT3H`. Years and months are as long as the calendar makes them; days are
/// 24 hours.
package struct ISOSpan: Sendable, Hashable {
    package let months: Int
    package let seconds: Int

    package init(months: Int = 0, seconds: Int) {
        self.months = months
        self.seconds = seconds
    }

    /// Reads `P1Y2M3W4DT5H6M7S` or a part of it with whole numbers, each at most 9 digits; nil for anything else.
    package init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)[...]
        guard bytes.popFirst() == UInt8(ascii: "P"), !bytes.isEmpty else { return nil }
        var (months, seconds) = (0, 0)
        var units: [(UInt8, Int, Int)] = [
            (UInt8(ascii: "Y"), 12, 0), (UInt8(ascii: "M"), 1, 0), (UInt8(ascii: "W"), 0, 604_800),
            (UInt8(ascii: "D"), 0, 86_400),
        ]
        var inTime = false
        while let byte = bytes.first {
            if byte == UInt8(ascii: "T") {
                guard !inTime, bytes.count > 1 else { return nil }
                inTime = true
                bytes.removeFirst()
                units = [(UInt8(ascii: "H"), 0, 3600), (UInt8(ascii: "M"), 0, 60), (UInt8(ascii: "S"), 0, 1)]
                continue
            }
            let digits = bytes.prefix { (0x30...0x39).contains($0) }
            guard (1...9).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else {
                return nil
            }
            bytes = bytes.dropFirst(digits.count)
            guard let unit = bytes.popFirst(), let place = units.firstIndex(where: { $0.0 == unit }) else { return nil }
            months += number * units[place].1
            seconds += number * units[place].2
            units.removeFirst(place + 1)
        }
        self.init(months: months, seconds: seconds)
    }

    /// The shortest way to write it; a week is seven days.
    package var text: String {
        var date = ""
        if months >= 12 { date += "\(months / 12)Y" }
        if months % 12 > 0 { date += "\(months % 12)M" }
        if seconds >= 86_400 { date += "\(seconds / 86_400)D" }
        var time = ""
        if seconds % 86_400 >= 3600 { time += "\(seconds % 86_400 / 3600)H" }
        if seconds % 3600 >= 60 { time += "\(seconds % 3600 / 60)M" }
        if seconds % 60 > 0 || (date.isEmpty && time.isEmpty) { time += "\(seconds % 60)S" }
        return "P" + date + (time.isEmpty ? "" : "T" + time)
    }
}
