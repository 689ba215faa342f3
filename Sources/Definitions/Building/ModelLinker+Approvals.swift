import Expressions

/// Approvals: actions that ask and answer, what is measured, what was decided on.
extension ModelLinker {
    mutating func approvals(_ raw: RawObject) -> [ApprovalDefinition] {
        var asking: Set<String> = []
        return raw.approvals.compactMap { approval in
            if let asks = approval.asks, !asking.insert(asks.value).inserted {
                report(
                    "approval_twice", at: asks.place, "动作 “\(asks.value)” 已由另一审批把关",
                    "Another approval is asked for by the action “\(asks.value)” already")
            }
            return self.approval(approval, of: raw)
        }
    }

    private mutating func approval(_ raw: RawApproval, of holder: RawObject) -> ApprovalDefinition? {
        guard let asks = raw.asks, let granted = raw.granted, let kind = raw.kind else { return nil }
        let object = holder.id.value
        let actions = [asks, granted, raw.own, raw.rejected, raw.returned, raw.withdrawn].compactMap { $0 }
        guard actions.map({ action($0, of: holder) }).allSatisfy({ $0 }) else { return nil }
        for action in [granted, raw.rejected, raw.returned].compactMap({ $0 }) {
            checkInput(of: action, note: raw.note, holder)
        }
        if let action = holder.actions.first(where: { $0.id.value == asks.value }), asks.value == granted.value,
            !action.input.isEmpty
        {
            report(
                "approval_input", at: asks.place, "动作 “\(asks.value)” 要填写内容，不能自己等审批；请另设提交动作",
                "The action “\(asks.value)” asks for input, so it can't wait itself; give it an action that asks")
        }
        ruleCode(kind, field: "kind", "approval_kind")
        let dimensions = raw.dimensions.compactMap { dimension($0, of: object) }
        if raw.dimensions.isEmpty {
            report(
                "approval_dimensions", at: raw.id.place, "审批 “\(raw.id.value)” 没有维度 dimensions",
                "The approval “\(raw.id.value)” has no dimensions")
        }
        if let note = raw.note { _ = name(note, on: object) }
        return ApprovalDefinition(
            id: raw.id.value, label: label(raw.label, of: raw.id), asks: asks.value, granted: granted.value,
            own: raw.own?.value, rejected: raw.rejected?.value, returned: raw.returned?.value,
            withdrawn: raw.withdrawn?.value,
            kind: kind.value, dimensions: dimensions, binds: raw.binds.filter { bound($0, on: object) }.map(\.value),
            amount: raw.amount.flatMap { number($0, of: "amount", on: object) },
            shows: raw.shows.filter { name($0, on: object) }.map(\.value), steps: steps(raw),
            mode: mode(raw.mode), atLeast: level(raw.atLeast, at: raw.id), isOnce: raw.isOnce, isSerial: raw.isSerial,
            unresolved: unresolved(raw.unresolved),
            split: raw.split.flatMap { split($0, of: object, raw.dimensions) }, note: raw.note?.value)
    }

    private mutating func action(_ id: Located<String>, of holder: RawObject) -> Bool {
        if holder.actions.contains(where: { $0.id.value == id.value }) { return true }
        report(
            "approval_action", at: id.place, "“\(holder.id.value)” 没有动作 “\(id.value)”",
            "“\(holder.id.value)” has no action “\(id.value)”",
            hint: Spelling.hint(for: id.value, among: holder.actions.map(\.id.value)))
        return false
    }

    /// The house does these actions: it has nothing to fill in but the approver's note.
    private mutating func checkInput(of id: Located<String>, note: Located<String>?, _ holder: RawObject) {
        guard let action = holder.actions.first(where: { $0.id.value == id.value }) else { return }
        for field in action.require where field.value != note?.value {
            report(
                "approval_input", at: id.place, "动作 “\(id.value)” 必填 “\(field.value)”，审批结束时无人填写；可设为 note",
                "The action “\(id.value)” requires “\(field.value)”, which nobody fills when an approval ends; name it as note"
            )
        }
    }

    /// A code that the company's rules know.
    mutating func ruleCode(_ code: Located<String>, field: String, _ finding: String) {
        guard case .choice(let name)? = skeleton.objects["approval_rule"]?.fields[field]?.type,
            let list = skeleton.lists[name]
        else {
            report(
                finding, at: code.place, "没有审批规则对象 approval_rule，不能定义审批",
                "There is no object approval_rule, so approvals can't be defined")
            return
        }
        guard list.code(code.value) == nil else { return }
        report(
            finding, at: code.place, "列表 “\(list.id)” 没有 “\(code.value)”",
            "The list “\(list.id)” has no “\(code.value)”",
            hint: Spelling.hint(for: code.value, among: list.codes.map(\.code)))
    }

    /// A field of the object, or one of its lines: `lines.price`.
    private mutating func bound(_ path: Located<String>, on object: String) -> Bool {
        guard let dot = path.value.firstIndex(of: ".") else { return name(path, on: object) }
        let lines = Located(String(path.value[..<dot]), at: path.place)
        guard name(lines, on: object) else { return false }
        guard case .lines(let child)? = skeleton.objects[object]?.fields[lines.value]?.type else {
            report("not_lines", at: path.place, "“\(lines.value)” 不是明细", "“\(lines.value)” is no lines field")
            return false
        }
        return name(Located(String(path.value[path.value.index(after: dot)...]), at: path.place), on: child)
    }

    private mutating func level(_ level: Int?, at id: Located<String>) -> Int {
        guard let level else { return 0 }
        if !(0...4).contains(level) {
            report("approval_level", at: id.place, "at_least 为 0 到 4", "at_least is 0 to 4")
        }
        return min(max(level, 0), 4)
    }

    private mutating func unresolved(_ word: Located<String>?) -> String {
        guard let word else { return "admin" }
        let known = ["skip", "manager", "admin", "block"]
        if !known.contains(word.value) {
            report(
                "approval_unresolved", at: word.place, "未知的 unresolved “\(word.value)”",
                "There is no unresolved “\(word.value)”", hint: Spelling.hint(for: word.value, among: known))
        }
        return word.value
    }

    private mutating func split(
        _ raw: RawSplit, of object: String, _ dimensions: [RawDimension]
    ) -> ApprovalDefinition.SplitRule? {
        guard let by = raw.by, let date = raw.date, let of = raw.of, name(by, on: object),
            isTime(date, on: object, "approval_split")
        else { return nil }
        guard case .link? = skeleton.objects[object]?.fields[by.value]?.type else {
            report("approval_split", at: by.place, "“\(by.value)” 要是关联字段", "“\(by.value)” must be a link")
            return nil
        }
        guard dimensions.contains(where: { $0.id.value == of.value }) else {
            report(
                "approval_split", at: of.place, "“\(of.value)” 不是这项审批的维度",
                "“\(of.value)” is no dimension of this approval")
            return nil
        }
        return ApprovalDefinition.SplitRule(
            by: by.value, date: date.value, days: min(max(raw.days ?? 7, 1), 366), of: of.value,
            condition: raw.condition.flatMap { expression($0, on: object, expecting: .bool) })
    }
}
