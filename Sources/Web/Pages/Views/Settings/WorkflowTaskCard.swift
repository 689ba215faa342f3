import Definitions

/// A task of a workflow with what the reader may do.
struct WorkflowTaskCard: Markup {
    let id: String
    let run: String
    let title: String
    let note: String
    let url: String
    let state: Tag
    let due: Tag?
    let verbs: Set<String>
    /// Nodes it can be given back to.
    let earlier: [FieldControl.Choice]
    /// Page to come back to; nil for the page of the run.
    let back: String?
    let isOver: Bool
    /// The fields of the record in it; nil where the run has none.
    var form: Form?
    /// Its fields are filled on the page of its run.
    var isFilledElsewhere = false

    /// What is filled in as the task is completed.
    struct Form: Sendable {
        /// Version of the record that is shown.
        let version: Int
        /// Fields that the file asks for.
        let asked: [FieldControl]
        /// Where the file asks for none: whatever of the record the reader may set.
        let more: [FieldControl]
        let isMoreOpen: Bool
        let problems: [ErrorSummary.Item]
        /// What was refused as a whole.
        let error: String
        let note: String
        let isOpen: Bool
    }

    func write(to html: inout HTML) {
        html("li", .class("it wt"), .id("task-" + id)) { html in
            html("span", .class("it-i")) { $0.icon(isOver ? "check" : "clipboard-check") }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(url)) { $0.user(title) }
                html.add(state)
                html("p", .class("mut")) { $0.user(note) }
            }
            if let due { html.add(due) }
            if !verbs.isEmpty { actions(&html) }
        }
    }

    private func actions(_ html: inout HTML) {
        html("div", .class("it-a wt-a")) { html in
            if verbs.contains("give_back"), !earlier.isEmpty { giveBack(&html) }
            if verbs.contains("put_back") { post("put-back", Label(zh: "放回", en: "Put back"), .plain, &html) }
            if verbs.contains("take") {
                post("take", Label(zh: "领取", en: "Take it"), verbs.contains("complete") ? .plain : .primary, &html)
            }
            if verbs.contains("complete") { complete(&html) }
        }
    }

    private var fields: [(name: String, value: String)] { back.map { [("back", $0)] } ?? [] }

    private func post(_ verb: String, _ label: Label, _ kind: Button.Kind, _ html: inout HTML) {
        html.add(Button(text: html.page[label], target: .post(Paths.workflowTask(run, id, verb), fields), kind: kind))
    }

    private func complete(_ html: inout HTML) {
        if isFilledElsewhere {
            html.add(
                Button(
                    text: html.page[Label(zh: "填写并完成", en: "Fill in and complete")],
                    target: .link(Paths.workflowTask(run, open: id)), kind: .primary))
            return
        }
        html("details", .class("wt-d"), .flag("open", form?.isOpen == true)) { html in
            html(
                "summary", .class("btn p"),
                say: form?.asked.isEmpty == false
                    ? Label(zh: "填写并完成", en: "Fill in and complete") : Label(zh: "完成", en: "Complete"))
            html.form(Paths.workflowTask(run, id, "complete")) { html in
                for field in fields { html.hidden(field.name, field.value) }
                if let form { write(form, &html) }
                html.add(
                    FieldControl(
                        name: "note", label: html.page[Label(zh: "备注（可不填）", en: "Note (optional)")],
                        kind: .longText(limit: 1000), value: form?.note ?? "", scope: "wt-" + id))
                html("button", .class("btn p"), .type("submit"), say: Label(zh: "完成", en: "Complete"))
            }
        }
    }

    private func write(_ form: Form, _ html: inout HTML) {
        html.hidden("version", String(form.version))
        html.add(ErrorSummary(items: form.problems))
        if !form.error.isEmpty { html.add(Note(tone: .bad, text: form.error)) }
        if !form.asked.isEmpty { html("div", .class("grid")) { $0.add(all: form.asked) } }
        if form.more.isEmpty { return }
        html("details", .class("wt-m"), .flag("open", form.isMoreOpen)) { html in
            html("summary", say: Label(zh: "顺便填写记录的字段", en: "Fill in fields of the record, too"))
            html("div", .class("grid")) { $0.add(all: form.more) }
        }
    }

    private func giveBack(_ html: inout HTML) {
        html("details", .class("wt-d")) { html in
            html("summary", .class("btn"), say: Words.giveBack)
            html.form(Paths.workflowTask(run, id, "give-back")) { html in
                for field in fields { html.hidden(field.name, field.value) }
                html.add(
                    FieldControl(
                        name: "to", label: html.page[Label(zh: "退到", en: "Back to")], kind: .choice(earlier),
                        value: earlier.last?.value ?? "", isRequired: true, scope: "wg-" + id))
                html.add(
                    FieldControl(
                        name: "reason", label: html.page[Words.reason], kind: .longText(limit: 500), isRequired: true,
                        scope: "wg-" + id))
                html("button", .class("btn"), .type("submit"), say: Words.giveBack)
            }
        }
    }
}
