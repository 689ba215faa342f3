import Definitions
import Kernel
import Values

/// The conditions that the builder of a list makes, as expressions and back in words.
struct FilterText {
    let presentation: Presentation
    let object: String

    /// What stands before and after the value; nil when the comparison doesn't fit.
    private struct Frame {
        var before: String
        var after: String
        /// Text values stand in quotes.
        var isQuoted = false
        var suffix = ""
    }

    /// `total >= 1000`, `CONTAINS(name_en, "gmbh")`; nil when the value can't be read.
    func expression(field id: String, comparison: FilterComparison, value: String) -> String? {
        guard let frame = frame(id, comparison) else { return nil }
        if comparison.isAlone { return frame.before }
        let trimmed = value.trimmingSpaces
        guard !trimmed.isEmpty else { return nil }
        if frame.isQuoted { return frame.before + trimmed.replacing("\"", with: "\"\"") + frame.after }
        guard case .bool? = presentation.field(id, of: object)?.type else {
            let number = NumberText.plain(trimmed)
            return ExactDecimal(number) == nil ? nil : frame.before + number + frame.suffix + frame.after
        }
        return frame.before + (trimmed.lowercased() == "true" ? "TRUE" : "FALSE") + frame.after
    }

    /// The condition in words when the builder could have made it, else as it is.
    func words(_ expression: String, fields: [ListPage.Filterable]) -> String {
        for field in fields {
            for comparison in FilterComparison.allCases {
                guard let frame = frame(field.id, comparison) else { continue }
                let sentence = field.label + " " + presentation.say(comparison.label)
                if comparison.isAlone {
                    if expression == frame.before { return sentence }
                    continue
                }
                let end = frame.suffix + frame.after
                guard expression.hasPrefix(frame.before), expression.hasSuffix(end),
                    expression.count > frame.before.count + end.count
                else { continue }
                let raw = String(expression.dropFirst(frame.before.count).dropLast(end.count))
                guard frame.isQuoted ? !raw.replacing("\"\"", with: "").contains("\"") : !raw.contains(" ") else {
                    continue
                }
                return sentence + " " + value(raw, field) + frame.suffix
            }
        }
        return expression
    }

    private func value(_ raw: String, _ field: ListPage.Filterable) -> String {
        let plain = raw.replacing("\"\"", with: "\"")
        if field.kind == .bool { return presentation.say(raw == "TRUE" ? Words.yes : Words.no) }
        return field.choices.first { $0.value == plain }?.label ?? plain
    }

    /// Conditions about today and about the reader.
    private func alone(_ field: FieldDefinition, _ comparison: FilterComparison) -> Frame? {
        let day: String
        switch field.type {
        case .link(let target):
            return comparison == .mine && target == "user" ? Frame(before: field.id + " = ME()", after: "") : nil
        case .day: day = field.id
        case .instant: day = "DAY(\(field.id))"
        default: return nil
        }
        switch comparison {
        case .today: return Frame(before: "\(day) = TODAY()", after: "")
        case .before: return Frame(before: "\(day) < TODAY()", after: "")
        case .past7: return Frame(before: "\(day) >= ADDDAYS(TODAY(), -7) AND \(day) <= TODAY()", after: "")
        case .next7: return Frame(before: "\(day) >= TODAY() AND \(day) <= ADDDAYS(TODAY(), 7)", after: "")
        case .month:
            return Frame(
                before: "YEAR(\(day)) = YEAR(TODAY()) AND MONTH(\(day)) = MONTH(TODAY())", after: "")
        default: return nil
        }
    }

    private func frame(_ id: String, _ comparison: FilterComparison) -> Frame? {
        guard let field = presentation.field(id, of: object) else { return nil }
        switch comparison {
        case .filled: return Frame(before: "NOT(ISBLANK(\(id)))", after: "")
        case .blank: return Frame(before: "ISBLANK(\(id))", after: "")
        default: break
        }
        if comparison.isAlone { return alone(field, comparison) }
        let sign = [FilterComparison.equals: "=", .differs: "<>", .least: ">=", .most: "<="][comparison] ?? "="
        let differs = comparison == .differs
        switch field.type {
        case .text, .longText:
            return comparison == .contains
                ? Frame(before: "CONTAINS(\(id), \"", after: "\")", isQuoted: true)
                : Frame(before: "\(id) \(sign) \"", after: "\"", isQuoted: true)
        case .choice: return Frame(before: "\(id) \(sign) \"", after: "\"", isQuoted: true)
        case .choices:
            return Frame(
                before: (differs ? "NOT(HAS(" : "HAS(") + id + ", \"", after: differs ? "\"))" : "\")", isQuoted: true)
        case .link(let target):
            guard let title = presentation.titleField(of: target) else { return nil }
            return Frame(
                before: (differs ? "NOT(CONTAINS(" : "CONTAINS(") + id + "." + title + ", \"",
                after: differs ? "\"))" : "\")", isQuoted: true)
        case .day: return Frame(before: "\(id) \(sign) DATE(\"", after: "\")", isQuoted: true)
        case .instant: return Frame(before: "DAY(\(id)) \(sign) DATE(\"", after: "\")", isQuoted: true)
        case .bool: return Frame(before: "\(id) \(sign) ", after: "")
        case .percent: return Frame(before: "\(id) \(sign) ", after: "", suffix: "%")
        case .integer, .decimal, .money: return Frame(before: "\(id) \(sign) ", after: "")
        default: return nil
        }
    }
}

/// Numbers as people type them.
enum NumberText {
    /// Full-width digits, thousands separators and blanks put right; what is no number stays as it was.
    static func plain(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF10...0xFF19: out.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30)))
            case 0xFF0E: out += "."
            case 0xFF05, 0x25: continue
            case 0xFF0D, 0x2212: out += "-"
            case 0xFF0C: out += ","
            case 0x20, 0xA0, 0x3000, 0x27, 0x2019: continue
            default: out.unicodeScalars.append(scalar)
            }
        }
        let grouped = out.replacing(",", with: "")
        return grouped.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" } && !grouped.isEmpty ? grouped : text
    }
}
