/// Reads the rows of one sheet of a workbook (.xlsx, ECMA-376) while it is being unpacked.
///
/// Formulas are never evaluated: a cell has the value that the file holds for it. Declared dimensions are ignored.
struct SheetReader: TableReader {
    let facts: TableFacts
    private let stream: XMLStream
    private let handler: SheetHandler
    private var pending: [TableRow] = []
    private var position = 0
    private var isDone = false

    init(_ archive: ZipArchive, _ options: TableOptions) throws(TableError) {
        let outline = try WorkbookOutline(archive)
        let sheet = try outline.sheet(named: options.sheet)
        facts = TableFacts(
            format: .workbook, encoding: nil, encodingIsGuessed: false, delimiter: nil,
            sheets: outline.sheets.map(\.name), sheet: sheet.name)
        var texts: [String] = []
        if let name = outline.sharedStrings, let part = try archive.part(name) {
            texts = try SharedStrings(part, limit: options.limits.sharedStringBytes).texts
        }
        var formats = CellFormats()
        if let name = outline.styles, let part = try archive.part(name) { formats = try CellFormats(part) }
        guard let first = try archive.part(sheet.part, isCounted: false), let second = try archive.part(sheet.part)
        else {
            throw .brokenArchive(sheet.part)
        }
        handler = SheetHandler(
            texts: texts, formats: formats, startsIn1904: outline.startsIn1904, merged: try MergedCells(first),
            limits: options.limits)
        stream = try XMLStream(second, handler)
    }

    mutating func next() throws(TableError) -> TableRow? {
        while position == pending.count {
            guard !isDone else { return nil }
            do throws(TableError) {
                isDone = !(try stream.step())
            } catch {
                isDone = true
                throw error
            }
            swap(&pending, &handler.rows)
            handler.rows.removeAll(keepingCapacity: true)
            position = 0
        }
        defer { position += 1 }
        return pending[position]
    }
}
