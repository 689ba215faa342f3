/// What a calendar can't answer, and why.
package enum CalendarError: Error, Sendable, Hashable {
    /// Nothing opens within 366 days.
    case noWorkingTime
    /// Not a zone of the time zone database.
    case unknownZone(String)
    /// The local time exists twice on the day the clocks go back; the text must give an offset.
    case ambiguousLocalTime(LocalTime)
    /// Working hours that are empty, overlap or leave the day.
    case malformedHours(String)
    /// A line of a holiday table that can't be read.
    case malformedHolidays(line: Int, text: String)
    /// A budget outside 0 ... 525 600 minutes, or a count of days outside ± 10 000.
    case outOfRange(field: String)

    /// The permanent name of the case, for programs.
    package var code: String {
        switch self {
        case .noWorkingTime: "no_working_time"
        case .unknownZone: "unknown_zone"
        case .ambiguousLocalTime: "ambiguous_local_time"
        case .malformedHours: "malformed_hours"
        case .malformedHolidays: "malformed_holidays"
        case .outOfRange: "out_of_range"
        }
    }

    /// A sentence for people, in Chinese and in English.
    package var explanation: (zh: String, en: String) {
        switch self {
        case .noWorkingTime: ("366 天内没有工作时间", "No working time within 366 days")
        case .unknownZone(let zone): ("未知时区 \(zone)", "Unknown time zone \(zone)")
        case .ambiguousLocalTime(let time):
            ("当地时间 \(time) 出现两次，请写明时差", "The local time \(time) occurs twice; give its offset from UTC")
        case .malformedHours(let text): ("工作时间格式错误：\(text)", "Working hours are malformed: \(text)")
        case .malformedHolidays(let line, let text):
            ("假日表第 \(line) 行无法读取：\(text)", "Line \(line) of the holiday table can't be read: \(text)")
        case .outOfRange(let field): ("\(field) 超出范围", "\(field) is out of range")
        }
    }
}
