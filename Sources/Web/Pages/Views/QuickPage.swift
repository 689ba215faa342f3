import Definitions
import Kernel
import Values

/// The short form of an object: the content of a dialog, or of a page where no script runs.
struct QuickPage: Sendable {
    /// Said by the card or the address, and saved without a control of its own.
    struct Carried: Sendable {
        let name: String
        let value: String
        let label: String
        let shown: String
    }

    /// The company of a card that is not kept yet.
    struct Missing: Sendable {
        let name: String
        let text: String
        let url: String
    }

    /// Ids of its controls: the dialog may stand above a form of the same fields.
    static let scope = "q"
    /// Begins the names of what the card says of a person while their company is made.
    static let person = "person."

    let title: String
    let object: String
    let fields: [FieldControl]
    var problems: [ErrorSummary.Item] = []
    var carried: [Carried] = []
    /// Of the person on the card, who is made after their company.
    var people: [Carried] = []
    var same = LikelySameList(object: "", label: "", suspects: [])
    var asksWhetherSame = false
    /// Sent with the form so that a second press does not make a second record.
    var key = ""
    var takesCard = false
    /// The text of a card of which nothing was understood.
    var card = ""
    var isCardEmpty = false
    var missing: Missing?
}

extension QuickPage: Markup {
    func write(to html: inout HTML) {
        html("section", .class("quick"), .id("quick"), .data("object", object)) { html in
            html("header", .class("quick-h")) { html in
                html("h1", .id("quick-t"), text: title)
                html("span", .class("sp")) { _ in }
                html("a", .class("btn g s"), .href(Paths.new(object)), .data("all"), say: Words.allFields)
                html("button", .class("ib"), .type("button"), .label(html.page[Words.close]), .data("close")) {
                    $0.icon("x")
                }
            }
            html.form(
                Paths.quick(object), .class("quick-f"), .data("quick", Paths.quickSame(object)), .flag("novalidate")
            ) { html in
                html.hidden("idempotency-key", key)
                for item in carried + people { html.hidden(item.name, item.value) }
                html("div", .class("dl-b")) { body(&$0) }
                foot(&html)
            }
        }
    }

    private func body(_ html: inout HTML) {
        html.add(ErrorSummary(items: problems))
        if takesCard { cardField(&html) }
        if let missing {
            html("div", .class("note info"), .named("role", "status")) { html in
                html.icon("company", size: .small)
                html("span") { html in
                    html.say(Words.houseMissing(missing.name))
                    html.append(" ")
                    html("a", .class("ln"), .href(missing.url), .data("do", "quick"), .data("object", "company")) {
                        $0.user(missing.text)
                    }
                }
            }
        }
        html("div", .class("grid")) { $0.add(all: fields) }
        html("div", .id("quick-same"), .named("role", "status"), .aria("live", "polite")) { $0.add(same) }
        if asksWhetherSame {
            html("label", .class("tick")) { html in
                html.void("input", .type("checkbox"), .name("accept_duplicate"), .value("true"))
                html("span", say: Words.createAnyway)
            }
        }
        if !people.isEmpty { personNote(&html) }
        if !carried.isEmpty {
            html("p", .class("mut quick-c")) { html in
                html.say(Words.carriedAlong)
                for item in carried {
                    html.append(" <span>")
                    html.text(item.label + " ")
                    html.user(item.shown)
                    html.append("</span>")
                }
            }
        }
    }

    /// Nothing of a card is lost without a word.
    private func personNote(_ html: inout HTML) {
        html("div", .class("note info"), .named("role", "status")) { html in
            html.icon("user", size: .small)
            html("span") { html in
                html.say(Words.personOnCard)
                html("b") { $0.user(people.map(\.shown).joined(separator: " · ")) }
                html.say(Words.personNext)
            }
        }
    }

    private func cardField(_ html: inout HTML) {
        html("details", .class("quick-p"), .flag("open", isCardEmpty)) { html in
            html("summary") { html in
                html.icon("paperclip", size: .small)
                html("span", say: Words.card)
            }
            html("label", .class("fd-h"), .named("for", "q-card"), say: Words.cardHint)
            html(
                "textarea", .class("in"), .id("q-card"), .name("card"), .named("rows", "5"), .named("dir", "auto"),
                .named("maxlength", "4000"), text: card)
            if isCardEmpty { html.add(Note(tone: .warn, text: html.page[Words.cardEmpty], isLive: true)) }
            html.add(
                Button(
                    text: html.page[Words.cardFill], target: .submit(name: "then", value: "card"), icon: "arrow-down"))
        }
    }

    private func foot(_ html: inout HTML) {
        html("div", .class("dl-f")) { html in
            html.add(Button(text: html.page[Words.createRecord], target: .submit(name: "then", value: "stay")))
            html.add(
                Button(
                    text: html.page[Words.createAndOpen], target: .submit(name: "then", value: "open"), kind: .primary,
                    key: "Ctrl ↵"))
        }
    }
}

/// What may be the same as a record about to be made, the surest first.
struct LikelySameList: Markup {
    let object: String
    let label: String
    let suspects: [LikelySame.Suspect]

    func write(to html: inout HTML) {
        if suspects.isEmpty { return }
        html("div", .class("note warn same")) { html in
            html.icon("copy", size: .small)
            html("div") { html in
                html("b", say: Words.likelySame)
                html("ul") { html in
                    for suspect in suspects { html("li") { line(suspect, &$0) } }
                }
            }
        }
    }

    private func line(_ suspect: LikelySame.Suspect, _ html: inout HTML) {
        guard let id = suspect.id else {
            // Whom to ask, so that nobody works on a colleague's customer; not what is kept of it.
            html.say(Words.colleagueHasIt(suspect.owner))
            return
        }
        html("a", .class("ln"), .href(Paths.record(object, id.description))) { $0.user(suspect.title) }
        html("span", .class("mut"), say: reason(suspect))
    }

    private func reason(_ suspect: LikelySame.Suspect) -> Label {
        switch suspect.reason {
        case .rule: Words.sameBy(owner: suspect.owner)
        case .phone: Words.samePhone
        case .mail: Words.sameMail
        case .name: Words.sameName
        }
    }
}
