import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// A record as it is stored, with its lines.
struct StoredRecord {
    let definition: ObjectDefinition
    let version: Int
    var state: RecordState
    var id: RecordID { state.id }
    var owner: RecordID? { state["owner"].record }
}

struct WrittenRecord {
    let object: String
    let id: RecordID
    var created: [RecordReference] = []
    var opens: RecordReference?
    var warnings: [Problem] = []
    var sequence: Int64 = 0
}

/// Loads what deciding needs, lets Flow decide, and writes row, lines, links, events and roll-ups.
struct RecordWriter {
    let context: ReadContext
    let ids: IDSource
    var command: Command
    let commandID: RecordID
    /// For many records in a row; nil reads them for each.
    var knownRates: Rates?
    /// Where the writes of a long block leave their roll-ups; nil computes them with each write.
    var rollupsLater: RollupsLater?
    /// What was agreed when the baton was handed over; nil when a record's action hands it on by itself.
    var baton: BatonTerms?
    /// Whether an approval does the action: who decided it is settled, and the write voids no approval.
    var decidesApproval = false
    /// For whom the author does it: who stands in for somebody says so.
    var onBehalfOf: RecordID?
    /// How many rules led to this write.
    var depth = 0
    /// One wish writes many records at once: an import, a hand-over.
    var isOneOfMany = false

    /// Whoever gets work by it finds it among their own and is not told of each: an import brings hundreds at once.
    var isSilent: Bool { isOneOfMany || context.actor.origin == .importing }

    var store: RecordStore { context.store }
    var stamp: Stamp? { command.stamp }
    var at: Instant { stamp?.at ?? context.now }
    var by: RecordID? { stamp?.by ?? context.actor.userID }

    // MARK: Load

    /// The record if the actor may see it, with what may be done to it.
    func load(
        _ definition: ObjectDefinition, _ id: RecordID, deleted: RecordQuery.Life = .live
    ) throws -> (StoredRecord, RowMask) {
        let access = context.access.grant(definition.id)
        let own = context.snapshot.ownPaths[definition.id] ?? []
        let paths = own + access.paths.filter { $0.steps.count > 1 && definition.field($0.first)?.isLines != true }
        let row = try store.find(
            definition.id, id, fields: paths, predicates: access.readPredicate.map { [$0] } ?? [],
            context: context.evaluation, deleted: deleted)
        guard let row, access.canRead else { throw Rejection.noSuchRecord }
        let mask = access.masks(for: RowSource(row: row), context.evaluation)
        var state = RecordState(object: definition.id, id: id, values: row.values)
        for field in definition.liveFields {
            if case .links = field.type {
                let found = try store.links(definition.id, field.id, of: [id])[id] ?? []
                state.values[field.id] = .list(found.map { .record($0) })
            }
            guard case .lines(let child) = field.type else { continue }
            let rows = try store.children(of: [id], in: child)[id] ?? []
            state.lines[field.id] = rows.map { LineState(id: $0.id, isNew: false, values: $0.values) }
        }
        return (StoredRecord(definition: definition, version: row.version, state: state), mask)
    }

    // MARK: Create

    func create(
        _ definition: ObjectDefinition, _ change: RecordChange, problems: [Problem], access: ObjectAccess?,
        id: RecordID? = nil
    ) throws -> WrittenRecord {
        let id = id ?? stamp?.id ?? ids.next(at)
        var empty = RecordState(object: definition.id, id: id)
        empty.values = systemValues(id, definition)
        try link(&empty, change: change, definition)
        var problems = problems
        problems += try linkProblems(change, definition)
        try stopAtLinks(problems)
        let intent = try prepared(definition, .create(change), before: empty)
        let decision = try decide(definition, intent, before: empty, owner: empty["owner"].record)
        problems.add(decision.problems)
        problems += try accountProblems(definition, before: nil, after: decision.after)
        problems += calendarProblems(definition, decision.after)
        problems += templateProblems(definition, before: nil, after: decision.after)
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        var state = decision.after
        try settle(&state, before: empty["owner"].record)
        if let access, !context.actor.isSystem {
            let mask = access.masks(for: state, context.evaluation)
            guard mask.actions.contains("create") else { throw Rejection.notAllowed }
        }
        try number(&state, definition)
        var warnings = decision.warnings.map(Problem.init)
        if command.stamp == nil { warnings += try duplicateWarnings(definition, state) }
        try insert(state, definition)
        warnings += try limitWarnings(definition, state)
        var written = WrittenRecord(object: definition.id, id: id, warnings: warnings)
        written.created = [RecordReference(object: definition.id, id: id)]
        written.sequence = try log(
            definition, state, kind: "created", changes: Changes.ofNew(state, definition))
        try remind(definition, before: nil, after: state)
        try climb(definition, before: nil, after: state)
        try noteRepeats(definition, before: nil, after: state)
        try passBaton(definition, before: nil, after: state, kind: "created")
        try keepClocks(definition, before: nil, after: state)
        try refreshRollups(definition, before: nil, after: state)
        try tellOfStandIn(definition, before: nil, after: state)
        written.sequence = max(
            written.sequence, try lookAtRules(definition, .created, state, event: written.sequence))
        return written
    }

    /// Nothing is computed or checked over a record that the author may not link to: what came of it would tell.
    private func stopAtLinks(_ problems: [Problem]) throws(Rejection) {
        if problems.contains(where: { $0.code == Problem.notFound("").code }) { throw .invalid(problems) }
    }

    // MARK: Update

    func update(
        _ definition: ObjectDefinition, _ stored: StoredRecord, _ intent: Intent, kind: String, problems: [Problem]
    ) throws -> WrittenRecord {
        let change = intent.change
        var before = stored.state
        try link(&before, change: change, definition)
        var problems = problems
        problems += try linkProblems(change.onlyNew(comparedTo: stored.state), definition)
        try stopAtLinks(problems)
        let intent = try prepared(definition, intent, before: before)
        let decision = try decide(definition, intent, before: before, owner: stored.owner)
        problems.add(decision.problems)
        problems += try accountProblems(definition, before: stored.state, after: decision.after)
        problems += calendarProblems(definition, decision.after)
        problems += templateProblems(definition, before: stored.state, after: decision.after)
        guard problems.isEmpty else {
            let isFlow = decision.problems.contains {
                ["wrong_state", "condition_not_met", "own_record"].contains($0.code)
            }
            throw isFlow && problems.count == 1
                ? Rejection(.conflict, code: problems[0].code, message: problems[0].message, problems: problems)
                : Rejection.invalid(problems)
        }
        var written = WrittenRecord(
            object: definition.id, id: stored.id, warnings: decision.warnings.map(Problem.init))
        var after = decision.after
        try settle(&after, before: stored.owner)
        let creates = decision.creates.map { ($0, ids.next(at)) }
        for (template, id) in creates { after.keep(id, in: template.line) }
        written.sequence = try write(definition, stored, after: after, kind: kind)
        written.warnings += try limitWarnings(definition, after)
        try tellOfStandIn(definition, before: stored.state, after: after)
        if case .act(let action, _) = intent {
            written.sequence = max(written.sequence, try followUp(definition, action, after))
        }
        for (template, id) in creates {
            let made = try make(template, id: id)
            written.created += made.created
            written.sequence = max(written.sequence, made.sequence)
            if template.opens { written.opens = made.created.first }
        }
        written.sequence = max(
            written.sequence,
            try lookAtRules(definition, kind: kind, before: stored.state, after: after, event: written.sequence))
        return written
    }

    /// Writes what differs and its event. When nothing differs an edit leaves no trace; an action always does.
    private func write(
        _ definition: ObjectDefinition, _ stored: StoredRecord, after: RecordState, kind: String
    ) throws -> Int64 {
        let changes = Changes.between(stored.state, after, definition) + ownershipChanges(stored.state, after)
        let isAction = kind.hasPrefix("action:")
        guard !changes.isEmpty || isAction else { return 0 }
        let changed = after.values.filter { stored.state[$0.key] != $0.value }
        let values = storable(changed, definition).merging(changed.filter { Self.ownership.contains($0.key) }) { $1 }
        _ = try store.update(
            definition.id, stored.id, values: values, expecting: stored.version, at: at, by: by)
        try followLogin(definition, before: stored.state, after: after)
        for field in definition.liveFields {
            switch field.type {
            case .links where stored.state[field.id] != after[field.id]:
                guard case .list(let items) = after[field.id] else { continue }
                try store.setLinks(definition.id, field.id, of: stored.id, to: items.compactMap(\.record))
            case .lines(let child) where stored.state.lines[field.id] != after.lines[field.id]:
                try replaceLines(after.lines[field.id] ?? [], of: stored.id, child: child)
            default: break
            }
        }
        let sequence = try log(definition, after, kind: kind, changes: changes)
        try remind(definition, before: stored.state, after: after)
        try climb(definition, before: stored.state, after: after)
        try noteRepeats(definition, before: stored.state, after: after)
        try passBaton(definition, before: stored.state, after: after, kind: kind)
        try followApprovals(definition, stored.id, changes)
        try keepClocks(definition, before: stored.state, after: after)
        try refreshRollups(definition, before: stored.state, after: after)
        return sequence
    }

    /// A record that an action makes: decided and logged like any other, with the action's authority.
    func make(_ new: NewRecord, id: RecordID) throws -> WrittenRecord {
        guard let definition = context.model.object(new.object), !definition.retired else {
            throw Fault(code: "template", detail: "the object \(new.object) of a template is not there")
        }
        var change = RecordChange(values: try new.values.merging(closings(new, definition)) { _, new in new })
        for (name, lines) in new.lines {
            change.lines[name] = lines.map { LineState(id: ids.next(at), isNew: true, values: $0) }
        }
        return try create(definition, change, problems: [], access: nil, id: id)
    }

    func assign(_ definition: ObjectDefinition, _ stored: StoredRecord, owner: RecordID?) throws -> WrittenRecord {
        var after = stored.state
        after.values["owner"] = owner.map { .record($0) } ?? .null
        try settle(&after, before: stored.owner)
        return try own(definition, stored, after)
    }

    /// Gives a record back to whom it belonged, with the department and region that it had.
    func assign(
        _ definition: ObjectDefinition, _ stored: StoredRecord, back ownership: [String: Value]
    ) throws -> WrittenRecord {
        var after = stored.state
        for name in Self.ownership { after.values[name] = ownership[name] ?? .null }
        return try own(definition, stored, after)
    }

    private func own(
        _ definition: ObjectDefinition, _ stored: StoredRecord, _ after: RecordState
    ) throws -> WrittenRecord {
        let changes = ownershipChanges(stored.state, after)
        var written = WrittenRecord(object: definition.id, id: stored.id)
        guard !changes.isEmpty else { return written }
        let values = after.values.filter { Self.ownership.contains($0.key) }
        _ = try store.update(
            definition.id, stored.id, values: values, expecting: stored.version, at: at, by: by)
        written.sequence = try log(definition, after, kind: "action:assign", changes: changes)
        try remind(definition, before: stored.state, after: after)
        try passBaton(definition, before: stored.state, after: after, kind: "action:assign")
        try keepClocks(definition, before: stored.state, after: after)
        let occasion = RuleOccasion.acted("assign", changed: Set(changes.map(\.field)))
        written.sequence = max(
            written.sequence, try lookAtRules(definition, occasion, after, event: written.sequence))
        return written
    }

    /// - Parameters:
    ///   - kind: of its event, when it is more than going to the bin or coming back.
    ///   - keepsWork: what runs on it goes on: its baton, approvals and workflows are moved by who asks.
    func setDeleted(
        _ definition: ObjectDefinition, _ stored: StoredRecord, deleted: Bool, kind: String? = nil,
        keepsWork: Bool = false
    ) throws -> Int64 {
        let problems = try accountProblems(
            definition, before: deleted ? stored.state : nil, after: deleted ? nil : stored.state)
        if let first = problems.first {
            throw Rejection(.conflict, code: first.code, message: first.message, problems: problems)
        }
        _ = try store.setDeleted(
            definition.id, stored.id, deleted ? at : nil, expecting: stored.version, at: at, by: by)
        let sequence = try log(
            definition, stored.state, kind: kind ?? (deleted ? "deleted" : "restored"), changes: [])
        try remind(definition, before: deleted ? stored.state : nil, after: deleted ? nil : stored.state)
        try climb(definition, before: deleted ? stored.state : nil, after: deleted ? nil : stored.state)
        if !keepsWork {
            try passBaton(
                definition, before: deleted ? stored.state : nil, after: deleted ? nil : stored.state,
                kind: deleted ? "deleted" : "restored")
        }
        if deleted, !keepsWork {
            try followApprovals(definition, stored.id, [], isDeleted: true)
            try WorkflowRinging(context: context, ids: ids).cancelAll(on: stored.id)
        }
        try keepClocks(definition, before: deleted ? stored.state : nil, after: deleted ? nil : stored.state)
        try refreshRollups(
            definition, before: deleted ? stored.state : nil, after: deleted ? nil : stored.state)
        return sequence
    }

    // MARK: Events

    func log(
        _ definition: ObjectDefinition, _ state: RecordState, kind: String, changes: [FieldChange]
    ) throws -> Int64 {
        context.memory.forget(definition.id)
        let actor = context.actor
        let entry = EventEntry(
            sequence: 0, at: at, actor: by, actorName: stamp?.byName ?? actor.name, onBehalfOf: onBehalfOf,
            origin: actor.origin.rawValue, command: commandID, object: definition.id, record: state.id, parent: nil,
            kind: kind, changes: changes, reason: command.reason ?? actor.statedReason,
            modelVersion: context.model.version)
        return Int64(try EventLog(context.connection).append([entry]))
    }

    func decide(
        _ definition: ObjectDefinition, _ intent: Intent, before: RecordState, owner: RecordID?
    ) throws -> Decision {
        let rates = try knownRates ?? Rates.load(for: definition, in: context)
        var isInvolved = false
        if case .act(let action, _) = intent, action.notByOwner, !decidesApproval {
            isInvolved = try Involvement(context: context).isOwn(
                definition, before.id, owner: owner, state: definition.states.flatMap { before[$0.field].text })
        }
        return context.decider(
            definition, owner: decidesApproval ? nil : owner, rates: rates,
            forgivesMissing: context.actor.origin == .importing || stamp != nil || command.dryRun && command.isSketch,
            isInvolved: isInvolved
        ).decide(intent, before: before)
    }
}

extension [Problem] {
    /// A field that could not be read is not missing besides.
    fileprivate mutating func add(_ found: [FlowProblem]) {
        let unreadable = Set(compactMap(\.field))
        self += found.filter { $0.code != "required" || !unreadable.contains($0.field ?? "") }.map(Problem.init)
    }
}

extension Problem {
    init(_ problem: FlowProblem) { self.init(field: problem.field, code: problem.code, message: problem.message) }
}

extension Actor {
    var statedReason: String? { if case .system(let reason) = identity { reason } else { nil } }
}

extension FieldDefinition {
    var isLines: Bool { if case .lines = type { true } else { false } }

    /// Kept in columns of the object's own table.
    var hasColumns: Bool {
        switch type {
        case .lines, .files, .links: false
        default: true
        }
    }
}

extension RecordState {
    /// The line keeps the record that is made for it.
    fileprivate mutating func keep(_ id: RecordID, in place: NewRecord.Place?) {
        guard let place, let index = lines[place.lines]?.firstIndex(where: { $0.id == place.line }) else { return }
        lines[place.lines]?[index].values[place.into] = .record(id)
    }
}
