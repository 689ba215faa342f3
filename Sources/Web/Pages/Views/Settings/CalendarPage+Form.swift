import Definitions

/// What the company sets in a calendar of its own, with what saving would move.
extension CalendarPage {
    func editing(_ html: inout HTML) {
        guard let form else { return }
        html.card(html.page[Label(zh: "设置", en: "Set it")], icon: "sliders", id: "set") { html in
            html.form(Paths.calendar(form.id), .class("cal-f"), .data("form")) { html in
                html.hidden("version", String(form.version))
                if let message = form.message { html.add(ErrorNote(text: message, more: [])) }
                html("div", .class("two-c")) { html in
                    html.add(
                        FieldControl(
                            name: "name", label: html.page[Label(zh: "名称", en: "Name")],
                            kind: .text(limit: 60, format: .plain), value: form.name, error: form.problems["name"],
                            isRequired: true, scope: "wc"))
                    html.add(
                        FieldControl(
                            name: "country", label: html.page[Label(zh: "公共假日", en: "Public holidays")],
                            kind: .choice(countries), value: form.country, error: form.problems["country"],
                            isRequired: true, scope: "wc"))
                }
                html.add(
                    FieldControl(
                        name: "weekdays", label: html.page[Label(zh: "上班的星期", en: "Weekdays worked")],
                        kind: .choices(weekdays),
                        value: weekdays.map(\.value).filter(form.weekdays.contains).joined(separator: ","),
                        help: html.page[Label(zh: "都不选就按该国通常的", en: "None: the usual ones of the country")],
                        error: form.problems["weekdays"], scope: "wc"))
                html.add(
                    FieldControl(
                        name: "hours", label: html.page[Label(zh: "上班时段", en: "Hours")],
                        kind: .text(limit: 60, format: .plain), value: form.hours,
                        help: html.page[
                            Label(
                                zh: "如 09:00-12:00 13:30-18:00，中间的空档是休息",
                                en: "Such as 09:00-12:00 13:30-18:00; what lies between is a break")],
                        error: form.problems["hours"], isRequired: true, scope: "wc"))
                ownDays(form, &html)
                if let effect = form.effect { write(effect, &html) }
                html("div", .class("row")) { html in
                    html(
                        "button", .class("btn"), .type("submit"), .name("do"), .value("preview"),
                        say: Label(zh: "先看影响", en: "What would move"))
                    html("button", .class("btn p"), .type("submit"), .name("do"), .value("save"), say: Words.save)
                    html(
                        "span", .class("mut"),
                        say: Label(zh: "保存后，在走的时钟一分钟内跟着改", en: "Running clocks follow within a minute of saving"))
                }
            }
        }
    }

    private func ownDays(_ form: Form, _ html: inout HTML) {
        html("div", .class("fd")) { html in
            html("span", .class("fd-l"), say: Label(zh: "公司自己的日子", en: "Days of the company's own"))
            html(
                "p", .class("fd-h"),
                say: Label(
                    zh: "放假、加班或只上半天；比国家的节假日和调休优先。清空名称和日期就是删除。",
                    en:
                        "Closed, worked or half days; they go before the country's. Empty the name and dates to remove one."
                ))
            if let problem = form.problems["days"] {
                html("p", .class("fd-e")) { html in
                    html.icon("alert-triangle", size: .small)
                    html.user(problem)
                }
            }
            html("table", .class("cal-d")) { html in
                html("thead") { html in
                    html("tr") { html in for head in Self.heads { html("th", .named("scope", "col"), say: head) } }
                }
                html("tbody") { html in
                    for (place, day) in form.days.enumerated() { row(day, place, &html) }
                }
            }
        }
    }

    private static let heads = [
        Label(zh: "从", en: "From"), Label(zh: "到（含）", en: "To (included)"), Label(zh: "这几天", en: "These days"),
        Label(zh: "当天时段", en: "Hours then"), Label(zh: "名称", en: "Name"),
    ]

    private func row(_ day: OwnDay, _ place: Int, _ html: inout HTML) {
        let name = { (part: String) in "day\(place)." + part }
        let label = { (index: Int, html: HTML) in html.page[Self.heads[index]] + " \(place + 1)" }
        html("tr") { html in
            html("td") { html in
                html.hidden(name("id"), day.id)
                html.void(
                    "input", .class("in num"), .type("date"), .name(name("first")), .value(day.first),
                    .label(label(0, html)))
            }
            html("td") { html in
                html.void(
                    "input", .class("in num"), .type("date"), .name(name("last")), .value(day.last),
                    .label(label(1, html)))
            }
            html("td") { html in
                html("select", .class("in"), .name(name("working")), .label(label(2, html))) { html in
                    html(
                        "option", .value("false"), .flag("selected", !day.isWorking), say: Label(zh: "放假", en: "Closed")
                    )
                    html("option", .value("true"), .flag("selected", day.isWorking), say: Label(zh: "上班", en: "Worked"))
                }
            }
            html("td") { html in
                html.void(
                    "input", .class("in num"), .type("text"), .name(name("hours")), .value(day.hours),
                    .label(label(3, html)),
                    .named("maxlength", "60"), .named("placeholder", html.page[Label(zh: "通常", en: "usual")]))
            }
            html("td") { html in
                html.void(
                    "input", .class("in"), .type("text"), .name(name("name")), .value(day.name), .label(label(4, html)),
                    .named("maxlength", "60"), .when(day.problem != nil, .aria("invalid", "true")))
                if let problem = day.problem { html("p", .class("fd-e")) { $0.user(problem) } }
            }
        }
    }

    private func write(_ effect: Effect, _ html: inout HTML) {
        html("div", .class("note " + effect.tone.rawValue), .id("moves"), .named("role", "status")) { html in
            html.icon(effect.tone == .warn ? "alert-triangle" : "info", size: .small)
            html("div") { html in
                html("b", text: effect.lead)
                html("ul") { html in for line in effect.lines { html("li") { $0.add(line) } } }
            }
        }
    }
}
