/// Why a table can't be read (further). Lines and columns count from 1.
package enum TableError: Error, Sendable, Hashable {
    case unreadable(String)
    case empty
    /// A binary .xls of Excel 97-2003, or a workbook locked by a password, which is wrapped the same way.
    case oldWorkbook
    /// Neither text nor a workbook; the text says what it seems to be.
    case notATable(String)
    case badEncoding(TextEncoding, line: Int)
    /// No encoding fits; the user has to name one.
    case unknownEncoding
    case lineTooLong(line: Int)
    case cellTooLong(line: Int, column: Int)
    case tooManyCells(line: Int)
    case tooManyRows(line: Int)
    /// The quotation mark opened on this line is never closed.
    case unclosedQuote(line: Int)
    case brokenArchive(String)
    case lockedArchive
    case tooManyEntries
    case unpackedSize
    /// A document type or an entity was declared, which no spreadsheet program writes.
    case forbiddenXML(part: String)
    case brokenXML(part: String, line: Int)
    case sheetMissing(String)

    /// A permanent word for programs.
    package var code: String {
        switch self {
        case .unreadable: "unreadable"
        case .empty: "empty_file"
        case .oldWorkbook: "old_workbook"
        case .notATable: "not_a_table"
        case .badEncoding: "bad_encoding"
        case .unknownEncoding: "unknown_encoding"
        case .lineTooLong: "line_too_long"
        case .cellTooLong: "cell_too_long"
        case .tooManyCells: "too_many_cells"
        case .tooManyRows: "too_many_rows"
        case .unclosedQuote: "unclosed_quote"
        case .brokenArchive: "broken_archive"
        case .lockedArchive: "locked_archive"
        case .tooManyEntries: "too_many_entries"
        case .unpackedSize: "unpacked_size"
        case .forbiddenXML: "forbidden_xml"
        case .brokenXML: "broken_xml"
        case .sheetMissing: "sheet_missing"
        }
    }

    /// The line at fault, when there is one.
    package var line: Int? {
        switch self {
        case .badEncoding(_, let line), .lineTooLong(let line), .cellTooLong(let line, _), .tooManyCells(let line),
            .tooManyRows(let line), .unclosedQuote(let line), .brokenXML(_, let line):
            line
        default: nil
        }
    }

    /// What a user reads and can act upon.
    package var message: BilingualText {
        switch self {
        case .unreadable: text("文件无法读取", "The file can't be read")
        case .empty: text("文件是空的", "The file is empty")
        case .oldWorkbook:
            text(
                "这是旧版 .xls 文件或加密的工作簿:请在 Excel 中另存为不带密码的 .xlsx 后再导入",
                "This is an old .xls file or a workbook with a password: in Excel, save it as .xlsx without a password")
        case .notATable(let what): text("这不是表格文件(\(what))", "This is not a table (\(what))")
        case .badEncoding(let encoding, let line):
            text(
                "第 \(line) 行含有不符合 \(encoding.rawValue) 的字节",
                "Line \(line) holds bytes that are not \(encoding.rawValue)")
        case .unknownEncoding: text("无法识别文字编码,请指定编码", "The text encoding is unclear: please name it")
        case .lineTooLong(let line): text("第 \(line) 行过长", "Line \(line) is too long")
        case .cellTooLong(let line, let column):
            text("第 \(line) 行第 \(column) 列的单元格过长", "The cell in line \(line), column \(column) is too long")
        case .tooManyCells(let line): text("第 \(line) 行的列数过多", "Line \(line) has too many columns")
        case .tooManyRows(let line): text("行数过多(到第 \(line) 行为止)", "There are too many rows (up to line \(line))")
        case .unclosedQuote(let line):
            text("第 \(line) 行的引号没有结束", "The quotation mark on line \(line) is never closed")
        case .brokenArchive: text("工作簿已损坏,无法打开", "The workbook is damaged and can't be opened")
        case .lockedArchive: text("工作簿已加密", "The workbook is locked by a password")
        case .tooManyEntries: text("工作簿内部文件过多", "The workbook holds too many parts")
        case .unpackedSize: text("工作簿解压后过大", "The workbook is too large when unpacked (unpacked size)")
        case .forbiddenXML(let part):
            text("工作簿的 \(part) 声明了不允许的 XML 实体", "\(part) of the workbook declares XML entities, which is not allowed")
        case .brokenXML(let part, let line):
            text("工作簿的 \(part) 第 \(line) 行已损坏", "\(part) of the workbook is damaged in line \(line)")
        case .sheetMissing(let name): text("没有名为「\(name)」的工作表", "There is no sheet “\(name)”")
        }
    }

    private func text(_ zh: String, _ en: String) -> BilingualText { BilingualText(zh: zh, en: en) }
}
