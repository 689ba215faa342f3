import Definitions
import Kernel
import Values

/// What somebody holds, counted, and who takes it.
struct HandOverPage: Sendable {
    struct Group: Sendable {
        /// `company.owner`
        let id: String
        let object: String
        let icon: String
        let field: String
        let count: Int
        /// Those that the reader sees, and may hand over.
        let inSight: Int
        let mostReached: Bool
        let url: String?
    }

    /// What else is in their hands, by kind.
    struct Work: Sendable {
        let id: String
        let label: String
        let icon: String
        let count: Int
    }

    struct Held: Sendable {
        let person: String
        let name: String
        let isActive: Bool
        let groups: [Group]
        let works: [Work]
        let keys: [(label: String, count: Int, icon: String)]
        let isEmpty: Bool
    }

    let people: [Colleague]
    let left: [LeftBehind.Entry]
    let recent: [RecentHandOvers.Entry]
    let held: Held?
    /// What a rule may be about.
    let objects: [(id: String, name: String)]
    /// The plan that is changed; nil for a new one.
    let plan: RecordID?
    let problems: [String]
    let typed: [(name: String, value: String)]
    let mayEnd: Bool
    let today: Day

    func value(_ name: String) -> String { typed.last { $0.name == name }?.value ?? "" }
}

extension HandOverPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.handOverWork], note: held?.name ?? ""))
        html("div", .class("hw")) { html in
            if !problems.isEmpty { html.add(ErrorNote(text: problems[0], more: Array(problems.dropFirst()))) }
            if plan == nil { choice(&html) }
            if let held {
                self.held(held, &html)
            } else {
                if !left.isEmpty { forgotten(&html) }
                if !recent.isEmpty { lately(&html) }
            }
        }
    }

    private func choice(_ html: inout HTML) {
        html.card(html.page[Label(zh: "谁要交接", en: "Who hands over")], icon: "user", classes: "form-c") { html in
            html("form", .class("ho-q"), .named("method", "get"), .action(Paths.handOver)) { html in
                html.add(
                    PersonPicker(
                        name: "person", id: "ho-person", label: html.page[Words.colleague], people: people,
                        isRequired: true, empty: html.page[Words.choosePerson], chosen: held?.person))
                html(
                    "button", .class("btn"), .type("submit"),
                    say: Label(zh: "看手上有什么", en: "See what they hold"))
            }
            html("p", .class("mut ho-h")) { $0.say(Words.handOverHint) }
        }
    }

    private func held(_ held: Held, _ html: inout HTML) {
        if held.isEmpty {
            html.add(
                EmptyState(
                    icon: "check",
                    title: html.page[
                        Label(zh: "\(held.name) 手上没有要交的", en: "\(held.name) holds nothing")],
                    hint: held.isActive
                        ? html.page[Label(zh: "可以停用账号了。", en: "The account can be switched off.")] : ""))
            return
        }
        if !held.isActive {
            html.add(
                Note(
                    tone: .bad,
                    text: html.page[
                        Label(
                            zh: "账号已停用，下面的还在 \(held.name) 名下",
                            en: "The account is off, and \(held.name) still holds these")]))
        }
        html.form(plan.map { Paths.handOver($0) } ?? Paths.handOver, .class("hw-s")) { html in
            html.hidden("person", held.person)
            occasion(held, &html)
            what(held, &html)
            rules(held, &html)
            if !held.keys.isEmpty { keys(held, &html) }
            html("div", .class("row ho-b")) { html in
                html(
                    "button", .class("btn p"), .type("submit"),
                    say: Label(zh: "下一步：看谁得到什么", en: "Next: who gets what"))
                html(
                    "span", .class("mut"),
                    say: Label(zh: "下一步只是预览，确认后才交。", en: "Next is a preview; nothing goes before you confirm."))
            }
        }
    }

    // MARK: What was handed over

    private func forgotten(_ html: inout HTML) {
        html.card(html.page[Words.leftBehind], count: left.count, icon: "alert-triangle") { html in
            html("ul") { html in
                for entry in left {
                    html("li", .class("ho-o")) { html in
                        html("a", .class("ln b"), .href(Paths.handOver(entry.person.description))) {
                            $0.user(entry.name)
                        }
                        html("b", .class("num"), text: html.page.format.count(entry.count))
                    }
                }
            }
        }
    }

    private func lately(_ html: inout HTML) {
        html.card(html.page[Label(zh: "最近的交接", en: "Recent hand-overs")], count: recent.count, icon: "history") {
            html in
            html("ul") { html in
                for entry in recent {
                    html("li", .class("ho-o")) { html in
                        html("a", .class("ln b"), .href(Paths.handOver(entry.id))) { $0.user(entry.person.name) }
                        html.add(HandOverWords.tag(entry.state, html.page.language))
                        html("small", .class("mut num")) { html in
                            html.user(html.page.format.instant(entry.fireAt ?? entry.at) + " · " + entry.by)
                        }
                    }
                }
            }
        }
    }
}
