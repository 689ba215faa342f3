package import Expressions

/// Reads processes over a finished model: names looked up, expressions checked.
///
/// It needs nothing but the model, so that a version that records still run by can be read again later.
package struct ProcessLinker {
    let model: Model
    private let checker: ExpressionChecker
    private(set) package var findings: [DefinitionDiagnostic] = []

    package init(model: Model, functions: [ExternalFunction]) {
        self.model = model
        checker = ExpressionChecker(schema: model, functions: functions)
    }

    /// The process of a document kept earlier; nil when it no longer fits the model.
    package static func read(_ document: String, model: Model, functions: [ExternalFunction]) -> ProcessDefinition? {
        // A document that is no JSON fits no model either.
        guard let node = try? SourceNode(json: document, file: "process") else { return nil }
        var linker = ProcessLinker(model: model, functions: functions)
        let process = linker.process(node)
        return linker.findings.contains(where: \.isError) ? nil : process
    }

    package mutating func process(_ node: SourceNode) -> ProcessDefinition? {
        var reader = MapReader(node)
        let id = reader.required("id")
        let label = reader.label("label")
        let icon = reader.text("icon")?.value ?? "repeat"
        let thread = reader.map("thread") ?? []
        let raci = reader.node("raci")
        let legs = reader.items("legs") ?? []
        let board = reader.map("board") ?? []
        reader.finish(into: &findings)
        guard let id else { return nil }
        if let finding = Identifier.finding(id) { findings.append(finding) }
        let read = legs.compactMap { leg($0) }
        checkStates(read, at: id.place)
        return ProcessDefinition(
            id: id.value, label: label ?? Label(zh: id.value, en: id.value), icon: icon, thread: threads(thread),
            raci: raci.flatMap { table($0) }, legs: read,
            cards: Dictionary(board.compactMap { card($0) }, uniquingKeysWith: { first, _ in first }),
            document: JSONWriter.write(node))
    }

    // MARK: - Legs

    private mutating func leg(_ node: SourceNode) -> LegDefinition? {
        var reader = MapReader(node)
        let id = reader.required("id")
        let label = reader.label("label")
        let object = reader.required("object")
        let states = reader.words("states") ?? []
        let condition = reader.text("when")
        let stage = reader.text("stage")
        let holders = reader.words("holder") ?? []
        let backups = reader.words("backup") ?? []
        let deliverables = reader.items("deliverables") ?? []
        let clock = reader.node("clock")
        let handshake = reader.flag("handshake") ?? true
        reader.finish(into: &findings)
        guard let id, let object else { return nil }
        if let finding = Identifier.finding(id) { findings.append(finding) }
        if label == nil { report("missing_label", at: id.place, "“\(id.value)” 缺少名称", "“\(id.value)” lacks its label") }
        guard let definition = model.object(object.value), !definition.retired else {
            report(
                "unknown_object", at: object.place, "没有对象 “\(object.value)”", "There is no object “\(object.value)”",
                hint: Spelling.hint(for: object.value, among: model.objects.map(\.id)))
            return nil
        }
        checkStates(states, of: definition, at: object.place, mayBeLeftByField: condition != nil)
        if holders.isEmpty {
            report(
                "leg_without_holder", at: id.place, "“\(id.value)” 没有说由谁接棒",
                "“\(id.value)” does not say who takes the baton")
        }
        for name in holders + backups { checkHolder(name, of: definition) }
        if deliverables.isEmpty {
            report(
                "leg_without_deliverable", at: id.place, "“\(id.value)” 没有必交物", "“\(id.value)” hands nothing over",
                severity: .warning)
        }
        return LegDefinition(
            id: id.value, label: label ?? Label(zh: id.value, en: id.value), object: object.value,
            states: states.map(\.value),
            condition: condition.flatMap { self.condition($0, of: definition) }, stage: stage?.value ?? id.value,
            holders: holders.map(\.value),
            backups: backups.map(\.value),
            deliverables: deliverables.compactMap { deliverable($0, of: definition) },
            clock: clock.flatMap { self.clock($0, of: definition) }, handshake: handshake)
    }

    private mutating func condition(_ text: Located<String>, of object: ObjectDefinition) -> TypedExpression? {
        guard let checked = expression(text, on: object.id, expecting: .bool) else { return nil }
        if !checked.fieldPaths.allSatisfy({ $0.steps.count == 1 }) {
            report(
                "leg_condition", at: text.place, "分棒条件只能用本记录的字段",
                "The condition of a leg may use the record's own fields only")
        }
        return checked
    }

    private mutating func card(_ entry: SourceNode.Entry) -> (String, BoardCard)? {
        var reader = MapReader(entry.value)
        let names = ["subtitle", "date", "note", "amount"].map { reader.text($0) }
        let by = reader.text("by")
        reader.finish(into: &findings)
        guard let object = model.object(entry.key) else {
            report(
                "unknown_object", at: entry.place, "没有对象 “\(entry.key)”", "There is no object “\(entry.key)”",
                hint: Spelling.hint(for: entry.key, among: model.objects.map(\.id)))
            return nil
        }
        for name in names.compactMap({ $0 }) where model.target(of: FieldPath(text: name.value), on: object.id) == nil {
            reportField(name, of: object)
        }
        let values = names.map { $0?.value }
        return (
            object.id,
            BoardCard(subtitle: values[0], date: values[1], by: by?.value, note: values[2], amount: values[3])
        )
    }

    private mutating func deliverable(_ node: SourceNode, of object: ObjectDefinition) -> DeliverableDefinition? {
        var reader = MapReader(node)
        let id = reader.required("id")
        let label = reader.label("label")
        let done = reader.text("done")
        let field = reader.text("field")
        let required = reader.flag("required") ?? true
        reader.finish(into: &findings)
        guard let id else { return nil }
        if let field, object.field(field.value)?.retired ?? true { reportField(field, of: object) }
        return DeliverableDefinition(
            id: id.value, label: label ?? Label(zh: id.value, en: id.value),
            done: done.flatMap { expression($0, on: object.id, expecting: .bool) }, field: field?.value,
            required: required)
    }

    /// A word is the rule; `{rule, start}` says when it begins.
    private mutating func clock(_ node: SourceNode, of object: ObjectDefinition) -> LegClock? {
        if let rule = node.scalar { return LegClock(rule: rule, start: nil) }
        var reader = MapReader(node)
        let rule = reader.required("rule")
        let start = reader.text("start")
        reader.finish(into: &findings)
        guard let rule else { return nil }
        let begins = start.flatMap { expression($0, on: object.id, expecting: nil) }
        if let start, let begins, begins.type != .day, begins.type != .instant {
            report(
                "clock_start", at: start.place, "起算时间要是日期或时刻", "The start of a clock must be a day or an instant")
        }
        return LegClock(rule: rule.value, start: begins)
    }

    // MARK: - Checks

    private mutating func checkStates(
        _ states: [Located<String>], of object: ObjectDefinition, at place: SourceLocation, mayBeLeftByField: Bool
    ) {
        guard let machine = object.states, case .choice(let list)? = object.field(machine.field)?.type else {
            report(
                "leg_without_states", at: place, "“\(object.id)” 没有状态，不能作为一棒",
                "“\(object.id)” has no states, so that no leg can stand on it")
            return
        }
        for state in states where model.lists[list]?.code(state.value) == nil {
            report(
                "unknown_state", at: state.place, "没有状态 “\(state.value)”", "There is no state “\(state.value)”",
                hint: Spelling.hint(for: state.value, among: model.lists[list]?.codes.map(\.code) ?? []))
        }
        let leads = object.actions.contains { action in
            guard let to = action.to, !states.contains(where: { $0.value == to }) else { return false }
            return action.from.isEmpty || action.from.contains { from in states.contains { $0.value == from } }
        }
        if !leads, !states.isEmpty, !mayBeLeftByField {
            report("leg_without_exit", at: place, "没有动作能离开这一棒", "No action leads out of this leg")
        }
    }

    /// A record is in one leg at a time: two legs of an object share no state.
    private mutating func checkStates(_ legs: [LegDefinition], at place: SourceLocation) {
        var seen: [String: LegDefinition] = [:]
        var ids: Set<String> = []
        for leg in legs {
            if !ids.insert(leg.id).inserted {
                report("duplicate_id", at: place, "“\(leg.id)” 重复", "“\(leg.id)” stands twice")
            }
            for state in leg.states {
                guard let other = seen.updateValue(leg, forKey: leg.object + "." + state), other.condition == nil
                else { continue }
                report(
                    "state_of_two_legs", at: place, "状态 “\(state)” 同时属于 “\(other.id)” 和 “\(leg.id)”",
                    "The state “\(state)” belongs to both “\(other.id)” and “\(leg.id)”",
                    hint: Label(zh: "给前一棒加 when", en: "Give the first of them a “when”"))
            }
        }
    }

    private mutating func checkHolder(_ name: Located<String>, of object: ObjectDefinition) {
        if let field = object.field(name.value), !field.retired {
            guard case .link("user") = field.type else {
                report(
                    "leg_holder", at: name.place, "“\(name.value)” 不是用户字段", "“\(name.value)” is no link to a user")
                return
            }
            return
        }
        let role = ["_manager", "_director"].first { name.value.hasSuffix($0) }.map {
            String(name.value.dropLast($0.count))
        }
        let isPosition = model.role(name.value) != nil || role.map { model.role($0) != nil } ?? false
        if !isPosition, !["manager", "department_manager"].contains(name.value) {
            report(
                "unknown_position", at: name.place, "“\(name.value)” 既不是用户字段，也不是岗位",
                "“\(name.value)” is neither a link to a user nor a position",
                hint: Spelling.hint(for: name.value, among: model.roles.map(\.id)))
        }
    }

    private mutating func threads(_ entries: [SourceNode.Entry]) -> [String: String] {
        var out: [String: String] = [:]
        for entry in entries {
            guard let object = model.object(entry.key), let field = entry.value.scalar,
                let target = object.field(field), target.type.linkTarget != nil
            else {
                report(
                    "unknown_thread", at: entry.place, "“\(entry.key)” 没有指向上一单的链接",
                    "“\(entry.key)” has no such link to the record before it")
                continue
            }
            out[entry.key] = field
        }
        return out
    }

    private mutating func table(_ node: SourceNode) -> RaciTable? {
        var reader = MapReader(node)
        let object = reader.required("object")
        let key = reader.required("key")
        reader.finish(into: &findings)
        guard let object, let key else { return nil }
        guard let definition = model.object(object.value), definition.field(key.value) != nil else {
            report(
                "unknown_object", at: object.place, "没有对象 “\(object.value)”", "There is no object “\(object.value)”")
            return nil
        }
        return RaciTable(object: object.value, key: key.value)
    }

    // MARK: - Reporting

    private mutating func report(
        _ code: String, at place: SourceLocation, _ zh: String, _ en: String, hint: Label? = nil,
        severity: DefinitionDiagnostic.Severity = .error
    ) {
        findings.append(DefinitionDiagnostic(code, at: place, zh: zh, en: en, hint: hint, severity: severity))
    }

    private mutating func reportField(_ field: Located<String>, of object: ObjectDefinition) {
        report(
            "unknown_field", at: field.place, "没有字段 “\(field.value)”", "There is no field “\(field.value)”",
            hint: Spelling.hint(for: field.value, among: object.liveFields.map(\.id)))
    }

    private mutating func expression(
        _ text: Located<String>, on object: String, expecting type: ValueType?
    ) -> TypedExpression? {
        switch checker.check(text.value, on: object, expecting: type) {
        case .success(let expression): return expression
        case .failure(let diagnostics):
            for item in diagnostics.items {
                let quoted = "“\(text.value)” "
                report(
                    item.code, at: text.place, "公式 " + quoted + item.zh, "Expression " + quoted + item.en,
                    hint: item.hint.map { Label(zh: $0.zh, en: $0.en) })
            }
            return nil
        }
    }
}
