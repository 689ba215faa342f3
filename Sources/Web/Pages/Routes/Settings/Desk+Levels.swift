import Definitions
import Kernel
import Values

/// The company's tables of approval levels, drawn as matrices.
extension Desk {
    func levels() async throws -> Reply {
        let (frame, rules) = try await ask(LevelRules())
        let eyes = presentation(frame)
        let composition = LevelComposition(eyes: eyes, rules: rules)
        let content = LevelsPage(
            approvals: composition.approvals, levels: composition.levels,
            editURL: frame.sight.may("update", LevelRules.object) ? Paths.list(LevelRules.object) : nil)
        return settingsPage(content, frame, title: context[Words.houseLevels])
    }
}

/// The rules of levels in force, for whoever may read them.
struct LevelRules: Question {
    static let object = "approval_rule"

    func answer(in context: ReadContext) throws -> [RecordView] {
        let sight = try context.ask(VisibleModel())
        guard sight.canRead(Self.object), let object = sight.model.object(Self.object), !object.retired else {
            throw Rejection.notForThisRole
        }
        let fields = object.liveFields.filter { !$0.isSystem }.map(\.id).filter(sight.readable(Self.object).contains)
        return try context.ask(
            ListRecords(
                object: Self.object, columns: fields,
                filters: sight.filterable(Self.object).contains("active") ? ["active"] : [],
                sort: ["kind", "dimension", "from"].filter(sight.filterable(Self.object).contains).map {
                    SortKey(path: $0, descending: false)
                }, limit: 500)
        ).rows
    }
}

/// Makes the matrices.
struct LevelComposition {
    let eyes: Presentation
    let rules: [RecordView]

    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }

    var levels: Int { max(4, rules.compactMap { level($0) }.max() ?? 0) + 1 }

    private func level(_ rule: RecordView) -> Int? { rule["level"].decimal.flatMap { Int(exactly: $0.floor) } }

    var approvals: [LevelsPage.Approval] {
        eyes.model.liveObjects.filter { eyes.sight.canRead($0.id) }.flatMap { object in
            object.approvals.map { approval($0, of: object) }
        }
    }

    private func approval(_ approval: ApprovalDefinition, of object: ObjectDefinition) -> LevelsPage.Approval {
        let own = rules.filter { $0["kind"].text == approval.kind }
        let words = ExpressionWords(model: eyes.model, format: eyes.page.format)
        let action = { (id: String?) in
            id.flatMap { id in object.actions.first { $0.id == id } }.map { eyes.say($0.label) } ?? ""
        }
        var sentences = [
            say(
                "做“\(action(approval.asks))”时要批；批了就“\(action(approval.granted))”。",
                "“\(action(approval.asks))” waits for it; once granted, “\(action(approval.granted))” is done.")
        ]
        if approval.isSerial { sentences.append(say("逐级批到最高一级。", "Every level up to the highest is asked in turn.")) }
        if approval.atLeast > 0 {
            sentences.append(say("至少 \(approval.atLeast) 级。", "At least level \(approval.atLeast)."))
        }
        sentences += ways(approval)
        let bound = approval.binds.prefix(8).map { eyes.label($0, of: object.id) }
        if !bound.isEmpty {
            sentences.append(
                say("这些变了要重批：", "Void when one of these changes: ") + bound.joined(separator: say("、", ", "))
                    + (approval.binds.count > 8 ? say(" 等", " and others") : ""))
        }
        let rows = approval.dimensions.map { dimension -> LevelsPage.Row in
            let found = own.filter { $0["dimension"].text == dimension.id }
            return LevelsPage.Row(
                dimension: dimensionName(dimension.id), measures: measured(dimension, words),
                cells: (0..<levels).map { level in found.filter { self.level($0) == level }.map(cell) })
        }
        return LevelsPage.Approval(
            id: object.id + "-" + approval.id, title: eyes.say(object.label) + " · " + eyes.say(approval.label),
            icon: object.icon, sentences: sentences, rows: rows,
            findings: approval.dimensions.flatMap { gaps($0.id, own) },
            tableURL: Paths.levels(object.id + "." + approval.id))
    }

    private func measured(_ dimension: ApprovalDefinition.Dimension, _ words: ExpressionWords) -> String {
        let converted = dimension.converted.map { converted in
            let amount = words.sentence(converted.amount)
            return say(
                "\(amount) 按汇率折成 \(converted.currency)", "\(amount) in \(converted.currency) by the house's rate")
        }
        return [dimension.value.map { words.sentence($0) }, converted].compactMap { $0 }.joined(
            separator: say("，没有则 ", ", else "))
    }

    /// How several who are asked decide together, where it is not everybody.
    private func ways(_ approval: ApprovalDefinition) -> [String] {
        var out: [String] = []
        if let way = way(approval.mode) { out.append(way) }
        for step in approval.steps {
            let seats = step.seats.map { code("approver_role", $0.role) }.joined(separator: say("、", ", "))
            let who = seats.isEmpty ? "" : say("由 \(seats) ", " \(seats),")
            let way = way(step.mode) ?? say("全部同意", "all must agree")
            out.append(say("\(step.level) 级\(who)：\(way)", "Level \(step.level):\(who) \(way)"))
        }
        return out
    }

    private func way(_ mode: ApprovalDefinition.Mode) -> String? {
        switch mode {
        case .all: nil
        case .any: say("一人同意即可（或签）。", "one of them is enough.")
        case .sequential: say("依次批（前一人同意才轮到下一人）。", "one after the other.")
        case .vote(let share):
            say("投票，同意达到 \(share / 100) % 即通过。", "a vote, granted at \(share / 100) %.")
        }
    }

    private func code(_ list: String?, _ code: String) -> String {
        list.flatMap { eyes.model.lists[$0]?.code(code) }.map { eyes.say($0.label) } ?? code
    }

    private func dimensionName(_ id: String) -> String { code("approval_dimension", id) }

    private func number(_ rule: RecordView, _ field: String) -> ExactDecimal? { rule[field].decimal }

    private func cell(_ rule: RecordView) -> LevelsPage.Cell {
        let isShare = rule["dimension"].text?.hasSuffix("_pct") == true
        let text = { (number: ExactDecimal) in isShare ? number.percentText + " %" : number.shortest }
        let (from, to) = (number(rule, "from").map(text), number(rule, "to").map(text))
        let interval: String
        switch (from, to) {
        case (let from?, let to?): interval = say("\(from) 起，不到 \(to)", "\(from) to below \(to)")
        case (let from?, nil): interval = say("\(from) 及以上", "\(from) and above")
        case (nil, let to?): interval = say("不到 \(to)", "below \(to)")
        case (nil, nil): interval = say("全部", "any")
        }
        var notes: [String] = []
        if let hours = rule["sla_hours"].decimal, !hours.isZero {
            notes.append(say("\(hours.shortest) 小时内", "within \(hours.shortest) h"))
        }
        if rule["countersign"] == .bool(true) { notes.append(say("财务会签", "finance countersigns")) }
        let role = rule["approver_role"].text ?? ""
        return LevelsPage.Cell(
            interval: interval, approver: role == "none" ? say("自己", "own authority") : code("approver_role", role),
            note: notes.joined(separator: " · "),
            url: eyes.sight.may("update", LevelRules.object) ? Paths.edit(LevelRules.object, rule.id.description) : nil)
    }

    /// Limits of one dimension that leave something out or overlap.
    private func gaps(_ dimension: String, _ own: [RecordView]) -> [String] {
        let found = own.filter { $0["dimension"].text == dimension }.sorted {
            guard let a = number($0, "from") else { return number($1, "from") != nil }
            return number($1, "from").map { a < $0 } ?? false
        }
        let name = dimensionName(dimension)
        if found.isEmpty {
            return [say("“\(name)”没有级别，一律按最高级批。", "“\(name)” has no levels; the highest one is always asked.")]
        }
        var out: [String] = []
        for (one, next) in zip(found, found.dropFirst()) {
            guard let end = number(one, "to"), let start = number(next, "from") else {
                out.append(say("“\(name)”有重叠的区间。", "“\(name)” has limits that overlap."))
                continue
            }
            if end < start {
                out.append(
                    say(
                        "“\(name)”在 \(end.shortest) 与 \(start.shortest) 之间没有级别，按最高级批。",
                        "“\(name)” has no level between \(end.shortest) and \(start.shortest); the highest one is asked."
                    ))
            } else if end > start {
                out.append(
                    say(
                        "“\(name)”在 \(start.shortest) 与 \(end.shortest) 之间重叠。",
                        "“\(name)” overlaps between \(start.shortest) and \(end.shortest)."))
            }
        }
        return out
    }
}
