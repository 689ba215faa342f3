import Definitions
import Kernel
import Values

/// The sheet of effects on the page of a request for a change.
extension Desk {
    /// Confirms one line, with the amount and the days as corrected.
    func confirmEffect(_ object: String, _ id: RecordID, _ line: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), let desk = definition.change,
            let lineID = RecordID(line)
        else { throw Rejection.noSuchPath }
        let record = try await kernel.answer(ShowRecord(object: object, id: id), as: actor)
        let drafts = (record.lines[desk.sheet] ?? []).map { stored -> LineDraft in
            guard stored.id == lineID else { return LineDraft(id: stored.id, [:]) }
            var values: [String: Input] = [ImpactField.confirmed: .bool(true)]
            for name in [ImpactField.amount, ImpactField.days] where fields.contains(where: { $0.name == name }) {
                let text = field(name).filter { !$0.isWhitespace && $0 != "," }
                values[name] = text.isEmpty ? .null : .text(text)
            }
            return LineDraft(id: stored.id, values)
        }
        let here = Paths.record(object, id.description)
        do {
            _ = try await kernel.perform(
                Command(.update(object: object, id: id, Draft(lines: [desk.sheet: drafts]), expecting: version)),
                as: actor)
            return done(here + "#effects", context[Label(zh: "已确认", en: "Confirmed")])
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            let reasons = rejection.problems.prefix(3).map { context[$0.message] }
            return done(
                here + "#effects",
                (reasons.isEmpty ? [context[rejection.message]] : reasons).joined(separator: " · "), isError: true)
        }
    }
}

extension RecordComposition {
    /// Nil for what is no request for a change, and before anything was worked out.
    func effects() -> EffectsCard? {
        guard let desk = definition.change, eyes.isReadable(desk.sheet, of: object),
            case .lines(let child)? = definition.field(desk.sheet)?.type, let rows = record.lines[desk.sheet],
            !rows.isEmpty, let label = definition.field(desk.sheet)?.label
        else { return nil }
        let canEdit = !sheet.isDeleted && record.editable.contains(desk.sheet)
        let text = eyes.page.language == .zh ? ImpactField.textZh : ImpactField.textEn
        return EffectsCard(
            title: eyes.say(label), wishes: wishes(desk),
            rows: rows.map { row in
                let kind: Tag =
                    if case .tags(let tags) = eyes.shown(ImpactField.kind, of: row), let first = tags.first {
                        first
                    } else { Tag("–") }
                let about = eyes.shown(ImpactField.other, of: row)
                return EffectsCard.Row(
                    id: row.id.description, kind: kind,
                    text: row[text].text ?? row[ImpactField.textZh].text ?? "",
                    about: about.isNothing ? eyes.shown(ImpactField.document, of: row) : about,
                    amount: eyes.shown(ImpactField.amount, of: row, parent: record).plain,
                    days: eyes.shown(ImpactField.days, of: row).plain,
                    amountValue: row[ImpactField.amount].decimal?.shortest ?? "",
                    daysValue: row[ImpactField.days].decimal?.shortest ?? "",
                    isConfirmed: row[ImpactField.confirmed] == .bool(true))
            }, postURL: canEdit ? Paths.record(object, id) + "/effects" : nil, version: record.version,
            canSeeAmounts: eyes.isReadable(ImpactField.amount, of: child))
    }

    /// Field by field what was asked for; lines by their place.
    private func wishes(_ desk: ChangeDefinition) -> [(label: String, before: String, after: String)] {
        // Both are JSON that the house has stored; what isn't an object says nothing here.
        guard case .object(let after)? = record[desk.after].text.flatMap({ try? JSONText.read(Array($0.utf8)) }) else {
            return []
        }
        var before: [String: Input] = [:]
        if case .object(let parts)? = record[desk.before].text.flatMap({ try? JSONText.read(Array($0.utf8)) }) {
            before = parts
        }
        return after.sorted { $0.key < $1.key }.flatMap {
            name, wish -> [(label: String, before: String, after: String)] in
            let field = eyes.model.object(desk.object)?.field(name)
            let label = field.map { eyes.say($0.label) } ?? name
            guard case .list(let lines) = wish, case .lines(let child)? = field?.type else {
                return [(label, Self.plain(before[name]), Self.plain(wish))]
            }
            let old: [Input] = if case .list(let items)? = before[name] { items } else { [] }
            return lines.enumerated().flatMap { place, line -> [(label: String, before: String, after: String)] in
                guard case .object(let parts) = line else { return [] }
                let was: [String: Input] =
                    if old.indices.contains(place), case .object(let known) = old[place] { known } else { [:] }
                let number = parts["line"].map { " " + Self.plain($0) } ?? ""
                return parts.sorted { $0.key < $1.key }.filter { $0.key != "line" && $0.key != "id" }.map {
                    key, value in
                    let cell = eyes.model.object(child)?.field(key).map { eyes.say($0.label) } ?? key
                    return (label + number + " · " + cell, Self.plain(was[key]), Self.plain(value))
                }
            }
        }
    }

    private static func plain(_ input: Input?) -> String {
        switch input {
        case nil, .null?: ""
        case .text(let text)?: text
        case .number(let digits)?: ExactDecimal(digits)?.shortest ?? digits
        case .some(let other): JSONText.write(other)
        }
    }
}
