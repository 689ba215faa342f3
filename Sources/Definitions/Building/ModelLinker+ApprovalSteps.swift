import Expressions

/// What is measured, and how the people of a level decide together.
extension ModelLinker {
    mutating func dimension(_ raw: RawDimension, of object: String) -> ApprovalDefinition.Dimension? {
        ruleCode(raw.id, field: "dimension", "approval_dimension")
        let value = raw.value.flatMap { number($0, of: raw.id.value, on: object) }
        var converted: ApprovalDefinition.Converted?
        if let base = raw.base, let currency = raw.currency {
            let isCode = currency.value.utf8.count == 3 && currency.value.utf8.allSatisfy { (65...90).contains($0) }
            if !isCode {
                report(
                    "approval_currency", at: currency.place, "“\(currency.value)” 不是三个大写字母的币种代码",
                    "“\(currency.value)” is no currency code of three capital letters")
            }
            converted = number(base, of: raw.id.value, on: object).map {
                ApprovalDefinition.Converted(amount: $0, currency: currency.value)
            }
        }
        guard value != nil || converted != nil else { return nil }
        return ApprovalDefinition.Dimension(id: raw.id.value, value: value, converted: converted)
    }

    mutating func number(_ source: Located<String>, of name: String, on object: String) -> TypedExpression? {
        guard let value = expression(source, on: object, expecting: nil) else { return nil }
        guard case .decimal = value.type else {
            report(
                "approval_value", at: source.place, "审批维度 “\(name)” 要是数字", "The dimension “\(name)” must be a number")
            return nil
        }
        return value
    }

    // MARK: Steps

    mutating func steps(_ raw: RawApproval) -> [ApprovalDefinition.Step] {
        var levels: Set<Int> = []
        return raw.steps.compactMap { step in
            guard let level = step.level, (1...4).contains(level), levels.insert(level).inserted else {
                report(
                    "approval_step", at: step.place, "每一步要有自己的级别 level，1 到 4",
                    "Each step has a level of its own, 1 to 4")
                return nil
            }
            let mode = mode(step.mode ?? raw.mode)
            return ApprovalDefinition.Step(
                level: level, mode: mode, seats: step.seats.compactMap { seat($0, mode, alone: step.seats.count == 1) })
        }
    }

    private mutating func seat(
        _ raw: RawSeat, _ mode: ApprovalDefinition.Mode, alone: Bool
    ) -> ApprovalDefinition.Seat? {
        guard let role = raw.role else { return nil }
        ruleCode(role, field: "approver_role", "approval_role")
        if role.value == "none" {
            report(
                "approval_role", at: role.place, "“none” 是本人权限，不能当审批人", "“none” is own authority and nobody to ask")
        }
        let weight = raw.weight ?? 1
        if !(1...100).contains(weight) {
            report("approval_weight", at: raw.place, "票数 weight 为 1 到 100", "weight is 1 to 100")
        }
        if case .vote = mode {
        } else if raw.weight != nil || raw.hasVeto {
            report(
                "approval_weight", at: raw.place, "weight 和 veto 只用于票签，mode 要写成比例，如 60%",
                "weight and veto are for votes, whose mode is a share such as 60%")
        }
        return ApprovalDefinition.Seat(
            role: role.value, weight: min(max(weight, 1), 100), hasVeto: raw.hasVeto, isEach: raw.isEach)
    }

    /// `all`, `any`, `sequential` or a share: `60%`, `66.67%`.
    mutating func mode(_ word: Located<String>?) -> ApprovalDefinition.Mode {
        guard let word else { return .all }
        switch word.value {
        case "all": return .all
        case "any": return .any
        case "sequential": return .sequential
        default: break
        }
        if let share = Self.share(word.value) { return .vote(share: share) }
        report(
            "approval_mode", at: word.place, "mode 为 all 会签、any 或签、sequential 依次，或票签的比例，如 60%",
            "mode is all, any, sequential or the share of a vote such as 60%",
            hint: Spelling.hint(for: word.value, among: ["all", "any", "sequential"]))
        return .all
    }

    /// Hundredths of a per cent; nil for what is none between 0.01 % and 100 %.
    private static func share(_ text: String) -> Int? {
        guard text.hasSuffix("%") else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let whole = Int(parts[0]), whole <= 100
        else { return nil }
        let digits = parts.count == 2 ? parts[1] : ""
        guard digits.count <= 2, let cents = Int(digits + String(repeating: "0", count: 2 - digits.count)) else {
            return nil
        }
        let share = whole * 100 + cents
        return (1...10_000).contains(share) ? share : nil
    }
}
