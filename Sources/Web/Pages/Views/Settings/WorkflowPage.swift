import Definitions

/// One workflow: drawn with what runs now, its versions, its runs and what became of its file.
struct WorkflowPage: Markup {
    struct Version: Sendable {
        let id: String
        let number: Int
        let isInForce: Bool
        let since: String
        let counts: String
        /// Runs of it can be brought to the version in force.
        let mayMove: Bool
    }

    struct Run: Sendable {
        let id: String
        let title: String
        let state: Tag
        let started: String
        let open: String
    }

    let key: String
    let name: String
    let note: String
    let map: ProcessMap
    let versions: [Version]
    let runs: [Run]
    let lanes: [FactList.Fact]
    let notes: [BringWorkflowPage.Note]
    let problems: [String]
    let mayDefine: Bool
    let isInForce: Bool

    func write(to html: inout HTML) {
        var head = PageHead(title: name, note: note)
        if mayDefine {
            head.actions = [
                Button(text: html.page[Words.download], target: .link(Paths.workflow(key, "file")), icon: "download"),
                Button(
                    text: html.page[Label(zh: "导入新版本", en: "New version")],
                    target: .link(Paths.bringWorkflow + "?key=" + Paths.encoded(key)), icon: "upload"),
            ]
            if isInForce {
                head.actions.append(
                    Button(
                        text: html.page[Words.retire], target: .post(Paths.workflow(key, "retire"), []), kind: .danger))
            }
        }
        html.add(head)
        html("div", .class("hw")) { html in
            for problem in problems { html.add(Note(tone: .warn, text: problem)) }
            html.card(html.page[Label(zh: "现在走到哪里", en: "Where it stands now")], icon: "branch") { html in
                html("p", .class("lv-f"), say: Label(zh: "数字是停在那里的任务数。", en: "Figures are the tasks open there."))
                html.add(map)
            }
            runCard(&html)
            versionCard(&html)
            if !lanes.isEmpty {
                html.card(html.page[Label(zh: "泳道由谁做", en: "Who works in the lanes")], icon: "users") {
                    $0.add(FactList(facts: lanes))
                }
            }
            fileCard(&html)
        }
    }

    private func runCard(_ html: inout HTML) {
        html.card(html.page[Label(zh: "流程实例", en: "Runs")], count: runs.count, icon: "repeat") { html in
            if runs.isEmpty {
                html(
                    "p", .class("mut none-p"),
                    say: Label(
                        zh: "还没有启动过。打开一条记录，在右边“流程”里启动。",
                        en: "None has been started. Open a record and start it there under “Workflows”."))
            }
            html("ul", .class("pz")) { html in
                for run in runs {
                    html("li") { html in
                        html("a", .class("rt"), .href(Paths.workflowRun(run.id))) { $0.user(run.title) }
                        html.add(run.state)
                        html("span", .class("mut")) { $0.user(run.open) }
                        html("span", .class("sp")) { _ in }
                        html("span", .class("num mut"), text: run.started)
                    }
                }
            }
        }
    }

    private func versionCard(_ html: inout HTML) {
        html.card(html.page[Label(zh: "版本与迁移", en: "Versions")], icon: "layers", id: "versions") { html in
            html("ul", .class("pr-v")) { html in
                for version in versions {
                    html("li") { html in
                        html("b", .class("num"), text: "V\(version.number)")
                        html.add(
                            version.isInForce
                                ? Tag(html.page[Label(zh: "在用", en: "in force")], tone: .ok)
                                : Tag(html.page[Label(zh: "旧版", en: "older")]))
                        html("span", .class("num"), text: version.counts)
                        html("span", .class("mut num"), text: version.since)
                        html("span", .class("sp")) { _ in }
                        if version.mayMove, mayDefine {
                            html.add(
                                Button(
                                    text: html.page[Label(zh: "迁到现在的版本", en: "Migrate")],
                                    target: .link(Paths.migration(key, from: version.id)), icon: "arrow-right"))
                        }
                    }
                }
            }
        }
    }

    private func fileCard(_ html: inout HTML) {
        if notes.isEmpty { return }
        html("details", .class("card sec")) { html in
            html("summary") { html in
                html.icon("list")
                html("h2", say: Label(zh: "文件里的每一部分", en: "Every part of the file"))
                html("span", .class("mut num"), text: String(notes.count))
            }
            html("ul", .class("pz")) { html in
                for note in notes {
                    html("li") { html in
                        html("code", text: note.element)
                        html.add(BringWorkflowPage.tag(note.treatment, html.page))
                        html("code", text: note.place)
                        html("span", .class("mut")) { $0.user(note.text) }
                    }
                }
            }
        }
    }
}
