import Definitions

/// Name and value, one under the other; what may be changed is changed in its place.
struct FactList: Markup {
    struct Fact: Sendable {
        /// The field; empty for what is none.
        var field = ""
        let label: String
        let value: Shown
        /// Share used of a limit, drawn as a bar below.
        var percent: Int?
        var help: String?
        /// The form that changes it, where no script does; nil for what the reader can't change.
        var editURL: String?
        /// How it is computed, for what the house computes.
        var originURL: String?
    }

    let facts: [Fact]
    /// What is not known yet and may be filled in; folded away.
    var missing: [Fact] = []

    func write(to html: inout HTML) {
        if !facts.isEmpty { list(facts, &html) }
        guard !missing.isEmpty else { return }
        html("details", .class("f-more")) { html in
            html("summary", text: html.page[Words.missingFacts(missing.count)])
            list(missing, &html)
        }
    }

    private func list(_ facts: [Fact], _ html: inout HTML) {
        html("dl", .class("f")) { html in
            for fact in facts {
                html("div", .optional("data-fact", fact.field.isEmpty ? nil : fact.field)) { html in
                    html("dt", .optional("title", fact.help), text: fact.label)
                    html("dd", .class(fact.value.isNumber ? "num" : "")) { value(fact, &$0) }
                }
            }
        }
    }

    private func value(_ fact: Fact, _ html: inout HTML) {
        html.add(fact.value)
        if let percent = fact.percent {
            html.add(
                Meter(
                    label: fact.label, percent: percent,
                    tone: percent > 90 ? .bad : percent > 75 ? .warn : .pri))
            html("small", .class("mut"), text: html.page[Words.used(percent)])
        }
        if let url = fact.editURL {
            html("a", .class("f-e"), .href(url), .label(html.page[Words.changeFact(fact.label)])) {
                $0.icon("pen", size: .small)
            }
        } else if let url = fact.originURL {
            html("a", .class("f-e f-w"), .href(url), .label(html.page[Words.originOf(fact.label)])) {
                $0.icon("history", size: .small)
            }
        }
    }
}
