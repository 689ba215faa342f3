import Definitions

/// The workflows of the house: drawn elsewhere, run here.
struct WorkflowsPage: Markup {
    struct Row: Sendable {
        let key: String
        let name: String
        let object: String
        let number: Int
        let isInForce: Bool
        let running: Int
        let done: Int
        let cancelled: Int
        let since: String
    }

    let rows: [Row]
    let mayDefine: Bool

    private static let heads = [
        Label(zh: "流程图", en: "Workflow"), Label(zh: "走在哪里", en: "Runs on"), Label(zh: "版本", en: "Version"),
        Label(zh: "在走", en: "Running"), Label(zh: "走完", en: "Done"), Label(zh: "取消", en: "Cancelled"),
        Label(zh: "从", en: "Since"),
    ]

    func write(to html: inout HTML) {
        var head = PageHead(
            title: html.page[Words.workflows],
            note: html.page[Label(zh: "别的程序画的 BPMN，在这里走", en: "BPMN that other programs drew, run here")])
        let bring = Button(
            text: html.page[Words.bringWorkflow], target: .link(Paths.bringWorkflow), kind: .primary, icon: "upload")
        if mayDefine { head.actions = [bring] }
        html.add(head)
        html("div", .class("hw")) { html in
            html("section", .class("card")) { html in
                if rows.isEmpty {
                    html.add(
                        EmptyState(
                            icon: "branch", title: html.page[Label(zh: "还没有流程图", en: "There are no workflows yet")],
                            hint: html.page[
                                Label(
                                    zh: "用任何能存 BPMN 2.0 的程序画好，导入文件，指定每个泳道由谁做，就能在记录上启动。",
                                    en:
                                        "Draw it with any program that saves BPMN 2.0, bring the file in, say who works in each lane, and start it on records."
                                )], actions: mayDefine ? [bring] : []))
                } else {
                    table(&html)
                }
            }
        }
    }

    private func table(_ html: inout HTML) {
        html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.workflows]))
        {
            html in
            html("table", .class("dt")) { html in
                html("thead") { html in
                    html("tr") { html in for head in Self.heads { html("th", .named("scope", "col"), say: head) } }
                }
                html("tbody") { html in for row in rows { self.row(row, &html) } }
            }
        }
    }

    private func row(_ row: Row, _ html: inout HTML) {
        html("tr", .class(row.isInForce ? "" : "off")) { html in
            html("th", .named("scope", "row")) { html in
                html("a", .class("rt"), .href(Paths.workflow(row.key))) { $0.user(row.name) }
                if !row.isInForce {
                    html.append(" ")
                    html.add(Tag(html.page[Words.retired]))
                }
            }
            html("td", .data("l", html.page[Self.heads[1]]), text: row.object)
            html("td", .class("num"), .data("l", html.page[Self.heads[2]]), text: String(row.number))
            for (place, count) in [row.running, row.done, row.cancelled].enumerated() {
                html("td", .class("num"), .data("l", html.page[Self.heads[3 + place]]), text: String(count))
            }
            html("td", .class("num"), .data("l", html.page[Self.heads[6]]), text: row.since)
        }
    }
}

extension Words {
    static let workflows = Label(zh: "流程图", en: "Workflows")
    static let bringWorkflow = Label(zh: "导入 BPMN", en: "Bring in BPMN")
    static let workflowTasks = Label(zh: "流程任务", en: "Workflow tasks")
}
