import CXlsxWriter
import Glibc
package import Values

/// Why a workbook could not be written.
package struct WorkbookError: Error, Sendable, Hashable {
    /// The library's own words, for the log.
    package let reason: String
}

/// Writes one table as a workbook (.xlsx) in constant memory: typed columns, a bold heading that stays in view.
///
/// Texts are always texts: nothing that begins with `=` becomes a formula. Not `Sendable`.
package final class WorkbookWriter {
    /// Rows below the heading that a sheet can hold.
    package static let maximumRows = 1_048_575

    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let columns: [TableColumn]
    private let formats: [UnsafeMutablePointer<lxw_format>?]
    private let instantOffset: Int
    private var row: UInt32 = 0
    private var isOpen = true

    /// Begins the file at `path`, which is complete only after `finish()`.
    ///
    /// - Parameters:
    ///   - sheetName: cut and cleaned to what a workbook allows.
    ///   - instantOffset: seconds east of Greenwich in which instants are written, since workbooks know no zones.
    /// - Throws: `WorkbookError`.
    package init(path: String, sheetName: String, columns: [TableColumn], instantOffset: Int = 0) throws(WorkbookError)
    {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let workbook = workbook_new_opt(path, &options) else { throw WorkbookError(reason: "no workbook") }
        guard let sheet = workbook_add_worksheet(workbook, Self.clean(sheetName)) else {
            _ = workbook_close(workbook)
            throw WorkbookError(reason: "no sheet")
        }
        self.workbook = workbook
        self.sheet = sheet
        self.columns = columns
        self.instantOffset = instantOffset
        formats = columns.map { Self.format($0.kind, workbook) }
        writeHeading()
    }

    deinit { if isOpen { _ = workbook_close(workbook) } }

    /// - Parameter values: one per column, same order; missing ones are empty.
    /// - Throws: `WorkbookError` when the sheet is full.
    package func append(_ values: [Value]) throws(WorkbookError) {
        guard row <= Self.maximumRows else { throw WorkbookError(reason: "sheet is full") }
        for (index, value) in values.prefix(columns.count).enumerated() {
            write(value, UInt16(index), columns[index].kind)
        }
        row += 1
    }

    /// Completes the file; nothing can be appended after it.
    package func finish() throws(WorkbookError) {
        guard isOpen else { return }
        isOpen = false
        if row > 1, !columns.isEmpty {
            worksheet_autofilter(sheet, 0, 0, row - 1, UInt16(columns.count - 1))
        }
        let code = workbook_close(workbook)
        guard code == LXW_NO_ERROR else {
            throw WorkbookError(reason: lxw_strerror(code).map { String(cString: $0) } ?? "\(code.rawValue)")
        }
    }

    private func writeHeading() {
        let bold = workbook_add_format(workbook)
        format_set_bold(bold)
        format_set_bg_color(bold, 0xEDEFF3)
        format_set_bottom(bold, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_bottom_color(bold, 0xCBD1DA)
        for (index, column) in columns.enumerated() {
            let place = UInt16(index)
            worksheet_set_column(sheet, place, place, min(max(column.width, 4), 80), nil)
            worksheet_write_string(sheet, 0, place, Self.cut(column.title), bold)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        row = 1
    }

    private func write(_ value: Value, _ column: UInt16, _ kind: TableColumn.Kind) {
        let format = formats[Int(column)]
        switch value {
        case .null: break
        case .bool(let flag): worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, nil)
        case .decimal(let number):
            if Self.isExact(number) {
                worksheet_write_number(sheet, row, column, number.asDouble, format)
            } else {
                text(number.description, column)
            }
        case .real(let number) where number.isFinite: worksheet_write_number(sheet, row, column, number, format)
        case .day(let day) where Self.hasSerial(day):
            worksheet_write_number(sheet, row, column, Double(day.number + 25_569), format)
        case .instant(let instant) where Self.hasSerial(instant.day):
            let local = instant.adding(seconds: instantOffset)
            let days = Double(local.secondsSinceEpoch) / 86_400 + 25_569
            worksheet_write_number(sheet, row, column, days, format)
        default: text(ExportText.plain(value), column)
        }
    }

    private func text(_ text: String, _ column: UInt16) {
        guard !text.isEmpty else { return }
        worksheet_write_string(sheet, row, column, Self.cut(text), nil)
    }

    /// Workbooks count days from 1900, with a day too many before March of that year; older ones are written as texts.
    private static func hasSerial(_ day: Day) -> Bool { day.number >= -25_508 }

    /// Spreadsheet programs keep 15 digits; a longer number is written as a text rather than changed.
    private static func isExact(_ number: ExactDecimal) -> Bool { number.units.magnitude < 1_000_000_000_000_000 }

    /// A cell holds 32,767 UTF-16 units; NUL would end the text.
    private static func cut(_ text: String) -> String {
        let whole = text.utf8.contains(0) ? text.filter { $0 != "\0" } : text
        guard whole.utf8.count > 32_767, whole.utf16.count > 32_767 else { return whole }
        var units = 0
        let kept = whole.prefix { character in
            units += character.utf16.count
            return units < 32_767
        }
        return kept + "…"
    }

    /// At most 31 characters and none of `[]:*?/\`, no apostrophe at either end; never empty.
    static func clean(_ name: String) -> String {
        let allowed = name.filter { !"[]:*?/\\\0\n\r".contains($0) }
        var cut = String(allowed.prefix(31))
        while cut.utf16.count > 31 { cut.removeLast() }
        while cut.hasPrefix("'") { cut.removeFirst() }
        while cut.hasSuffix("'") { cut.removeLast() }
        return cut.isEmpty ? "Sheet1" : cut
    }

    static func format(
        _ kind: TableColumn.Kind, _ workbook: UnsafeMutablePointer<lxw_workbook>
    ) -> UnsafeMutablePointer<lxw_format>? {
        let code: String
        switch kind {
        case .text, .bool: return nil
        case .number(let scale): code = "#,##0" + fraction(scale)
        case .percent(let scale): code = "0" + fraction(scale) + "%"
        case .day: code = "yyyy-mm-dd"
        case .instant: code = "yyyy-mm-dd hh:mm:ss"
        }
        let format = workbook_add_format(workbook)
        format_set_num_format(format, code)
        return format
    }

    private static func fraction(_ scale: Int) -> String {
        scale > 0 ? "." + String(repeating: "0", count: min(scale, 18)) : ""
    }
}
