import Access
import Definitions
import Interchange
import Store
import Values

/// A field of the record that a task asks for.
package struct WorkflowFormField: Sendable, Hashable {
    package let field: String
    /// The file's own word for it; nil for the record's.
    package let label: String?
    /// The task can't be completed while the record has nothing there.
    package let isRequired: Bool

    package init(field: String, label: String?, isRequired: Bool) {
        self.field = field
        self.label = label
        self.isRequired = isRequired
    }
}

/// The form of a task for somebody: what its file declares, as far as the record has such fields.
struct WorkflowForm {
    let context: ReadContext

    /// The field that a form can ask for: one with a control of its own that people may set.
    static func field(_ id: String, of definition: ObjectDefinition) -> FieldDefinition? {
        guard let field = definition.field(id), !field.retired, !field.isSystem, !field.readOnly,
            field.formula == nil, !field.isLines
        else { return nil }
        if case .files = field.type { return nil }
        return field
    }

    /// In the order of the file; what the actor may not read is not asked of them.
    func fields(_ task: WorkflowTaskEntry, _ loaded: LoadedWorkflow) -> [WorkflowFormField] {
        guard task.kind == "user", task.record != nil, let definition = task.object.flatMap(context.model.object)
        else { return [] }
        let readable = context.access.grant(definition.id).readable
        return (loaded.process.forms[task.node] ?? []).compactMap { declared in
            guard let field = Self.field(declared.id, of: definition), readable.contains(field.id) else { return nil }
            return WorkflowFormField(field: field.id, label: declared.label, isRequired: declared.isRequired)
        }
    }

    /// Refuses to complete a task while the record has nothing in a field that it requires of the actor. One statement
    /// where something is required.
    func mustBeFilled(_ task: WorkflowTaskEntry, _ loaded: LoadedWorkflow) throws {
        let required = fields(task, loaded).filter(\.isRequired)
        guard !required.isEmpty, let record = task.record,
            let definition = task.object.flatMap(context.model.object)
        else { return }
        let facts = try WorkflowRecord(context: context, definition: definition, id: record).facts(
            Set(required.map(\.field)))
        let problems = required.filter { Self.isBlank(facts.names[$0.field] ?? .null) }.map { item in
            let label = definition.field(item.field)?.label ?? Label(zh: item.field, en: item.field)
            return Problem(
                field: item.field, code: "required",
                message: Label(zh: "请填写“\(label.zh)”", en: "“\(label.en)” is required"))
        }
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
    }

    private static func isBlank(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .text(let text): text.trimmed.isEmpty
        case .list(let items): items.isEmpty
        default: false
        }
    }
}
