import Access
package import Definitions
import Flow
import Values

/// One of the records that are to become one.
struct MergeSide {
    let stored: StoredRecord
    let mask: RowMask
    let view: RecordView

    var id: RecordID { stored.id }
    var title: String { view.title.isEmpty ? id.description : view.title }
}

/// A field of records that are to become one: what stays of it.
package struct MergedField: Sendable {
    package let field: FieldDefinition
    package let choice: MergeChoice
    /// Whether another choice may be made; otherwise the survivor's value stays.
    package let isOpen: Bool
    /// Whether what all hold can stay.
    package let mayTakeAll: Bool
    /// Whether the records differ in it.
    package let differs: Bool
}

/// What stays of each field, and the change of the survivor that comes of it.
struct MergeFields {
    let definition: ObjectDefinition
    /// The survivor first.
    let sides: [MergeSide]
    let wish: MergeWish

    private var survivor: MergeSide { sides[0] }
    private var group: Set<RecordID> { Set(sides.map(\.id)) }

    func fields(_ problems: inout [Problem]) -> [MergedField] {
        var open = Set(wish.choices.keys)
        var out: [MergedField] = []
        for field in definition.liveFields where isShown(field) {
            let values = sides.map { filled($0, field) }
            guard values.contains(where: { $0 != nil }) else { continue }
            open.remove(field.id)
            let isOpen = isOpen(field)
            let mayTakeAll = isOpen && field.holdsSeveral
            let usual = usual(field, values, isOpen: isOpen, mayTakeAll: mayTakeAll)
            let choice = wish.choices[field.id] ?? usual
            let isPossible: Bool =
                switch choice {
                case .all: mayTakeAll || choice == usual
                case .of(let id): id == survivor.id || isOpen && group.contains(id) && field.lineObject == nil
                }
            if !isPossible { problems.append(.notWritable(field.id)) }
            out.append(
                MergedField(
                    field: field, choice: isPossible ? choice : usual, isOpen: isOpen, mayTakeAll: mayTakeAll,
                    differs: Set(values).count > 1))
        }
        problems += open.sorted().map { .unknownField($0) }
        return out
    }

    /// The survivor's fields that get another value.
    func change(_ fields: [MergedField]) -> [String: Value] {
        var out: [String: Value] = [:]
        for part in fields where part.field.lineObject == nil {
            switch part.choice {
            case .all:
                let all = sides.flatMap { side -> [Value] in
                    if case .list(let items)? = filled(side, part.field) { items } else { [] }
                }
                let list = all.filter { item in item.record.map { !group.contains($0) } ?? true }.uniqued()
                if .list(list) != survivor.stored.state[part.field.id] { out[part.field.id] = .list(list) }
            case .of(let id):
                guard id != survivor.id, let side = sides.first(where: { $0.id == id }) else { continue }
                for path in part.field.paths { out[path] = side.stored.state[path] }
            }
        }
        return out
    }

    // MARK: Parts

    private func isShown(_ field: FieldDefinition) -> Bool {
        guard !field.isSystem, field.type != .files, survivor.mask.readable.contains(field.id) else { return false }
        return field.formula == nil && field.rollup == nil
    }

    /// Whether the survivor may get another's value.
    private func isOpen(_ field: FieldDefinition) -> Bool {
        survivor.view.editable.contains(field.id) && field.series == nil && !field.readOnly
            && definition.states?.field != field.id && sides.allSatisfy { $0.mask.readable.contains(field.id) }
    }

    private func usual(
        _ field: FieldDefinition, _ values: [Value?], isOpen: Bool, mayTakeAll: Bool
    ) -> MergeChoice {
        if mayTakeAll, values.dropFirst().contains(where: { $0 != nil && $0 != values[0] }) { return .all }
        guard isOpen, values[0] == nil, field.lineObject == nil,
            let other = values.firstIndex(where: { $0 != nil })
        else { return .of(survivor.id) }
        return .of(sides[other].id)
    }

    /// What a record holds in a field, as far as the author may read it; nil for nothing, and for one of the records
    /// themselves.
    private func filled(_ side: MergeSide, _ field: FieldDefinition) -> Value? {
        guard side.mask.readable.contains(field.id) else { return nil }
        if field.lineObject != nil {
            let lines = side.stored.state.lines[field.id] ?? []
            return lines.isEmpty ? nil : .list(lines.map { .record($0.id) })
        }
        let value = side.stored.state[field.id]
        if value.isNull || value == .list([]) || value == .text("") { return nil }
        if let id = value.record, group.contains(id) { return nil }
        return value
    }
}

extension FieldDefinition {
    var lineObject: String? { if case .lines(let object) = type { object } else { nil } }

    /// Whether it holds several values, so that those of two records go together.
    fileprivate var holdsSeveral: Bool {
        switch type {
        case .choices, .links, .lines: true
        default: false
        }
    }

    /// The keys of its values in a row.
    var paths: [String] {
        switch type {
        case .money(.own): [id, id + ".currency", id + ".rate", id + ".base"]
        case .money(.record): [id, id + ".base"]
        case .anyLink: [id, id + ".object"]
        case .lines, .files: []
        default: [id]
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, at its first place.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
