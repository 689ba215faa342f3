import Definitions
import Flow

/// Why this level and why this person, in both languages. Without figures: those are shown to whom they are shown
/// anyway.
struct ApprovalWords {
    let model: Model

    func dimension(_ id: String) -> Label { label(id, in: "approval_dimension") }
    func role(_ id: String) -> Label {
        id == "added" ? Label(zh: "加签", en: "Added signer") : label(id, in: "approver_role")
    }

    private func label(_ code: String, in list: String) -> Label {
        model.lists[list]?.code(code)?.label ?? Label(zh: code, en: code)
    }

    func why(
        _ findings: [ApprovalTable.Finding], level: Int, measured: Int, isSplit: Bool
    ) -> Label {
        var zh: [String] = []
        var en: [String] = []
        for finding in findings {
            let name = dimension(finding.dimension)
            if let rows = finding.rows {
                tell(finding, rows, &zh, &en)
            } else if finding.isBeyond {
                zh.append("\(name.zh)没有数值或不在规则内，按最高 \(finding.level) 级")
                en.append("\(name.en) is unknown or outside the rules: level \(finding.level), the highest")
            } else {
                zh.append("\(name.zh)：\(finding.level) 级")
                en.append("\(name.en): level \(finding.level)")
            }
        }
        if level > measured {
            zh.append("提交审批至少 \(level) 级")
            en.append("asked for by hand: level \(level) at least")
        }
        zh.append(level == 0 ? "都在本人权限内，直接批准" : "取最高，\(level) 级")
        en.append(level == 0 ? "all within own authority: approved at once" : "the highest counts: level \(level)")
        if isSplit {
            zh.append("疑似拆单：同一客户近期几单合计超过限额")
            en.append("possibly split: several of the same customer together pass a limit")
        }
        return Label(zh: zh.joined(separator: "；"), en: en.joined(separator: "; "))
    }

    private func tell(
        _ finding: ApprovalTable.Finding, _ rows: [Int], _ zh: inout [String], _ en: inout [String]
    ) {
        let name = finding.dimension
        if finding.isBeyond {
            zh.append("决策表“\(name)”没有命中，按其最高 \(finding.level) 级")
            en.append("the table “\(name)” has no answer: level \(finding.level), its highest")
        } else {
            let place = rows.map(String.init).joined(separator: ", ")
            zh.append("决策表“\(name)”" + (place.isEmpty ? "" : "第 \(place) 条") + "：\(finding.level) 级")
            en.append("the table “\(name)”" + (place.isEmpty ? "" : ", rule \(place)") + ": level \(finding.level)")
        }
    }

    func whyYou(
        _ seat: ApprovalSeat, _ task: ApprovalTask, standsInFor: String?, adder: String?,
        isBeyondDelegation: Bool = false
    ) -> Label {
        let name = role(seat.role)
        if task.advises != nil {
            return Label(zh: "受委派给出意见，之后由委派人决定", en: "Asked for an opinion; who asked decides afterwards")
        }
        if let adder { return Label(zh: "\(adder) 加签", en: "Added as a signer by \(adder)") }
        if let standsInFor {
            return Label(
                zh: "代 \(standsInFor) 审批（\(name.zh)，\(seat.level) 级）",
                en: "Standing in for \(standsInFor) (\(name.en), level \(seat.level))")
        }
        if seat.rung > 0, isBeyondDelegation {
            return Label(
                zh: "金额超过代理人的上限，由\(name.zh)（\(seat.level) 级）审批",
                en: "The amount is above the limit of who stands in below: \(name.en), level \(seat.level), decides")
        }
        if seat.rung > 0 {
            return Label(
                zh: "下级不在、是申请人本人或超时未处理，由\(name.zh)（\(seat.level) 级）审批",
                en: "The level below is away, asked for it or stayed silent: \(name.en), level \(seat.level), decides")
        }
        return Label(zh: "\(name.zh)审批 \(seat.level) 级事项", en: "\(name.en) decides level \(seat.level)")
    }
}
