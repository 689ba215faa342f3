import Access
import Calendars
import Definitions
import Expressions
import Store
package import Values

/// The calendars by which people work, and one of them day by day through a year.
package struct CalendarSheet: Question {
    /// One calendar: the company's own, or that of a country where nobody keeps another.
    package struct Choice: Sendable {
        /// The record; nil for the usual calendar of a country.
        package let id: RecordID?
        package let name: String
        package let country: String
        package let people: Int
        package let isChosen: Bool
    }

    /// A day of the year.
    package struct Day: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case working, weekend, holiday, makeUp
            /// A holiday by law whose official notice is not yet out.
            case estimate
            /// Worked, or not, because the company says so.
            case ownOpen, ownClosed
        }

        package let day: Values.Day
        package let kind: Kind
        /// Name of the holiday or of the company's own day.
        package let name: String
        /// Where they differ from the usual ones.
        package let hours: String?
    }

    package struct Person: Sendable {
        package let id: RecordID
        package let name: String
        package let region: String
        package let timeZone: String
        /// By a calendar of their own, not by that of their region.
        package let isOwn: Bool
    }

    package struct Sheet: Sendable {
        package let choices: [Choice]
        package let chosen: Choice
        /// The record of the chosen one with its days; nil for that of a country.
        package let record: RecordView?
        package let year: Int
        package let hours: String
        package let days: [Day]
        /// Whether the holidays of the country are known for that year.
        package let knowsHolidays: Bool
        package let people: [Person]
        package let regions: [RecordView]
        package let mayEdit: Bool
        package let mayCreate: Bool
    }

    package let id: RecordID?
    package let country: String?
    package let year: Int?

    package init(id: RecordID? = nil, country: String? = nil, year: Int? = nil) {
        self.id = id
        self.country = country
        self.year = year
    }

    /// For whoever may read calendars; people only for whoever may read them.
    ///
    /// - Throws: the rejection `not_found` for others, and for a calendar that is not there.
    package func answer(in context: ReadContext) throws -> Sheet {
        _ = try context.object(WorkCalendar.object)
        let house = try context.peopleBook()
        let records = try context.ask(
            ListRecords(
                object: WorkCalendar.object, columns: ["name", "country", "hours"],
                sort: [SortKey(path: "name", descending: false)], limit: 200)
        ).rows
        let all = choices(house, records)
        guard let chosen = all.first(where: \.isChosen) ?? (id == nil && country == nil ? all.first : nil) else {
            throw Rejection.noSuchRecord
        }
        let record = try chosen.id.map { try context.ask(ShowRecord(object: WorkCalendar.object, id: $0)) }
        let kept = chosen.id.flatMap { house.workCalendars[$0] }
        let today = Zones.day(of: context.now, in: context.actor.timeZone)
        let year = year ?? today.components.year
        guard (2000...2100).contains(year) else { throw Rejection.noSuchRecord }
        let holidays = context.snapshot.holidays
        let calendar =
            kept?.calendar(holidays: holidays, zone: .utc)
            ?? WorkingCalendar(country: chosen.country, holidays: holidays)
        let days = CalendarYear(
            calendar: calendar, country: chosen.country, holidays: holidays, own: kept?.ownDays ?? [])
        let grant = context.access.grant(WorkCalendar.object)
        return Sheet(
            choices: all.map {
                Choice(
                    id: $0.id, name: $0.name, country: $0.country, people: $0.people,
                    isChosen: $0.id == chosen.id && $0.country == chosen.country)
            },
            chosen: chosen, record: record, year: year, hours: WorkCalendar.text(calendar.hours),
            days: days.days(of: year), knowsHolidays: holidays.years(chosen.country).contains(year),
            people: try people(house, chosen, context), regions: try regions(context),
            mayEdit: grant.actions.contains("update"), mayCreate: grant.canCreate)
    }

    private func choices(_ book: PeopleBook, _ records: [RecordView]) -> [Choice] {
        let active = book.people.filter(\.isActive)
        var out = records.map { record in
            Choice(
                id: record.id, name: record["name"].text ?? "", country: record["country"].text ?? "CN",
                people: active.count { book.workCalendar(of: $0) == record.id }, isChosen: record.id == id)
        }
        let plain = active.filter { book.workCalendar(of: $0) == nil }
        let countries = Set(
            plain.map { book.country(of: $0) } + (country.map { [$0] } ?? []) + (out.isEmpty ? ["CN"] : []))
        for code in countries.sorted() where code.utf8.count == 2 {
            out.append(
                Choice(
                    id: nil, name: "", country: code, people: plain.count { book.country(of: $0) == code },
                    isChosen: code == country))
        }
        return out
    }

    private func people(_ book: PeopleBook, _ chosen: Choice, _ context: ReadContext) throws -> [Person] {
        guard context.access.grant("user").canRead else { return [] }
        let titles = try regions(context).reduce(into: [RecordID: String]()) { $0[$1.id] = $1.title }
        return book.people.filter { person in
            guard person.isActive else { return false }
            let own = book.workCalendar(of: person)
            return chosen.id == nil ? own == nil && book.country(of: person) == chosen.country : own == chosen.id
        }.map { person in
            Person(
                id: person.id, name: person.name, region: person.region.flatMap { titles[$0] } ?? "",
                timeZone: person.timeZone, isOwn: person.workCalendar != nil && person.workCalendar == chosen.id)
        }
    }

    private func regions(_ context: ReadContext) throws -> [RecordView] {
        guard context.access.grant("region").canRead else { return [] }
        let readable = context.access.grant("region").readable
        return try context.ask(
            ListRecords(
                object: "region",
                columns: ["name", "calendar", "work_calendar", "time_zone"].filter(readable.contains),
                sort: [SortKey(path: "id", descending: false)], limit: 200)
        ).rows
    }
}

/// The days of a year by one calendar.
struct CalendarYear {
    let calendar: WorkingCalendar
    let country: String
    let holidays: HolidayTable
    let own: [CalendarOverride]

    func days(of year: Int) -> [CalendarSheet.Day] {
        guard let first = Day(year: year, month: 1, day: 1), let end = Day(year: year + 1, month: 1, day: 1) else {
            return []
        }
        return (first.number..<end.number).map { number in
            let day = Day(number: number)
            let own = own.last { $0.first <= day && day <= $0.last }
            return CalendarSheet.Day(
                day: day, kind: kind(day, own), name: calendar.occasion(on: day) ?? "",
                hours: own?.isWorking == true ? own?.hours.map { WorkCalendar.text($0) } : nil)
        }
    }

    private func kind(_ day: Day, _ own: CalendarOverride?) -> CalendarSheet.Day.Kind {
        if let own { return own.isWorking ? .ownOpen : .ownClosed }
        switch holidays.holiday(country.uppercased(), day)?.kind {
        case .off?: return .holiday
        case .working?: return .makeUp
        case .estimate?: return .estimate
        case nil: return calendar.weekend.contains(day) ? .weekend : .working
        }
    }
}
