import Definitions
import Kernel
import Values

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

    /// A series whose pattern is being changed.
    struct Change: Sendable {
        let series: Series
        /// As it was typed.
        let pattern: String
        /// The next three numbers; empty before anything was asked, or when the pattern can't be read.
        var preview: [String] = []
        /// The highest number of the new pattern that a record has already; 0 for none.
        var taken = 0
        /// The pattern asks for region or department; the numbers shown are those of the reader's.
        var hasPlace = false
        var problem: String?
    }

    let series: [Series]
    /// What was wrong, at the series of the object.
    var problem: (object: String, text: String)?
    var typed = ""
    var change: Change?
}

extension NumbersPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.numbers],
                note: html.page[
                    Label(zh: "换了日期段，号码从 1 开始", en: "A new date part begins again at 1")]))
        html("div", .class("hw")) { html in
            if let change { html.add(change) }
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
            html("td") { html in
                html("code", text: each.pattern)
                html.append(" ")
                html(
                    "a", .class("ln nb-c"), .href(Paths.pattern(each.object, each.field)),
                    .label(html.page[Label(zh: "改\(each.name)的规则", en: "Change the pattern of \(each.name)")]),
                    say: Label(zh: "改", en: "Change"))
            }
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

extension NumbersPage.Change: Markup {
    func write(to html: inout HTML) {
        let title = Label(zh: "\(series.name)的编号规则", en: "Pattern of \(series.name)")
        html.card(html.page[title], icon: "stamp", classes: "form-c", id: "change") { html in
            html.form(Paths.numbers + "/pattern", .class("sec-f"), .flag("novalidate")) { html in
                html.hidden("object", series.object)
                html.hidden("field", series.field)
                var control = FieldControl(
                    name: "pattern", label: html.page[Label(zh: "规则", en: "Pattern")],
                    kind: .text(limit: 60, format: .plain), value: pattern,
                    help: html.page[
                        Label(
                            zh:
                                "字照写；{yyyy} {yy} {mm} {dd} 是日期，可连写成 {yymm}；{####} 是流水号，至少四位；{region}、{department} 是单据所在区域、部门的代码，各自编号，如 Q{region}{yymm}-{###}。",
                            en:
                                "Text stands as it is; {yyyy} {yy} {mm} {dd} are the date, also together as {yymm}; {####} is the counter, four digits at least; {region} and {department} are the codes of where a record belongs, each counting by itself, as in Q{region}{yymm}-{###}."
                        )], isRequired: true)
                control.error = problem
                html.add(control)
                if !preview.isEmpty { shown(&html) }
                html("div", .class("row su-f")) { html in
                    html(
                        "button", .class(preview.isEmpty ? "btn p" : "btn"), .type("submit"), .name("do"),
                        .value("preview"), say: Label(zh: "看看后面三个号", en: "See the next three"))
                    html(
                        "button", .class(preview.isEmpty ? "btn" : "btn p"), .type("submit"), .name("do"),
                        .value("save"), say: Words.save)
                    html.add(Button(text: html.page[Words.cancel], target: .link(Paths.numbers), kind: .ghost))
                }
            }
        }
    }

    private func shown(_ html: inout HTML) {
        html("div", .class("note info"), .named("role", "status")) { html in
            html.icon("info", size: .small)
            html("div") { html in
                html("p") { html in
                    html.say(Label(zh: "接下来：", en: "Next: "))
                    for (place, number) in preview.enumerated() {
                        if place > 0 { html.text(html.page.language == .zh ? "、" : ", ") }
                        html("b", .class("num"), text: number)
                    }
                }
                if hasPlace {
                    html(
                        "p",
                        say: Label(
                            zh: "这里按你的区域、部门看；没有代码的单少这一段。",
                            en: "Shown for your own region and department; records without a code lack that part."))
                }
                if taken > 0 {
                    html(
                        "p",
                        say: Label(
                            zh: "已有记录用到这种号的第 \(taken) 号，从它后面接着编，不会重号。",
                            en:
                                "Records have this kind of number up to \(taken) already; it goes on behind that, so none is given twice."
                        ))
                }
                html(
                    "p",
                    say: Label(zh: "已经发出去的号不变。", en: "What was numbered before keeps its number."))
            }
        }
    }
}
