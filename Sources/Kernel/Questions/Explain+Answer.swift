import Access
import Definitions
import Expressions
import Store
import Values

extension Explain {
    package func answer(in context: ReadContext) throws -> AccessExplanation {
        var subject = context
        if let user, user != context.actor.userID {
            guard context.actor.isSystem || context.access.has("users") else { throw Rejection.notAllowed }
            guard let other = try ActorReader(context: context).actor(user, origin: .page, session: nil) else {
                throw Rejection.noSuchRecord
            }
            subject = ReadContext(
                connection: context.connection, snapshot: context.snapshot, actor: other, now: context.now)
        }
        guard let definition = context.model.object(object), context.access.grant(object).canRead else {
            throw Rejection.noSuchRecord
        }
        var row: RecordRow?
        if let id {
            // The asker must see the record; whether the other person does is the question.
            _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false))
            let paths = Array(subject.access.grant(object).paths)
            row = try context.store.find(object, id, fields: paths + [FieldPath(["id"])], context: subject.evaluation)
        }
        return explanation(definition, row: row, subject)
    }

    private func explanation(
        _ definition: ObjectDefinition, row: RecordRow?, _ subject: ReadContext
    ) -> AccessExplanation {
        let access = subject.access.grant(object)
        var reasons: [Label] = []
        var allowed = false
        for alternative in access.alternatives where alternative.reads {
            let role = subject.model.role(alternative.role)?.label ?? Label(zh: alternative.role, en: alternative.role)
            let rows = alternative.predicate?.source
            let applies =
                row.map { alternative.predicate?.matches(RowSource(row: $0), subject.evaluation) ?? true } ?? true
            let shows = field.map { alternative.readable.contains($0) } ?? true
            if applies, shows { allowed = true }
            reasons.append(
                Self.reason(
                    role, rows: rows, applies: applies, shows: shows, field: field.flatMap { definition.field($0) }))
        }
        if reasons.isEmpty {
            reasons.append(
                Label(
                    zh: "没有任何角色授予查看“\(definition.label.zh)”的权限", en: "No role gives sight of “\(definition.label.en)”"))
        }
        return AccessExplanation(allowed: allowed, reasons: reasons)
    }

    private static func reason(
        _ role: Label, rows: String?, applies: Bool, shows: Bool, field: FieldDefinition?
    ) -> Label {
        var zh = "角色“\(role.zh)”：" + (rows.map { "可见满足 \($0) 的记录" } ?? "可见全部记录")
        var en = "Role “\(role.en)”: " + (rows.map { "sees records where \($0)" } ?? "sees all records")
        if !applies {
            zh += "，这条不满足"
            en += "; this one does not match"
        }
        if let field, !shows {
            let why = field.sensitivity.map { " (\($0))" } ?? ""
            zh += "，但“\(field.label.zh)”对它隐藏" + why
            en += "; but “\(field.label.en)” is hidden from it" + why
        }
        return Label(zh: zh, en: en)
    }
}
