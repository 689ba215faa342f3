import Definitions
import Kernel
import Values

/// The relay board: who holds the baton of which record, since when, and what comes after.
struct RelayPage: Sendable {
    let eyes: Presentation
    let address: RelayAddress
    let sheet: RelaySheet
    /// Rows of the figure chosen in the summary.
    let rows: [RelaySheet.Row]
    let now: Instant
    let person: String
    let filters: [ListPage.Filter]
    let filterable: [ListPage.Filterable]
    let panel: LegPanel?
    /// The record asked for is out of sight or gone.
    let isMissing: Bool
    /// Amounts with their currencies by record, and their sum in the house's own.
    let sums: RelaySums

    var object: ObjectDefinition? { eyes.model.object(address.object) }
    var time: LegTime { LegTime(format: eyes.page.format) }

    /// Columns of the table, with the legs' names cut to what the board has.
    func label(_ column: RelaySheet.Column) -> String { eyes.say(column.label) }

    /// 第 5 棒 of the row's own object.
    func number(_ leg: String) -> Int { (sheet.columns.firstIndex { $0.leg == leg } ?? 0) + 1 }

    /// The current leg of a row with its column.
    func current(_ row: RelaySheet.Row) -> (column: RelaySheet.Column, now: RelaySheet.Now)? {
        for (place, cell) in row.cells.enumerated() where place < sheet.columns.count {
            if case .now(let now) = cell.state { return (sheet.columns[place], now) }
        }
        return nil
    }
}

extension RelayPage: Markup {
    func write(to html: inout HTML) {
        html(
            "div", .class("rb" + (panel == nil && !isMissing ? "" : " has-pn")), .id("relay"), .data("list"),
            .data("object", address.object), .data("new", newURL ?? "")
        ) { html in
            head(&html)
            toolbar(&html)
            html("div", .class("rb-w")) { html in
                html("section", .class("rb-b"), .id("board"), .label(html.page[Words.relay])) { board(&$0) }
                if let panel {
                    html.add(panel)
                } else if isMissing {
                    missing(&html)
                }
            }
        }
    }

    private func board(_ html: inout HTML) {
        if rows.isEmpty { return empty(&html) }
        switch address.view {
        case .lanes: lanes(&html)
        case .board: columns(&html)
        case .time: timeline(&html)
        case .list: list(&html)
        case .chase: chase(&html)
        }
        foot(&html)
    }

    private var newURL: String? { eyes.sight.canCreate(address.object) ? Paths.new(address.object) : nil }

    // MARK: Head

    private func head(_ html: inout HTML) {
        html("section", .class("hd rb-h")) { html in
            html("div", .class("hd-r")) { html in
                html("h1", text: title)
                views(&html)
                objects(&html)
                html("span", .class("sp")) { _ in }
                if let newURL, let object {
                    html("div", .class("hd-a no-m")) { html in
                        html.add(
                            Button(
                                text: html.page[Words.new(object.label)], target: .link(newURL), kind: .primary,
                                icon: "plus", key: "C"))
                    }
                }
            }
            figures(&html)
        }
    }

    private var title: String {
        let name = object.map { eyes.say($0.label) } ?? ""
        return eyes.say(Label(zh: name + eyes.say(Words.relay), en: name + " relay"))
    }

    private func views(_ html: inout HTML) {
        let names: [(RelayAddress.View, Label, String)] = [
            (.lanes, Words.lanes, "relay"), (.board, Words.relayBoard, "columns"),
            (.time, Words.relayTime, "bar-chart"),
            (.list, Words.relayList, "list"), (.chase, Words.chase, "bell"),
        ]
        html("nav", .class("vw"), .label(html.page[Words.views])) { html in
            for (view, label, icon) in names {
                html(
                    "a", .href(address.with { $0.view = view }.url), .data("soft"),
                    .when(view == address.view, .aria("current", "page"))
                ) { html in
                    html.icon(icon, size: .small)
                    html("span", say: label)
                }
            }
        }
    }

    /// The other objects of the process, each with a board of its own.
    private func objects(_ html: inout HTML) {
        let others = sheet.process.objects.filter(eyes.sight.canRead)
        guard others.count > 1 else { return }
        html("nav", .class("vw rb-o"), .label(eyes.say(sheet.process.label))) { html in
            for other in others {
                let name = eyes.model.object(other).map { eyes.say($0.label) } ?? other
                html(
                    "a", .href(Paths.relay(other)), .when(other == address.object, .aria("current", "true")),
                    text: name)
            }
        }
    }

    private func figures(_ html: inout HTML) {
        html("nav", .class("rst num"), .label(html.page[Words.summary])) { html in
            figure(sheet.total, total, Words.underWay, "", nil, &html)
            figure(sheet.dueToday, ofRows(sheet.dueToday), Words.dueToday, "", .today, &html)
            figure(sheet.late, ofRows(sheet.late), Words.lateLegs, "bad", .late, &html)
            figure(sheet.paused, ofRows(sheet.paused), Words.pausedLegs, "block", .paused, &html)
            figure(sheet.endangered, ofRows(sheet.endangered), Words.endangered, "warn", .endangered, &html)
            share(&html)
            html.add(FigureLegend(id: "figures", figures: Self.meanings))
        }
    }

    private static let meanings: [(name: Label, meaning: Label)] = [
        (Words.underWay, Label(zh: "棒还没交完的单", en: "Records whose relay has not ended")),
        (Words.dueToday, Label(zh: "现在这一棒今天到时限", en: "The limit of the present leg ends today")),
        (
            Words.lateLegs,
            Label(zh: "现在这一棒已过时限，停表的不算", en: "The present leg is past its limit; paused ones don't count")
        ),
        (Words.pausedLegs, Label(zh: "写了原因停着表的棒", en: "Legs whose clock is paused, with a reason")),
        (
            Words.endangered,
            Label(zh: "按最近 90 天的步子推算，赶不上承诺的日子", en: "By the pace of the last 90 days it misses the promised day")
        ),
        (
            Words.onTimeShare,
            Label(
                zh: "最近 30 天交出的棒里，没过时限的占比；箭头是和前 30 天比",
                en:
                    """
                    Of the legs handed on in the last 30 days, the share within their limit; the arrow compares \
                    with the 30 days before
                    """)
        ),
    ]

    /// All that run, or that there are more than were counted.
    private var total: String {
        eyes.page.format.count(sheet.total) + (sheet.total == RelaySheet.mostCounted ? "+" : "")
    }

    /// A figure that is of the rows alone says so when there are more records.
    private func ofRows(_ count: Int) -> String {
        sheet.isCut ? count == 0 ? "–" : eyes.page.format.count(count) + "+" : eyes.page.format.count(count)
    }

    private func figure(
        _ count: Int, _ shown: String, _ label: Label, _ tone: String, _ focus: RelayAddress.Focus?, _ html: inout HTML
    ) {
        let isChosen = focus != nil && address.focus == focus
        let url = address.with {
            $0.focus = isChosen ? nil : focus
            if focus == nil { $0.slice = .all }
        }.url
        html(
            "a", .href(url), .class(count == 0 ? "" : tone), .data("soft"), .when(isChosen, .aria("current", "true"))
        ) { html in
            html("b", text: shown)
            html("span", say: label)
        }
    }

    private func share(_ html: inout HTML) {
        guard let share = sheet.onTime else { return }
        html("p") { html in
            html("b", text: LegTime.days(share * 100) + "%")
            html("span", say: Words.onTimeShare)
            if let before = sheet.onTimeBefore {
                let change = ((share - before) * 1000).rounded() / 10
                if change != 0 {
                    html(
                        "em", .class(change > 0 ? "up" : "down"),
                        text: (change > 0 ? "▲ " : "▼ ") + LegTime.days(abs(change)))
                }
            }
        }
    }

    // MARK: Toolbar

    private func toolbar(_ html: inout HTML) {
        html("div", .class("tb rb-t")) { html in
            html("div", .class("chips"), .named("role", "group"), .label(html.page[Words.filters])) { html in
                slice(.all, Words.sliceAll, total, &html)
                slice(.mine, Words.sliceMine, ofRows(sheet.mine), &html)
                slice(.followed, Words.sliceFollowed, ofRows(sheet.followed), &html)
                slice(.risk, Words.sliceRisk, nil, &html)
                html("span", .class("rb-s no-m")) { _ in }
                for filter in filters { html.add(FilterChip(filter: filter)) }
                if !filterable.isEmpty {
                    html.add(
                        FilterBuilder(
                            action: Paths.relay(address.object), hidden: address.items, search: address.search,
                            filterable: filterable))
                }
            }
            html("span", .class("sp")) { _ in }
            search(&html)
        }
    }

    private func slice(_ slice: RelayBoard.Slice, _ label: Label, _ count: String?, _ html: inout HTML) {
        let isCurrent = address.slice == slice
        html(
            "a", .class("chip"), .href(address.with { $0.slice = slice }.url), .data("soft"),
            .when(isCurrent, .aria("current", "true"))
        ) { html in
            if slice == .mine { html.add(Avatar(name: person, size: .small)) }
            html.say(label)
            if let count { html("span", .class("num n"), text: count) }
        }
    }

    private func search(_ html: inout HTML) {
        let plural = object?.plural ?? Words.relay
        html("form", .class("q"), .named("role", "search"), .action(Paths.relay(address.object))) { html in
            html.icon("search")
            html.void(
                "input", .type("search"), .name("q"), .value(address.search), .data("search"),
                .named("placeholder", html.page[Words.searchIn(plural)]), .label(html.page[Words.searchIn(plural)]),
                .named("dir", "auto"))
            html("kbd", .class("no-m"), text: "/")
            for item in address.items { html.hidden(item.name, item.value) }
        }
    }

    // MARK: Around the rows

    private func empty(_ html: inout HTML) {
        let isNarrowed =
            address.slice != .all || address.focus != nil || !address.filters.isEmpty || !address.search.isEmpty
        let clear = address.with {
            $0.slice = .all
            $0.focus = nil
            $0.filters = []
            $0.search = ""
        }.url
        html.add(
            isNarrowed
                ? EmptyState(
                    icon: "filter-x", title: html.page[Words.nothingFits], hint: html.page[Words.noMatchHint],
                    actions: [Button(text: html.page[Words.clearFilters], target: .link(clear))])
                : EmptyState(
                    icon: "relay", title: html.page[Words.nothingRuns], hint: html.page[Words.nothingRunsHint]))
    }

    private func missing(_ html: inout HTML) {
        html("aside", .class("pn"), .id("panel"), .label(html.page[Words.noMatch])) { html in
            html("div", .class("ph row")) { html in
                html("span", .class("sp")) { _ in }
                html("a", .class("ib"), .href(address.opening(nil)), .data("soft"), .label(html.page[Words.closePanel]))
                {
                    $0.icon("x")
                }
            }
            html.add(EmptyState(icon: "eye", title: html.page[Words.notVisible]))
        }
    }

    private func foot(_ html: inout HTML) {
        html("div", .class("fo num")) { html in
            html("span", say: Words.boardCount(rows.count, of: total, isWhole: rows.count == sheet.total))
            if let sum = sum() { html("span", say: Words.sum(sum)) }
            if sheet.isCut { html("span", .class("t-warn"), say: Words.cutRows(sheet.rows.count)) }
            html("span", .class("sp")) { _ in }
            for (tone, label) in [
                (LegTone.onTime, Words.legendOK), (.due, Words.legendDue), (.late, Words.legendLate),
                (.paused, Words.legendPaused),
            ] {
                html("span", .class("no-m lg")) { html in
                    html("i", .class("k " + tone.style)) { _ in }
                    html.say(label)
                }
            }
            html("span", .class("no-m lg")) { html in
                html("i", .class("k bt")) { _ in }
                html.say(Words.legendBaton)
            }
        }
    }

    /// The sum of the rows' amounts in the house's currency; nil without any.
    private func sum() -> String? {
        var total = ExactDecimal(0)
        var count = 0
        for row in rows {
            guard let amount = sums.base[row.record] else { continue }
            // Too large a sum is not told at all.
            guard let next = try? total + amount else { return nil }
            total = next
            count += 1
        }
        return count == 0 ? nil : eyes.page.format.wholeAmount(total, currency: eyes.model.baseCurrency)
    }
}
