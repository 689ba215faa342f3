import Definitions
import Flow
import Store
import Values

/// What an event says of a write: field, before, after.
enum Changes {
    /// Everything a new record has.
    static func ofNew(_ state: RecordState, _ definition: ObjectDefinition) -> [FieldChange] {
        var out: [FieldChange] = []
        for field in definition.liveFields where !field.isSystem {
            for path in paths(of: field) {
                let value = state[path]
                if !value.isNull, value != .list([]) {
                    out.append(FieldChange(field: path, before: .null, after: value))
                }
            }
            for (index, line) in (state.lines[field.id] ?? []).enumerated() {
                out += lineChanges("\(field.id)[\(index)]", nil, line)
            }
        }
        if case .record = state["owner"] {
            out.append(FieldChange(field: "owner", before: .null, after: state["owner"]))
        }
        return out
    }

    /// What differs, in the order of the fields. Lines are named by their place after the change.
    static func between(_ before: RecordState, _ after: RecordState, _ definition: ObjectDefinition) -> [FieldChange] {
        var out: [FieldChange] = []
        for field in definition.liveFields where !field.isSystem {
            for path in paths(of: field) where before[path] != after[path] {
                out.append(FieldChange(field: path, before: before[path], after: after[path]))
            }
            guard field.isLines, before.lines[field.id] != after.lines[field.id] else { continue }
            out += linesBetween(before.lines[field.id] ?? [], after.lines[field.id] ?? [], name: field.id)
        }
        return out
    }

    private static func linesBetween(_ before: [LineState], _ after: [LineState], name: String) -> [FieldChange] {
        var out: [FieldChange] = []
        var old = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, line) in after.enumerated() {
            out += lineChanges("\(name)[\(index)]", old.removeValue(forKey: line.id), line)
        }
        for (index, line) in before.enumerated() where old[line.id] != nil {
            for (path, value) in line.values.sorted(by: { $0.key < $1.key }) where isContent(path, value) {
                out.append(FieldChange(field: "\(name)[-\(index)].\(path)", before: value, after: .null))
            }
        }
        return out
    }

    private static func lineChanges(_ place: String, _ before: LineState?, _ after: LineState) -> [FieldChange] {
        after.values.sorted { $0.key < $1.key }.compactMap { path, value in
            let old = before?.values[path] ?? .null
            guard old != value, isContent(path, value) || before != nil, !ignored.contains(path) else { return nil }
            return FieldChange(field: place + "." + path, before: old, after: value)
        }
    }

    private static let ignored: Set<String> = [
        "id", "version", "created_at", "created_by", "updated_at", "updated_by", "owner", "department", "region",
        "deleted_at", "parent", "position",
    ]

    private static func isContent(_ path: String, _ value: Value) -> Bool { !value.isNull && !ignored.contains(path) }

    private static func paths(of field: FieldDefinition) -> [String] {
        switch field.type {
        case .lines, .files: []
        case .money(.own): [field.id, field.id + ".currency", field.id + ".rate", field.id + ".base"]
        case .money(.record): [field.id, field.id + ".base"]
        case .anyLink: [field.id, field.id + ".object"]
        default: [field.id]
        }
    }
}
