import CZip
import Documents
import Testing

/// Tables for tests, made in memory.
enum Fixture {
    /// All rows of `bytes`, read to the end.
    static func rows(_ bytes: [UInt8], _ options: TableOptions = TableOptions()) throws -> [TableRow] {
        var reader = try TableSource.open(bytes: bytes, options: options)
        var rows: [TableRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    static func rows(_ text: String, _ options: TableOptions = TableOptions()) throws -> [TableRow] {
        try rows(Array(text.utf8), options)
    }

    /// The texts of all cells, row by row.
    static func texts(_ bytes: [UInt8], _ options: TableOptions = TableOptions()) throws -> [[String]] {
        try rows(bytes, options).map { row in row.cells.map(\.display) }
    }

    /// The error that reading `bytes` to the end gives.
    static func error(_ bytes: [UInt8], _ options: TableOptions = TableOptions()) -> TableError? {
        do {
            _ = try rows(bytes, options)
            return nil
        } catch {
            return error as? TableError
        }
    }

    /// A packed archive of named parts.
    static func zip(_ parts: [(name: String, content: [UInt8])]) throws -> [UInt8] {
        var failure = zip_error_t()
        zip_error_init(&failure)
        let source = try #require(zip_source_buffer_create(nil, 0, 0, &failure))
        zip_source_keep(source)
        defer { zip_source_free(source) }
        let archive = try #require(zip_open_from_source(source, Int32(ZIP_TRUNCATE), &failure))
        var buffers: [UnsafeMutableRawBufferPointer] = []
        defer { for buffer in buffers { buffer.deallocate() } }
        for part in parts {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: part.content.count, alignment: 1)
            buffer.copyBytes(from: part.content)
            buffers.append(buffer)
            let content = zip_source_buffer(archive, buffer.baseAddress, UInt64(part.content.count), 0)
            try #require(zip_file_add(archive, part.name, content, UInt32(ZIP_FL_ENC_UTF_8)) >= 0)
        }
        try #require(zip_close(archive) == 0)
        try #require(zip_source_open(source) == 0)
        defer { zip_source_close(source) }
        var status = zip_stat_t()
        try #require(zip_source_stat(source, &status) == 0)
        var bytes = [UInt8](repeating: 0, count: Int(status.size))
        try #require(zip_source_read(source, &bytes, status.size) == Int64(status.size))
        return bytes
    }

    /// A workbook whose first sheet is `sheet`, the inside of `<worksheet>`.
    static func workbook(
        _ sheet: String, strings: String? = nil, styles: String? = nil, workbook: String = "", name: String = "Sheet1",
        more: [(name: String, content: [UInt8])] = []
    ) throws -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let book =
            "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\">\(workbook)<sheets><sheet name=\"\(name)\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        let relations = """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
            <Relationship Id="rId2" Type="\(office)/styles" Target="styles.xml"/>\
            <Relationship Id="rId3" Type="\(office)/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>
            """
        var parts: [(name: String, content: [UInt8])] = [
            ("xl/workbook.xml", Array(book.utf8)), ("xl/_rels/workbook.xml.rels", Array(relations.utf8)),
            ("xl/worksheets/sheet1.xml", Array("<worksheet xmlns=\"\(main)\">\(sheet)</worksheet>".utf8)),
        ]
        if let strings { parts.append(("xl/sharedStrings.xml", Array("<sst xmlns=\"\(main)\">\(strings)</sst>".utf8))) }
        if let styles {
            parts.append(("xl/styles.xml", Array("<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>".utf8)))
        }
        return try zip(parts + more)
    }
}
