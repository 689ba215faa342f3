import Definitions

/// Why a person can or can't see a record, in sentences.
struct ExplainPage: Sendable {
    struct Verdict: Sendable {
        let person: String
        let isAllowed: Bool
        let reasons: [String]
    }

    let title: String
    let backURL: String
    let verdict: Verdict
    /// Others to ask about; empty without the privilege.
    var people: [FieldControl.Choice] = []
    var person = ""
    let formURL: String
}

extension ExplainPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.whyVisible], note: title,
                actions: [
                    Button(text: html.page[Words.back], target: .link(backURL), icon: "arrow-left")
                ]))
        html("div", .class("narrow")) { html in
            if !people.isEmpty {
                html("form", .class("row ask"), .action(formURL)) { html in
                    html("label", .class("fd-l"), .named("for", "who"), say: Words.seenBy)
                    html("select", .class("in"), .id("who"), .name("user")) { html in
                        for choice in people {
                            html(
                                "option", .value(choice.value), .flag("selected", choice.value == person),
                                text: choice.label)
                        }
                    }
                    html("button", .class("btn"), .type("submit"), say: Words.show)
                }
            }
            html("section", .class("card why")) { html in
                html("div", .class("why-v " + (verdict.isAllowed ? "ok" : "bad"))) { html in
                    html.icon(verdict.isAllowed ? "check" : "lock", size: .large)
                    html("b", text: html.page[Words.verdict(verdict.person, verdict.isAllowed)])
                }
                html("ol") { html in for reason in verdict.reasons { html("li") { $0.user(reason) } } }
            }
        }
    }
}
