import Calendars
import Expressions
import Values

/// What expressions may call beyond the language itself.
struct TradeFunctions {
    let holidays: HolidayTable

    var all: [ExternalFunction] { [workDays, addWorkDays] }

    /// `WORKDAYS(from, to)`: working days of the company's country from the first day to the second.
    private var workDays: ExternalFunction {
        let holidays = holidays
        return ExternalFunction(
            name: "WORKDAYS", parameters: [.day, .day], result: .decimal(scale: 0)
        ) { arguments in
            guard let from = arguments[0].day, let to = arguments[1].day else { return .null }
            let calendar = WorkingCalendar(country: "CN", holidays: holidays)
            return .decimal(ExactDecimal(calendar.workingDays(from: from, to: to)))
        }
    }

    /// `ADDWORKDAYS(day, n)`: the day on which n working days have passed.
    private var addWorkDays: ExternalFunction {
        let holidays = holidays
        return ExternalFunction(
            name: "ADDWORKDAYS", parameters: [.day, .decimal(scale: 0)], result: .day
        ) { arguments in
            guard let from = arguments[0].day, let days = arguments[1].decimal else { return .null }
            let calendar = WorkingCalendar(country: "CN", holidays: holidays)
            return .day(try calendar.day(from, plusWorkingDays: Int(days.floor)))
        }
    }
}
