/// A container number of ISO 6346: owner code, category letter, six digits and a check digit, as in CSQU3054383.
package struct ContainerNumber: Sendable, Hashable, CustomStringConvertible {
    /// Eleven characters, capitals.
    package let description: String

    /// Reads a number with or without spaces and hyphens, in either case; nil when the form or the check digit is wrong.
    package init?(_ text: String) {
        let plain = text.uppercased().filter { $0 != " " && $0 != "-" }
        guard plain.utf8.count == 11, let digit = Self.checkDigit(String(plain.dropLast())),
            plain.hasSuffix(String(digit))
        else { return nil }
        description = plain
    }

    /// The check digit of the first ten characters; nil when they are not three capitals, one of U, J, Z and six digits.
    ///
    /// Letters count 10 ... 38 without the multiples of 11; each value is weighted with 2^position; the sum modulo 11,
    /// with 10 written as 0, is the digit (ISO 6346 annex A).
    package static func checkDigit(_ first: String) -> Int? {
        let bytes = Array(first.utf8)
        guard bytes.count == 10, bytes[..<4].allSatisfy({ (0x41...0x5A).contains($0) }),
            bytes[4...].allSatisfy({ (0x30...0x39).contains($0) }),
            [0x55, 0x4A, 0x5A].contains(bytes[3])
        else { return nil }
        var sum = 0
        for (position, byte) in bytes.enumerated() {
            sum += value(of: byte) << position
        }
        return sum % 11 % 10
    }

    private static func value(of byte: UInt8) -> Int {
        if byte <= 0x39 { return Int(byte) - 0x30 }
        let letter = Int(byte) - 0x41
        // A 10, B 12 ... K 21, L 23 ... U 32, V 34 ... Z 38: 11, 22 and 33 are skipped.
        return letter + 10 + (letter + 9) / 10
    }
}
