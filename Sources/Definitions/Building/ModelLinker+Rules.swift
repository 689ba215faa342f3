import Expressions

/// Rules: what makes them look, and what they do.
extension ModelLinker {
    mutating func rules(_ raw: RawObject) -> [RuleDefinition] {
        raw.rules.filter { !$0.retired }.compactMap { rule($0, of: raw) }
    }

    private mutating func rule(_ raw: RawRule, of holder: RawObject) -> RuleDefinition? {
        let triggers = raw.triggers.compactMap { trigger($0, of: holder) }
        if raw.triggers.isEmpty {
            report(
                "rule_trigger", at: raw.id.place, "规则 “\(raw.id.value)” 没有写何时触发",
                "The rule “\(raw.id.value)” does not say when it looks")
        }
        let effects = effects(raw.effects, of: holder)
        if raw.effects.isEmpty {
            report(
                "rule_effects", at: raw.id.place, "规则 “\(raw.id.value)” 没有写要做什么",
                "The rule “\(raw.id.value)” does nothing")
        }
        return RuleDefinition(
            id: raw.id.value, label: label(raw.label, of: raw.id), triggers: triggers,
            condition: expression(raw.condition, on: holder.id.value, expecting: .bool), effects: effects)
    }

    /// `created`, `changed(a, b)`, `action(send)`, `clock(followup, late)`, `time(due)`, `manual`, `webhook`.
    private mutating func trigger(_ text: Located<String>, of holder: RawObject) -> RuleTrigger? {
        let object = holder.id.value
        let (word, arguments) = Self.call(text.value)
        let located = arguments.map { Located($0, at: text.place) }
        switch (word, located.count) {
        case ("created", 0): return .created
        case ("manual", 0): return .manual
        case ("webhook", 0): return .webhook
        case ("changed", _): return .changed(names(located, on: object))
        case ("time", 1): return isTime(located[0], on: object, "rule_time") ? .time(arguments[0]) : nil
        case ("action", 1):
            let known = holder.actions.map(\.id.value)
            if known.contains(arguments[0]) || arguments[0] == "assign" { return .action(arguments[0]) }
            report(
                "unknown_action", at: text.place, "“\(object)” 没有动作 “\(arguments[0])”",
                "“\(object)” has no action “\(arguments[0])”", hint: Spelling.hint(for: arguments[0], among: known))
        case ("clock", 1), ("clock", 2):
            let known = holder.clocks.map(\.id.value)
            if known.contains(arguments[0]) {
                return .clock(arguments[0], rung: arguments.count == 2 ? arguments[1] : "late")
            }
            report(
                "unknown_clock", at: text.place, "“\(object)” 没有时钟 “\(arguments[0])”",
                "“\(object)” has no clock “\(arguments[0])”", hint: Spelling.hint(for: arguments[0], among: known))
        default:
            report(
                "rule_trigger", at: text.place, "不认识的触发 “\(text.value)”", "Unknown trigger “\(text.value)”",
                hint: Label(
                    zh: "created、changed(字段)、action(动作)、clock(时钟, 级)、time(字段)、manual、webhook",
                    en: "created, changed(field), action(id), clock(id, rung), time(field), manual, webhook"))
        }
        return nil
    }

    private static func call(_ text: String) -> (word: String, arguments: [String]) {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return (text, []) }
        let inside = text[text.index(after: open)...].dropLast()
        let arguments = inside.split(whereSeparator: { $0 == "," || $0 == " " }).map { String($0) }
        return (String(text[..<open]), arguments)
    }

    mutating func effects(_ raw: [RawEffect], of holder: RawObject) -> [EffectDefinition] {
        raw.compactMap { effect($0, of: holder) }
    }

    private mutating func effect(_ raw: RawEffect, of holder: RawObject) -> EffectDefinition? {
        let object = holder.id.value
        switch raw {
        case .set(let sets):
            let stateField = holder.states?.field?.value
            for set in sets where set.field.value == stateField {
                report(
                    "set_state", at: set.field.place, "状态 “\(set.field.value)” 只由动作改变",
                    "Only actions change the state “\(set.field.value)”")
            }
            return .set(assignments(sets, to: object, from: object))
        case .create(let template): return self.template(template, from: holder).map { .create($0) }
        case .assign(let way, let role):
            guard let known = AssignmentDefinition.Way(rawValue: way.value) else {
                report(
                    "assign_way", at: way.place, "不认识的分配方式 “\(way.value)”",
                    "Unknown way of assigning “\(way.value)”",
                    hint: Spelling.hint(
                        for: way.value, among: AssignmentDefinition.Way.allCases.map(\.rawValue)))
                return nil
            }
            return .assign(AssignmentDefinition(way: known, role: role.value))
        case .notify(let to, let message, let priority, let place):
            return notice(to, message, priority, at: place, on: object)
        case .start(let workflow): return .start(workflow: workflow.value)
        case .send(let channel, let values):
            return .send(channel: channel.value, texts(values, channel: channel.value, on: object, at: channel.place))
        }
    }

    private mutating func notice(
        _ to: Located<String>, _ message: Label?, _ priority: Located<String>?, at place: SourceLocation,
        on object: String
    ) -> EffectDefinition? {
        let field = skeleton.objects[object]?.fields[to.value]
        if field != nil, field?.type != .links(object: "user"), !isPerson(to, on: object, "notice_person") {
            return nil
        }
        guard let message else {
            report("missing_label", at: place, "通知缺少 message", "The notice lacks its message")
            return nil
        }
        let known = priority.map { NoticeDefinition.Priority(rawValue: $0.value) } ?? .normal
        guard let known else {
            report(
                "notice_priority", at: priority?.place ?? place, "优先级为 urgent、normal 或 digest",
                "The priority is urgent, normal or digest")
            return nil
        }
        return .notify(
            NoticeDefinition(to: to.value, isField: field != nil, message: message, priority: known))
    }

    /// What is told outside: every value a text, those that a channel can't do without among them.
    private mutating func texts(
        _ raw: [RawAssignment], channel: String, on object: String, at place: SourceLocation
    ) -> [FieldAssignment] {
        let needed = channel == "mail" ? ["to", "subject", "body"] : ["url"]
        for name in needed where !raw.contains(where: { $0.field.value == name }) {
            report("missing_key", at: place, "\(channel) 缺少 “\(name)”", "\(channel) lacks “\(name)”")
        }
        return raw.compactMap { item in
            expression(item.value, on: object, expecting: nil).map {
                FieldAssignment(field: item.field.value, value: $0)
            }
        }
    }
}
