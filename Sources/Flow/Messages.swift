import Definitions

/// Everything this room says to people, in both languages, with what to do about it.
extension FlowProblem {
    private init(_ field: String?, _ code: String, zh: String, en: String) {
        self.init(field: field, code: code, message: Label(zh: zh, en: en))
    }

    // MARK: Values

    static func required(_ field: String) -> FlowProblem {
        FlowProblem(field, "required", zh: "此项必填，请填写", en: "This is required; fill it in")
    }

    static func format(_ format: TextFormat, _ field: String) -> FlowProblem {
        let example =
            switch format {
            case .plain: "text"
            case .email: "name@example.com"
            case .phone: "+86 574 8765 4321"
            case .url: "https://example.com"
            }
        return FlowProblem(
            field, "bad_format", zh: "格式不对，例如 \(example)", en: "The form is wrong; write it like \(example)")
    }

    static func retiredCode(_ field: String) -> FlowProblem {
        FlowProblem(field, "retired_code", zh: "该选项已停用，请选择其他", en: "This option is retired; choose another")
    }

    static func immutable(_ field: String) -> FlowProblem {
        FlowProblem(
            field, "immutable", zh: "此项只能在新建时填写；需要不同的值请另建一条",
            en: "This is set at creation only; create another record for another value")
    }

    static func locked(_ field: String, state: Label) -> FlowProblem {
        FlowProblem(
            field, "state_locked", zh: "“\(state.zh)”状态下不能修改；请先用动作退回",
            en: "This can't be changed while “\(state.en)”; take the record back with an action first")
    }

    static func lockedFromDeleting(state: Label) -> FlowProblem {
        FlowProblem(
            nil, "state_locked", zh: "“\(state.zh)”状态下不能删除；请先用动作退回",
            en: "This can't be deleted while “\(state.en)”; take the record back with an action first")
    }

    // MARK: Actions

    static func wrongState(_ action: ActionDefinition, state: Label) -> FlowProblem {
        FlowProblem(
            nil, "wrong_state", zh: "当前是“\(state.zh)”，不能“\(action.label.zh)”；请刷新后按当前状态处理",
            en: "It is “\(state.en)”, so “\(action.label.en)” can't be done; reload and go on from this state")
    }

    static func ownRecord(_ action: ActionDefinition) -> FlowProblem {
        FlowProblem(
            nil, "own_record", zh: "不能对自己的记录“\(action.label.zh)”，请由他人处理",
            en: "“\(action.label.en)” can't be done on one's own record; ask somebody else")
    }

    static func refused(_ action: ActionDefinition) -> FlowProblem {
        let standard = Label(
            zh: "现在不满足“\(action.label.zh)”的条件", en: "The condition of “\(action.label.en)” is not met now")
        return FlowProblem(field: nil, code: "condition_not_met", message: action.refusal ?? standard)
    }

    // MARK: Computing

    static func overflow(_ field: String) -> FlowProblem {
        FlowProblem(field, "overflow", zh: "数值太大，请核对数量与单价", en: "The number is too large; check quantities and prices")
    }

    static func calculation(_ field: String) -> FlowProblem {
        FlowProblem(
            field, "not_computable", zh: "公式无法计算，请联系管理员", en: "A formula can't be computed; tell an administrator")
    }

    static func minorUnits(_ field: String, currency: String, digits: Int) -> FlowProblem {
        FlowProblem(
            field, "too_precise", zh: "\(currency) 金额最多 \(digits) 位小数，请修改",
            en: "An amount in \(currency) takes at most \(digits) digits after the point; correct it")
    }

    static func noRate(_ field: String, currency: String) -> FlowProblem {
        FlowProblem(
            field, "no_rate", zh: "没有 \(currency) 的汇率，本位币金额暂缺；请先维护汇率",
            en: "There is no rate for \(currency), so the base amount is missing; enter a rate")
    }
}
