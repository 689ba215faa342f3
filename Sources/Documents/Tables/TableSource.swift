/// Opens tables of any supported kind, told apart by their content and never by their name.
package enum TableSource {
    /// Opens a file.
    package static func open(path: String, options: TableOptions = TableOptions()) throws(TableError) -> any TableReader
    {
        let source = try ByteSource(path: path)
        switch try kind(of: source) {
        case .workbook: return try SheetReader(try ZipArchive(path: path, options.limits), options)
        case .text: return try DelimitedReader(source, options)
        }
    }

    /// Opens the bytes of a file, such as an upload.
    package static func open(bytes: [UInt8], options: TableOptions = TableOptions()) throws(TableError)
        -> any TableReader
    {
        let source = ByteSource(bytes: bytes)
        switch try kind(of: source) {
        case .workbook: return try SheetReader(try ZipArchive(bytes: bytes, options.limits), options)
        case .text: return try DelimitedReader(source, options)
        }
    }

    private enum Kind { case workbook, text }

    private static func kind(of source: ByteSource) throws(TableError) -> Kind {
        let head = try source.prefix(4096)
        if head.isEmpty { throw .empty }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return .workbook
        }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { throw .oldWorkbook }
        if let what = foreign(head) { throw .notATable(what) }
        return .text
    }

    /// Names of formats that would otherwise pass for text.
    private static func foreign(_ head: [UInt8]) -> String? {
        let signs: [(String, [UInt8])] = [
            ("PDF", Array("%PDF".utf8)), ("RTF", Array("{\\rtf".utf8)), ("PNG", [0x89, 0x50, 0x4E, 0x47]),
            ("JPEG", [0xFF, 0xD8, 0xFF]), ("GIF", Array("GIF8".utf8)), ("gzip", [0x1F, 0x8B]),
            ("RAR", Array("Rar!".utf8)),
            ("7z", [0x37, 0x7A, 0xBC, 0xAF]), ("SQLite", Array("SQLite format".utf8)),
            ("ELF", [0x7F, 0x45, 0x4C, 0x46]),
        ]
        if let sign = signs.first(where: { head.starts(with: $0.1) }) { return sign.0 }
        let text = String(decoding: head.prefix(512), as: UTF8.self).lowercased().drop {
            $0.isWhitespace || $0 == "\u{FEFF}"
        }
        for (word, name) in [("<?xml", "XML"), ("<!doctype html", "HTML"), ("<html", "HTML"), ("<table", "HTML")]
        where text.hasPrefix(word) {
            return name
        }
        return nil
    }
}
