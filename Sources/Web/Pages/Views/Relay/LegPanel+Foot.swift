import Definitions
import Kernel
import Values

/// The fixed foot of the panel: the one next thing large, the others beside it; what asks something opens a dialog.
extension LegPanel {
    func foot(_ now: RelaySheet.Now, _ html: inout HTML) {
        html("div", .class("ft")) { html in
            if isHolder, now.isOffered {
                offer(now, &html)
            } else if !standing.exits.isEmpty, mayRun || standing.exits.contains(where: { $0.obstacle == nil }) {
                exits(now, &html)
            } else {
                html("p", .class("mut why"), say: Words.notMine)
            }
            others(now, &html)
        }
        dialogs(now, &html)
    }

    private func offer(_ now: RelaySheet.Now, _ html: inout HTML) {
        html("div", .class("pair")) { html in
            if standing.giver != nil {
                html.add(Button(text: html.page[Words.giveBack], target: .dialog("do-return"), icon: "undo"))
            }
            html.form(Paths.baton(object, id, "accept"), .class("inline")) { html in
                envelope(now, &html)
                html("button", .class("btn p"), .type("submit"), .data("key", "a")) { html in
                    html.icon("hand")
                    html("span", say: Words.accept)
                    html("kbd", text: "A")
                }
            }
        }
    }

    // MARK: Ways on

    private var primary: RelayStanding.Exit? { standing.exits.first(where: \.isPrimary) ?? standing.exits.first }

    /// Deliverables that this way on leaves owed; where the relay ends, none.
    private func owed(_ exit: RelayStanding.Exit) -> [RelayStanding.Deliverable] { exit.nextLeg == nil ? [] : missing }

    private func name(_ exit: RelayStanding.Exit) -> String {
        guard let leg = exit.nextLeg else { return eyes.say(exit.label) }
        guard let holder = exit.nextHolder else { return eyes.say(exit.label) + " → " + eyes.say(leg) }
        return eyes.say(Words.handTo(holder.name, eyes.say(leg)))
    }

    private func exits(_ now: RelaySheet.Now, _ html: inout HTML) {
        guard let primary else { return }
        let missing = owed(primary).count
        if let wait = primary.wait {
            waits(wait, &html)
        } else if let obstacle = primary.obstacle {
            refusedExit(primary, eyes.say(obstacle), &html)
        } else if missing > 0 {
            refusedExit(primary, eyes.say(Words.missingCount(missing)), &html)
        } else {
            exit(primary, now, isWide: true, &html)
        }
        let rest = standing.exits.filter { $0.action != primary.action }
        html("div", .class("two")) { html in
            if primary.obstacle == nil {
                html.add(
                    Button(
                        text: html.page[missing > 0 ? Words.conditional : Words.otherTaker],
                        target: .dialog("do-" + primary.action),
                        kind: .plain))
            }
            if standing.giver != nil, isHolder {
                html.add(Button(text: html.page[Words.giveBack], target: .dialog("do-return")))
            }
            for exit in rest.prefix(1) where exit.obstacle == nil { self.exit(exit, now, isWide: false, &html) }
        }
    }

    /// An approval holds the baton here: whom it waits for, and the way to it.
    private func waits(_ wait: ApprovalWait, _ html: inout HTML) {
        if let id = wait.id {
            html.add(
                Button(
                    text: html.page[Words.seeApproval], target: .link(Paths.approval(id.description)), kind: .primary,
                    icon: "stamp", isWide: true))
        }
        html("p", .class("mut why"), text: eyes.say(wait.message))
    }

    private func refusedExit(_ exit: RelayStanding.Exit, _ why: String, _ html: inout HTML) {
        html(
            "button", .class("btn p full"), .type("button"), .aria("disabled", "true"), .aria("describedby", "why"),
            .title(why), .data("refused", exit.next ?? "")
        ) {
            $0.text(name(exit))
        }
        html("p", .class("mut why"), .id("why"), text: why)
    }

    private func exit(_ exit: RelayStanding.Exit, _ now: RelaySheet.Now, isWide: Bool, _ html: inout HTML) {
        let text = isWide ? name(exit) : eyes.say(exit.label)
        guard exit.input.isEmpty, owed(exit).isEmpty else {
            html.add(
                Button(
                    text: text, target: .dialog("do-" + exit.action), kind: isWide ? .primary : .plain,
                    icon: isWide ? "relay" : nil, isWide: isWide))
            return
        }
        html.form(
            Paths.baton(object, id, "hand-over"), .class("inline"), .data("next", exit.next ?? ""),
            .data("way", exit.action)
        ) { html in
            handEnvelope(exit, now, &html)
            html("button", .class(isWide ? "btn p full" : "btn"), .type("submit")) { html in
                if isWide { html.icon("relay") }
                html("span", text: text)
            }
        }
    }

    private func handEnvelope(_ exit: RelayStanding.Exit, _ now: RelaySheet.Now, _ html: inout HTML) {
        envelope(now, &html)
        html.hidden("action", exit.action)
        html.hidden("version", String(standing.record.version))
    }

    // MARK: Beside

    private func others(_ now: RelaySheet.Now, _ html: inout HTML) {
        html("div", .class("two")) { html in
            for start in starts.prefix(2) { html.add(Button(text: start.text, target: .link(start.url))) }
            guard mayRun || standing.capacity.contains("giver") || now.mayUrge else { return }
            html.menu(html.page[Words.moreActions], classes: "end up", icon: "more-horizontal") { html in
                if now.mayUrge {
                    html.menuPost(
                        html.page[Words.urge], icon: "bell", url: Paths.baton(object, id, "urge"),
                        fields: [("leg", now.run.description), ("back", back)])
                }
                if !detail.people.isEmpty { dialogItem("pass", Words.passOn, "users", &html) }
                if mayRun {
                    if now.tone == .paused {
                        html.menuPost(
                            html.page[Words.resumeClock], icon: "clock", url: Paths.baton(object, id, "resume"),
                            fields: [("leg", now.run.description), ("back", back)])
                    } else {
                        dialogItem("pause", Words.pauseClock, "clock", &html)
                    }
                    let second = standing.exits.filter { $0.action != primary?.action && $0.obstacle == nil }
                    for exit in second.dropFirst() {
                        html("a", .href("#do-" + exit.action), .data("dialog", "do-" + exit.action)) { html in
                            html.icon("arrow-right")
                            html("span", text: eyes.say(exit.label))
                        }
                    }
                }
            }
        }
    }

    private func dialogItem(_ name: String, _ label: Label, _ icon: String, _ html: inout HTML) {
        html("a", .href("#do-" + name), .data("dialog", "do-" + name)) { html in
            html.icon(icon)
            html("span", say: label)
        }
    }

    // MARK: Dialogs

    private func dialogs(_ now: RelaySheet.Now, _ html: inout HTML) {
        if standing.giver != nil, isHolder {
            ask("return", Words.giveBack, now, &html) { reason("return", Words.returnReasons, &$0) }
        }
        if mayRun, now.tone != .paused {
            ask("pause", Words.pauseClock, now, &html) { reason("pause", Words.pauseReasons, &$0) }
        }
        if !detail.people.isEmpty {
            ask("pass", Words.passOn, now, &html) { html in
                taker(
                    "pass", Words.colleague, isRequired: true, refused?.form == "pass" ? refused?.value("to") : nil,
                    &html)
            }
        }
        for exit in standing.exits where exit.obstacle == nil { handOver(exit, now, &html) }
    }

    private func ask(
        _ verb: String, _ title: Label, _ now: RelaySheet.Now, _ html: inout HTML, body: (inout HTML) -> Void
    ) {
        let failed = refused?.form == verb
        html.dialog("do-" + verb, title: html.page[title], isShown: failed, closeURL: back) { html in
            html.form(Paths.baton(object, id, verb), .data("form")) { html in
                envelope(now, &html)
                html("div", .class("dl-b")) { html in
                    if failed, let refused { html.add(problem(refused)) }
                    body(&html)
                }
                dialogFoot(html.page[title], &html)
            }
        }
    }

    private func dialogFoot(_ text: String, _ html: inout HTML) {
        html("div", .class("dl-f")) { html in
            html("a", .class("btn g"), .href(back), .data("close"), say: Words.cancel)
            html.add(Button(text: text, target: .submit(name: nil, value: nil), kind: .primary))
        }
    }

    private func reason(_ verb: String, _ offers: [Label], _ html: inout HTML) {
        let control = "r-" + verb
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", control)) { html in
                html.say(Words.reason)
                html("span", .class("rq"), .aria("hidden", "true"), text: "*")
            }
            html.void(
                "input", .class("in"), .id(control), .name("reason"), .type("text"), .flag("required"),
                .named("maxlength", "400"), .named("list", control + "-l"), .named("autocomplete", "off"),
                .named("dir", "auto"), .value(refused?.form == verb ? refused?.value("reason") ?? "" : ""))
            html("datalist", .id(control + "-l")) { html in
                for offer in offers { html("option", .value(eyes.say(offer))) { _ in } }
            }
        }
    }

    private func taker(
        _ scope: String, _ label: Label, isRequired: Bool, _ chosen: String?, _ html: inout HTML
    ) {
        html.add(
            PersonPicker(
                name: "to", id: "to-" + scope, label: html.page[label], people: detail.people, isRequired: isRequired,
                empty: html.page[isRequired ? Words.choosePerson : Words.usualTaker], chosen: chosen,
                without: isRequired ? standing.now?.holder?.id : nil))
    }

    /// Everything that a hand-over may ask: fields of the action, a date for each missing deliverable, another taker.
    private func handOver(_ exit: RelayStanding.Exit, _ now: RelaySheet.Now, _ html: inout HTML) {
        let form = "hand-over." + exit.action
        let failed = refused?.form == form
        let typed = failed ? refused : nil
        html.dialog("do-" + exit.action, title: name(exit), isShown: failed, closeURL: back) { html in
            html.form(
                Paths.baton(object, id, "hand-over"), .data("form"), .data("next", exit.next ?? ""),
                .data("way", exit.action)
            ) { html in
                handEnvelope(exit, now, &html)
                html("div", .class("dl-b")) { html in
                    if let typed { html.add(problem(typed)) }
                    html.add(all: controls(exit, typed))
                    if !owed(exit).isEmpty { dates(exit, typed, &html) }
                    if !detail.people.isEmpty, exit.nextLeg != nil {
                        taker(exit.action, Words.otherTaker, isRequired: false, typed?.value("to"), &html)
                    }
                }
                dialogFoot(owed(exit).isEmpty ? eyes.say(exit.label) : html.page[Words.conditional], &html)
            }
        }
    }

    private func controls(_ exit: RelayStanding.Exit, _ typed: Refused?) -> [FieldControl] {
        guard let definition = eyes.model.object(object),
            let action = definition.actions.first(where: { $0.id == exit.action })
        else { return [] }
        var controls = FieldControls(eyes: eyes, definition: definition, record: standing.record).inputs(of: action)
        if let typed {
            for index in controls.indices {
                if let value = typed.typed.last(where: { $0.name == controls[index].name })?.value {
                    controls[index].value = value
                }
            }
        }
        return controls
    }

    private func dates(_ exit: RelayStanding.Exit, _ typed: Refused?, _ html: inout HTML) {
        let usual = eyes.page.format.today.adding(days: eyes.page.format.today.weekday == 5 ? 3 : 1)
        html("fieldset", .class("owe")) { html in
            html("legend", .class("fd-l"), say: Words.owedBy)
            for item in owed(exit) {
                let control = "due-" + exit.action + "-" + item.id
                let given = typed?.value("due." + item.id) ?? ""
                html("div", .class("owe-r")) { html in
                    html("label", .named("for", control), text: eyes.say(item.label))
                    html.void(
                        "input", .class("in num"), .type("datetime-local"), .id(control), .name("due." + item.id),
                        .value(given.isEmpty ? usual.description + "T18:00" : given), .flag("required"))
                }
            }
        }
    }
}
