import Definitions
import Kernel
import Values

extension Desk {
    /// - Parameter written: what was written and refused, shown again.
    func show(_ object: String, _ id: RecordID, written: NoteForm? = nil) async throws -> Reply {
        let look = context
        let tab = written == nil ? exchange[query: "tab"] : nil
        let (frame, sheet) = try await ask(
            RecordSheet(
                object: object, id: id, tab: tab, narrowed: RelatedFilter(exchange.query),
                kinds: TimelineKind.read(exchange[query: "kinds"])
            ) {
                Presentation(sight: $0, page: look)
            })
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        if sheet.isDeleted, definition.isMergeable, let way = try await whereItWent(object, id) { return way }
        let content = RecordComposition(
            eyes: eyes, definition: definition, sheet: sheet, tab: tab, actor: actor, now: kernel.now,
            query: exchange.query, written: written
        ).page()
        return page(
            content, frame, title: content.title, place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: content.title, url: nil),
            ],
            backURL: Paths.list(object),
            scripts: ["record.js", "facts.js", "look.js", "composer.js", "presence.js", "related.js"],
            status: written?.problems.isEmpty ?? true ? 200 : 422)
    }

    func olderTimeline(_ object: String, _ id: RecordID) async throws -> Reply {
        let before = exchange[query: "before"].flatMap { Int64($0) }
        let kinds = TimelineKind.read(exchange[query: "kinds"])
        let look = context
        let answer = try await kernel.answer(
            Framed(content: OlderEvents(object: object, id: id, before: before, limit: 40, kinds: kinds)), as: actor)
        let words = TimelineWords(
            eyes: Presentation(sight: answer.frame.sight, page: look), object: object, id: id,
            notes: answer.content.notes)
        var html = HTML(look)
        html.add(words.timeline(answer.content.part, kinds: kinds))
        return .html(html.bytes)
    }

    // MARK: What changes a record

    func delete(_ object: String, _ id: RecordID) async throws -> Reply {
        _ = try await kernel.perform(Command(.delete(object: object, id: id, expecting: version)), as: actor)
        return done(
            Paths.list(object), context[Label(zh: "已移到回收站", en: "Moved to the recycle bin")],
            undo: Paths.restore(object, id.description))
    }

    func restore(_ object: String, _ id: RecordID) async throws -> Reply {
        _ = try await kernel.perform(Command(.restore(object: object, id: id)), as: actor)
        return done(Paths.record(object, id.description), context[Label(zh: "已恢复", en: "Restored")])
    }

    var version: Int? { Int(field("version")) }

    func act(_ object: String, _ id: RecordID, _ name: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        let definition = sight.model.object(object)
        let action = definition?.actions.first { $0.id == name }
        let given = fields.filter { !["version", "back", "idempotency-key"].contains($0.name) }
        let here = Paths.record(object, id.description)
        let back = field("back").isEmpty ? here : Pages.local(field("back"))
        do {
            guard let definition else { throw Rejection.noSuchPath }
            let reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: false)
            let linked = try await linked(given, definition, sight.model)
            let draft = name == "assign" ? Draft(["owner": .text(field("owner"))]) : try reader.draft(linked)
            let outcome = try await kernel.perform(
                Command(.act(object: object, id: id, action: name, draft, expecting: version)), as: actor)
            let text = action.map { context[$0.label] } ?? context[Words.assign]
            var said = text + (action.flatMap { arrival($0, definition, sight.model) }.map { " → " + $0 } ?? "")
            if let action, let waits = sent(outcome, action, of: definition) { said = waits }
            if let warning = outcome.warnings.first { said += " · " + context[warning.message] }
            if let opened = outcome.opens { return done(Paths.record(opened.object, opened.id.description), said) }
            return done(back, said)
        } catch let rejection as Rejection where rejection.kind != .missing && !isFetch {
            // Back on the record with what is in the way; nothing has changed.
            let reasons = rejection.problems.prefix(3).map { context[$0.message] }
            let text = rejection.kind == .stale ? context[Words.stale] : context[rejection.message]
            return done(back, ([text] + reasons).joined(separator: " · "), isError: true)
        }
    }

    /// The state to which an action leads, in words.
    private func arrival(_ action: ActionDefinition, _ definition: ObjectDefinition, _ model: Model) -> String? {
        guard let code = action.to, let states = definition.states,
            case .choice(let list)? = definition.field(states.field)?.type
        else { return nil }
        return model.lists[list]?.code(code).map { context[$0.label] }
    }
}
