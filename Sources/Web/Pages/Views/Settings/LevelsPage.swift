import Definitions

/// Who approves how much: each approval with its dimensions across the levels.
struct LevelsPage: Markup {
    struct Cell: Sendable {
        let interval: String
        let approver: String
        let note: String
        let url: String?
    }

    struct Row: Sendable {
        let dimension: String
        let measures: String
        /// Level → the rules of it.
        let cells: [[Cell]]
    }

    struct Approval: Sendable {
        let id: String
        let title: String
        let icon: String
        let sentences: [String]
        let rows: [Row]
        /// What is missing in the table, such as a gap between two limits.
        let findings: [String]
        /// Where its decision table is seen, brought in and downloaded.
        let tableURL: String
    }

    let approvals: [Approval]
    let levels: Int
    let editURL: String?

    func write(to html: inout HTML) {
        var head = PageHead(
            title: html.page[Words.houseLevels],
            note: html.page[Label(zh: "取各维度中最高的一级", en: "The highest level of all dimensions decides")])
        if let editURL {
            head.actions = [
                Button(text: html.page[Label(zh: "审批规则", en: "Approval rules")], target: .link(editURL), icon: "pen")
            ]
        }
        html.add(head)
        html("div", .class("hw")) { html in
            if approvals.isEmpty {
                html("section", .class("card")) { html in
                    html.add(
                        EmptyState(
                            icon: "stamp", title: html.page[Label(zh: "还没有审批", en: "There are no approvals yet")],
                            hint: html.page[
                                Label(
                                    zh: "审批写在对象的定义里：哪个动作要先批、量什么、由哪一级批。",
                                    en:
                                        "Approvals stand in the definitions of objects: which action waits, what is measured, which level decides."
                                )]))
                }
            }
            for approval in approvals { card(approval, &html) }
        }
    }

    private func card(_ approval: Approval, _ html: inout HTML) {
        let table = Button(
            text: html.page[Label(zh: "决策表 DMN", en: "DMN table")], target: .link(approval.tableURL), kind: .ghost,
            icon: "file-text")
        html.card(approval.title, icon: approval.icon, id: "approval-" + approval.id, action: table) { html in
            html("div", .class("lv-f")) { html in
                for sentence in approval.sentences { html("p", text: sentence) }
                for finding in approval.findings { html.add(Note(tone: .warn, text: finding)) }
            }
            if approval.rows.isEmpty { return }
            html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(approval.title)) {
                html in
                html("table", .class("dt raw lv")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            html("th", .named("scope", "col"), say: Label(zh: "维度", en: "Dimension"))
                            for level in 0..<levels {
                                html(
                                    "th", .named("scope", "col"),
                                    say: level == 0
                                        ? Label(zh: "0 级 · 不用批", en: "Level 0 · none")
                                        : Label(zh: "\(level) 级", en: "Level \(level)"))
                            }
                        }
                    }
                    html("tbody") { html in for row in approval.rows { self.row(row, &html) } }
                }
            }
        }
    }

    private func row(_ row: Row, _ html: inout HTML) {
        html("tr") { html in
            html("th", .named("scope", "row")) { html in
                html.text(row.dimension)
                html("small", .class("mut"), text: row.measures)
            }
            for cells in row.cells {
                html("td") { html in
                    if cells.isEmpty { html("span", .class("mut"), text: "–") }
                    for cell in cells {
                        html("p") { html in
                            if let url = cell.url {
                                html("a", .class("ln num"), .href(url), text: cell.interval)
                            } else {
                                html("span", .class("num"), text: cell.interval)
                            }
                            html(
                                "small",
                                text: [cell.approver, cell.note].filter { !$0.isEmpty }.joined(separator: " · "))
                        }
                    }
                }
            }
        }
    }
}
