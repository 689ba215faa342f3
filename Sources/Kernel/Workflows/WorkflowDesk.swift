import Access
import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Finds runs and tasks for an actor, and says what they may do with them.
struct WorkflowDesk {
    let context: ReadContext
    let people: WorkflowPeople

    init(_ context: ReadContext) throws {
        self.context = context
        people = try WorkflowPeople(context)
    }

    private var connection: any Connection { context.connection }

    var mayDefine: Bool { context.actor.isSystem || context.access.has("define") }

    func mustDefine() throws(Rejection) { if !mayDefine { throw .notAllowed } }

    // MARK: Finding

    /// A version by its id, or the one in force (else the newest) of a key. Up to two statements.
    func version(_ text: String) throws -> WorkflowEntry {
        if let id = RecordID(text), let entry = try Workflows(connection).find(id) { return entry }
        let found = try Workflows(connection).current(text) ?? Workflows(connection).all(key: text, limit: 1).first
        guard let found else { throw Rejection.unknownWorkflow }
        return found
    }

    func load(_ entry: WorkflowEntry) throws -> LoadedWorkflow {
        try context.snapshot.workflows.load(entry, on: connection)
    }

    struct Standing {
        let run: WorkflowRunEntry
        let loaded: LoadedWorkflow
    }

    /// A run whose record the actor sees, or in which they have a part.
    ///
    /// - Throws: the rejection `not_found` for others: absent and unseen look the same.
    func run(_ id: RecordID) throws -> Standing {
        guard let run = try WorkflowRuns(connection).find(id), let entry = try Workflows(connection).find(run.workflow),
            try sees(run)
        else { throw Rejection.noSuchRecord }
        return Standing(run: run, loaded: try load(entry))
    }

    private func sees(_ run: WorkflowRunEntry) throws -> Bool {
        if context.actor.isSystem { return true }
        guard let object = run.object, let record = run.record else { return try hasPart(in: run) }
        return try RecordTitles(context: context).of([RecordReference(object: object, id: record)])[record] != nil
    }

    /// Who began it, who has a task in it or may take one, who may define or audit.
    func hasPart(in run: WorkflowRunEntry) throws -> Bool {
        guard let me = context.actor.userID else { return context.actor.isSystem }
        if run.startedBy == me || mayDefine || context.access.has("audit") { return true }
        return try WorkflowTasks(connection).of([run.id]).contains { task in
            task.holder == me || task.endedBy == me || people.acts(for: task)
                || task.kind == "user" && people.standing(task) != nil
        }
    }

    func task(_ id: RecordID) throws -> (task: WorkflowTaskEntry, standing: Standing) {
        guard let task = try WorkflowTasks(connection).find(id) else { throw Rejection.noSuchRecord }
        return (task, try run(task.run))
    }

    // MARK: What may be done

    func mayCancel(_ run: WorkflowRunEntry, owner: RecordID?) -> Bool {
        guard let me = context.actor.userID else { return context.actor.isSystem }
        return mayDefine || me == run.startedBy || me == owner || people.isAbove(run.startedBy) || people.isAbove(owner)
    }

    /// Whether the actor may say that a program's task is done: who may change the record, or start what has none.
    func mayServe(_ run: WorkflowRunEntry) throws -> Bool {
        if mayDefine { return true }
        guard let object = run.object.flatMap(context.model.object), let record = run.record else {
            return context.actor.userID == run.startedBy
        }
        return try mayChange(object, record)
    }

    func mayChange(_ definition: ObjectDefinition, _ id: RecordID) throws -> Bool {
        let access = context.access.grant(definition.id)
        let own = context.snapshot.ownPaths[definition.id] ?? []
        let paths = own + access.paths.filter { $0.steps.count > 1 && definition.field($0.first)?.isLines != true }
        let row = try context.store.find(
            definition.id, id, fields: paths, predicates: access.readPredicate.map { [$0] } ?? [],
            context: context.evaluation)
        guard let row, access.canRead else { throw Rejection.noSuchRecord }
        return context.actor.isSystem
            || access.masks(for: RowSource(row: row), context.evaluation).actions.contains("update")
    }

    /// - Throws: who was quicker, when a task is over.
    func mustBeOpen(_ task: WorkflowTaskEntry) throws {
        guard let ended = task.endedAt else { return }
        let name = people.person(task.endedBy)?.name ?? ""
        throw Rejection.taskOver(task, by: name, at: WorkflowClock(context).text(ended))
    }

    /// - Throws: who has it, when somebody else does.
    func mustBeFree(_ task: WorkflowTaskEntry) throws {
        guard let holder = task.holder, !people.acts(for: task), !context.actor.isSystem else { return }
        throw Rejection.taskTaken(by: people.person(holder)?.name ?? "")
    }

    /// - Throws: `not_your_task` for whom nobody asks.
    func mustBeAsked(_ task: WorkflowTaskEntry) throws {
        if context.actor.isSystem || people.acts(for: task) { return }
        if task.holder == nil, people.standing(task) != nil { return }
        throw Rejection.notYourTask
    }
}

/// Instants in the words of refusals: the reader's own clock.
struct WorkflowClock {
    private let context: ReadContext

    init(_ context: ReadContext) { self.context = context }

    /// `11-20 10:05`.
    func text(_ instant: Instant) -> String {
        let local = Zones.zone(context.actor.timeZone).localTime(at: instant).description
        return String(local.dropFirst(5).prefix(11)).replacing("T", with: " ")
    }
}

extension Rejection {
    static let unknownWorkflow = Rejection(
        .missing, code: "workflow_unknown", message: Label(zh: "没有这个流程图", en: "There is no such workflow"))
    static let notYourTask = Rejection(
        .forbidden, code: "not_your_task",
        message: Label(zh: "这个流程任务不归你做", en: "This task of a workflow is not for you"))
    static let reasonMissing = Rejection(
        .invalid, code: "required", message: Label(zh: "请写明原因", en: "Please give a reason"),
        problems: [
            Problem(field: "reason", code: "required", message: Label(zh: "请填写", en: "Please fill this in"))
        ])

    static func taskTaken(by name: String) -> Rejection {
        Rejection(
            .conflict, code: "workflow_task_taken",
            message: Label(zh: "\(name) 已领取这个任务", en: "\(name) has taken this task"))
    }

    static func taskOver(_ task: WorkflowTaskEntry, by name: String, at time: String) -> Rejection {
        let message: Label
        switch task.status {
        case "done":
            message =
                name.isEmpty
                ? Label(zh: "这个任务已于 \(time) 完成", en: "This task was done at \(time)")
                : Label(zh: "\(name) 已于 \(time) 完成这个任务", en: "\(name) did this task at \(time)")
        case "given_back":
            message = Label(zh: "\(name) 已于 \(time) 退回这个任务", en: "\(name) gave this task back at \(time)")
        default:
            message = Label(zh: "这个任务已于 \(time) 撤回，不用做了", en: "This task was withdrawn at \(time)")
        }
        return Rejection(.conflict, code: "workflow_task_over", message: message)
    }
}
