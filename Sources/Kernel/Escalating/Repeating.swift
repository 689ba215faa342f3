import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// The same cause for the n-th time within some days: who holds the position gets a task to better things. Once for
    /// each such row of times: while the task is open, or younger than those days, there is no second one.
    func noteRepeats(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        guard stamp == nil, let after else { return }
        for rule in definition.repeats where !after[rule.field].isNull {
            func counts(_ state: RecordState) -> Bool {
                !state[rule.at].isNull && rule.condition?.matches(state, context.evaluation) ?? true
            }
            guard counts(after) else { continue }
            if let before, counts(before), before[rule.field] == after[rule.field] { continue }
            try Repeating(writer: self, definition: definition, rule: rule).look(at: after)
        }
    }
}

private struct Repeating {
    let writer: RecordWriter
    let definition: ObjectDefinition
    let rule: RepeatDefinition

    private var context: ReadContext { writer.context }

    func look(at record: RecordState) throws {
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("repeat " + rule.id),
            now: writer.at.adding(seconds: -rule.days * 86_400))
        guard let same = Self.literal(record[rule.field]) else { return }
        // The first day that counts is the now of this question: instants have no literal.
        let since = definition.field(rule.at)?.type == .day ? "TODAY()" : "NOW()"
        let predicates =
            [try house.filter("\(rule.field) = \(same) AND \(rule.at) >= \(since)", on: definition.id)]
            + (rule.condition.map { [$0] } ?? [])
        let rows = try house.store.select(
            RecordQuery(
                object: definition.id, predicates: predicates, context: house.evaluation, fields: [FieldPath(["id"])],
                limit: 200))
        guard rows.count >= rule.times, try !isKnown(since: house.now, same) else { return }
        try open(record, rows.count)
    }

    /// Whether a task about this cause is there already: its note ends with the mark of the cause.
    private func isKnown(since: Instant, _ same: String) throws -> Bool {
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("repeat " + rule.id), now: since)
        let source = "ENDSWITH(note, \(Self.quoted(mark(same)))) AND (status = \"open\" OR created_at >= NOW())"
        guard context.model.object("task")?.field("note") != nil else { return true }
        return try house.store.count(
            RecordQuery(
                object: "task", predicates: [try house.filter(source, on: "task")], context: house.evaluation), cap: 1
        ).count > 0
    }

    private func mark(_ same: String) -> String {
        "[" + definition.id + "." + rule.id + ":" + same.filter { $0 != "\"" } + "]"
    }

    private func open(_ record: RecordState, _ count: Int) throws {
        guard let task = context.model.object("task"), !task.retired, let same = Self.literal(record[rule.field]) else {
            return
        }
        let book = try context.peopleBook()
        let owner = record["owner"].record
        let holders = book.holders(of: rule.to, near: owner, knownRoles: Set(context.model.roles.map(\.id)))
        guard let person = holders.lazy.compactMap({ book.present($0, at: writer.at) }).first ?? owner else { return }
        let name = try cause(record)
        let due = try book.calendar(of: person).deadline(after: writer.at, workingDays: rule.due)
        var values: [String: Value] = [
            "title": .text(
                rule.label.zh + "：" + name + " (" + String(count) + ") / " + rule.label.en + ": " + name),
            "assignee": .record(person), "owner": .record(person), "due": .instant(due), "priority": .text("P2"),
            "source": .text("rule"), "note": .text(mark(same)),
        ]
        if task.field("target") != nil {
            values["target"] = .record(record.id)
            values["target.object"] = .text(definition.id)
        }
        _ = try writer.create(task, RecordChange(values: values), problems: [], access: nil)
        try Teller(context: context, ids: writer.ids, at: writer.at).tell(
            person, kind: "repeat", object: definition.id, record: record.id,
            Label(
                zh: rule.label.zh + "：" + name + " " + String(rule.days) + " 天内第 " + String(count) + " 次",
                en: rule.label.en + ": " + name + ", " + String(count) + " times in " + String(rule.days) + " days"))
    }

    /// What the cause is called.
    private func cause(_ record: RecordState) throws -> String {
        switch (definition.field(rule.field)?.type, record[rule.field]) {
        case (.link(let object)?, .record(let id)):
            return try context.connection.beyondSight { try context.store.titles(object, [id])[id] } ?? ""
        case (.choice(let list)?, .text(let code)): return context.model.lists[list]?.code(code)?.label.zh ?? code
        default: return ""
        }
    }

    private static func literal(_ value: Value) -> String? {
        switch value {
        case .text(let text): quoted(text)
        case .record(let id): "\"\(id)\""
        default: nil
        }
    }

    private static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}
