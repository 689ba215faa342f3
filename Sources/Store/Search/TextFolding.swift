/// The normal form in which texts are searched and compared: halfwidth, lower case, Latin letters without accents.
enum TextFolding {
    /// What a scalar counts as.
    enum Kind { case word, han, other }

    /// The folded scalars of `text`; blanks and punctuation are kept as they are.
    static func folded(_ text: String) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = []
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { append(scalar, to: &out) }
        return out
    }

    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: .word
        case 0..<0x80: .other
        case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .han
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .word : .other
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to out: inout [Unicode.Scalar]) {
        switch scalar.value {
        case 0x41...0x5A:
            out.append(Unicode.Scalar(UInt8(scalar.value) + 32))
        case 0..<0x80:
            out.append(scalar)
        case 0xC0...0x17F:
            for byte in latin[Int(scalar.value) - 0xC0].utf8 { out.append(Unicode.Scalar(byte)) }
        case 0x300...0x36F:
            break  // combining accents
        case 0x3000, 0xA0:
            out.append(" ")
        case 0xFF01...0xFF5E:
            if let halfwidth = Unicode.Scalar(scalar.value - 0xFEE0) { append(halfwidth, to: &out) }
        case 0x3040...0x9FFF, 0xAC00...0xD7AF:
            out.append(scalar)  // no case: the usual way of Chinese
        default:
            out.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
    }

    /// Base letters of U+00C0...U+017F in order.
    private static let latin: [String] = {
        let first = "a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th ss"
        let second = "a a a a a a ae c e e e e i i i i d n o o o o o / o u u u u y th y"
        let third = "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h"
        let fourth = "i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n"
        let fifth = "o o o o o o oe oe r r r r r r s s s s s s s s t t t t t t"
        let sixth = "u u u u u u u u u u u u w w y y y z z z z z z s"
        return [first, second, third, fourth, fifth, sixth].flatMap { $0.split(separator: " ").map(String.init) }
    }()
}
