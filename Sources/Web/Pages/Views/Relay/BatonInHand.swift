import Definitions
import Kernel
import Values

/// A baton that the reader holds or is offered, as a line of their day.
struct BatonInHand: Sendable {
    let title: String
    let note: String
    let url: String
    let time: Countdown
    let isOffered: Bool
    /// Where accepting posts to, and the run that is meant.
    let acceptURL: String
    let run: String

    init(_ leg: MyLeg, eyes: Presentation, now: Instant) {
        let object = eyes.model.object(leg.object).map { eyes.say($0.label) } ?? leg.object
        let from = leg.giver.map { eyes.say(Label(zh: $0.name + " 交来", en: "from " + $0.name)) }
        title = leg.title
        note = [leg.subject, eyes.say(leg.leg), object, from].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " · ")
        url = RelayAddress(object: leg.object).opening(leg.record)
        time = Countdown(time: LegTime(format: eyes.page.format), now: leg.now, isTag: true)
        isOffered = leg.now.isOffered
        acceptURL = Paths.baton(leg.object, leg.record.description, "accept")
        run = leg.now.run.description
    }
}

/// The batons of the day, offered ones with the two answers beside them.
struct BatonsInHand: Markup {
    let batons: [BatonInHand]

    /// So many stand on the page; the board has them all.
    private static let most = 8

    func write(to html: inout HTML) {
        html("section", .class("card day-s mine-b")) { html in
            html("header") { html in
                html("h2", say: Words.myLegs)
                html("span", .class("mut num"), text: html.page.format.count(batons.count))
                html("span", .class("mut no-m"), say: Words.myLegsHint)
            }
            html("ul", .data("list")) { html in for baton in sorted.prefix(Self.most) { write(baton, &html) } }
            if batons.count > Self.most {
                html("a", .class("btn g full"), .href(Paths.relay + "?slice=mine"), say: Words.all)
            }
        }
    }

    private var sorted: [BatonInHand] { batons.filter(\.isOffered) + batons.filter { !$0.isOffered } }

    private func write(_ baton: BatonInHand, _ html: inout HTML) {
        html("li", .class("it"), .data("url", baton.url)) { html in
            html("span", .class("it-i")) { $0.icon("relay") }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(baton.url)) { $0.user(baton.title) }
                if baton.isOffered { html.add(Tag(html.page[Words.offered], tone: .baton)) }
                html("p", .class("mut")) { $0.user(baton.note) }
            }
            html.add(baton.time)
            html("div", .class("it-a")) { html in
                if baton.isOffered {
                    html.add(Button(text: html.page[Words.giveBack], target: .link(baton.url + "#do-return")))
                    html.add(
                        Button(
                            text: html.page[Words.accept],
                            target: .post(baton.acceptURL, [("leg", baton.run), ("back", Paths.day)]), kind: .primary))
                } else {
                    html.add(Button(text: html.page[Words.handOver], target: .link(baton.url + "#hand")))
                }
            }
        }
    }
}
