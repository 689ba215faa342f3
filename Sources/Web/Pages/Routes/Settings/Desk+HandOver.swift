import Definitions
import Kernel
import Values

/// Handing over what somebody holds: who, what, to whom, when; then how it goes.
extension Desk {
    func handOverWork(_ rest: [String]) async throws -> Reply {
        guard let text = rest.first else {
            return isPost ? try await planHandOver(nil) : try await handOverPage([], status: 200)
        }
        guard let id = RecordID(text), rest.count <= 2 else { throw Rejection.noSuchPath }
        switch (rest.dropFirst().first, isPost) {
        case (nil, false): return try await handOverProgress(id)
        case (nil, true): return try await planHandOver(id)
        case ("edit"?, false): return try await handOverPage([], status: 200, of: id)
        case ("list"?, false): return try await handOverList(id)
        case ("except"?, true): return try await exceptFromHandOver(id)
        case (let verb?, true): return try await steerHandOver(id, verb)
        default: throw Rejection.noSuchPath
        }
    }

    // MARK: Planning

    private func handOverPage(_ problems: [String], status: Int, of plan: RecordID? = nil) async throws -> Reply {
        let wanted = RecordID(field("person").isEmpty ? exchange[query: "person"] ?? "" : field("person"))
        let (frame, sheet) = try await ask(HandOverSheet(person: wanted, plan: plan))
        let eyes = presentation(frame)
        let typed = fields.isEmpty ? sheet.wish.map { HandOverForm.fields(of: $0, context.format) } ?? [] : fields
        let content = HandOverPage(
            people: sheet.people, left: sheet.left, recent: sheet.recent,
            held: sheet.held.map { HandOverWords(eyes: eyes).held($0) },
            objects: HandOverWords(eyes: eyes).objects(sheet.held), plan: plan, problems: problems,
            typed: typed, mayEnd: frame.sight.has("users"), today: context.format.localDay(kernel.now))
        return settingsPage(
            content, frame, title: context[Words.handOverWork], scripts: ["person.js"], status: status)
    }

    private func planHandOver(_ plan: RecordID?) async throws -> Reply {
        guard let person = RecordID(field("person")) else {
            return try await handOverPage(
                [context[Label(zh: "先选谁要交接", en: "First choose who hands over")]], status: 422)
        }
        if field("occasion") == "absent" { return try await setStandIn(for: person) }
        do {
            var wish = try HandOverForm(fields: fields, format: context.format, now: kernel.now).wish(person)
            if let plan {
                wish.exceptions = try await kernel.answer(HandOverOf(plan), as: actor).wish?.exceptions ?? [:]
            }
            let command: HandOverCommand = plan.map { .change($0, wish) } ?? .plan(wish)
            let outcome = try await kernel.perform(Command(.handingOver(command)), as: actor)
            guard let id = outcome.created.first?.id else { throw Rejection.noSuchPath }
            return .redirect(to: Paths.handOver(id))
        } catch let rejection as Rejection where rejection.kind == .invalid {
            let texts = rejection.problems.map { context[$0.message] }
            return try await handOverPage(texts.isEmpty ? [context[rejection.message]] : texts, status: 422, of: plan)
        }
    }

    /// Who is only away keeps what is theirs: somebody stands in, and it ends by itself.
    private func setStandIn(for person: RecordID) async throws -> Reply {
        let form = HandOverForm(fields: fields, format: context.format, now: kernel.now)
        do {
            _ = try await kernel.perform(
                Command(.create(object: AbsenceSheet.object, try form.delegation(person))), as: actor)
            return done(
                Paths.handOver(person.description),
                context[Label(zh: "已设好代理，到期自动结束", en: "The stand-in is set and ends by itself")])
        } catch let rejection as Rejection where [.invalid, .conflict, .forbidden, .missing].contains(rejection.kind) {
            let isForbidden = rejection.kind == .forbidden || rejection.kind == .missing
            let texts =
                isForbidden
                ? [
                    context[
                        Label(
                            zh: "你不能替他设代理；请他自己在“我的代理”里设",
                            en: "You can't name a stand-in for them; they do so under “My stand-in”")]
                ] : rejection.problems.map { context[$0.message] }
            return try await handOverPage(texts.isEmpty ? [context[rejection.message]] : texts, status: 422)
        }
    }

    // MARK: One hand-over

    private func handOverProgress(_ id: RecordID) async throws -> Reply {
        let from = exchange[query: "from"].flatMap { Int($0) } ?? 0
        let problemsOnly = exchange[query: "show"] == "problems"
        let (frame, sheet) = try await ask(HandOverProgress(id: id, from: from, problemsOnly: problemsOnly))
        let content = HandOverPlanPage(
            answer: sheet.answer, items: sheet.items, people: sheet.people, from: from, problemsOnly: problemsOnly,
            words: HandOverWords(eyes: presentation(frame)))
        return settingsPage(
            content, frame, title: content.words.title(sheet.answer),
            crumbs: [Shell.Crumb(text: context[Words.handOverWork], url: Paths.handOver)], backURL: Paths.handOver)
    }

    private func handOverList(_ id: RecordID) async throws -> Reply {
        let from = exchange[query: "from"].flatMap { Int($0) } ?? 0
        let receiver = exchange[query: "to"].flatMap { RecordID($0) }
        let (frame, sheet) = try await ask(
            HandOverProgress(id: id, from: from, problemsOnly: false, limit: 1000, receiver: receiver))
        let content = HandOverListPage(
            answer: sheet.answer, items: sheet.items, words: HandOverWords(eyes: presentation(frame)))
        return settingsPage(
            content, frame, title: context[Words.handOverList],
            crumbs: [
                Shell.Crumb(text: context[Words.handOverWork], url: Paths.handOver),
                Shell.Crumb(text: content.words.title(sheet.answer), url: Paths.handOver(id)),
            ], backURL: Paths.handOver(id))
    }

    private func exceptFromHandOver(_ id: RecordID) async throws -> Reply {
        let answer = try await kernel.answer(HandOverOf(id), as: actor)
        guard var wish = answer.wish else { throw Rejection.noSuchPath }
        for (name, value) in fields where name.hasPrefix("except.") {
            wish.exceptions[String(name.dropFirst("except.".count))] = HandOverWish.Target(value)
        }
        return try await performHandOver(
            .change(id, wish), back: Paths.handOver(id) + (field("from").isEmpty ? "" : "?from=" + field("from")),
            Label(zh: "例外已记下", en: "The exceptions are kept"))
    }

    private func steerHandOver(_ id: RecordID, _ verb: String) async throws -> Reply {
        let here = Paths.handOver(id)
        switch verb {
        case "start": return try await performHandOver(.start(id), back: here, nil)
        case "cancel": return try await performHandOver(.cancel(id), back: here, nil)
        case "resume": return try await performHandOver(.resume(id), back: here, nil)
        case "undo": return try await performHandOver(.undo(id), back: here, nil)
        case "accept":
            return try await performHandOver(.accept(id), back: here, Label(zh: "已确认接收", en: "Accepted"))
        default: throw Rejection.noSuchPath
        }
    }

    private func performHandOver(_ command: HandOverCommand, back: String, _ said: Label?) async throws -> Reply {
        do {
            _ = try await kernel.perform(Command(.handingOver(command)), as: actor)
            return said.map { done(back, context[$0]) } ?? .redirect(to: back)
        } catch let rejection as Rejection where rejection.kind == .conflict || rejection.kind == .invalid {
            return done(back, context[rejection.problems.first?.message ?? rejection.message], isError: true)
        }
    }
}

/// Whom to choose from, what the chosen one holds, and what was handed over lately.
struct HandOverSheet: Question {
    let person: RecordID?
    let plan: RecordID?

    struct Answer: Sendable {
        let people: [Colleague]
        let held: HoldingsOf.Answer?
        let left: [LeftBehind.Entry]
        let recent: [RecentHandOvers.Entry]
        let wish: HandOverWish?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let known = try plan.map { try context.ask(HandOverOf($0)) }
        let person = person ?? known?.person.id
        return Answer(
            people: try Colleague.all(sight, context), held: try person.map { try context.ask(HoldingsOf(person: $0)) },
            left: try context.ask(LeftBehind()), recent: person == nil ? try context.ask(RecentHandOvers()) : [],
            wish: known?.wish)
    }
}

/// One hand-over with a page of what belongs to it.
struct HandOverProgress: Question {
    let id: RecordID
    let from: Int
    let problemsOnly: Bool
    var limit = 50
    var receiver: RecordID?

    struct Answer: Sendable {
        let answer: HandOverOf.Answer
        let items: HandOverItems.Answer
        let people: [Colleague]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let answer = try context.ask(HandOverOf(id))
        // Who only gets something by it sees that.
        let receiver = answer.wish == nil ? context.actor.userID : receiver
        return Answer(
            answer: answer,
            items: try context.ask(
                HandOverItems(id, problemsOnly: problemsOnly, receiver: receiver, from: from, limit: limit)),
            people: answer.state.isPlan ? try Colleague.all(sight, context) : [])
    }
}
