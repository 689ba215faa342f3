import Values

/// Turns the events of a sheet into rows.
final class SheetHandler: XMLHandler {
    /// Rows that are complete and not taken yet.
    var rows: [TableRow] = []

    private let texts: [String]
    private let formats: CellFormats
    private let startsIn1904: Bool
    private let merged: MergedCells
    private let limits: TableLimits

    private var rowNumber = 0
    private var rowCount = 0
    private var cells: [TableCell] = []
    private var marks: RowMarks = []
    private var column = -1
    private var type = CellType.number
    private var style = 0
    private var hasFormula = false
    private var hasValue = false
    private var value: [UInt8] = []
    private var isInValue = false
    private var phonetics = 0
    /// Values of merged cells that count for rows below, by column.
    private var carried: [Int: (cell: TableCell, lastRow: Int)] = [:]

    /// The attribute `t` of a cell.
    private enum CellType { case number, shared, text, bool, error, date }

    init(texts: [String], formats: CellFormats, startsIn1904: Bool, merged: MergedCells, limits: TableLimits) {
        self.texts = texts
        self.formats = formats
        self.startsIn1904 = startsIn1904
        self.merged = merged
        self.limits = limits
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name.isSingle {
            switch name.first {
            case 0x63: startCell(attributes)
            case 0x76: isInValue = true
            case 0x74: isInValue = phonetics == 0
            case 0x66: hasFormula = true
            default: break
            }
        } else if name == "row" {
            startRow(attributes)
        } else if name == "rPh" {
            phonetics += 1
        }
    }

    override func end(_ name: XMLName) {
        if name.isSingle {
            switch name.first {
            case 0x63: endCell()
            case 0x76, 0x74:
                isInValue = false
                hasValue = true
            default: break
            }
        } else if name == "row" {
            endRow()
        } else if name == "rPh" {
            phonetics -= 1
        }
    }

    override func text(_ bytes: UnsafeRawBufferPointer) {
        guard isInValue else { return }
        guard value.count + bytes.count <= limits.cellBytes else {
            fail(.cellTooLong(line: rowNumber, column: column + 1))
            return
        }
        value.append(contentsOf: bytes)
    }

    private func startRow(_ attributes: XMLAttributes) {
        var number: Int?
        attributes.each { name, text in
            if name.first == 0x72, name.isSingle { number = Self.integer(text) }
        }
        rowNumber = number ?? rowNumber + 1
        column = -1
        cells.removeAll(keepingCapacity: true)
        marks = []
    }

    private func startCell(_ attributes: XMLAttributes) {
        var place: Int?
        type = .number
        style = 0
        hasFormula = false
        hasValue = false
        value.removeAll(keepingCapacity: true)
        attributes.each { name, text in
            guard name.isSingle else { return }
            switch name.first {
            case 0x72: place = CellReference.column(text)
            case 0x73: style = Self.integer(text) ?? 0
            case 0x74: type = Self.type(text)
            default: break
            }
        }
        column = place ?? column + 1
    }

    private static func type(_ text: UnsafePointer<CChar>) -> CellType {
        switch (UInt8(bitPattern: text[0]), text[0] == 0 ? 0 : UInt8(bitPattern: text[1])) {
        case (0x73, 0): .shared
        case (0x73, _), (0x69, _): .text
        case (0x62, _): .bool
        case (0x65, _): .error
        case (0x64, _): .date
        default: .number
        }
    }

    private static func integer(_ text: UnsafePointer<CChar>) -> Int? {
        var value = 0
        var index = text
        while index.pointee >= 0x30, index.pointee <= 0x39, value < 1_000_000_000 {
            value = value * 10 + Int(index.pointee) - 0x30
            index += 1
        }
        return index > text ? value : nil
    }

    private func endCell() {
        let cell = hasValue ? self.cell() : hasFormula ? TableCell.error("#FORMULA") : .empty
        guard cell != .empty else { return }
        guard column < limits.columns else {
            fail(.tooManyCells(line: rowNumber))
            return
        }
        while cells.count < column { cells.append(.empty) }
        if cells.count == column { cells.append(cell) } else { cells[column] = cell }
    }

    private func cell() -> TableCell {
        switch type {
        case .shared:
            var index = 0
            for byte in value where (0x30...0x39).contains(byte) && index < 1 << 40 {
                index = index * 10 + Int(byte - 0x30)
            }
            guard texts.indices.contains(index) else { return .error("#STRING") }
            return Self.textCell(texts[index])
        case .text: return Self.textCell(WorkbookText.decode(value))
        case .bool: return value.isEmpty ? .empty : .bool(value == [0x31] || value == Array("true".utf8))
        case .error: return .error(String(decoding: value, as: UTF8.self))
        case .date: return isoDate()
        case .number: return number()
        }
    }

    private static func textCell(_ text: String) -> TableCell { text.isEmpty ? .empty : .text(text) }

    private func number() -> TableCell {
        guard !value.isEmpty else { return .empty }
        guard let (text, isRounded) = WorkbookNumber.plain(value[...]) else {
            return .text(String(decoding: value, as: UTF8.self))
        }
        let kind = formats.kind(style)
        if kind != .number, let date = WorkbookDate.cell(text, kind, startsIn1904: startsIn1904) { return date }
        if isRounded { marks.insert(.roundedNumber) }
        return .number(text)
    }

    /// `2026-11-22` or `2026-11-22T08:26:00`, as strict workbooks write dates.
    private func isoDate() -> TableCell {
        let text = String(decoding: value, as: UTF8.self)
        guard let day = Day(text.prefix(10)) else { return .text(text) }
        if text.utf8.count == 10 { return .date(day) }
        guard let instant = Instant(text.hasSuffix("Z") ? text : text + "Z"), instant.day == day else {
            return .text(text)
        }
        let second = Int(instant.secondsSinceEpoch - Int64(day.number) * 86_400)
        return second == 0 ? .date(day) : .dateTime(day, secondOfDay: second)
    }

    private func endRow() {
        if !merged.spans.isEmpty { repeatMerged() }
        guard !cells.isEmpty else { return }
        rowCount += 1
        guard rowCount <= limits.rows else {
            fail(.tooManyRows(line: rowNumber))
            return
        }
        rows.append(TableRow(line: rowNumber, cells: cells, marks: marks))
    }

    private func repeatMerged() {
        for (column, value) in carried {
            guard value.lastRow >= rowNumber else {
                carried[column] = nil
                continue
            }
            while cells.count <= column { cells.append(.empty) }
            if cells[column].isEmpty {
                cells[column] = value.cell
                marks.insert(.mergedValue)
            }
        }
        for span in merged.spans[rowNumber] ?? [] where cells.indices.contains(span.column) {
            if !cells[span.column].isEmpty { carried[span.column] = (cells[span.column], span.lastRow) }
        }
    }
}
