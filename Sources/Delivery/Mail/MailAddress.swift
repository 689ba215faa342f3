/// An address that is safe to hand to a mail server: ASCII, one `@`, no blanks, brackets or control characters.
package struct MailAddress: Sendable, Hashable {
    package let text: String

    /// Nil for anything that is not plainly an address; at most 254 characters (RFC 5321).
    package init?(_ text: String) {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, halves.count == 2, !halves[0].isEmpty, halves[0].utf8.count <= 64,
            Self.isDomain(halves[1]), halves[0].utf8.allSatisfy(Self.isLocal), !halves[0].hasPrefix("."),
            !halves[0].hasSuffix("."), !halves[0].contains("..")
        else { return nil }
        self.text = text
    }

    package var domain: String { String(text.split(separator: "@").last ?? "") }

    private static func isLocal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return !labels.isEmpty
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { byte in
                        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                            || byte == 0x2D
                    }
            }
    }
}
