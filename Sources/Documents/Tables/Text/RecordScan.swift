/// Where a cell stands in the bytes of a record.
struct CellSpan {
    var start: Int
    var end: Int
    var isQuoted = false
    /// Holds doubled quotation marks, or text after the closing one.
    var needsUnquoting = false

    func cell(_ bytes: UnsafeBufferPointer<UInt8>) -> TableCell {
        guard end > start else { return .empty }
        if needsUnquoting {
            let text = unquoted(bytes)
            return text.isEmpty ? .empty : .text(text)
        }
        return .text(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self))
    }

    /// From the byte after the opening mark: doubled marks become one, a single one ends the quotation and is left out;
    /// what follows it is taken as it is.
    private func unquoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(end - start)
        var index = start
        var isOpen = true
        while index < end {
            if isOpen, bytes[index] == 0x22 {
                index += 1
                if index < end, bytes[index] == 0x22 {
                    out.append(0x22)
                } else {
                    isOpen = false
                    continue
                }
            } else {
                out.append(bytes[index])
            }
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Finds the cells of one record in a buffer of UTF-8.
struct RecordScan {
    enum Outcome {
        /// A record, and where the next one begins.
        case record(end: Int)
        case needsMore
        case end
        case failed(TableError)
    }

    let delimiter: UInt8
    let limits: TableLimits
    /// The line on which the record begins.
    let line: Int
    /// Whether the buffer holds the end of the file.
    let isLast: Bool
    private(set) var marks: RowMarks = []
    /// The line after the record.
    private(set) var nextLine: Int
    /// The line on which a quotation began that isn't closed yet.
    private(set) var openQuote: Int?

    init(delimiter: UInt8, limits: TableLimits, line: Int, isLast: Bool) {
        self.delimiter = delimiter
        self.limits = limits
        self.line = line
        self.isLast = isLast
        nextLine = line
    }

    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ spans: inout [CellSpan]) -> Outcome {
        spans.removeAll(keepingCapacity: true)
        if start == bytes.count { return isLast ? .end : .needsMore }
        var index = start
        while true {
            guard spans.count < limits.columns else { return .failed(.tooManyCells(line: line)) }
            guard let span = cell(bytes, &index) else {
                if isLast, let openQuote { return .failed(.unclosedQuote(line: openQuote)) }
                return .needsMore
            }
            spans.append(span)
            guard span.end - span.start <= limits.cellBytes else {
                return .failed(.cellTooLong(line: line, column: spans.count))
            }
            if index == bytes.count { return isLast ? finish(at: index, start) : .needsMore }
            let byte = bytes[index]
            index += 1
            if byte == delimiter { continue }
            if byte == 0x0D {
                if index == bytes.count, !isLast { return .needsMore }
                if index < bytes.count, bytes[index] == 0x0A { index += 1 }
            }
            nextLine += 1
            return finish(at: index, start)
        }
    }

    private func finish(at index: Int, _ start: Int) -> Outcome {
        index - start > limits.recordBytes ? .failed(.lineTooLong(line: line)) : .record(end: index)
    }

    /// The cell that begins at `index`, which is moved to the byte after it; nil when it isn't whole.
    @inline(__always)
    private mutating func cell(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> CellSpan? {
        if index < bytes.count, bytes[index] == 0x22 { return quoted(bytes, &index) }
        let start = index
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
            if byte == 0x22 { marks.insert(.strayQuote) }
            index += 1
        }
        return CellSpan(start: start, end: index)
    }

    private mutating func quoted(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> CellSpan? {
        openQuote = nextLine
        index += 1
        var span = CellSpan(start: index, end: index, isQuoted: true)
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 {
                guard index + 1 < bytes.count || isLast else { return nil }
                if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                    span.needsUnquoting = true
                    index += 2
                    continue
                }
                return close(span, bytes, &index)
            }
            if byte == 0x0A || byte == 0x0D { countBreak(bytes, index, byte) }
            index += 1
        }
        return nil
    }

    private mutating func countBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ byte: UInt8) {
        marks.insert(.lineBreakInCell)
        if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { return }
        nextLine += 1
    }

    /// The end of a quoted cell, whose closing mark stands at `index`.
    private mutating func close(_ span: CellSpan, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> CellSpan?
    {
        var span = span
        span.end = index
        index += 1
        openQuote = nil
        guard index < bytes.count else { return isLast ? span : nil }
        if bytes[index] == delimiter || bytes[index] == 0x0A || bytes[index] == 0x0D { return span }
        marks.insert(.strayQuote)
        span.needsUnquoting = true
        while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        span.end = index
        return span
    }
}
