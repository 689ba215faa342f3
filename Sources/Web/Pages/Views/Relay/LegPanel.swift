import Definitions
import Kernel
import Values

/// The side panel of the board: who gave the baton to whom, what is to be handed over, what may be done with it.
struct LegPanel: Sendable {
    /// A form that was refused: shown again with what was typed and why.
    struct Refused: Sendable {
        /// `accept`, `return`, `hand-over.confirm`, …
        let form: String
        let message: String
        let problems: [String]
        let typed: [(name: String, value: String)]

        func value(_ name: String) -> String { typed.last { $0.name == name }?.value ?? "" }
    }

    let eyes: Presentation
    let detail: RelayDetail
    let now: Instant
    let reader: RecordID?
    /// Where the forms lead back to.
    let back: String
    /// Without it; nil when the panel is no panel but a part of a page.
    let closeURL: String?
    var refused: Refused?
    /// Forms that start a new record about this one.
    var starts: [(text: String, icon: String, url: String)] = []

    var standing: RelayStanding { detail.standing }
    var object: String { standing.record.object }
    var id: String { standing.record.id.description }
    var time: LegTime { LegTime(format: eyes.page.format) }

    var isHolder: Bool { standing.capacity.contains("holder") }
    /// May change how the leg runs, not only look.
    var mayRun: Bool { isHolder || standing.capacity.contains("accountable") }

    /// What is required and not there.
    var missing: [RelayStanding.Deliverable] { standing.deliverables.filter { $0.isRequired && !$0.isDone } }

    var legNumber: Int {
        let legs = standing.process.legs(of: object)
        return (legs.firstIndex { $0.id == standing.leg?.id } ?? 0) + 1
    }
}

extension LegPanel: Markup {
    func write(to html: inout HTML) {
        html("aside", .class("pn"), .id("panel"), .data("record", id), .label(standing.record.title)) { html in
            head(&html)
            html("div", .class("sc")) { html in
                if let refused, !Self.inDialogs.contains(refused.form), !refused.form.hasPrefix("hand-over") {
                    html("div", .class("sec")) { $0.add(problem(refused)) }
                }
                if let leg = standing.leg, let now = standing.now {
                    html("div", .class("sec")) { baton(leg, now, &$0) }
                    deliverables(now, &html)
                    items(now, &html)
                    warning(&html)
                    raci(&html)
                } else {
                    html("div", .class("sec")) { $0.add(Note(tone: .info, text: $0.page[Words.relayOver])) }
                }
                history(&html)
            }
            if standing.leg != nil, let now = standing.now { foot(now, &html) }
        }
    }

    static let inDialogs: Set<String> = ["return", "pause", "pass"]

    func problem(_ refused: Refused) -> ErrorNote { ErrorNote(text: refused.message, more: refused.problems) }

    private func head(_ html: inout HTML) {
        html("div", .class("ph")) { html in
            html("div", .class("row")) { html in
                html("h2", .class("num")) { $0.user(standing.record.title) }
                html("span", .class("sp")) { _ in }
                html(
                    "a", .class("ib"), .href(Paths.relay(object, id)), .label(html.page[Words.wholeMap]),
                    .title(html.page[Words.wholeMap])
                ) {
                    $0.icon("branch")
                }
                html(
                    "a", .class("ib"), .href(Paths.record(object, id)), .label(html.page[Words.openRecord]),
                    .title(html.page[Words.openRecord])
                ) {
                    $0.icon("external-link")
                }
                if let closeURL {
                    html(
                        "a", .class("ib"), .href(closeURL), .data("soft"), .data("close-panel"),
                        .label(html.page[Words.closePanel])
                    ) {
                        $0.icon("x")
                    }
                }
            }
            html("p", .class("mut num")) { $0.user(facts) }
        }
    }

    /// Customer, amount, date: what the board's card shows.
    private var facts: String {
        guard let card = standing.process.cards[object] else { return "" }
        return [card.subtitle, card.amount, card.note, card.date].compactMap { path in
            path.flatMap { path in
                let plain = eyes.shown(path, of: standing.record).plain
                guard !plain.isEmpty else { return nil }
                return path == card.date ? eyes.label(path, of: object) + " " + plain : plain
            }
        }.joined(separator: " · ")
    }

    // MARK: The baton

    private func baton(_ leg: LegDefinition, _ now: RelaySheet.Now, _ html: inout HTML) {
        html("div", .class("hand")) { html in
            let giver = standing.giver
            html("div") { html in
                html.add(Avatar(name: giver?.name ?? "B"))
                html("b") { $0.user(giver?.name ?? eyes.say(Label(zh: "起点", en: "Start"))) }
                html("span", text: previousLeg)
            }
            html.icon("chevron-right")
            html("div", .class("me")) { html in
                html.add(Avatar(name: now.holder?.name ?? "?"))
                html("b") { html in
                    if let holder = now.holder { html.user(holder.name) } else { html.say(Words.nobody) }
                }
                html("span", text: html.page[Words.legNumber(legNumber)] + " · " + eyes.say(leg.label))
            }
        }
        if let stead = now.inStead {
            html("p", .class("mut st-d"), say: Label(zh: "代 \(stead.name)", en: "for \(stead.name)"))
        }
        html("div", .class("sla num " + now.style)) { html in
            if let icon = now.tone.icon { html.icon(icon) }
            html("b") { $0.add(Countdown(time: time, now: now, isExact: true)) }
            html("span", .class("mut"), text: limits(now))
        }
        if let used = standing.used {
            let percent = Int((used * 100).rounded())
            html.add(
                Meter(
                    label: html.page[Words.used(percent)], percent: percent,
                    tone: now.tone == .onTime ? .ok : now.tone == .paused ? .mute : now.tag))
        }
        if now.isOffered { html.add(Tag(html.page[Words.offered], tone: .baton, icon: "hand")) }
    }

    private var previousLeg: String {
        let earlier = standing.runs.filter { $0.endedAt != nil && $0.record == standing.record.id }
        guard let last = earlier.last ?? standing.runs.filter({ $0.endedAt != nil }).last else { return "" }
        let done = Label(zh: " · 已交", en: " · handed on")
        return eyes.say(last.label) + eyes.say(done)
    }

    private func limits(_ now: RelaySheet.Now) -> String {
        let standard = standing.limit.map { eyes.say(Label(zh: "标准 ", en: "limit ")) + eyes.say($0) }
        return [standard, time.due(now)].compactMap(\.self).joined(separator: " · ")
    }

    // MARK: What is handed over

    private func deliverables(_ now: RelaySheet.Now, _ html: inout HTML) {
        guard !standing.deliverables.isEmpty else { return }
        let done = standing.deliverables.count(where: \.isDone)
        html("div", .class("sec")) { html in
            html("h3") { html in
                html.say(Words.deliverables)
                html("span", .class("mut num"), text: "\(done) / \(standing.deliverables.count)")
            }
            html("ul", .class("ck-l")) { html in
                for item in standing.deliverables {
                    html("li", .class(item.isDone ? "on" : "")) { deliverable(item, now, &$0) }
                }
            }
        }
    }

    private func deliverable(_ item: RelayStanding.Deliverable, _ now: RelaySheet.Now, _ html: inout HTML) {
        let label = eyes.say(item.label)
        if item.isManual, mayRun {
            html.form(Paths.baton(object, id, "tick"), .class("inline")) { html in
                envelope(now, &html)
                html.hidden("deliverable", item.id)
                html.hidden("done", item.isDone ? "false" : "true")
                html(
                    "button", .class("bx"), .type("submit"), .aria("pressed", item.isDone ? "true" : "false"),
                    .label(label)
                ) { $0.icon("check", size: .small) }
            }
        } else {
            html("span", .class("bx")) { html in
                html.icon("check", label: item.isDone ? html.page[Words.done] : nil, size: .small)
            }
        }
        html("span") { html in
            html.text(label)
            if item.isRequired {
                html("span", .class("rq"), .title(html.page[Words.required])) { html in
                    html.text(" *")
                    html("span", .class("vh"), say: Words.required)
                }
            }
        }
        if !item.isDone, let field = item.field, standing.record.editable.contains(field) {
            html("a", .class("ln"), .href(Paths.edit(object, id) + "#f-" + field), say: Words.fillIn)
        }
    }

    private func items(_ now: RelaySheet.Now, _ html: inout HTML) {
        let open = standing.items.filter { $0.settledAt == nil }
        guard !open.isEmpty else { return }
        html("div", .class("sec")) { html in
            html("h3") { html in
                html.say(Words.openItems)
                html("span", .class("mut num"), text: String(open.count))
            }
            html("ul", .class("ow")) { html in
                for item in open { owed(item, now, &html) }
            }
        }
    }

    private func owed(_ item: RelayStanding.Item, _ now: RelaySheet.Now, _ html: inout HTML) {
        let mine = item.owedBy?.id
        html("li") { html in
            html("div") { html in
                html("b") { $0.user(item.text) }
                html("p", .class("mut")) { $0.user(item.owedBy?.name ?? "") }
            }
            html.add(DueTag.make(item.due, isDay: false, now: self.now, format: html.page.format))
            if !standing.capacity.isEmpty || mine != nil && mine == reader {
                html.form(Paths.baton(object, id, "settle"), .class("inline")) { html in
                    envelope(now, &html)
                    html.hidden("item", item.id.description)
                    html("button", .class("btn s"), .type("submit"), say: Words.settled)
                }
            }
        }
    }

    private func warning(_ html: inout HTML) {
        guard let risk = standing.risk else { return }
        let words = RiskWords(eyes: eyes)
        html("div", .class("sec")) { html in
            html.add(
                Note(
                    tone: .bad, text: words.sentence(risk), lead: eyes.say(Label(zh: "可能误期。", en: "May miss its date."))
                ))
            html("p", .class("mut rk-b"), text: words.basis)
        }
    }

    private func raci(_ html: inout HTML) {
        guard !standing.raci.isEmpty else { return }
        let words = [
            "R": Label(zh: "执行 R", en: "Does R"), "A": Label(zh: "负责 A", en: "Answers A"),
            "C": Label(zh: "咨询 C", en: "Asked C"), "I": Label(zh: "知会 I", en: "Told I"),
        ]
        html("div", .class("sec")) { html in
            html("h3", say: Words.raci)
            html("dl", .class("raci")) { html in
                for part in standing.raci {
                    html("div") { html in
                        html("dt", text: words[part.letter].map(eyes.say) ?? part.letter)
                        html("dd") {
                            $0.user(part.names.map(eyes.say).joined(separator: eyes.language == .zh ? "、" : ", "))
                        }
                    }
                }
            }
        }
    }

    private func history(_ html: inout HTML) {
        let own = standing.runs.filter { $0.record == standing.record.id }.suffix(6).reversed()
        guard !own.isEmpty else { return }
        html("div", .class("sec")) { html in
            html("h3") { html in
                html.say(Words.legHistory)
                html("span", .class("sp")) { _ in }
                html("a", .class("ln"), .href(Paths.relay(object, id)), say: Words.wholeMap)
            }
            html("ol", .class("hs")) { html in
                for run in own { html.add(RunLine(eyes: eyes, run: run)) }
            }
        }
    }

    /// What every form carries: which run is meant, and where to come back to.
    func envelope(_ now: RelaySheet.Now, _ html: inout HTML) {
        html.hidden("leg", now.run.description)
        html.hidden("back", back)
    }
}

/// What was refused, at the place, as words that are read out.
struct ErrorNote: Markup {
    let text: String
    var more: [String] = []

    func write(to html: inout HTML) {
        html("div", .class("note bad"), .id("problems"), .named("role", "alert"), .named("tabindex", "-1")) { html in
            html.icon("alert-triangle", size: .small)
            html("span") { html in
                html.user(text)
                if !more.isEmpty { html("ul") { html in for line in more { html("li") { $0.user(line) } } } }
            }
        }
    }
}

/// One run of a leg in a line: when, who, how long, and why it went back.
struct RunLine: Markup {
    let eyes: Presentation
    let run: RelayStanding.Run

    func write(to html: inout HTML) {
        html("li", .class(run.endedAt == nil ? "c" : run.status == "returned" ? "r" : run.wasLate ? "l" : "d")) {
            html in
            html("b", text: eyes.say(run.label) + (run.visit > 1 ? " ×\(run.visit)" : ""))
            html("span", .class("mut")) { html in
                if let holder = run.holder { html.user(holder.name + " · ") }
                html(
                    "span", .class("num"),
                    text: eyes.say(Words.days(LegTime.days(run.workDays))) + " · "
                        + html.page.format.instant(run.endedAt ?? run.offeredAt))
            }
            html.add(all: Self.tags(of: run, eyes))
            if let reason = run.reason, !reason.isEmpty { html("p", .class("t2")) { $0.user("“\(reason)”") } }
        }
    }

    static func tags(of run: RelayStanding.Run, _ eyes: Presentation) -> [Tag] {
        var out: [Tag] = []
        switch run.status {
        case "returned": out.append(Tag(eyes.say(Words.giveBack), tone: .bad, icon: "undo"))
        case "offered": out.append(Tag(eyes.say(Words.offered), tone: .baton))
        case "cancelled": out.append(Tag(eyes.say(Label(zh: "终止", en: "ended")), tone: .mute))
        default: if run.wasLate { out.append(Tag(eyes.say(Words.lateLegs), tone: .warn)) }
        }
        return out
    }
}
