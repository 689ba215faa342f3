import Definitions
import Kernel

/// The list of first steps: what is done, what was left for later, and what may follow.
struct FirstStepsPage: Sendable {
    let state: SetUpState.Standing
    let further: [SettingsPage.Entry]
}

extension FirstStepsPage: Markup {
    func write(to html: inout HTML) {
        var head = PageHead(
            title: html.page[Words.firstSteps],
            note: html.page[
                state.open.isEmpty ? Label(zh: "都办好了", en: "All set") : Words.stepsLeft(state.open.count)])
        if state.isClosed {
            head.actions = [
                Button(
                    text: html.page[Label(zh: "放回今天页", en: "Show on my day again")],
                    target: .post(Paths.firstSteps + "/reopen", []), kind: .ghost)
            ]
        } else if state.isOffered {
            head.actions = [
                Button(
                    text: html.page[Label(zh: "从今天页收起", en: "Put away")],
                    target: .post(Paths.firstSteps + "/close", []), kind: .ghost)
            ]
        }
        html.add(head)
        html("div", .class("narrow su")) { html in
            html("ol", .class("card su-l")) { html in
                for step in SetUpStep.allCases { row(step, &html) }
            }
            if !further.isEmpty { next(&html) }
            html(
                "p", .class("mut sec-p"),
                say: Label(
                    zh: "想先看看有数据的样子：在另一个文件夹里运行 ./run，演示公司和这里互不相干。",
                    en:
                        "To see it with data first, run ./run in another folder: the demo company never touches this house."
                ))
        }
    }

    private func row(_ step: SetUpStep, _ html: inout HTML) {
        let isDone = state.done.contains(step)
        let isSkipped = !isDone && state.skipped.contains(step)
        html("li", .class(isDone ? "it done" : "it")) { html in
            html("span", .class("it-i")) { $0.icon(isDone ? "check" : step.icon) }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(Paths.firstStep(step)), say: step.label)
                if isDone { html.add(Tag(html.page[Label(zh: "已办", en: "Done")], tone: .ok, icon: "check")) }
                if isSkipped { html.add(Tag(html.page[Words.later], tone: .mute)) }
                html("p", .class("mut"), say: step.hint)
            }
            html("div", .class("it-a")) { html in
                if !isDone, !isSkipped {
                    html.add(
                        Button(
                            text: html.page[Words.later], target: .post(Paths.firstStep(step) + "/later", []),
                            kind: .ghost))
                }
                html.add(
                    Button(
                        text: html.page[isDone ? Label(zh: "查看", en: "Look") : Label(zh: "填写", en: "Fill in")],
                        target: .link(Paths.firstStep(step)), kind: step == state.open.first ? .primary : .plain))
            }
        }
    }

    private func next(_ html: inout HTML) {
        html("section", .class("set-g")) { html in
            html("h2", say: Label(zh: "接下来", en: "What may follow"))
            html("ul") { html in
                for entry in further {
                    html("li") { html in
                        html("a", .href(entry.url), .class("card set-e")) { html in
                            html("span", .class("set-i")) { $0.icon(entry.icon) }
                            html("b", say: entry.label)
                            html("span", .class("mut"), say: entry.note)
                        }
                    }
                }
            }
        }
    }
}

/// One of the first steps: where one is, what to fill in, how to go on.
struct FirstStepFrame<Content: Markup>: Markup {
    let step: SetUpStep
    let state: SetUpState.Standing
    let content: Content

    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[step.label], note: html.page[step.hint]))
        html("div", .class("narrow su")) { html in
            html("nav", .class("su-n"), .label(html.page[Words.firstSteps])) { html in
                html("ol") { html in
                    for (place, each) in SetUpStep.allCases.enumerated() { mark(each, place + 1, &html) }
                }
            }
            html.add(content)
        }
    }

    private func mark(_ each: SetUpStep, _ number: Int, _ html: inout HTML) {
        let isDone = state.done.contains(each)
        html("li", .class(isDone ? "done" : "")) { html in
            html("a", .href(Paths.firstStep(each)), .when(each == step, .aria("current", "step"))) { html in
                html("span", .class("su-m num")) { html in
                    if isDone {
                        html.icon("check", label: html.page[Label(zh: "已办", en: "Done")], size: .small)
                    } else {
                        html.text(String(number))
                    }
                }
                html("span", say: each.label)
            }
        }
    }
}

/// What stands below the form of a step.
struct FirstStepFoot: Markup {
    let step: SetUpStep
    /// What the button that saves says; nil where nothing can be saved.
    var save: Label? = Words.saveNext

    func write(to html: inout HTML) {
        html("div", .class("row su-f")) { html in
            if let save { html("button", .class("btn p"), .type("submit"), say: save) }
            html.add(
                Button(
                    text: html.page[
                        step.following == nil ? Label(zh: "回到步骤", en: "Back to the steps") : Label(zh: "跳过", en: "Skip")
                    ],
                    target: .link(step.following.map(Paths.firstStep) ?? Paths.firstSteps), kind: .ghost))
        }
    }
}

/// The line on the day that leads to the first steps.
struct FirstStepsNote: Markup {
    let open: [SetUpStep]

    func write(to html: inout HTML) {
        guard let next = open.first else { return }
        html("div", .class("note pri day-t")) { html in
            html.icon("flag", size: .small)
            html("span") { html in
                html("b", say: Words.firstSteps)
                html.text(html.page.language == .zh ? "：" : ": ")
                html.say(Words.stepsLeft(open.count))
                html.text(html.page.language == .zh ? "，先填" : ", next: ")
                html.say(next.label)
            }
            html.add(
                Button(text: html.page[Label(zh: "继续", en: "Go on")], target: .link(Paths.firstSteps), kind: .primary))
            html.add(
                Button(
                    text: html.page[Label(zh: "收起", en: "Put away")],
                    target: .post(Paths.firstSteps + "/close", [("back", "day")]), kind: .ghost))
        }
    }
}
