import Definitions
import Values

/// Positions, spans and escalations of the house's rules in the reader's words.
struct HouseWords {
    let model: Model
    let language: Language

    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// A role, a position near somebody such as `sales_manager`, or a field that links to a person.
    func position(_ word: String, of object: String? = nil) -> String {
        if let field = object.flatMap({ model.object($0)?.field(word) }) { return field.label[language] }
        if let role = model.role(word) { return role.label[language] }
        switch word {
        case "manager", "department_manager": return say("直属上级", "their manager")
        case "delegate": return say("代理人", "their stand-in")
        case "next_level": return say("上一级", "the level above")
        case "approver", "decision_maker": return say("负责人的上级", "whom the owner answers to")
        case "owner": return say("记录负责人", "the owner")
        default: break
        }
        for (tail, zh, en) in [("_manager", "经理", " manager"), ("_director", "总监", " director")]
        where word.hasSuffix(tail) {
            let base = String(word.dropLast(tail.count))
            if let role = model.role(base) { return role.label[language] + say(zh, en) }
        }
        return word
    }

    /// 2 工时, 3 个工作日.
    func span(_ value: Int, unit: String, clock: String) -> String {
        if value == 0 { return unit == "wd" ? say("当天下班前", "by the end of the day") : say("立即", "at once") }
        switch (unit, clock) {
        case ("wd", _), ("d", "work"):
            return say("\(value) 个工作日", value == 1 ? "1 working day" : "\(value) working days")
        case ("h", "work"): return say("\(value) 工时", value == 1 ? "1 working hour" : "\(value) working hours")
        case ("d", _): return say("\(value) 天", value == 1 ? "1 day" : "\(value) days")
        default: return say("\(value) 小时", value == 1 ? "1 hour" : "\(value) hours")
        }
    }

    /// `T+2h general_manager` → 超时 2 小时后告诉总经理.
    func escalation(_ text: String) -> String {
        let words = text.split(separator: " ").map { String($0) }
        guard let who = words.last else { return "" }
        let name = position(who)
        let delay = words.count > 1 ? words[0].dropFirst(2) : "0"
        let digits = String(delay.prefix { $0.isNumber })
        guard let count = Int(digits), count > 0 else {
            return say("超时即告诉\(name)", "tells \(name) when late")
        }
        let unit = String(delay.dropFirst(digits.count))
        let after = span(count, unit: unit.isEmpty ? "h" : unit, clock: "calendar")
        return say("超时 \(after)后告诉\(name)", "tells \(name) \(after) after that")
    }
}
