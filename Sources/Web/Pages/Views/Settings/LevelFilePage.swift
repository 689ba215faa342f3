import Definitions

/// The level table of one approval: in force, as files by versions, and the form that brings a DMN file in.
struct LevelFilePage: Markup {
    struct Version: Sendable {
        let number: Int
        let name: String
        let since: String
        let isInForce: Bool
    }

    struct Table: Sendable {
        let name: String
        let policy: String
        let columns: [String]
        let rules: [[String]]
    }

    struct Finding: Sendable {
        let line: Int?
        let decision: String
        let text: String
        let isError: Bool
    }

    struct Change: Sendable {
        let decision: String
        let isAdded: Bool
        let text: String
    }

    struct Report: Sendable {
        let lead: String
        let isFit: Bool
        let findings: [Finding]
        let changes: [Change]
    }

    let key: String
    let title: String
    let versions: [Version]
    let tables: [Table]
    let inputs: [String]
    let mayChange: Bool
    var kept: SentFile?
    var report: Report?
    var error: String?

    private var inForce: Version? { versions.first(where: \.isInForce) }

    func write(to html: inout HTML) {
        var head = PageHead(
            title: title,
            note: html.page[Label(zh: "决策表与公司的审批级别一起算，取高的一级", en: "Table and company limits: the higher level decides")]
        )
        head.actions = [
            Button(
                text: html.page[Label(zh: "下载公司级别 DMN", en: "Limits as DMN")],
                target: .link(Paths.levels(key, "file")), icon: "download")
        ]
        html.add(head)
        html("div", .class("hw")) { html in
            if mayChange { form(&html) }
            force(&html)
            if !versions.isEmpty { versionCard(&html) }
        }
    }

    // MARK: Bringing in

    private func form(_ html: inout HTML) {
        html.form(Paths.levels(key, "bring"), .class("hw-s"), .named("enctype", "multipart/form-data")) { html in
            if let error { html.add(ErrorNote(text: error)) }
            html.card(html.page[Label(zh: "导入 DMN", en: "Bring a DMN file in")], icon: "upload") { html in
                html("div", .class("cal-f")) { html in
                    html.add(
                        FileDrop(format: "DMN", versions: Label(zh: "DMN 1.1 至 1.5", en: "DMN 1.1 to 1.5"), kept: kept))
                    html("p", .class("mut")) { html in
                        html.text(html.page[Label(zh: "表里可以问：", en: "A table may ask for: ")])
                        html("code", text: inputs.joined(separator: ", "))
                    }
                }
            }
            if let report { rehearsal(report, &html) }
            buttons(&html)
        }
    }

    private func rehearsal(_ report: Report, _ html: inout HTML) {
        html("div", .class("note " + (report.isFit ? "ok" : "bad")), .id("report"), .named("role", "status")) { html in
            html.icon(report.isFit ? "check" : "alert-triangle", size: .small)
            html("b", text: report.lead)
        }
        if !report.findings.isEmpty { findings(report.findings, &html) }
        if report.changes.isEmpty { return }
        html.card(html.page[Label(zh: "会改变什么", en: "What would change")], count: report.changes.count, icon: "repeat") {
            html in
            html("ul", .class("pz")) { html in
                for change in report.changes {
                    html("li") { html in
                        html.add(
                            change.isAdded
                                ? Tag(html.page[Label(zh: "新增", en: "comes")], tone: .ok, icon: "plus")
                                : Tag(html.page[Label(zh: "去掉", en: "goes")], tone: .warn, icon: "minus"))
                        html("b") { $0.user(change.decision) }
                        html("span") { $0.user(change.text) }
                    }
                }
            }
        }
    }

    private func findings(_ findings: [Finding], _ html: inout HTML) {
        html.card(
            html.page[Label(zh: "要看的地方", en: "To look at")], count: findings.count, icon: "list"
        ) { html in
            html("ul", .class("pz")) { html in
                for finding in findings {
                    html("li") { html in
                        html.add(
                            finding.isError
                                ? Tag(html.page[Label(zh: "不能执行", en: "refused")], tone: .bad, icon: "alert-triangle")
                                : Tag(html.page[Label(zh: "留意", en: "mind")], tone: .warn))
                        if let line = finding.line {
                            html("span", .class("num"), say: Label(zh: "第 \(line) 行", en: "line \(line)"))
                        }
                        html("b") { $0.user(finding.decision) }
                        html("span") { $0.user(finding.text) }
                    }
                }
            }
        }
    }

    private func buttons(_ html: inout HTML) {
        html("div", .class("row hw-b")) { html in
            html(
                "button", .class(report == nil ? "btn p" : "btn"), .type("submit"), .name("do"), .value("check"),
                say: report == nil ? Label(zh: "先检查", en: "Check it") : Label(zh: "再检查一次", en: "Check again"))
            if let report, report.isFit {
                html(
                    "button", .class("btn p"), .type("submit"), .name("do"), .value("bring"),
                    say: Label(zh: "导入并启用", en: "Bring it in"))
            } else if report != nil {
                html(
                    "span", .class("mut"),
                    say: Label(zh: "改好上面几处再导入", en: "Mend the points above, then bring it in"))
            }
            html("a", .class("btn g"), .href(Paths.levels), say: Words.cancel)
        }
    }

    // MARK: What is there

    private func force(_ html: inout HTML) {
        let title = html.page[Label(zh: "现行决策表", en: "Table in force")]
        html.card(title, icon: "stamp") { html in
            guard let inForce else {
                html(
                    "p", .class("mut none-p"),
                    say: Label(
                        zh: "没有决策表，只按公司的审批级别。", en: "There is none; only the company's limits decide."))
                return
            }
            html("div", .class("flt-r")) { html in
                html.add(Tag("V\(inForce.number)", tone: .ok))
                html("span") { $0.user(inForce.name) }
                html("span", .class("sp")) { _ in }
                if mayChange {
                    html.add(
                        Button(
                            text: html.page[Label(zh: "停用", en: "Take out of force")],
                            target: .post(Paths.levels(key, "retire"), [])))
                }
            }
            for table in tables { draw(table, &html) }
        }
    }

    private func draw(_ table: Table, _ html: inout HTML) {
        html("div", .class("lv-h")) { html in
            html("h3") { $0.user(table.name) }
            html(
                "span", .class("mut"), say: Label(zh: "命中策略 \(table.policy)", en: "hit policy \(table.policy)"))
        }
        html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(table.name)) { html in
            html("table", .class("dt raw lv")) { html in
                html("thead") { html in
                    html("tr") { html in
                        html("th", .named("scope", "col"), text: "#")
                        for column in table.columns { html("th", .named("scope", "col")) { $0.user(column) } }
                    }
                }
                html("tbody") { html in
                    for (index, rule) in table.rules.enumerated() {
                        html("tr") { html in
                            html("th", .class("num"), .named("scope", "row"), text: String(index + 1))
                            for cell in rule { html("td", .class("num")) { $0.user(cell.isEmpty ? "–" : cell) } }
                        }
                    }
                }
            }
        }
    }

    private func versionCard(_ html: inout HTML) {
        html.card(html.page[Label(zh: "版本", en: "Versions")], count: versions.count, icon: "layers") { html in
            html("ul", .class("pr-v")) { html in
                for version in versions {
                    html("li") { html in
                        html("b", .class("num"), text: "V\(version.number)")
                        html.add(
                            version.isInForce
                                ? Tag(html.page[Label(zh: "在用", en: "in force")], tone: .ok)
                                : Tag(html.page[Label(zh: "旧版", en: "older")]))
                        html("span") { $0.user(version.name) }
                        html("span", .class("mut num"), text: version.since)
                        html("span", .class("sp")) { _ in }
                        html.add(
                            Button(
                                text: html.page[Label(zh: "下载", en: "Download")],
                                target: .link(Paths.levels(key, "file") + "?version=\(version.number)"),
                                icon: "download"))
                    }
                }
            }
        }
    }
}
