/// The table of texts that cells of a workbook refer to. Phonetic guides are left out, rich text is joined.
final class SharedStrings: XMLHandler {
    private(set) var texts: [String] = []
    private let limit: Int
    private var bytes = 0
    private var text: [UInt8] = []
    private var isInText = false
    private var phonetics = 0

    init(_ part: ZipPart, limit: Int) throws(TableError) {
        self.limit = limit
        super.init()
        try XMLStream(part, self).finish()
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name.first == 0x74, name.isSingle { isInText = phonetics == 0 } else if name == "rPh" { phonetics += 1 }
    }

    override func end(_ name: XMLName) {
        if name.first == 0x74, name.isSingle {
            isInText = false
        } else if name == "rPh" {
            phonetics -= 1
        } else if name == "si" {
            bytes += text.count + 16
            if bytes > limit { fail(.unpackedSize) }
            texts.append(WorkbookText.decode(text))
            text.removeAll(keepingCapacity: true)
        }
    }

    override func text(_ bytes: UnsafeRawBufferPointer) {
        guard isInText else { return }
        if text.count + bytes.count > limit { fail(.unpackedSize) } else { text.append(contentsOf: bytes) }
    }
}

/// Texts as workbooks write them.
enum WorkbookText {
    /// Decodes `_x000D_` and the like (ECMA-376 part 1, 22.9.2.19); XML can't hold such characters otherwise.
    static func decode(_ bytes: [UInt8]) -> String {
        let plain = String(decoding: bytes, as: UTF8.self)
        guard hasEscape(bytes) else { return plain }
        var out = String.UnicodeScalarView()
        var rest = Array(plain.unicodeScalars)[...]
        while let scalar = rest.first {
            if scalar == "_", let escaped = escape(rest) {
                out.append(escaped)
                rest = rest.dropFirst(7)
            } else {
                out.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(out)
    }

    private static func hasEscape(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 7 else { return false }
        for index in 0..<(bytes.count - 6)
        where bytes[index] == 0x5F && bytes[index + 1] == 0x78 && bytes[index + 6] == 0x5F {
            return true
        }
        return false
    }

    private static func escape(_ rest: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
        let head = Array(rest.prefix(7))
        guard head.count == 7, head[1] == "x", head[6] == "_" else { return nil }
        let digits = String(String.UnicodeScalarView(head[2..<6]))
        guard digits.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 || (0x30...0x39).contains($0) })
        else {
            return nil
        }
        return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    }
}
