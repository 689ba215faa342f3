import Expressions

/// State machines, actions and the records that actions make.
extension ModelLinker {
    mutating func states(_ raw: RawObject) -> StateMachine? {
        guard let states = raw.states, let field = states.field, let initial = states.initial else { return nil }
        guard let list = stateList(field, of: raw) else { return nil }
        checkState(initial, list)
        for state in states.states {
            checkState(state.code, list)
            for open in state.open { _ = name(open, on: raw.id.value) }
        }
        checkReach(raw, list: list, initial: initial)
        let all = list.codes.map { code -> StateMachine.State in
            let given = states.states.first { $0.code.value == code.code }
            return StateMachine.State(
                code: code.code, locked: given?.locked ?? false, open: given?.open.map(\.value) ?? [],
                final: given?.final ?? false)
        }
        return StateMachine(field: field.value, initial: initial.value, states: all)
    }

    private mutating func stateList(_ field: Located<String>, of raw: RawObject) -> CodeList? {
        guard name(field, on: raw.id.value) else { return nil }
        guard case .choice(let name) = skeleton.objects[raw.id.value]?.fields[field.value]?.type else {
            report("state_field", at: field.place, "状态字段应为 choice", "The state field must be a choice")
            return nil
        }
        return skeleton.lists[name]
    }

    private mutating func checkState(_ state: Located<String>, _ list: CodeList) {
        guard list.code(state.value) == nil else { return }
        report(
            "unknown_state", at: state.place, "列表 “\(list.id)” 没有状态 “\(state.value)”",
            "The list “\(list.id)” has no state “\(state.value)”",
            hint: Spelling.hint(for: state.value, among: list.codes.map(\.code)))
    }

    /// States that no action leads to. Only a warning: the kernel may move them, as with approvals.
    private mutating func checkReach(_ raw: RawObject, list: CodeList, initial: Located<String>) {
        var reached: Set<String> = [initial.value]
        var grown = true
        while grown {
            grown = false
            for action in raw.actions {
                let starts = action.from.isEmpty || action.from.contains { reached.contains($0.value) }
                if starts, let to = action.to, reached.insert(to.value).inserted { grown = true }
            }
        }
        for code in list.codes where !reached.contains(code.code) && !code.retired {
            report(
                "unreachable_state", at: raw.states?.place ?? raw.id.place,
                "“\(raw.id.value)” 没有动作能到状态 “\(code.code)”",
                "No action of “\(raw.id.value)” leads to the state “\(code.code)”",
                severity: .warning)
        }
    }

    mutating func action(_ raw: RawAction, of object: RawObject) -> ActionDefinition {
        let id = object.id.value
        checkStates(of: raw, in: object)
        let reserved = ["read", "create", "update", "delete", "restore", "assign", "import", "export"]
        if reserved.contains(raw.id.value) {
            report(
                "reserved_id", at: raw.id.place, "“\(raw.id.value)” 是每个对象都有的动作",
                "“\(raw.id.value)” is an action that every object has")
        }
        let input = names(raw.input, on: id)
        for field in raw.require where !raw.input.contains(where: { $0.value == field.value }) {
            report(
                "required_input", at: field.place, "必填的 “\(field.value)” 不在 input 中",
                "“\(field.value)” is required but not asked for in input")
        }
        if raw.condition != nil, raw.refusal == nil {
            report(
                "missing_refusal", at: raw.id.place, "动作 “\(raw.id.value)” 有条件但没有 refusal 说明",
                "The action “\(raw.id.value)” has a condition but no refusal text")
        }
        return ActionDefinition(
            id: raw.id.value, label: label(raw.label, of: raw.id), icon: raw.icon ?? "play",
            from: raw.from.map(\.value), to: raw.to?.value,
            condition: expression(raw.condition, on: id, expecting: .bool), refusal: raw.refusal, input: input,
            requiredInput: raw.require.map(\.value).filter(input.contains),
            sets: assignments(raw.sets, to: id, from: id),
            creates: raw.creates.compactMap { template($0, from: object) },
            primary: raw.primary, notByOwner: raw.notByOwner)
    }

    private mutating func checkStates(of action: RawAction, in object: RawObject) {
        let named = action.from + (action.to.map { [$0] } ?? [])
        guard !named.isEmpty else { return }
        guard let field = object.states?.field?.value,
            case .choice(let name) = skeleton.objects[object.id.value]?.fields[field]?.type,
            let list = skeleton.lists[name]
        else {
            report(
                "no_states", at: named[0].place, "“\(object.id.value)” 没有状态机", "“\(object.id.value)” has no states")
            return
        }
        for state in named { checkState(state, list) }
    }

    /// Values that expressions over `source` give to fields of `target`.
    mutating func assignments(
        _ raw: [RawAssignment], to target: String, from source: String
    ) -> [FieldAssignment] {
        raw.compactMap { assignment in
            guard name(assignment.field, on: target),
                let field = skeleton.objects[target]?.fields[assignment.field.value]
            else { return nil }
            let settable = ["owner", "department", "region"]
            if field.isSystem, !settable.contains(assignment.field.value) {
                report(
                    "system_field", at: assignment.field.place, "系统字段 “\(assignment.field.value)” 不可设置",
                    "The system field “\(assignment.field.value)” can't be set")
                return nil
            }
            guard let wanted = field.type.valueType, !wanted.isLines else {
                report("set_type", at: assignment.field.place, "此类型的字段不可设置", "A field of this type can't be set")
                return nil
            }
            let value =
                wanted == .instant && target != source && isDay(assignment.value, on: source)
                ? expression(assignment.value, on: source, expecting: .day)
                : expression(assignment.value, on: source, expecting: wanted)
            checkCode(value, field.type, at: assignment.value.place)
            return value.map { FieldAssignment(field: assignment.field.value, value: $0) }
        }
    }

    /// A day may be given for an instant of a new record: it ends with the working day.
    private func isDay(_ source: Located<String>, on object: String) -> Bool {
        if case .success(let found) = checker.check(source.value, on: object) { found.type == .day } else { false }
    }

    mutating func template(_ raw: RawTemplate, from source: RawObject) -> RecordTemplate? {
        guard let target = raw.object else { return nil }
        checkObject(target.value, at: target.place)
        guard let outline = skeleton.objects[target.value], !outline.isRetired else { return nil }
        let each = raw.each.flatMap { self.each($0, raw, of: source.id.value, to: target.value) }
        if raw.each != nil, each == nil { return nil }
        let from = each?.child ?? source.id.value
        let copies = raw.copies.filter { isCopied($0, from: from, to: target.value) }
        let lines = raw.lines.filter { pair in
            name(pair.from, on: source.id.value) && name(pair.to, on: target.value)
                && areLines(pair, from: source.id.value, to: target.value)
        }
        return RecordTemplate(
            object: target.value, copies: copies.map(\.value),
            sets: assignments(raw.sets, to: target.value, from: from),
            lines: lines.map { ($0.from.value, $0.to.value) },
            condition: expression(raw.condition, on: from, expecting: .bool), each: each?.each, opensIt: raw.opensIt)
    }

    /// One record for each line, kept in a link of the line.
    private mutating func each(
        _ lines: Located<String>, _ raw: RawTemplate, of source: String, to target: String
    ) -> (child: String, each: RecordTemplate.Each)? {
        guard name(lines, on: source) else { return nil }
        guard case .lines(let child)? = skeleton.objects[source]?.fields[lines.value]?.type else {
            report(
                "not_lines", at: lines.place, "“\(source).\(lines.value)” 不是明细",
                "“\(source).\(lines.value)” is no lines field")
            return nil
        }
        guard let into = raw.into, name(into, on: child),
            skeleton.objects[child]?.fields[into.value]?.type == .link(object: target)
        else {
            report(
                "each_into", at: raw.into?.place ?? lines.place, "each 要有 into：明细中指向 “\(target)” 的关联字段",
                "each needs into: a link of the line to “\(target)”")
            return nil
        }
        return (child, RecordTemplate.Each(lines: lines.value, into: into.value))
    }

    private mutating func isCopied(_ id: Located<String>, from source: String, to target: String) -> Bool {
        guard name(id, on: source), name(id, on: target) else { return false }
        let types = (skeleton.objects[source]?.fields[id.value]?.type, skeleton.objects[target]?.fields[id.value]?.type)
        guard let from = types.0, let to = types.1, from.valueType == to.valueType || from == to else {
            report(
                "copy_type", at: id.place, "“\(id.value)” 在 “\(source)” 与 “\(target)” 中类型不同",
                "“\(id.value)” has different types in “\(source)” and “\(target)”")
            return false
        }
        return true
    }

    private mutating func areLines(
        _ pair: (from: Located<String>, to: Located<String>), from source: String, to target: String
    ) -> Bool {
        for (id, object) in [(pair.from, source), (pair.to, target)] {
            if case .lines = skeleton.objects[object]?.fields[id.value]?.type { continue }
            report(
                "not_lines", at: id.place, "“\(object).\(id.value)” 不是明细", "“\(object).\(id.value)” is no lines field")
            return false
        }
        return true
    }
}
