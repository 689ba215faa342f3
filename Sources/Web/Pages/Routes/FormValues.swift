import Definitions
import Kernel
import Values

/// What stands in the controls of a form: texts as written there, by the name of the control.
struct FormValues: Sendable {
    struct Line: Sendable {
        /// Empty for a line that is not stored yet.
        var id = ""
        var texts: [String: String] = [:]
    }

    /// Several values of one name apart by commas.
    var texts: [String: String] = [:]
    /// Lines field id → lines in order.
    var lines: [String: [Line]] = [:]
    /// Id of a linked record → its name.
    var titles: [String: String] = [:]

    init() {}

    // MARK: From a record

    init(_ record: RecordView, format: Format, model: Model) {
        guard let definition = model.object(record.object) else { return }
        texts = take(record, definition, format)
        for (name, rows) in record.lines {
            guard case .lines(let child)? = definition.field(name)?.type, let childDefinition = model.object(child)
            else { continue }
            lines[name] = rows.map { row in
                var line = Line(id: row.id.description)
                line.texts = take(row, childDefinition, format)
                return line
            }
        }
    }

    /// The texts of a record's fields; the names of what they link to are kept on the way.
    private mutating func take(_ record: RecordView, _ definition: ObjectDefinition, _ format: Format) -> [String:
        String]
    {
        var texts: [String: String] = [:]
        for (path, value) in record.values where !path.contains(".") {
            guard let field = definition.field(path) else { continue }
            texts[path] = Self.written(value, as: field.type, format)
            if case .money(.own) = field.type { texts[path + ".currency"] = record[path + ".currency"].text ?? "" }
            if case .anyLink = field.type, let id = value.record, let object = record[path + ".object"].text {
                texts[path] = object + "/" + id.description
                titles[object + "/" + id.description] = record.titles[id]
            }
        }
        for (id, title) in record.titles { titles[id.description] = title }
        return texts
    }

    /// A value as its control holds it.
    static func written(_ value: Value, as type: FieldType, _ format: Format) -> String {
        switch value {
        case .null: return ""
        case .bool(let flag): return flag ? "true" : "false"
        case .text(let text): return text
        case .decimal(let number):
            guard case .percent = type else { return number.shortest }
            // A fraction of four digits is far from overflowing; were it not, the plain number is the truth, too.
            return ((try? number * ExactDecimal(100)) ?? number).shortest
        case .real(let number): return String(number)
        case .day(let day): return day.description
        case .instant(let at): return format.localInput(at)
        case .record(let id): return id.description
        case .list(let values): return values.map { written($0, as: type, format) }.joined(separator: ",")
        }
    }

    // MARK: From a posted form

    /// - Parameter definition: tells fields of several values from those whose last value counts.
    init(posted fields: [(name: String, value: String)], definition: ObjectDefinition) {
        var rows: [String: [Int: Line]] = [:]
        for (name, value) in fields {
            guard let cell = Self.cell(name) else {
                switch definition.field(name)?.type {
                case .choices?, .links?:
                    let before = texts[name] ?? ""
                    texts[name] = before.isEmpty ? value : value.isEmpty ? before : before + "," + value
                default: texts[name] = value
                }
                continue
            }
            if cell.field == "id" {
                rows[cell.lines, default: [:]][cell.place, default: Line()].id = value
            } else {
                rows[cell.lines, default: [:]][cell.place, default: Line()].texts[cell.field] = value
            }
        }
        for (name, places) in rows { lines[name] = places.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// `lines[2].price`; at most 2,000 lines.
    static func cell(_ name: String) -> (lines: String, place: Int, field: String)? {
        guard let open = name.firstIndex(of: "["), let close = name.firstIndex(of: "]"), open < close,
            let place = Int(name[name.index(after: open)..<close]), (0..<2000).contains(place)
        else { return nil }
        let rest = name[name.index(after: close)...]
        guard rest.hasPrefix("."), rest.count > 1 else { return nil }
        return (String(name[..<open]), place, String(rest.dropFirst()))
    }
}
