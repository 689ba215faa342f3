import Definitions
import Flow
import Store
import Values

/// What a new record begins with, and its rows in the store.
extension RecordWriter {
    /// A setting has no place of its own: its department and region say something about it, and are given.
    func systemValues(_ id: RecordID, _ definition: ObjectDefinition) -> [String: Value] {
        func value(_ id: RecordID?) -> Value { id.map { .record($0) } ?? .null }
        let actor = context.actor
        return [
            "id": .record(id), "created_at": .instant(at), "updated_at": .instant(at), "created_by": value(by),
            "updated_by": value(by), "owner": value(stamp.map(\.owner) ?? actor.userID),
            "department": value(stamp.map(\.department) ?? (definition.isSetting ? nil : actor.department)),
            "region": value(stamp.map(\.region) ?? (definition.isSetting ? nil : actor.region)),
        ]
    }

    func number(_ state: inout RecordState, _ definition: ObjectDefinition) throws {
        let day = Zones.day(of: at, in: context.actor.timeZone)
        for field in definition.liveFields {
            guard let series = field.series, state[field.id].isNull else { continue }
            let places = try SeriesPlaces(context: context).codes(series.pattern) { state[$0].record }
            let number = try Numbers(context.connection).next(
                series, of: definition.id, field: field.id, on: day, places: places)
            state.values[field.id] = .text(number)
        }
    }

    func insert(_ state: RecordState, _ definition: ObjectDefinition) throws {
        let system = SystemValues(
            at: at, by: by, owner: state["owner"].record, department: state["department"].record,
            region: state["region"].record)
        try store.insert(definition.id, state.id, values: storable(state.values, definition), system: system)
        for field in definition.liveFields {
            switch field.type {
            case .links:
                if case .list(let items) = state[field.id], !items.isEmpty {
                    try store.setLinks(definition.id, field.id, of: state.id, to: items.compactMap(\.record))
                }
            case .lines(let child):
                guard let lines = state.lines[field.id], !lines.isEmpty else { continue }
                try replaceLines(lines, of: state.id, child: child)
            default: break
            }
        }
    }

    @discardableResult
    func replaceLines(_ lines: [LineState], of parent: RecordID, child: String) throws -> RecordStore.LineChanges {
        guard let object = context.model.object(child) else { throw Rejection.noSuchRecord }
        let stored = lines.map { (id: $0.id, values: storable($0.values, object)) }
        return try store.replaceChildren(of: parent, in: child, with: stored, at: at, by: by)
    }

    /// The values that columns hold.
    func storable(_ values: [String: Value], _ definition: ObjectDefinition) -> [String: Value] {
        values.filter { path, _ in
            guard let field = definition.field(Decider.fieldID(path)), !field.isSystem else { return false }
            return field.hasColumns
        }
    }
}
