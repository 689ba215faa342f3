import Definitions

/// The inbox of approvals: the list on the left, on the right what is asked with all that a decision needs.
struct ApprovalsPage: Sendable {
    struct Row: Sendable {
        let url: String
        let title: String
        /// What it is and who asked.
        let note: String
        /// Customer and amount, or whatever the approval shows of its record.
        var facts: [String] = []
        var tags: [Tag] = []
        var due: Tag?
        var isOpen = false
        /// Value of the box for deciding several; nil when it must be looked at alone.
        var batch: String?
    }

    struct Detail: Sendable {
        let title: String
        let subtitle: String
        let recordURL: String?
        let tags: [Tag]
        let whyYou: String?
        let why: String
        let facts: [String]
        let findings: [Finding]
        /// Field and whether it changed since.
        let basis: [(label: String, isChanged: Bool)]
        let changes: Changes?
        let tasks: [Person]
        let history: [Line]
        /// Verbs in the order of their use.
        let verbs: [Verb]
        /// People to choose from.
        let people: [Colleague]
        /// Steps to return to.
        let visited: [Int]
        let stepURL: String
        let version: Int
    }

    /// What is different since the last approval.
    struct Changes: Sendable {
        let since: String
        let rows: [Change]
    }

    struct Change: Sendable {
        let label: String
        let before: String
        let after: String
    }

    struct Finding: Sendable {
        let name: String
        let value: String
        let limit: String
        let level: String
        let tone: Tone
    }

    struct Person: Sendable {
        let name: String
        let role: String
        let state: Tag
        let note: String
        let time: String
        /// Number of the task, when the reader may take it off.
        var removal: Int?
    }

    struct Line: Sendable {
        let text: String
        let note: String
        let time: String
        let instant: String
    }

    struct Verb: Sendable {
        let id: String
        let label: String
        let icon: String
        var key: String?
        var needsNote = false
        var needsPeople = false
    }

    let tabs: [Tabs.Tab]
    let rows: [Row]
    let batchURL: String
    let empty: String
    let emptyHint: String
    let detail: Detail?
}

extension ApprovalsPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.approvals], views: tabs))
        html("div", .class(detail == nil ? "ap" : "ap has")) { html in
            list(&html)
            html("div", .class("ap-d")) { html in
                if let detail {
                    html.add(detail)
                } else if !rows.isEmpty {
                    html.add(EmptyState(icon: "stamp", title: html.page[Words.chooseApproval]))
                }
            }
        }
    }

    private func list(_ html: inout HTML) {
        html("section", .class("ap-l"), .label(html.page[Words.approvals])) { html in
            if rows.isEmpty {
                html.add(EmptyState(icon: "check", title: empty, hint: emptyHint))
                return
            }
            let many = rows.count { $0.batch != nil } > 1
            html.form(batchURL, .id("batch")) { html in
                html("ul", .data("list")) { html in
                    for row in rows { write(row, many, &html) }
                }
                if many {
                    html("div", .class("ap-b")) { html in
                        html("span", .class("mut"), say: Words.batchHint)
                        html("button", .class("btn"), .type("submit"), say: Words.approveChosen)
                    }
                }
            }
        }
    }

    private func write(_ row: Row, _ many: Bool, _ html: inout HTML) {
        html("li", .class("it"), .data("url", row.url)) { html in
            if many, let batch = row.batch {
                html(
                    "label", .class("ap-c")
                ) { html in
                    html.void("input", .type("checkbox"), .name("id"), .value(batch), .label(row.title))
                }
            }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(row.url), .when(row.isOpen, .aria("current", "true"))) {
                    $0.user(row.title)
                }
                if !row.facts.isEmpty { html("p", .class("ap-f num")) { $0.user(row.facts.joined(separator: " · ")) } }
                html("p", .class("mut")) { $0.user(row.note) }
                html("p", .class("ap-t")) { html in
                    html.add(all: row.tags)
                    if let due = row.due { html.add(due) }
                }
            }
        }
    }
}

extension ApprovalsPage.Detail: Markup {
    func write(to html: inout HTML) {
        head(&html)
        if let whyYou { html.add(Note(tone: .info, text: whyYou, lead: html.page[Words.whyYou])) }
        html.card(html.page[Words.whyThisLevel], icon: "scale") { html in
            html("p", .class("ap-p")) { $0.user(why) }
            if !findings.isEmpty { limits(&html) }
        }
        if let changes { differences(changes, &html) }
        if !basis.isEmpty { basisCard(&html) }
        html.card(html.page[Words.approvers], icon: "users") { html in
            html("ul", .class("ap-s")) { html in
                for task in tasks { write(task, &html) }
            }
        }
        html.card(html.page[Words.approvalHistory], icon: "history") { html in
            html("ul", .class("ap-h")) { html in
                for line in history {
                    html("li") { html in
                        html("span") { $0.user(line.text) }
                        if !line.note.isEmpty { html("q") { $0.user(line.note) } }
                        html("time", .named("datetime", line.instant), .class("mut num"), text: line.time)
                    }
                }
            }
        }
        decisions(&html)
    }

    private func head(_ html: inout HTML) {
        html("header", .class("ap-hd")) { html in
            html("h2") { html in
                if let recordURL {
                    html("a", .href(recordURL)) { $0.user(title) }
                } else {
                    html.user(title)
                }
            }
            html("p", .class("mut")) { $0.user(subtitle) }
            if !facts.isEmpty { html("p", .class("ap-f num")) { $0.user(facts.joined(separator: " · ")) } }
            html("p", .class("ap-t")) { $0.add(all: tags) }
        }
    }

    private func limits(_ html: inout HTML) {
        html("div", .class("tw")) { html in
            html("table", .class("t")) { html in
                html("thead") { html in
                    html("tr") { html in
                        for heading in [Words.measured, Words.measuredValue, Words.limit, Words.level] {
                            html("th", .named("scope", "col"), say: heading)
                        }
                    }
                }
                html("tbody") { html in
                    for finding in findings {
                        html("tr") { html in
                            html("td", text: finding.name)
                            html("td", .class("num"), text: finding.value)
                            html("td", .class("num mut"), text: finding.limit)
                            html("td") { $0.add(Tag(finding.level, tone: finding.tone)) }
                        }
                    }
                }
            }
        }
    }

    private func differences(_ changes: ApprovalsPage.Changes, _ html: inout HTML) {
        html.card(html.page[Words.sinceApproved] + " " + changes.since, icon: "history") { html in
            if changes.rows.isEmpty {
                html("p", .class("ap-p"), say: Words.nothingDifferent)
                return
            }
            html("ul", .class("ap-df")) { html in
                for row in changes.rows {
                    html("li") { html in
                        html("span", .class("mut"), text: row.label)
                        html("span") { html in
                            html("del") { $0.user(row.before.isEmpty ? "—" : row.before) }
                            html("span", .class("mut"), text: " → ")
                            html("ins") { $0.user(row.after.isEmpty ? "—" : row.after) }
                        }
                    }
                }
            }
        }
    }

    private func basisCard(_ html: inout HTML) {
        html.card(html.page[Words.decidedOn], icon: "file-text") { html in
            if basis.contains(where: \.isChanged) {
                html.add(Note(tone: .bad, text: html.page[Words.basisChanged]))
            }
            html("p", .class("ap-p")) { html in
                for item in basis {
                    html.add(
                        Tag(
                            item.label, tone: item.isChanged ? .bad : .mute,
                            icon: item.isChanged ? "alert-triangle" : nil))
                }
            }
        }
    }

    private func write(_ task: ApprovalsPage.Person, _ html: inout HTML) {
        html("li") { html in
            html.add(Avatar(name: task.name))
            html("div") { html in
                html("b") { $0.user(task.name) }
                html("span", .class("mut")) { $0.user(task.role) }
                if !task.note.isEmpty { html("q") { $0.user(task.note) } }
            }
            html.add(task.state)
            html("span", .class("mut num"), text: task.time)
            if let number = task.removal {
                html.form(stepURL, .class("ap-x")) { html in
                    html.hidden("version", String(version))
                    html.hidden("verb", "remove_signer")
                    html.hidden("task", String(number))
                    html("button", .class("btn s"), .type("submit"), say: Words.approvalVerb("remove_signer"))
                }
            }
        }
    }

    /// The bar stays at the foot of the window, so that nobody scrolls to decide.
    private func decisions(_ html: inout HTML) {
        guard !verbs.isEmpty else { return }
        html.form(stepURL, .class("ap-bar"), .id("decide")) { html in
            html.hidden("version", String(version))
            html("label", .class("ap-n")) { html in
                html("span", .class("sr"), say: Words.opinion)
                html.void(
                    "input", .type("text"), .name("note"), .named("maxlength", "200"),
                    .named("placeholder", html.page[Words.opinionHint]))
            }
            if verbs.contains(where: \.needsPeople) { others(&html) }
            html("div", .class("ap-v")) { html in
                for verb in verbs.reversed() where !verb.needsPeople && verb.id != "remove_signer" {
                    html.add(
                        Button(
                            text: verb.label, target: .submit(name: "verb", value: verb.id),
                            kind: verb.id == "approve" ? .primary : verb.id == "reject" ? .danger : .plain,
                            icon: verb.icon, key: verb.key))
                }
            }
        }
    }

    private func others(_ html: inout HTML) {
        html("details", .class("ap-o")) { html in
            html("summary", .class("btn g"), say: Words.otherSteps)
            html("div", .class("ap-op")) { html in
                html.add(
                    PersonPicker(
                        name: "person", id: "ap-person", label: html.page[Words.toWhom], people: people,
                        empty: html.page[Words.choosePerson]))
                html("label") { html in
                    html("span", say: Words.signerPlace)
                    html("select", .name("position")) { html in
                        for (value, label) in Words.signerPlaces { html("option", .value(value), say: label) }
                    }
                }
                if !visited.isEmpty {
                    html("label") { html in
                        html("span", say: Words.returnTo)
                        html("select", .name("to")) { html in
                            html("option", .value("requester"), say: Words.toRequester)
                            for stage in visited {
                                html("option", .value(String(stage)), text: html.page[Words.step(stage + 1)])
                            }
                        }
                    }
                }
                for verb in verbs where verb.needsPeople {
                    html.add(
                        Button(
                            text: verb.label, target: .submit(name: "verb", value: verb.id), icon: verb.icon))
                }
            }
        }
    }
}
