import Definitions

/// The three columns of the record page.
extension RecordDetailPage {
    func left(_ html: inout HTML) {
        for (index, section) in sections.enumerated() {
            html(
                "details", .class("card sec"), .flag("open", !section.isFolded),
                .optional("id", index == 0 ? "facts" : nil)
            ) { html in
                html("summary") { html in
                    html("h2", text: section.title)
                    html("span", .class("sp")) { _ in }
                    html.icon("chevron-down", size: .small)
                }
                html.add(FactList(facts: section.facts, missing: section.missing))
            }
        }
        if let people { self.people(people.title, people.rows, people.createURL, &html) }
        for (index, shelf) in shelves.enumerated() { self.shelf(shelf, index, &html) }
    }

    private func people(_ title: String, _ rows: [Person], _ createURL: String?, _ html: inout HTML) {
        let action = createURL.map {
            Button(text: html.page[Words.add], target: .link($0), icon: "plus", isIconOnly: true)
        }
        html.card(title, count: rows.count, classes: "ppl", action: action) { html in
            for person in rows {
                html("a", .class("ct"), .href(person.url)) { html in
                    html.add(Avatar(name: person.name, size: .large, isMuted: person.isFormer))
                    html("span", .class("ct-t")) { html in
                        html("span", .class("row")) { html in
                            html("b", .class(person.isFormer ? "mut" : "")) { $0.user(person.name) }
                            if let tag = person.tag { html.add(tag) }
                        }
                        html("span", .class("mut")) { $0.user(person.note) }
                    }
                }
            }
        }
    }

    func middle(_ html: inout HTML) {
        if let effects { html.add(effects) }
        for (position, block) in lines.enumerated() {
            html.card(block.title, count: block.table.rows.count, classes: "lines-c") { html in
                html.add(block.table)
                if !totals.isEmpty, position == lines.count - 1 { sums(&html) }
            }
        }
        html("section", .class("card mid"), .label(html.page[Words.activity])) { html in
            html.add(Tabs(label: html.page[Words.content], tabs: tabs(html.page)))
            if let shown = related.first(where: { $0.id == tab }) {
                html.add(RelatedRecords(list: shown, url: Paths.record(object, id)))
            } else {
                activity(&html)
            }
        }
    }

    private func sums(_ html: inout HTML) {
        html("dl", .class("sums num")) { html in
            for (position, total) in totals.enumerated() {
                html("div", .class(position == totals.count - 1 ? "big" : "")) { html in
                    html("dt", text: total.label)
                    html("dd", text: total.value)
                }
            }
        }
    }

    private func tabs(_ page: PageContext) -> [Tabs.Tab] {
        let base = Paths.record(object, id)
        var tabs = [Tabs.Tab(label: page[Words.activity], url: base, isCurrent: tab == nil)]
        for list in related {
            tabs.append(
                Tabs.Tab(label: list.label, url: base + "?tab=" + list.id, count: list.count, isCurrent: tab == list.id)
            )
        }
        return tabs
    }

    private func activity(_ html: inout HTML) {
        if let composer { html.add(composer) }
        if !kindChips.isEmpty {
            html(
                "div", .class("flt chips"), .named("role", "group"), .label(html.page[Words.activity]),
                .data("timeline-filter")
            ) { html in
                for chip in kindChips {
                    html.add(Chip(text: chip.label, url: chip.url, isPressed: chip.isOn))
                }
                html("span", .class("sp")) { _ in }
                html.void(
                    "input", .class("in tl-q"), .type("search"), .data("timeline-search"),
                    .label(html.page[Words.searchTimeline]), .named("placeholder", html.page[Words.searchTimeline]))
            }
        }
        html.add(timeline)
    }

    func right(_ html: inout HTML) {
        let add = addStep.map { Button(text: html.page[$0.label], target: .link($0.url), kind: .ghost) }
        html.card(html.page[Words.nextSteps], count: steps.isEmpty ? nil : steps.count, classes: "todos", action: add) {
            html in
            if steps.isEmpty {
                html("p", .class("mut none-p")) { html in
                    html.say(Words.nothingWaiting)
                    if addStep?.label == Words.nextFollowUp { html.say(Words.nextStepHint) }
                }
            }
            for step in steps { todo(step, &html) }
        }
        if let progress {
            let all = progress.url.map { Button(text: html.page[Words.all], target: .link($0), kind: .ghost) }
            html.card(progress.title, count: progress.rows.count, classes: "prog", action: all) { html in
                for row in progress.rows { order(row, &html) }
            }
        }
        if let workflows { html.add(workflows) }
        html.add(VersionList(versions: versions))
    }

    private func todo(_ step: Step, _ html: inout HTML) {
        html("div", .class("todo")) { html in
            if let url = step.doneURL {
                html.form(url, .class("inline")) {
                    $0("button", .class("ck-b"), .label($0.page[Words.done])) { $0.icon("check", size: .small) }
                }
            } else {
                html("span", .class("ck-b"), .aria("hidden", "true")) { _ in }
            }
            html("a", .href(step.url), .class("td-t")) { $0.user(step.text) }
            if let due = step.due { html.add(due) }
            if !step.note.isEmpty { html("p") { $0.user(step.note) } }
        }
    }

    private func order(_ row: Progress, _ html: inout HTML) {
        html("a", .class("ord"), .href(row.url)) { html in
            html("span", .class("row")) { html in
                html("b", .class("num")) { $0.user(row.title) }
                html("span", .class("sp")) { _ in }
                html("span", .class("num t2"), text: row.amount)
            }
            html(
                "span", .class("seg"), .named("role", "img"),
                .label(html.page[Words.legs(row.legs.filter { $0 == .done || $0 == .late }.count, row.legs.count)])
            ) { html in
                for leg in row.legs { html("i", .class(leg.rawValue)) { _ in } }
            }
            html("span", .class("or-p")) { html in
                html.add(Avatar(name: row.holder, size: .small))
                html.user(row.holder + " · " + row.leg)
                html("span", .class("sp")) { _ in }
                if let due = row.due { html.add(due) }
            }
            html("span", .class("or-p mut")) { $0.user(row.note) }
        }
    }
}
