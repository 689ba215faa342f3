import Access
import Definitions
import Flow
import Interchange
import Store
import Values

extension WorkflowList {
    package func answer(in context: ReadContext) throws -> [WorkflowSummary] {
        let store = Workflows(context.connection)
        if let object {
            let found = try store.inForce(on: object, limit: 2000)
            // Most objects have none: who could do what with them needs no looking up.
            return found.isEmpty ? [] : found.map(try WorkflowReader(context).summary)
        }
        var seen: Set<String> = []
        // Of each key the first is the newest; one that is in force is always the newest.
        return try store.all(limit: 2000).filter { seen.insert($0.key).inserted }.map(
            try WorkflowReader(context).summary)
    }
}

extension WorkflowOf {
    package func answer(in context: ReadContext) throws -> WorkflowDetail {
        let reader = try WorkflowReader(context)
        let entry = try reader.desk.version(workflow)
        guard let bytes = try Workflows(context.connection).file(entry.id),
            let settings = WorkflowSettings(entry.settings)
        else { throw Fault(code: "workflow_unreadable", detail: "workflow \(entry.id) has no file") }
        let reading = try WorkflowReading(
            WorkflowFile(
                bytes: bytes, key: entry.key, process: settings.process, object: entry.object, lanes: settings.lanes,
                hook: entry.hook), context)
        let versions = try Workflows(context.connection).all(key: entry.key, limit: 200)
        let latest = try WorkflowRuns(context.connection).latest(versions.map(\.id), limit: Limits.rows(runs))
        let running = try WorkflowRuns(context.connection).by(entry.id, status: "running", limit: 2000)
        var openAt: [String: Int] = [:]
        for task in try WorkflowTasks(context.connection).of(running.map(\.id)) where task.endedAt == nil {
            openAt[task.node, default: 0] += 1
        }
        return WorkflowDetail(
            summary: reader.summary(entry), report: reading.report(number: entry.number),
            drawing: WorkflowReader.drawing(try reader.desk.load(entry)), versions: versions.map(reader.summary),
            runs: try reader.runs(latest), openAt: openAt, mayDefine: reader.desk.mayDefine)
    }
}

extension WorkflowFileOf {
    package func answer(in context: ReadContext) throws -> (name: String, bytes: [UInt8]) {
        let desk = try WorkflowDesk(context)
        guard desk.mayDefine || context.access.has("audit") else { throw Rejection.notAllowed }
        let entry = try desk.version(workflow)
        guard let bytes = try Workflows(context.connection).file(entry.id) else { throw Rejection.unknownWorkflow }
        return ("\(entry.key)-v\(entry.number).bpmn", bytes)
    }
}

extension WorkflowRunsOf {
    package func answer(in context: ReadContext) throws -> [WorkflowRunSummary] {
        _ = try context.ask(ShowRecord(object: object, id: record, fields: [], withLines: false))
        let entries = try WorkflowRuns(context.connection).of(record, limit: Limits.rows(limit))
        return entries.isEmpty ? [] : try WorkflowReader(context).runs(entries)
    }
}

extension WorkflowRunOf {
    package func answer(in context: ReadContext) throws -> WorkflowRunDetail {
        let reader = try WorkflowReader(context)
        let standing = try reader.desk.run(run)
        let state = try WorkflowRunner.state(of: standing.run)
        let tasks = try WorkflowTasks(context.connection).of([run])
        let due = try reader.due([run])[run] ?? [:]
        let titles = try reader.titles([standing.run])
        let isServing = try standing.run.status == "running" && reader.desk.mayServe(standing.run)
        let views = tasks.map { task in
            reader.view(
                task, standing, titles: titles, due: due[task.activity], isServing: isServing,
                earlier: reader.earlier(task, state, standing.loaded))
        }
        let (loaded, graph) = (standing.loaded, standing.loaded.graph)
        let timers = try Timers(context.connection).waiting(record: run).compactMap { timer in
            reader.timer(timer, state, loaded)
        }
        var waiting: [WorkflowRunDetail.Place] = []
        for token in state.waiting {
            guard let node = graph.flows.first(where: { $0.id == token.flow })?.to else { continue }
            let place = WorkflowRunDetail.Place(node: node, name: loaded.name(of: node))
            if !waiting.contains(place) { waiting.append(place) }
        }
        let owner = try reader.owner(of: standing.run)
        let passed = Set(tasks.filter { $0.status == "done" }.map(\.node))
        let isRunning = standing.run.status == "running"
        return WorkflowRunDetail(
            run: reader.run(standing.run, loaded.entry, titles, views.filter { $0.endedAt == nil }), tasks: views,
            timers: timers, waiting: waiting, drawing: WorkflowReader.drawing(loaded), passed: passed,
            mayCancel: isRunning && reader.desk.mayCancel(standing.run, owner: owner))
    }
}

extension MyWorkflowTasks {
    package func answer(in context: ReadContext) throws -> [WorkflowTaskView] {
        guard let me = context.actor.userID else { return [] }
        let reader = try WorkflowReader(context)
        let store = WorkflowTasks(context.connection)
        let limit = Limits.rows(limit)
        var mine: [WorkflowTaskEntry] = []
        let book = reader.desk.people.book
        let others = book.delegations.filter { $0.to == me }.map(\.from).filter {
            book.present($0, at: context.now) == me
        }
        for person in [me] + others { mine += try store.held(by: person, limit: limit) }
        var free: [WorkflowTaskEntry] = []
        for place in try store.waited() {
            let people = reader.desk.people.holders(place.position, near: place.near)
            guard people.contains(me) || people.contains(where: { reader.desk.people.standsIn(me, for: $0) }) else {
                continue
            }
            free += try store.open(position: place.position, near: place.near, limit: limit)
        }
        free.sort { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
        return try reader.views(Array((mine + free).prefix(limit * 2)), limit: limit)
    }
}

extension WorkflowServices {
    package func answer(in context: ReadContext) throws -> [WorkflowTaskView] {
        let tasks = try WorkflowTasks(context.connection).services(topic: topic, limit: Limits.rows(limit))
        return try WorkflowReader(context).views(tasks, limit: Limits.rows(limit))
    }
}
