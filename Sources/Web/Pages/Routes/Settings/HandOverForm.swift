import Definitions
import Kernel
import Values

/// A posted form of a hand-over as a wish, and back.
struct HandOverForm {
    let fields: [(name: String, value: String)]
    let format: Format
    let now: Instant

    private func field(_ name: String) -> String { fields.last { $0.name == name }?.value ?? "" }

    /// - Throws: `invalid` for a day that can't be read, and a rule without a receiver.
    func wish(_ person: RecordID) throws(Rejection) -> HandOverWish {
        var wish = HandOverWish(person: person, usual: RecordID(field("to")))
        for (name, value) in fields where name.hasPrefix("to.") {
            wish.groups[String(name.dropFirst("to.".count))] = HandOverWish.Target(value)
        }
        wish.rules = try rules()
        wish.endsAccount = field("occasion") == "leaves" && field("ends") == "1"
        wish.follows = field("occasion") == "leaves" && !wish.endsAccount
        wish.note = String(field("note").trimmingSpaces.prefix(200))
        let day = field("start")
        if !day.isEmpty {
            guard let at = Day(day).flatMap(midnight) else { throw Self.wrong(Self.noDay) }
            wish.fireAt = at > now ? at : nil
        }
        return wish
    }

    private func rules() throws(Rejection) -> [HandOverWish.Rule] {
        var out: [HandOverWish.Rule] = []
        for index in 0..<HandOverWish.mostRules {
            let condition = field("rule.\(index).condition").trimmingSpaces
            let to = RecordID(field("rule.\(index).to"))
            if condition.isEmpty, to == nil { continue }
            guard let to, !field("rule.\(index).object").isEmpty else {
                throw Self.wrong(
                    Label(
                        zh: "第 \(out.count + 1) 条规则还没选对象或接手人",
                        en: "Rule \(out.count + 1) needs an object and a successor"))
            }
            out.append(.init(object: field("rule.\(index).object"), condition: condition, to: to))
        }
        return out
    }

    private static let noDay = Label(zh: "日期写成 2026-12-31", en: "Write the day as 2026-12-31")

    private static func wrong(_ text: Label) -> Rejection {
        Rejection(
            .invalid, code: "invalid", message: text, problems: [Problem(field: nil, code: "invalid", message: text)])
    }

    private func midnight(_ day: Day) -> Instant? { FormReader.instant(of: day.description + "T00:00", format) }

    /// The stand-in of somebody who is only away.
    func delegation(_ person: RecordID) throws(Rejection) -> Draft {
        guard let first = Day(field("start")), let last = Day(field("end")), let start = midnight(first),
            let end = midnight(last.adding(days: 1))
        else { throw Self.wrong(Label(zh: "休假要填开始和结束日期", en: "Leave needs its first and last day")) }
        guard !field("to").isEmpty else { throw Rejection.noTaker }
        var draft = Draft([
            "from": .text(person.description), "to": .text(field("to")), "start": .text(start.description),
            "end": .text(end.description),
        ])
        if !field("note").isEmpty { draft.fields["reason"] = .text(field("note")) }
        return draft
    }

    /// What a form shows of a wish that was kept.
    static func fields(of wish: HandOverWish, _ format: Format) -> [(name: String, value: String)] {
        var out = [
            ("person", wish.person.description), ("to", wish.usual?.description ?? ""), ("note", wish.note),
            ("occasion", wish.endsAccount || wish.follows ? "leaves" : "moves"), ("ends", wish.endsAccount ? "1" : ""),
            ("start", wish.fireAt.map { format.localDay($0).description } ?? ""),
        ]
        for (key, target) in wish.groups { out.append(("to." + key, target.text)) }
        for (index, rule) in wish.rules.enumerated() {
            out.append(("rule.\(index).object", rule.object))
            out.append(("rule.\(index).condition", rule.condition))
            out.append(("rule.\(index).to", rule.to.description))
        }
        return out.map { (name: $0.0, value: $0.1) }
    }
}
