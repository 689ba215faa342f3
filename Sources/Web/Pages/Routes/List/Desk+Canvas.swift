import Definitions
import Kernel
import Values

extension Desk {
    /// The page of a list that is no table: a board, a calendar, a timeline, a gallery.
    func canvas(_ address: ListAddress, _ refused: FilterBuilder.Refused?) async throws -> Reply {
        let look = context
        let sheet = ListSheet(address: address) { Presentation(sight: $0, page: look) }
        let (frame, canvas) = try await ask(ListCanvas(list: sheet))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(address.object) else { throw Rejection.noSuchPath }
        var content = ListComposition(eyes: eyes, definition: definition, address: address, sheet: canvas.sheet).page()
        content.refused = refused
        content.canvas =
            CanvasComposition(eyes: eyes, definition: definition, address: address, canvas: canvas).markup()
        return page(
            content, frame, title: eyes.say(definition.plural), place: address.object,
            crumbs: [Shell.Crumb(text: eyes.say(definition.plural), url: nil)], scripts: ["kanban.js"],
            status: refused == nil ? 200 : 422)
    }

    /// What an action asks, for a dialog beside a board: `GET /o/inquiry/…/move?action=lose`.
    func askMove(_ object: String, _ id: RecordID) async throws -> Reply {
        let (sight, record) = try await kernel.answer(CellSheet(object: object, id: id), as: actor)
        guard let definition = sight.model.object(object), let name = exchange[query: "action"],
            let action = definition.actions.first(where: { $0.id == name })
        else { throw Rejection.noSuchPath }
        let eyes = Presentation(sight: sight, page: context)
        var html = HTML(context, capacity: 2048)
        for control in FieldControls(eyes: eyes, definition: definition, record: record).inputs(of: action) {
            html.add(control)
        }
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("label", eyes.say(action.label))
            writer.key("version")
            writer.int(record.version)
            writer.field("html", String(decoding: html.bytes, as: UTF8.self))
        }
        return .json(writer)
    }

    /// Moves a card by an action: what became of it, or why not, in the reader's language.
    func move(_ object: String, _ id: RecordID) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canRead(object) else { throw Rejection.noSuchPath }
        let given = fields.filter { !["action", "version", "back"].contains($0.name) }
        var writer = JSONBuilder()
        do {
            let reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: false)
            let outcome = try await kernel.perform(
                Command(
                    .act(
                        object: object, id: id, action: field("action"), try reader.draft(given),
                        expecting: Int(field("version")))), as: actor)
            writer.object { writer in
                writer.key("ok")
                writer.bool(true)
                writer.key("version")
                writer.int(outcome.record?.version ?? 0)
                writer.field("lane", definition.states.flatMap { outcome.record?[$0.field].text } ?? "")
                writer.field("message", outcome.warnings.first.map { context[$0.message] } ?? "")
            }
        } catch let rejection as Rejection where rejection.kind != .missing {
            writer.object { writer in
                writer.key("ok")
                writer.bool(false)
                let reasons = rejection.problems.prefix(3).map { problem in
                    (problem.field.flatMap { definition.field($0) }.map { context[$0.label] + "：" } ?? "")
                        + context[problem.message]
                }
                writer.field("message", ([context[rejection.message]] + reasons).joined(separator: " · "))
            }
        }
        return .json(writer)
    }
}
