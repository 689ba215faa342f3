import Definitions
import Kernel
import Values

/// Makes the page of a working calendar.
struct CalendarComposition {
    static let object = "work_calendar"

    let eyes: Presentation
    let sheet: CalendarSheet.Sheet
    let typed: CalendarForm?
    let moves: WhatMoves.Answer?
    let rejection: Rejection?

    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }
    private var format: Format { eyes.page.format }

    var page: CalendarPage {
        let own = sheet.chosen.id?.description
        let country = sheet.chosen.country
        return CalendarPage(
            title: name(sheet.chosen), sentence: sentence,
            choices: sheet.choices.map { choice in
                CalendarPage.Choice(
                    name: name(choice),
                    url: choice.id.map { Paths.calendar($0.description) } ?? Paths.calendar(country: choice.country),
                    people: choice.people, isOwn: choice.id != nil, isChosen: choice.isChosen)
            }, year: sheet.year,
            yearURL: { year in
                own.map { Paths.calendar($0) + "?year=\(year)" }
                    ?? Paths.calendar(country: country) + "&year=\(year)"
            }, months: months, occasions: occasions,
            warning: sheet.knowsHolidays
                ? nil
                : say(
                    "还没有 \(sheet.year) 年的节假日数据，只按周末和公司自己的日子算。",
                    "The holidays of \(sheet.year) are not known yet; only weekends and days of the company's own count."
                ),
            people: sheet.people.map { person in
                CalendarPage.Person(
                    name: person.name,
                    url: eyes.sight.may("update", "user") ? Paths.edit("user", person.id.description) : nil,
                    region: person.region, zone: zone(person.timeZone), isOwn: person.isOwn)
            },
            regions: sheet.regions.map { region in
                CalendarPage.Region(
                    id: region.id.description, name: region.title,
                    usesThis: region["work_calendar"].record == sheet.chosen.id && sheet.chosen.id != nil,
                    mayChange: region.editable.contains("work_calendar"), version: region.version)
            }, form: sheet.mayEdit ? form : nil, countries: codes("country"), weekdays: codes("weekday"),
            weekdayHeads: eyes.language == .zh
                ? ["一", "二", "三", "四", "五", "六", "日"] : ["M", "T", "W", "T", "F", "S", "S"],
            mayCreate: sheet.mayCreate, mayEdit: sheet.mayEdit, country: country, id: own)
    }

    private func codes(_ list: String) -> [FieldControl.Choice] {
        (eyes.model.lists[list]?.codes ?? []).map { FieldControl.Choice($0.code, eyes.say($0.label)) }
    }

    private func code(_ list: String, _ code: String) -> String {
        eyes.model.lists[list]?.code(code).map { eyes.say($0.label) } ?? code
    }

    private func name(_ choice: CalendarSheet.Choice) -> String {
        choice.id == nil ? code("country", choice.country) : choice.name
    }

    private func zone(_ zone: String) -> String {
        let known = code("time_zone", zone)
        return known == zone ? zone.replacing("_", with: " ") : known
    }

    private var sentence: String {
        let worked = sheet.days.count { [.working, .makeUp, .ownOpen].contains($0.kind) }
        let days = say("\(sheet.year) 年上班 \(worked) 天", "\(worked) days worked in \(sheet.year)")
        return [say("时段 ", "Hours ") + sheet.hours, days].joined(separator: " · ")
    }

    // MARK: The year

    private var months: [CalendarPage.Month] {
        var out: [CalendarPage.Month] = []
        for month in 1...12 {
            let days = sheet.days.filter { $0.day.components.month == month }
            guard let first = days.first else { continue }
            out.append(
                CalendarPage.Month(
                    name: eyes.language == .zh ? "\(month) 月" : Self.months[month - 1], lead: first.day.weekday - 1,
                    days: days.map { day in
                        CalendarPage.Cell(
                            number: day.day.components.day, style: day.kind.rawValue, note: note(day),
                            isToday: day.day == format.today)
                    }))
        }
        return out
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private func note(_ day: CalendarSheet.Day) -> String {
        guard day.kind != .working, day.kind != .weekend else { return "" }
        let kind = CalendarPage.legend.first { $0.0 == day.kind.rawValue }.map { eyes.say($0.1) } ?? ""
        return [day.name, kind, day.hours ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Days that are not as their weekday says, those next to each other together.
    private var occasions: [CalendarPage.Occasion] {
        var out: [(first: Day, last: Day, day: CalendarSheet.Day)] = []
        for day in sheet.days where day.kind != .working && day.kind != .weekend {
            if let last = out.last, last.last.adding(days: 1) == day.day, last.day.kind == day.kind,
                last.day.name == day.name, last.day.hours == day.hours
            {
                out[out.count - 1].last = day.day
            } else {
                out.append((day.day, day.day, day))
            }
        }
        let tones: [CalendarSheet.Day.Kind: Tone] = [
            .holiday: .bad, .estimate: .bad, .makeUp: .info, .ownOpen: .ok, .ownClosed: .block,
        ]
        return out.map { span in
            let kind = CalendarPage.legend.first { $0.0 == span.day.kind.rawValue }.map { eyes.say($0.1) } ?? ""
            let days = format.shortDay(span.first) + (span.first == span.last ? "" : "–" + format.shortDay(span.last))
            return CalendarPage.Occasion(
                days: days, name: [span.day.name, span.day.hours ?? ""].filter { !$0.isEmpty }.joined(separator: " "),
                tag: Tag(kind, tone: tones[span.day.kind] ?? .mute))
        }
    }

    // MARK: The form

    private var form: CalendarPage.Form? {
        guard let record = sheet.record else { return nil }
        var form: CalendarPage.Form
        if let typed {
            form = CalendarPage.Form(
                id: record.id.description, version: record.version, name: typed.name, country: typed.country,
                weekdays: typed.weekdays, hours: typed.hours, days: typed.days)
        } else {
            var worked: Set<String> = []
            if case .list(let codes) = record["weekdays"] { worked = Set(codes.compactMap(\.text)) }
            form = CalendarPage.Form(
                id: record.id.description, version: record.version, name: record["name"].text ?? "",
                country: record["country"].text ?? "", weekdays: worked, hours: record["hours"].text ?? "",
                days: (record.lines["days"] ?? []).map { line in
                    CalendarPage.OwnDay(
                        id: line.id.description, first: line["first"].day?.description ?? "",
                        last: line["last"].day?.description ?? "", isWorking: line["working"] == .bool(true),
                        hours: line["hours"].text ?? "", name: line["name"].text ?? "")
                })
        }
        if let rejection { place(rejection, in: &form) }
        form.days += (0..<3).map { _ in CalendarPage.OwnDay() }
        form.effect = moves.map(effect)
        return form
    }

    /// Each finding at its field; what belongs to none at the head.
    private func place(_ rejection: Rejection, in form: inout CalendarPage.Form) {
        form.message = eyes.say(rejection.message)
        for problem in rejection.problems {
            let field = problem.field ?? ""
            let text = eyes.say(problem.message)
            if field.hasPrefix("days["), let place = Int(field.dropFirst(5).prefix { $0.isNumber }),
                form.days.indices.contains(place)
            {
                form.days[place].problem = text
            } else {
                form.problems[field] = text
            }
        }
    }

    private func effect(_ moves: WhatMoves.Answer) -> CalendarPage.Effect {
        let count = moves.clocks + moves.legs
        guard count > 0 else {
            return CalendarPage.Effect(
                tone: .ok,
                lead: say(
                    "不改变任何在走的时限（看了 \(moves.looked) 个）。", "No running deadline would move (\(moves.looked) looked at)."),
                lines: [])
        }
        var lead = say(
            "\(moves.clocks) 个时钟、\(moves.legs) 棒的到期时间会变：\(moves.earlier) 个提前，\(moves.later) 个推后。",
            "\(moves.clocks) clocks and \(moves.legs) legs get another deadline: \(moves.earlier) earlier, \(moves.later) later."
        )
        if moves.lateAtOnce > 0 {
            lead += say("其中 \(moves.lateAtOnce) 个马上就超时。", " \(moves.lateAtOnce) of them are late at once.")
        }
        return CalendarPage.Effect(
            tone: moves.lateAtOnce > 0 ? .warn : .info, lead: lead,
            lines: moves.examples.prefix(8).map { moved in
                let times = [moved.before, moved.after].map { $0.map(format.instant) ?? say("无", "none") }
                return .link(
                    moved.title + " · " + eyes.say(moved.what) + "：" + times.joined(separator: " → "),
                    url: Paths.record(moved.object, moved.record.description))
            })
    }
}
