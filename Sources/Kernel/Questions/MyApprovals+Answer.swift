import Access
import Definitions
import Expressions
import Flow
import Store
import Values

extension MyApprovals {
    package func answer(in context: ReadContext) throws -> [ApprovalItem] {
        let reader = try ApprovalReader(context)
        guard let reader else { return [] }
        let ids = try reader.ids(of: box, limit: Limits.rows(limit))
        let records = try ids.compactMap { try reader.keeper.find($0) }
        return try records.map { try reader.item($0) }
    }
}

extension WaitingApprovals {
    /// One statement.
    package func answer(in context: ReadContext) throws -> Int {
        guard let reader = try ApprovalReader(context) else { return 0 }
        return try reader.waiting()
    }
}

extension ShowApproval {
    package func answer(in context: ReadContext) throws -> ApprovalDetail {
        guard let reader = try ApprovalReader(context), let record = try reader.keeper.find(id),
            try reader.desk.isInSight(record, of: reader.me, context)
        else { throw Rejection.noSuchRecord }
        return try reader.detail(record)
    }
}

/// Reads approvals as the house and tells them as the asker may know them.
struct ApprovalReader {
    let context: ReadContext
    let me: RecordID
    let desk: ApprovalDesk
    let steps: ObjectDefinition

    var keeper: ApprovalKeeper { desk.keeper }
    private var house: ReadContext { desk.house }

    /// Nil for who is nobody's account, and where the packs keep no approvals.
    init?(_ context: ReadContext) throws {
        guard let me = context.actor.userID, let steps = context.model.object("approval_step"),
            context.model.object(ApprovalRecord.object)?.field("course") != nil, steps.field("state") != nil
        else { return nil }
        self.context = context
        self.me = me
        self.steps = steps
        // A question writes nothing: the writer only lends its reading.
        desk = ApprovalDesk(
            RecordWriter(
                context: context, ids: IDSource { RecordID(at: $0, random: (0, 0)) },
                command: Command(.notices(.read([]))), commandID: RecordID(at: context.now, random: (0, 0))))
    }

    // MARK: Boxes

    private static let openSteps = "state = \"open\" AND (person = ME() OR delegate = ME())"

    func waiting() throws -> Int {
        try context.connection.beyondSight {
            try house.store.count(
                RecordQuery(
                    object: steps.id, predicates: [try house.filter(Self.openSteps, on: steps.id)],
                    context: context.evaluation, limit: 1), cap: 99
            ).count
        }
    }

    func ids(of box: MyApprovals.Box, limit: Int) throws -> [RecordID] {
        try context.connection.beyondSight {
            switch box {
            case .mine: try parents(Self.openSteps, sort: "due", limit)
            case .done: try parents("decided_by = ME()", sort: "-at", limit)
            case .delegated:
                try parents(
                    "delegate = ME() OR stands_in_for = ME() OR (person = ME() AND NOT(ISBLANK(stands_in_for))) "
                        + "OR (person = ME() AND state IN (\"transferred\", \"held\"))", sort: "-opened_at", limit)
            case .started: try approvals("requester = ME()", limit)
            case .copied: try approvals("HAS(copies, ME())", limit)
            }
        }
    }

    private func parents(_ source: String, sort: String, _ limit: Int) throws -> [RecordID] {
        let key = SortKey(path: sort.hasPrefix("-") ? String(sort.dropFirst()) : sort, descending: sort.hasPrefix("-"))
        let query = RecordQuery(
            object: steps.id, predicates: [try house.filter(source, on: steps.id)], context: context.evaluation,
            fields: [FieldPath(["parent"])], sort: [key], limit: limit * 2)
        var out: [RecordID] = []
        for row in try house.store.select(query) {
            if let parent = row[path: "parent"].record, !out.contains(parent) { out.append(parent) }
        }
        return Array(out.prefix(limit))
    }

    private func approvals(_ source: String, _ limit: Int) throws -> [RecordID] {
        let object = ApprovalRecord.object
        let query = RecordQuery(
            object: object, predicates: [try house.filter(source, on: object)], context: context.evaluation,
            fields: [FieldPath(["id"])], sort: [SortKey(path: "created_at", descending: true)], limit: limit)
        return try house.store.select(query).map(\.id)
    }

    // MARK: One of them

    func item(_ record: ApprovalRecord) throws -> ApprovalItem {
        let target = context.model.object(record.target.object)
        let name = target?.approvals.first { $0.id == record.definition }?.label
        let isSplit = record.state["is_split"] == .bool(true)
        let isMine = record.approval.task(for: me, people: try desk.people(), at: context.now) != nil
        let shown = target?.approvals.first { $0.id == record.definition }?.shows ?? []
        let view = try view(of: record.target, fields: shown)
        let book = try house.peopleBook()
        return ApprovalItem(
            id: record.id, version: record.version, status: record.approval.status.rawValue, level: record.level,
            definition: record.definition,
            name: name ?? Label(zh: "审批", en: "Approval"), target: record.target,
            targetLabel: target?.label ?? Label(zh: record.target.object, en: record.target.object),
            title: view?.title ?? "", record: view,
            requester: book.byID[record.approval.requester]?.name ?? "—",
            askedAt: record.state["created_at"].instant ?? context.now, due: record.state["due"].instant,
            why: Label(zh: record.state["why_zh"].text ?? "", en: record.state["why_en"].text ?? ""),
            isSplit: isSplit, isMine: isMine, isLowRisk: record.level <= 1 && !isSplit)
    }

    func detail(_ record: ApprovalRecord) throws -> ApprovalDetail {
        let book = try house.peopleBook()
        let words = ApprovalWords(model: context.model)
        func name(_ id: RecordID?) -> String? { id.map { book.byID[$0]?.name ?? "—" } }
        let lines = record.state.lines["steps"] ?? []
        let approval = record.approval
        let tasks = approval.course.tasks.map { task in
            let seat = approval.course.seats[task.seat]
            let line = lines.indices.contains(task.number) ? lines[task.number].values : [:]
            return ApprovalDetail.Task(
                number: task.number, person: name(task.person) ?? "—", personID: task.person,
                role: words.role(seat.role),
                level: seat.level, state: task.state.rawValue,
                why: Label(zh: line["why_zh"]?.text ?? "", en: line["why_en"]?.text ?? ""), openedAt: task.openedAt,
                due: line["due"]?.instant, decidedBy: name(task.decidedBy), decidedAt: task.decidedAt,
                note: task.note, standIn: name(task.standIn), standsInFor: name(task.standsInFor),
                isAdded: seat.addedBy == me)
        }
        let mine = approval.task(for: me, people: try desk.people(), at: context.now)
        let history = approval.acts.map { act in
            ApprovalDetail.Act(
                verb: act.verb, by: name(act.by), onBehalfOf: name(approval.principal(of: act)), at: act.at,
                people: act.people.map { name($0) ?? "—" },
                note: act.note)
        }
        let visited = approval.course.stage.map { now in
            (0..<now).filter { index in approval.course.groups.contains { $0.place == .stage(index) } }
        }
        return ApprovalDetail(
            item: try item(record), findings: try findings(record, words), basis: try basis(record),
            difference: try difference(record), tasks: tasks,
            history: history, copies: approval.copies.map { name($0) ?? "—" }, verbs: try verbs(record, mine),
            whyYou: mine.map { tasks[$0.number].why }, visited: visited ?? [])
    }

    /// What the asker may do: each is tried on the value, nothing comes of it.
    private func verbs(_ record: ApprovalRecord, _ mine: ApprovalTask?) throws -> [String] {
        let people = try desk.people()
        let actor: ApprovalActor = desk.isAdministrator(context) ? .administrator(me) : .person(me)
        func may(_ verb: ApprovalVerb) -> Bool {
            if case .success = record.approval.decide(verb, by: actor, at: context.now, people: people) {
                true
            } else {
                false
            }
        }
        let tried: [ApprovalVerb] = [
            .approve(note: "-"), .reject(note: "-"), .sendBack(to: .requester, then: .walkAgain, note: "-"),
            .withdraw(note: "-"), .takeBack, .urge, .comment("-"), .terminate(note: "-"), .restart,
        ]
        var out = tried.filter(may).map(\.id)
        if out.contains("return") { out += ["transfer", "delegate", "add_signers"] }
        if out.contains("comment") { out.append("copy") }
        if record.approval.openTasks.contains(where: { may(.removeSigner(task: $0.number)) }) {
            out.append("remove_signer")
        }
        return ApprovalCommand.verbs.filter(out.contains)
    }

    // MARK: Values

    private func findings(_ record: ApprovalRecord, _ words: ApprovalWords) throws -> [ApprovalDetail.Finding] {
        guard let text = record.state["snapshot"].text, let json = try? JSONReader.read(text),  // none, when unreadable
            case .array(let items)? = json["findings"]
        else { return [] }
        let approval = context.model.object(record.target.object)?.approvals.first { $0.id == record.definition }
        // Figures are for who is asked, and for who sees the record anyway.
        let isAsked = record.approval.course.tasks.contains { $0.person == me || $0.standIn == me }
        let isShown = isAsked ? true : try isInSight(record.target)
        return items.map { item in
            let id = item["dimension"]?.plainText ?? ""
            let paths = approval?.dimensions.first { $0.id == id }?.fieldPaths ?? []
            let rows = item["rows"]?.items?.compactMap(\.whole)
            let isHidden =
                rows != nil
                ? false : !isShown || !paths.allSatisfy { isReadable($0, on: record.target.object) } || paths.isEmpty
            return ApprovalDetail.Finding(
                dimension: words.dimension(id), value: isHidden ? nil : item["value"]?.plainNumber,
                isHidden: isHidden, from: item["from"]?.plainNumber, to: item["to"]?.plainNumber,
                isShare: id.hasSuffix("_pct"), level: item["level"]?.plainNumber.map { Int($0.floor) } ?? 0,
                role: words.role(item["role"]?.plainText ?? "none"), isBeyond: item["beyond"] == .bool(true),
                rows: rows)
        }
    }

    private func isInSight(_ target: RecordReference) throws -> Bool { try view(of: target) != nil }

    private func view(of target: RecordReference, fields: [String] = []) throws -> RecordView? {
        let holder = context.model.object(target.object)
        let readable = context.access.grant(target.object).readable
        let fields = fields.filter { readable.contains($0) }
        let currencies = fields.compactMap { id -> String? in
            guard case .money(let source)? = holder?.field(id)?.type else { return nil }
            switch source {
            case .base: return nil
            case .own: return id + ".currency"
            case .record(let currency, _): return readable.contains(FieldPath(text: currency).first) ? currency : nil
            }
        }
        do {
            return try context.ask(
                ShowRecord(object: target.object, id: target.id, fields: fields + currencies, withLines: false))
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }

    private func isReadable(_ path: FieldPath, on object: String) -> Bool {
        context.access.checkPath(path, on: object) || context.isOwnReadable(path, on: object)
    }

    /// The bound fields that the asker may read, and which of them are different now.
    private func basis(_ record: ApprovalRecord) throws -> [ApprovalDetail.Basis] {
        guard let definition = context.model.object(record.target.object),
            let approval = definition.approvals.first(where: { $0.id == record.definition }),
            let text = record.state["snapshot"].text, let then = try? JSONReader.read(text)["fields"]  // none, likewise
        else { return [] }
        var now: JSONValue?
        do {
            let state = try desk.load(definition, record.target.id).state
            now = ApprovalSnapshot.fields(state, definition, approval, context.model)
        } catch let refusal as Rejection where refusal.kind == .missing {
            now = nil
        }
        let access = context.access.grant(definition.id)
        return approval.boundFields.compactMap { id in
            guard access.readable.contains(id), let field = definition.field(id) else { return nil }
            return ApprovalDetail.Basis(field: id, label: field.label, isChanged: now?[id] != then[id])
        }
    }
}

extension JSONValue {
    fileprivate var plainText: String? { if case .text(let text) = self { text } else { nil } }
    fileprivate var plainNumber: ExactDecimal? {
        if case .number(let digits) = self { ExactDecimal(digits) } else { nil }
    }
}
