import Definitions
import Values

/// What a form of `FieldControl`s and `LinesGrid`s sent, put back into fields and lines.
struct PostedForm: Sendable {
    struct Line: Sendable {
        /// Empty for a new line.
        var id = ""
        /// Field id → texts sent.
        var fields: [String: [String]] = [:]

        /// Nothing but blanks: a spare row nobody filled.
        var isBlank: Bool { id.isEmpty && fields.values.allSatisfy { $0.allSatisfy(\.isEmpty) } }
    }

    /// Name → texts in the order sent.
    private(set) var fields: [String: [String]] = [:]
    /// Lines field id → lines in the order of their positions, blank ones left out.
    private(set) var lines: [String: [Line]] = [:]

    /// - Parameter pairs: name and value of each control, in order. At most 2,000 positions of lines are heard.
    init(_ pairs: [(name: String, value: String)]) {
        var positions: [String: [Int: Line]] = [:]
        for (name, value) in pairs {
            if let cell = Self.cell(name) {
                var line = positions[cell.lines, default: [:]][cell.position] ?? Line()
                if cell.field == "id" { line.id = value } else { line.fields[cell.field, default: []].append(value) }
                positions[cell.lines, default: [:]][cell.position] = line
            } else {
                fields[name, default: []].append(value)
            }
        }
        for (name, found) in positions {
            lines[name] = found.sorted { $0.key < $1.key }.map(\.value).filter { !$0.isBlank }
        }
    }

    /// The last text sent under a name: a ticked box after its hidden `false`.
    func text(_ name: String) -> String? { fields[name]?.last }

    /// All texts sent under a name that hold something: ticked choices, picked records.
    func all(_ name: String) -> [String] { (fields[name] ?? []).filter { !$0.isEmpty } }

    /// `lines[2].price` taken apart; nil for other names.
    private static func cell(_ name: String) -> (lines: String, position: Int, field: String)? {
        guard let open = name.firstIndex(of: "["), let close = name.firstIndex(of: "]"), open < close,
            let position = Int(name[name.index(after: open)..<close]), (0..<2000).contains(position)
        else { return nil }
        let rest = name[name.index(after: close)...]
        guard rest.first == ".", rest.count > 1 else { return nil }
        return (String(name[..<open]), position, String(rest.dropFirst()))
    }

    /// The text in the form that the Kernel reads: percentages with their sign, local times with their zone.
    static func written(_ text: String, as type: FieldType, format: Format) -> String {
        let text = text.trimmingBlanks
        switch type {
        case .percent where !text.isEmpty:
            return text.hasSuffix("%") || text.hasSuffix("％") ? text : text + "%"
        case .instant where !text.isEmpty:
            return format.instant(fromLocal: text)?.description ?? text
        default: return text
        }
    }
}

extension Format {
    /// The instant that `2026-11-24T09:30` means in the reader's zone; nil when it can't be read.
    func instant(fromLocal text: String) -> Instant? {
        guard let asUTC = Instant(text + "Z") else { return nil }
        // The offset at the instant itself, which the first guess misses by at most one change of the clocks.
        let guess = asUTC.adding(seconds: -offset(asUTC))
        return asUTC.adding(seconds: -offset(guess))
    }
}

extension String {
    /// Without blanks and line ends at both ends.
    fileprivate var trimmingBlanks: String {
        var part = Substring(self)
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}
