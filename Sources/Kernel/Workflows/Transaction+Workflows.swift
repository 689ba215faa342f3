import Access
import Definitions
import Flow
import Interchange
import Store
import Values

/// The verbs of workflows.
extension Transaction {
    func workflow(_ step: WorkflowCommand) throws -> Outcome {
        switch step {
        case .bring(let file): try bring(file)
        case .retire(let key): try retire(key)
        case .start(let key, let record): try start(key, on: record)
        case .take(let task): try take(task)
        case .putBack(let task): try putBack(task)
        case .complete(let task, let done): try complete(task, done)
        case .giveBack(let task, let node, let reason): try giveBack(task, to: node, reason)
        case .cancel(let run, let reason): try cancel(run, reason)
        case .migrate(let move): try WorkflowMigration(context: context, writer: writer).run(move)
        }
    }

    // MARK: Versions

    private func bring(_ file: WorkflowFile) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        try desk.mustDefine()
        let reading = try WorkflowReading(file, context)
        let store = Workflows(context.connection)
        let settings = reading.settings.text
        // The same file again is the version that is there.
        if let current = try store.current(reading.key), current.settings == settings, current.hook == file.hook,
            current.object == file.object, try store.file(current.id) == file.bytes
        {
            let report = reading.report(number: current.number)
            return Outcome(workflow: WorkflowOutcome(version: current.id, report: report))
        }
        let number = try store.newest(reading.key) + 1
        let report = reading.report(number: number)
        if command.dryRun { return Outcome(workflow: WorkflowOutcome(report: report)) }
        guard report.isRunnable, let process = reading.process else { throw Rejection.notRunnable(report) }
        try store.retire(reading.key, at: context.now, by: context.actor.userID)
        let entry = WorkflowEntry(
            id: ids.next(context.now), key: reading.key, number: number, graph: process.graph.version,
            name: reading.name, object: file.object, settings: settings, hook: file.hook, createdAt: context.now,
            createdBy: context.actor.userID)
        try store.add(entry, file: file.bytes)
        let sequence = try note("brought", entry)
        return Outcome(sequence: sequence, workflow: WorkflowOutcome(version: entry.id, report: report))
    }

    private func retire(_ key: String) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        try desk.mustDefine()
        let entry = try desk.version(key)
        try Workflows(context.connection).retire(entry.key, at: context.now, by: context.actor.userID)
        return Outcome(sequence: try note("retired", entry), workflow: WorkflowOutcome(version: entry.id))
    }

    /// What happens to workflows themselves is kept in the log beside what happens to records.
    private func note(_ kind: String, _ entry: WorkflowEntry) throws -> Int64 {
        try LegEvents(context: context, ids: ids, at: context.now, command: commandID, by: context.actor.userID).add(
            "workflow:" + kind, object: WorkflowRunner.eventObject, record: entry.id,
            reason: "\(entry.key) v\(entry.number)")
    }

    // MARK: Runs

    private func start(_ key: String, on record: RecordReference?) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        guard let entry = try Workflows(context.connection).current(key) else { throw Rejection.unknownWorkflow }
        guard entry.object == record?.object else { throw Rejection.otherObject(entry) }
        if let record {
            guard let definition = context.model.object(record.object), !definition.retired else {
                throw Rejection.noSuchRecord
            }
            guard try desk.mayChange(definition, record.id) else { throw Rejection.notAllowed }
        }
        var runner = try WorkflowRunner(of: try desk.load(entry), on: record, writer: writer)
        try runner.move(.start)
        return Outcome(sequence: runner.sequence, workflow: WorkflowOutcome(run: runner.run.id))
    }

    private func cancel(_ id: RecordID, _ reason: String) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        let standing = try desk.run(id)
        var runner = try WorkflowRunner(standing.run, by: standing.loaded, writer: writer)
        let owner = try runner.record?.people([])["owner"]
        guard desk.mayCancel(standing.run, owner: owner) else { throw Rejection.notAllowed }
        guard !reason.trimmed.isEmpty else { throw Rejection.reasonMissing }
        try runner.cancel(reason.trimmed)
        return Outcome(sequence: runner.sequence, workflow: WorkflowOutcome(run: id))
    }

    // MARK: Tasks

    private func take(_ id: RecordID) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        var (task, standing) = try desk.task(id)
        let outcome = Outcome(workflow: WorkflowOutcome(run: task.run))
        try desk.mustBeOpen(task)
        guard let me = context.actor.userID, task.kind == "user" else { throw Rejection.notYourTask }
        if task.holder == me { return outcome }
        if let holder = task.holder { throw Rejection.taskTaken(by: desk.people.person(holder)?.name ?? "") }
        guard let person = desk.people.standing(task) else { throw Rejection.notYourTask }
        task.status = "taken"
        task.holder = me
        task.inStead = person == me ? nil : person
        task.takenAt = context.now
        guard try WorkflowTasks(context.connection).change(task) else { throw Rejection.workflowMoved }
        let runner = try WorkflowRunner(standing.run, by: standing.loaded, writer: writer)
        return Outcome(sequence: try runner.log("taken", task.name), workflow: outcome.workflow)
    }

    private func putBack(_ id: RecordID) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        var (task, standing) = try desk.task(id)
        try desk.mustBeOpen(task)
        guard task.holder != nil else { return Outcome(workflow: WorkflowOutcome(run: task.run)) }
        guard context.actor.isSystem || desk.people.acts(for: task) || desk.people.isAbove(task.holder) else {
            throw Rejection.taskTaken(by: desk.people.person(task.holder)?.name ?? "")
        }
        task.status = "open"
        task.holder = nil
        task.inStead = nil
        task.takenAt = nil
        guard try WorkflowTasks(context.connection).change(task) else { throw Rejection.workflowMoved }
        let runner = try WorkflowRunner(standing.run, by: standing.loaded, writer: writer)
        try runner.tellCandidates(task)
        return Outcome(
            sequence: try runner.log("put_back", task.name), workflow: WorkflowOutcome(run: task.run))
    }

    private func complete(_ id: RecordID, _ done: WorkflowDone) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        let (task, standing) = try desk.task(id)
        try desk.mustBeOpen(task)
        if task.kind == "user" {
            try desk.mustBeFree(task)
            try desk.mustBeAsked(task)
            try claim(task, desk)
        } else {
            guard try desk.mayServe(standing.run) else { throw Rejection.notYourTask }
        }
        var runner = try WorkflowRunner(standing.run, by: standing.loaded, writer: writer)
        if task.action != nil { try runner.act(task) }
        var sequence: Int64 = 0
        if !done.values.fields.isEmpty || !done.values.lines.isEmpty {
            guard let object = task.object, let record = task.record else { throw Rejection.noRecordToWrite }
            sequence = try update(object, record, done.values, done.expecting).sequence
        }
        if task.kind == "user" { try WorkflowForm(context: context).mustBeFilled(task, standing.loaded) }
        let note = done.note.trimmed
        try runner.move(
            .completed(activity: task.activity),
            saying: WorkflowRunner.Words(note: note.isEmpty ? nil : String(note.prefix(2000))))
        return Outcome(
            sequence: max(sequence, runner.sequence), workflow: WorkflowOutcome(run: task.run))
    }

    /// Who ends a task without having taken it takes it first.
    private func claim(_ task: WorkflowTaskEntry, _ desk: WorkflowDesk) throws {
        guard task.holder == nil, let me = context.actor.userID else { return }
        var task = task
        let person = desk.people.standing(task)
        task.status = "taken"
        task.holder = me
        task.inStead = person == me ? nil : person
        task.takenAt = context.now
        guard try WorkflowTasks(context.connection).change(task) else { throw Rejection.workflowMoved }
    }

    private func giveBack(_ id: RecordID, to node: String, _ reason: String) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        let (task, standing) = try desk.task(id)
        try desk.mustBeOpen(task)
        guard task.kind == "user" else { throw Rejection.notYourTask }
        try desk.mustBeFree(task)
        try desk.mustBeAsked(task)
        guard !reason.trimmed.isEmpty else { throw Rejection.reasonMissing }
        var runner = try WorkflowRunner(standing.run, by: standing.loaded, writer: writer)
        try runner.move(
            .givenBack(from: task.activity, to: node),
            saying: WorkflowRunner.Words(note: String(reason.trimmed.prefix(2000))))
        return Outcome(sequence: runner.sequence, workflow: WorkflowOutcome(run: task.run))
    }
}

extension Rejection {
    fileprivate static let noRecordToWrite = Rejection(
        .invalid, code: "no_record",
        message: Label(zh: "这个流程不在记录上运行，没有字段可填", en: "This workflow runs on no record; there is no field to fill"))

    fileprivate static func otherObject(_ entry: WorkflowEntry) -> Rejection {
        let object = entry.object ?? "—"
        return Rejection(
            .invalid, code: "workflow_object",
            message: Label(
                zh: entry.object == nil ? "这个流程图不在记录上运行" : "这个流程图在“\(object)”的记录上运行",
                en: entry.object == nil
                    ? "This workflow runs on no record" : "This workflow runs on records of “\(object)”"))
    }

    fileprivate static func notRunnable(_ report: WorkflowReport) -> Rejection {
        Rejection(
            .invalid, code: "workflow_not_runnable",
            message: Label(
                zh: "流程图还不能运行，没有保存：\(report.problems.count) 处须改",
                en: "The workflow can't run yet and was not kept: \(report.problems.count) things to mend"),
            problems: report.problems)
    }
}
