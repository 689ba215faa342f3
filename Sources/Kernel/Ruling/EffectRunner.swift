import Definitions
import Expressions
import Flow
import Store
import Values

/// Does the steps of a rule or a clock to a record, in order.
struct EffectRunner {
    /// The house.
    let writer: RecordWriter
    let definition: ObjectDefinition
    /// Who did what led here, for `ME()` and the like.
    let evaluation: EvaluationContext
    /// The same whenever this is done again: what is told outside carries it.
    let key: String

    private var context: ReadContext { writer.context }

    struct Done {
        var words = Label(zh: "", en: "")
        var sequence: Int64 = 0

        mutating func note(_ zh: String, _ en: String, _ sequence: Int64 = 0) {
            words = Label(
                zh: [words.zh, zh].filter { !$0.isEmpty }.joined(separator: "；"),
                en: [words.en, en].filter { !$0.isEmpty }.joined(separator: "; "))
            self.sequence = max(self.sequence, sequence)
        }
    }

    /// - Throws: a `Rejection` when a step can't be done.
    func run(_ effects: [EffectDefinition], on id: RecordID) throws -> Done {
        var done = Done()
        for (index, effect) in effects.enumerated() {
            // Each step sees what the one before it has done.
            var (stored, _) = try writer.load(definition, id)
            try writer.link(&stored.state, change: RecordChange(), definition)
            switch effect {
            case .set(let sets): try set(sets, stored, &done)
            case .create(let template): try create(template, stored, &done)
            case .assign(let assignment): try assign(assignment, stored, &done)
            case .notify(let notice): try notify(notice, stored, &done)
            case .start(let workflow): try start(workflow, stored, &done)
            case .send(let channel, let values): try send(channel, values, stored, number: index + 1, &done)
            }
        }
        return done
    }

    private func set(_ sets: [FieldAssignment], _ stored: StoredRecord, _ done: inout Done) throws {
        var change = RecordChange()
        for assignment in sets {
            change.values[assignment.field] = try value(assignment, stored.state)
        }
        let written = try writer.update(definition, stored, .update(change), kind: "updated", problems: [])
        let fields = sets.map { definition.field($0.field)?.label ?? Label(zh: $0.field, en: $0.field) }
        done.note(
            "已改 " + fields.map(\.zh).joined(separator: "、"), "set " + fields.map(\.en).joined(separator: ", "),
            written.sequence)
    }

    private func create(_ template: RecordTemplate, _ stored: StoredRecord, _ done: inout Done) throws {
        guard let target = context.model.object(template.object), !target.retired else { throw Rejection.noSuchRecord }
        let decider = context.decider(definition, owner: stored.owner, evaluation: evaluation)
        let (made, problems) = decider.records(from: template, source: stored.state)
        guard problems.isEmpty else { throw Rejection.invalid(problems.map(Problem.init)) }
        var change = RecordChange()
        var last: Int64 = 0
        for record in made.prefix(Self.mostMade) {
            var values = record.values
            if values["owner"] == nil, let owner = stored.owner { values["owner"] = .record(owner) }
            let id = writer.ids.next(writer.at)
            let written = try writer.make(
                NewRecord(object: record.object, values: values, lines: record.lines, opens: false), id: id)
            last = max(last, written.sequence)
            change.keep(id, in: record.line, of: stored.state)
        }
        if !change.lines.isEmpty {
            // The lines keep what was made for them: done again, the rule makes nothing twice.
            let kept = try writer.update(definition, stored, .update(change), kind: "updated", problems: [])
            last = max(last, kept.sequence)
        }
        let count = min(made.count, Self.mostMade)
        if count == 0 { return done.note("没有要建的 " + target.label.zh, "nothing to make: " + target.label.en) }
        done.note(
            count == 1 ? "已建 " + target.label.zh : "已建 \(count) 个 " + target.label.zh,
            count == 1 ? "made " + target.label.en : "made \(count): " + target.label.en, last)
    }

    /// Records that one step makes at most: those of a long document's lines.
    private static let mostMade = 500

    private func assign(_ assignment: AssignmentDefinition, _ stored: StoredRecord, _ done: inout Done) throws {
        let chosen = try Assigning(context: context).choose(assignment, definition, stored.state)
        guard let chosen else {
            throw Rejection(
                .conflict, code: "nobody_there",
                message: Label(zh: "没有在岗的 \(assignment.role)", en: "Nobody holds \(assignment.role) and is there"))
        }
        let name = try context.peopleBook().byID[chosen]?.name ?? ""
        let written = try writer.assign(definition, stored, owner: chosen)
        done.note("已分配给 " + name, "assigned to " + name, written.sequence)
    }

    private func notify(_ notice: NoticeDefinition, _ stored: StoredRecord, _ done: inout Done) throws {
        let book = try context.peopleBook()
        if notice.isField, case .list(let items) = stored.state[notice.to] {
            return try notify(all: items.compactMap(\.record), notice, stored, &done)
        }
        let people =
            notice.isField
            ? [stored.state[notice.to].record].compactMap { $0 }
            : book.holders(
                of: notice.to, near: stored.owner, knownRoles: Set(context.model.roles.map(\.id)))
        let told = try Notices(context: context, ids: writer.ids).tell(
            firstOf: people.compactMap { book.present($0, at: context.now) }, of: definition, stored.id, kind: "rule",
            priority: notice.priority, { _ in notice.message })
        let name = told.flatMap { book.byID[$0]?.name }
        done.note(
            name.map { "已通知 " + $0 } ?? "没有可通知的人", name.map { "told " + $0 } ?? "nobody to tell")
    }

    /// Several people named by one field, each for themself.
    private func notify(
        all people: [RecordID], _ notice: NoticeDefinition, _ stored: StoredRecord, _ done: inout Done
    ) throws {
        let book = try context.peopleBook()
        var names: [String] = []
        for person in people.prefix(20) {
            let told = try Notices(context: context, ids: writer.ids).tell(
                firstOf: [book.present(person, at: context.now)].compactMap { $0 }, of: definition, stored.id,
                kind: "rule", priority: notice.priority, { _ in notice.message })
            if let name = told.flatMap({ book.byID[$0]?.name }) { names.append(name) }
        }
        let all = names.joined(separator: "、")
        done.note(names.isEmpty ? "没有可通知的人" : "已通知 " + all, names.isEmpty ? "nobody to tell" : "told " + all)
    }

    private func send(
        _ channel: String, _ values: [FieldAssignment], _ stored: StoredRecord, number: Int, _ done: inout Done
    ) throws {
        var json = JSONBuilder(escaping: .minimal)
        try json.object { json in
            json.field("object", definition.id)
            json.field("record", stored.id.description)
            for assignment in values {
                json.key(assignment.field)
                json.write(try value(assignment, stored.state))
            }
        }
        try Outbox(context.connection).add(
            key: key + ":\(number)", channel: channel, payload: json.text, at: context.now)
        done.note(channel == "mail" ? "邮件待发" : "已交给 webhook", channel == "mail" ? "mail waits" : "webhook waits")
    }

    /// The house begins a run; what is near its tasks is the record's owner.
    private func start(_ key: String, _ stored: StoredRecord, _ done: inout Done) throws {
        guard let entry = try Workflows(context.connection).current(key), entry.object == definition.id else {
            throw Rejection.unknownWorkflow
        }
        let loaded = try context.snapshot.workflows.load(entry, on: context.connection)
        var runner = try WorkflowRunner(
            of: loaded, on: RecordReference(object: definition.id, id: stored.id), writer: writer)
        try runner.move(.start)
        done.note("已启动流程 " + entry.name, "started " + entry.name, runner.sequence)
    }

    private func value(_ assignment: FieldAssignment, _ record: RecordState) throws -> Value {
        do {
            return try assignment.value.evaluate(record, evaluation)
        } catch {
            throw Rejection.invalid([
                Problem(
                    field: assignment.field, code: "calculation",
                    message: Label(zh: "“\(assignment.field)” 算不出来", en: "“\(assignment.field)” can't be computed"))
            ])
        }
    }
}

extension RecordChange {
    /// The line keeps the record that is made for it; all lines of the document with it.
    fileprivate mutating func keep(_ id: RecordID, in place: NewRecord.Place?, of record: RecordState) {
        guard let place else { return }
        var all = lines[place.lines] ?? record.lines[place.lines] ?? []
        guard let index = all.firstIndex(where: { $0.id == place.line }) else { return }
        all[index].values[place.into] = .record(id)
        lines[place.lines] = all
    }
}
