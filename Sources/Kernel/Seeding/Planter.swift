import Access
import Definitions
import Flow
import Store
import Values

/// Writes records of earlier times and collects their events.
struct Planter {
    let connection: any Connection
    let snapshot: Snapshot
    let actor: Actor
    let ids: IDSource
    let start: Instant
    private(set) var planted = Planted()
    private var rates: Rates?
    let legMemory = LegMemory()

    init(connection: any Connection, snapshot: Snapshot, actor: Actor, ids: IDSource, start: Instant) {
        self.connection = connection
        self.snapshot = snapshot
        self.actor = actor
        self.ids = ids
        self.start = start
    }

    mutating func plant(_ record: PastRecord) throws {
        guard let definition = snapshot.model.object(record.object), let id = record.stamp.id, let at = record.stamp.at
        else { throw Fault(code: "plant", detail: "\(record.object): the object, an id and a time are needed") }
        // Defaults such as TODAY() mean the day on which the record was made.
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: at)
        var stamp = record.stamp
        stamp.leavesRollups = true
        let command = Command(.create(object: record.object, record.draft), stamp: stamp)
        var writer = RecordWriter(context: context, ids: ids, command: command, commandID: id)
        writer.knownRates = try newestRates(context)
        let reader = DraftReader(context: context, definition: definition, ids: PastLine.source(of: id), writable: nil)
        var problems: [Problem] = []
        let change = reader.change(record.draft, stored: [:], &problems)
        var empty = RecordState(object: definition.id, id: id)
        empty.values = writer.systemValues(id, definition)
        try writer.link(&empty, change: change, definition)
        let decision = try writer.decide(definition, .create(change), before: empty, owner: empty["owner"].record)
        problems += decision.problems.map(Problem.init)
        guard problems.isEmpty else { throw Self.fault(record, problems) }
        var state = decision.after
        try writer.number(&state, definition)
        try writer.insert(state, definition)
        if let last = record.steps.last {
            try context.store.setPast(
                definition.id, id, version: record.steps.count + 1, updatedAt: last.at, updatedBy: last.by)
        }
        if let field = definition.liveFields.first(where: { $0.series != nil }), let number = state[field.id].text {
            planted.numbers[id] = number
        }
        note(record, definition, state)
        try plantLegs(record, definition, state)
        try plantLadder(record, definition, state)
    }

    /// The newest rates of this moment; read once, since rates are planted before what uses them.
    private mutating func newestRates(_ context: ReadContext) throws -> Rates {
        if let rates { return rates }
        let found = try snapshot.model.object("inquiry").map { try Rates.load(for: $0, in: context) } ?? .none
        if !found.byCurrency.isEmpty { rates = found }
        return found
    }

    // MARK: Events

    private mutating func note(_ record: PastRecord, _ definition: ObjectDefinition, _ state: RecordState) {
        var known = record.first
        if let states = definition.states, known[states.field] == nil,
            record.steps.contains(where: { $0.sets[states.field] != nil })
        {
            known[states.field] = .text(states.initial)
        }
        var original = state
        for field in Set(record.steps.flatMap(\.sets.keys)) { original.values[field] = known[field] ?? .null }
        let stamp = record.stamp
        append(
            record, kind: "created", at: stamp.at ?? start, by: stamp.by, name: stamp.byName,
            changes: Changes.ofNew(original, definition), reason: nil)
        for step in record.steps {
            let changes = step.sets.sorted { $0.key < $1.key }.compactMap { field, value -> FieldChange? in
                let before = known[field] ?? .null
                known[field] = value
                return before == value ? nil : FieldChange(field: field, before: before, after: value)
            }
            append(
                record, kind: step.kind, at: step.at, by: step.by, name: step.byName, changes: changes,
                reason: step.reason)
        }
    }

    private mutating func append(
        _ record: PastRecord, kind: String, at: Instant, by: RecordID?, name: String?, changes: [FieldChange],
        reason: String?
    ) {
        guard let id = record.stamp.id else { return }
        planted.events.append(
            EventEntry(
                sequence: 0, at: at, actor: by, actorName: name ?? actor.name, onBehalfOf: nil,
                origin: (by == nil ? Origin.system : .page).rawValue, command: id, object: record.object, record: id,
                parent: nil, kind: kind, changes: changes, reason: reason, modelVersion: snapshot.model.version))
    }

    private static func fault(_ record: PastRecord, _ problems: [Problem]) -> Fault {
        let texts = problems.map { ($0.field ?? "") + ": " + $0.message.en }
        let at = record.stamp.at.map(\.description) ?? ""
        return Fault(code: "plant", detail: "\(record.object) of \(at): " + texts.joined(separator: "; "))
    }
}
