import Access
import Definitions
import Expressions

/// What the places of a mail template may name: the fields of the record that the actor may read, and who writes to whom.
struct MailSchema: ExpressionSchema {
    let object: String
    private let model: Model
    private let access: AccessTable
    private let functions: [ExternalFunction]
    private let linked: any ExpressionSchema

    init(context: ReadContext, object: String) {
        self.object = object
        model = context.model
        access = context.access
        functions = context.snapshot.functions
        linked = context.access.schema
    }

    /// The contact that the mail goes to first, who writes it, and the company's own name in the language of the template.
    static let names = ["receiver", "sender", "our_company"]

    func field(_ id: String, of object: String) -> ExpressionField? {
        guard object == self.object else { return linked.field(id, of: object) }
        if isName(id) { return ExpressionField(id: id, type: .text) }
        let first = id.split(separator: ".").first.map(String.init) ?? id
        guard access.grant(object).readable.contains(first) else { return nil }
        return model.field(id, of: object)
    }

    func fieldIDs(of object: String) -> [String] {
        guard object == self.object else { return linked.fieldIDs(of: object) }
        return model.fieldIDs(of: object).filter(access.grant(object).readable.contains) + Self.names
    }

    /// A field of the record goes before.
    func isName(_ id: String) -> Bool { Self.names.contains(id) && model.object(object)?.field(id) == nil }

    /// What a place is to this actor.
    func check(_ source: String) -> Result<TypedExpression, Diagnostics> {
        ExpressionChecker(schema: self, functions: functions).check(source, on: object)
    }

    /// What it is to whoever may read everything: tells what is hidden from what is no more.
    func checkWhole(_ source: String) -> Result<TypedExpression, Diagnostics> {
        ExpressionChecker(schema: Whole(of: self), functions: functions).check(source, on: object)
    }

    private struct Whole: ExpressionSchema {
        let of: MailSchema

        func field(_ id: String, of object: String) -> ExpressionField? {
            if object == self.of.object, self.of.isName(id) { return ExpressionField(id: id, type: .text) }
            return self.of.model.field(id, of: object)
        }
    }
}
