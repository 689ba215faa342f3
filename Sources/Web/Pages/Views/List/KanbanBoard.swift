import Definitions

/// A board of any object: one lane for each value of a field. Every drag has a menu that does the same.
struct KanbanBoard: Markup {
    struct Card: Sendable {
        let id: String
        let url: String
        let version: Int
        let title: String
        let facts: [Shown]
        let person: String
        /// The next step.
        let next: Tag?
        /// Nil at the end of the road.
        let age: Age?
    }

    /// How long a card has been in its lane.
    struct Age: Sendable {
        let text: String
        /// Since when.
        let note: String
    }

    /// A way to another lane.
    struct Move: Sendable {
        let lane: String
        let label: String
        /// Nil when the lane's value is simply written into the field.
        let action: String?
        /// Something is asked before.
        let asks: Bool
    }

    struct Lane: Sendable {
        let code: String
        let title: String
        let tone: Tone
        let cards: [Card]
        /// The ways out of this lane.
        let moves: [Move]
        let count: Int
        let sum: String
        /// The list of this lane alone.
        let url: String
    }

    let object: String
    let field: String
    let lanes: [Lane]
    /// The column whose amounts are added up.
    var summed = ""

    func write(to html: inout HTML) {
        html(
            "div", .class("kb"), .data("kanban"), .data("base", Paths.list(object)), .data("field", field),
            .named("tabindex", "0"), .named("role", "region"), .label(html.page[ListLook.board.label])
        ) { html in
            for lane in lanes { self.lane(lane, &html) }
        }
        html("p", .class("vh"), .id("kb-said"), .named("role", "status")) { _ in }
    }

    private func lane(_ lane: Lane, _ html: inout HTML) {
        html(
            "section", .class(lane.cards.isEmpty ? "kb-l none" : "kb-l"), .data("lane", lane.code), .label(lane.title)
        ) { html in
            html("header") { html in
                html("i", .class("kb-t " + lane.tone.rawValue)) { _ in }
                html("h2", text: lane.title)
                html("span", .class("num mut"), .data("count"), text: html.page.format.count(lane.count))
                html("span", .class("sp")) { _ in }
                if !lane.sum.isEmpty {
                    html("span", .class("num t2"), .title(html.page[Words.laneSum(summed)]), text: lane.sum)
                }
            }
            // One menu for the cards of the lane; without scripts a record's own page has its actions.
            if !lane.moves.isEmpty { html("template") { moves(lane.moves, &$0) } }
            html("div", .class("kb-c")) { html in
                for card in lane.cards { self.card(card, isMovable: !lane.moves.isEmpty, &html) }
                if lane.count > lane.cards.count {
                    html("a", .class("btn g full"), .href(lane.url)) { html in
                        html.text(html.page[Label(zh: "全部 \(lane.count) 条", en: "All \(lane.count)")])
                    }
                }
            }
        }
    }

    private func card(_ card: Card, isMovable: Bool, _ html: inout HTML) {
        html(
            "article", .class("kc"), .data("id", card.id), .data("v", String(card.version)), .data("url", card.url),
            .named("draggable", isMovable ? "true" : "false")
        ) { html in
            html("div", .class("row nw-r")) { html in
                html("a", .class("kc-t"), .href(card.url)) { $0.user(card.title) }
                if isMovable {
                    html.menu(
                        html.page[Label(zh: "移到…：\(card.title)", en: "Move: \(card.title)")], classes: "end",
                        icon: "arrow-right"
                    ) { _ in }
                }
            }
            html("p", .class("kc-f")) { html in
                for fact in card.facts { html("span") { $0.add(fact) } }
            }
            html("div", .class("row kc-b")) { html in
                if !card.person.isEmpty { html.add(Avatar(name: card.person, size: .small)) }
                if let next = card.next { html.add(next) }
                html("span", .class("sp")) { _ in }
                if let age = card.age { html("span", .class("mut num"), .title(age.note), text: age.text) }
            }
        }
    }

    private func moves(_ moves: [Move], _ html: inout HTML) {
        for move in moves {
            html(
                "button", .type("button"), .data("to", move.lane), .optional("data-action", move.action),
                .when(move.asks, .data("asks"))
            ) { html in
                html.icon("arrow-right")
                html("span", text: move.label)
            }
        }
    }
}

/// Records as cards, with their first letters and facts.
struct CardGallery: Markup {
    struct Card: Sendable {
        let url: String
        let title: String
        let tags: [Tag]
        let facts: [FactList.Fact]
    }

    let cards: [Card]
    let listURL: String
    let isCut: Bool

    func write(to html: inout HTML) {
        html("div", .class("gal")) { html in
            for card in cards {
                html("article", .class("card gal-c")) { html in
                    html("header") { html in
                        html("span", .class("lgm h" + String(Avatar.hue(card.title))), .aria("hidden", "true")) {
                            $0.user(String(card.title.prefix(1)))
                        }
                        html("h2") { html in html("a", .href(card.url)) { $0.user(card.title) } }
                    }
                    if !card.tags.isEmpty { html("div", .class("row gal-t")) { $0.add(all: card.tags) } }
                    html.add(FactList(facts: card.facts))
                }
            }
        }
        if isCut {
            html("p", .class("kb-cut")) { html in
                html(
                    "a", .class("ln"), .href(listURL),
                    say: Label(zh: "只显示前面的记录，全部见列表", en: "Only the first are shown; the list has all"))
            }
        }
    }
}
