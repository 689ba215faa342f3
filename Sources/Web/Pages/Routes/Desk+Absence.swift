import Definitions
import Kernel
import Values

/// Who stands in for the reader while they are away: a person and a span of days, in two clicks.
extension Desk {
    func absence(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await absencePage()
        case (nil, _, true): return try await setStandIn()
        case (let text?, 2, true) where rest[1] == "end":
            guard let id = RecordID(text) else { throw Rejection.noSuchPath }
            return try await endStandIn(id)
        default: throw Rejection.noSuchPath
        }
    }

    private func absencePage(_ problems: [String] = [], status: Int = 200) async throws -> Reply {
        let (frame, sheet) = try await ask(AbsenceSheet())
        let eyes = presentation(frame)
        let content = AbsencePage(
            rows: sheet.rows.map {
                AbsencePage.Row($0, eyes: eyes, now: kernel.now, reader: actor.userID, team: sheet.team)
            },
            people: sheet.people.filter { $0.id != actor.userID || !sheet.team.isEmpty },
            team: sheet.people.filter { sheet.team.contains($0.id) }, spans: AbsenceSpan.all(context.format),
            problems: problems, typed: fields)
        return page(
            content, frame, title: context[Words.absence], backURL: Paths.day, scripts: ["person.js"], status: status)
    }

    private func setStandIn() async throws -> Reply {
        let format = context.format
        let span = AbsenceSpan.all(format).first { $0.id == field("span") }
        guard let first = span?.first ?? Day(field("start")), let last = span?.last ?? Day(field("end")) else {
            return try await absencePage(
                [context[Label(zh: "请选一段时间，或填写开始和结束日期", en: "Choose a span, or enter the first and the last day")]],
                status: 422)
        }
        var draft = Draft()
        draft.fields["to"] = .text(field("to"))
        let absent = RecordID(field("from")).flatMap { $0 == actor.userID ? nil : $0 }
        if let absent { draft.fields["from"] = .text(absent.description) }
        // From the reader's midnight to that after the last day.
        draft.fields["start"] = midnight(first, format)
        draft.fields["end"] = midnight(last.adding(days: 1), format)
        if !field("reason").isEmpty { draft.fields["reason"] = .text(field("reason")) }
        do {
            guard !field("to").isEmpty else { throw Rejection.noTaker }
            let key = field("idempotency-key")
            _ = try await kernel.perform(
                Command(.create(object: AbsenceSheet.object, draft), idempotencyKey: key.isEmpty ? nil : key), as: actor
            )
            return done(
                Paths.absence,
                context[
                    absent == nil
                        ? Label(zh: "已设好代理", en: "Your stand-in is set")
                        : Label(zh: "已设好代理，并通知了本人和代理人", en: "The stand-in is set; both were told")])
        } catch let rejection as Rejection where rejection.kind == .forbidden {
            return try await absencePage(
                [context[Label(zh: "只能替自己和自己管的人设代理", en: "Only for yourself and the people you manage")]], status: 422)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            let reasons = rejection.problems.map { context[$0.message] }
            return try await absencePage(reasons.isEmpty ? [context[rejection.message]] : reasons, status: 422)
        }
    }

    private func midnight(_ day: Day, _ format: Format) -> Input {
        FormReader.instant(of: day.description + "T00:00", format).map { .text($0.description) } ?? .null
    }

    /// What has begun ends now; what has not is taken back.
    private func endStandIn(_ id: RecordID) async throws -> Reply {
        let record = try await kernel.answer(
            ShowRecord(object: AbsenceSheet.object, id: id, withLines: false), as: actor)
        let hasBegun = record["start"].instant.map { $0 < kernel.now } ?? false
        let draft = Draft(["end": .text(kernel.now.description)])
        let kind: Command.Kind =
            hasBegun
            ? .update(object: AbsenceSheet.object, id: id, draft, expecting: version)
            : .delete(object: AbsenceSheet.object, id: id, expecting: version)
        do {
            _ = try await kernel.perform(Command(kind), as: actor)
            return done(Paths.absence, context[Label(zh: "代理已结束", en: "The stand-in has ended")])
        } catch let rejection as Rejection where rejection.kind != .missing {
            return done(Paths.absence, context[rejection.message], isError: true)
        }
    }
}

/// The reader's own delegations that are not over, and whom they may name.
struct AbsenceSheet: Question {
    static let object = "delegation"

    struct Answer: Sendable {
        let rows: [RecordView]
        let people: [Colleague]
        /// Whom the reader manages, directly or by one between, and may name a stand-in for.
        let team: Set<RecordID>
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard Self.isOffered(sight) else { throw Rejection.noSuchPath }
        let readable = sight.readable(Self.object)
        let team = try team(sight, context)
        let rows = try context.ask(
            ListRecords(
                object: Self.object,
                columns: ["from", "to", "start", "end", "reason"].filter(readable.contains),
                filters: [
                    team.isEmpty ? "from = ME() OR to = ME()" : "from = ME() OR to = ME() OR \(Self.managed("from."))",
                    "end >= NOW()",
                ],
                sort: [SortKey(path: "start", descending: false)], limit: 50)
        ).rows
        return Answer(
            rows: rows, people: try Colleague.all(sight, context, usually: Set(context.actor.roles)), team: team)
    }

    /// Who may name a stand-in is said by the roles; the page offers those whom they speak of.
    private func team(_ sight: ModelSight, _ context: ReadContext) throws -> Set<RecordID> {
        guard sight.creatable(Self.object).contains("from"),
            sight.filterable("user").isSuperset(of: ["manager", "active"])
        else { return [] }
        let page = try context.ask(
            ListRecords(object: "user", columns: ["id"], filters: ["active", Self.managed("")], limit: 500))
        return Set(page.rows.map(\.id))
    }

    private static func managed(_ path: String) -> String {
        "\(path)manager = ME() OR \(path)manager.manager = ME()"
    }

    /// Whether the packs know delegations and the reader may make one.
    static func isOffered(_ sight: ModelSight) -> Bool {
        guard let object = sight.model.object(object), !object.retired else { return false }
        let needed: Set<String> = ["to", "start", "end"]
        return sight.canCreate(object.id) && needed.isSubset(of: sight.creatable(object.id))
            && needed.union(["from"]).isSubset(of: sight.filterable(object.id))
    }
}

/// A span of days that one press chooses.
struct AbsenceSpan: Sendable {
    let id: String
    let label: Label
    let first: Day
    let last: Day

    static func all(_ format: Format) -> [AbsenceSpan] {
        let today = format.today
        let monday = today.adding(days: 8 - today.weekday)
        return [
            AbsenceSpan(id: "today", label: Words.today, first: today, last: today),
            AbsenceSpan(
                id: "tomorrow", label: Words.tomorrow, first: today.adding(days: 1), last: today.adding(days: 1)),
            AbsenceSpan(
                id: "week", label: Label(zh: "到本周日", en: "Until Sunday"), first: today, last: monday.adding(days: -1)),
            AbsenceSpan(
                id: "next", label: Label(zh: "下周", en: "Next week"), first: monday, last: monday.adding(days: 6)),
        ]
    }
}
