/// Tells whether bytes that come in chunks are well-formed UTF-8 (Unicode table 3-7), a sequence running over the end of
/// a chunk included.
struct UTF8Check {
    private var pending = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// False at the end of the bytes means that a sequence is cut off.
    var isComplete: Bool { pending == 0 }

    mutating func accepts(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { accepts($0) }
    }

    mutating func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        let count = bytes.count
        while index < count {
            if pending == 0 {
                while index + 8 <= count,
                    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index += 8
                }
                if index == count { return true }
            }
            guard accepts(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    mutating func accepts(_ byte: UInt8) -> Bool {
        if pending > 0 {
            guard byte >= lowest, byte <= highest else { return false }
            pending -= 1
            (lowest, highest) = (0x80, 0xBF)
            return true
        }
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: pending = 1
        case 0xE0: (pending, lowest) = (2, 0xA0)
        case 0xED: (pending, highest) = (2, 0x9F)
        case 0xE1...0xEF: pending = 2
        case 0xF0: (pending, lowest) = (3, 0x90)
        case 0xF4: (pending, highest) = (3, 0x8F)
        case 0xF1...0xF3: pending = 3
        default: return false
        }
        return true
    }
}
