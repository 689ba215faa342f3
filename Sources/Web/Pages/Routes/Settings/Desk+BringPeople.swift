import Definitions
import Documents
import Kernel
import Values

/// Colleagues brought in as a list: checked before anything is written, then all or none.
extension Desk {
    func peopleStep() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: PeopleChoices()))
        return peoplePage(frame, sheet, PeopleTable())
    }

    private func peoplePage(
        _ frame: Frame, _ sheet: FirstStepsSheet<PeopleChoices>.Answer, _ table: PeopleTable, isChecked: Bool = false,
        message: Label? = nil, pasted: String = ""
    ) -> Reply {
        let choices = sheet.content
        let page = BringPeoplePage(
            rows: table.rows, isChecked: isChecked, message: message, pasted: pasted,
            roles: choices.roles.map { context[$0.label] }, departments: choices.departments.map(\.name),
            people: choices.people.map(\.name))
        let isWrong = message != nil || table.rows.contains { !$0.problems.isEmpty }
        return stepPage(.people, sheet.state, page, frame, status: isWrong ? 422 : 200)
    }

    func bringPeople() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: PeopleChoices()))
        let table: PeopleTable
        switch field("do") {
        case "read":
            do {
                table = try readPeople()
            } catch {
                return peoplePage(
                    frame, sheet, PeopleTable(), message: Self.words(error), pasted: field("paste"))
            }
        default: table = PeopleTable(fields: fields)
        }
        guard !table.rows.isEmpty else {
            return peoplePage(
                frame, sheet, table, message: Label(zh: "还没有填人", en: "Nobody was entered yet"), pasted: field("paste"))
        }
        let reading = PeopleReading(choices: sheet.content, language: context.language)
        var (rows, people) = reading.read(table.rows)
        try await rehearse(people, &rows)
        let isSound = rows.allSatisfy(\.problems.isEmpty)
        guard field("do") == "make", isSound else {
            return peoplePage(frame, sheet, PeopleTable(rows: rows), isChecked: isSound)
        }
        return try await makePeople(rows, rows.indices.compactMap { people[$0] }, frame, sheet)
    }

    private func readPeople() throws -> PeopleTable {
        if let file = Multipart(exchange)?.file, !file.bytes.isEmpty { return try PeopleTable(bytes: file.bytes) }
        let text = field("paste")
        return text.trimmingSpaces.isEmpty ? PeopleTable() : try PeopleTable(bytes: Array(text.utf8))
    }

    private static func words(_ error: any Error) -> Label {
        if case TableError.tooManyRows? = error as? TableError {
            return Label(
                zh: "一次最多 \(NewPerson.most) 人，请分几次",
                en: "At most \(NewPerson.most) people at a time; bring them in parts")
        }
        return Label(
            zh: "这个文件读不成表格：用 CSV 或 XLSX，第一行写列名",
            en: "The file can't be read as a table: bring CSV or XLSX, with a heading row")
    }

    /// What the house has against each person, before anything is written.
    private func rehearse(_ people: [Int: NewPerson], _ rows: inout [PeopleTable.Row]) async throws {
        let places = people.keys.sorted()
        let kinds = places.compactMap { place in people[place].map { Command.Kind.create(object: "user", $0.draft) } }
        guard !kinds.isEmpty else { return }
        let trial = try await kernel.perform(Command(.bulk(kinds, atomic: false), dryRun: true), as: actor)
        for (place, part) in zip(places, trial.parts) {
            guard case .failure(let rejection) = part else { continue }
            note(rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems, at: place, &rows)
        }
    }

    private func note(_ problems: [Problem], at place: Int, _ rows: inout [PeopleTable.Row]) {
        for problem in problems {
            let column = problem.field.flatMap(PeopleTable.Column.init(rawValue:)) ?? .name
            rows[place].problems[column.rawValue] = context[problem.message]
        }
    }

    private func makePeople(
        _ rows: [PeopleTable.Row], _ people: [NewPerson], _ frame: Frame,
        _ sheet: FirstStepsSheet<PeopleChoices>.Answer
    ) async throws -> Reply {
        do {
            let outcome = try await kernel.perform(Command(.identity(.addPeople(people))), as: actor)
            let secrets = zip(rows, outcome.passes).map { row, pass in
                OneTimeListPage.Entry(
                    name: row[.name], login: row[.login], password: pass.token,
                    url: Paths.person(pass.user.description))
            }
            let page = OneTimeListPage(
                entries: secrets, until: outcome.passes.first?.expires, address: ownAddress)
            return settingsPage(
                page, frame, title: context[Words.oneTime],
                crumbs: [Shell.Crumb(text: context[Words.firstSteps], url: Paths.firstSteps)],
                backURL: Paths.firstSteps)
        } catch let rejection as Rejection where [.invalid, .conflict].contains(rejection.kind) {
            var marked = rows
            for problem in rejection.problems {
                guard let path = problem.field, let place = Self.place(in: path), marked.indices.contains(place) else {
                    continue
                }
                let field = path.split(separator: ".", maxSplits: 1).dropFirst().first.map(String.init)
                note([Problem(field: field, code: problem.code, message: problem.message)], at: place, &marked)
            }
            return peoplePage(frame, sheet, PeopleTable(rows: marked), message: rejection.message)
        }
    }

    /// `people[2].login` → 2.
    private static func place(in path: String) -> Int? {
        guard path.hasPrefix("people[") else { return nil }
        return Int(path.dropFirst(7).prefix { $0 != "]" })
    }
}
