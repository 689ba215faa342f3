/// A set of search tokens of one to three scalars, each packed into one number of three times 21 bits.
struct SearchTokens {
    private var packed: [UInt64] = []
    private static let prefixMark = UInt64(UInt8(ascii: "^"))

    /// What a document is indexed under: of Chinese, characters and pairs; of words, the first letter, the first two and
    /// all triples.
    mutating func add(_ part: SearchText.Part) {
        if part.isHan {
            addWindows(of: 1, part.scalars)
            addWindows(of: 2, part.scalars)
        } else {
            addPrefix(part.scalars.prefix(1))
            if part.scalars.count > 1 { addPrefix(part.scalars.prefix(2)) }
            addWindows(of: 3, part.scalars)
        }
    }

    /// What a search for the part asks for: the longest tokens it has.
    mutating func ask(_ part: SearchText.Part) {
        if part.isHan {
            addWindows(of: min(2, part.scalars.count), part.scalars)
        } else if part.scalars.count < 3 {
            addPrefix(part.scalars[...])
        } else {
            addWindows(of: 3, part.scalars)
        }
    }

    /// Each token once, separated by blanks.
    var text: String {
        var out: [UInt8] = []
        out.reserveCapacity(packed.count * 4)
        var last: UInt64 = 0
        for token in packed.sorted() where token != last {
            last = token
            if !out.isEmpty { out.append(UInt8(ascii: " ")) }
            for shift in [UInt64(42), 21, 0] {
                let value = UInt32(truncatingIfNeeded: token >> shift & 0x1F_FFFF)
                if value != 0, let scalar = Unicode.Scalar(value) { out.append(scalar) }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func addPrefix(_ scalars: ArraySlice<Unicode.Scalar>) {
        var token = Self.prefixMark
        for scalar in scalars { token = token << 21 | UInt64(scalar.value) }
        packed.append(token)
    }

    private mutating func addWindows(of size: Int, _ scalars: [Unicode.Scalar]) {
        guard size > 0, scalars.count >= size else { return }
        let mask: UInt64 = (1 << (21 * UInt64(size))) - 1
        var window: UInt64 = 0
        for (index, scalar) in scalars.enumerated() {
            window = (window << 21 | UInt64(scalar.value)) & mask
            if index >= size - 1 { packed.append(window) }
        }
    }
}
