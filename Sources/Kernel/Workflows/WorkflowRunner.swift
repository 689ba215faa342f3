import Calendars
import Definitions
import Flow
import Interchange
import Store
import Values

/// Moves one run of a workflow, inside the transaction of whatever moves it: its state, tasks, time limits, events,
/// notices and what goes outside stand or fall together.
struct WorkflowRunner {
    let writer: RecordWriter
    let loaded: LoadedWorkflow
    let people: WorkflowPeople
    private(set) var run: WorkflowRunEntry
    /// The last event written.
    private(set) var sequence: Int64 = 0
    private var state: ProcessState
    private var byHouse: [WorkflowTaskEntry] = []
    private var isNew = false

    var context: ReadContext { writer.context }
    var connection: any Connection { context.connection }
    var at: Instant { context.now }

    /// What somebody said with the event.
    struct Words {
        var note: String?
    }

    /// A run that goes on.
    init(_ run: WorkflowRunEntry, by loaded: LoadedWorkflow, writer: RecordWriter) throws {
        self.run = run
        self.loaded = loaded
        self.writer = writer
        people = try WorkflowPeople(writer.context)
        state = try Self.state(of: run)
    }

    /// A run that begins.
    init(of loaded: LoadedWorkflow, on record: RecordReference?, writer: RecordWriter) throws {
        self.loaded = loaded
        self.writer = writer
        people = try WorkflowPeople(writer.context)
        state = ProcessState(of: loaded.graph)
        isNew = true
        run = WorkflowRunEntry(
            id: writer.ids.next(writer.context.now), workflow: loaded.entry.id, object: record?.object,
            record: record?.id, state: "", status: "running", startedAt: writer.context.now,
            startedBy: writer.context.actor.userID)
    }

    static func state(of run: WorkflowRunEntry) throws -> ProcessState {
        // What does not read as a state was not written by this program.
        guard let json = try? JSONReader.read(run.state), let state = ProcessState(json: json) else {
            throw Fault(code: "workflow_state", detail: "the state of workflow run \(run.id) can't be read")
        }
        return state
    }

    // MARK: Moving

    /// Decides what follows and writes it.
    ///
    /// - Throws: a `Rejection` with the reason why the event can't be.
    mutating func move(_ first: ProcessEvent, saying words: Words = Words()) throws {
        if case .start = first { sequence = try log("started", loaded.label) }
        try go(on: first, words)
        try keep()
    }

    /// Decides an event, and then what the house itself does because of it, one after the other.
    private mutating func go(on first: ProcessEvent?, _ words: Words) throws {
        var next = first
        var words = words
        var steps = 0
        while true {
            if let event = next {
                next = nil
                try decide(event, words)
                words = Words()
            } else if !byHouse.isEmpty {
                let task = byHouse.removeFirst()
                guard state.activity(task.activity) != nil else { continue }
                steps += 1
                guard steps <= ProcessLimits.houseSteps else { throw Rejection(ProcessRefusal.tooLong(task.node)) }
                if try carryOut(task) { next = .completed(activity: task.activity) }
            } else {
                return
            }
        }
    }

    private mutating func decide(_ event: ProcessEvent, _ words: Words) throws {
        let result: (state: ProcessState, effects: [ProcessEffect])
        let facts = try facts()
        do throws(ProcessRefusal) {
            result = try loaded.graph.decide(event, state, facts.facts)
        } catch {
            throw Rejection(error)
        }
        state = result.state
        for effect in result.effects { try apply(effect, words, facts) }
    }

    /// Writes where the run stands now.
    private mutating func keep() throws {
        run.state = Self.text(of: state)
        switch state.status {
        case .ready, .running: run.status = "running"
        case .done: run.status = "done"
        case .cancelled: run.status = "cancelled"
        }
        if run.status != "running", run.endedAt == nil { run.endedAt = at }
        if isNew { return try WorkflowRuns(connection).add(run) }
        guard try WorkflowRuns(connection).change(run) else { throw Rejection.workflowMoved }
    }

    static func text(of state: ProcessState) -> String {
        var json = JSONBuilder(escaping: .minimal)
        json.write(state.json)
        return json.text
    }

    /// Takes the run over to another version.
    mutating func take(_ migrated: MigratedProcess, to workflow: RecordID) throws {
        state = migrated.state
        run.workflow = workflow
        let facts = try facts()
        for effect in migrated.effects { try apply(effect, Words(), facts) }
        try follow()
        try go(on: nil, Words())
        sequence = try log("migrated", loaded.label + " v\(loaded.entry.number)")
        try keep()
    }

    mutating func cancel(_ reason: String) throws {
        run.reason = reason
        try move(.cancelled)
        sequence = try log("cancelled", loaded.label + " · " + reason)
    }

    private func facts() throws -> WorkflowFacts {
        let names = loaded.names
        guard !names.isEmpty, let record = record else { return WorkflowFacts(names: [:]) }
        return try record.facts(names)
    }

    var record: WorkflowRecord? {
        guard let object = run.object.flatMap(context.model.object), let id = run.record else { return nil }
        return WorkflowRecord(context: context, definition: object, id: id)
    }

    // MARK: Effects

    private mutating func apply(_ effect: ProcessEffect, _ words: Words, _ facts: WorkflowFacts) throws {
        switch effect {
        case .opened(let activity, let node, let index): try open(activity, node, index, facts)
        case .closed(let activity): try end(activity, "done", "completed", words.note)
        case .givenBack(let activity): try end(activity, "given_back", "given_back", words.note)
        case .withdrawn(let activity): try withdraw(activity)
        case .timerSet(let id, let timer, _, let span): try setTimer(id, timer, span)
        case .timerCleared(let id):
            try Timers(connection).cancel(record: run.id, kind: Self.timerKind, rung: String(id))
        case .timerKept: break
        case .stuck(let nodes):
            let names = nodes.map(loaded.name).joined(separator: ", ")
            sequence = try log("stuck", loaded.label + " · " + names)
            try tell(
                run.startedBy,
                Label(
                    zh: "流程“\(loaded.label)”在“\(names)”等不到其他分支",
                    en: "“\(loaded.label)” waits at “\(names)” for branches that can't come"))
        case .done: sequence = try log("done", loaded.label)
        }
    }

    private mutating func open(_ activity: Int, _ id: String, _ index: Int?, _ facts: WorkflowFacts) throws {
        guard let node = loaded.graph.node(id) else { return }
        let service = node.kind == .serviceTask ? loaded.process.services[id] : nil
        let action = service.flatMap { WorkflowFields(context.model).action(of: $0, on: run.object) }
        let (position, near) = try position(of: node, index, facts)
        let task = WorkflowTaskEntry(
            id: writer.ids.next(at), run: run.id, activity: activity, node: id, name: loaded.name(of: id), item: index,
            kind: node.kind == .serviceTask ? "service" : "user", lane: node.lane,
            position: node.kind == .serviceTask ? "" : position, near: near, action: action?.id,
            topic: action == nil ? service?.topic : nil, object: run.object, record: run.record, openedAt: at)
        try WorkflowTasks(connection).add(task)
        if action != nil {
            byHouse.append(task)
        } else if node.kind == .serviceTask {
            sequence = try log("opened", task.name)
            try call(task)
        } else {
            sequence = try log("opened", task.name)
            try tellCandidates(task)
        }
    }

    /// Who does it: a member of the list that is gone through when that is a colleague, else as the lane says.
    private func position(
        of node: ProcessGraph.Node, _ index: Int?, _ facts: WorkflowFacts
    ) throws -> (position: String, near: RecordID?) {
        let holder = node.lane.flatMap { loaded.lanes[$0] } ?? ""
        let named = try record?.people([holder]) ?? [:]
        let near = named["owner"] ?? run.startedBy
        if let index, let text = node.repetition?.count {
            // A figure that can't be computed was refused when the activity began.
            let items = (try? facts.items(of: node.id, text)) ?? []
            if items.indices.contains(index), let person = items[index].person, people.book.byID[person] != nil {
                return (WorkflowPeople.personal + person.description, near)
            }
        }
        if record?.definition.field(holder) != nil {
            return (named[holder].map { WorkflowPeople.personal + $0.description } ?? "", near)
        }
        return (holder, near)
    }

    private mutating func end(_ activity: Int, _ status: String, _ kind: String, _ note: String?) throws {
        guard var task = try WorkflowTasks(connection).find(run: run.id, activity: activity) else { return }
        task.status = status
        task.endedAt = at
        task.endedBy = people.me
        if let note { task.note = note } else if task.kind == "service" { task.note = nil }
        guard try WorkflowTasks(connection).change(task) else { throw Rejection.workflowMoved }
        sequence = try log(kind, [task.name, note].compactMap { $0 }.joined(separator: " · "))
    }

    /// Nobody needs to do it any more; who has begun is told.
    private mutating func withdraw(_ activity: Int) throws {
        guard var task = try WorkflowTasks(connection).find(run: run.id, activity: activity) else { return }
        task.status = "withdrawn"
        task.endedAt = at
        guard try WorkflowTasks(connection).change(task) else { throw Rejection.workflowMoved }
        guard let holder = task.holder else { return }
        sequence = try log("withdrawn", task.name)
        if holder != people.me {
            try tell(holder, Label(zh: "“\(task.name)”不用做了", en: "“\(task.name)” need not be done any more"))
        }
    }

    private func setTimer(_ id: Int, _ timer: String, _ span: ISOSpan) throws {
        try Timers(connection).set(
            TimerEntry(
                id: writer.ids.next(at), kind: Self.timerKind, object: run.object ?? "", record: run.id,
                rung: String(id), fireAt: at.adding(span, in: Zones.zone(context.actor.timeZone)), payload: timer))
    }

    /// What a limit that runs is called: its own name is not kept by the graph, that of its activity is; nil for none.
    func name(ofTimer number: Int) -> String? {
        guard let running = state.timers.first(where: { $0.id == number }),
            let activity = state.activity(running.activity)
        else { return nil }
        return loaded.name(of: activity.node)
    }

    /// The kind of the timers of runs; they hang at the run, and their rung is the number of the limit in it.
    static let timerKind = "workflow"

    /// Open tasks whose node, lane or name is another in the new version.
    private func follow() throws {
        for var task in try WorkflowTasks(connection).of([run.id]) where task.endedAt == nil {
            guard let activity = state.activity(task.activity), let node = loaded.graph.node(activity.node) else {
                continue
            }
            let before = task
            task.node = node.id
            task.name = loaded.name(of: node.id)
            task.lane = node.lane
            if task.kind == "user", task.item == nil {
                task.position = try position(of: node, nil, try facts()).position
            }
            if task != before, try !WorkflowTasks(connection).change(task) { throw Rejection.workflowMoved }
        }
    }
}

extension Value {
    /// The colleague whom a member of a list is, if it is one.
    fileprivate var person: RecordID? { record ?? text.flatMap { RecordID($0) } }
}

extension Instant {
    /// Months go by the calendar of a zone, the rest by seconds.
    fileprivate func adding(_ span: ISOSpan, in zone: Zone) -> Instant {
        guard span.months > 0 else { return adding(seconds: span.seconds) }
        let local = zone.localTime(at: self)
        let later = LocalTime(day: local.day.adding(months: span.months), secondOfDay: local.secondOfDay)
        return zone.opening(later).adding(seconds: span.seconds)
    }
}
