import Values

/// Numbers as workbooks write them: binary floating point in decimal digits.
enum WorkbookNumber {
    /// The plain decimal notation of a number in `bytes`; nil if it isn't a number.
    ///
    /// Excel keeps and shows 15 significant digits, but writes 17, so that 0.3 may stand as 0.30000000000000004. A
    /// fraction with more than 15 digits is rounded to 15, which `isRounded` tells when digits got lost that weren't
    /// such an echo. Whole numbers are kept as written up to 18 digits.
    static func plain(_ bytes: ArraySlice<UInt8>) -> (text: String, isRounded: Bool)? {
        if isSimple(bytes) { return (String(decoding: bytes, as: UTF8.self), false) }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let double = Double(text), double.isFinite else { return nil }
        if double.magnitude < 1e15, double == double.rounded(.towardZero) { return (String(Int64(double)), false) }
        let shortest = Digits("\(double)")
        guard let shortest else { return nil }
        if shortest.digits.count <= 15 { return (shortest.plain, false) }
        let rounded = shortest.rounded(to: 15)
        return (rounded.plain, rounded.digits.count > 12)
    }

    /// Digits with at most one point between them, as short as can be kept exactly: the usual case.
    private static func isSimple(_ bytes: ArraySlice<UInt8>) -> Bool {
        let digits = bytes.first == 0x2D ? bytes.dropFirst() : bytes
        guard let first = digits.first, let last = digits.last, digits.count <= 16 else { return false }
        guard (0x30...0x39).contains(first), (0x30...0x39).contains(last) else { return false }
        var points = 0
        for byte in digits {
            if byte == 0x2E { points += 1 } else if !(0x30...0x39).contains(byte) { return false }
        }
        if first == 0x30, bytes.first == 0x2D || digits.count > 1 && digits[digits.startIndex + 1] != 0x2E {
            return false
        }
        return points == 0 || points == 1 && digits.count - 1 <= 15
    }

    /// Significant digits and where the point stands.
    private struct Digits {
        var isNegative = false
        /// Without zeros at either end; empty for zero.
        var digits: [UInt8] = []
        /// Digits before the point; negative when zeros stand after it.
        var point = 0

        /// Reads what Swift prints for a `Double`.
        init?(_ text: String) {
            var seenPoint = false
            var bytes = Array(text.utf8)[...]
            if bytes.first == 0x2D {
                isNegative = true
                bytes = bytes.dropFirst()
            }
            while let byte = bytes.popFirst() {
                switch byte {
                case 0x30...0x39:
                    if digits.isEmpty, byte == 0x30 {
                        if seenPoint { point -= 1 }
                    } else {
                        digits.append(byte)
                        if !seenPoint { point += 1 }
                    }
                case 0x2E: seenPoint = true
                case 0x65:
                    guard let exponent = Int(String(decoding: bytes, as: UTF8.self)) else { return nil }
                    point += exponent
                    bytes = []
                default: return nil
                }
            }
            trim()
        }

        func rounded(to count: Int) -> Digits {
            guard digits.count > count else { return self }
            var result = self
            result.digits = Array(digits[..<count])
            if digits[count] >= 0x35 {
                var index = count - 1
                while index >= 0, result.digits[index] == 0x39 {
                    result.digits[index] = 0x30
                    index -= 1
                }
                if index >= 0 {
                    result.digits[index] += 1
                } else {
                    result.digits.insert(0x31, at: 0)
                    result.point += 1
                }
            }
            result.trim()
            return result
        }

        private mutating func trim() {
            while digits.last == 0x30 { digits.removeLast() }
        }

        var plain: String {
            guard !digits.isEmpty else { return "0" }
            let text = String(decoding: digits, as: UTF8.self)
            let body: String
            if point <= 0 {
                body = "0." + String(repeating: "0", count: -point) + text
            } else if point >= digits.count {
                body = text + String(repeating: "0", count: point - digits.count)
            } else {
                body = String(text.prefix(point)) + "." + text.dropFirst(point)
            }
            return (isNegative ? "-" : "") + body
        }
    }
}

/// Days and times as workbooks count them.
enum WorkbookDate {
    /// A cell for the serial number `text` shown as `kind`; nil when no such day exists.
    static func cell(_ text: String, _ kind: CellFormats.Kind, startsIn1904: Bool) -> TableCell? {
        guard let serial = Double(text), serial >= 0, serial < 2_958_466 else { return nil }
        var whole = Int(serial)
        var second = Int(((serial - Double(whole)) * 86_400).rounded())
        if second == 86_400 {
            whole += 1
            second = 0
        }
        if kind == .time, whole == 0 { return .text(TableCell.clock(second)) }
        guard let day = day(whole, startsIn1904: startsIn1904) else { return nil }
        return kind == .date && second == 0 ? .date(day) : .dateTime(day, secondOfDay: second)
    }

    /// Excel takes 1900 for a leap year as Lotus 1-2-3 did, so serial 60 is no day and all before it are one off.
    static func day(_ serial: Int, startsIn1904: Bool) -> Day? {
        if startsIn1904 { return Day(year: 1904, month: 1, day: 1)?.adding(days: serial) }
        if serial == 60 { return nil }
        return Day(year: 1899, month: 12, day: serial < 60 ? 31 : 30)?.adding(days: serial)
    }
}
