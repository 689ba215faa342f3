import Calendars
import Trade
import Values

/// Working days, working hours and delivery promises as JSON; elements are `{kind, input}`.
struct CalendarKinds {
    let holidays: HolidayTable

    func result(of element: Fields) throws -> JSONValue {
        let words = try element.text("kind").split(separator: " ", maxSplits: 1).map(String.init)
        let input = try element.fields("input")
        switch words.first {
        case "add_working_days": return try addWorkingDays(input)
        case "sla_working_hours": return try workingHours(input, hours: words.count > 1 ? words[1] : "09:00-18:00")
        case "delivery_promise": return try deliveryPromise(input)
        default: throw ElementError(code: "unknown_kind", message: "Unknown calendar kind")
        }
    }

    private func addWorkingDays(_ input: Fields) throws -> JSONValue {
        let calendar = try calendar(input, "country")
        return .text(try calendar.day(input.day("start"), plusWorkingDays: input.integer("days")).description)
    }

    /// The start is a local time; with the optional member `zone` the clock changes of that zone count.
    private func workingHours(_ input: Fields, hours: String) throws -> JSONValue {
        let zone = try Zone(input.text("zone", default: "UTC"))
        let calendar = try calendar(input, "country", hours: WorkingHours(hours), zone: zone)
        guard let start = LocalTime(try input.text("start")) else {
            throw ElementError.wrong("start", "a local time such as 2026-09-24T17:30")
        }
        let minutes = try input.decimal("hours") * ExactDecimal(60)
        guard let budget = minutes.stored(at: 0) else { throw ElementError.wrong("hours", "a whole number of minutes") }
        let deadline = try calendar.deadline(after: zone.instant(of: start), minutes: Int(budget))
        return .text(zone.localTime(at: deadline).description)
    }

    private func deliveryPromise(_ input: Fields) throws -> JSONValue {
        let promise = try DeliveryPromise(
            DeliveryPromiseInput(
                deposit: input.day("deposit"), leadWorkingDays: input.integer("lead_wd"),
                inspectionWorkingDays: input.integer("qc_wd", default: 2),
                toPortWorkingDays: input.integer("to_port_wd", default: 3),
                cutOffDays: input.integer("cutoff_days", default: 2),
                sailingWeekday: input.integer("sailing_iso_weekday"), transitDays: input.integer("transit_days")),
            origin: workdays(calendar(input, "origin", default: "CN")),
            destination: workdays(calendar(input, "dest")))
        return .object([
            "goods_ready": .text(promise.goodsReady.description),
            "qc_done": .text(promise.inspected.description),
            "at_port": .text(promise.atPort.description),
            "etd": .text(promise.departure.description),
            "eta": .text(promise.arrival.description),
            "deliverable": .text(promise.deliverable.description),
        ])
    }

    private func calendar(
        _ input: Fields, _ name: String, default standard: String? = nil, hours: WorkingHours = .usual,
        zone: Zone = .utc
    ) throws -> WorkingCalendar {
        let country = try standard.map { try input.text(name, default: $0) } ?? input.text(name)
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw ElementError.wrong(name, "an ISO 3166 code such as CN")
        }
        return WorkingCalendar(country: country, holidays: holidays, hours: hours, zone: zone)
    }

    private func workdays(_ calendar: WorkingCalendar) -> WorkdayCount {
        WorkdayCount(
            // No day in reach is the only way to fail here, and the count says so itself.
            adding: { try? calendar.day($0, plusWorkingDays: $1) },
            onOrAfter: { try? calendar.workingDay(onOrAfter: $0) })
    }
}
