import Glibc

/// Cells that are merged downwards: their value counts for each of their rows.
///
/// Of cells merged across, the value stays in the first column; a title over a whole table so remains one cell.
struct MergedCells {
    struct Span {
        var column: Int
        var lastRow: Int
    }

    /// By first row.
    private(set) var spans: [Int: [Span]] = [:]

    private static let maximum = 20_000

    init() {}

    /// Looks through the packed sheet for `<mergeCell ref="A2:A9"/>`, which stand behind the rows: the price of reading
    /// rows one by one is a second, fast pass.
    init(_ part: ZipPart) throws(TableError) {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { chunk.deallocate() }
        let word = Array("mergeCell ".utf8)
        var kept = 0
        var total = 0
        while true {
            let count = try part.read(into: UnsafeMutableRawBufferPointer(rebasing: chunk[kept...]))
            let filled = UnsafeRawBufferPointer(rebasing: chunk[..<(kept + count)])
            var position = 0
            while let found = Self.find(word, in: filled, from: position) {
                guard count == 0 || found + 64 <= filled.count else { break }
                add(filled[found...].prefix(64))
                position = found + word.count
                total += 1
                if total >= Self.maximum { return }
            }
            if count == 0 { return }
            kept = min(64, filled.count - position)
            chunk.copyBytes(from: UnsafeRawBufferPointer(rebasing: filled[(filled.count - kept)...]))
        }
    }

    /// Looks for the `g`, which is rarer in sheets than the other letters of the word.
    private static func find(_ word: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = start + 3
        while index + word.count - 3 <= bytes.count, let found = memchr(base + index, 0x67, bytes.count - index) {
            let begin = UnsafeRawPointer(found) - base - 3
            guard begin + word.count <= bytes.count else { return nil }
            if memcmp(base + begin, word, word.count) == 0 { return begin }
            index = begin + 4
        }
        return nil
    }

    private mutating func add(_ bytes: Slice<UnsafeRawBufferPointer>) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard
            let reference = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false).dropFirst()
                .first
        else { return }
        let corners = reference.split(separator: ":").map { CellReference($0.utf8) }
        guard corners.count == 2, let first = corners[0], let last = corners[1], first.row < last.row else { return }
        spans[first.row, default: []].append(Span(column: first.column, lastRow: last.row))
    }
}

/// `AB12`: a column counted from 0 and a row counted from 1.
struct CellReference {
    var column: Int
    var row: Int

    init?(_ bytes: some Sequence<UInt8>) {
        var column = 0
        var row = 0
        for byte in bytes {
            if (0x41...0x5A).contains(byte), row == 0, column < 20_000 {
                column = column * 26 + Int(byte - 0x40)
            } else if (0x30...0x39).contains(byte), row < 100_000_000 {
                row = row * 10 + Int(byte - 0x30)
            } else if byte != 0x24 {
                return nil
            }
        }
        guard column > 0, column <= 16_384 else { return nil }
        self.column = column - 1
        self.row = row
    }

    /// The column of a C string such as `AB12`, without making a string of it.
    static func column(_ text: UnsafePointer<CChar>) -> Int? {
        var column = 0
        var index = text
        while index.pointee >= 0x41, index.pointee <= 0x5A, column < 20_000 {
            column = column * 26 + Int(index.pointee) - 0x40
            index += 1
        }
        return column > 0 && column <= 16_384 ? column - 1 : nil
    }
}
