import Definitions
import Flow
import Interchange
import Store
import Values

/// Makes what an actor sees of workflows, runs and tasks.
struct WorkflowReader {
    let context: ReadContext
    let desk: WorkflowDesk
    private let counts: [RecordID: [String: Int]]

    /// One statement, and those of the people.
    init(_ context: ReadContext) throws {
        self.context = context
        desk = try WorkflowDesk(context)
        counts = try WorkflowRuns(context.connection).counts()
    }

    func summary(_ entry: WorkflowEntry) -> WorkflowSummary {
        let counts = counts[entry.id] ?? [:]
        return WorkflowSummary(
            id: entry.id, key: entry.key, number: entry.number, name: entry.name, object: entry.object,
            isInForce: entry.retiredAt == nil, createdAt: entry.createdAt,
            createdBy: desk.people.person(entry.createdBy),
            running: counts["running"] ?? 0, done: counts["done"] ?? 0, cancelled: counts["cancelled"] ?? 0)
    }

    // MARK: Runs

    /// Runs in sight with their open tasks, in the order given.
    func runs(_ entries: [WorkflowRunEntry]) throws -> [WorkflowRunSummary] {
        let titles = try titles(entries)
        let versions = try Workflows(context.connection).find(Array(Set(entries.map(\.workflow))))
        let going = entries.filter { $0.status == "running" }.map(\.id)
        let tasks = Dictionary(grouping: try WorkflowTasks(context.connection).of(going), by: \.run)
        let due = try due(going)
        return try entries.compactMap { run in
            guard let version = versions[run.workflow] else { return nil }
            if let record = run.record {
                guard titles[record] != nil || context.actor.isSystem else { return nil }
            } else if try !desk.hasPart(in: run) {
                return nil
            }
            let standing = WorkflowDesk.Standing(run: run, loaded: try desk.load(version))
            let open = (tasks[run.id] ?? []).filter { $0.endedAt == nil }
            return self.run(
                run, version, titles,
                open.map { view($0, standing, titles: titles, due: due[run.id]?[$0.activity], isServing: false) })
        }
    }

    func run(
        _ entry: WorkflowRunEntry, _ version: WorkflowEntry, _ titles: [RecordID: String], _ open: [WorkflowTaskView]
    ) -> WorkflowRunSummary {
        WorkflowRunSummary(
            id: entry.id, workflow: entry.workflow, key: version.key, number: version.number, name: version.name,
            status: entry.status, object: entry.object, record: entry.record,
            title: entry.record.flatMap { titles[$0] }, startedAt: entry.startedAt,
            startedBy: desk.people.person(entry.startedBy), endedAt: entry.endedAt, reason: entry.reason, open: open)
    }

    func titles(_ runs: [WorkflowRunEntry]) throws -> [RecordID: String] {
        try RecordTitles(context: context).of(
            runs.compactMap { run in
                run.object.flatMap { object in run.record.map { RecordReference(object: object, id: $0) } }
            })
    }

    func owner(of run: WorkflowRunEntry) throws -> RecordID? {
        guard let object = run.object.flatMap(context.model.object), let record = run.record else { return nil }
        return try WorkflowRecord(context: context, definition: object, id: record).people([])["owner"]
    }

    // MARK: Time limits

    /// Run → activity → when its next limit fires. Two statements for each run.
    func due(_ runs: [RecordID]) throws -> [RecordID: [Int: Instant]] {
        var out: [RecordID: [Int: Instant]] = [:]
        let entries = try WorkflowRuns(context.connection).find(runs)
        for id in runs {
            guard let entry = entries[id] else { continue }
            let state = try WorkflowRunner.state(of: entry)
            guard !state.timers.isEmpty else { continue }
            let timers = try Timers(context.connection).waiting(record: id)
            for timer in timers where timer.kind == WorkflowRunner.timerKind {
                guard let activity = state.timers.first(where: { String($0.id) == timer.rung })?.activity else {
                    continue
                }
                for task in state.activities where task.id == activity || task.parent == activity {
                    out[id, default: [:]][task.id] = min(out[id]?[task.id] ?? timer.fireAt, timer.fireAt)
                }
            }
        }
        return out
    }

    func timer(
        _ timer: TimerEntry, _ state: ProcessState, _ loaded: LoadedWorkflow
    ) -> WorkflowRunDetail.Timer? {
        guard timer.kind == WorkflowRunner.timerKind,
            let running = state.timers.first(where: { String($0.id) == timer.rung }),
            let limit = loaded.graph.timers.first(where: { $0.id == running.timer })
        else { return nil }
        return WorkflowRunDetail.Timer(
            id: limit.id, node: limit.activity, name: loaded.name(of: limit.activity), firesAt: timer.fireAt,
            interrupts: limit.interrupts)
    }

    // MARK: Tasks

    /// Tasks in sight, in the order given.
    func views(_ tasks: [WorkflowTaskEntry], limit: Int) throws -> [WorkflowTaskView] {
        let runs = try WorkflowRuns(context.connection).find(Array(Set(tasks.map(\.run))))
        let versions = try Workflows(context.connection).find(Array(Set(runs.values.map(\.workflow))))
        let titles = try titles(Array(runs.values))
        let due = try due(Array(runs.keys))
        var seen: Set<RecordID> = []
        var out: [WorkflowTaskView] = []
        for task in tasks where out.count < limit && seen.insert(task.id).inserted {
            guard let run = runs[task.run], let version = versions[run.workflow],
                task.record.map({ titles[$0] != nil || context.actor.isSystem }) ?? true
            else { continue }
            var isServing = false
            if task.kind == "service" {
                isServing = try desk.mayServe(run)
                if task.record == nil, !isServing { continue }
            }
            let standing = WorkflowDesk.Standing(run: run, loaded: try desk.load(version))
            out.append(
                view(task, standing, titles: titles, due: due[run.id]?[task.activity], isServing: isServing))
        }
        return out
    }

    func view(
        _ task: WorkflowTaskEntry, _ standing: WorkflowDesk.Standing, titles: [RecordID: String], due: Instant?,
        isServing: Bool, earlier: [WorkflowRunDetail.Place] = []
    ) -> WorkflowTaskView {
        let people = desk.people
        let isFree = task.endedAt == nil && task.holder == nil && task.kind == "user"
        let candidates = isFree ? people.candidates(task.position, near: task.near).prefix(5) : []
        let lane = task.lane.flatMap { id in standing.loaded.process.lanes.first { $0.id == id }?.name }
        var verbs = verbs(task, isServing: isServing)
        if standing.run.status != "running" { verbs = [] }
        return WorkflowTaskView(
            id: task.id, run: task.run, workflow: standing.loaded.entry.name, node: task.node, name: task.name,
            item: task.item.map { $0 + 1 }, kind: task.kind, lane: lane, status: task.status,
            holder: people.person(task.holder), inStead: people.person(task.inStead),
            candidates: candidates.compactMap { people.person($0) }, openedAt: task.openedAt, takenAt: task.takenAt,
            endedAt: task.endedAt, endedBy: people.person(task.endedBy), note: task.note,
            dueAt: task.endedAt == nil ? due : nil, object: task.object, record: task.record,
            title: task.record.flatMap { titles[$0] }, action: task.action, topic: task.topic, verbs: verbs,
            earlier: verbs.contains("give_back") ? earlier : [],
            form: WorkflowForm(context: context).fields(task, standing.loaded))
    }

    private func verbs(_ task: WorkflowTaskEntry, isServing: Bool) -> Set<String> {
        guard task.endedAt == nil else { return [] }
        if task.kind == "service" { return isServing ? ["complete"] : [] }
        if task.holder == nil {
            return desk.people.standing(task) == nil ? [] : ["take", "complete", "give_back"]
        }
        if desk.people.acts(for: task) { return ["put_back", "complete", "give_back"] }
        return desk.people.isAbove(task.holder) ? ["put_back"] : []
    }

    /// The nodes that the task can be given back to, the latest first: those that the engine would take.
    func earlier(
        _ task: WorkflowTaskEntry, _ state: ProcessState, _ loaded: LoadedWorkflow
    ) -> [WorkflowRunDetail.Place] {
        guard task.endedAt == nil, task.kind == "user" else { return [] }
        var seen: Set<String> = [task.node]
        return state.visits.sorted { $0.at > $1.at }.compactMap { visit in
            guard seen.insert(visit.node).inserted, loaded.graph.node(visit.node)?.kind == .userTask else { return nil }
            // What the engine refuses is no way back; nothing is kept of the trial.
            let trial = try? loaded.graph.decide(.givenBack(from: task.activity, to: visit.node), state)
            return trial == nil ? nil : .init(node: visit.node, name: loaded.name(of: visit.node))
        }
    }

    // MARK: The drawing

    static func drawing(_ loaded: LoadedWorkflow) -> WorkflowDrawing {
        let graph = loaded.graph
        let lanes = Dictionary(
            loaded.process.lanes.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let timers = Dictionary(graph.timers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let conditions = Dictionary(
            graph.flows.map { ($0.id, $0.condition) }, uniquingKeysWith: { first, _ in first })
        let nodes = loaded.picture.shapes.compactMap { shape -> WorkflowDrawing.Node? in
            let kind: String
            let name: String
            if let node = graph.node(shape.element) {
                kind = node.kind.word
                name = node.name ?? ""
            } else if let lane = lanes[shape.element] {
                (kind, name) = ("lane", lane)
            } else if let timer = timers[shape.element] {
                (kind, name) = ("timer", timer.span.text)
            } else {
                return nil
            }
            return WorkflowDrawing.Node(
                id: shape.element, kind: kind, name: name, x: shape.x, y: shape.y, width: shape.width,
                height: shape.height)
        }
        let lines = loaded.picture.edges.filter { conditions[$0.element] != nil }.map { edge in
            WorkflowDrawing.Line(
                id: edge.element, points: edge.points.map { WorkflowDrawing.Point(x: $0.x, y: $0.y) },
                condition: conditions[edge.element] ?? nil)
        }
        return WorkflowDrawing(
            nodes: nodes.filter { $0.kind == "lane" } + nodes.filter { $0.kind == "subprocess" }
                + nodes.filter { $0.kind != "lane" && $0.kind != "subprocess" }, lines: lines)
    }
}

extension ProcessGraph.Kind {
    /// The word for programs.
    var word: String {
        switch self {
        case .start: "start"
        case .end: "end"
        case .userTask: "user"
        case .serviceTask: "service"
        case .exclusive: "exclusive"
        case .parallel: "parallel"
        case .inclusive: "inclusive"
        case .subprocess: "subprocess"
        }
    }
}
