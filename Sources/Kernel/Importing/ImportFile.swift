import Definitions
import Documents
import Foundation

/// A table that is being read: its heading is found, its rows come one after another.
struct ImportFile {
    let header: HeaderRow
    /// Rows of the file that were read to find the heading, those above it included.
    let head: [TableRow]
    /// Where the heading stands in `head`.
    let headerIndex: Int
    let facts: TableFacts
    private var reader: any TableReader
    private var waiting: ArraySlice<TableRow>
    private let mended: [Int: [String]]
    private let only: Set<Int>?

    init(_ request: ImportRequest) throws(Rejection) {
        mended = request.mended
        only = request.only
        var options = TableOptions()
        options.sheet = request.sheet
        if let name = request.encoding {
            guard let encoding = TextEncoding(rawValue: name.uppercased()) else {
                throw Rejection.badParameter("encoding", [.unknownEncoding(name)])
            }
            options.encoding = encoding
        }
        do throws(TableError) {
            reader = try TableSource.open(path: request.path, options: options)
            facts = reader.facts
            var rows: [TableRow] = []
            while rows.count < 50, let row = try reader.next() { rows.append(row) }
            guard let found = HeaderRow.detect(in: rows, format: facts.format) else { throw TableError.empty }
            header = found.header
            headerIndex = found.index
            head = rows
            waiting = rows[(found.index + 1)...]
        } catch {
            throw .unreadable(error)
        }
    }

    /// The next row that is neither blank nor the heading once more.
    mutating func next() throws(Rejection) -> (row: TableRow, shape: HeaderRow.Shape)? {
        do throws(TableError) {
            while let row = try following().map(asMended) {
                if let only, !only.contains(row.line) { continue }
                let shape = header.shape(of: row)
                if shape != .blank, shape != .repeatedHeader { return (row, shape) }
            }
            return nil
        } catch {
            throw .unreadable(error)
        }
    }

    /// The row as a person put it right; cells that say the same stay what they were in the file.
    private func asMended(_ row: TableRow) -> TableRow {
        guard let texts = mended[row.line] else { return row }
        var row = row
        row.cells = texts.enumerated().map { index, text in
            row[index].display == text ? row[index] : text.isEmpty ? .empty : .text(text)
        }
        return row
    }

    private mutating func following() throws(TableError) -> TableRow? {
        if let row = waiting.popFirst() { return row }
        return try reader.next()
    }

    /// How the file was read, for people: `UTF-8 ,` or the name of the sheet.
    var format: String {
        switch facts.format {
        case .delimited:
            (facts.encoding?.rawValue ?? "") + " " + (facts.delimiter == "\t" ? "TAB" : String(facts.delimiter ?? ","))
        case .workbook: "XLSX " + FileName.shown(facts.sheet ?? "")
        }
    }

    /// Reads a file to its end, so that one that breaks off or changes its encoding is refused as a whole.
    ///
    /// - Returns: its data rows.
    static func proofread(_ request: ImportRequest) throws(Rejection) -> Int {
        var file = try ImportFile(request)
        var count = 0
        while try file.next() != nil { count += 1 }
        return count
    }

    /// Bytes of the file; 0 when it is gone.
    static func size(_ path: String) -> Int {
        // A file that can't be looked at is refused when it is opened.
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    static func remove(_ path: String) { unlink(path) }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// What recognises the same file when it comes again: SHA-256 over the digests of its pieces.
    static func fingerprint(_ path: String) throws(Rejection) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else { throw .unreadable(.unreadable(path)) }
        defer { try? file.close() }  // read only: closing can't lose anything
        var digest: [UInt8] = []
        do {
            while let piece = try file.read(upToCount: 4 << 20), !piece.isEmpty {
                digest = Secrets.digest(digest + Secrets.digest([UInt8](piece)))
            }
        } catch {
            throw .unreadable(.unreadable(path))
        }
        return digest
    }
}

extension Problem {
    static func unknownEncoding(_ name: String) -> Problem {
        let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        return Problem(
            field: "encoding", code: "unknown_encoding",
            message: Label(
                zh: "不认识编码“\(name.prefix(40))”，可用：\(known)",
                en: "The encoding “\(name.prefix(40))” is not known; there are \(known)"))
    }
}

extension Rejection {
    static func unreadable(_ error: TableError) -> Rejection {
        let message = Label(zh: error.message.zh, en: error.message.en)
        return Rejection(error == .empty ? .malformed : .invalid, code: error.code, message: message)
    }
}
