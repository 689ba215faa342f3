import Expressions

/// Clocks: a rule of the company, fields that say from when and until when.
extension ModelLinker {
    mutating func clocks(_ raw: RawObject) -> [ClockDefinition] { raw.clocks.compactMap { clock($0, of: raw) } }

    private mutating func clock(_ raw: RawClock, of holder: RawObject) -> ClockDefinition? {
        let object = holder.id.value
        guard let rule = raw.rule else { return nil }
        if let start = raw.start, !isTime(start, on: object, "clock_start") { return nil }
        if let to = raw.to, !isPerson(to, on: object, "clock_person") { return nil }
        for state in raw.states { checkState(state, of: holder) }
        let conditions = [raw.until, raw.pause].map { ownCondition($0, on: object, "clock_condition") }
        return ClockDefinition(
            id: raw.id.value, label: label(raw.label, of: raw.id), rule: rule.value, start: raw.start?.value,
            states: raw.states.map(\.value), until: conditions[0], pause: conditions[1], to: raw.to?.value,
            message: raw.message, effects: effects(raw.effects, of: holder),
            answered: answers(raw.answered, of: object),
            restarted: answers(raw.restarted, of: object))
    }

    /// Whether the field holds a day or an instant; reported otherwise.
    func isTime(_ field: Located<String>, on object: String) -> Bool {
        switch skeleton.objects[object]?.fields[field.value]?.type {
        case .day, .instant: true
        default: false
        }
    }

    mutating func isTime(_ field: Located<String>, on object: String, _ code: String) -> Bool {
        guard name(field, on: object) else { return false }
        if isTime(field, on: object) { return true }
        report(
            code, at: field.place, "“\(field.value)” 要是日期或时刻字段", "“\(field.value)” must be a day or an instant")
        return false
    }

    mutating func isPerson(_ field: Located<String>, on object: String, _ code: String) -> Bool {
        guard name(field, on: object) else { return false }
        if case .link("user")? = skeleton.objects[object]?.fields[field.value]?.type { return true }
        report(code, at: field.place, "“\(field.value)” 要是用户字段", "“\(field.value)” must be a link to a user")
        return false
    }

    /// A condition that can be asked of the record alone.
    mutating func ownCondition(_ source: Located<String>?, on object: String, _ code: String) -> TypedExpression? {
        let condition = expression(source, on: object, expecting: .bool)
        guard let source, let condition else { return condition }
        guard !condition.memoryOnly, condition.fieldPaths.allSatisfy({ $0.steps.count == 1 }) else {
            report(
                code, at: source.place, "条件 “\(source.value)” 只能用本记录的字段",
                "The condition “\(source.value)” may use the record's own fields only")
            return nil
        }
        return condition
    }

    mutating func checkState(_ state: Located<String>, of object: RawObject) {
        guard let field = object.states?.field?.value,
            case .choice(let name) = skeleton.objects[object.id.value]?.fields[field]?.type,
            let list = skeleton.lists[name]
        else {
            report("no_states", at: state.place, "“\(object.id.value)” 没有状态机", "“\(object.id.value)” has no states")
            return
        }
        guard list.code(state.value) == nil else { return }
        report(
            "unknown_state", at: state.place, "没有状态 “\(state.value)”", "There is no state “\(state.value)”",
            hint: Spelling.hint(for: state.value, among: list.codes.map(\.code)))
    }

    private mutating func answers(_ raw: [RawAnswer], of object: String) -> [ClockAnswer] {
        raw.compactMap { answer in
            checkObject(answer.by.value, at: answer.by.place)
            guard let target = skeleton.objects[answer.by.value] else { return nil }
            let fits =
                switch target.fields[answer.via.value]?.type {
                case .link(let linked): linked == object
                case .anyLink(let linked): linked.contains(object)
                default: false
                }
            guard fits else {
                report(
                    "answer_via", at: answer.via.place, "“\(answer.by.value).\(answer.via.value)” 不是指向 “\(object)” 的关联",
                    "“\(answer.by.value).\(answer.via.value)” is no link to “\(object)”")
                return nil
            }
            return target.isRetired ? nil : ClockAnswer(object: answer.by.value, via: answer.via.value)
        }
    }
}
