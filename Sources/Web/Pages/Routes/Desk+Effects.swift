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
            title: eyes.say(label),
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
}
