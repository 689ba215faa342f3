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
