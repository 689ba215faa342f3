import Definitions

/// The records of one object that belong to the record of the page, with chips, order and search of their own.
struct RelatedRecords: Markup {
    let list: RecordDetailPage.Related
    /// The page's own address, to which a search is sent.
    let url: String

    func write(to html: inout HTML) {
        html("div", .class("rel"), .id("related"), .data("list", list.object), .data("base", Paths.list(list.object))) {
            html in
            head(&html)
            if let narrowing = list.narrowing, !narrowing.chips.isEmpty { chips(narrowing, &html) }
            if !list.table.rows.isEmpty {
                html.add(list.table)
            } else if let narrowing = list.narrowing, narrowing.isSet {
                html.add(EmptyState(icon: "list", title: html.page[Words.noMatch]))
                html("a", .class("btn g full"), .href(narrowing.clearURL), say: Words.clearFilters)
            } else {
                html.add(EmptyState(icon: "list", title: html.page[Words.noneYet(list.label)]))
            }
            if list.hasMore, let url = list.wholeURL {
                html("a", .class("btn g full"), .href(url), say: Words.wholeList)
            }
        }
    }

    private func head(_ html: inout HTML) {
        html("div", .class("rel-h")) { html in
            if let narrowing = list.narrowing, !list.table.rows.isEmpty || narrowing.isSet {
                search(narrowing, &html)
                if narrowing.orders.count > 1, list.table.rows.count > 1 { order(narrowing, &html) }
            }
            html("span", .class("sp")) { _ in }
            if let url = list.wholeURL, !list.table.rows.isEmpty {
                html.add(
                    Button(
                        text: html.page[Words.wholeList], target: .link(url), icon: "external-link", isIconOnly: true))
            }
            if let url = list.createURL {
                html.add(Button(text: html.page[Words.add], target: .link(url), icon: "plus"))
            }
        }
    }

    private func search(_ narrowing: RecordDetailPage.Narrowing, _ html: inout HTML) {
        html.open("form", [.class("rel-q"), .named("method", "get"), .action(url + "#related")])
        for field in narrowing.hidden { html.hidden(field.name, field.value) }
        html.icon("search", size: .small)
        html.void(
            "input", .class("in"), .type("search"), .name("q"), .value(narrowing.text),
            .label(html.page[Words.searchHere]), .named("placeholder", html.page[Words.searchHere]))
        html.close("form")
    }

    private func order(_ narrowing: RecordDetailPage.Narrowing, _ html: inout HTML) {
        html.menu(html.page[Words.orderBy], icon: "sort") { html in
            for order in narrowing.orders {
                html.menuItem(order.label, icon: "sort", url: order.url, isCurrent: order.isChosen)
            }
        }
    }

    private func chips(_ narrowing: RecordDetailPage.Narrowing, _ html: inout HTML) {
        html("div", .class("flt chips"), .named("role", "group"), .label(list.label)) { html in
            for chip in narrowing.chips {
                html.add(Chip(text: chip.label, url: chip.url, isPressed: chip.isChosen, count: chip.count))
            }
        }
    }
}
