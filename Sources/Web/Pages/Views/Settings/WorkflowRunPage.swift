import Definitions

/// One run: its drawing with where it stands, what is to be done, and what was.
struct WorkflowRunPage: Markup {
    let id: String
    let title: String
    let note: String
    let state: Tag
    let recordURL: String?
    let workflowURL: String?
    let map: ProcessMap
    let open: [WorkflowTaskCard]
    let history: [WorkflowTaskCard]
    let timers: [String]
    let waiting: [String]
    let mayCancel: Bool
    var error: String?

    func write(to html: inout HTML) {
        var head = PageHead(title: title, note: note)
        if let recordURL {
            head.actions.append(
                Button(
                    text: html.page[Label(zh: "打开记录", en: "Open the record")], target: .link(recordURL),
                    icon: "external-link"))
        }
        if let workflowURL {
            head.actions.append(Button(text: html.page[Words.workflows], target: .link(workflowURL), icon: "branch"))
        }
        if mayCancel {
            head.actions.append(
                Button(
                    text: html.page[Label(zh: "取消实例", en: "Cancel the run")], target: .dialog("cancel-run"),
                    kind: .danger))
        }
        html.add(head)
        html("div", .class("hw")) { html in
            if let error { html.add(ErrorNote(text: error)) }
            html.card(html.page[Label(zh: "走到哪里", en: "Where it stands")], icon: "branch") { html in
                html("div", .class("flt-r")) { html in
                    html.add(state)
                    for text in waiting { html.add(Tag(text, tone: .info, icon: "clock")) }
                    for text in timers { html.add(Tag(text, tone: .warn, icon: "clock")) }
                }
                html.add(map)
            }
            html.card(html.page[Label(zh: "要做的", en: "To do")], count: open.count, icon: "clipboard-check") { html in
                if open.isEmpty {
                    html("p", .class("mut none-p"), say: Label(zh: "没有待做的任务。", en: "Nothing is to be done."))
                }
                html("ul") { $0.add(all: open) }
            }
            html.card(html.page[Label(zh: "经过", en: "History")], count: history.count, icon: "history") { html in
                if history.isEmpty {
                    html("p", .class("mut none-p"), say: Label(zh: "还没有做完的任务。", en: "No task is done yet."))
                }
                html("ul") { $0.add(all: history) }
            }
        }
        if mayCancel { cancelling(&html) }
    }

    private func cancelling(_ html: inout HTML) {
        html.dialog("cancel-run", title: html.page[Label(zh: "取消实例", en: "Cancel the run")]) { html in
            html.form(Paths.workflowRun(id) + "/cancel", .data("form")) { html in
                html("div", .class("dl-b")) { html in
                    html(
                        "p", .class("mut"),
                        say: Label(zh: "所有待做的任务都会撤回，不能恢复。", en: "All open tasks are withdrawn; this can't be undone."))
                    html.add(
                        FieldControl(
                            name: "reason", label: html.page[Words.reason], kind: .longText(limit: 500),
                            isRequired: true, scope: "cr"))
                }
                html("div", .class("dl-f")) { html in
                    html("a", .class("btn g"), .href("#"), .data("close"), say: Words.close)
                    html.add(
                        Button(
                            text: html.page[Label(zh: "取消实例", en: "Cancel the run")],
                            target: .submit(name: nil, value: nil), kind: .danger))
                }
            }
        }
    }
}

/// A task of a workflow with what the reader may do.
struct WorkflowTaskCard: Markup {
    let id: String
    let run: String
    let title: String
    let note: String
    let url: String
    let state: Tag
    let due: Tag?
    let verbs: Set<String>
    /// Nodes it can be given back to.
    let earlier: [FieldControl.Choice]
    /// Page to come back to; nil for the page of the run.
    let back: String?
    let isOver: Bool

    func write(to html: inout HTML) {
        html("li", .class("it wt"), .id("task-" + id)) { html in
            html("span", .class("it-i")) { $0.icon(isOver ? "check" : "clipboard-check") }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(url)) { $0.user(title) }
                html.add(state)
                html("p", .class("mut")) { $0.user(note) }
            }
            if let due { html.add(due) }
            if !verbs.isEmpty { actions(&html) }
        }
    }

    private func actions(_ html: inout HTML) {
        html("div", .class("it-a wt-a")) { html in
            if verbs.contains("give_back"), !earlier.isEmpty { giveBack(&html) }
            if verbs.contains("put_back") { post("put-back", Label(zh: "放回", en: "Put back"), .plain, &html) }
            if verbs.contains("take") {
                post("take", Label(zh: "领取", en: "Take it"), verbs.contains("complete") ? .plain : .primary, &html)
            }
            if verbs.contains("complete") { complete(&html) }
        }
    }

    private var fields: [(name: String, value: String)] { back.map { [("back", $0)] } ?? [] }

    private func post(_ verb: String, _ label: Label, _ kind: Button.Kind, _ html: inout HTML) {
        html.add(Button(text: html.page[label], target: .post(Paths.workflowTask(run, id, verb), fields), kind: kind))
    }

    private func complete(_ html: inout HTML) {
        html("details", .class("wt-d")) { html in
            html("summary", .class("btn p"), say: Label(zh: "完成", en: "Complete"))
            html.form(Paths.workflowTask(run, id, "complete")) { html in
                for field in fields { html.hidden(field.name, field.value) }
                html.add(
                    FieldControl(
                        name: "note", label: html.page[Label(zh: "备注（可不填）", en: "Note (optional)")],
                        kind: .longText(limit: 1000), scope: "wt-" + id))
                html("button", .class("btn p"), .type("submit"), say: Label(zh: "完成", en: "Complete"))
            }
        }
    }

    private func giveBack(_ html: inout HTML) {
        html("details", .class("wt-d")) { html in
            html("summary", .class("btn"), say: Words.giveBack)
            html.form(Paths.workflowTask(run, id, "give-back")) { html in
                for field in fields { html.hidden(field.name, field.value) }
                html.add(
                    FieldControl(
                        name: "to", label: html.page[Label(zh: "退到", en: "Back to")], kind: .choice(earlier),
                        value: earlier.last?.value ?? "", isRequired: true, scope: "wg-" + id))
                html.add(
                    FieldControl(
                        name: "reason", label: html.page[Words.reason], kind: .longText(limit: 500), isRequired: true,
                        scope: "wg-" + id))
                html("button", .class("btn"), .type("submit"), say: Words.giveBack)
            }
        }
    }
}
