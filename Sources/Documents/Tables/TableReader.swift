/// Gives the rows of a table one after another, in constant memory.
///
/// A reader belongs to one task; it is not `Sendable`. Rows without any cell are left out, their line numbers stay
/// unused. After an error or the end it gives nil.
package protocol TableReader {
    var facts: TableFacts { get }
    mutating func next() throws(TableError) -> TableRow?
}

/// How a file was understood.
package struct TableFacts: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable { case delimited, workbook }

    package var format: Format
    /// Of a text file.
    package var encoding: TextEncoding?
    /// True when the encoding is an estimate from the text (GB18030, Big5, Windows-1252, UTF-16 without a mark) and
    /// should be shown to the user with a preview.
    package var encodingIsGuessed: Bool
    /// Of a text file: `,`, `;`, tab or `|`.
    package var delimiter: Character?
    /// Of a workbook: all sheets that hold cells, in order, hidden ones included.
    package var sheets: [String]
    /// Of a workbook: the sheet that is read.
    package var sheet: String?
}

/// How a file shall be read; nil means: find out.
package struct TableOptions: Sendable, Hashable {
    package var encoding: TextEncoding?
    package var delimiter: Character?
    /// The name of the sheet; otherwise the first visible one.
    package var sheet: String?
    package var limits: TableLimits

    package init(
        encoding: TextEncoding? = nil, delimiter: Character? = nil, sheet: String? = nil,
        limits: TableLimits = TableLimits()
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet = sheet
        self.limits = limits
    }
}

/// Bounds that keep a hostile file from taking the machine.
package struct TableLimits: Sendable, Hashable {
    /// Bytes of one record of a text file, quoted line breaks included.
    package var recordBytes = 1 << 20
    /// UTF-8 bytes of one cell.
    package var cellBytes = 64 << 10
    package var columns = 1024
    package var rows = 2_000_000
    /// Unpacked bytes of all parts of a workbook together.
    package var unpackedBytes = 1 << 30
    /// Unpacked bytes for each packed one, looked at beyond the first 16 MiB.
    package var unpackedRatio = 200
    package var archiveEntries = 4096
    package var sharedStringBytes = 256 << 20

    package init() {}
}

/// Encodings of text files that are read.
package enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// GBK and GB2312 are parts of it.
    case gb18030 = "GB18030"
    case big5 = "BIG5-HKSCS"
    case windows1252 = "WINDOWS-1252"
}
