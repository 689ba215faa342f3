import Definitions

extension CalendarPage: Markup {
    func write(to html: inout HTML) {
        var head = PageHead(
            title: html.page[Words.workCalendars],
            note: html.page[Label(zh: "时限按持棒人的日历走", en: "Limits run by the calendar of whoever holds the baton")])
        if mayCreate {
            head.actions = [
                Button(
                    text: html.page[Label(zh: "新建日历", en: "New calendar")], target: .dialog("new-calendar"),
                    icon: "plus")
            ]
        }
        html.add(head)
        html("div", .class("hw hw-2")) { html in
            html("nav", .class("card hw-n"), .label(html.page[Words.workCalendars])) { menu(&$0) }
            html("div", .class("col")) { html in
                yearCard(&html)
                if form != nil { editing(&html) }
                users(&html)
            }
        }
        if mayCreate { creation(&html) }
    }

    private func menu(_ html: inout HTML) {
        let own = choices.filter(\.isOwn)
        let usual = choices.filter { !$0.isOwn }
        if !own.isEmpty { html("p", .class("menu-h"), say: Label(zh: "公司自己的", en: "The company's own")) }
        for choice in own { link(choice, &html) }
        if !usual.isEmpty { html("p", .class("menu-h"), say: Label(zh: "各国通常的", en: "Usual ones of countries")) }
        for choice in usual { link(choice, &html) }
    }

    private func link(_ choice: Choice, _ html: inout HTML) {
        html("a", .href(choice.url), .when(choice.isChosen, .aria("current", "page"))) { html in
            html.icon(choice.isOwn ? "calendar" : "globe")
            html("span") { $0.user(choice.name) }
            html(
                "small", .class("num"), .title(html.page[Label(zh: "用它的人", en: "People who use it")]),
                text: String(choice.people))
        }
    }

    // MARK: The year

    private func yearCard(_ html: inout HTML) {
        html("section", .class("card")) { html in
            html("header") { html in
                html.icon("calendar")
                html("h2") { $0.user(title + " · \(year)") }
                html("span", .class("sp")) { _ in }
                for (step, icon, label) in [
                    (-1, "chevron-left", Label(zh: "上一年", en: "The year before")),
                    (1, "chevron-right", Label(zh: "下一年", en: "The next year")),
                ] {
                    html("a", .class("ib"), .href(yearURL(year + step)), .label(html.page[label])) { $0.icon(icon) }
                }
            }
            html("p", .class("lv-f"), text: sentence)
            if let warning { html("div", .class("lv-f")) { $0.add(Note(tone: .warn, text: warning)) } }
            html("div", .class("yr-k"), .aria("hidden", "true")) { html in
                for (style, label) in Self.legend {
                    html("span") { html in
                        html("i", .class(style)) { _ in }
                        html.say(label)
                    }
                }
            }
            html("div", .class("yr")) { html in for month in months { write(month, &html) } }
            if !occasions.isEmpty {
                html("ul", .class("yr-l")) { html in
                    for occasion in occasions {
                        html("li") { html in
                            html("span", .class("num"), text: occasion.days)
                            html("span") { $0.user(occasion.name) }
                            html.add(occasion.tag)
                        }
                    }
                }
            }
        }
    }

    static let legend: [(String, Label)] = [
        ("weekend", Label(zh: "周末", en: "Weekend")), ("holiday", Label(zh: "节假日", en: "Holiday")),
        ("estimate", Label(zh: "待公布", en: "Not yet official")), ("makeUp", Label(zh: "调休上班", en: "Make-up day")),
        ("ownClosed", Label(zh: "公司放假", en: "Closed by the company")),
        ("ownOpen", Label(zh: "公司上班", en: "Open by the company")),
    ]

    private func write(_ month: Month, _ html: inout HTML) {
        html("div", .class("mo")) { html in
            html("table") { html in
                html("caption", text: month.name)
                html("thead") { html in
                    html("tr") { html in
                        for head in weekdayHeads { html("th", .named("scope", "col"), text: head) }
                    }
                }
                html("tbody") { html in
                    var column = 0
                    html.open("tr", [])
                    for _ in 0..<month.lead {
                        html("td") { _ in }
                        column += 1
                    }
                    for day in month.days {
                        if column == 7 {
                            html.close("tr")
                            html.open("tr", [])
                            column = 0
                        }
                        cell(day, &html)
                        column += 1
                    }
                    html.close("tr")
                }
            }
        }
    }

    private func cell(_ day: Cell, _ html: inout HTML) {
        let style = day.isToday ? day.style + " today" : day.style
        html(
            "td", .class(style), .when(!day.note.isEmpty, .title(day.note)),
            .when(day.isToday, .aria("current", "date"))
        ) { html in
            html.text(String(day.number))
            if !day.note.isEmpty { html("span", .class("vh"), text: " " + day.note) }
        }
    }

    // MARK: Who works by it

    private func users(_ html: inout HTML) {
        html.card(html.page[Label(zh: "谁用这个日历", en: "Who works by it")], count: people.count, icon: "users", id: "who")
        {
            html in
            if let id, mayEdit, regions.contains(where: \.mayChange) { regionForm(id, &html) }
            if people.isEmpty {
                html(
                    "p", .class("mut none-p"),
                    say: Label(
                        zh: "还没有人用。在上面勾选区域，或在某个人的资料里选它。",
                        en: "Nobody yet. Tick a region above, or choose it on somebody's own record."))
                return
            }
            html("ul", .class("pz")) { html in
                for person in people {
                    html("li") { html in
                        html.add(Avatar(name: person.name))
                        html("b") { html in
                            if let url = person.url {
                                html("a", .href(url)) { $0.user(person.name) }
                            } else {
                                html.user(person.name)
                            }
                        }
                        html("span", .class("mut"), text: person.region)
                        if person.isOwn { html.add(Tag(html.page[Label(zh: "本人指定", en: "their own")], tone: .info)) }
                        html("span", .class("sp")) { _ in }
                        html(
                            "span", .class("num"), .title(html.page[Label(zh: "时区", en: "Time zone")]),
                            text: person.zone)
                    }
                }
            }
        }
    }

    private func regionForm(_ id: String, _ html: inout HTML) {
        html.form(Paths.calendar(id) + "/regions", .class("cal-f")) { html in
            html(
                "div", .class("cks"), .named("role", "group"),
                .label(html.page[Label(zh: "用它的区域", en: "Regions that use it")])
            ) { html in
                for region in regions {
                    html("label") { html in
                        html.void(
                            "input", .type("checkbox"), .name("region"), .value(region.id),
                            .flag("checked", region.usesThis), .flag("disabled", !region.mayChange))
                        html.user(region.name)
                    }
                }
            }
            html("div") { html in
                html(
                    "button", .class("btn"), .type("submit"), say: Label(zh: "让这些区域用它", en: "Let these regions use it"))
            }
        }
    }

    private func creation(_ html: inout HTML) {
        html.dialog("new-calendar", title: html.page[Label(zh: "新建日历", en: "New calendar")], isShown: newProblem != nil)
        {
            html in
            html.form(Paths.calendars) { html in
                html("div", .class("dl-b")) { html in
                    html(
                        "p", .class("mut"),
                        say: Label(
                            zh: "从一个国家的节假日开始，再改工作日、时段和公司自己的假。",
                            en:
                                "It begins with the public holidays of a country; then set weekdays, hours and days of your own."
                        ))
                    html.add(
                        FieldControl(
                            name: "name", label: html.page[Label(zh: "名称", en: "Name")],
                            kind: .text(limit: 60, format: .plain), value: newName, error: newProblem, isRequired: true,
                            placeholder: html.page[Label(zh: "如 宁波工厂", en: "Such as Ningbo factory")], scope: "nc"))
                    html.add(
                        FieldControl(
                            name: "country", label: html.page[Label(zh: "公共假日", en: "Public holidays")],
                            kind: .choice(countries), value: country, isRequired: true, scope: "nc"))
                }
                html("div", .class("dl-f")) { html in
                    html("a", .class("btn g"), .href("#"), .data("close"), say: Words.cancel)
                    html.add(
                        Button(
                            text: html.page[Label(zh: "新建日历", en: "Make the calendar")],
                            target: .submit(name: nil, value: nil), kind: .primary))
                }
            }
        }
    }
}
