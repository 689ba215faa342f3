/// Finds the delimiter that divides the first records of a text most evenly.
enum DelimiterGuess {
    private static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
    private static let sampleBytes = 64 << 10
    private static let sampleRecords = 60

    /// - Parameter isWhole: whether `bytes` reaches the end of the file.
    /// - Returns: a comma when the text has one column only.
    static func of(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> UInt8 {
        let sample = Array(bytes.prefix(sampleBytes))
        let reachesEnd = isWhole && sample.count == bytes.count
        var best: (delimiter: UInt8, evenness: Double, width: Int) = (0x2C, 0, 1)
        for delimiter in candidates {
            let widths = widths(sample, delimiter, isLast: reachesEnd)
            guard let usual = usual(widths), usual.width > 1 else { continue }
            let evenness = Double(usual.count) / Double(widths.count)
            if evenness > best.evenness + 0.02 || evenness > best.evenness - 0.02 && usual.width > best.width {
                best = (delimiter, evenness, usual.width)
            }
        }
        return best.delimiter
    }

    /// Cells in each of the first records; blank ones and those with a single cell left out.
    private static func widths(_ sample: [UInt8], _ delimiter: UInt8, isLast: Bool) -> [Int] {
        var widths: [Int] = []
        var spans: [CellSpan] = []
        var position = 0
        sample.withUnsafeBufferPointer { bytes in
            while widths.count < sampleRecords {
                var scan = RecordScan(delimiter: delimiter, limits: TableLimits(), line: 1, isLast: isLast)
                guard case .record(let end) = scan.run(bytes, from: position, &spans) else { return }
                position = end
                let isBlank = spans.allSatisfy { $0.start == $0.end }
                if !isBlank { widths.append(spans.count) }
            }
        }
        return widths
    }

    private static func usual(_ widths: [Int]) -> (width: Int, count: Int)? {
        var counts: [Int: Int] = [:]
        for width in widths { counts[width, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) }
    }
}
