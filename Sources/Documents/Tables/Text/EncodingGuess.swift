/// Finds out how a text file is encoded: by its mark, then strictly as UTF-8 over the whole file, then by the look of
/// UTF-16, then by which of the legacy encodings makes ordinary text of it.
struct EncodingGuess {
    var encoding: TextEncoding
    /// Bytes of the mark at the beginning.
    var markLength = 0
    var isGuessed = false

    static func of(_ source: ByteSource) throws(TableError) -> EncodingGuess {
        let sample = try source.prefix(1 << 20)
        if let marked = marked(sample) { return marked }
        if let wide = wide(sample) { return wide }
        if try isUTF8(source) { return EncodingGuess(encoding: .utf8) }
        return try legacy(try highSample(source))
    }

    /// The length of the mark of `encoding` at the beginning of `sample`, for a declared encoding.
    static func markLength(_ sample: [UInt8], _ encoding: TextEncoding) -> Int {
        guard let marked = marked(sample), marked.encoding == encoding else { return 0 }
        return marked.markLength
    }

    private static func marked(_ sample: [UInt8]) -> EncodingGuess? {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) { return EncodingGuess(encoding: .utf8, markLength: 3) }
        if sample.starts(with: [0xFF, 0xFE]) { return EncodingGuess(encoding: .utf16LittleEndian, markLength: 2) }
        if sample.starts(with: [0xFE, 0xFF]) { return EncodingGuess(encoding: .utf16BigEndian, markLength: 2) }
        return nil
    }

    /// UTF-16 without a mark: in a table many characters are ASCII, whose upper bytes are zero, all on the same side.
    private static func wide(_ sample: [UInt8]) -> EncodingGuess? {
        let head = sample.prefix(8192)
        var zeros = (even: 0, odd: 0)
        for (index, byte) in head.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let pairs = head.count / 2
        guard pairs >= 2, max(zeros.even, zeros.odd) * 10 >= pairs * 2 else { return nil }
        if zeros.odd > zeros.even * 10 { return EncodingGuess(encoding: .utf16LittleEndian, isGuessed: true) }
        if zeros.even > zeros.odd * 10 { return EncodingGuess(encoding: .utf16BigEndian, isGuessed: true) }
        return nil
    }

    private static func isUTF8(_ source: ByteSource) throws(TableError) -> Bool {
        source.rewind()
        defer { source.rewind() }
        var check = UTF8Check()
        var buffer: [UInt8] = []
        while try source.read(into: &buffer) {
            if !check.accepts(buffer) { return false }
            buffer.removeAll(keepingCapacity: true)
        }
        return check.isComplete
    }

    /// Up to 64 KiB around bytes above 0x7F, wherever they begin.
    private static func highSample(_ source: ByteSource) throws(TableError) -> [UInt8] {
        source.rewind()
        defer { source.rewind() }
        var buffer: [UInt8] = []
        while try source.read(into: &buffer) {
            if let first = buffer.firstIndex(where: { $0 >= 0x80 }) {
                _ = try source.read(into: &buffer)
                return Array(buffer[first...].prefix(64 << 10))
            }
            buffer.removeAll(keepingCapacity: true)
        }
        return []
    }

    private static func legacy(_ sample: [UInt8]) throws(TableError) -> EncodingGuess {
        let simplified = DoubleByteScore.gb18030(sample)
        let traditional = DoubleByteScore.big5(sample)
        let western = DoubleByteScore.western(sample)
        let best = max(simplified, traditional, western)
        guard best >= 0.5 else { throw .unknownEncoding }
        let encoding: TextEncoding =
            simplified == best ? .gb18030 : traditional == best ? .big5 : .windows1252
        return EncodingGuess(encoding: encoding, isGuessed: true)
    }
}

/// How ordinary a text would look in a legacy encoding: 0 impossible ... 1.
enum DoubleByteScore {
    /// The share of characters in the rows of GB 2312 that hold punctuation, full-width letters and the 3,755 common
    /// ideographs.
    static func gb18030(_ sample: [UInt8]) -> Double {
        score(sample) { lead, trail in
            guard (0x81...0xFE).contains(lead), trail >= 0x30, trail != 0x7F, trail != 0xFF else { return nil }
            if (0x30...0x39).contains(trail) { return .fourBytes }
            let common = trail >= 0xA1 && ((0xB0...0xD7).contains(lead) || (0xA1...0xA3).contains(lead))
            return common ? .common : .rare
        }
    }

    /// The share of characters in the rows of Big5 that hold punctuation and the 5,401 common ideographs.
    static func big5(_ sample: [UInt8]) -> Double {
        score(sample) { lead, trail in
            guard (0x87...0xFE).contains(lead), (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail) else {
                return nil
            }
            return (0xA1...0xC6).contains(lead) && lead != 0xC6 ? .common : .rare
        }
    }

    /// Western text has letters above 0x7F alone between ASCII ones, hardly ever two in a row.
    static func western(_ sample: [UInt8]) -> Double {
        var lone = 0
        var total = 0
        for index in sample.indices where sample[index] >= 0x80 {
            total += 1
            if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(sample[index]) { return 0 }
            let before = index > 0 && sample[index - 1] >= 0x80
            let after = index + 1 < sample.count && sample[index + 1] >= 0x80
            if !before && !after && sample[index] >= 0xA0 { lone += 1 }
        }
        guard total > 0 else { return 0 }
        return Double(lone) / Double(total) - 0.02
    }

    private enum Kind { case common, rare, fourBytes }

    private static func score(_ sample: [UInt8], _ kind: (UInt8, UInt8) -> Kind?) -> Double {
        var common = 0
        var total = 0
        var index = 0
        while index + 1 < sample.count {
            guard sample[index] >= 0x80 else {
                index += 1
                continue
            }
            guard let found = kind(sample[index], sample[index + 1]) else { return 0 }
            total += 1
            if found == .common { common += 1 }
            index += found == .fourBytes ? 4 : 2
        }
        return total == 0 ? 0 : Double(common) / Double(total)
    }
}
