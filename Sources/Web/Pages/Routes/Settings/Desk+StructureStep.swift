import Definitions
import Kernel
import Values

/// The departments and regions that a new house begins with.
extension Desk {
    func structureStep() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: StructureSheet()))
        return structurePage(frame, sheet) { _ in }
    }

    private func structurePage(
        _ frame: Frame, _ sheet: FirstStepsSheet<StructureSheet>.Answer, status: Int = 200,
        _ fill: (inout StructureStepPage) -> Void
    ) -> Reply {
        let eyes = presentation(frame)
        let zones = (frame.sight.model.lists["time_zone"]?.codes ?? []).filter { !$0.retired }.map {
            FieldControl.Choice($0.code, eyes.say($0.label))
        }
        var page = StructureStepPage(
            departments: sheet.content.departments.map(\.title), regions: sheet.content.regions.map(\.title),
            zones: zones, may: Set(["department", "region"].filter { frame.sight.canCreate($0) }))
        fill(&page)
        return stepPage(.structure, sheet.state, page, frame, status: status)
    }

    func saveStructure() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: StructureSheet()))
        let text = field("departments")
        let lines = DepartmentLines(text, there: sheet.content.departments)
        let rows = typedRegions()
        var lineErrors = lines.problems.map { context[$0] }
        var checked = rows
        let regions = regionDrafts(&checked, frame.sight.model)
        let departments = lines.drafts
        let kinds =
            departments.map { Command.Kind.create(object: "department", $0.draft) }
            + regions.map { Command.Kind.create(object: "region", $0.draft) }
        guard !kinds.isEmpty || !lineErrors.isEmpty || checked.contains(where: { !$0.errors.isEmpty }) else {
            return stepDone(.structure, Label(zh: "没有新的部门或区域", en: "No new department or region"))
        }
        let trial = try await kernel.perform(Command(.bulk(kinds, atomic: false), dryRun: true), as: actor)
        for (place, part) in trial.parts.enumerated() {
            guard case .failure(let rejection) = part else { continue }
            let problem = rejection.problems.first ?? rejection.asProblem
            if place < departments.count {
                lineErrors.append(departments[place].name + ": " + context[problem.message])
            } else {
                let row = regions[place - departments.count].row
                let column = problem.field == "name" || problem.field == "countries" ? problem.field ?? "" : "code"
                checked[row].errors[column] = context[problem.message]
            }
        }
        let failed = checked
        guard lineErrors.isEmpty, failed.allSatisfy(\.errors.isEmpty) else {
            let errors = lineErrors
            return structurePage(frame, sheet, status: 422) { page in
                page.lines = text
                page.lineErrors = errors
                page.rows = failed
            }
        }
        _ = try await kernel.perform(Command(.bulk(kinds, atomic: true)), as: actor)
        try await placeBelow(lines)
        return stepDone(.structure)
    }

    /// Departments whose parent is of the same list get it when all are there.
    private func placeBelow(_ lines: DepartmentLines) async throws {
        guard !lines.below.isEmpty else { return }
        let there = try await kernel.answer(StructureSheet(), as: actor).departments
        let kinds = lines.below.compactMap { item -> Command.Kind? in
            guard let child = there.first(where: { $0.name == item.name }),
                let parent = there.first(where: { $0.name == item.parent })
            else { return nil }
            return .update(
                object: "department", id: child.id, Draft(["parent": .value(.record(parent.id))]),
                expecting: child.version)
        }
        _ = try await kernel.perform(Command(.bulk(kinds, atomic: true)), as: actor)
    }

    private func typedRegions() -> [StructureStepPage.Region] {
        (0..<3).map { place in
            func text(_ column: String) -> String { field("g\(place)." + column).trimmingSpaces }
            return StructureStepPage.Region(
                code: text("code"), name: text("name"), countries: text("countries"), zone: text("zone"))
        }
    }

    private func regionDrafts(
        _ rows: inout [StructureStepPage.Region], _ model: Model
    ) -> [(row: Int, draft: Draft)] {
        var out: [(row: Int, draft: Draft)] = []
        for place in rows.indices where !rows[place].isBlank {
            let row = rows[place]
            var countries: [String] = []
            for word in row.countries.split(whereSeparator: { ",，、;； ".contains($0) }) {
                if let code = model.lists["country"]?.code(named: String(word)) {
                    countries.append(code)
                } else {
                    rows[place].errors["countries"] = context[Label(zh: "没有国家“\(word)”", en: "No country “\(word)”")]
                }
            }
            if row.zone.isEmpty { rows[place].errors["zone"] = context[Label(zh: "选一个时区", en: "Choose a time zone")] }
            guard rows[place].errors.isEmpty else { continue }
            var draft = Draft([
                "code": .text(row.code), "name": .text(row.name), "countries": .list(countries.map { .text($0) }),
                "time_zone": .text(row.zone),
            ])
            if let first = countries.first { draft.fields["calendar"] = .text(first) }
            out.append((place, draft))
        }
        return out
    }
}

extension CodeList {
    /// The code that a person means by a word: the code itself, or its name in either language.
    func code(named word: String) -> String? {
        let wanted = word.lowercased()
        return codes.first { code in
            !code.retired
                && [code.code, code.label.zh, code.label.en].contains { $0.lowercased() == wanted }
        }?.code
    }
}

/// What is there of departments and regions.
struct StructureSheet: Question {
    struct Place: Sendable {
        let id: RecordID
        let version: Int
        let name: String
        let english: String
        let title: String
    }

    struct Answer: Sendable {
        let departments: [Place]
        let regions: [Place]
    }

    func answer(in context: ReadContext) throws -> Answer {
        Answer(departments: try places("department", context), regions: try places("region", context))
    }

    private func places(_ object: String, _ context: ReadContext) throws -> [Place] {
        let sight = try context.ask(VisibleModel())
        guard sight.canRead(object) else { return [] }
        return try context.ask(
            ListRecords(
                object: object, columns: ["name", "name_en"].filter(sight.readable(object).contains),
                sort: [SortKey(path: "name", descending: false)], limit: 500)
        ).rows.map {
            Place(
                id: $0.id, version: $0.version, name: $0["name"].text ?? "", english: $0["name_en"].text ?? "",
                title: $0.title)
        }
    }
}

/// Departments as somebody writes them, one a line: name, English name, parent.
struct DepartmentLines {
    private(set) var drafts: [(name: String, draft: Draft)] = []
    /// Those whose parent is one of the same list.
    private(set) var below: [(name: String, parent: String)] = []
    private(set) var problems: [Label] = []

    private static let most = 200

    init(_ text: String, there: [StructureSheet.Place]) {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.split(omittingEmptySubsequences: false, whereSeparator: { "\t,，;；".contains($0) }).map {
                String($0).trimmingSpaces
            }
        }.filter { !($0.first ?? "").isEmpty }
        if lines.count > Self.most {
            problems.append(Label(zh: "一次最多 \(Self.most) 行", en: "At most \(Self.most) lines at a time"))
            return
        }
        let names = Set(lines.map { $0[0] })
        for cells in lines { take(cells, names, there) }
    }

    private mutating func take(_ cells: [String], _ names: Set<String>, _ there: [StructureSheet.Place]) {
        let name = cells[0]
        var draft = Draft(["name": .text(name)])
        if cells.count > 1, !cells[1].isEmpty { draft.fields["name_en"] = .text(cells[1]) }
        if cells.count > 2, !cells[2].isEmpty {
            let parent = cells[2]
            if let known = there.first(where: { [$0.name, $0.english].contains(parent) }) {
                draft.fields["parent"] = .value(.record(known.id))
            } else if parent != name, names.contains(parent) {
                below.append((name, parent))
            } else {
                problems.append(
                    Label(
                        zh: "“\(name)”的上级部门“\(parent)”不在名单里，也还没有",
                        en: "“\(parent)”, the parent of “\(name)”, is neither in the list nor there already"))
            }
        }
        drafts.append((name, draft))
    }
}
