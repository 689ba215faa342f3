import Definitions
import Documents
import Foundation
import Kernel
import Values

/// Records as a table to take away: numbers stay numbers, choices and links are words.
struct ExportTable {
    let eyes: Presentation
    let object: String
    var columns: [String]
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

    /// A file that takes its rows portion by portion, as they are read.
    ///
    /// - Parameters:
    ///   - folder: where a workbook is put together.
    ///   - name: that of its sheet.
    func file(asText: Bool, folder: String, name: String) throws -> ExportFile {
        if asText { return .text(DelimitedWriter(columns: heads, instantOffset: offset)) }
        let path = folder + "/" + Secrets.token() + ".xlsx"
        return .workbook(
            try WorkbookWriter(path: path, sheetName: name, columns: heads, instantOffset: offset), path: path)
    }

    func append(_ rows: [RecordView], to file: inout ExportFile) throws {
        switch file {
        case .text(var writer):
            // Emptied first, so that the text is not copied for each portion.
            file = .none
            for row in rows { writer.append(cells(row)) }
            file = .text(writer)
        case .workbook(let writer, _): for row in rows { try writer.append(cells(row)) }
        case .none: break
        }
    }
}

/// An export under way.
enum ExportFile {
    case none
    case text(DelimitedWriter)
    case workbook(WorkbookWriter, path: String)

    /// The bytes of the whole file.
    func finished() throws -> [UInt8] {
        switch self {
        case .none: return []
        case .text(let writer): return writer.bytes
        case .workbook(let writer, let path):
            defer { unlink(path) }
            try writer.finish()
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// Leaves nothing behind of an export that broke off.
    func forget() { if case .workbook(_, let path) = self { unlink(path) } }
}
