import Definitions
import Kernel
import Values

extension Desk {
    // MARK: New

    func newForm(_ object: String) async throws -> Reply {
        var given: [String: String] = [:]
        for (name, value) in exchange.query { given[name] = value }
        if let name = given.removeValue(forKey: "name") {
            // The combobox hands over what was typed.
            given["name"] = name
        }
        let (frame, sheet) = try await ask(FormSheet(object: object, given: given, format: context.format))
        return try await formPage(frame, object, values: sheet.values, prefilled: sheet.prefilled, key: Secrets.token())
    }

    func create(_ object: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canCreate(object) else { throw Rejection.noSuchPath }
        var reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: true)
        reader.prefilled = Set(field("prefilled").split(separator: ",").map(String.init))
        var content = ChangeWishForm.gathered(
            fields.filter { !Self.envelope.contains($0.name) }, definition, sight.model)
        do {
            content = try await linked(content, definition, sight.model)
            let draft = try reader.draft(content)
            let duplicates = try await duplicates(object, definition, draft)
            if !duplicates.isEmpty { return try await again(object, nil, content, [], duplicates: duplicates) }
            let key = field("idempotency-key")
            let outcome = try await kernel.perform(
                Command(.create(object: object, draft), idempotencyKey: key.isEmpty ? nil : key), as: actor)
            return created(object, outcome)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            return try await again(
                object, nil, content, rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems)
        }
    }

    private func created(_ object: String, _ outcome: Outcome) -> Reply {
        var text = context[Words.saved]
        if let warning = outcome.warnings.first { text += " · " + context[warning.message] }
        guard field("then") != "another", let record = outcome.record?.id ?? outcome.created.first?.id else {
            return done(field("then") == "another" ? Paths.new(object) : Paths.list(object), text)
        }
        return done(Paths.record(object, record.description), text)
    }

    /// Names that travel with a form and are no fields.
    static let envelope: Set<String> = [
        "version", "idempotency-key", "then", "accept_duplicate", "prefilled", "id", "fill", "back", "seen",
    ]

    /// Records that may be the same, asked for before a new one is made.
    private func duplicates(
        _ object: String, _ definition: ObjectDefinition, _ draft: Draft
    ) async throws -> [(title: String, url: String, note: String)] {
        guard !definition.duplicates.isEmpty, field("accept_duplicate") != "true" else { return [] }
        let trial = try await kernel.perform(Command(.create(object: object, draft), dryRun: true), as: actor)
        return trial.warnings.filter { $0.code == "possible_duplicate" }.map { warning in
            let text = context[warning.message]
            let all = Paths.list(object, view: "all")
            // One that is out of sight has no name to look for.
            guard let name = text.split(whereSeparator: { "“”".contains($0) }).dropFirst().first.map(String.init) else {
                return (context[definition.label], all, text)
            }
            return (name, all + "&q=" + Paths.encoded(name), text)
        }
    }

    // MARK: Change

    func editForm(_ object: String, _ id: RecordID) async throws -> Reply {
        let (frame, record) = try await ask(EditSheet(object: object, id: id))
        guard record.actions.contains("update"), !record.editable.isEmpty else {
            return done(Paths.record(object, id.description), context[Words.locked], isError: true)
        }
        let values = FormValues(record, format: context.format, model: frame.sight.model)
        return try await editPage(frame, record, values: values)
    }

    func update(_ object: String, _ id: RecordID) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object) else { throw Rejection.noSuchPath }
        let record = try await kernel.answer(ShowRecord(object: object, id: id), as: actor)
        let form = FormComposition(
            eyes: Presentation(sight: sight, page: context), definition: definition, values: FormValues(),
            record: record)
        var reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: false)
        reader.linesShown = form.linesShown
        var content = chosen(
            ChangeWishForm.gathered(fields.filter { !Self.envelope.contains($0.name) }, definition, sight.model),
            &reader)
        let here = Paths.record(object, id.description)
        do {
            content = try await linked(content, definition, sight.model)
            let draft = try reader.draft(content)
            let outcome = try await kernel.perform(
                Command(.update(object: object, id: id, draft, expecting: version)), as: actor)
            var text = context[Words.saved]
            if let warning = outcome.warnings.first { text += " · " + context[warning.message] }
            return done(here, text)
        } catch let rejection as Rejection where rejection.kind == .stale {
            if let merged = try await merge(content, into: id, definition, reader) { return merged }
            return try await again(object, id, content, [], status: 409)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            return try await again(
                object, id, content, rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems)
        }
    }

    // MARK: The form again, with what was typed

    private func again(
        _ object: String, _ id: RecordID?, _ content: [(name: String, value: String)], _ problems: [Problem],
        duplicates: [(title: String, url: String, note: String)] = [], status: Int = 422
    ) async throws -> Reply {
        guard let id else {
            let (frame, _) = try await ask(NothingMore())
            guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
            let values = try await named(FormValues(posted: content, definition: definition), definition, frame, nil)
            return try await formPage(
                frame, object, values: values,
                prefilled: Set(field("prefilled").split(separator: ",").map(String.init)),
                key: field("idempotency-key"), problems: problems, duplicates: duplicates, status: status)
        }
        let (frame, record) = try await ask(EditSheet(object: object, id: id))
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        var posted = FormValues(posted: content, definition: definition)
        var merge: FieldMerge?
        if status == 409 {
            let settled = FieldMerge(
                definition, model: frame.sight.model, settable: record.editable,
                seen: FormValues.read(field("seen"), definition), mine: posted,
                now: FormValues(record, format: context.format, model: frame.sight.model))
            posted = settled.values
            merge = settled
        }
        let values = try await named(posted, definition, frame, record)
        return try await editPage(frame, record, values: values, problems: problems, merge: merge, status: status)
    }

    private func named(
        _ posted: FormValues, _ definition: ObjectDefinition, _ frame: Frame, _ record: RecordView?
    ) async throws -> FormValues {
        var values = posted
        for (id, title) in record?.titles ?? [:] { values.titles[id.description] = title }
        let form = FormComposition(eyes: presentation(frame), definition: definition, values: values, record: record)
        let names = try await kernel.answer(NamesOf(wanted: form.linksWithoutNames()), as: actor)
        values.titles.merge(names) { old, _ in old }
        return values
    }

    private func formPage(
        _ frame: Frame, _ object: String, values: FormValues, prefilled: Set<String>, key: String,
        problems: [Problem] = [],
        duplicates: [(title: String, url: String, note: String)] = [], status: Int = 200
    ) async throws -> Reply {
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        let form = FormComposition(eyes: eyes, definition: definition, values: values, record: nil, problems: problems)
        let title = eyes.say(Words.new(definition.label))
        let crumbs = [
            Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)), Shell.Crumb(text: title, url: nil),
        ]
        if definition.print != nil, duplicates.isEmpty {
            var sheet = QuotationComposition(form: form, versions: []).page()
            sheet.hidden = [("idempotency-key", key), ("prefilled", prefilled.sorted().joined(separator: ","))]
            return page(
                sheet, frame, title: title, place: object, crumbs: crumbs, backURL: Paths.list(object),
                scripts: ["quote.js"], status: status)
        }
        var content = FormPage(
            title: title, postURL: Paths.new(object), cancelURL: Paths.list(object), object: object,
            sections: form.sections(with: try await wishSection(definition, values, eyes)))
        if let cap = try await emergencyUse(definition) { content.note = cap }
        content.problems = form.problemItems
        content.duplicates = duplicates
        content.idempotencyKey = key
        content.hidden =
            [("prefilled", prefilled.sorted().joined(separator: ","))] + passedThrough(values, definition, form)
        return page(
            content, frame, title: title, place: object, crumbs: crumbs, backURL: Paths.list(object),
            scripts: ["form.js"], status: status)
    }

    /// Fields given by the address that have no control in the form, such as what a note is about.
    private func passedThrough(
        _ values: FormValues, _ definition: ObjectDefinition, _ form: FormComposition
    ) -> [(name: String, value: String)] {
        let shown = Set(form.sections().flatMap(\.fields).map(\.name))
        return values.texts.filter { !shown.contains($0.key) && form.settable.contains($0.key) && !$0.value.isEmpty }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func editPage(
        _ frame: Frame, _ record: RecordView, values: FormValues, problems: [Problem] = [], merge: FieldMerge? = nil,
        status: Int = 200
    ) async throws -> Reply {
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(record.object) else { throw Rejection.noSuchPath }
        let form = FormComposition(
            eyes: eyes, definition: definition, values: values, record: record, problems: problems)
        let here = Paths.record(record.object, record.id.description)
        let title = record.title.isEmpty ? eyes.say(definition.label) : record.title
        let crumbs = [
            Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(record.object)),
            Shell.Crumb(text: title, url: here),
            Shell.Crumb(text: eyes.say(Words.edit), url: nil),
        ]
        let conflicts = try await conflicts(merge, form, record)
        let isStale = merge != nil
        let seen = (
            name: "seen",
            value: FormValues(record, format: context.format, model: eyes.model).written(settable: form.settable)
        )
        if definition.print != nil {
            let versions = try await kernel.answer(VersionsOfDocument(record: record), as: actor)
            var sheet = QuotationComposition(form: form, versions: versions).page()
            sheet.conflicts = conflicts
            sheet.hidden = [seen]
            if isStale, conflicts.isEmpty {
                sheet.notes.insert(Note(tone: .warn, text: eyes.say(Words.stale), isLive: true), at: 0)
            }
            return page(
                sheet, frame, title: title, place: record.object, crumbs: crumbs, backURL: here,
                scripts: ["quote.js", "presence.js"], status: status)
        }
        var content = FormPage(
            title: eyes.say(Words.edit) + " · " + title, note: eyes.say(definition.label),
            postURL: Paths.edit(record.object, record.id.description),
            cancelURL: here, object: record.object,
            sections: form.sections(with: try await wishSection(definition, values, eyes)))
        content.id = record.id.description
        content.version = record.version
        content.hidden = [seen]
        content.problems = form.problemItems
        if isStale, conflicts.isEmpty {
            content.problems = [ErrorSummary.Item(text: eyes.say(Words.stale), control: nil)]
        }
        content.conflicts = conflicts
        return page(
            content, frame, title: title, place: record.object, crumbs: crumbs, backURL: here,
            scripts: ["form.js", "presence.js"],
            status: status)
    }
}

extension Rejection {
    /// The refusal as one thing wrong with the whole form.
    var asProblem: Problem { Problem(field: nil, code: code, message: message) }

    static let notForThisRole = Rejection(
        .forbidden, code: "forbidden", message: Label(zh: "当前角色不能做这件事", en: "Your role can't do this"))
}
