import Definitions
import Kernel

/// What the day holds: what waits for me, whom to follow up, what I wait for.
struct DayPage: Sendable {
    struct Item: Sendable {
        let icon: String
        let title: String
        /// Customer, amount, what for.
        let note: String
        let url: String
        var due: Tag?
        var tags: [Tag] = []
        /// The one next thing to do.
        var action: Button?
        /// Who holds it, in the third section.
        var holder: String?
    }

    struct Section: Sendable {
        enum Kind: String, Sendable { case myTurn = "my_turn", followUp = "follow_up", waiting }

        let kind: Kind
        let items: [Item]
        /// More than shown; the address of the rest.
        var moreURL: String?
    }

    let name: String
    /// Today · Fri 20 Nov.
    let dayText: String
    let sections: [Section]
    /// In the reader's hands, most urgent first.
    var batons: [BatonInHand] = []
    /// Of workflows: in hand, then those that may be taken.
    var workflowTasks: [WorkflowTaskCard] = []
    /// Figures beside the greeting: label, value, address.
    var figures: [(value: String, label: String, url: String, tone: Tone)] = []
    /// Waiting tomorrow, for the sentence at the end of the day.
    var tomorrowCount = 0
    /// Of setting up the house, for who may.
    var openSteps: [SetUpStep] = []
    /// Where nothing is yet.
    var beginnings: Beginnings?
    /// Somebody new to this browser: the tour is offered.
    var offersTour = false
}

extension DayPage: Markup {
    func write(to html: inout HTML) {
        html("section", .class("hd day-h")) { html in
            html("div", .class("hd-r")) { html in
                html("div") { html in
                    html("h1", say: Words.myDay)
                    html("p", .class("mut"), text: dayText)
                }
                html("span", .class("sp")) { _ in }
                if !figures.isEmpty { strip(&html) }
            }
            if !openSteps.isEmpty { html.add(FirstStepsNote(open: openSteps)) }
            if offersTour { tour(&html) }
        }
        html("div", .class("day")) { html in
            if let beginnings { html.add(beginnings) }
            for section in sections {
                if section.kind == .myTurn, !batons.isEmpty || !workflowTasks.isEmpty {
                    html("div", .class("day-l")) { html in
                        html.add(WorkflowTasksToDo(tasks: workflowTasks))
                        if !batons.isEmpty { html.add(BatonsInHand(batons: batons)) }
                        write(section, &html)
                    }
                } else {
                    write(section, &html)
                }
            }
        }
    }

    private func tour(_ html: inout HTML) {
        html("div", .class("note pri day-t")) { html in
            html.icon("flag", size: .small)
            html("span", say: Label(zh: "第一次来？几步看完一圈。", en: "New here? A few steps show you around."))
            html.add(Button(text: html.page[Words.tour], target: .link(Paths.tour)))
            html.add(
                Button(
                    text: html.page[Label(zh: "不用了", en: "Not now")], target: .link(Paths.tour + "?later=1"),
                    kind: .ghost))
        }
    }

    private func strip(_ html: inout HTML) {
        html("nav", .class("st num"), .label(html.page[Words.overview])) { html in
            for figure in figures {
                html("a", .href(figure.url), .class(figure.tone.rawValue)) { html in
                    html("b", text: figure.value)
                    html("span", text: figure.label)
                }
            }
            html.add(
                FigureLegend(
                    id: "figures",
                    figures: figures.map { figure in
                        let isApproval = figure.url.hasPrefix(Paths.approvals)
                        return (
                            Label(zh: figure.label, en: figure.label),
                            isApproval ? Words.dayApprovals : Words.dayFigure
                        )
                    }))
        }
    }

    private func write(_ section: Section, _ html: inout HTML) {
        html("section", .class("card day-s " + section.kind.rawValue)) { html in
            html("header") { html in
                html("h2", say: section.kind.title)
                html(
                    "span", .class("mut num"),
                    text: html.page.format.count(section.items.count) + (section.moreURL == nil ? "" : "+"))
                html("span", .class("mut no-m"), say: section.kind.hint)
            }
            if section.items.isEmpty { empty(section.kind, &html) }
            html("ul", .data("list")) { html in
                for item in section.items { write(item, section.kind, &html) }
            }
            if let url = section.moreURL { html("a", .class("btn g full"), .href(url), say: Words.all) }
        }
    }

    private func empty(_ kind: Section.Kind, _ html: inout HTML) {
        html("div", .class("day-e")) { html in
            html.icon("check")
            html("span", text: html.page[kind == .myTurn ? Words.dayDone(tomorrowCount) : kind.empty])
        }
    }

    private func write(_ item: Item, _ kind: Section.Kind, _ html: inout HTML) {
        html("li", .class("it"), .data("url", item.url)) { html in
            if kind == .waiting, let holder = item.holder {
                html.add(Avatar(name: holder, size: .large))
            } else {
                html("span", .class("it-i")) { $0.icon(item.icon) }
            }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(item.url)) { $0.user(item.title) }
                html.add(all: item.tags)
                html("p", .class("mut")) { html in
                    if let holder = item.holder { html.user(holder + " · ") }
                    html.user(item.note)
                }
            }
            if let due = item.due { html.add(due) }
            if let action = item.action { html("div", .class("it-a")) { $0.add(action) } }
        }
    }
}

extension DayPage.Section.Kind {
    var title: Label {
        switch self {
        case .myTurn: Label(zh: "轮到我", en: "My turn")
        case .followUp: Label(zh: "今天要跟进", en: "Follow up today")
        case .waiting: Label(zh: "等别人", en: "Waiting for others")
        }
    }

    var hint: Label {
        switch self {
        case .myTurn: Label(zh: "最急的在最前", en: "most urgent first")
        case .followUp: Label(zh: "客户在等你的消息", en: "customers expect to hear from you")
        case .waiting: Label(zh: "棒在别人手里", en: "the baton is with someone else")
        }
    }

    var empty: Label {
        switch self {
        case .myTurn: Label(zh: "没有轮到你的事", en: "Nothing is on you")
        case .followUp: Label(zh: "今天没有要跟进的客户", en: "No follow-ups due today")
        case .waiting: Label(zh: "没有在等别人的事", en: "You wait for nobody")
        }
    }
}
