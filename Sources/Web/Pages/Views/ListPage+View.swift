import Definitions

extension ListPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[plural], views: views, actions: actions(html.page)))
        toolbar(&html)
        if let bar { html.add(bar) }
        if let canvas {
            html("section", .class("list look"), .data("object", object)) { html in canvas.write(to: &html) }
            html("script", .type("application/json"), .data("texts")) { $0.scriptTexts(Words.listScripts) }
            return
        }
        html(
            "section", .class("list"), .data("list"), .data("object", object),
            .data("new", canCreate ? newURL : ""), .data("base", Paths.list(object)),
            .data("columns", table.columns.map(\.id).joined(separator: ",")), .data("view", viewKey)
        ) { html in
            if table.rows.isEmpty { empty(&html) } else { html.add(table) }
        }
        if !table.rows.isEmpty { html.add(pager) }
        if table.isSelectable { bulkBar(&html) }
        html("script", .type("application/json"), .data("texts")) { $0.scriptTexts(Words.listScripts) }
    }

    private func actions(_ page: PageContext) -> [Button] {
        var buttons: [Button] = []
        if canImport {
            buttons.append(
                Button(text: page[Words.importRecords], target: .link(Paths.importing(object)), icon: "upload"))
        }
        if canCreate {
            buttons.append(
                Button(
                    text: page[Words.new(label)], target: .link(newURL), kind: .primary, icon: "plus",
                    key: "C"))
        }
        return buttons
    }

    private func toolbar(_ html: inout HTML) {
        html("div", .class("tb")) { html in
            html("form", .class("q"), .named("role", "search"), .action(Paths.list(object))) { html in
                html.icon("search")
                html.void(
                    "input", .type("search"), .name("q"), .value(search), .data("search"),
                    .named("placeholder", html.page[Words.searchIn(plural)]),
                    .label(html.page[Words.searchIn(plural)]), .named("dir", "auto"))
                html("kbd", .class("no-m"), text: "/")
                for item in query where item.name != "q" { html.hidden(item.name, item.value) }
            }
            html("div", .class("chips"), .named("role", "group"), .label(html.page[Words.filters])) { html in
                for filter in filters { html.add(FilterChip(filter: filter)) }
                if !filterable.isEmpty {
                    html.add(
                        FilterBuilder(
                            action: Paths.list(object), hidden: query, search: search, filterable: filterable,
                            refused: refused))
                }
                if let clearURL, filters.count + (search.isEmpty ? 0 : 1) > 1 {
                    html("a", .class("btn g s"), .href(clearURL)) { html in
                        html.icon("filter-x", size: .small)
                        html.say(Words.clearFilters)
                    }
                }
            }
            html("span", .class("sp")) { _ in }
            if looks.count > 1 { lookMenu(&html) }
            if !groupings.isEmpty { groupMenu(&html) }
            if !columnChoices.isEmpty { columnMenu(&html) }
            moreMenu(&html)
        }
    }

    private func lookMenu(_ html: inout HTML) {
        let current = looks.first { $0.isCurrent }?.look ?? .list
        html.menu(
            html.page[Label(zh: "换个样子看", en: "Show as")], classes: "end", icon: current.icon, isFolded: true
        ) { html in
            for look in looks {
                html.menuItem(
                    html.page[look.look.label], icon: look.look.icon, url: look.url, isCurrent: look.isCurrent)
            }
        }
    }

    private func groupMenu(_ html: inout HTML) {
        html.menu(html.page[Label(zh: "分组", en: "Group")], classes: "end no-m", icon: "layers", isFolded: true) {
            html in
            for grouping in groupings {
                html.menuItem(
                    grouping.label, icon: grouping.isCurrent ? "check" : "layers", url: grouping.url,
                    isCurrent: grouping.isCurrent)
            }
        }
    }

    private func columnMenu(_ html: inout HTML) {
        html.menu(html.page[Words.columns], classes: "end no-m", icon: "table", isFolded: true) { html in
            html.form(Paths.views(object), .class("cols")) { html in
                html.hidden("do", "arrange")
                html.hidden("view", viewKey)
                html.hidden("back", here)
                for (index, column) in columnChoices.enumerated() {
                    html("label", .class("col-i")) { html in
                        html.void(
                            "input", .type("checkbox"), .name("columns"), .value(column.id),
                            .flag("checked", column.isShown))
                        html("span", text: column.label)
                        if column.isShown {
                            html.add(PlaceBox(path: column.id, label: column.label, place: index + 1))
                            html(
                                "button", .type("button"), .class("ib"), .data("do", "col-up"),
                                .label(html.page[Label(zh: "前移：\(column.label)", en: "Earlier: \(column.label)")])
                            ) { $0.icon("arrow-up", size: .small) }
                            html(
                                "button", .type("button"), .class("ib"), .data("do", "col-down"),
                                .label(html.page[Label(zh: "后移：\(column.label)", en: "Later: \(column.label)")])
                            ) { $0.icon("arrow-down", size: .small) }
                        }
                    }
                }
                html("div", .class("row cols-f")) { html in
                    html("button", .class("btn p"), .type("submit"), say: Words.apply)
                    html(
                        "button", .class("btn g"), .type("submit"), .name("reset"), .value("1"),
                        say: Label(zh: "恢复原样", en: "As it was"))
                    if ownsView {
                        html(
                            "button", .class("btn g"), .type("submit"), .name("into"), .value("1"),
                            say: Label(zh: "存进视图", en: "Into the view"))
                    }
                }
            }
        }
    }

    private func moreMenu(_ html: inout HTML) {
        html.menu(html.page[Words.moreActions], classes: "end", icon: "more-horizontal", isFolded: true) { html in
            if let ownView {
                html("div", .class("vsave")) { $0.add(ownView) }
                html.void("hr")
            }
            if let firstContent {
                html.menuPost(
                    html.page[Label(zh: "以后先打开这个视图", en: "Open this view first")], icon: "star",
                    url: Paths.views(object), fields: [("do", "first"), ("content", firstContent), ("back", here)])
            }
            html("button", .type("button"), .data("do", "copy-link"), .data("link", link)) { html in
                html.icon("link")
                html("span", say: Label(zh: "复制这个列表的链接", en: "Copy the link to this list"))
            }
            if canExport {
                let query = here.split(separator: "?", maxSplits: 1).dropFirst().first.map { "?" + $0 } ?? ""
                html.menuItem(
                    html.page[Label(zh: "导出 Excel（所见即所得）", en: "Export to Excel, as shown")], icon: "download",
                    url: Paths.export(object) + query)
                html.menuItem(
                    html.page[Label(zh: "导出 CSV（所见即所得）", en: "Export as CSV, as shown")], icon: "download",
                    url: Paths.exportText(object) + query)
                for sheet in sheets {
                    html.menuItem(
                        html.page[Words.exportBy(sheet.name)], icon: "table",
                        url: Paths.export(object) + (query.isEmpty ? "?" : query + "&") + "template=" + sheet.id)
                }
                html.menuItem(html.page[Words.exportChoose], icon: "sliders", url: Paths.exports(object) + query)
            }
            if canImport { html.menuItem(html.page[Words.importRecords], icon: "upload", url: Paths.importing(object)) }
            if canMerge {
                html.menuItem(html.page[Words.duplicates], icon: "copy", url: Paths.duplicates(object))
            }
            if canSeeBin { html.menuItem(html.page[Words.bin], icon: "trash", url: Paths.bin(object)) }
        }
    }

    private func empty(_ html: inout HTML) {
        if let clearURL {
            html.add(
                EmptyState(
                    icon: "filter-x", title: html.page[Words.noMatch], hint: html.page[Words.noMatchHint],
                    actions: [
                        Button(text: html.page[Words.clearFilters], target: .link(clearURL))
                    ]))
            return
        }
        html.add(
            EmptyState(
                icon: icon, title: html.page[Words.emptyList(label)], hint: html.page[Words.emptyListHint(label)],
                actions: actions(html.page)))
    }

    private func bulkBar(_ html: inout HTML) {
        html.form(Paths.bulk(object), .class("bulk"), .id("bulk"), .flag("hidden")) { html in
            html("b", .class("num"), .id("bulk-n")) { _ in }
            html("span", .class("mut num"), .id("bulk-sum")) { _ in }
            html("button", .type("button"), .class("btn g s"), .id("bulk-all"), .flag("hidden")) { _ in }
            if !editable.isEmpty {
                html(
                    "button", .type("button"), .class("btn"), .data("do", "bulk-edit"),
                    .data("fields", editable.map { $0.id + "=" + $0.label }.joined(separator: "\n"))
                ) { html in
                    html.icon("pen")
                    html.say(Words.bulkEdit)
                }
            }
            for button in bulk { html.add(button) }
            html("button", .type("button"), .class("btn g"), .data("do", "clear-selection"), say: Words.clearSelection)
        }
    }
}

/// How the builder of conditions compares; the word is what the address holds.
enum FilterComparison: String, CaseIterable {
    case equals = "eq"
    case differs = "ne"
    case contains = "has"
    case least = "ge"
    case most = "le"
    case today
    case before = "past"
    case past7 = "last7"
    case next7
    case month
    case mine = "me"
    case filled = "set"
    case blank = "null"

    /// Kinds of fields it fits, apart by blanks.
    var kinds: String {
        switch self {
        case .equals, .differs: "text number day choice bool link person"
        case .contains: "text"
        case .least, .most: "number day"
        case .today, .before, .past7, .next7, .month: "day"
        case .mine: "person"
        case .filled, .blank: "text number day choice link person"
        }
    }

    /// Compares without a value of its own.
    var isAlone: Bool {
        switch self {
        case .today, .before, .past7, .next7, .month, .mine, .filled, .blank: true
        default: false
        }
    }

    var label: Label {
        switch self {
        case .equals: Label(zh: "是", en: "is")
        case .differs: Label(zh: "不是", en: "is not")
        case .contains: Label(zh: "包含", en: "contains")
        case .least: Label(zh: "不小于", en: "at least")
        case .most: Label(zh: "不大于", en: "at most")
        case .today: Label(zh: "是今天", en: "is today")
        case .before: Label(zh: "在今天之前", en: "is before today")
        case .past7: Label(zh: "在过去 7 天", en: "is within the last 7 days")
        case .next7: Label(zh: "在今后 7 天", en: "is within the next 7 days")
        case .month: Label(zh: "在本月", en: "is this month")
        case .mine: Label(zh: "是我", en: "is me")
        case .filled: Label(zh: "已填写", en: "is filled")
        case .blank: Label(zh: "为空", en: "is empty")
        }
    }
}
