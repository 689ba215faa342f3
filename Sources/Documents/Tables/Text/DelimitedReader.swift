/// Reads delimited text: RFC 4180 as people really write it.
///
/// Line ends may be LF, CRLF or CR, mixed. A cell that begins with a quotation mark ends with one; anything irregular
/// about quotation marks is kept as written and the row is marked. Nothing is trimmed and nothing is guessed about
/// cells: an importer compares `cells.count` with the heading.
struct DelimitedReader: TableReader {
    let facts: TableFacts
    private let transcoder: Transcoder
    private let limits: TableLimits
    private let delimiter: UInt8
    private var buffer: [UInt8] = []
    private var position = 0
    private var line = 1
    private var rows = 0
    private var hasMore = true
    private var isDone = false
    private var spans: [CellSpan] = []

    init(_ source: ByteSource, _ options: TableOptions) throws(TableError) {
        var guess: EncodingGuess
        if let encoding = options.encoding {
            guess = EncodingGuess(
                encoding: encoding, markLength: EncodingGuess.markLength(try source.prefix(4), encoding))
        } else {
            guess = try EncodingGuess.of(source)
        }
        transcoder = try Transcoder(source, guess.encoding, markLength: guess.markLength)
        limits = options.limits
        hasMore = try transcoder.read(into: &buffer)
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let declared = options.delimiter?.asciiValue ?? Self.declaredDelimiter(buffer, &position, &line)
        if let declared {
            delimiter = declared
        } else {
            delimiter = DelimiterGuess.of(buffer[position...], isWhole: !hasMore)
        }
        facts = TableFacts(
            format: .delimited, encoding: guess.encoding, encodingIsGuessed: guess.isGuessed,
            delimiter: Character(Unicode.Scalar(delimiter)), sheets: [], sheet: nil)
    }

    mutating func next() throws(TableError) -> TableRow? {
        guard !isDone else { return nil }
        do throws(TableError) {
            while let row = try record() {
                guard let row = row.row else { continue }
                rows += 1
                guard rows <= limits.rows else { throw TableError.tooManyRows(line: row.line) }
                return row
            }
        } catch {
            isDone = true
            throw error
        }
        isDone = true
        return nil
    }

    /// The line `sep=;` that Excel reads and writes.
    private static func declaredDelimiter(_ buffer: [UInt8], _ position: inout Int, _ line: inout Int) -> UInt8? {
        let head = buffer[position...].prefix(7)
        guard head.starts(with: Array("sep=".utf8)), head.count >= 6 else { return nil }
        let delimiter = head[position + 4]
        let end = head[position + 5]
        guard end == 0x0A || end == 0x0D else { return nil }
        position += 6
        if end == 0x0D, position < buffer.count, buffer[position] == 0x0A { position += 1 }
        line += 1
        return delimiter
    }

    /// The next record, whose row is nil when the line is blank; nil at the end.
    private mutating func record() throws(TableError) -> (row: TableRow?, Void)? {
        while true {
            var scan = RecordScan(delimiter: delimiter, limits: limits, line: line, isLast: !hasMore)
            let outcome = buffer.withUnsafeBufferPointer { bytes in scan.run(bytes, from: position, &spans) }
            switch outcome {
            case .record(let end):
                let row = try row(scan)
                position = end
                line = scan.nextLine
                return (row, ())
            case .end: return nil
            case .failed(let error): throw error
            case .needsMore:
                guard buffer.count - position <= limits.recordBytes else {
                    throw scan.openQuote.map { .unclosedQuote(line: $0) } ?? .lineTooLong(line: line)
                }
                buffer.removeFirst(position)
                position = 0
                hasMore = try transcoder.read(into: &buffer)
            }
        }
    }

    private func row(_ scan: RecordScan) throws(TableError) -> TableRow? {
        if spans.count == 1, spans[0].start == spans[0].end, !spans[0].isQuoted { return nil }
        var cells: [TableCell] = []
        cells.reserveCapacity(spans.count)
        buffer.withUnsafeBufferPointer { bytes in
            for span in spans { cells.append(span.cell(bytes)) }
        }
        return TableRow(line: line, cells: cells, marks: scan.marks)
    }
}
