import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// An approval as the objects `approval` and `approval_step` keep it.
struct ApprovalRecord {
    static let object = "approval"

    let id: RecordID
    let version: Int
    var state: RecordState
    let approval: ApprovalCase
    let target: RecordReference
    /// Id of the approval's definition.
    let definition: String
    let level: Int

    /// Nil for one that was written down by hand and has no course.
    ///
    /// - Throws: a `Fault` for a course that can't be read: an approval that is running must not look like none.
    init?(_ stored: StoredRecord) throws {
        guard let text = stored.state["course"].text, let target = stored.state["target"].record,
            let object = stored.state["target.object"].text
        else { return nil }
        guard let approval = Self.course(text) else {
            throw Fault(code: "approval", detail: "the course of the approval \(stored.id) can't be read")
        }
        id = stored.id
        version = stored.version
        state = stored.state
        self.approval = approval
        self.target = RecordReference(object: object, id: target)
        definition = stored.state["definition"].text ?? ""
        level = stored.state["level"].decimal.map { Int($0.floor) } ?? 0
    }

    /// What it is about, as it was when it was asked for.
    var amount: ApprovalAmount { ApprovalAmount(json: snapshot?["amount"]) }

    /// Version of the level table that it was begun with.
    var table: Int? { snapshot?["table"]?.whole }

    /// Nil for one that was written down by hand.
    var snapshot: JSONValue? {
        // What can't be read was not written by the house.
        state["snapshot"].text.flatMap { try? JSONReader.read($0) }
    }

    private static func course(_ text: String) -> ApprovalCase? {
        // No JSON is as unreadable as JSON of another shape; the caller says so.
        (try? JSONReader.read(text)).flatMap { ApprovalCase(json: $0) }
    }
}

/// Reads and writes approvals as the house.
struct ApprovalKeeper {
    let house: ReadContext
    let writer: RecordWriter

    private var connection: any Connection { house.connection }

    var object: ObjectDefinition {
        get throws {
            guard let object = house.model.object(ApprovalRecord.object), !object.retired,
                object.field("course") != nil
            else { throw Fault(code: "approval", detail: "the packs have no object that keeps approvals") }
            return object
        }
    }

    /// The approval if there is one with this id; rights are asked elsewhere.
    func find(_ id: RecordID) throws -> ApprovalRecord? {
        let (object, houseWriter) = (try object, houseWriter)
        do {
            return try ApprovalRecord(try connection.beyondSight { try houseWriter.load(object, id).0 })
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }

    /// The newest approvals of a record in one of these states. One statement and those of each.
    func of(_ record: RecordID, _ statuses: Set<ApprovalCase.Status>, definition: String? = nil) throws
        -> [ApprovalRecord]
    {
        guard let object = house.model.object(ApprovalRecord.object), object.field("course") != nil else { return [] }
        let words = statuses.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: ", ")
        let source = "target = \"\(record.description)\" AND status IN (\(words))"
        let condition = try house.filter(source, on: object.id)
        let query = RecordQuery(
            object: object.id, predicates: [condition], context: house.evaluation, fields: [FieldPath(["id"])],
            sort: [SortKey(path: "id", descending: true)], limit: 20)
        let found = try house.store.select(query).compactMap { try find($0.id) }
        return definition.map { id in found.filter { $0.definition == id } } ?? found
    }

    private var houseWriter: RecordWriter {
        RecordWriter(
            context: house, ids: writer.ids, command: writer.command, commandID: writer.commandID, knownRates: nil)
    }

    // MARK: Writing

    struct Asked {
        let id: RecordID
        let target: RecordReference
        let definition: ApprovalDefinition
        let plan: ApprovalPlan
        let snapshot: ApprovalSnapshot
    }

    /// A new approval. Up to five statements, and two for each person asked.
    func add(_ asked: Asked, _ approval: ApprovalCase) throws -> Int64 {
        let object = try object
        var state = RecordState(object: object.id, id: asked.id, values: writer.systemValues(asked.id, object))
        let requester = try house.peopleBook().byID[approval.requester]
        state.values["owner"] = .record(approval.requester)
        state.values["department"] = requester?.department.map { .record($0) } ?? .null
        state.values["region"] = requester?.region.map { .record($0) } ?? .null
        state.values["target"] = .record(asked.target.id)
        state.values["target.object"] = .text(asked.target.object)
        state.values["definition"] = .text(asked.definition.id)
        state.values["requester"] = .record(approval.requester)
        try fill(&state, asked)
        try fill(&state, approval, level: asked.plan.level)
        try writer.insert(state, object)
        try setTimers(asked.id, [], approval)
        return try writer.log(object, state, kind: "created", changes: shown(Changes.ofNew(state, object)))
    }

    /// Writes what became of an approval, with a new basis when it is asked for anew.
    ///
    /// - Throws: `StoreError.stale` when somebody was faster.
    @discardableResult
    func save(
        _ record: ApprovalRecord, _ approval: ApprovalCase, verb: String, asked: Asked? = nil
    ) throws -> Int64 {
        let object = try object
        var state = record.state
        if let asked { try fill(&state, asked) }
        try fill(&state, approval, level: asked?.plan.level ?? record.level)
        let changed = state.values.filter { record.state[$0.key] != $0.value }
        _ = try house.store.update(
            object.id, record.id, values: writer.storable(changed, object), expecting: record.version, at: writer.at,
            by: writer.by)
        if state["copies"] != record.state["copies"], case .list(let people) = state["copies"] {
            try house.store.setLinks(object.id, "copies", of: record.id, to: people.compactMap(\.record))
        }
        if state.lines["steps"] != record.state.lines["steps"] {
            try writer.replaceLines(state.lines["steps"] ?? [], of: record.id, child: "approval_step")
        }
        try setTimers(record.id, record.approval.openTasks, approval)
        var author = writer
        author.onBehalfOf = approval.acts.last { $0.by != nil && $0.by == writer.by }.flatMap {
            approval.acts.count > record.approval.acts.count ? approval.principal(of: $0) : nil
        }
        return try author.log(
            object, state, kind: "action:" + verb, changes: shown(Changes.between(record.state, state, object)))
    }

    /// What an event says of it: the course is written down in the steps already.
    private func shown(_ changes: [FieldChange]) -> [FieldChange] {
        changes.filter { !["course", "snapshot", "digest"].contains($0.field) }
    }

    private func fill(_ state: inout RecordState, _ asked: Asked) throws {
        var builder = JSONBuilder()
        builder.write(asked.snapshot.json)
        state.values["snapshot"] = .text(builder.text)
        state.values["digest"] = .text(asked.snapshot.digest)
        state.values["rule"] = asked.plan.rule.map { .record($0) } ?? .null
        state.values["why_zh"] = .text(asked.plan.why.zh)
        state.values["why_en"] = .text(asked.plan.why.en)
        state.values["is_split"] = .bool(asked.plan.isSplit)
    }

    private func fill(_ state: inout RecordState, _ approval: ApprovalCase, level: Int) throws {
        var builder = JSONBuilder()
        builder.write(approval.json)
        state.values["course"] = .text(builder.text)
        state.values["status"] = .text(approval.status.rawValue)
        state.values["level"] = .decimal(ExactDecimal(level))
        state.values["mode"] = .text(mode(of: approval))
        state.values["copies"] = .list(approval.copies.map { .record($0) })
        state.values["note"] =
            approval.course.tasks.last { !$0.note.isEmpty }.map { .text(String($0.note.prefix(200))) }
            ?? .null
        if approval.status == .pending {
            state.values["ended_at"] = .null
        } else if state["ended_at"].isNull || approval.status != .granted {
            state.values["ended_at"] = .instant(writer.at)
        }
        state.lines["steps"] = try steps(approval, stored: state.lines["steps"] ?? [])
        let dues = approval.openTasks.compactMap { task in
            state.lines["steps"]?[task.number].values["due"]?.instant
        }
        state.values["due"] = dues.min().map { .instant($0) } ?? .null
    }

    private func mode(of approval: ApprovalCase) -> String {
        if approval.stages.count > 1 { return "serial" }
        switch approval.stages.first?.mode {
        case .any: return "any"
        case .sequential: return "serial"
        case .ratio: return "ratio"
        case .all, nil: return (approval.stages.first?.seats.count ?? 0) > 1 ? "parallel" : "serial"
        }
    }

    /// One line for each task; its number is its place.
    private func steps(_ approval: ApprovalCase, stored: [LineState]) throws -> [LineState] {
        let book = try house.peopleBook()
        let words = ApprovalWords(model: house.model)
        func link(_ id: RecordID?) -> Value { id.map { .record($0) } ?? .null }
        func name(_ id: RecordID?) -> String? { id.flatMap { book.byID[$0]?.name } }
        return try approval.course.tasks.map { task in
            let seat = approval.course.seats[task.seat]
            var line =
                stored.indices.contains(task.number)
                ? stored[task.number] : LineState(id: writer.ids.next(writer.at), isNew: true, values: [:])
            if line.isNew {
                let why = words.whyYou(
                    seat, task, standsInFor: name(task.standsInFor), adder: name(seat.addedBy),
                    isBeyondDelegation: approval.acts.contains { $0.verb == "limited" && $0.at == task.openedAt })
                line.values["level"] = .decimal(ExactDecimal(seat.level))
                line.values["role"] = words.isPosition(seat.role) ? .text(seat.role) : .null
                line.values["person"] = .record(task.person)
                line.values["number"] = .decimal(ExactDecimal(task.number))
                line.values["opened_at"] = .instant(task.openedAt)
                line.values["stands_in_for"] = link(task.standsInFor)
                line.values["due"] = .instant(try due(task, seat.hours, book))
                line.values["why_zh"] = .text(String(why.zh.prefix(480)))
                line.values["why_en"] = .text(String(why.en.prefix(480)))
            }
            line.values["delegate"] = link(task.standIn)
            line.values["state"] = .text(task.state.rawValue)
            line.values["decided_by"] = link(task.decidedBy)
            line.values["at"] = task.decidedAt.map { .instant($0) } ?? .null
            line.values["decision"] = words.decision(task.state).map { .text($0) } ?? .null
            line.values["note"] = task.note.isEmpty ? .null : .text(String(task.note.prefix(200)))
            return line
        }
    }

    // MARK: Time

    /// When all of a task's time, or a share of it, is gone by the clock of who is asked.
    private func due(_ task: ApprovalTask, _ hours: Int, _ book: PeopleBook, share: Int = 60) throws -> Instant {
        try book.calendar(of: task.person).deadline(after: task.openedAt, minutes: max(hours, 1) * share)
    }

    /// A timer at half of each open task's time and one at its end; those of tasks that are open no more are taken away.
    private func setTimers(_ id: RecordID, _ before: [ApprovalTask], _ approval: ApprovalCase) throws {
        let timers = Timers(connection)
        let open = approval.openTasks
        for task in before where !open.contains(where: { $0.number == task.number }) {
            for rung in ["half", "full"] {
                try timers.cancel(record: id, kind: ApprovalKeeping.timerKind, rung: "\(rung):\(task.number)")
            }
        }
        let book = try house.peopleBook()
        for task in open where !before.contains(where: { $0.number == task.number }) {
            let hours = approval.course.seats[task.seat].hours
            for (rung, share) in [("half", 30), ("full", 60)] {
                try timers.set(
                    TimerEntry(
                        id: writer.ids.next(writer.at), kind: ApprovalKeeping.timerKind, object: ApprovalRecord.object,
                        record: id, rung: "\(rung):\(task.number)",
                        fireAt: try due(task, hours, book, share: share), payload: ""))
            }
        }
    }
}

extension ApprovalWords {
    func isPosition(_ role: String) -> Bool { model.lists["approver_role"]?.code(role) != nil }

    /// How a task's state reads as a decision; nil for none.
    func decision(_ state: ApprovalTask.State) -> String? {
        switch state {
        case .approved, .rejected, .returned, .advised, .takenBack, .passedOver: state.rawValue
        case .transferred: "delegated"
        case .open, .held, .cancelled, .removed: nil
        }
    }
}
