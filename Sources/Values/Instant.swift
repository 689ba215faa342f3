/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The given time of the given day in UTC.
    package init(day: Day, secondOfDay: Int = 0) {
        milliseconds = (Int64(day.number) * 86_400 + Int64(secondOfDay)) * 1000
    }

    /// Reads `2026-11-22T09:30:00Z`, with optional seconds and fraction and with `Z` or `±hh:mm`; nil without a zone.
    package init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)[...]
        guard bytes.count >= 17, let day = Day(String(decoding: bytes.prefix(10), as: UTF8.self)) else { return nil }
        bytes = bytes.dropFirst(10)
        guard let separator = bytes.popFirst(), separator == 0x54 || separator == 0x74 || separator == 0x20 else {
            return nil
        }
        guard let hour = Self.two(&bytes), bytes.popFirst() == 0x3A, let minute = Self.two(&bytes),
            hour < 24, minute < 60
        else { return nil }
        var second = 0
        var millisecond = 0
        if bytes.first == 0x3A {
            bytes.removeFirst()
            guard let read = Self.two(&bytes), read < 60 else { return nil }
            second = read
            if bytes.first == 0x2E {
                bytes.removeFirst()
                let fraction = bytes.prefix { (0x30...0x39).contains($0) }
                guard !fraction.isEmpty, fraction.count <= 9 else { return nil }
                let padded = (Array(fraction) + [0x30, 0x30])[0..<3]
                millisecond = Day.digits(padded[...]) ?? 0
                bytes = bytes.dropFirst(fraction.count)
            }
        }
        guard let offset = Self.offset(bytes) else { return nil }
        let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(milliseconds: seconds * 1000 + Int64(millisecond))
    }

    package func adding(seconds: Int) -> Instant { Instant(milliseconds: milliseconds + Int64(seconds) * 1000) }

    package var secondsSinceEpoch: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    /// The UTC date.
    package var day: Day {
        let seconds = secondsSinceEpoch
        return Day(number: Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400))
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// `2026-11-22T09:30:00Z`, with milliseconds only when there are some.
    package var description: String {
        let ofDay = Int(secondsSinceEpoch - Int64(day.number) * 86_400)
        let fraction = Int(milliseconds - secondsSinceEpoch * 1000)
        var text = day.description + "T" + Day.padded(ofDay / 3600, 2) + ":" + Day.padded(ofDay / 60 % 60, 2)
        text += ":" + Day.padded(ofDay % 60, 2)
        if fraction != 0 { text += "." + Day.padded(fraction, 3) }
        return text + "Z"
    }

    private static func two(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 2, let value = Day.digits(bytes.prefix(2)) else { return nil }
        bytes = bytes.dropFirst(2)
        return value
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let sign = bytes.first else { return nil }
        if sign == 0x5A || sign == 0x7A { return bytes.count == 1 ? 0 : nil }
        guard sign == 0x2B || sign == 0x2D else { return nil }
        var rest = bytes.dropFirst()
        guard let hours = two(&rest), rest.popFirst() == 0x3A, let minutes = two(&rest), rest.isEmpty,
            hours <= 14, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return sign == 0x2D ? -seconds : seconds
    }
}
