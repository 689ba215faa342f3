import Definitions
import Kernel
import Values

/// What people do with the baton, from any page that shows it: plain form posts, refused at the place.
extension Desk {
    func actOnBaton(_ object: String, _ record: RecordID, verb: String) async throws -> Reply {
        let back = field("back").isEmpty ? RelayAddress(object: object).opening(record) : Pages.local(field("back"))
        do {
            let (kind, said) = try await deed(object, record, verb)
            let outcome = try await kernel.perform(Command(kind), as: actor)
            var text = try await asked(outcome, object) ?? said
            if let warning = outcome.warnings.first { text += " · " + context[warning.message] }
            return done(back, text)
        } catch let rejection as Rejection where rejection.kind != .missing && rejection.kind != .unauthenticated {
            // It has no form that could be shown again.
            if verb == "urge" { return done(back, context[rejection.message], isError: true) }
            return try await refused(rejection, object, record, verb: verb, back: back)
        }
    }

    /// What is said of a hand-over that an approval holds back; nil when it was done.
    private func asked(_ outcome: Outcome, _ object: String) async throws -> String? {
        guard outcome.approval?.status == "pending", !field("action").isEmpty else { return nil }
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let action = sight.model.object(object)?.actions.first(where: { $0.id == field("action") }) else {
            return nil
        }
        return sent(outcome, action, of: sight.model.object(object))
    }

    /// 已提交“下达生产”审批，等 陈总; nil for what no approval holds back.
    func sent(_ outcome: Outcome, _ action: ActionDefinition, of definition: ObjectDefinition?) -> String? {
        guard let approval = outcome.approval, approval.status == "pending",
            definition?.approvals.contains(where: { $0.granted == action.id }) == true
        else { return nil }
        return context[Words.sentForApproval(action.label, approval.approvers.map(\.name))]
    }

    private func deed(_ object: String, _ record: RecordID, _ verb: String) async throws -> (Command.Kind, String) {
        if verb == "hand-over" { return try await handOver(object, record) }
        guard let leg = RecordID(field("leg")) else { throw Rejection.noSuchPath }
        let reason = field("reason").trimmingSpaces
        switch verb {
        case "accept": return (.relay(.accept(leg: leg)), context[Label(zh: "已接棒", en: "Accepted")])
        case "return":
            return (.relay(.giveBack(leg: leg, reason: reason)), context[Label(zh: "已退回", en: "Returned")])
        case "pause":
            return (.relay(.pause(leg: leg, reason: reason)), context[Label(zh: "已停表", en: "The clock stands")])
        case "resume": return (.relay(.resume(leg: leg)), context[Label(zh: "恢复走表", en: "The clock runs again")])
        case "urge": return (.relay(.urge(leg: leg)), context[Label(zh: "已催办", en: "Asked to get on with it")])
        case "pass":
            guard let to = RecordID(field("to")) else { throw Rejection.noTaker }
            return (.relay(.pass(leg: leg, to: to)), context[Label(zh: "已转交", en: "Passed on")])
        case "tick":
            return (
                .relay(.tick(leg: leg, deliverable: field("deliverable"), done: field("done") != "false")),
                context[Words.saved]
            )
        case "settle":
            guard let item = RecordID(field("item")) else { throw Rejection.noSuchPath }
            return (.relay(.settle(leg: leg, item: item)), context[Words.settled])
        default: throw Rejection.noSuchPath
        }
    }

    /// The action with its fields, a date for each deliverable that is missing, and who takes it.
    private func handOver(_ object: String, _ record: RecordID) async throws -> (Command.Kind, String) {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canRead(object),
            let action = definition.actions.first(where: { $0.id == field("action") })
        else { throw Rejection.noSuchPath }
        let asked = fields.filter { item in
            action.input.contains { item.name == $0 || item.name.hasPrefix($0 + ".") }
        }
        let reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: false)
        let draft = try await reader.draft(linked(asked, definition, sight.model))
        let labels = deliverables(of: object, sight)
        var items: [OpenItem] = []
        for (name, value) in fields where name.hasPrefix("due.") {
            let id = String(name.dropFirst("due.".count))
            guard let due = FormReader.instant(of: value, context.format) else { throw Rejection.noDate(labels[id]) }
            items.append(OpenItem(deliverable: id, text: labels[id]?.zh ?? "", due: due))
        }
        let command = RelayCommand.handOver(
            object: object, record: record, action: action.id, draft: draft, expecting: version, openItems: items,
            to: RecordID(field("to")))
        let said = Label(zh: "已交棒 · \(action.label.zh)", en: "Handed off · \(action.label.en)")
        return (.relay(command), context[said])
    }

    private func deliverables(of object: String, _ sight: ModelSight) -> [String: Label] {
        var out: [String: Label] = [:]
        for process in sight.model.processes {
            for leg in process.legs(of: object) { for item in leg.deliverables { out[item.id] = item.label } }
        }
        return out
    }

    /// The page again with the form that was refused; where that page shows no forms, a sentence.
    private func refused(
        _ rejection: Rejection, _ object: String, _ record: RecordID, verb: String, back: String
    ) async throws -> Reply {
        let message = rejection.kind == .stale ? context[Words.stale] : context[rejection.message]
        let reasons = rejection.problems.map { context[$0.message] }
        let form = verb == "hand-over" ? "hand-over." + field("action") : verb
        let refused = LegPanel.Refused(form: form, message: message, problems: reasons, typed: fields)
        let status = rejection.kind.status
        let parts = back.split(separator: "?", maxSplits: 1)
        let path = parts.first?.split(separator: "/").map(String.init) ?? []
        if path.count == 3, path[0] == "relay", path[1] == object, path[2] == record.description {
            return try await relayMap(object, record, refused: refused, status: status)
        }
        if path.count == 2, path[0] == "relay", path[1] == object {
            var address = RelayAddress(
                object: object, query: parts.count > 1 ? PercentCode.form(parts[1]) ?? [] : [])
            address.open = record
            return try await relayBoard(address, refused: refused, status: status)
        }
        return done(back, ([message] + reasons.prefix(3)).joined(separator: " · "), isError: true)
    }
}

extension Rejection {
    static let noTaker = Rejection(
        .invalid, code: "required", message: Label(zh: "请选择接棒的同事", en: "Choose the colleague who takes it"))

    static func noDate(_ label: Label?) -> Rejection {
        let name = label ?? Label(zh: "这一项", en: "this item")
        return Rejection(
            .invalid, code: "bad_date",
            message: Label(zh: "请写明“\(name.zh)”的补交时间", en: "Say by when “\(name.en)” will come"))
    }
}
