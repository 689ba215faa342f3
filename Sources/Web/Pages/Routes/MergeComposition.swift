import Definitions
import Kernel
import Values

/// Makes the pages of merging of what was read.
struct MergeComposition {
    let eyes: Presentation
    let definition: ObjectDefinition

    private var object: String { definition.id }

    // MARK: Which are the same

    func duplicates(_ sheet: DuplicatesSheet.Answer) -> DuplicatesPage {
        DuplicatesPage(
            object: object, plural: definition.plural,
            groups: sheet.groups.map { group in
                let records = Array(group.records.prefix(MergeWish.most + 1))
                let same = group.records.count
                return DuplicatesPage.Group(
                    records: records.map { record in
                        DuplicatesPage.Record(
                            id: record.id.description, title: record.title,
                            url: Paths.record(object, record.id.description), facts: facts(record))
                    }, others: group.records.map { $0.id.description }, count: same,
                    url: Paths.merge(
                        object, records[0].id.description, with: records.dropFirst().map { $0.id.description }))
            },
            apart: sheet.apart.map { entry in
                DuplicatesPage.Pair(
                    one: (entry.one.id.description, entry.one.title),
                    other: (entry.other.id.description, entry.other.title),
                    note: [eyes.page.format.instant(entry.at), entry.by].filter { !$0.isEmpty }.joined(
                        separator: " · "))
            })
    }

    /// What tells records apart at a glance.
    private func facts(_ record: RecordView) -> [String] {
        let titles = Set(definition.title)
        let compared = definition.duplicates.flatMap { rule in rule.keys.map(\.comparedField) }
        let shown = (definition.views.first?.columns ?? []) + compared + ["created_at"]
        var known: Set<String> = []
        var out: [String] = []
        for path in shown where known.insert(path).inserted && (!titles.contains(path) || path != titles.first) {
            let plain = eyes.shown(path, of: record).plain
            if !plain.isEmpty, plain != record.title { out.append(eyes.label(path, of: object) + " " + plain) }
        }
        return Array(out.prefix(6))
    }

    // MARK: Choosing

    func choice(_ sheet: MergeSheet.Answer) -> MergeChoicePage {
        let id = sheet.record.id.description
        var picker = FieldControl(
            name: "with", label: eyes.say(Label(zh: "与哪一条合并", en: "Merge with")),
            kind: .link(object: object, nil, createURL: nil), isRequired: true)
        picker.help = eyes.say(
            Label(zh: "下一步对比两条，逐项选择保留谁的，再合并。", en: "Next both stand side by side and you choose what stays of each."))
        return MergeChoicePage(
            object: object, id: id, title: sheet.record.title, picker: picker,
            same: sheet.same.map { (title: $0.title, id: $0.id.description) },
            merges: sheet.merges.map { merge in
                MergeChoicePage.Merge(
                    names: merge.records.map {
                        (title: $0.title, url: Paths.record(object, $0.id.description) + "?kept")
                    },
                    note: [eyes.page.format.instant(merge.at), merge.by].filter { !$0.isEmpty }.joined(
                        separator: " · "),
                    moved: merge.moved,
                    undo: merge.undoUntil.map { until in
                        (url: Paths.unmerge(object, id, merge.id.description), until: eyes.page.format.instant(until))
                    }, isUndone: merge.isUndone)
            })
    }

    // MARK: Side by side

    func preview(_ preview: MergePreview.Answer, refused: Rejection?) -> MergePage {
        let sides = preview.sides.enumerated().map { index, side in
            let others = preview.sides.filter { $0.id != side.id }.map { $0.id.description }
            return MergePage.Side(
                id: side.id.description, version: side.version, title: side.title,
                note: note(side), url: Paths.record(object, side.id.description),
                keepURL: index == 0 ? nil : Paths.merge(object, side.id.description, with: others))
        }
        let fields = preview.fields.map { part in row(part, preview.sides) }
        var counts = preview.links.reduce(into: [String: Int]()) { $0[$1.object, default: 0] += $1.count }
            .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
            .map { (label: eyes.model.object($0.key).map { eyes.say($0.plural) } ?? $0.key, count: $0.value) }
        if preview.files > 0 { counts.append((eyes.say(Label(zh: "文件", en: "Files")), preview.files)) }
        var problems = preview.problems.map { eyes.say($0.message) }
        if let refused, refused.code != "merge_refused" {
            problems.insert(eyes.say(refused.kind == .stale ? Words.stale : refused.message), at: 0)
            problems += refused.problems.map { problem in
                let label = problem.field.flatMap { definition.field($0)?.label }.map { eyes.say($0) + "：" } ?? ""
                return label + eyes.say(problem.message)
            }
        }
        return MergePage(
            object: object, sides: sides, differing: fields.filter(\.differs), equal: fields.filter { !$0.differs },
            counts: counts, problems: problems, isBlocked: !preview.problems.isEmpty)
    }

    private func note(_ side: RecordView) -> String {
        let made = eyes.shown("created_at", of: side).plain
        let owner = eyes.shown("owner", of: side).plain
        return [
            owner, made.isEmpty ? "" : eyes.say(Label(zh: "建于 \(made)", en: "made \(made)")),
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func row(_ part: MergedField, _ sides: [RecordView]) -> MergePage.Row {
        let options = sides.map { side -> MergePage.Option in
            let shown: Shown
            if case .lines = part.field.type {
                let count = side.lines[part.field.id]?.count ?? 0
                shown = count == 0 ? .nothing : .text(eyes.say(Label(zh: "\(count) 行", en: "\(count) lines")))
            } else {
                shown = eyes.shown(part.field.id, of: side)
            }
            return MergePage.Option(
                id: side.id.description, title: side.title, shown: shown,
                isChosen: part.choice == .of(side.id))
        }
        var row = MergePage.Row(
            field: part.field.id, label: eyes.say(part.field.label), options: options, isOpen: part.isOpen,
            differs: part.differs)
        if case .lines = part.field.type { row.isWhole = true }
        if part.mayTakeAll { row.all = part.choice == .all }
        return row
    }
}
