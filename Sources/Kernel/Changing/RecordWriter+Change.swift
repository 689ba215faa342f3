import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// The intent with what the house adds to a request for a change: its sheet, and the figures that follow from it.
    /// Nothing for other objects.
    func prepared(_ definition: ObjectDefinition, _ intent: Intent, before: RecordState) throws -> Intent {
        guard let desk = definition.change, stamp == nil else { return intent }
        var change = intent.change
        switch intent {
        case .act(let action, _):
            if desk.computes.contains(action.id) {
                try compute(desk, definition, before, &change)
            } else if definition.approvals.contains(where: { $0.asks == action.id }) {
                try measure(desk, before, &change)
            } else if action.id == desk.confirms {
                change.lines[desk.sheet] = before.lines[desk.sheet]?.map { line in
                    var line = line
                    line.values[ImpactField.confirmed] = .bool(true)
                    return line
                }
            }
            return .act(action, change)
        case .create:
            try check(desk, before, change)
            try fillIn(desk, before, &change)
            return .create(change)
        case .update:
            try check(desk, before, change)
            if let lines = change.lines[desk.sheet], lines != before.lines[desk.sheet] {
                addUp(desk, lines, before, &change)
            }
            return .update(change)
        }
    }

    /// What is asked for can be asked for: fields that are there, lines that the record has, values that it takes.
    ///
    /// - Throws: the findings, at the field that names the new values.
    private func check(_ desk: ChangeDefinition, _ before: RecordState, _ change: RecordChange) throws {
        guard let text = change.values[desk.after]?.text, text != before[desk.after].text,
            let target = (change.values[desk.target] ?? before[desk.target]).record,
            let object = context.model.object(desk.object)
        else { return }
        let changeDesk = ChangeDesk(desk, in: context)
        guard let record = try changeDesk.load(object, target) else { return }
        let wish = ChangeWish(desk: desk, definition: object, text: text)
        var problems = wish.problems
        _ = wish.change(
            DraftReader(context: changeDesk.house, definition: object, ids: ids, writable: nil), record, &problems)
        guard problems.isEmpty else {
            throw Rejection.invalid(
                problems.map { Problem(field: desk.after, code: $0.code, message: $0.message) })
        }
    }

    /// A new request says how the record is now, unless somebody wrote it.
    private func fillIn(_ desk: ChangeDefinition, _ before: RecordState, _ change: inout RecordChange) throws {
        guard change.values[desk.before]?.isNull ?? true, let target = change.values[desk.target]?.record,
            let object = context.model.object(desk.object),
            let record = try ChangeDesk(desk, in: context).load(object, target)
        else { return }
        let wish = ChangeWish(desk: desk, definition: object, text: change.values[desk.after]?.text)
        change.values[desk.before] = .text(wish.before(record.state))
    }

    private func compute(
        _ desk: ChangeDefinition, _ definition: ObjectDefinition, _ before: RecordState, _ change: inout RecordChange
    ) throws {
        var request = before
        request.values.merge(change.values) { _, new in new }
        guard let finding = try ChangeDesk(desk, in: context).find(request) else { return }
        // What its owner has agreed to or written stays; what was only proposed is proposed anew.
        let kept = (before.lines[desk.sheet] ?? []).filter { $0.values[ImpactField.confirmed] == .bool(true) }
        let told = Set(kept.map { ImpactKey($0.values) })
        var lines = kept
        for line in finding.sheet.lines where !told.contains(ImpactKey(line.values)) {
            lines.append(LineState(id: ids.next(at), isNew: true, values: line.values))
        }
        change.lines[desk.sheet] = lines
        change.values[desk.point] = finding.point.map { .text($0) } ?? request[desk.point]
        if finding.before != "{}" { change.values[desk.before] = .text(finding.before) }
        addUp(desk, lines, before, &change)
        func put(_ result: String, _ value: Value) {
            if let field = desk.into[result] { change.values[field] = value }
        }
        measured(desk, finding, &change)
        put("documents", .list(finding.sheet.documents.map { .text($0) }))
        put("amendment", .bool(finding.sheet.needsAmendment))
        if let severity = finding.sheet.severity { put("severity", .text(severity)) }
    }

    /// What the house itself finds, at the moment when the request is asked for. The lines and what people wrote of them
    /// stay; the level follows from the higher of both.
    private func measure(_ desk: ChangeDefinition, _ before: RecordState, _ change: inout RecordChange) throws {
        guard let finding = try ChangeDesk(desk, in: context).find(before) else { return }
        measured(desk, finding, &change)
    }

    private func measured(_ desk: ChangeDefinition, _ finding: ChangeDesk.Finding, _ change: inout RecordChange) {
        let figures = ImpactFigures(finding.sheet.lines.map(\.values))
        for (result, value) in [
            ("found_cost", figures.cost), ("found_days", figures.days),
            ("found_count", ExactDecimal(figures.others.count)),
        ] {
            if let field = desk.into[result] { change.values[field] = .decimal(value) }
        }
    }

    /// The figures of the request follow from its lines, but for those that somebody writes at the same time.
    private func addUp(
        _ desk: ChangeDefinition, _ lines: [LineState], _ before: RecordState, _ change: inout RecordChange
    ) {
        let given = change.values
        func put(_ result: String, _ value: Value) {
            guard let field = desk.into[result] else { return }
            if let written = given[field], written != before[field] { return }
            change.values[field] = value
        }
        let figures = ImpactFigures(lines.map(\.values))
        put("cost", .decimal(figures.cost))
        put("days", .decimal(figures.days))
        put("orders", .list(figures.others))
        put("count", .decimal(ExactDecimal(figures.others.count)))
    }

    // MARK: Carrying it out

    /// What an action of a request has as its consequence beyond the request itself.
    ///
    /// - Returns: the sequence number of the last event of it; 0 for none.
    func followUp(_ definition: ObjectDefinition, _ action: ActionDefinition, _ request: RecordState) throws -> Int64 {
        guard let desk = definition.change else { return 0 }
        if let emergency = desk.emergency, emergency.action == action.id, stamp == nil {
            try EmergencyCap(context: context, ids: ids).check(definition, emergency, request)
        }
        return try carryOut(definition, action, request)
    }

    /// Does to the record what an approved request asks for, in the same transaction: all of it or nothing.
    ///
    /// - Throws: the rejection `changed_meanwhile` when the record no longer is as the request says it was, and what the
    ///   record itself refuses.
    private func carryOut(_ definition: ObjectDefinition, _ action: ActionDefinition, _ request: RecordState) throws
        -> Int64
    {
        guard let desk = definition.change, desk.applies == action.id, stamp == nil,
            let target = request[desk.target].record, let object = context.model.object(desk.object)
        else { return 0 }
        let changeDesk = ChangeDesk(desk, in: context)
        guard let record = try changeDesk.load(object, target) else { throw Rejection.noSuchRecord }
        let wish = ChangeWish(desk: desk, definition: object, text: request[desk.after].text)
        var problems = wish.problems
        let reader = DraftReader(context: changeDesk.house, definition: object, ids: ids, writable: nil)
        var change = wish.change(reader, record, &problems)
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        if !wish.fields.isEmpty, let before = request[desk.before].text, !Self.isSame(before, wish.before(record.state))
        {
            throw Rejection.changedMeanwhile(object)
        }
        var writer = self
        let title = try store.titles(definition.id, [request.id])[request.id] ?? definition.label.zh
        writer.command.reason = [title, request["reason"].text].compactMap { $0 }.joined(separator: " · ")
        let intent: Intent
        if let act = desk.acts[request[desk.kind].text ?? ""],
            let action = object.actions.first(where: { $0.id == act.action })
        {
            if let field = act.reason { change.values[field] = .text(writer.command.reason ?? "") }
            intent = .act(action, change)
        } else {
            guard !change.values.isEmpty || !change.lines.isEmpty else { return 0 }
            intent = .update(change)
        }
        return try writer.update(
            object, record, intent, kind: ChangeLineage.kind(definition.id, request.id), problems: []
        ).sequence
    }

    /// Whether both say the same of the record; what the stored one does not mention doesn't count.
    private static func isSame(_ stored: String, _ now: String) -> Bool {
        // Both were written as JSON by this house.
        guard let old = try? JSONText.read(Array(stored.utf8)), let new = try? JSONText.read(Array(now.utf8)),
            case .object(let was) = old, case .object(let has) = new
        else { return stored == now }
        return has.allSatisfy { was[$0.key] == nil || was[$0.key] == $0.value }
    }
}

/// What the lines of a sheet come to.
private struct ImpactFigures {
    let cost: ExactDecimal
    /// The longest, 0 or more.
    let days: ExactDecimal
    /// Records affected, each once.
    let others: [Value]

    init(_ lines: [[String: Value]]) {
        // Beyond all money: the field itself refuses it.
        cost = lines.compactMap { $0[ImpactField.amount]?.decimal }
            .reduce(ExactDecimal.zero) { sum, next in (try? sum + next) ?? sum }
        let longest = lines.compactMap { $0[ImpactField.days]?.decimal }.max() ?? ExactDecimal.zero
        days = longest.isNegative ? ExactDecimal.zero : longest
        var others: [Value] = []
        for line in lines {
            if let other = line[ImpactField.other], case .record = other, !others.contains(other) {
                others.append(other)
            }
        }
        self.others = others
    }
}

/// By what two lines of a sheet are the same effect.
private struct ImpactKey: Hashable {
    let kind: Value
    let text: Value
    let other: Value

    init(_ values: [String: Value]) {
        kind = values[ImpactField.kind] ?? .null
        other = values[ImpactField.other] ?? values[ImpactField.document] ?? .null
        text = other.isNull ? values[ImpactField.textZh] ?? .null : .null
    }
}

extension ImpactLine {
    var values: [String: Value] {
        var values: [String: Value] = [
            ImpactField.kind: .text(kind), ImpactField.textZh: .text(text.zh), ImpactField.textEn: .text(text.en),
            ImpactField.confirmed: .bool(false),
        ]
        if let amount { values[ImpactField.amount] = .decimal(amount) }
        if let days { values[ImpactField.days] = .decimal(ExactDecimal(days)) }
        if let other { values[ImpactField.other] = .record(other) }
        if let document {
            values[ImpactField.document] = .record(document.id)
            values[ImpactField.document + ".object"] = .text(document.object)
        }
        return values
    }
}

extension Rejection {
    static func changedMeanwhile(_ object: ObjectDefinition) -> Rejection {
        Rejection(
            .conflict, code: "changed_meanwhile",
            message: Label(
                zh: "\(object.label.zh)在评估之后又改过，请重新计算影响再执行",
                en:
                    "The \(object.label.en.lowercased()) has changed since the assessment: work out the effects again first"
            ))
    }
}
