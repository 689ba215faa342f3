import Definitions
import Kernel
import Values

/// Working calendars: looked at through a year, set, rehearsed, and given to regions.
extension Desk {
    func calendars(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await calendarPage(nil, country: exchange[query: "country"])
        case (nil, _, true): return try await makeCalendar()
        case (let text?, 1, false): return try await calendarPage(try recordID(text), country: nil)
        case (let text?, 1, true): return try await setCalendar(try recordID(text))
        case (let text?, 2, true) where rest[1] == "regions": return try await giveCalendar(try recordID(text))
        default: throw Rejection.noSuchPath
        }
    }

    private func recordID(_ text: String) throws(Rejection) -> RecordID {
        guard let id = RecordID(text) else { throw .noSuchPath }
        return id
    }

    private func makeCalendar() async throws -> Reply {
        let draft = Draft(["name": .text(field("name").trimmingSpaces), "country": .text(field("country"))])
        do {
            let outcome = try await kernel.perform(
                Command(.create(object: CalendarComposition.object, draft)), as: actor)
            guard let id = outcome.created.first?.id else { throw Rejection.noSuchPath }
            return done(Paths.calendar(id.description) + "#set", context[Label(zh: "日历已建", en: "The calendar is made")])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return try await calendarPage(
                nil, country: nil, newProblem: context[rejection.problems.first?.message ?? rejection.message],
                status: 422)
        }
    }

    private func setCalendar(_ id: RecordID) async throws -> Reply {
        let typed = CalendarForm(fields)
        do {
            if field("do") == "preview" {
                let moves = try await kernel.answer(WhatMoves(calendar: id, draft: typed.draft), as: actor)
                return try await calendarPage(id, country: nil, typed: typed, moves: moves)
            }
            _ = try await kernel.perform(
                Command(
                    .update(object: CalendarComposition.object, id: id, typed.draft, expecting: version)), as: actor)
            return done(Paths.calendar(id.description), context[Words.saved])
        } catch let rejection as Rejection where [.invalid, .stale, .conflict].contains(rejection.kind) {
            return try await calendarPage(
                id, country: nil, typed: typed, rejection: rejection, status: rejection.kind == .invalid ? 422 : 409)
        }
    }

    /// The ticked regions use it, those that did and are not ticked any more go back to their country's.
    private func giveCalendar(_ id: RecordID) async throws -> Reply {
        let ticked = Set(fields.filter { $0.name == "region" }.map(\.value))
        let sheet = try await kernel.answer(CalendarSheet(id: id), as: actor)
        var commands: [Command.Kind] = []
        for region in sheet.regions {
            let uses = region["work_calendar"].record == id
            let wanted = ticked.contains(region.id.description)
            guard uses != wanted, region.editable.contains("work_calendar") else { continue }
            let draft = Draft(["work_calendar": wanted ? .text(id.description) : .null])
            commands.append(.update(object: "region", id: region.id, draft, expecting: region.version))
        }
        let target = Paths.calendar(id.description) + "#who"
        guard !commands.isEmpty else { return Reply.redirect(to: target) }
        do {
            _ = try await kernel.perform(Command(.bulk(commands, atomic: true)), as: actor)
            return done(target, context[Words.saved])
        } catch let rejection as Rejection where rejection.kind != .missing {
            return done(target, context[rejection.message], isError: true)
        }
    }

    private func calendarPage(
        _ id: RecordID?, country: String?, typed: CalendarForm? = nil, moves: WhatMoves.Answer? = nil,
        rejection: Rejection? = nil, newProblem: String? = nil, status: Int = 200
    ) async throws -> Reply {
        let year = exchange[query: "year"].flatMap { Int($0) }
        let (frame, sheet) = try await ask(CalendarSheet(id: id, country: country, year: year))
        let eyes = presentation(frame)
        var content = CalendarComposition(eyes: eyes, sheet: sheet, typed: typed, moves: moves, rejection: rejection)
            .page
        content.newProblem = newProblem
        content.newName = newProblem == nil ? "" : field("name")
        return settingsPage(content, frame, title: context[Words.workCalendars], status: status)
    }
}

/// What the form of a calendar holds.
struct CalendarForm {
    let name: String
    let country: String
    let weekdays: Set<String>
    let hours: String
    let days: [CalendarPage.OwnDay]

    /// So many lines are read of a form.
    static let most = 200

    init(_ fields: [(name: String, value: String)]) {
        var values: [String: String] = [:]
        for (name, value) in fields { values[name] = value.trimmingSpaces }
        name = values["name"] ?? ""
        country = values["country"] ?? ""
        weekdays = Set(fields.filter { $0.name == "weekdays" }.map(\.value).filter { !$0.isEmpty })
        hours = values["hours"] ?? ""
        var days: [CalendarPage.OwnDay] = []
        for place in 0..<Self.most {
            guard values["day\(place).first"] != nil else { break }
            let part = { (key: String) in values["day\(place)." + key] ?? "" }
            if part("first").isEmpty && part("name").isEmpty { continue }
            days.append(
                CalendarPage.OwnDay(
                    id: part("id"), first: part("first"), last: part("last"), isWorking: part("working") == "true",
                    hours: part("hours"), name: part("name")))
        }
        self.days = days
    }

    var draft: Draft {
        let text = { (value: String) -> Input in value.isEmpty ? .null : .text(value) }
        return Draft(
            [
                "name": text(name), "country": text(country), "hours": text(hours),
                "weekdays": .list(weekdays.sorted().map { .text($0) }),
            ],
            lines: [
                "days": days.map { day in
                    LineDraft(
                        id: RecordID(day.id),
                        [
                            "first": text(day.first), "last": text(day.last), "working": .bool(day.isWorking),
                            "hours": text(day.hours), "name": text(day.name),
                        ])
                }
            ])
    }
}
