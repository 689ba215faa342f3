import Definitions
import Kernel
import Values

/// How safe the house is: copies, their age, and what proves them.
struct BackupPage: Sendable {
    let state: BackupState.Answer
    /// The ongoing copy: when it was last complete; nil where none is kept.
    let copiedAt: Instant?
    let folder: String?
    let mayBackUp: Bool
    let now: Instant

    private static let day = 86_400

    private var lastCopy: Instant? { [state.last?.at, copiedAt].compactMap(\.self).max() }
    private var isOld: Bool { lastCopy.map { $0.adding(seconds: Self.day) < now } ?? true }
}

extension BackupPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.backup]))
        html("div", .class("narrow")) { html in
            if isOld {
                html.add(
                    Note(
                        tone: .warn,
                        text: html.page[
                            lastCopy == nil
                                ? Label(
                                    zh: "还没有任何备份。机器坏了，数据就没了。",
                                    en: "There is no backup. If the machine fails, the data is gone.")
                                : Label(zh: "最近的备份已超过一天。", en: "The last backup is older than a day.")]))
            }
            html.card(html.page[Words.backup], icon: "database", classes: "form-c") { html in
                html.add(FactList(facts: facts(html.page)))
                if mayBackUp, folder != nil {
                    html.form(Paths.backup, .class("sec-f")) { html in
                        html("button", .class("btn p"), .type("submit"), say: Label(zh: "现在备份", en: "Back up now"))
                    }
                }
            }
            html.card(html.page[Label(zh: "怎么恢复", en: "How to restore")], icon: "history") { html in
                html("ol", .class("sec-o")) { html in
                    html(
                        "li",
                        say: Label(
                            zh: "把备份文件拿到另一台机器，别只放在这一台。", en: "Keep the file on another machine, not only on this one."))
                    html("li") { html in
                        html.say(Label(zh: "在空的数据文件夹上运行：", en: "With an empty data folder run: "))
                        html("code", text: "baton restore FILE --data DIR")
                    }
                    html("li") { html in
                        html.say(Label(zh: "用这条命令证明它完好：", en: "Prove that it is sound: "))
                        html("code", text: "baton verify --data DIR")
                    }
                }
            }
        }
    }

    private func facts(_ page: PageContext) -> [FactList.Fact] {
        let none = page[Label(zh: "没有", en: "none")]
        var out = [
            FactList.Fact(
                label: page[Label(zh: "最近一次备份", en: "Last backup")],
                value: .text(
                    state.last.map { page.format.instant($0.at) + " · " + $0.name + " · " + size($0.bytes) } ?? none)),
            FactList.Fact(
                label: page[Label(zh: "持续副本", en: "Ongoing copy")],
                value: .text(
                    copiedAt.map { page.format.instant($0) }
                        ?? page[Label(zh: "没有开（copy_to 设置）", en: "off (setting copy_to)")])),
            FactList.Fact(
                label: page[Label(zh: "日志验证", en: "Log proof")],
                value: .text(
                    state.log.proof.map {
                        page.format.instant($0.at) + " · "
                            + page[$0.isWhole ? Label(zh: "完整", en: "whole") : Label(zh: "不符", en: "not whole")]
                    } ?? none)),
        ]
        if let folder {
            out.append(FactList.Fact(label: page[Label(zh: "存放在", en: "Kept in")], value: .text(folder)))
        }
        return out
    }

    private func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\((bytes + (1 << 19)) >> 20) MB" : "\(max(1, bytes >> 10)) KB"
    }
}

/// How papers are numbered, and what comes next.
struct NumbersPage: Sendable {
    struct Series: Sendable {
        let object: String
        let field: String
        let name: String
        let pattern: String
        let next: Int
        let preview: String
        let gapless: Bool
    }

    let series: [Series]
    /// What was wrong, at the series of the object.
    var problem: (object: String, text: String)?
    var typed = ""
}

extension NumbersPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.numbers],
                note: html.page[
                    Label(zh: "换了日期段，号码从 1 开始", en: "A new date part begins again at 1")]))
        html("div", .class("hw")) { html in
            html("section", .class("card")) { html in
                html(
                    "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                    .label(html.page[Words.numbers])
                ) {
                    html in
                    html("table", .class("dt")) { html in
                        html("thead") { html in
                            html("tr") { html in
                                for label in [
                                    Words.objects, Label(zh: "规则", en: "Pattern"), Label(zh: "下一个", en: "Next"),
                                    Label(zh: "改成从几号开始", en: "Go on from"),
                                ] { html("th", .named("scope", "col"), say: label) }
                            }
                        }
                        html("tbody") { html in for each in series { row(each, &html) } }
                    }
                }
            }
            html(
                "p", .class("mut"),
                say: Label(
                    zh: "号码只能往前，不能往回：发出去的号不会再给一次。花括号里 yy、mm、dd 是日期，# 的个数是最少位数。",
                    en:
                        "Numbers only go forward, so none is given twice. In braces yy, mm and dd are the date; the count of # is the least number of digits."
                ))
        }
    }

    private func row(_ each: Series, _ html: inout HTML) {
        html("tr", .id("n-" + each.object)) { html in
            html("th", .named("scope", "row")) { html in
                html.text(each.name)
                if each.gapless {
                    html.append(" ")
                    html.add(Tag(html.page[Label(zh: "不缺号", en: "no gaps")], tone: .info))
                }
            }
            html("td") { $0("code", text: each.pattern) }
            html("td", .class("num")) { $0("b", text: each.preview) }
            html("td") { html in
                html.form(Paths.numbers, .class("row")) { html in
                    html.hidden("object", each.object)
                    html.hidden("field", each.field)
                    let isWrong = problem?.object == each.object
                    html.void(
                        "input", .class("in num nb-i"), .type("number"), .name("next"),
                        .named("min", String(each.next)),
                        .value(isWrong ? typed : String(each.next)), .when(isWrong, .aria("invalid", "true")),
                        .label(html.page[Label(zh: "\(each.name)从几号开始", en: "\(each.name): go on from")]))
                    html("button", .class("btn"), .type("submit"), say: Words.save)
                    if isWrong { html("p", .class("fd-e")) { $0.user(problem?.text ?? "") } }
                }
            }
        }
    }
}
