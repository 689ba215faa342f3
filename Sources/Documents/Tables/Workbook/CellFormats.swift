/// Which cell formats of a workbook show a number as a date or a time.
struct CellFormats {
    enum Kind: Sendable, Hashable { case number, date, time, dateTime }

    /// By the index that cells carry in their attribute `s`.
    private(set) var kinds: [Kind] = []

    init() {}

    init(_ part: ZipPart) throws(TableError) {
        let handler = FormatsHandler()
        try XMLStream(part, handler).finish()
        kinds = handler.formats.map { id in handler.custom[id] ?? Self.builtIn(id) }
    }

    func kind(_ style: Int) -> Kind { kinds.indices.contains(style) ? kinds[style] : .number }

    /// The formats that Excel has without writing them down, the East Asian ones included (ECMA-376 part 1, 18.8.30).
    static func builtIn(_ id: Int) -> Kind {
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: .date
        case 18...21, 32...35, 45...47, 55, 56: .time
        case 22: .dateTime
        default: .number
        }
    }

    /// What a format code shows: looks for the letters of dates and times outside quotations, escapes and brackets.
    static func kind(of code: String) -> Kind {
        var hasDate = false
        var hasTime = false
        var hasMonthOrMinute = false
        var scan = code.lowercased().makeIterator()
        while let letter = scan.next() {
            switch letter {
            case "\"": while let next = scan.next(), next != "\"" {}
            case "\\", "_", "*": _ = scan.next()
            case "[":
                var inside = ""
                while let next = scan.next(), next != "]" { inside.append(next) }
                if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { hasTime = true }
            case ";": return result(hasDate, hasTime, hasMonthOrMinute)
            case "y", "d", "年", "日": hasDate = true
            case "h", "s", "时", "秒": hasTime = true
            case "m": hasMonthOrMinute = true
            default: break
            }
        }
        return result(hasDate, hasTime, hasMonthOrMinute)
    }

    private static func result(_ hasDate: Bool, _ hasTime: Bool, _ hasMonthOrMinute: Bool) -> Kind {
        if hasDate && hasTime { return .dateTime }
        if hasDate { return .date }
        if hasTime { return .time }
        return hasMonthOrMinute ? .date : .number
    }
}

private final class FormatsHandler: XMLHandler {
    var custom: [Int: CellFormats.Kind] = [:]
    var formats: [Int] = []
    private var isInCellFormats = false

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "numFmt", custom.count < 10_000 {
            guard let id = attributes.text("numFmtId").flatMap({ Int($0) }), let code = attributes.text("formatCode")
            else {
                return
            }
            custom[id] = CellFormats.kind(of: code)
        } else if name == "cellXfs" {
            isInCellFormats = true
        } else if isInCellFormats, name == "xf", formats.count < 100_000 {
            formats.append(attributes.text("numFmtId").flatMap { Int($0) } ?? 0)
        }
    }

    override func end(_ name: XMLName) { if name == "cellXfs" { isInCellFormats = false } }
}
