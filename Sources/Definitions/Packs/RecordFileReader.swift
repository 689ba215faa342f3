/// Reads `records/<object>.csv`: RFC 4180 with a header line; `key` comes first.
enum RecordFileReader {
    static func read(
        _ text: String, object: String, file: String, into findings: inout [DefinitionDiagnostic]
    ) -> [PackRecordFile] {
        var lines = rows(text)
        guard !lines.isEmpty, lines[0].cells.first == "key" else {
            findings.append(
                DefinitionDiagnostic(
                    "record_header", at: SourceLocation(file: file, line: 1), zh: "首行首列应为 key",
                    en: "The first column of the first line must be “key”"))
            return []
        }
        let columns = Array(lines.removeFirst().cells.dropFirst())
        var seen: Set<String> = []
        var records: [PackRecord] = []
        for (cells, line) in lines {
            let place = SourceLocation(file: file, line: line)
            guard cells.count == columns.count + 1 else {
                findings.append(
                    DefinitionDiagnostic(
                        "record_cells", at: place, zh: "应有 \(columns.count + 1) 列，实有 \(cells.count) 列",
                        en: "There are \(cells.count) cells where \(columns.count + 1) are expected"))
                continue
            }
            guard !cells[0].isEmpty, seen.insert(cells[0]).inserted else {
                findings.append(
                    DefinitionDiagnostic(
                        "record_key", at: place, zh: "key 为空或重复：“\(cells[0])”",
                        en: "The key is empty or used before: “\(cells[0])”"))
                continue
            }
            let pairs = zip(columns, cells.dropFirst()).filter { !$0.1.isEmpty }
            records.append(
                PackRecord(
                    key: cells[0], values: Dictionary(pairs.map { ($0, $1) }, uniquingKeysWith: { first, _ in first }),
                    line: line))
        }
        return [PackRecordFile(object: object, file: file, columns: columns, rows: records)]
    }

    /// Cells of each line that is not blank, with the number of the line on which it begins.
    private static func rows(_ text: String) -> [(cells: [String], line: Int)] {
        var rows: [(cells: [String], line: Int)] = []
        var cells: [String] = []
        var cell = String.UnicodeScalarView()
        var quoted = false
        var line = 1
        var start = 1
        var scalars = text.unicodeScalars.drop { $0 == "\u{FEFF}" }
        func close() {
            cells.append(String(cell))
            cell = String.UnicodeScalarView()
            if cells != [""] { rows.append((cells, start)) }
            cells = []
        }
        while let scalar = scalars.popFirst() {
            if scalar == "\n" { line += 1 }
            switch scalar {
            case "\"" where quoted && scalars.first == "\"":
                scalars.removeFirst()
                cell.append("\"")
            case "\"": quoted.toggle()
            case _ where quoted: cell.append(scalar)
            case ",":
                cells.append(String(cell))
                cell = String.UnicodeScalarView()
            case "\n":
                close()
                start = line
            case "\r": break
            default: cell.append(scalar)
            }
        }
        close()
        return rows
    }
}
