import Definitions

/// The rules of the house as sentences, what they did, and a rehearsal on a record.
struct RulesPage: Markup {
    struct Rule: Sendable {
        let object: String
        let id: String
        let label: String
        let isOn: Bool
        /// When, if, then; empty for one that is switched off.
        let sentences: [(lead: Label, text: String, source: String)]
        let figures: String
        let hasFailed: Bool
        /// What a rehearsal just said.
        var said: (tone: Tone, text: String)?
        /// The record that was tried, as picked.
        var tried: FieldControl.Linked?
        var problem: String?
    }

    struct Group: Sendable {
        let object: String
        let label: String
        let icon: String
        let rules: [Rule]
    }

    struct Run: Sendable {
        let id: String
        let at: String
        let rule: String
        let record: Shown
        let trigger: String
        let result: Tag
        let text: String
        let mayReplay: Bool
    }

    let groups: [Group]
    let runs: [Run]
    /// Result to show; nil for all.
    let only: String?
    let mayDefine: Bool

    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.houseRules],
                note: html.page[Label(zh: "什么时候、满足什么、自动做什么", en: "When, if and then: what happens by itself")]))
        html("div", .class("hw")) { html in
            if groups.isEmpty {
                html.add(
                    EmptyState(
                        icon: "zap", title: html.page[Label(zh: "还没有自动规则", en: "There are no rules yet")],
                        hint: html.page[
                            Label(
                                zh: "规则写在定义里：记录新建或变化时，若条件成立，就改字段、建任务、分配或通知人。",
                                en:
                                    "Rules stand in the definitions: when a record is made or changed and a condition holds, fields are set, tasks made, people assigned or told."
                            )],
                        actions: mayDefine
                            ? [Button(text: html.page[Words.definitions], target: .link(Paths.definitions))] : []))
            }
            for group in groups { card(group, &html) }
            history(&html)
        }
    }

    private func card(_ group: Group, _ html: inout HTML) {
        html.card(group.label, count: group.rules.count, icon: group.icon, classes: "rl-c", id: "rules-" + group.object)
        { html in
            html("ul") { html in for rule in group.rules { write(rule, &html) } }
        }
    }

    private func write(_ rule: Rule, _ html: inout HTML) {
        html("li", .class(rule.isOn ? "" : "off"), .id("rule-" + rule.object + "-" + rule.id)) { html in
            html("div", .class("rl-h")) { html in
                html("h3", text: rule.label)
                html.add(
                    rule.isOn
                        ? Tag(html.page[Words.switchedOn], tone: .ok) : Tag(html.page[Words.switchedOff], tone: .mute))
                html("span", .class(rule.hasFailed ? "num t-bad" : "num"), text: rule.figures)
                html("span", .class("sp")) { _ in }
                if mayDefine {
                    html.add(
                        Button(
                            text: html.page[
                                rule.isOn ? Label(zh: "关掉", en: "Switch off") : Label(zh: "打开", en: "Switch on")],
                            target: .post(
                                Paths.rule(rule.object, rule.id, rule.isOn ? "off" : "on"), [("label", rule.label)])))
                }
            }
            if !rule.sentences.isEmpty {
                html("dl", .class("rl-w")) { html in
                    for sentence in rule.sentences {
                        html("dt", say: sentence.lead)
                        html("dd") { html in
                            html.user(sentence.text)
                            if !sentence.source.isEmpty { html("code", text: sentence.source) }
                        }
                    }
                }
            }
            if let said = rule.said { html.add(Note(tone: said.tone, text: said.text, isLive: true)) }
            if rule.isOn, mayDefine { trial(rule, &html) }
        }
    }

    private func trial(_ rule: Rule, _ html: inout HTML) {
        html("details", .class("rl-t"), .flag("open", rule.said != nil || rule.problem != nil)) { html in
            html("summary", say: Label(zh: "在一条记录上试一试（不会真的做）", en: "Try it on a record (nothing is done)"))
            html.form(Paths.rule(rule.object, rule.id, "try"), .data("form")) { html in
                html.add(
                    FieldControl(
                        name: "record", label: html.page[Label(zh: "记录", en: "Record")],
                        kind: .link(object: rule.object, rule.tried, createURL: nil), error: rule.problem,
                        isRequired: true, scope: rule.object + "-" + rule.id))
                html("button", .class("btn"), .type("submit"), say: Label(zh: "试一试", en: "Try"))
            }
        }
    }

    // MARK: What was done

    private func history(_ html: inout HTML) {
        html.card(html.page[Label(zh: "运行记录", en: "What was done")], icon: "history", id: "runs") { html in
            html("nav", .class("flt-r chips"), .label(html.page[Label(zh: "结果", en: "Result")])) { html in
                for (result, label) in Self.results {
                    let url = result.isEmpty ? Paths.rules + "#runs" : Paths.rules + "?result=" + result + "#runs"
                    html.add(Chip(text: html.page[label], url: url, isPressed: (only ?? "") == result))
                }
            }
            if runs.isEmpty {
                html(
                    "p", .class("mut none-p"),
                    say: only == nil
                        ? Label(zh: "还没有规则动过。", en: "No rule has acted yet.")
                        : Label(zh: "没有这样的运行。", en: "There is none like that."))
                return
            }
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                .label(html.page[Label(zh: "运行记录", en: "What was done")])
            ) { html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for label in Self.columns { html("th", .named("scope", "col"), say: label) }
                            html("th", .class("act")) { $0("span", .class("vh"), say: Words.moreActions) }
                        }
                    }
                    html("tbody") { html in for run in runs { row(run, &html) } }
                }
            }
        }
    }

    static let results: [(String, Label)] = [
        ("", Label(zh: "全部", en: "All")), ("done", Label(zh: "已做", en: "Done")),
        ("failed", Label(zh: "失败", en: "Failed")), ("quiet", Label(zh: "静默", en: "Quiet")),
        ("too_deep", Label(zh: "层数过深", en: "Too deep")),
    ]

    private static let columns = [
        Label(zh: "规则", en: "Rule"), Label(zh: "时间", en: "Time"), Label(zh: "记录", en: "Record"),
        Label(zh: "因为", en: "Because"), Label(zh: "结果", en: "Result"), Label(zh: "说明", en: "What came of it"),
    ]

    private func row(_ run: Run, _ html: inout HTML) {
        html("tr", .class(run.result.tone == .bad ? "r-bad" : "")) { html in
            html("th", .named("scope", "row"), text: run.rule)
            html("td", .class("num"), .data("l", html.page[Self.columns[1]]), text: run.at)
            html("td", .data("l", html.page[Self.columns[2]])) { $0.add(run.record) }
            html("td", .data("l", html.page[Self.columns[3]]), text: run.trigger)
            html("td") { $0.add(run.result) }
            html("td", .class("wr")) { $0.user(run.text) }
            html("td", .class("act")) { html in
                if run.mayReplay {
                    html.add(
                        Button(
                            text: html.page[Label(zh: "再做一次", en: "Do again")],
                            target: .post(Paths.rules + "/runs/" + run.id + "/replay", [])))
                }
            }
        }
    }
}
