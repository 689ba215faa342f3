import Definitions

/// Bringing a file in: the file, what becomes of each part of it, who works in its lanes.
struct BringWorkflowPage: Markup {
    struct Lane: Sendable {
        let id: String
        let name: String
        let tasks: Int
        let chosen: String
        let who: String
    }

    struct Note: Sendable {
        let treatment: String
        let element: String
        let place: String
        let text: String
    }

    struct Report: Sendable {
        let name: String
        let lead: String
        let isRunnable: Bool
        let problems: [String]
        let lanes: [Lane]
        let notes: [Note]
        let processes: [String]
    }

    var kept: SentFile?
    var report: Report?
    var error: String?
    var object = ""
    var key = ""
    var process = ""
    let objects: [FieldControl.Choice]
    let holders: [FieldControl.Choice]

    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.bringWorkflow]))
        html("div", .class("hw")) { html in
            html.form(Paths.bringWorkflow, .class("hw-s"), .named("enctype", "multipart/form-data")) { html in
                if let error { html.add(ErrorNote(text: error)) }
                file(&html)
                if let report {
                    summary(report, &html)
                    if !report.lanes.isEmpty { lanes(report, &html) }
                    if !report.notes.isEmpty { notes(report, &html) }
                }
                buttons(&html)
            }
        }
    }

    private func file(_ html: inout HTML) {
        html.card(html.page[Label(zh: "文件", en: "File")], icon: "file-text") { html in
            html("div", .class("cal-f")) { html in
                html.add(FileDrop(format: "BPMN", versions: Label(zh: "BPMN 2.0", en: "BPMN 2.0"), kept: kept))
                html("div", .class("two-c")) { html in
                    html.add(
                        FieldControl(
                            name: "object", label: html.page[Label(zh: "走在哪种记录上", en: "Runs on records of")],
                            kind: .choice(
                                [FieldControl.Choice("", html.page[Label(zh: "不绑记录", en: "None")])] + objects),
                            value: object, help: html.page[Label(zh: "条件里的字段名取自它", en: "Conditions read its fields")],
                            scope: "wf"))
                    html.add(
                        FieldControl(
                            name: "key", label: html.page[Label(zh: "标识", en: "Id")],
                            kind: .text(limit: 60, format: .plain),
                            value: key,
                            help: html.page[
                                Label(
                                    zh: "空为文件里流程的 id；已有的成为新版本",
                                    en: "Empty: the id of the process; an existing one gets a new version")],
                            scope: "wf"))
                    if let report, report.processes.count > 1 {
                        html.add(
                            FieldControl(
                                name: "process",
                                label: html.page[Label(zh: "文件里的哪个流程", en: "Which process of the file")],
                                kind: .choice(report.processes.map { FieldControl.Choice($0, $0) }), value: process,
                                scope: "wf"))
                    }
                }
            }
        }
    }

    private func summary(_ report: Report, _ html: inout HTML) {
        html("div", .class("note " + (report.isRunnable ? "ok" : "bad")), .id("report"), .named("role", "status")) {
            html in
            html.icon(report.isRunnable ? "check" : "alert-triangle", size: .small)
            html("div") { html in
                html("b", text: report.lead)
                html("ul") { html in for problem in report.problems { html("li") { $0.user(problem) } } }
            }
        }
    }

    private func lanes(_ report: Report, _ html: inout HTML) {
        html.card(html.page[Label(zh: "泳道由谁做", en: "Who works in the lanes")], count: report.lanes.count, icon: "users")
        { html in
            html(
                "p", .class("lv-f"),
                say: Label(
                    zh: "选一个角色或岗位；离记录负责人最近的人先接到。",
                    en: "Choose a role or position; whoever is nearest to the record's owner gets it first."))
            html("ul", .class("pz")) { html in
                for lane in report.lanes {
                    html("li") { html in
                        html("b") { $0.user(lane.name) }
                        html("span", .class("mut"), say: Label(zh: "\(lane.tasks) 个任务", en: "\(lane.tasks) tasks"))
                        html("span", .class("sp")) { _ in }
                        if !lane.who.isEmpty { html.add(Tag(lane.who, tone: .ok, icon: "check")) }
                        html(
                            "label", .class("vh"), .named("for", "lane-" + lane.id),
                            say: Label(zh: "“\(lane.name)”由谁做", en: "Who works in “\(lane.name)”"))
                        html("select", .class("in cal-s"), .id("lane-" + lane.id), .name("lane." + lane.id)) { html in
                            html(
                                "option", .value(""),
                                say: lane.tasks == 0 ? Label(zh: "不用指定", en: "Nobody needed") : Words.choose)
                            for holder in holders {
                                html(
                                    "option", .value(holder.value), .flag("selected", holder.value == lane.chosen),
                                    text: holder.label)
                            }
                        }
                    }
                }
            }
        }
    }

    private func notes(_ report: Report, _ html: inout HTML) {
        let title = html.page[Label(zh: "文件里的每一部分", en: "Every part of the file")]
        html.card(title, count: report.notes.count, icon: "list") { html in
            html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(title)) { html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for head in [
                                Label(zh: "部分", en: "Part"), Label(zh: "怎么处理", en: "Treatment"),
                                Label(zh: "在哪", en: "Place"), Label(zh: "说明", en: "Why"),
                            ] {
                                html("th", .named("scope", "col"), say: head)
                            }
                        }
                    }
                    html("tbody") { html in
                        for note in report.notes {
                            html("tr", .class(note.treatment == "refused" ? "r-bad" : "")) { html in
                                html("th", .named("scope", "row")) { $0("code", text: note.element) }
                                html("td") { html in html.add(Self.tag(note.treatment, html.page)) }
                                html("td") { $0("code", text: note.place) }
                                html("td", .class("wr")) { $0.user(note.text) }
                            }
                        }
                    }
                }
            }
        }
    }

    static func tag(_ treatment: String, _ page: PageContext) -> Tag {
        switch treatment {
        case "executed": Tag(page[Label(zh: "会执行", en: "executed")], tone: .ok, icon: "check")
        case "refused": Tag(page[Label(zh: "不能执行", en: "refused")], tone: .bad, icon: "alert-triangle")
        default: Tag(page[Label(zh: "原样保留", en: "kept")], tone: .mute)
        }
    }

    private func buttons(_ html: inout HTML) {
        html("div", .class("row")) { html in
            html(
                "button", .class(report == nil ? "btn p" : "btn"), .type("submit"), .name("do"), .value("check"),
                say: report == nil ? Label(zh: "先检查", en: "Check it") : Label(zh: "再检查一次", en: "Check again"))
            if let report {
                if report.isRunnable {
                    html(
                        "button", .class("btn p"), .type("submit"), .name("do"), .value("bring"),
                        say: Label(zh: "导入并启用", en: "Bring it in"))
                } else {
                    html(
                        "span", .class("mut"),
                        say: Label(zh: "解决上面的问题才能启用", en: "It can be brought in once the points above are settled"))
                }
            }
            html("a", .class("btn g"), .href(Paths.workflows), say: Words.cancel)
        }
    }
}
