import Definitions
import Kernel
import Values

extension Desk {
    /// Records of an object that may be the same, group by group.
    func duplicates(_ object: String) async throws -> Reply {
        let (frame, sheet) = try await ask(DuplicatesSheet(object: object))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object), definition.isMergeable,
            frame.sight.may("update", object)
        else { throw Rejection.noSuchPath }
        let content = MergeComposition(eyes: eyes, definition: definition).duplicates(sheet)
        return page(
            content, frame, title: context[Words.duplicates], place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: context[Words.duplicates], url: nil),
            ], backURL: Paths.list(object), scripts: ["merge.js"])
    }

    /// Two records, or one and the rest of its group, are not the same; or they may be after all.
    func setApart(_ object: String, _ verb: String) async throws -> Reply {
        let others = fields.filter { $0.name == "other" }.compactMap { RecordID($0.value) }
        guard let one = RecordID(field("one")), let other = others.first else { throw Rejection.noSuchPath }
        let here = Paths.duplicates(object)
        switch verb {
        case "apart":
            _ = try await kernel.perform(
                Command(.merging(.setApart(object: object, one, from: others))), as: actor)
            return done(here, context[Label(zh: "记下了：不是重复", en: "Kept: they are not the same")])
        case "together":
            _ = try await kernel.perform(
                Command(.merging(.putTogether(object: object, one, other))), as: actor)
            return done(here, context[Label(zh: "已撤回，重新比对", en: "Taken back; they are compared again")])
        default: throw Rejection.noSuchPath
        }
    }

    /// Which other records go into this one; with them, what stays of each.
    func mergeForm(_ object: String, _ id: RecordID) async throws -> Reply {
        let others = exchange.all("with").compactMap { RecordID($0) }.filter { $0 != id }
        guard !others.isEmpty else { return try await mergeByName(object, id) }
        return try await mergePreview(MergeWish(object: object, survivor: id, merged: others), refused: nil)
    }

    /// Text that was typed and never picked: the one record of this name, else the choice again with what is missing.
    private func mergeByName(_ object: String, _ id: RecordID) async throws -> Reply {
        guard exchange[query: "with"] != nil || exchange[query: "with.q"] != nil else {
            return try await mergeChoice(object, id, refused: nil)
        }
        let typed = (exchange[query: "with.q"] ?? "").trimmingSpaces
        if typed.isEmpty {
            let missing = Label(zh: "请选择另一条", en: "Choose the other one")
            return try await mergeChoice(object, id, refused: missing)
        }
        let named = try await kernel.answer(RecordsNamed(names: [object: [typed]]), as: actor)
        let found = (named[object]?[typed] ?? []).filter { $0 != id }
        if found.count == 1 {
            return try await mergePreview(MergeWish(object: object, survivor: id, merged: found), refused: nil)
        }
        let unpicked = Label(zh: "请从列表里选“\(typed.prefix(40))”", en: "Choose “\(typed.prefix(40))” from the list")
        return try await mergeChoice(object, id, refused: unpicked)
    }

    private func mergeChoice(_ object: String, _ id: RecordID, refused: Label?) async throws -> Reply {
        let (frame, sheet) = try await ask(MergeSheet(object: object, id: id))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object), definition.isMergeable else {
            throw Rejection.noSuchPath
        }
        var content = MergeComposition(eyes: eyes, definition: definition).choice(sheet)
        content.picker.error = refused.map(eyes.say)
        return mergePage(
            content, frame, definition, sheet.record, title: context[Words.mergeTitle],
            status: refused == nil ? 200 : 422)
    }

    private func mergePreview(_ wish: MergeWish, refused: Rejection?) async throws -> Reply {
        let (frame, preview) = try await ask(MergePreview(wish))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(wish.object) else { throw Rejection.noSuchPath }
        let content = MergeComposition(eyes: eyes, definition: definition).preview(preview, refused: refused)
        let title = context[Words.mergeInto(preview.sides[0].title)]
        return mergePage(
            content, frame, definition, preview.sides[0], title: title, status: refused?.kind.status ?? 200)
    }

    private func mergePage(
        _ content: some Markup, _ frame: Frame, _ definition: ObjectDefinition, _ record: RecordView, title: String,
        status: Int = 200
    ) -> Reply {
        let own = Paths.record(definition.id, record.id.description)
        return page(
            content, frame, title: title, place: definition.id,
            crumbs: [
                Shell.Crumb(text: context[definition.plural], url: Paths.list(definition.id)),
                Shell.Crumb(text: record.title, url: own), Shell.Crumb(text: title, url: nil),
            ], backURL: own, scripts: ["merge.js"], status: status)
    }

    func merge(_ object: String, _ id: RecordID) async throws -> Reply {
        var wish = MergeWish(object: object, survivor: id, merged: [])
        for (name, value) in fields {
            if name == "with", let other = RecordID(value) { wish.merged.append(other) }
            if name.hasPrefix("v."), let side = RecordID(name.dropFirst(2)) { wish.versions[side] = Int(value) }
            if name.hasPrefix("f."), let choice = MergeChoice(value) {
                wish.choices[String(name.dropFirst(2))] = choice
            }
        }
        do {
            let key = field("idempotency-key")
            let outcome = try await kernel.perform(
                Command(.merging(.merge(wish)), idempotencyKey: key.isEmpty ? nil : key), as: actor)
            let here = Paths.record(object, id.description)
            var said = context[
                Label(zh: "已合并 \(wish.merged.count + 1) 条为一条", en: "\(wish.merged.count + 1) are one now")]
            if let warning = outcome.warnings.first { said += " · " + context[warning.message] }
            return done(here, said, undo: outcome.merge.map { Paths.unmerge(object, id.description, $0.description) })
        } catch let rejection as Rejection where rejection.kind != .missing {
            // What was chosen stays chosen; what stands against it is on the page.
            if rejection.code == "already_merged" {
                return done(Paths.record(object, id.description), context[rejection.message], isError: true)
            }
            return try await mergePreview(wish, refused: rejection)
        }
    }

    func unmerge(_ object: String, _ id: RecordID, _ merge: RecordID) async throws -> Reply {
        let here = Paths.record(object, id.description)
        do {
            let outcome = try await kernel.perform(Command(.merging(.undo(merge))), as: actor)
            let left = outcome.warnings.prefix(5).map { context[$0.message] }
            let said = context[Label(zh: "合并已撤销", en: "The merge was taken back")]
            return done(here, ([said] + left).joined(separator: " · "))
        } catch let rejection as Rejection where rejection.kind != .missing {
            return done(here, context[rejection.message], isError: true)
        }
    }

    /// A record that went into another leads there; `?kept` shows it as it was.
    func whereItWent(_ object: String, _ id: RecordID) async throws -> Reply? {
        guard exchange[query: "kept"] == nil,
            let target = try await kernel.answer(MergedInto(object: object, id: id), as: actor)
        else { return nil }
        let gone = try await kernel.answer(
            ShowRecord(object: object, id: id, fields: [], withLines: false, deleted: true), as: actor)
        return done(Paths.record(object, target.id.description), context[Words.wentInto(gone.title, target.title)])
    }
}

/// A record that others are to go into, with those that may be the same and those that went in before.
struct MergeSheet: Question {
    struct Answer: Sendable {
        let record: RecordView
        let same: [(id: RecordID, title: String)]
        let merges: [MergesOf.Entry]
    }

    let object: String
    let id: RecordID

    func answer(in context: ReadContext) throws -> Answer {
        Answer(
            record: try context.ask(ShowRecord(object: object, id: id, fields: [], withLines: false)),
            same: try context.ask(SameRecords(object: object, id: id)),
            merges: try context.ask(MergesOf(object: object, id: id)))
    }
}

/// Records that may be the same, and those of which somebody said that they are not.
struct DuplicatesSheet: Question {
    struct Answer: Sendable {
        let groups: [LikelyDuplicates.Group]
        let apart: [RecordsApart.Entry]
    }

    let object: String

    func answer(in context: ReadContext) throws -> Answer {
        Answer(
            groups: try context.ask(LikelyDuplicates(object: object)),
            apart: try context.ask(RecordsApart(object: object)))
    }
}
