import Definitions
import Kernel

/// The workflows of a record: those that go on, what is to be done in them, and which can be started.
struct WorkflowsHere: Markup {
    struct Run: Sendable {
        let title: String
        let url: String
        let state: Tag
        let tasks: [WorkflowTaskCard]
    }

    let object: String
    let id: String
    let runs: [Run]
    /// What can be started on it: key and name.
    let offered: [FieldControl.Choice]
    /// Rules that somebody asks for: id and name.
    let rules: [FieldControl.Choice]

    func write(to html: inout HTML) {
        if !rules.isEmpty { byHand(&html) }
        if runs.isEmpty && offered.isEmpty { return }
        html.card(
            html.page[Words.workflows], count: runs.isEmpty ? nil : runs.count, icon: "branch", classes: "wf-h",
            id: "workflows"
        ) {
            html in
            for run in runs {
                html("p", .class("wf-r")) { html in
                    html("a", .class("rt"), .href(run.url)) { $0.user(run.title) }
                    html.add(run.state)
                }
                html("ul") { $0.add(all: run.tasks) }
            }
            if !offered.isEmpty { start(&html) }
        }
    }

    private func byHand(_ html: inout HTML) {
        html.card(html.page[Words.houseRules], icon: "zap") { html in
            html("div", .class("wf-s")) { html in
                for rule in rules {
                    html.add(Button(text: rule.label, target: .post(Paths.rule(object, id, asked: rule.value), [])))
                }
            }
        }
    }

    private func start(_ html: inout HTML) {
        html.form(Paths.startWorkflow, .class("wf-s")) { html in
            html.hidden("object", object)
            html.hidden("id", id)
            html.hidden("idempotency-key", Secrets.token())
            html("label", .class("vh"), .named("for", "wf-key"), say: Label(zh: "启动哪个流程", en: "Workflow to start"))
            html("select", .class("in"), .id("wf-key"), .name("workflow")) { html in
                for choice in offered { html("option", .value(choice.value), text: choice.label) }
            }
            html("button", .class("btn"), .type("submit"), say: Label(zh: "启动", en: "Start"))
        }
    }
}

/// Tasks of workflows on the day: in hand first, then those that may be taken.
struct WorkflowTasksToDo: Markup {
    let tasks: [WorkflowTaskCard]

    func write(to html: inout HTML) {
        if tasks.isEmpty { return }
        html("section", .class("card day-s"), .id("workflow-tasks")) { html in
            html("header") { html in
                html("h2", say: Words.workflowTasks)
                html("span", .class("mut num"), text: html.page.format.count(tasks.count))
            }
            html("ul", .data("list")) { $0.add(all: tasks) }
        }
    }
}
