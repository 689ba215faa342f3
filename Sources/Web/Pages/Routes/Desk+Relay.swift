import Definitions
import Kernel
import Values

/// The pages of the relay: the board with its panel, and the way of one record.
extension Desk {
    func relay(_ rest: [String]) async throws -> Reply {
        switch (rest.count, isPost) {
        case (0, false):
            if let text = exchange[query: "leg"] { return try await relayLeg(text) }
            let sight = try await kernel.answer(VisibleModel(), as: actor)
            guard let object = RelayProcess.first(sight) else { throw Rejection.noSuchPath }
            return try await relayBoard(RelayAddress(object: object, query: exchange.query))
        case (1, false):
            if let built = try await builtFilter(rest[0]) { return built }
            return try await relayBoard(RelayAddress(object: rest[0], query: exchange.query))
        case (2, false):
            guard let id = RecordID(rest[1]) else { throw Rejection.noSuchPath }
            return try await relayMap(rest[0], id)
        case (3, true):
            guard let id = RecordID(rest[1]) else { throw Rejection.noSuchPath }
            return try await actOnBaton(rest[0], id, verb: rest[2])
        default: throw Rejection.noSuchPath
        }
    }

    /// Notices name a baton; its panel stands on the board of its object.
    private func relayLeg(_ text: String) async throws -> Reply {
        guard let id = RecordID(text), let place = try await kernel.answer(LegPlace(id), as: actor) else {
            throw Rejection.noSuchPath
        }
        return .redirect(to: RelayAddress(object: place.object).opening(place.id))
    }

    /// The form of the builder: one more condition of the address.
    private func builtFilter(_ object: String) async throws -> Reply? {
        guard let id = exchange[query: "ff"], let word = exchange[query: "fo"] else { return nil }
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard sight.canRead(object), let comparison = FilterComparison(rawValue: word) else {
            throw Rejection.noSuchPath
        }
        let text = FilterText(presentation: Presentation(sight: sight, page: context), object: object)
        let address = RelayAddress(object: object, query: exchange.query)
        guard let expression = text.expression(field: id, comparison: comparison, value: exchange[query: "fv"] ?? "")
        else {
            return done(
                address.url, context[Label(zh: "这个条件用不上，请检查比较的值", en: "This condition can't be used; check the value")],
                isError: true)
        }
        return .redirect(to: address.with { if !$0.filters.contains(expression) { $0.filters.append(expression) } }.url)
    }

    /// - Parameter refused: a form of the panel to show again with what was wrong.
    func relayBoard(_ address: RelayAddress, refused: LegPanel.Refused? = nil, status: Int = 200) async throws -> Reply
    {
        let (frame, answer) = try await ask(RelayPageSheet(address: address))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(address.object) else { throw Rejection.noSuchPath }
        let filterable = eyes.filterable(definition, first: [])
        let text = FilterText(presentation: eyes, object: address.object)
        let panel = answer.open.map {
            self.panel($0, eyes, back: address.url, closeURL: address.opening(nil), refused: refused)
        }
        let content = RelayPage(
            eyes: eyes, address: address, sheet: answer.board, rows: focused(answer.board, address), now: kernel.now,
            person: actor.name,
            filters: address.filters.map { filter in
                ListPage.Filter(
                    text: text.words(filter, fields: filterable),
                    removeURL: address.with { $0.filters.removeAll { $0 == filter } }.url)
            }, filterable: filterable, panel: panel, isMissing: address.open != nil && panel == nil,
            sums: answer.sums)
        return page(
            content, frame, title: context[Words.relay], place: Self.relayPlace,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(address.object)),
                Shell.Crumb(text: context[Words.relay], url: nil),
            ], backURL: address.open == nil ? nil : address.opening(nil), scripts: ["relay.js", "person.js"],
            status: status,
            titleNote: panel?.standing.record.title ?? "")
    }

    /// The entry of the menu that stands for the relay.
    static let relayPlace = "/relay"

    /// The rows of one figure of the summary, or all; late ones first, then by what is left of their time, those without
    /// a limit last.
    private func focused(_ sheet: RelaySheet, _ address: RelayAddress) -> [RelaySheet.Row] {
        let rows = sheet.rows.enumerated().sorted { left, right in
            let (one, other) = (left.element.urgency, right.element.urgency)
            return one == other ? left.offset < right.offset : one < other
        }.map(\.element)
        guard let focus = address.focus else { return rows }
        let format = context.format
        return rows.filter { row in
            switch focus {
            case .late: row.now?.tone == .late
            case .paused: row.now?.tone == .paused
            case .today:
                row.now?.due.map { $0 > kernel.now && format.localDay($0) == format.today } ?? false
            case .endangered: row.risk != nil
            }
        }
    }

    func relayMap(
        _ object: String, _ id: RecordID, refused: LegPanel.Refused? = nil, status: Int = 200
    ) async throws -> Reply {
        let (frame, detail) = try await ask(RelayMapSheet(object: object, record: id))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        let content = RelayMapPage(
            panel: panel(detail, eyes, back: Paths.relay(object, id.description), closeURL: nil, refused: refused),
            boardURL: RelayAddress(object: object).opening(id))
        return page(
            content, frame, title: detail.standing.record.title, place: Self.relayPlace,
            crumbs: [
                Shell.Crumb(text: context[Words.relay], url: Paths.relay(object)),
                Shell.Crumb(text: eyes.say(definition.label) + " " + detail.standing.record.title, url: nil),
            ], backURL: Paths.relay(object), scripts: ["relay.js", "person.js"], status: status)
    }

    private func panel(
        _ detail: RelayDetail, _ eyes: Presentation, back: String, closeURL: String?, refused: LegPanel.Refused?
    ) -> LegPanel {
        var panel = LegPanel(
            eyes: eyes, detail: detail, now: kernel.now, reader: actor.userID, back: back, closeURL: closeURL,
            refused: refused)
        let record = detail.standing.record
        for (object, label, icon) in [
            ("exception", Words.reportException, "alert-triangle"), ("change_request", Words.requestChange, "branch"),
        ] {
            if let url = newAbout(record, object, eyes) { panel.starts.append((eyes.say(label), icon, url)) }
        }
        return panel
    }

    /// The address of a new record of the object with every link to this one filled; nil when it has none, or the reader
    /// may not make one.
    private func newAbout(_ record: RecordView, _ object: String, _ eyes: Presentation) -> String? {
        guard let definition = eyes.model.object(object), !definition.retired, eyes.sight.canCreate(object) else {
            return nil
        }
        let settable = eyes.sight.creatable(object)
        let id = record.id.description
        let given = definition.liveFields.filter { settable.contains($0.id) }.compactMap { field -> (String, String)? in
            switch field.type {
            case .link(record.object): (field.id, id)
            case .anyLink(let objects) where objects.contains(record.object): (field.id, record.object + "/" + id)
            default: nil
            }
        }
        return given.isEmpty ? nil : Paths.new(object) + ListAddress.text(given.map { (name: $0.0, value: $0.1) })
    }
}

extension RelaySheet.Row {
    /// The smaller the sooner something has to happen. What stands in a pause stands after what runs.
    fileprivate var urgency: Int64 {
        guard let now else { return .max }
        if now.tone == .paused { return .max - 2 }
        guard let left = now.left else { return .max - 1 }
        // Half days, so that rows of like urgency keep the order of their dates.
        return left / 14_400_000
    }
}
