import Definitions
import Flow
import Store
import Values

/// What the runner does besides moving: the house's own steps, who is told, what goes outside, what is noted.
extension WorkflowRunner {
    /// Does the record's action that a service task names, as the house.
    ///
    /// - Returns: false when it can't be done now: the task then waits with the reason, and can be tried again.
    func carryOut(_ task: WorkflowTaskEntry) throws -> Bool {
        do {
            try connection.savepoint { try act(task) }
            return true
        } catch {
            guard let rejection = Transaction.rejection(error) else { throw error }
            try note(rejection, at: task)
            return false
        }
    }

    /// - Throws: the rejection that the action meets.
    func act(_ task: WorkflowTaskEntry) throws {
        guard let record, let action = record.definition.actions.first(where: { $0.id == task.action }) else {
            throw Rejection.noSuchRecord
        }
        let house = ReadContext(
            connection: connection, snapshot: context.snapshot, actor: .system("workflow " + loaded.entry.key),
            now: at)
        var writer = RecordWriter(
            context: house, ids: self.writer.ids,
            command: Command(.bulk([], atomic: true), reason: loaded.label + " · " + task.name),
            commandID: self.writer.ids.next(at))
        writer.depth = self.writer.depth + 1
        let (stored, _) = try writer.load(record.definition, record.id)
        _ = try writer.update(
            record.definition, stored, .act(action, RecordChange()), kind: "action:" + action.id, problems: [])
    }

    private func note(_ rejection: Rejection, at task: WorkflowTaskEntry) throws {
        let details = rejection.problems.prefix(3).map(\.message)
        let zh = ([rejection.message.zh] + details.map(\.zh)).joined(separator: "；")
        let en = ([rejection.message.en] + details.map(\.en)).joined(separator: "; ")
        if var stored = try WorkflowTasks(connection).find(task.id) {
            stored.note = zh + " / " + en
            guard try WorkflowTasks(connection).change(stored) else { throw Rejection.workflowMoved }
        }
        _ = try log("failed", task.name + " · " + zh + " / " + task.name + " · " + en)
        try tell(
            run.startedBy,
            Label(zh: "流程的“\(task.name)”做不到：\(zh)", en: "“\(task.name)” of a workflow can't be done: \(en)"))
    }

    /// Tells a program outside that a task waits for it.
    func call(_ task: WorkflowTaskEntry) throws {
        let own = task.topic.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
        guard let address = own ?? loaded.entry.hook else { return }
        var json = JSONBuilder(escaping: .minimal)
        json.object { json in
            json.field("url", address)
            json.field("event", "workflow_task.opened")
            json.field("task", task.id.description)
            json.field("run", run.id.description)
            json.field("workflow", loaded.entry.key)
            json.field("node", task.node)
            json.field("name", task.name)
            if let topic = task.topic { json.field("topic", topic) }
            if let object = task.object { json.field("object", object) }
            if let record = task.record { json.field("record", record.description) }
        }
        try Outbox(connection).add(
            key: "workflow:\(task.id):opened", channel: "webhook", payload: json.text, at: at)
    }

    // MARK: Telling

    /// The nearest who may take it. What an import began stands among their tasks and tells nobody.
    func tellCandidates(_ task: WorkflowTaskEntry) throws {
        guard !writer.isSilent else { return }
        let words = Label(
            zh: "流程“\(loaded.label)”有任务：\(task.name)", en: "A task of “\(loaded.label)”: \(task.name)")
        for person in people.candidates(task.position, near: task.near).prefix(5)
        where person != people.me {
            try tell(person, words)
        }
    }

    func tell(_ person: RecordID?, _ words: Label) throws {
        guard let person else { return }
        if let object = run.object, let id = run.record {
            try Teller(context: context, ids: writer.ids, at: at).tell(
                person, kind: "workflow", object: object, record: id, words)
        } else if people.book.byID[person]?.isActive == true {
            try Notifications(connection).add(
                NotificationEntry(
                    id: writer.ids.next(at), user: person, at: at, kind: "workflow", zh: words.zh, en: words.en))
        }
    }

    /// Notes what happened in the record's history, or in that of the run when it runs on none.
    func log(_ kind: String, _ text: String) throws -> Int64 {
        try LegEvents(
            context: context, ids: writer.ids, at: at, command: writer.commandID, by: people.me
        ).add(
            "workflow:" + kind, object: run.object ?? Self.eventObject, record: run.record ?? run.id, reason: text)
    }

    /// Under what the events of runs without a record are kept.
    static let eventObject = "workflow"
}

extension Rejection {
    init(_ refusal: ProcessRefusal) { self.init(.conflict, code: refusal.code, message: refusal.message) }

    static let workflowMoved = Rejection(
        .conflict, code: "workflow_moved",
        message: Label(zh: "流程刚被他人推进，请刷新", en: "Somebody has just moved the workflow; reload"))
}
