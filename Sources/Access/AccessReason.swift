package import Definitions
package import Expressions

/// One reason why somebody can or can't see something, for the page that explains access.
package struct AccessReason: Sendable, Hashable {
    package let text: Label
    /// Whether this alone would let them see it.
    package let allows: Bool
}

extension AccessTable {
    /// Why the subject can or can't see an object, a field of it, or a row: one reason for each role that says
    /// something about it, then the restrictions. They can see it when a role allows it and no restriction forbids.
    ///
    /// The text names fields and conditions: show it only to those who may know them.
    package func explain(
        _ object: String, field: String? = nil, row: (any FieldSource)? = nil, _ context: EvaluationContext
    ) -> [AccessReason] {
        guard let definition = model.object(object), !definition.retired else { return [] }
        let access = grant(object)
        var reasons = access.alternatives.filter(\.reads).map { alternative in
            reason(for: alternative, definition, field.flatMap { definition.field($0) }, row, context)
        }
        if reasons.isEmpty {
            let text = Label(
                zh: "没有任何角色授予查看“\(definition.label.zh)”的权限", en: "No role gives sight of “\(definition.label.en)”")
            reasons.append(AccessReason(text: text, allows: false))
        }
        if let parent = definition.parent.flatMap({ model.object($0) }) {
            let text = Label(
                zh: "“\(definition.label.zh)”的范围随“\(parent.label.zh)”",
                en: "The rows of “\(definition.label.en)” follow “\(parent.label.en)”")
            reasons.append(AccessReason(text: text, allows: false))
        }
        for restriction in access.restrictions where row.map({ !Self.matches(restriction, $0, context) }) ?? true {
            let text = Label(
                zh: "对所有人的限制：只能看到满足 \(restriction.source) 的记录",
                en: "A restriction on everybody: only records where \(restriction.source)")
            reasons.append(AccessReason(text: text, allows: false))
        }
        return reasons
    }

    private func reason(
        for alternative: AccessAlternative, _ object: ObjectDefinition, _ field: FieldDefinition?,
        _ row: (any FieldSource)?, _ context: EvaluationContext
    ) -> AccessReason {
        let role = model.role(alternative.role)?.label ?? Label(zh: "系统", en: "The house")
        var zh = "角色“\(role.zh)”" + (alternative.predicate.map { "可见满足 \($0.source) 的记录" } ?? "可见全部记录")
        var en =
            "Role “\(role.en)” "
            + (alternative.predicate.map { "sees records where \($0.source)" } ?? "sees all records")
        var allows = true
        if let row, let predicate = alternative.predicate, !Self.matches(predicate, row, context) {
            zh += "，这条不满足"
            en += "; this one does not match"
            allows = false
        }
        if let field, !alternative.readable.contains(field.id) {
            allows = false
            if let sensitivity = field.sensitivity, !clearance.contains(sensitivity) {
                zh += "；“\(field.label.zh)”需要“\(sensitivity)”许可，其角色都没有"
                en += "; “\(field.label.en)” needs the clearance “\(sensitivity)”, which no role of theirs has"
            } else {
                zh += "；“\(field.label.zh)”对这个角色隐藏"
                en += "; “\(field.label.en)” is hidden from this role"
            }
        }
        return AccessReason(text: Label(zh: zh, en: en), allows: allows)
    }

    private static func matches(
        _ expression: TypedExpression, _ row: any FieldSource, _ context: EvaluationContext
    ) -> Bool { expression.matches(row, context) }
}
