import Definitions
import Kernel
import Values

/// A list of people to be brought in: pasted or as a file, then as rows that are put right in their place.
struct BringPeoplePage: Sendable {
    let rows: [PeopleTable.Row]
    /// Everything was checked and nothing is wrong.
    let isChecked: Bool
    /// What is wrong with the whole.
    let message: Label?
    let pasted: String
    let roles: [String]
    let departments: [String]
    let people: [String]
}

extension BringPeoplePage: Markup {
    private static let blankRows = 3

    func write(to html: inout HTML) {
        if let message { html.add(Note(tone: .bad, text: html.page[message], isLive: true)) }
        let wrong = rows.count { !$0.problems.isEmpty }
        if wrong > 0 {
            html.add(
                Note(
                    tone: .warn,
                    text: html.page[
                        Label(
                            zh: "\(wrong) 行要改，改好再检查；还没有写入任何账号。",
                            en: wrong == 1
                                ? "1 row needs a change; nothing was written yet."
                                : "\(wrong) rows need a change; nothing was written yet.")], isLive: true))
        } else if isChecked {
            html.add(
                Note(
                    tone: .ok,
                    text: html.page[
                        Label(
                            zh: "\(rows.count) 人都可以建，还没有写入。",
                            en: "All \(rows.count) can be made; nothing was written yet.")],
                    isLive: true))
        }
        if rows.isEmpty { paste(&html) }
        html("datalist", .id("dl-roles")) { html in for role in roles { html("option", .value(role)) { _ in } } }
        html("datalist", .id("dl-departments")) { html in
            for name in departments { html("option", .value(name)) { _ in } }
        }
        html("datalist", .id("dl-people")) { html in for name in people { html("option", .value(name)) { _ in } } }
        sheet(&html)
    }

    private func paste(_ html: inout HTML) {
        html.card(html.page[Label(zh: "粘贴或选文件", en: "Paste or choose a file")], icon: "upload") { html in
            html.form(
                Paths.firstStep(.people), .class("sec-f"), .named("enctype", "multipart/form-data")
            ) { html in
                html("div", .class("fd")) { html in
                    html(
                        "label", .class("fd-l"), .named("for", "paste"),
                        say: Label(
                            zh: "从 Excel 复制过来：姓名、账号、邮箱、岗位、部门、上级",
                            en: "Copied from a spreadsheet: name, account, mail, position, department, superior"))
                    html(
                        "textarea", .class("in"), .id("paste"), .name("paste"), .named("rows", "5"),
                        .named("maxlength", "200000"), .named("dir", "auto"),
                        .named(
                            "placeholder",
                            html.page[
                                Label(
                                    zh: "王敏, wangmin, wangmin@example.com, 业务员, 业务部, 陈芳",
                                    en: "Mia Wang, mia, mia@example.com, Sales, Sales, Fang Chen")]), text: pasted)
                }
                html("label", .class("drop"), .data("drop")) { html in
                    html.icon("upload")
                    html("b", say: Label(zh: "或把 CSV、XLSX 文件拖到这里", en: "Or drop a CSV or XLSX file here"))
                    html.void(
                        "input", .type("file"), .name("file"), .named("accept", ".csv,.txt,.tsv,.xlsx"),
                        .label(html.page[Label(zh: "名单文件", en: "File of the list")]))
                }
                html("div", .class("row")) { html in
                    html(
                        "button", .class("btn p"), .type("submit"), .name("do"), .value("read"),
                        say: Label(zh: "读取名单", en: "Read the list"))
                }
            }
        }
    }

    private func sheet(_ html: inout HTML) {
        let title = rows.isEmpty ? Label(zh: "或直接填", en: "Or fill it in") : Label(zh: "名单", en: "The list")
        html.card(html.page[title], count: rows.isEmpty ? nil : rows.count, icon: "users") { html in
            html.form(Paths.firstStep(.people), .class("sec-f su-w")) { html in
                html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[title])) {
                    html in
                    html("table", .class("cal-d su-g")) { html in
                        html("thead") { html in
                            html("tr") { html in
                                for column in PeopleTable.Column.allCases {
                                    html("th", .named("scope", "col"), say: column.label)
                                }
                            }
                        }
                        html("tbody") { html in
                            let blanks = Array(repeating: PeopleTable.Row(), count: Self.blankRows)
                            for (place, row) in (rows + blanks).enumerated() { write(row, place, &html) }
                        }
                    }
                }
                html(
                    "p", .class("fd-h"),
                    say: Label(
                        zh: "多个角色用顿号隔开；上级填姓名或账号，可以是名单里的人。一次性密码 7 天内有效，只显示一次。",
                        en:
                            "Part several roles by commas. A superior is a name or an account, of this list too. One-time passwords are good for 7 days and shown once."
                    ))
                html("div", .class("row su-f")) { html in
                    html(
                        "button", .class(isChecked ? "btn" : "btn p"), .type("submit"), .name("do"), .value("check"),
                        say: Label(zh: "检查", en: "Check"))
                    html(
                        "button", .class(isChecked ? "btn p" : "btn"), .type("submit"), .name("do"), .value("make"),
                        say: Label(zh: "建账号，给一次性密码", en: "Make the accounts"))
                    html.add(
                        Button(
                            text: html.page[
                                rows.isEmpty
                                    ? Label(zh: "回到步骤", en: "Back to the steps") : Label(zh: "重新来", en: "Start over")],
                            target: .link(rows.isEmpty ? Paths.firstSteps : Paths.firstStep(.people)), kind: .ghost))
                }
            }
        }
    }

    private func write(_ row: PeopleTable.Row, _ place: Int, _ html: inout HTML) {
        html("tr", .class(row.problems.isEmpty ? "" : "err")) { html in
            for column in PeopleTable.Column.allCases {
                html("td", .data("l", html.page[column.label])) { html in
                    let problem = row.problems[column.rawValue]
                    let id = "p\(place).\(column.rawValue)"
                    html.void(
                        "input", .class("in"), .type(column == .email ? "email" : "text"), .name(id),
                        .value(row[column]), .label(html.page[column.label] + " \(place + 1)"),
                        .named("maxlength", "200"), .named("autocomplete", "off"), .optional("list", list(column)),
                        .when(problem != nil, .aria("invalid", "true")),
                        .when(problem != nil, .aria("describedby", id + "-e")))
                    if let problem { html("p", .class("fd-e"), .id(id + "-e")) { $0.user(problem) } }
                }
            }
        }
    }

    private func list(_ column: PeopleTable.Column) -> String? {
        switch column {
        case .roles: "dl-roles"
        case .department: "dl-departments"
        case .manager: "dl-people"
        default: nil
        }
    }
}

/// Passwords that work once, one for each of several people.
struct OneTimeListPage: Sendable {
    struct Entry: Sendable {
        let name: String
        let login: String
        let password: String
        let url: String
    }

    let entries: [Entry]
    let until: Instant?
    let address: String
}

extension OneTimeListPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.oneTime],
                note: html.page[
                    Label(zh: "\(entries.count) 人", en: entries.count == 1 ? "1 person" : "\(entries.count) people")]))
        html("div", .class("narrow su")) { html in
            html("section", .class("card once"), .named("role", "status")) { html in
                html(
                    "p", .class("mut"),
                    say: Label(
                        zh:
                            "只显示这一次：打印或抄下来，当面、电话或另一条渠道交给本人。\(until.map { "有效到 " + html.page.format.instant($0) + "。" } ?? "")",
                        en:
                            "Shown only now: print or note them, and hand each over in person, by phone or another channel.\(until.map { " Good until " + html.page.format.instant($0) + "." } ?? "")"
                    ))
                html("p") { html in
                    html.say(Label(zh: "网址：", en: "Address: "))
                    html.user(address)
                }
                table(&html)
            }
            html("div", .class("row no-print su-f")) { html in
                html.add(
                    Button(
                        text: html.page[Label(zh: "都交好了", en: "All handed over")], target: .link(Paths.firstSteps),
                        kind: .primary))
                html.add(Button(text: html.page[Words.people], target: .link(Paths.people)))
            }
        }
    }

    private func table(_ html: inout HTML) {
        html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.oneTime])) {
            html in
            html("table", .class("dt")) { html in
                html("thead") { html in
                    html("tr") { html in
                        for label in [PeopleTable.Column.name.label, Words.login, Words.oneTime] {
                            html("th", .named("scope", "col"), say: label)
                        }
                    }
                }
                html("tbody") { html in
                    for entry in entries {
                        html("tr") { html in
                            html("th", .named("scope", "row")) { html in
                                html("a", .class("rt"), .href(entry.url)) { $0.user(entry.name) }
                            }
                            html("td") { $0.user(entry.login) }
                            html("td") { $0("output", .class("su-k"), text: entry.password) }
                        }
                    }
                }
            }
        }
    }
}
