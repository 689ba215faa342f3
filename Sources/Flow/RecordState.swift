package import Expressions
package import Values

/// A record with its lines while it is decided upon, and what was loaded of the records it links to.
package struct RecordState: Sendable, FieldSource {
    package let object: String
    package let id: RecordID
    /// Path → value of the record itself: fields, system fields, money parts (`total.base`).
    package var values: [String: Value]
    /// Lines field id → lines in order.
    package var lines: [String: [LineState]]
    /// Linked record → (path from there → value).
    package var linked: LinkedValues

    package init(
        object: String, id: RecordID, values: [String: Value] = [:], lines: [String: [LineState]] = [:],
        linked: LinkedValues = LinkedValues()
    ) {
        self.object = object
        self.id = id
        self.values = values
        self.lines = lines
        self.linked = linked
    }

    package subscript(_ path: String) -> Value { values[path] ?? .null }

    package func value(at path: FieldPath) -> Value { linked.value(at: path, in: values) }

    package func lines(at path: FieldPath) -> [any FieldSource] {
        guard path.steps.count == 1 else { return [] }
        return (lines[path.first] ?? []).map { LineSource(line: $0, parent: self) }
    }
}

package struct LineState: Sendable, Hashable {
    package let id: RecordID
    /// Not stored yet.
    package let isNew: Bool
    package var values: [String: Value]

    package init(id: RecordID, isNew: Bool, values: [String: Value]) {
        self.id = id
        self.isNew = isNew
        self.values = values
    }
}

/// What the Kernel read of linked records, so that deciding needs no database.
package struct LinkedValues: Sendable, Hashable {
    private var records: [RecordID: [String: Value]] = [:]

    package init() {}

    package mutating func add(_ id: RecordID, _ values: [String: Value]) {
        records[id, default: [:]].merge(values) { _, new in new }
    }

    package func has(_ id: RecordID) -> Bool { records[id] != nil }

    /// Own values first (`total`, `total.base`), else through the first link.
    func value(at path: FieldPath, in own: [String: Value]) -> Value {
        if path.steps.count == 1 { return own[path.first] ?? .null }
        if let value = own[path.description] { return value }
        guard case .record(let target)? = own[path.first] else { return .null }
        return records[target]?[path.steps.dropFirst().joined(separator: ".")] ?? .null
    }
}

/// A line as its formulas see it: own values, `parent.…`, linked records.
struct LineSource: FieldSource {
    let line: LineState
    let parent: RecordState

    func value(at path: FieldPath) -> Value {
        if path.first == "parent", path.steps.count > 1 {
            return parent.value(at: FieldPath(Array(path.steps.dropFirst())))
        }
        return parent.linked.value(at: path, in: line.values)
    }

    func lines(at path: FieldPath) -> [any FieldSource] {
        path.first == "parent" ? parent.lines(at: FieldPath(Array(path.steps.dropFirst()))) : []
    }
}
