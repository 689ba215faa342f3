import Definitions
import Documents
import Foundation
import Kernel
import Values

/// Records as a table to take away: numbers stay numbers, choices and links are words.
struct ExportTable {
    let eyes: Presentation
    let object: String
    let columns: [String]
    /// Column → its heading, where it is not the name of the field.
    var names: [String: String] = [:]

    private var heads: [TableColumn] {
        columns.map { path in
            TableColumn(
                title: names[path] ?? eyes.label(path, of: object), kind: Self.kind(eyes.field(path, of: object)?.type),
                width: 18)
        }
    }

    static func kind(_ type: FieldType?) -> TableColumn.Kind {
        switch type {
        case .integer?: .number(scale: 0)
        case .decimal(let scale)?: .number(scale: scale)
        case .money?: .number(scale: 2)
        case .percent?: .percent(scale: 2)
        case .day?: .day
        case .instant?: .instant
        case .bool?: .bool
        default: .text
        }
    }

    private func cells(_ record: RecordView) -> [Value] {
        columns.map { path in
            switch record[path] {
            case .decimal, .day, .instant, .bool, .real, .null: record[path]
            default: .text(eyes.shown(path, of: record).plain)
            }
        }
    }

    private var offset: Int { eyes.page.format.offset(Instant(day: eyes.page.format.today)) }

    func text(_ rows: [RecordView]) throws -> [UInt8] {
        var writer = DelimitedWriter(columns: heads, instantOffset: offset)
        for row in rows { writer.append(cells(row)) }
        return writer.bytes
    }

    func workbook(_ rows: [RecordView], folder: String, name: String) throws -> [UInt8] {
        let path = folder + "/" + Secrets.token() + ".xlsx"
        defer { unlink(path) }
        let writer = try WorkbookWriter(path: path, sheetName: name, columns: heads, instantOffset: offset)
        for row in rows { try writer.append(cells(row)) }
        try writer.finish()
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
