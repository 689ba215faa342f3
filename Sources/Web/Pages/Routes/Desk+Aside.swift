import Definitions
import Kernel
import Values

/// The pages around a record and a list: why, document, bin.
extension Desk {
    func why(_ object: String, _ id: RecordID) async throws -> Reply {
        let user = exchange[query: "user"].flatMap { RecordID($0) }
        let (frame, answer) = try await ask(WhySheet(object: object, id: id, user: user))
        let eyes = presentation(frame)
        let here = Paths.record(object, id.description)
        let me = actor.userID?.description ?? ""
        let chosen = user?.description ?? me
        let person = answer.people.first { $0.id.description == chosen }?.title ?? actor.name
        var content = ExplainPage(
            title: answer.record.title, backURL: here,
            verdict: ExplainPage.Verdict(
                person: person, isAllowed: answer.explanation.allowed, reasons: answer.explanation.reasons.map(eyes.say)
            ),
            formURL: Paths.why(object, id.description))
        content.people = answer.people.map { FieldControl.Choice($0.id.description, $0.title) }
        content.person = chosen
        return page(
            content, frame, title: context[Words.whyVisible], place: object,
            crumbs: [
                Shell.Crumb(
                    text: eyes.say(frame.sight.model.object(object)?.plural ?? Words.objects), url: Paths.list(object)),
                Shell.Crumb(text: answer.record.title, url: here),
                Shell.Crumb(text: context[Words.whyVisible], url: nil),
            ], backURL: here)
    }

    func document(_ object: String, _ id: RecordID) async throws -> Reply {
        let (frame, record) = try await ask(EditSheet(object: object, id: id))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object), definition.print != nil else {
            throw Rejection.noSuchPath
        }
        let here = Paths.record(object, id.description)
        let title = eyes.say(definition.label) + " " + record.title
        var content = DocumentPage(
            title: title, backURL: here, pdfURL: Paths.pdf(object, id.description), fileNote: "PDF")
        for path in ["company", "version_no", "date", "valid_until", "incoterm", "payment_term", "total", "status"] {
            guard let field = definition.field(path), eyes.isReadable(path, of: object) else { continue }
            let shown = eyes.shown(path, of: record)
            if !shown.isNothing { content.facts.append(FactList.Fact(label: eyes.say(field.label), value: shown)) }
        }
        return page(
            content, frame, title: title, place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: record.title, url: here),
                Shell.Crumb(text: "PDF", url: nil),
            ], backURL: here)
    }

    func bin(_ object: String) async throws -> Reply {
        let cursor = exchange[query: "cursor"]
        let (frame, sheet) = try await ask(BinSheet(object: object, cursor: cursor))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object), frame.sight.may("delete", object) else {
            throw Rejection.noSuchPath
        }
        var table = eyes.table([], columns: sheet.columns, of: object, label: eyes.say(definition.plural))
        table = DataTable(
            label: table.label, columns: table.columns,
            rows: sheet.rows.map { row in
                eyes.row(
                    row, columns: table.columns.map(\.id),
                    action: Button(
                        text: eyes.say(Words.restore), target: .post(Paths.restore(object, row.id.description), []),
                        icon: "undo"))
            })
        let from = max(1, exchange[query: "from"].flatMap { Int($0) } ?? 1)
        let next = sheet.next.map { "\(Paths.bin(object))?cursor=\(Paths.encoded($0))&from=\(from + sheet.rows.count)" }
        let content = BinPage(
            object: object, plural: definition.plural, table: table,
            pager: Pager(from: from, to: max(from, from + sheet.rows.count - 1), nextURL: next))
        return page(
            content, frame, title: context[Words.bin], place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: context[Words.bin], url: nil),
            ],
            backURL: Paths.list(object), scripts: ["list.js"])
    }
}

/// Why a person sees a record, with the people one may ask about.
struct WhySheet: Question {
    let object: String
    let id: RecordID
    let user: RecordID?

    struct Answer: Sendable {
        let record: RecordView
        let explanation: AccessExplanation
        let people: [RecordView]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let record = try context.ask(ShowRecord(object: object, id: id, withLines: false))
        let people =
            sight.has("users") && sight.canRead("user")
            ? try context.ask(
                ListRecords(
                    object: "user", columns: ["name"], sort: [SortKey(path: "name", descending: false)], limit: 200)
            ).rows : []
        let explanation = try context.ask(Explain(object: object, id: id, user: user))
        return Answer(record: record, explanation: explanation, people: people)
    }
}

/// Deleted records of an object, the last changed first.
struct BinSheet: Question {
    let object: String
    let cursor: String?

    func answer(in context: ReadContext) throws -> RecordPage {
        let sight = try context.ask(VisibleModel())
        guard let definition = sight.model.object(object), sight.canRead(object) else { throw Rejection.noSuchPath }
        let readable = sight.readable(object)
        let columns = (definition.title + ["owner", "deleted_at"]).filter(readable.contains)
        let sort =
            sight.filterable(object).contains("deleted_at") ? [SortKey(path: "deleted_at", descending: true)] : []
        return try context.ask(
            ListRecords(object: object, columns: columns, sort: sort, limit: 50, cursor: cursor, deleted: true))
    }
}
