import Definitions
import Documents
import Foundation
import Kernel
import Values

/// The rows of an import that were not brought in, as a file to mend and send again: first the line and the reason, in
/// the reader's language, then the row as it stands in the file.
struct FlaggedFile {
    let table: FlaggedRows.Table
    let language: Language
    /// The name of a field, for people.
    let label: (String) -> String

    private var columns: [TableColumn] {
        let width = max(table.headings.count, table.rows.map(\.cells.count).max() ?? 0)
        let names = (0..<width).map { table.headings.indices.contains($0) ? table.headings[$0] : "" }
        return [
            TableColumn(title: Words.originalLine[language], kind: .number(scale: 0)),
            TableColumn(title: Words.whyFlagged[language], kind: .text, width: 60),
        ] + names.map { TableColumn(title: $0, kind: .text) }
    }

    private func values(_ row: FlaggedRows.Row) -> [Value] {
        let reasons = row.problems.map(\.problem).map { problem in
            let text = problem.message[language]
            return problem.field.map { label($0) + (language == .zh ? "：" : ": ") + text } ?? text
        }
        return [.decimal(ExactDecimal(row.line)), .text(reasons.joined(separator: language == .zh ? "；" : "; "))]
            + row.cells.map { .text($0) }
    }

    /// - Parameter folder: where a workbook is put together.
    func reply(asText: Bool, folder: String) throws -> Reply {
        let name = table.object + "-flagged" + (asText ? ".csv" : ".xlsx")
        let type =
            asText ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Reply(
            headers: [
                ("content-type", type), ("content-disposition", "attachment; filename=\"\(name)\""),
                ("cache-control", "private, no-store"),
            ], body: .bytes(asText ? text() : try workbook(folder)))
    }

    private func text() -> [UInt8] {
        var writer = DelimitedWriter(columns: columns)
        for row in table.rows { writer.append(values(row)) }
        return writer.bytes
    }

    private func workbook(_ folder: String) throws -> [UInt8] {
        let path = folder + "/" + UUID().uuidString + ".xlsx"
        defer { unlink(path) }
        let writer = try WorkbookWriter(path: path, sheetName: Words.flaggedRows[language], columns: columns)
        for row in table.rows { try writer.append(values(row)) }
        try writer.finish()
        return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
