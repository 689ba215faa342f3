package import Values

/// A value as it arrives from a form, a JSON body or a file, before a field type gives it meaning.
package indirect enum Input: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The digits as written; never passed through a binary float.
    case number(String)
    case text(String)
    case list([Input])
    /// Keys are unique; the reader refuses duplicates.
    case object([String: Input])
    /// Already of the right type: from a template, a pack's records or the demo company.
    case value(Value)
}

/// The values given for one record, with its lines.
package struct Draft: Sendable, Hashable {
    /// Field id → input. A money field takes a number or `{amount, currency}`.
    package var fields: [String: Input]
    /// Lines field id → the complete new list of lines in order; a field not named keeps its lines.
    package var lines: [String: [LineDraft]]

    package init(_ fields: [String: Input] = [:], lines: [String: [LineDraft]] = [:]) {
        self.fields = fields
        self.lines = lines
    }
}

package struct LineDraft: Sendable, Hashable {
    /// The existing line this one changes; nil for a new one. Lines of the record that no draft names are removed.
    package var id: RecordID?
    package var fields: [String: Input]

    package init(id: RecordID? = nil, _ fields: [String: Input]) {
        self.id = id
        self.fields = fields
    }
}
