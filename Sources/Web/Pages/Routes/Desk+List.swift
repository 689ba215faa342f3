import Definitions
import Kernel
import Values

extension Desk {
    func list(_ object: String) async throws -> Reply {
        let address = ListAddress(exchange, object: object)
        var refused: FilterBuilder.Refused?
        switch try await builtFilter(address) {
        case .nothing: break
        case .added(let url): return .redirect(to: url)
        case .refused(let why): refused = why
        }
        if let opened = try await openedView(address) { return opened }
        if isFetch, exchange[query: "part"] == "rows" { return try await rows(address) }
        do {
            return address.look == .list ? try await table(address, refused) : try await canvas(address, refused)
        } catch let rejection as Rejection where rejection.code == "bad_filter" && !address.filters.isEmpty {
            return try await withoutBroken(address, rejection)
        }
    }

    private func table(_ address: ListAddress, _ refused: FilterBuilder.Refused?) async throws -> Reply {
        let look = context
        let (frame, sheet) = try await ask(ListSheet(address: address) { Presentation(sight: $0, page: look) })
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(address.object) else { throw Rejection.noSuchPath }
        var content = ListComposition(eyes: eyes, definition: definition, address: address, sheet: sheet).page()
        content.refused = refused
        return page(
            content, frame, title: eyes.say(definition.plural), place: address.object,
            crumbs: [Shell.Crumb(text: eyes.say(definition.plural), url: nil)], scripts: ["list.js"],
            status: refused == nil ? 200 : 422)
    }

    /// The rows of one page alone, for a list that is scrolled.
    private func rows(_ address: ListAddress) async throws -> Reply {
        let look = context
        let (sight, sheet) = try await kernel.answer(
            SightedList(sheet: ListSheet(address: address) { Presentation(sight: $0, page: look) }), as: actor)
        guard let definition = sight.model.object(address.object) else { throw Rejection.noSuchPath }
        let list = ListComposition(
            eyes: Presentation(sight: sight, page: look), definition: definition, address: address, sheet: sheet)
        var html = HTML(look)
        list.table().body(&html)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("html", String(decoding: html.bytes, as: UTF8.self))
            writer.key("count")
            writer.int(sheet.page.rows.count)
            if let next = list.pager().nextURL { writer.field("next", next) }
        }
        return .json(writer)
    }

    private enum Built {
        case nothing
        case added(String)
        case refused(FilterBuilder.Refused)
    }

    /// The form of the builder: `ff`, `fo`, `fv`, or the expression `fx`, become one more condition of the address.
    private func builtFilter(_ address: ListAddress) async throws -> Built {
        if let written = exchange[query: "fx"]?.trimmingSpaces, !written.isEmpty {
            // Asked once, so that a mistake is said here and not on an empty page.
            do {
                _ = try await kernel.answer(
                    CountRecords(object: address.object, filters: [written], cap: 1), as: actor)
            } catch let rejection as Rejection where rejection.kind != .missing {
                let reasons = ([rejection.message] + rejection.problems.map(\.message)).map { context[$0] }
                return .refused(
                    FilterBuilder.Refused(expression: written, message: reasons.joined(separator: " · ")))
            }
            return .added(address.with { if !$0.filters.contains(written) { $0.filters.append(written) } }.url)
        }
        guard let id = exchange[query: "ff"], let word = exchange[query: "fo"] else { return .nothing }
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard sight.canRead(address.object), let comparison = FilterComparison(rawValue: word) else {
            throw Rejection.noSuchPath
        }
        let text = FilterText(presentation: Presentation(sight: sight, page: context), object: address.object)
        guard let expression = text.expression(field: id, comparison: comparison, value: exchange[query: "fv"] ?? "")
        else {
            let message = Label(zh: "这个条件用不上，请检查比较的值", en: "This condition can't be used; check the value")
            return .refused(
                FilterBuilder.Refused(
                    field: id, comparison: word, value: exchange[query: "fv"] ?? "", message: context[message]))
        }
        return .added(address.with { if !$0.filters.contains(expression) { $0.filters.append(expression) } }.url)
    }

    func count(_ object: String) async throws -> Reply {
        let address = ListAddress(exchange, object: object)
        guard isFetch else { return .redirect(to: address.url + (address.url.contains("?") ? "&" : "?") + "count=1") }
        let look = context
        var counting = ListSheet(address: address.with { $0.counts = true }) { Presentation(sight: $0, page: look) }
        counting.limit = 1
        let sheet = try await kernel.answer(counting, as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("count")
            writer.int(sheet.count?.count ?? 0)
            writer.key("capped")
            writer.bool(sheet.count?.isCapped ?? false)
        }
        return .json(writer)
    }

    /// The records that fit, for a choice of all of them: ids only, at most 5,000.
    func matching(_ object: String) async throws -> Reply {
        var address = ListAddress(exchange, object: object)
        let look = context
        var ids: [RecordID] = []
        repeat {
            var sheet = ListSheet(address: address) { Presentation(sight: $0, page: look) }
            sheet.limit = 500
            sheet.isBare = true
            let answer = try await kernel.answer(sheet, as: actor)
            ids += answer.page.rows.map(\.id)
            address.cursor = answer.page.next
        } while address.cursor != nil && ids.count < 5000
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("ids")
            writer.array { writer in for id in ids.prefix(5000) { writer.string(id.description) } }
            writer.key("capped")
            writer.bool(address.cursor != nil)
        }
        return .json(writer)
    }

    // MARK: Many at once

    func bulk(_ object: String) async throws -> Reply {
        let back = Paths.list(object)
        let ids = fields.filter { $0.name == "id" }.compactMap { RecordID($0.value) }
        guard !ids.isEmpty else { return .redirect(to: back) }
        let versions = try await kernel.answer(VersionsOf(object: object, ids: Array(ids.prefix(5000))), as: actor)
        let kinds: [Command.Kind] = versions.compactMap { id, version in
            switch field("do") {
            case "delete": .delete(object: object, id: id, expecting: version)
            case "take":
                actor.userID.map { me in
                    .act(
                        object: object, id: id, action: "assign", Draft(["owner": .text(me.description)]),
                        expecting: version)
                }
            default: nil
            }
        }
        guard !kinds.isEmpty else { throw Rejection.noSuchPath }
        let outcome = try await kernel.perform(Command(.bulk(kinds, atomic: false)), as: actor)
        var refused: [Rejection] = []
        for case .failure(let rejection) in outcome.parts { refused.append(rejection) }
        let fine = outcome.parts.count - refused.count
        var text = context[Label(zh: "已处理 \(fine) 条", en: "\(fine) done")]
        if let first = refused.first {
            text +=
                context[Label(zh: "，\(refused.count) 条没有处理：", en: ", \(refused.count) refused: ")]
                + context[first.message]
        }
        return done(back, text, isError: fine == 0)
    }
}

/// The versions of records as they stand, for commands over many of them; those out of sight are left out.
struct VersionsOf: Question {
    let object: String
    let ids: [RecordID]

    func answer(in context: ReadContext) throws -> [(id: RecordID, version: Int)] {
        try ids.compactMap { id in
            do {
                return (
                    id, try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false)).version
                )
            } catch let rejection as Rejection where rejection.kind == .missing {
                return nil
            }
        }
    }
}
