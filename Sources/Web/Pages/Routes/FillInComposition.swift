import Definitions
import Documents
import Foundation
import Kernel
import Values

/// The sheet that people fill in for an import: by a template, else the fields that matter at the start.
struct FillInComposition: Question {
    /// Records of a linked object that make a list to choose from.
    private static let listed = 200
    /// Columns without a template.
    private static let usual = 16

    let object: String
    /// Id of a template; nil: the usual columns.
    let template: String?
    let presentation: @Sendable (ModelSight) -> Presentation

    func answer(in context: ReadContext) throws -> FillInSheet {
        let eyes = presentation(try context.ask(VisibleModel()))
        guard let definition = eyes.model.object(object) else { throw Rejection.noSuchPath }
        let fillable = try context.ask(FillableColumns(object: object))
        var wanted = Self.usual(definition, fillable)
        var heads: [String: String] = [:]
        if let template {
            guard
                let kept = try context.ask(ViewsOf(object: object)).sheets.first(where: {
                    $0.id.description == template
                })
            else { throw Rejection.noSuchPath }
            let sheet = SheetTemplate(kept.content)
            wanted = sheet.columns.filter { fillable.contains($0) }
            heads = sheet.heads
        }
        let columns = try wanted.map { try column($0, heads[$0], definition, eyes, context) }
        return FillInSheet(
            name: eyes.say(definition.plural), notesName: eyes.say(Label(zh: "填写说明", en: "How to fill in")),
            notesHeads: [
                eyes.say(Words.column), eyes.say(Words.required), eyes.say(Label(zh: "怎么填", en: "What to write")),
            ],
            listsName: eyes.say(Label(zh: "选项", en: "Lists")), requiredMark: eyes.say(Words.yes), columns: columns)
    }

    /// What names a record, what it needs, then its fields in order.
    private static func usual(_ definition: ObjectDefinition, _ fillable: [String]) -> [String] {
        let own = fillable.filter { !$0.contains(".") && $0 != "owner" }
        func isNeeded(_ path: String) -> Bool {
            guard let field = definition.field(path), field.series == nil else { return false }
            return definition.title.contains(path) || field.required
        }
        let needed = own.filter(isNeeded)
        let rest = own.filter { !needed.contains($0) && definition.field($0)?.series == nil }
        return needed + rest.prefix(max(0, usual - needed.count))
    }

    private func column(
        _ path: String, _ head: String?, _ definition: ObjectDefinition, _ eyes: Presentation, _ context: ReadContext
    ) throws -> FillInColumn {
        let field = eyes.field(path, of: object)
        let own = definition.field(path)
        var (hints, choices): ([String], [String]) = ([], [])
        if let help = field?.help { hints.append(eyes.say(help)) }
        switch field?.type {
        case .choice(let list)?:
            choices = codes(list, eyes)
            hints.append(eyes.say(Label(zh: "从下拉里选一个", en: "Choose one of the list")))
        case .choices(let list)?:
            hints.append(
                eyes.say(Label(zh: "可以填几个，用顿号隔开：", en: "One or several, apart by commas: "))
                    + codes(list, eyes).prefix(24).joined(separator: eyes.page.language == .zh ? "、" : ", "))
        case .bool?:
            choices = [eyes.say(Words.yes), eyes.say(Words.no)]
        case .day?: hints.append(eyes.say(Label(zh: "日期，如 2026-11-23", en: "A day such as 2026-11-23")))
        case .instant?:
            hints.append(eyes.say(Label(zh: "时间，如 2026-11-23 14:30", en: "A time such as 2026-11-23 14:30")))
        case .money?: hints.append(eyes.say(Label(zh: "只填数字，如 1250.00", en: "The number alone, such as 1250.00")))
        case .percent?: hints.append(eyes.say(Label(zh: "百分数，如 12.5%", en: "A percentage such as 12.5%")))
        case .link(let other)?:
            choices = try titles(of: other, eyes, context)
            let name = eyes.model.object(other).map { eyes.say($0.label) } ?? other
            hints.append(
                eyes.say(Label(zh: "填已有\(name)的名称或编号", en: "Name or number of a \(name) that is there")))
        default: break
        }
        let isRequired = own.map { $0.required && $0.series == nil && $0.defaultValue == nil } ?? false
        return FillInColumn(
            title: head ?? eyes.label(path, of: object), kind: ExportTable.kind(field?.type), isRequired: isRequired,
            choices: choices, hint: hints.joined(separator: eyes.page.language == .zh ? "。" : ". "))
    }

    private func codes(_ list: String, _ eyes: Presentation) -> [String] {
        (eyes.model.lists[list]?.codes ?? []).filter { !$0.retired }.map { eyes.say($0.label) }
    }

    /// Nothing when there are too many to choose from, or their names are hidden.
    private func titles(of other: String, _ eyes: Presentation, _ context: ReadContext) throws -> [String] {
        guard eyes.sight.canRead(other), let title = eyes.titleField(of: other), eyes.isUsable(title, of: other) else {
            return []
        }
        let page = try context.ask(
            ListRecords(
                object: other, columns: [title], sort: [SortKey(path: title, descending: false)],
                limit: Self.listed + 1))
        guard page.rows.count <= Self.listed else { return [] }
        var seen: Set<String> = []
        return page.rows.compactMap { $0[title].text }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension ImportWizard {
    /// The empty sheet as a workbook.
    func fillIn(template: String?) async throws -> Reply {
        let look = desk.context
        let sheet = try await desk.kernel.answer(
            FillInComposition(object: object, template: template) { Presentation(sight: $0, page: look) },
            as: desk.actor)
        let path = desk.pages.site.settings.uploads + "/" + Secrets.token() + ".xlsx"
        defer { unlink(path) }
        try sheet.write(to: path)
        return .download(
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), name: object + "-fill-in.xlsx")
    }
}
