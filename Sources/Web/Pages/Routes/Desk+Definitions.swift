import Definitions
import Expressions
import Kernel
import Values

/// Building: objects and fields, each change in force at once.
extension Desk {
    func definitions(_ rest: [String]) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        guard frame.sight.has("define") else { throw Rejection.notForThisRole }
        guard isPost else {
            guard rest.count <= 1 else { throw Rejection.noSuchPath }
            return try definitionsPage(frame, rest.first)
        }
        switch (rest.count, rest.last) {
        case (0, _): return try await addObject(frame)
        case (2, "label"?): return try await change(frame, rest[0], relabelObject(frame, rest[0]), Words.saved)
        case (2, "fields"?): return try await addField(frame, rest[0])
        case (4, let verb?) where rest[1] == "fields":
            return try await change(frame, rest[0], try fieldChange(rest[0], rest[2], verb), Words.saved)
        default: throw Rejection.noSuchPath
        }
    }

    private var typedLabel: Label { Label(zh: field("label_zh").trimmingSpaces, en: field("label_en").trimmingSpaces) }

    private func relabelObject(_ frame: Frame, _ object: String) -> DefinitionChange {
        .relabelObject(id: object, label: typedLabel, plural: typedLabel)
    }

    private func fieldChange(_ object: String, _ id: String, _ verb: String) throws(Rejection) -> DefinitionChange {
        switch verb {
        case "label": return .relabelField(object: object, field: id, label: typedLabel, help: nil)
        case "retire": return .retireField(object: object, field: id)
        case "restore": return .restoreField(object: object, field: id)
        default: throw .noSuchPath
        }
    }

    private func addObject(_ frame: Frame) async throws -> Reply {
        let id = field("id").trimmingSpaces
        let added = DefinitionChange.addObject(id: id, label: typedLabel, plural: typedLabel, icon: "layers")
        return try await change(
            frame, id, added, Label(zh: "已新建，再加字段", en: "Made; now add fields"),
            failing: frame.sight.model.objects.first?.id)
    }

    private func addField(_ frame: Frame, _ object: String) async throws -> Reply {
        var type = field("type")
        if ["choice", "choices"].contains(type) { type += "(\(field("list")))" }
        if ["link", "links"].contains(type) { type += "(\(field("target")))" }
        let formula = field("formula").trimmingSpaces
        let draft = FieldDraft(
            id: field("id").trimmingSpaces, label: typedLabel, type: type, required: field("required") == "true",
            formula: formula.isEmpty ? nil : formula)
        return try await change(frame, object, .addField(object: object, draft), Label(zh: "字段已加上", en: "Field added"))
    }

    /// Carries the change out, or shows the page again with what is in its way.
    private func change(
        _ frame: Frame, _ object: String, _ change: DefinitionChange, _ said: Label, failing: String? = nil
    ) async throws -> Reply {
        do {
            _ = try await kernel.perform(Command(.define([change])), as: actor)
            return done(Paths.definition(object), context[said])
        } catch let rejection as Rejection where [.invalid, .conflict, .malformed].contains(rejection.kind) {
            var draft: [String: String] = [:]
            for (name, value) in fields { draft[name] = value }
            let problems = rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems
            return try definitionsPage(frame, failing ?? object, problems: problems, draft: draft)
        }
    }

    private func definitionsPage(
        _ frame: Frame, _ id: String?, problems: [Problem] = [], draft: [String: String] = [:]
    ) throws -> Reply {
        let eyes = presentation(frame)
        guard var content = DefinitionsComposition(eyes: eyes).page(id, problems: problems, draft: draft) else {
            throw Rejection.noSuchPath
        }
        content.renamed = exchange[query: "rename"]
        let title = context[Words.definitions]
        return page(
            content, frame, title: title,
            crumbs: [
                Shell.Crumb(text: title, url: Paths.definitions),
                Shell.Crumb(text: context[content.object.label], url: nil),
            ],
            backURL: Paths.day, scripts: ["form.js"], status: problems.isEmpty ? 200 : 422)
    }
}

/// Makes the page of definitions for one object.
private struct DefinitionsComposition {
    let eyes: Presentation

    func page(_ id: String?, problems: [Problem], draft: [String: String]) -> DefinitionsPage? {
        let all = objects()
        let first = eyes.model.menu.first { $0.primary }?.object
        guard let chosen = all.first(where: { $0.id == id ?? first }) ?? (id == nil ? all.first : nil),
            let definition = eyes.model.object(chosen.id)
        else { return nil }
        var page = DefinitionsPage(
            objects: all, object: chosen,
            fields: definition.fields.filter { eyes.sight.shows($0, of: definition) }.map(field),
            types: types(), lists: lists(), linkTargets: targets())
        page.problems = problems.map { ErrorSummary.Item(text: eyes.say($0.message), control: nil) }
        page.draft = draft
        page.modelVersion = eyes.model.version
        return page
    }

    /// Objects in the order of the model, each followed by its lines.
    private func objects() -> [DefinitionsPage.Object] {
        let all: [ObjectDefinition] = eyes.sight.objects
        var ordered: [ObjectDefinition] = []
        for object in all where object.parent == nil {
            ordered.append(object)
            ordered += all.filter { $0.parent == object.id }
        }
        return ordered.map { Self.entry($0) }
    }

    private static func entry(_ object: ObjectDefinition) -> DefinitionsPage.Object {
        let own = object.liveFields.filter { !$0.isSystem }
        return DefinitionsPage.Object(
            id: object.id, label: object.label, icon: object.icon, fieldCount: own.count,
            isOwn: object.layer == .overlay, isRetired: object.retired, isLines: object.parent != nil)
    }

    private func field(_ field: FieldDefinition) -> DefinitionsPage.Field {
        var out = DefinitionsPage.Field(
            id: field.id, label: field.label, type: FieldTypeWords(eyes: eyes).name(field.type))
        if field.required { out.tags.append(Tag(eyes.say(Words.required), tone: .warn)) }
        if field.formula != nil || field.rollup != nil { out.tags.append(Tag(eyes.say(Words.computed), tone: .info)) }
        if let level = field.sensitivity {
            let words = RightsWords(model: eyes.model, page: eyes.page)
            out.tags.append(Tag(words.sensitivity(level), tone: .mute, icon: "lock"))
        }
        out.formula = field.formula?.source
        out.isOwn = field.layer == .overlay
        out.isRetired = field.retired
        out.isFixed = field.isSystem
        return out
    }

    private func types() -> [FieldControl.Choice] {
        FieldTypeWords.names.filter { !["lines", "files", "json", "anylink"].contains($0.code) }.map {
            FieldControl.Choice($0.code, eyes.say($0.label))
        }
    }

    private func lists() -> [FieldControl.Choice] {
        eyes.model.lists.values.sorted { $0.id < $1.id }.map { FieldControl.Choice($0.id, eyes.say($0.label)) }
    }

    private func targets() -> [FieldControl.Choice] {
        eyes.sight.objects.filter { $0.parent == nil && !$0.retired }.map {
            FieldControl.Choice($0.id, eyes.say($0.label))
        }
    }
}
