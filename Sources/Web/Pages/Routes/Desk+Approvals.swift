import Definitions
import Kernel
import Values

extension Desk {
    /// `/approvals`, `/approvals/{id}`, `/approvals/{id}/{verb}` and `/approvals/batch`.
    func approvals(_ rest: [String]) async throws -> Reply {
        switch (rest.count, isPost) {
        case (0, false): return try await approvalInbox(nil)
        case (1, true) where rest[0] == "batch": return try await approveMany()
        case (1, false), (2, true):
            guard let id = RecordID(rest[0]) else { throw Rejection.noSuchPath }
            return rest.count == 1 ? try await approvalInbox(id) : try await decideApproval(id, rest[1])
        default: throw Rejection.noSuchPath
        }
    }

    private var box: MyApprovals.Box { exchange[query: "box"].flatMap { MyApprovals.Box(rawValue: $0) } ?? .mine }

    private func approvalInbox(_ id: RecordID?) async throws -> Reply {
        let (frame, inbox) = try await ask(ApprovalInbox(box: box, id: id))
        let composition = ApprovalComposition(
            page: context, box: box, inbox: inbox, now: kernel.now, me: actor.userID,
            eyes: Presentation(sight: frame.sight, page: context))
        let title = context[Words.approvals]
        return self.page(
            composition.content(), frame, title: title, place: "approvals",
            crumbs: [Shell.Crumb(text: title, url: Paths.approvals)],
            backURL: id == nil ? nil : Paths.approvals(box.rawValue), scripts: ["list.js", "person.js"])
    }

    private func decideApproval(_ id: RecordID, _ verb: String) async throws -> Reply {
        let back = Paths.approval(id.description, box: box.rawValue)
        var step = ApprovalCommand(id: id, verb: verb == "step" ? field("verb") : verb, note: field("note"))
        step.people = RecordID(field("person")).map { [$0] } ?? []
        if !field("to").isEmpty { step.destination = field("to") }
        if !field("position").isEmpty { step.position = field("position") }
        step.task = Int(field("task"))
        if !field("afterwards").isEmpty { step.afterwards = field("afterwards") }
        if !field("mode").isEmpty { step.mode = field("mode") }
        step.expecting = Int(field("version"))
        do {
            let outcome = try await kernel.perform(Command(.approval(step)), as: actor)
            let said = outcome.warnings.first?.message ?? Words.approvalVerb(step.verb)
            let next = outcome.approval?.status == "pending" ? back : Paths.approvals(box.rawValue)
            return done(next, context[said], isError: !outcome.warnings.isEmpty)
        } catch let refusal as Rejection where refusal.kind != .missing {
            return done(back, refusal.message[context.language], isError: true)
        }
    }

    /// Each of the chosen by itself: one that is refused holds up no other.
    private func approveMany() async throws -> Reply {
        let chosen = fields.filter { $0.name == "id" }.compactMap { RecordID($0.value) }.prefix(50)
        let mine = try await kernel.answer(MyApprovals(box: .mine), as: actor)
        // Only what the page offers for this: low risk, and looked at as a row of the list.
        let allowed = chosen.filter { id in mine.contains { $0.id == id && $0.isLowRisk && $0.isMine } }
        let kinds = allowed.map { Command.Kind.approval(ApprovalCommand(id: $0, verb: "approve")) }
        guard !kinds.isEmpty else { return Reply.redirect(to: Paths.approvals) }
        let outcome = try await kernel.perform(Command(.bulk(kinds, atomic: false)), as: actor)
        let good = outcome.parts.count { if case .success = $0 { true } else { false } }
        return done(
            Paths.approvals, context[Words.approvedMany(good, outcome.parts.count - good)],
            isError: good < outcome.parts.count)
    }
}

/// A box with one of its approvals opened.
struct ApprovalInbox: Question {
    struct Answer: Sendable {
        let items: [ApprovalItem]
        let waiting: Int
        let detail: ApprovalDetail?
        /// Whom it may be given to.
        let people: [Colleague]
    }

    let box: MyApprovals.Box
    let id: RecordID?

    func answer(in context: ReadContext) throws -> Answer {
        let items = try context.ask(MyApprovals(box: box))
        let detail = try id.map { try context.ask(ShowApproval(id: $0)) }
        var people: [Colleague] = []
        if detail?.verbs.contains("transfer") == true || detail?.verbs.contains("copy") == true {
            people = try Colleague.all(
                try context.ask(VisibleModel()), context, usually: Set(context.actor.roles))
        }
        return Answer(
            items: items, waiting: try context.ask(WaitingApprovals()), detail: detail, people: people)
    }
}

/// Makes the inbox's page of what was read.
struct ApprovalComposition {
    let page: PageContext
    let box: MyApprovals.Box
    let inbox: ApprovalInbox.Answer
    let now: Instant
    let me: RecordID?
    let eyes: Presentation

    func content() -> ApprovalsPage {
        ApprovalsPage(
            tabs: MyApprovals.Box.allCases.map { one in
                Tabs.Tab(
                    label: page[Words.approvalBox(one.rawValue)], url: Paths.approvals(one.rawValue),
                    count: one == .mine ? inbox.waiting : nil, isCurrent: one == box)
            },
            rows: inbox.items.map(row), batchURL: Paths.approvals + "/batch",
            empty: page[Words.approvalEmpty(box.rawValue)],
            emptyHint: page[Words.approvalEmptyHint(box.rawValue)], detail: inbox.detail.map(detail))
    }

    private func row(_ item: ApprovalItem) -> ApprovalsPage.Row {
        let kinds = inbox.items.count { $0.name == item.name && $0.isLowRisk && $0.isMine }
        var row = ApprovalsPage.Row(
            url: Paths.approval(item.id.description, box: box.rawValue), title: title(item),
            note: page[item.name] + " · " + item.requester)
        row.tags = tags(item)
        row.facts = facts(item)
        if item.status == "pending" {
            row.due = item.due.map { DueTag.make($0, isDay: false, now: now, format: page.format) }
        }
        row.isOpen = inbox.detail?.item.id == item.id
        row.batch = box == .mine && item.isLowRisk && kinds > 1 ? item.id.description : nil
        return row
    }

    /// 客户、金额: what the approval shows of its record.
    private func facts(_ item: ApprovalItem) -> [String] {
        guard let record = item.record,
            let definition = eyes.model.object(item.target.object),
            let approval = definition.approvals.first(where: { $0.id == item.definition })
        else { return [] }
        let amounts = approval.shows.count { id in
            if case .money? = definition.field(id)?.type { true } else { false }
        }
        return approval.shows.compactMap { id in
            let text = eyes.shown(id, of: record).plain
            guard !text.isEmpty, text != item.title else { return nil }
            // Several amounts need their names.
            guard amounts > 1, case .money? = definition.field(id)?.type else { return text }
            return eyes.label(id, of: definition.id) + " " + text
        }
    }

    private func title(_ item: ApprovalItem) -> String {
        item.title.isEmpty ? page[item.targetLabel] : item.title
    }

    private func tags(_ item: ApprovalItem) -> [Tag] {
        var tags = [Tag(page[Words.approvalLevel(item.level)], tone: item.level >= 3 ? .warn : .mute)]
        if item.status != "pending" { tags.append(status(item.status)) }
        if item.isSplit { tags.append(Tag(page[Words.possiblySplit], tone: .warn, icon: "alert-triangle")) }
        return tags
    }

    private func status(_ status: String) -> Tag {
        switch status {
        case "approved": Tag(page[Label(zh: "已批准", en: "Approved")], tone: .ok, icon: "check")
        case "rejected": Tag(page[Label(zh: "已否决", en: "Rejected")], tone: .bad)
        case "returned": Tag(page[Label(zh: "已退回", en: "Returned")], tone: .warn)
        case "withdrawn": Tag(page[Label(zh: "已撤回", en: "Withdrawn")])
        case "terminated": Tag(page[Label(zh: "已终止", en: "Terminated")])
        case "voided": Tag(page[Label(zh: "已作废", en: "Void")], tone: .bad)
        default: Tag(page[Label(zh: "审批中", en: "Pending")], tone: .pri)
        }
    }

    // MARK: Detail

    private func detail(_ detail: ApprovalDetail) -> ApprovalsPage.Detail {
        let item = detail.item
        let url = Paths.record(item.target.object, item.target.id.description)
        return ApprovalsPage.Detail(
            title: title(item),
            subtitle: [page[item.name], item.requester, page.format.instant(item.askedAt)].joined(separator: " · ")
                + (item.title.isEmpty ? " · " + page[Words.approvalHidden] : ""),
            recordURL: item.title.isEmpty ? nil : url,
            tags: [status(item.status)] + tags(item).prefix(1)
                + (item.isSplit ? [Tag(page[Words.possiblySplit], tone: .warn, icon: "alert-triangle")] : []),
            whyYou: detail.whyYou.map { page[$0] }, why: page[item.why], facts: facts(item),
            findings: detail.findings.map(finding),
            basis: detail.basis.map { (page[$0.label], $0.isChanged) }, changes: changes(detail),
            tasks: detail.tasks.map { person($0, detail) },
            history: detail.history.reversed().map(line), verbs: detail.verbs.map(verb),
            people: inbox.people.filter { $0.id != me },
            visited: detail.visited, stepURL: Paths.approval(item.id.description, verb: "step", box: box.rawValue),
            version: item.version)
    }

    /// Old and new values since the last approval; nil when there was none.
    private func changes(_ detail: ApprovalDetail) -> ApprovalsPage.Changes? {
        let target = detail.item.target
        guard let difference = detail.difference, let definition = eyes.model.object(target.object) else { return nil }
        let words = TimelineWords(eyes: eyes, object: target.object, id: target.id)
        return ApprovalsPage.Changes(
            since: difference.since.map { page.format.instant($0) } ?? "",
            rows: words.changes(difference.changes, titles: difference.titles, definition).map {
                ApprovalsPage.Change(label: $0.label, before: $0.before, after: $0.after)
            })
    }

    private func finding(_ finding: ApprovalDetail.Finding) -> ApprovalsPage.Finding {
        func number(_ value: ExactDecimal?) -> String? {
            value.map { finding.isShare ? page.format.percent($0) : page.format.number($0) }
        }
        if let rows = finding.rows {
            return ApprovalsPage.Finding(
                name: page[Words.decisionTable] + " · " + page[finding.dimension], value: "",
                limit: page[rows.isEmpty ? Words.noRule : Words.ruleOfTable(rows)],
                level: page[Words.approvalLevel(finding.level)] + " · " + page[finding.role],
                tone: finding.level == 0 ? .ok : finding.level >= 3 ? .bad : .warn)
        }
        let value = finding.isHidden ? page[Words.notVisible] : number(finding.value) ?? "—"
        var limit = ""
        if finding.isBeyond {
            limit = "—"
        } else if !finding.isHidden {
            limit = [number(finding.from).map { "≥ " + $0 }, number(finding.to).map { "< " + $0 }].compactMap { $0 }
                .joined(separator: " · ")
        }
        return ApprovalsPage.Finding(
            name: page[finding.dimension], value: value, limit: limit.isEmpty ? "—" : limit,
            level: page[Words.approvalLevel(finding.level)] + " · " + page[finding.role],
            tone: finding.level == 0 ? .ok : finding.level >= 3 ? .bad : .warn)
    }

    private func person(_ task: ApprovalDetail.Task, _ detail: ApprovalDetail) -> ApprovalsPage.Person {
        var role = page[task.role] + " · " + page[Words.approvalLevel(task.level)]
        if let other = task.standsInFor { role += page[Label(zh: " · 代 ", en: " · for ")] + other }
        if let other = task.standIn { role += page[Label(zh: " · 可代：", en: " · may decide too: ")] + other }
        if let decider = task.decidedBy, decider != task.person {
            role += page[Label(zh: " · 处理人 ", en: " · decided by ")] + decider
        }
        let at = task.decidedAt ?? (task.state == "open" ? task.due : nil)
        return ApprovalsPage.Person(
            name: task.person, role: role, state: state(task.state), note: task.note,
            time: at.map { page.format.instant($0) } ?? "",
            removal: task.isAdded && ["open", "held"].contains(task.state) && detail.verbs.contains("remove_signer")
                ? task.number : nil)
    }

    private func state(_ state: String) -> Tag {
        switch state {
        case "open": Tag(page[Label(zh: "待处理", en: "Open")], tone: .baton)
        case "held": Tag(page[Label(zh: "等他人", en: "Waiting")])
        case "approved": Tag(page[Label(zh: "同意", en: "Approved")], tone: .ok, icon: "check")
        case "rejected": Tag(page[Label(zh: "否决", en: "Rejected")], tone: .bad)
        case "returned": Tag(page[Label(zh: "退回", en: "Returned")], tone: .warn)
        case "transferred": Tag(page[Label(zh: "已转交", en: "Transferred")])
        case "advised": Tag(page[Label(zh: "已给意见", en: "Opinion given")], tone: .info)
        case "removed": Tag(page[Label(zh: "已减签", en: "Taken off")])
        case "passed_over": Tag(page[Label(zh: "超时上转", en: "Passed on")], tone: .warn)
        case "taken_back": Tag(page[Label(zh: "已拿回", en: "Taken back")])
        default: Tag(page[Label(zh: "无需处理", en: "No longer asked")])
        }
    }

    private func line(_ act: ApprovalDetail.Act) -> ApprovalsPage.Line {
        let name = act.by ?? page[Words.house]
        let who = act.onBehalfOf.map { page[Words.standingIn(name, for: $0)] } ?? name
        let people = act.people.isEmpty ? "" : " " + act.people.joined(separator: page[Label(zh: "、", en: ", ")])
        return ApprovalsPage.Line(
            text: who + " " + page[Words.approvalAct(act.verb)] + people, note: act.note,
            time: page.format.instant(act.at), instant: act.at.description)
    }

    private func verb(_ id: String) -> ApprovalsPage.Verb {
        let icons = [
            "approve": "check", "reject": "x", "return": "undo", "withdraw": "undo", "take_back": "undo",
            "transfer": "arrow-right", "urge": "bell", "comment": "message", "restart": "repeat",
        ]
        let keys = ["approve": "A", "return": "R"]
        return ApprovalsPage.Verb(
            id: id, label: page[Words.approvalVerb(id)], icon: icons[id] ?? "users", key: keys[id],
            needsNote: ["reject", "return", "terminate"].contains(id),
            needsPeople: ["transfer", "delegate", "add_signers", "copy"].contains(id))
    }
}
