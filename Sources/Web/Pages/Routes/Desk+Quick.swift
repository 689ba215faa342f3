import Definitions
import Kernel
import Values

/// Making a record from anywhere, by a short form in a dialog; without scripts the same form is a page.
extension Desk {
    func quick(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.dropFirst().first, rest.count, isPost) {
        case (nil, _, _, false): return try await quickChoice()
        case (let object?, nil, 1, false): return try await quickForm(object)
        case (let object?, nil, 1, true): return try await quickCreate(object)
        case (let object?, "same"?, 2, true): return try await quickSame(object)
        default: throw Rejection.noSuchPath
        }
    }

    /// What may be made, for who has no script: there the palette shows the same.
    private func quickChoice() async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        let text = exchange[query: "q"]?.trimmingSpaces ?? ""
        var content = SearchPage(
            query: text, groups: PaletteCommands(eyes: presentation(frame), text: text, onlyNew: true).groups())
        content.title = Words.makeNew
        content.hint = Words.makeWhat
        content.action = Paths.quick
        return page(content, frame, title: context[Words.makeNew], backURL: Paths.day)
    }

    private func quickForm(_ object: String) async throws -> Reply {
        let (frame, sheet) = try await ask(FormSheet(object: object, given: given, format: context.format))
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        guard QuickFields(definition: definition, settable: frame.sight.creatable(object)).fields != nil else {
            return Reply.redirect(to: Paths.new(object))
        }
        var composition = QuickComposition(
            eyes: presentation(frame), definition: definition, values: sheet.values, given: given)
        composition.key = Secrets.token()
        composition.suspects = try await suspects(definition, sheet.values.texts)
        return quickPage(composition.page(), frame)
    }

    private var given: [String: String] {
        Dictionary(exchange.query.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    private func quickCreate(_ object: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canCreate(object) else { throw Rejection.noSuchPath }
        if field("then") == "card" { return try await quickCard(definition, sight) }
        let reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: true)
        do {
            let draft = try await reader.draft(linked(quickContent, definition, sight.model))
            if field("accept_duplicate") != "true" {
                let sure = try await suspects(
                    definition, FormValues(posted: quickContent, definition: definition).texts
                )
                .filter { $0.reason == .rule }
                if !sure.isEmpty { return try await quickAgain(definition, [], sure, asks: true) }
            }
            let key = field("idempotency-key")
            let outcome = try await kernel.perform(
                Command(.create(object: object, draft), idempotencyKey: key.isEmpty ? nil : key), as: actor)
            return quickDone(definition, outcome)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            return try await quickAgain(
                definition, rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems, [])
        }
    }

    private var quickContent: [(name: String, value: String)] {
        fields.filter { !Self.envelope.contains($0.name) && $0.name != "card" && !$0.name.hasPrefix(QuickPage.person) }
    }

    /// Who stands on the card of the company that is being made, as fields of a contact.
    private var quickPerson: [String: String] {
        let given = fields.filter { $0.name.hasPrefix(QuickPage.person) && !$0.value.isEmpty }
        return Dictionary(
            given.map { (String($0.name.dropFirst(QuickPage.person.count)), $0.value) }, uniquingKeysWith: { $1 })
    }

    private func quickDone(_ definition: ObjectDefinition, _ outcome: Outcome) -> Reply {
        let id = outcome.record?.id ?? outcome.created.first?.id
        let url = id.map { Paths.record(definition.id, $0.description) } ?? Paths.list(definition.id)
        var text = context[Words.made]
        if let warning = outcome.warnings.first { text += " · " + context[warning.message] }
        let next = id.flatMap { contactForm(of: $0, definition) }
        guard isFetch else { return done(next ?? url, text) }
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("url", url)
            if let next { writer.field("next", next) }
            writer.field("title", outcome.record?.title ?? "")
            writer.field("text", text)
        }
        return .json(writer)
    }

    /// The short form of the person on the card, at the company that was just made.
    private func contactForm(of company: RecordID, _ definition: ObjectDefinition) -> String? {
        let person = quickPerson
        guard definition.id == "company", !person.isEmpty else { return nil }
        let given = person.merging(["company": company.description]) { $1 }.sorted { $0.key < $1.key }
        let query = given.map { $0.key + "=" + Paths.encoded($0.value) }.joined(separator: "&")
        return Paths.quick("contact") + "?" + query
    }

    // MARK: The form again, with what was typed

    private func quickAgain(
        _ definition: ObjectDefinition, _ problems: [Problem], _ suspects: [LikelySame.Suspect], asks: Bool = false,
        texts: [String: String]? = nil, houseMissing: [String: String]? = nil, person: [String: String]? = nil,
        isCardEmpty: Bool = false
    ) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        var values = FormValues(posted: quickContent, definition: definition)
        if let texts { values.texts = texts }
        let form = FormComposition(
            eyes: presentation(frame), definition: definition, values: values, record: nil, problems: problems)
        values.titles = try await kernel.answer(NamesOf(wanted: form.linksWithoutNames()), as: actor)
        var composition = QuickComposition(
            eyes: presentation(frame), definition: definition, values: values, given: values.texts)
        composition.problems = problems
        composition.suspects = suspects
        composition.asksWhetherSame = asks
        composition.key = field("idempotency-key")
        composition.missingHouse = houseMissing
        composition.person = person ?? quickPerson
        composition.card = isCardEmpty ? field("card") : ""
        composition.isCardEmpty = isCardEmpty
        let isWrong = asks || !problems.isEmpty
        return quickPage(composition.page(), frame, status: isWrong ? 422 : 200)
    }

    private func quickPage(_ content: QuickPage, _ frame: Frame, status: Int = 200) -> Reply {
        guard isFetch else {
            return page(
                content, frame, title: content.title, place: content.object, backURL: Paths.list(content.object),
                scripts: [], status: status)
        }
        // A script puts it into its dialog; a wrong form is no failed request.
        var html = HTML(context, capacity: 8192)
        html.add(content)
        return .html(html.bytes)
    }

    // MARK: A card

    private func quickCard(_ definition: ObjectDefinition, _ sight: ModelSight) async throws -> Reply {
        let card = CallingCard(field("card"))
        let read = CardFields(
            definition: definition, settable: sight.creatable(definition.id), model: sight.model, card: card)
        var texts = FormValues(posted: quickContent, definition: definition).texts
        let found = read.texts
        // What was typed by hand stays.
        for (name, text) in found where (texts[name] ?? "").trimmingSpaces.isEmpty { texts[name] = text }
        var missing: [String: String]?
        if let link = read.houseLink, (texts[link.id] ?? "").isEmpty, !read.house.isEmpty {
            let houses = try await likelySame("company", read.house)
            if let house = houses.first(where: { $0.id != nil })?.id {
                texts[link.id] = house.description
            } else if !card.company.isEmpty, sight.canCreate("company"), let house = sight.model.object("company") {
                missing =
                    CardFields(
                        definition: house, settable: sight.creatable("company"), model: sight.model, card: card
                    ).texts
            }
        }
        return try await quickAgain(
            definition, [], try await suspects(definition, texts), texts: texts, houseMissing: missing,
            person: person(on: card, of: definition, sight),
            isCardEmpty: found.isEmpty && missing == nil)
    }

    /// The person on the card of a company, for a contact that may be made; empty when nobody is named.
    private func person(on card: CallingCard, of definition: ObjectDefinition, _ sight: ModelSight) -> [String: String]
    {
        guard definition.id == "company", !card.name.isEmpty, sight.canCreate("contact"),
            let contact = sight.model.object("contact")
        else { return [:] }
        return CardFields(
            definition: contact, settable: sight.creatable("contact"), model: sight.model, card: card
        ).texts
    }

    // MARK: What may be the same

    private func quickSame(_ object: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canCreate(object) else { throw Rejection.noSuchPath }
        let texts = FormValues(posted: quickContent, definition: definition).texts
        let content = LikelySameList(
            object: object, label: context[definition.label], suspects: try await suspects(definition, texts))
        var html = HTML(context, capacity: 2048)
        html.add(content)
        return .html(html.bytes)
    }

    private func suspects(
        _ definition: ObjectDefinition, _ texts: [String: String]
    ) async throws -> [LikelySame.Suspect] {
        try await likelySame(definition.id, texts.filter { !$0.value.trimmingSpaces.isEmpty })
    }

    /// Nothing for an object that the reader may make and not read.
    private func likelySame(_ object: String, _ texts: [String: String]) async throws -> [LikelySame.Suspect] {
        if texts.isEmpty { return [] }
        do {
            return try await kernel.answer(LikelySame(object: object, texts: texts), as: actor)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return []
        }
    }
}
