import CXlsxWriter
import Glibc

/// A column of a sheet that people fill in.
package struct FillInColumn: Sendable, Hashable {
    /// The heading by which the column is known again.
    package let title: String
    package let kind: TableColumn.Kind
    package let isRequired: Bool
    /// What may stand in a cell; empty: anything.
    package let choices: [String]
    /// What to write, for people.
    package let hint: String

    package init(title: String, kind: TableColumn.Kind, isRequired: Bool, choices: [String], hint: String) {
        self.title = title
        self.kind = kind
        self.isRequired = isRequired
        self.choices = choices
        self.hint = hint
    }
}

/// An empty workbook to fill in: headings with hints, cells with lists to choose from, a second sheet that explains.
package struct FillInSheet: Sendable {
    /// Rows that are prepared.
    static let rows: UInt32 = 2000

    package let name: String
    /// Name of the sheet that explains, and its headings: column, required, what to write.
    package let notesName: String
    package let notesHeads: [String]
    /// Name of the sheet that holds the lists.
    package let listsName: String
    /// What stands for a required column on the sheet that explains.
    package let requiredMark: String
    package let columns: [FillInColumn]

    package init(
        name: String, notesName: String, notesHeads: [String], listsName: String, requiredMark: String,
        columns: [FillInColumn]
    ) {
        self.name = name
        self.notesName = notesName
        self.notesHeads = notesHeads
        self.listsName = listsName
        self.requiredMark = requiredMark
        self.columns = columns
    }

    /// - Throws: `WorkbookError` when the file can't be written.
    package func write(to path: String) throws(WorkbookError) {
        guard let workbook = workbook_new(path) else { throw WorkbookError(reason: "no workbook") }
        guard let sheet = workbook_add_worksheet(workbook, WorkbookWriter.clean(name)),
            let notes = workbook_add_worksheet(workbook, WorkbookWriter.clean(notesName)),
            let lists = workbook_add_worksheet(workbook, WorkbookWriter.clean(listsName))
        else {
            _ = workbook_close(workbook)
            throw WorkbookError(reason: "no sheet")
        }
        let heading = Self.heading(workbook, 0xEDEFF3)
        let required = Self.heading(workbook, 0xFFE8CC)
        for (index, column) in columns.enumerated() {
            let place = UInt16(index)
            worksheet_set_column(sheet, place, place, 18, Self.format(column.kind, workbook))
            worksheet_write_string(sheet, 0, place, column.title, column.isRequired ? required : heading)
            write(column.choices, place, heading, column.title, to: lists)
            explain(column, place, on: sheet)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        worksheet_hide(lists)
        write(notes, heading, workbook)
        let code = workbook_close(workbook)
        guard code == LXW_NO_ERROR else {
            throw WorkbookError(reason: lxw_strerror(code).map { String(cString: $0) } ?? "\(code.rawValue)")
        }
    }

    private func write(
        _ choices: [String], _ place: UInt16, _ format: UnsafeMutablePointer<lxw_format>?, _ title: String,
        to lists: UnsafeMutablePointer<lxw_worksheet>
    ) {
        guard !choices.isEmpty else { return }
        worksheet_write_string(lists, 0, place, title, format)
        for (row, choice) in choices.enumerated() {
            worksheet_write_string(lists, UInt32(row + 1), place, choice, nil)
        }
    }

    /// The hint beside a chosen cell, and the list to choose from.
    private func explain(_ column: FillInColumn, _ place: UInt16, on sheet: UnsafeMutablePointer<lxw_worksheet>) {
        var rule = lxw_data_validation()
        rule.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        rule.show_input = UInt8(LXW_VALIDATION_ON.rawValue)
        rule.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
        let texts = [
            strdup(Self.cut(column.title, 31)), strdup(Self.cut(column.hint, 254)),
            strdup("='\(WorkbookWriter.clean(listsName))'!\(Self.range(place, column.choices.count))"),
        ]
        defer { for text in texts { free(text) } }
        if !column.hint.isEmpty {
            rule.input_title = texts[0]
            rule.input_message = texts[1]
        }
        if !column.choices.isEmpty {
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            rule.value_formula = texts[2]
            rule.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
            // What is not in the list is warned of, not refused: the company may know further words.
            rule.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
            rule.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
        }
        guard !column.hint.isEmpty || !column.choices.isEmpty else { return }
        worksheet_data_validation_range(sheet, 1, place, Self.rows, place, &rule)
    }

    private func write(
        _ notes: UnsafeMutablePointer<lxw_worksheet>, _ heading: UnsafeMutablePointer<lxw_format>?,
        _ workbook: UnsafeMutablePointer<lxw_workbook>
    ) {
        let wrapped = workbook_add_format(workbook)
        format_set_text_wrap(wrapped)
        for (index, width) in [24.0, 10, 90].enumerated() {
            worksheet_set_column(notes, UInt16(index), UInt16(index), width, nil)
        }
        for (index, head) in notesHeads.enumerated() {
            worksheet_write_string(notes, 0, UInt16(index), head, heading)
        }
        for (index, column) in columns.enumerated() {
            let row = UInt32(index + 1)
            worksheet_write_string(notes, row, 0, column.title, nil)
            worksheet_write_string(notes, row, 1, column.isRequired ? requiredMark : "", nil)
            worksheet_write_string(notes, row, 2, column.hint, wrapped)
        }
        worksheet_freeze_panes(notes, 1, 0)
    }

    private static func heading(
        _ workbook: UnsafeMutablePointer<lxw_workbook>, _ color: UInt32
    ) -> UnsafeMutablePointer<lxw_format>? {
        let format = workbook_add_format(workbook)
        format_set_bold(format)
        format_set_bg_color(format, color)
        format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_bottom_color(format, 0xCBD1DA)
        return format
    }

    /// Texts stay texts, so that telephone numbers and codes keep their zeros.
    private static func format(
        _ kind: TableColumn.Kind, _ workbook: UnsafeMutablePointer<lxw_workbook>
    ) -> UnsafeMutablePointer<lxw_format>? {
        guard kind == .text else { return WorkbookWriter.format(kind, workbook) }
        let format = workbook_add_format(workbook)
        format_set_num_format(format, "@")
        return format
    }

    /// `$C$2:$C$9`
    private static func range(_ column: UInt16, _ count: Int) -> String {
        var (name, rest) = ("", Int(column))
        repeat {
            name = String(UnicodeScalar(UInt8(65 + rest % 26))) + name
            rest = rest / 26 - 1
        } while rest >= 0
        return "$\(name)$2:$\(name)$\(count + 1)"
    }

    /// So many UTF-16 units, which is how workbooks count.
    private static func cut(_ text: String, _ most: Int) -> String {
        var cut = text
        while cut.utf16.count > most { cut.removeLast() }
        return cut
    }
}
