package import Definitions
import Expressions
import Values

extension Decider {
    /// Fields that may not change any more: set once, or locked by the state.
    func frozen(_ changed: Set<String>, before: RecordState) -> [FlowProblem] {
        var problems: [FlowProblem] = []
        for id in changed.sorted() {
            guard let field = definition.field(id), field.immutable, !before[id].isNull else { continue }
            problems.append(.immutable(id))
        }
        if let states = definition.states, let code = before[states.field].text, let state = states.state(code),
            state.locked
        {
            for id in changed.sorted() where !state.open.contains(id) {
                problems.append(.locked(id, state: label(of: code)))
            }
        }
        return problems
    }

    /// Why a record can't be put into the recycle bin; empty when it can. What is locked goes back to an open state first.
    package func obstacles(toDeleting record: RecordState) -> [FlowProblem] {
        guard let states = definition.states, let code = record[states.field].text, states.state(code)?.locked == true
        else { return [] }
        return [.lockedFromDeleting(state: label(of: code))]
    }

    /// Appends what is wrong with values; gives back what is missing.
    func validate(_ after: RecordState, before: RecordState?, _ problems: inout [FlowProblem]) -> [FlowProblem] {
        var missing: [FlowProblem] = []
        for field in definition.validated {
            if case .lines(let child) = field.type {
                let lines = after.lines[field.id] ?? []
                if field.required, lines.isEmpty, before == nil { missing.append(.required(field.id)) }
                missing += validateLines(lines, name: field.id, object: child, in: after, before: before, &problems)
                continue
            }
            let value = after[field.id]
            if isEmpty(value) {
                let stays = before.map { isEmpty($0[field.id]) } ?? false
                if field.required, !stays, field.formula == nil { missing.append(.required(field.id)) }
            } else if before?[field.id] != value {
                problems += problem(of: value, in: field, place: field.id)
            }
        }
        return missing
    }

    private func validateLines(
        _ lines: [LineState], name: String, object: String, in after: RecordState, before: RecordState?,
        _ problems: inout [FlowProblem]
    ) -> [FlowProblem] {
        guard let definition = model.object(object) else { return [] }
        var stored: [RecordID: LineState] = [:]
        for line in before?.lines[name] ?? [] { stored[line.id] = line }
        var missing: [FlowProblem] = []
        for (index, line) in lines.enumerated() {
            let old = stored[line.id]
            for field in definition.liveFields where !field.isSystem && field.formula == nil {
                let value = line.values[field.id] ?? .null
                let place = "\(name)[\(index)].\(field.id)"
                if isEmpty(value) {
                    let stays = old.map { isEmpty($0.values[field.id] ?? .null) } ?? false
                    if field.required, !stays { missing.append(.required(place)) }
                } else if old?.values[field.id] != value {
                    problems += problem(of: value, in: field, place: place)
                }
            }
            let source = LineSource(line: line, parent: after)
            problems += failures(of: definition.blockingChecks, on: source).map { $0.at("\(name)[\(index)]") }
        }
        return missing
    }

    private func problem(of value: Value, in field: FieldDefinition, place: String) -> [FlowProblem] {
        switch (field.type, value) {
        case (.text(_, let format), .text(let text)) where !format.accepts(text): [.format(format, place)]
        case (.choice(let list), .text(let code)) where model.lists[list]?.code(code)?.retired == true:
            [.retiredCode(place)]
        default: []
        }
    }

    func check(_ state: RecordState, _ problems: inout [FlowProblem], _ warnings: inout [FlowProblem]) {
        problems += failures(of: definition.blockingChecks, on: state)
        warnings += failures(of: definition.warningChecks, on: state)
        for (name, lines) in state.lines.sorted(by: { $0.key < $1.key }) {
            guard case .lines(let child)? = definition.field(name)?.type, let object = model.object(child) else {
                continue
            }
            for (index, line) in lines.enumerated() {
                let source = LineSource(line: line, parent: state)
                warnings += failures(of: object.warningChecks, on: source).map { $0.at("\(name)[\(index)]") }
            }
        }
    }

    /// A check that gives null passes: something it needs is not filled in.
    private func failures(of checks: [CheckDefinition], on source: some FieldSource) -> [FlowProblem] {
        checks.compactMap { check in
            guard check.expression.filterValue(source, context.evaluation) == .bool(false) else { return nil }
            return FlowProblem(field: check.field, code: "check_" + check.id, message: check.message)
        }
    }

    /// The records that a template of a rule makes of this one or of its lines, and what stands in the way. None where
    /// the template's condition does not hold.
    package func records(
        from template: RecordTemplate, source: RecordState
    ) -> (records: [NewRecord], problems: [FlowProblem]) {
        var problems: [FlowProblem] = []
        let made = records(from: template, source: source, &problems)
        return (made, problems)
    }

    /// The record that a template makes of this one, or those that it makes of its lines.
    func records(
        from template: RecordTemplate, source: RecordState, _ problems: inout [FlowProblem]
    ) -> [NewRecord] {
        func isWanted(_ row: some FieldSource) -> Bool {
            template.condition.map { $0.filterValue(row, context.evaluation) == .bool(true) } ?? true
        }
        guard let each = template.each else {
            return isWanted(source) ? [record(from: template, source: source, &problems)] : []
        }
        var out: [NewRecord] = []
        for line in source.lines[each.lines] ?? [] where isEmpty(line.values[each.into] ?? .null) {
            let place = LineSource(line: line, parent: source)
            guard isWanted(place) else { continue }
            var made = NewRecord(
                object: template.object, values: values(from: template, line.values, place, source, &problems),
                lines: [:], opens: false)
            made.line = NewRecord.Place(lines: each.lines, line: line.id, into: each.into)
            out.append(made)
        }
        return out
    }

    private func values(
        from template: RecordTemplate, _ own: [String: Value], _ row: some FieldSource, _ source: RecordState,
        _ problems: inout [FlowProblem]
    ) -> [String: Value] {
        var values: [String: Value] = [:]
        for id in template.copies {
            for (path, value) in own where Self.fieldID(path) == id && !value.isNull { values[path] = value }
        }
        for assignment in template.sets {
            guard let value = evaluate(assignment.value, on: row, field: assignment.field, &problems) else { continue }
            values[assignment.field] = value
            // A link to any of several objects says which one: that of the record itself.
            if case .anyLink? = model.object(template.object)?.field(assignment.field)?.type,
                value == .record(source.id)
            {
                values[assignment.field + ".object"] = .text(source.object)
            }
        }
        return values
    }

    func record(from template: RecordTemplate, source: RecordState, _ problems: inout [FlowProblem]) -> NewRecord {
        let values = values(from: template, source.values, source, source, &problems)
        var lines: [String: [[String: Value]]] = [:]
        for (from, to) in template.lines {
            guard case .lines(let child)? = model.object(template.object)?.field(to)?.type,
                let object = model.object(child)
            else { continue }
            let copied = Set(object.liveFields.filter { !$0.isSystem && $0.formula == nil }.map(\.id))
            lines[to] = (source.lines[from] ?? []).map { line in
                line.values.filter { copied.contains(Self.fieldID($0.key)) && !$0.value.isNull }
            }
        }
        return NewRecord(object: template.object, values: values, lines: lines, opens: template.opensIt)
    }
}

extension TextFormat {
    /// Loose on purpose: real mailboxes and numbers are stranger than strict patterns.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .plain: return true
        case .email:
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
                && !parts[1].hasSuffix(".") && !text.contains(" ") && text.utf8.count <= 254
        case .phone:
            let digits = text.filter(\.isNumber).count
            return digits >= 3 && digits <= 20
        case .url:
            let bare = text.lowercased()
            guard !bare.contains(" ") else { return false }
            if let scheme = bare.firstRange(of: "://") {
                return ["http", "https"].contains(bare[..<scheme.lowerBound])
            }
            return bare.contains(".") && !bare.contains(":")
        }
    }
}
