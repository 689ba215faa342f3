import Definitions

/// A relay as the house runs it: its map, its legs, who answers for what, and by which versions records run.
struct ProcessPage: Markup {
    struct Leg: Sendable {
        let id: String
        let name: String
        let object: String
        let states: String
        let holder: String
        let backup: String
        let limit: String
        let limitURL: String?
        let deliverables: [Tag]
        let figures: String
        let isLate: Bool
        let isAccepted: Bool
    }

    struct Responsibility: Sendable {
        let stage: String
        let url: String?
        /// One for each column; empty for nobody.
        let cells: [String]
        let isComplete: Bool
    }

    struct Version: Sendable {
        let digest: String
        let isCurrent: Bool
        let since: String
        let open: String
    }

    /// A leg of older versions in which records stand, and what it becomes.
    struct Move: Sendable {
        let leg: String
        let name: String
        let count: Int
        /// The version in force has no such leg.
        let isGone: Bool
        let chosen: String
        let choices: [FieldControl.Choice]
    }

    let id: String
    let title: String
    let others: [Tabs.Tab]
    let map: ProcessMap
    let legs: [Leg]
    let columns: [String]
    let raci: [Responsibility]
    let raciURL: String?
    let versions: [Version]
    let moves: [Move]
    let mayMigrate: Bool
    /// What a migration did, or would do.
    var outcome: (tone: Tone, lead: String, lines: [String])?
    let boardURL: String?

    func write(to html: inout HTML) {
        var head = PageHead(title: title, views: others)
        if let boardURL {
            head.actions = [Button(text: html.page[Words.relay], target: .link(boardURL), icon: "relay")]
        }
        html.add(head)
        html("div", .class("hw")) { html in
            html.card(html.page[Label(zh: "流程图", en: "The way")], icon: "branch") { html in
                html("p", .class("lv-f")) { html in
                    html.say(
                        Label(
                            zh: "数字是在这一棒的记录数；红色有超时的。实线往前，虚线退回，点线从前一张单据来。",
                            en:
                                "Figures are the records in a leg; red ones have late ones. Solid lines lead on, dashed ones back, dotted ones come from the record before."
                        ))
                }
                html.add(map)
            }
            legTable(&html)
            if !raci.isEmpty { responsibilities(&html) }
            versionCard(&html)
        }
    }

    private static let heads = [
        Label(zh: "棒", en: "Leg"), Label(zh: "接棒人", en: "Holder"), Label(zh: "备份", en: "Backup"),
        Label(zh: "时限", en: "Limit"), Label(zh: "必交物", en: "Deliverables"), Label(zh: "现在", en: "Now"),
    ]

    private func table(_ label: String, _ classes: String, _ html: inout HTML, body: (inout HTML) -> Void) {
        html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(label)) { html in
            html("table", .class("dt " + classes)) { body(&$0) }
        }
    }

    private func legTable(_ html: inout HTML) {
        let title = html.page[Label(zh: "每一棒", en: "The legs")]
        html.card(title, count: legs.count, icon: "relay") { html in
            table(title, "lim", &html) { html in
                html("thead") { html in
                    html("tr") { html in for head in Self.heads { html("th", .named("scope", "col"), say: head) } }
                }
                html("tbody") { html in for leg in legs { row(leg, &html) } }
            }
        }
    }

    private func row(_ leg: Leg, _ html: inout HTML) {
        html("tr", .id("leg-" + leg.id), .class(leg.isLate ? "r-bad" : "")) { html in
            html("th", .named("scope", "row"), .class("wr")) { html in
                html("b", text: leg.name)
                html("p", .class("mut"), text: leg.object + " · " + leg.states)
            }
            html("td", .data("l", html.page[Self.heads[1]]), .class("wr")) { html in
                html.text(leg.holder)
                if !leg.isAccepted { html("p", say: Label(zh: "直接到手，不用接棒", en: "theirs at once, not accepted first")) }
            }
            html("td", .data("l", html.page[Self.heads[2]]), text: leg.backup)
            html("td", .data("l", html.page[Self.heads[3]])) { html in
                if let url = leg.limitURL {
                    html("a", .class("ln"), .href(url), text: leg.limit)
                } else {
                    html("span", .class("mut"), text: leg.limit)
                }
            }
            html("td", .class("wr")) { html in html("div", .class("leg-d")) { $0.add(all: leg.deliverables) } }
            html(
                "td", .data("l", html.page[Self.heads[5]]), .class(leg.isLate ? "num t-bad" : "num"), text: leg.figures)
        }
    }

    // MARK: Who answers

    private func responsibilities(_ html: inout HTML) {
        let title = html.page[Label(zh: "职责分工 RACI", en: "Responsibilities (RACI)")]
        let action = raciURL.map {
            Button(text: html.page[Words.edit], target: .link($0), kind: .ghost, icon: "pen")
        }
        html.card(title, count: raci.count, icon: "users", action: action) { html in
            html("p", .class("lv-f")) { html in
                for (letter, label) in Self.letters {
                    html("span", .class("k k" + letter), text: letter)
                    html.append(" ")
                    html.say(label)
                    html.append("　")
                }
            }
            table(title, "raw raci-m", &html) { html in
                html("thead") { html in
                    html("tr") { html in
                        html("th", .named("scope", "col"), say: Label(zh: "环节", en: "Stage"))
                        for column in columns { html("th", .named("scope", "col"), text: column) }
                        html("th", .named("scope", "col"), say: Label(zh: "恰一个 A", en: "Exactly one A"))
                    }
                }
                html("tbody") { html in for row in raci { self.row(row, &html) } }
            }
        }
    }

    private static let letters: [(String, Label)] = [
        ("R", Label(zh: "动手做", en: "does it")), ("A", Label(zh: "负总责，每环节恰一个", en: "answers for it, exactly one")),
        ("C", Label(zh: "要问的", en: "is asked")), ("I", Label(zh: "要告诉的", en: "is told")),
    ]

    private func row(_ row: Responsibility, _ html: inout HTML) {
        html("tr", .class(row.isComplete ? "" : "r-bad")) { html in
            html("th", .named("scope", "row")) { html in
                if let url = row.url {
                    html("a", .class("rt"), .href(url), text: row.stage)
                } else {
                    html.text(row.stage)
                }
            }
            for cell in row.cells {
                html("td") { html in
                    if cell.isEmpty {
                        html("span", .class("mut"), text: "·")
                    } else {
                        html("span", .class("k k" + cell), text: cell)
                    }
                }
            }
            html("td") { html in
                html.add(
                    row.isComplete
                        ? Tag(html.page[Label(zh: "齐", en: "yes")], tone: .ok, icon: "check")
                        : Tag(html.page[Label(zh: "不是恰一个", en: "not exactly one")], tone: .bad, icon: "alert-triangle"))
            }
        }
    }

    // MARK: Versions

    private func versionCard(_ html: inout HTML) {
        html.card(html.page[Label(zh: "版本与迁移", en: "Versions")], icon: "layers", id: "versions") { html in
            html("ul", .class("pr-v")) { html in
                for version in versions {
                    html("li") { html in
                        html("code", text: String(version.digest.prefix(10)))
                        html.add(
                            version.isCurrent
                                ? Tag(html.page[Label(zh: "在用", en: "in force")], tone: .ok)
                                : Tag(html.page[Label(zh: "旧版", en: "older")], tone: .warn))
                        html("span", .class("num"), text: version.open)
                        if !version.since.isEmpty { html("span", .class("mut num"), text: version.since) }
                    }
                }
            }
            if let outcome {
                html("div", .class("mv note " + outcome.tone.rawValue), .named("role", "status")) { html in
                    html.icon(
                        outcome.tone == .ok ? "check" : outcome.tone == .info ? "info" : "alert-triangle", size: .small)
                    html("div") { html in
                        html("b", text: outcome.lead)
                        html("ul") { html in for line in outcome.lines { html("li") { $0.user(line) } } }
                    }
                }
            }
            migration(&html)
        }
    }

    private func migration(_ html: inout HTML) {
        guard versions.contains(where: { !$0.isCurrent }) else {
            html(
                "p", .class("lv-f"),
                say: Label(
                    zh: "所有在途记录都按现在的版本走。流程改了以后，已经上路的记录仍按旧版走完，除非在这里迁移。",
                    en:
                        "All running records run by the version in force. When the process is changed, those under way keep their version until they are migrated here."
                ))
            return
        }
        guard mayMigrate else { return }
        html.form(Paths.process(id) + "/migrate", .class("pr-m"), .data("form")) { html in
            html(
                "p", .class("mut"),
                say: Label(
                    zh: "在途记录全部改按现在的版本走，或一条都不改。持棒人、已用时间不变。",
                    en: "All running records go to the version in force, or none does. Holders and used time stay."))
            for move in moves { self.move(move, &html) }
            html("div", .class("row")) { html in
                html(
                    "button", .class("btn"), .type("submit"), .name("dry"), .value("1"),
                    say: Label(zh: "先试算", en: "Dry run"))
                html(
                    "button", .class("btn p"), .type("submit"), .name("dry"), .value("0"),
                    say: Label(zh: "全部迁移", en: "Migrate all"))
            }
        }
    }

    private func move(_ move: Move, _ html: inout HTML) {
        html("div", .class("fd pr-t")) { html in
            html("label", .class("fd-l"), .named("for", "to-" + move.leg)) { html in
                html("b", text: move.name)
                html("span", .class("num"), say: Label(zh: "\(move.count) 条", en: "\(move.count) records"))
                if move.isGone {
                    html.add(Tag(html.page[Label(zh: "新版没有", en: "gone")], tone: .warn))
                }
                html("span", .class("mut"), say: Label(zh: "改到", en: "goes to"))
            }
            html("select", .class("in"), .id("to-" + move.leg), .name("leg." + move.leg)) { html in
                if move.chosen.isEmpty { html("option", .value(""), say: Words.choose) }
                for choice in move.choices {
                    html(
                        "option", .value(choice.value), .flag("selected", choice.value == move.chosen),
                        text: choice.label)
                }
            }
        }
    }
}
