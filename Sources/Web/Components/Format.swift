import Definitions
import Values

/// How values read on screen for one reader: language, day and zone.
struct Format: Sendable {
    let language: Language
    /// Today in the reader's zone; dates of other years show the year.
    let today: Day
    /// Seconds east of UTC of the reader's zone at an instant.
    let offset: @Sendable (Instant) -> Int

    init(language: Language, today: Day, offset: @escaping @Sendable (Instant) -> Int) {
        self.language = language
        self.today = today
        self.offset = offset
    }

    /// 11-28, 28 Nov; with the year when it is another one.
    func day(_ day: Day) -> String {
        let (year, month, number) = day.components
        let sameYear = year == today.components.year
        if language == .zh {
            let short = Self.two(month) + "-" + Self.two(number)
            return sameYear ? short : String(year) + "-" + short
        }
        let short = String(number) + " " + Self.months[month - 1]
        return sameYear ? short : short + " " + String(year)
    }

    /// The day without its year, where half a year either way leaves no doubt which one is meant.
    func shortDay(_ day: Day) -> String {
        let (_, month, number) = day.components
        guard abs(day.number - today.number) < 180 else { return self.day(day) }
        return language == .zh
            ? Self.two(month) + "-" + Self.two(number) : String(number) + " " + Self.months[month - 1]
    }

    /// 今天, 明天, 昨天 or the day.
    func nearDay(_ day: Day) -> String {
        switch day.number - today.number {
        case 0: Words.today[language]
        case 1: Words.tomorrow[language]
        case -1: Words.yesterday[language]
        default: self.day(day)
        }
    }

    /// Heads of a timeline: 今天 · 11 月 20 日 周五, Today · Fri 20 Nov.
    func dayHeading(_ day: Day) -> String {
        let (year, month, number) = day.components
        let weekday = Self.weekdays[day.weekday - 1][language]
        let sameYear = year == today.components.year
        let date: String
        if language == .zh {
            date = (sameYear ? "" : "\(year) 年 ") + "\(month) 月 \(number) 日 \(weekday)"
        } else {
            date = "\(weekday) \(number) \(Self.months[month - 1])" + (sameYear ? "" : " \(year)")
        }
        let near = nearDay(day)
        return near == self.day(day) ? date : near + " · " + date
    }

    /// The day of an instant in the reader's zone.
    func localDay(_ instant: Instant) -> Day { instant.adding(seconds: offset(instant)).day }

    /// 09:24 周五, of a wall time written as if it were UTC.
    func weekTime(_ wall: Instant) -> String {
        let day = wall.day
        let second = Int(wall.secondsSinceEpoch - Int64(day.number) * 86_400)
        let weekday = Self.weekdays[day.weekday - 1][language]
        return Self.two(second / 3600) + ":" + Self.two(second / 60 % 60) + " " + weekday
    }

    /// 16:05 in the reader's zone.
    func time(_ instant: Instant) -> String {
        let local = instant.adding(seconds: offset(instant))
        let second = Int(local.secondsSinceEpoch - Int64(local.day.number) * 86_400)
        return Self.two(second / 3600) + ":" + Self.two(second / 60 % 60)
    }

    /// 11-28 16:05; today only the time.
    func instant(_ instant: Instant) -> String {
        let day = localDay(instant)
        return day == today ? time(instant) : self.nearDay(day) + " " + time(instant)
    }

    /// 2026-11-28 16:05: for paper, which is read in other years.
    func dated(_ instant: Instant) -> String { localDay(instant).description + " " + time(instant) }

    /// What `<input type="datetime-local">` holds.
    func localInput(_ instant: Instant) -> String {
        localDay(instant).description + "T" + time(instant)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0" + String(number) : String(number) }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// From Monday on.
    static let weekdays = [
        Label(zh: "周一", en: "Mon"), Label(zh: "周二", en: "Tue"), Label(zh: "周三", en: "Wed"),
        Label(zh: "周四", en: "Thu"), Label(zh: "周五", en: "Fri"), Label(zh: "周六", en: "Sat"),
        Label(zh: "周日", en: "Sun"),
    ]
}
