import Definitions
import Kernel
import Values

/// A run with the record that its tasks write to.
struct WorkflowRunSheet: Question {
    let run: RecordID

    struct Answer: Sendable {
        let detail: WorkflowRunDetail
        /// Nil where no task can be completed, and where the run has no record in sight.
        let record: RecordView?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let detail = try context.ask(WorkflowRunOf(run))
        guard detail.tasks.contains(where: { $0.kind == "user" && $0.verbs.contains("complete") }),
            let object = detail.run.object, let id = detail.run.record
        else { return Answer(detail: detail, record: nil) }
        do {
            return Answer(detail: detail, record: try context.ask(ShowRecord(object: object, id: id)))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return Answer(detail: detail, record: nil)
        }
    }
}

/// Makes the forms in which tasks of a run are completed.
struct WorkflowTaskForms {
    /// What was sent and could not be done.
    struct Refused {
        let task: RecordID
        let message: String
        let problems: [Problem]
        let note: String
        /// Fields of the record, by their ids.
        let typed: [(name: String, value: String)]
        /// Names of records that were chosen.
        var titles: [String: String] = [:]
    }

    /// What fields of the record are sent as, so that they don't meet the form's own.
    static let prefix = "v."

    let eyes: Presentation
    let record: RecordView
    let definition: ObjectDefinition
    var refused: Refused?
    /// The task whose form stands open.
    var open: RecordID?

    init?(eyes: Presentation, record: RecordView?, refused: Refused?, open: RecordID?) {
        guard let record, let definition = eyes.model.object(record.object) else { return nil }
        self.eyes = eyes
        self.record = record
        self.definition = definition
        self.refused = refused
        self.open = open
    }

    func form(_ task: WorkflowTaskView) -> WorkflowTaskCard.Form {
        let failed = refused?.task == task.id ? refused : nil
        let maker = maker(failed)
        let scope = Self.scope(task.id)
        let asked = task.form.compactMap { item -> FieldControl? in
            guard let field = definition.field(item.field) else { return nil }
            guard record.editable.contains(field.id) else { return maker.fixed(field).sent(scope: scope) }
            return maker.control(field)?.sent(scope: scope, label: item.label, isRequired: item.isRequired)
        }
        let more = task.form.isEmpty ? writable.compactMap { maker.control($0)?.sent(scope: scope) } : []
        let asks = Set(asked.map(\.name) + more.map(\.name))
        return WorkflowTaskCard.Form(
            version: record.version, asked: asked, more: more,
            isMoreOpen: more.contains { $0.error != nil },
            problems: (failed?.problems ?? []).map { problem in
                let name = Self.prefix + (problem.field ?? "")
                return ErrorSummary.Item(
                    text: eyes.say(problem.message), control: asks.contains(name) ? scope + "-" + name : nil)
            }, error: failed.map { $0.problems.isEmpty ? $0.message : "" } ?? "", note: failed?.note ?? "",
            isOpen: failed != nil || open == task.id)
    }

    /// Fields with a control that the reader may set, in the order of the record's own form.
    private var writable: [FieldDefinition] {
        let ids = definition.sections.flatMap(\.fields)
        let rest = definition.liveFields.map(\.id).filter { !ids.contains($0) }
        return (ids + rest).compactMap { definition.field($0) }.filter {
            !$0.retired && !$0.isSystem && !$0.readOnly && $0.formula == nil && record.editable.contains($0.id)
        }
    }

    private func maker(_ failed: Refused?) -> FieldControls {
        var values = FormValues(record, format: eyes.page.format, model: eyes.model)
        var errors: [String: String] = [:]
        if let failed {
            values.texts.merge(FormValues(posted: failed.typed, definition: definition).texts) { _, typed in typed }
            values.titles.merge(failed.titles) { _, new in new }
            for problem in failed.problems {
                if let field = problem.field, errors[field] == nil { errors[field] = eyes.say(problem.message) }
            }
        }
        return FieldControls(eyes: eyes, definition: definition, values: values, record: record, errors: errors)
    }

    static func scope(_ task: RecordID) -> String { "wt-" + task.description }

    /// What a form says that the record does not say already.
    static func draft(
        _ typed: [(name: String, value: String)], _ record: RecordView, _ definition: ObjectDefinition,
        _ format: Format, _ model: Model
    ) throws(Rejection) -> Draft {
        let reader = FormReader(model: model, definition: definition, format: format, isNew: false)
        var draft = try reader.draft(typed)
        let now = FormValues(record, format: format, model: model).texts
        let sent = FormValues(posted: typed, definition: definition).texts
        for field in draft.fields.keys {
            let names = [field, field + ".currency"]
            let isSame = names.allSatisfy { name in
                guard let text = sent[name] else { return true }
                let (old, new) = (now[name] ?? "", text.trimmingSpaces.replacing("\r\n", with: "\n"))
                let isAmountless = name != field && (now[field] ?? "").isEmpty && (sent[field] ?? "").isEmpty
                return old.trimmingSpaces == new || isAmountless
                    || definition.field(field)?.type == .bool && old.isEmpty && new == "false"
            }
            if isSame { draft.fields[field] = nil }
        }
        draft.lines = [:]
        return draft
    }
}

extension FieldControl {
    /// The control under the name that forms of tasks send it by.
    fileprivate func sent(scope: String, label: String? = nil, isRequired: Bool = false) -> FieldControl {
        var control = FieldControl(
            name: WorkflowTaskForms.prefix + name, label: label ?? self.label, kind: kind, value: value, help: help,
            error: error)
        control.isRequired = isRequired
        control.isWide = isWide
        control.origin = origin
        control.scope = scope
        return control
    }
}
