import Definitions

/// 看板: lanes with cards, by gravity; every drag has a button that does the same.
struct BoardPage: Markup {
    struct Card: Sendable {
        let id: String
        let title: String
        let url: String
        /// The board with this card open.
        let openURL: String
        let tags: [Tag]
        let note: String
        let person: String
        /// Who is called next and when; nil when nobody is any more.
        let next: (text: String, instant: String, who: String, tone: Tone)?
        let due: Tag?
        /// Lane → where a move there posts to, and what it is called.
        let moves: [(lane: Int, url: String, label: String)]
        let version: Int
        var isOpen = false
    }

    struct Lane: Sendable {
        let title: String
        let cards: [Card]
        let hasMore: Bool
    }

    /// What stands beside the board for the card that is open.
    struct Aside: Sendable {
        let title: String
        let url: String
        let closeURL: String
        let facts: [FactList.Fact]
        /// Who is called next and when.
        let next: (text: String, instant: String, who: String, tone: Tone)?
        let isClimbing: Bool
        /// Where the chain is filled in; nil when the reader may not.
        let whyURL: String?
        let whys: [(question: String, answer: String)]
        let similarTitle: String
        let similar: [(title: String, url: String, why: String, facts: [FactList.Fact])]
    }

    let object: String
    let title: String
    let lanes: [Lane]
    let aside: Aside?
    let createURL: String?
    let listURL: String
    let here: String

    func write(to html: inout HTML) {
        var head = PageHead(title: title)
        head.actions = [Button(text: html.page[Label(zh: "列表", en: "List")], target: .link(listURL), icon: "list")]
        if let createURL {
            head.actions.append(
                Button(
                    text: html.page[Label(zh: "上报异常", en: "Report")], target: .link(createURL), kind: .primary,
                    icon: "plus"))
        }
        html.add(head)
        html("div", .class(aside == nil ? "lb" : "lb has-a"), .data("of", object)) { html in
            html("div", .class("lb-g")) { html in
                for (index, lane) in lanes.enumerated() { self.lane(lane, index, &html) }
            }
            if let aside { self.aside(aside, &html) }
        }
    }

    private func lane(_ lane: Lane, _ index: Int, _ html: inout HTML) {
        html("section", .class("lb-l"), .data("lane", String(index)), .label(lane.title)) { html in
            html("header") { html in
                html("h2", text: lane.title)
                html(
                    "span", .class("num mut"),
                    text: html.page.format.count(lane.cards.count) + (lane.hasMore ? "+" : ""))
            }
            if lane.cards.isEmpty { html("p", .class("mut lb-0"), say: Label(zh: "没有", en: "None")) }
            for card in lane.cards { self.card(card, &html) }
        }
    }

    private func card(_ card: Card, _ html: inout HTML) {
        html(
            "article", .class(card.isOpen ? "lb-c on" : "lb-c"),
            .named("draggable", card.moves.isEmpty ? "false" : "true"),
            .id("c-" + card.id)
        ) { html in
            html("div", .class("row")) { html in
                html.add(all: card.tags)
                html("span", .class("sp")) { _ in }
                if let due = card.due { html.add(due) }
            }
            html("a", .class("lb-t"), .href(card.openURL), .when(card.isOpen, .aria("current", "true"))) {
                $0.user(card.title)
            }
            if !card.note.isEmpty { html("p", .class("t2 lb-n")) { $0.user(card.note) } }
            html("div", .class("row lb-f")) { html in
                if !card.person.isEmpty {
                    html.add(Avatar(name: card.person, size: .small))
                    html("span", .class("t2")) { $0.user(card.person) }
                }
                html("span", .class("sp")) { _ in }
                if !card.moves.isEmpty { moves(card, &html) }
            }
            if let next = card.next {
                html("p", .class("lb-x " + next.tone.rawValue)) { html in
                    html.icon("bell", size: .small)
                    html("span", .data("until", next.instant), .data("who", next.who)) { $0.user(next.text) }
                }
            }
        }
    }

    private func call(_ aside: Aside, _ html: inout HTML) {
        if let next = aside.next {
            html("p", .class("lb-x " + next.tone.rawValue)) { html in
                html.icon("bell", size: .small)
                html("span", .data("until", next.instant), .data("who", next.who)) { $0.user(next.text) }
            }
        } else if aside.isClimbing {
            html("p", .class("lb-x bad")) { html in
                html.icon("bell", size: .small)
                html("span", say: Label(zh: "已升级到顶，没有下一级", en: "Escalated to the top; nobody else is called"))
            }
        }
    }

    /// Each answer leads to the next question; the last one is the root.
    private func chain(_ aside: Aside, _ html: inout HTML) {
        html("h3") { html in
            html.say(Label(zh: "5 个为什么", en: "5-Why"))
            html("span", .class("num mut"), text: "\(aside.whys.count) / 5")
            html("span", .class("sp")) { _ in }
            if let url = aside.whyURL { html("a", .class("ln"), .href(url), say: Words.fillIn) }
        }
        if aside.whys.isEmpty {
            html("p", .class("mut"), say: Label(zh: "还没有追问。", en: "Nobody has asked why yet."))
        }
        html("ol", .class("lb-w")) { html in
            for (place, why) in aside.whys.enumerated() {
                html("li", .class(place == aside.whys.count - 1 ? "root" : "")) { html in
                    html("i", .class("num"), .aria("hidden", "true"), text: String(place + 1))
                    html("b") { $0.user(why.question) }
                    html("span", .class("t2")) { $0.user(why.answer) }
                }
            }
        }
    }

    private func moves(_ card: Card, _ html: inout HTML) {
        html.menu(html.page[Label(zh: "移动", en: "Move")], classes: "end", icon: "arrow-right") { html in
            for move in card.moves {
                html.form(move.url, .data("to", String(move.lane))) { html in
                    html.hidden("version", String(card.version))
                    html.hidden("back", here)
                    html("button", .type("submit")) { html in
                        html.icon("arrow-right")
                        html("span", text: move.label)
                    }
                }
            }
        }
    }

    private func aside(_ aside: Aside, _ html: inout HTML) {
        html("aside", .class("lb-a card"), .label(aside.title)) { html in
            html("header") { html in
                html("h2") { $0.user(aside.title) }
                html("span", .class("sp")) { _ in }
                html.add(Button(text: html.page[Label(zh: "打开", en: "Open")], target: .link(aside.url), kind: .ghost))
                html.add(
                    Button(
                        text: html.page[Label(zh: "关闭", en: "Close")], target: .link(aside.closeURL), icon: "x",
                        isIconOnly: true))
            }
            call(aside, &html)
            html.add(FactList(facts: aside.facts))
            chain(aside, &html)
            html("h3", text: aside.similarTitle)
            if aside.similar.isEmpty {
                html("p", .class("mut"), say: Label(zh: "没有相似的旧案", en: "No similar past cases"))
            }
            for past in aside.similar {
                html("div", .class("lb-s")) { html in
                    html("div", .class("row")) { html in
                        html("a", .class("ln"), .href(past.url)) { $0.user(past.title) }
                        html("span", .class("sp")) { _ in }
                        html.add(Tag(past.why, tone: .outline))
                    }
                    html.add(FactList(facts: past.facts))
                }
            }
        }
    }
}
