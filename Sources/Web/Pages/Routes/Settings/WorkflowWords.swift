import Definitions
import Kernel
import Values

/// Workflows, their runs and tasks in the reader's words.
struct WorkflowWords {
    let eyes: Presentation

    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }
    private var format: Format { eyes.page.format }

    func object(_ id: String?) -> String {
        guard let id else { return say("不绑记录", "no record") }
        return eyes.model.object(id).map { eyes.say($0.label) } ?? id
    }

    /// Roles, positions and fields of the object that name a colleague.
    func holders(of object: String) -> [FieldControl.Choice] {
        let fields = (eyes.model.object(object)?.liveFields ?? []).filter {
            $0.type == .link(object: "user") && !["created_by", "updated_by"].contains($0.id)
        }
        let own = fields.map { FieldControl.Choice($0.id, say("字段：", "Field: ") + eyes.say($0.label)) }
        let roles = eyes.model.roles.map { FieldControl.Choice($0.id, eyes.say($0.label)) }
        let above = [FieldControl.Choice("manager", say("负责人的上级", "Manager of the owner"))]
        return own + roles + above
    }

    // MARK: Files

    func report(_ report: WorkflowReport, chosen: [String: String]) -> BringWorkflowPage.Report {
        let counts = Dictionary(grouping: report.notes, by: \.treatment).mapValues(\.count)
        let parts = say(
            "执行 \(counts["executed"] ?? 0)，保留 \(counts["kept"] ?? 0)，不能执行 \(counts["refused"] ?? 0)",
            "\(counts["executed"] ?? 0) executed, \(counts["kept"] ?? 0) kept, \(counts["refused"] ?? 0) refused")
        return BringWorkflowPage.Report(
            name: report.name,
            lead: report.isRunnable
                ? say(
                    "“\(report.name)”可以导入，成为 V\(report.number)：\(parts)。",
                    "“\(report.name)” can be brought in as V\(report.number): \(parts).")
                : say("“\(report.name)”还不能走：\(parts)。", "“\(report.name)” can't run yet: \(parts)."),
            isRunnable: report.isRunnable, problems: report.problems.map { place($0) },
            lanes: report.lanes.map { lane in
                BringWorkflowPage.Lane(
                    id: lane.id, name: lane.name, tasks: lane.tasks, chosen: chosen[lane.id] ?? lane.holder ?? "",
                    who: lane.who.map { eyes.say($0) } ?? "")
            }, notes: report.notes.map { note($0) }, processes: report.processes)
    }

    private func place(_ problem: Problem) -> String {
        (problem.field.map { $0 + "：" } ?? "") + eyes.say(problem.message)
    }

    private func note(_ note: WorkflowReport.Note) -> BringWorkflowPage.Note {
        BringWorkflowPage.Note(
            treatment: note.treatment, element: note.element, place: note.place ?? "", text: eyes.say(note.message))
    }

    // MARK: One workflow

    func page(_ detail: WorkflowDetail) -> WorkflowPage {
        let summary = detail.summary
        let current = detail.versions.first(where: \.isInForce)
        return WorkflowPage(
            key: summary.key, name: summary.name,
            note: [
                object(summary.object), "V\(summary.number)",
                summary.isInForce ? eyes.say(Words.switchedOn) : eyes.say(Words.retired),
            ]
            .joined(separator: " · "),
            map: WorkflowMap(
                drawing: detail.drawing, label: say("流程图：", "Drawing of ") + summary.name, counts: detail.openAt,
                styles: detail.openAt.mapValues { _ in "busy" }
            ).map,
            versions: detail.versions.map { version in
                WorkflowPage.Version(
                    id: version.id.description, number: version.number, isInForce: version.isInForce,
                    since: [format.instant(version.createdAt), version.createdBy?.name ?? ""].filter { !$0.isEmpty }
                        .joined(separator: " · "),
                    counts: say(
                        "在走 \(version.running)，走完 \(version.done)，取消 \(version.cancelled)",
                        "\(version.running) running, \(version.done) done, \(version.cancelled) cancelled"),
                    mayMove: !version.isInForce && version.running > 0 && current != nil)
            },
            runs: detail.runs.map { run in
                WorkflowPage.Run(
                    id: run.id.description, title: run.title ?? run.name, state: state(run.status),
                    started: [run.startedBy?.name ?? "", format.instant(run.startedAt)].filter { !$0.isEmpty }.joined(
                        separator: " · "),
                    open: run.open.map(\.name).joined(separator: say("、", ", ")))
            },
            lanes: detail.report.lanes.map { lane in
                FactList.Fact(
                    label: lane.name,
                    value: .text(lane.who.map { eyes.say($0) } ?? lane.holder ?? say("没有指定", "nobody named")))
            }, notes: detail.report.notes.map { note($0) }, problems: detail.report.problems.map { place($0) },
            mayDefine: detail.mayDefine, isInForce: summary.isInForce)
    }

    func state(_ status: String) -> Tag {
        switch status {
        case "running": Tag(say("在走", "running"), tone: .baton)
        case "done": Tag(say("走完", "done"), tone: .ok, icon: "check")
        default: Tag(say("已取消", "cancelled"), tone: .mute)
        }
    }

    // MARK: On a record

    /// Nil where nothing goes on and nothing can be started.
    func here(_ sheet: RecordSheet.Answer, object: String, id: String) -> WorkflowsHere? {
        let mayChange = !sheet.isDeleted && sheet.record.actions.contains("update")
        let rules = (mayChange ? eyes.model.object(object)?.rules ?? [] : []).filter { $0.triggers.contains(.manual) }
        if sheet.runs.isEmpty && sheet.offered.isEmpty && rules.isEmpty { return nil }
        let back = Paths.record(object, id) + "#workflows"
        return WorkflowsHere(
            object: object, id: id,
            runs: sheet.runs.map { run in
                WorkflowsHere.Run(
                    title: run.name, url: Paths.workflowRun(run.id.description), state: state(run.status),
                    tasks: run.open.map { card($0, back: back) })
            }, offered: sheet.offered.map { FieldControl.Choice($0.key, $0.name) },
            rules: rules.map { FieldControl.Choice($0.id, eyes.say($0.label)) })
    }

    // MARK: One run

    func run(_ detail: WorkflowRunDetail, forms: WorkflowTaskForms?) -> WorkflowRunPage {
        let run = detail.run
        var styles: [String: String] = [:]
        for node in detail.passed { styles[node] = "done" }
        for place in detail.waiting { styles[place.node] = "busy" }
        let open = detail.tasks.filter { ["open", "taken"].contains($0.status) }
        var counts: [String: Int] = [:]
        for task in open {
            styles[task.node] = "now"
            counts[task.node, default: 0] += 1
        }
        let recordURL = run.record.flatMap { id in run.object.map { Paths.record($0, id.description) } }
        return WorkflowRunPage(
            id: run.id.description, title: run.title.map { $0 + " · " + run.name } ?? run.name,
            note: say(
                "由 \(run.startedBy?.name ?? "系统") 启动于 \(format.instant(run.startedAt))",
                "started by \(run.startedBy?.name ?? "the house") \(format.instant(run.startedAt))")
                + (run.reason.map { " · " + $0 } ?? ""),
            state: state(run.status), recordURL: run.title == nil ? nil : recordURL,
            workflowURL: eyes.sight.has("define") || eyes.sight.has("audit") ? Paths.workflow(run.key) : nil,
            map: WorkflowMap(
                drawing: detail.drawing, label: say("流程图：", "Drawing of ") + run.name, counts: counts, styles: styles
            ).map, open: open.map { card($0, forms: forms) },
            history: detail.tasks.filter { !["open", "taken"].contains($0.status) }.reversed().map { card($0) },
            timers: detail.timers.map { timer in
                say(
                    "“\(timer.name)”到 \(format.instant(timer.firesAt))",
                    "“\(timer.name)” until \(format.instant(timer.firesAt))")
            },
            waiting: detail.waiting.map { say("“\($0.name)”在等其他分支", "“\($0.name)” waits for other branches") },
            mayCancel: detail.mayCancel)
    }

    /// - Parameter back: where to come back to; nil for the page of the run.
    func card(
        _ task: WorkflowTaskView, back: String? = nil, forms: WorkflowTaskForms? = nil
    ) -> WorkflowTaskCard {
        let isOver = !["open", "taken"].contains(task.status)
        return WorkflowTaskCard(
            id: task.id.description, run: task.run.description,
            title: task.name + (task.item.map { " \($0)" } ?? ""), note: note(task, back: back),
            url: Paths.workflowRun(task.run.description), state: taskState(task),
            due: isOver ? nil : task.dueAt.map { Tag(format.instant($0), tone: .warn, icon: "clock") },
            verbs: task.verbs,
            earlier: task.earlier.map { FieldControl.Choice($0.node, $0.name.isEmpty ? $0.node : $0.name) }, back: back,
            isOver: isOver, form: task.kind == "user" ? forms?.form(task) : nil,
            isFilledElsewhere: back != nil && !task.form.isEmpty)
    }

    private func taskState(_ task: WorkflowTaskView) -> Tag {
        switch task.status {
        case "open":
            task.kind == "service"
                ? Tag(say("等程序", "for a program"), tone: .info) : Tag(say("待领取", "to be taken"), tone: .baton)
        case "taken": Tag(say("在做", "in hand"), tone: .pri)
        case "done": Tag(say("完成", "done"), tone: .ok, icon: "check")
        case "given_back": Tag(say("退回", "given back"), tone: .warn)
        default: Tag(say("撤回", "withdrawn"), tone: .mute)
        }
    }

    private func note(_ task: WorkflowTaskView, back: String?) -> String {
        var parts: [String] = []
        if back != nil {
            parts.append(task.workflow)
            if let title = task.title { parts.append(title) }
        }
        if let lane = task.lane, !lane.isEmpty { parts.append(lane) }
        if let holder = task.holder {
            parts.append(
                task.inStead.map { say("\(holder.name) 代 \($0.name)", "\(holder.name) for \($0.name)") } ?? holder.name)
        } else if !task.candidates.isEmpty {
            let names = task.candidates.map(\.name).joined(separator: say("、", ", "))
            parts.append(say("可领：", "may take it: ") + names)
        }
        parts.append(
            task.endedAt.map { say("结束 ", "ended ") + format.instant($0) } ?? say("打开 ", "opened ")
                + format.instant(task.openedAt))
        if let by = task.endedBy, by.id != task.holder?.id { parts.append(by.name) }
        if let note = task.note, !note.isEmpty { parts.append("“" + note + "”") }
        return parts.joined(separator: " · ")
    }
}
