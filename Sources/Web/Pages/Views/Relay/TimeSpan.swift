import Kernel
import Values

/// The days that a timeline shows, and where in it something lies: eight units a day.
struct TimeSpan {
    struct Bar {
        let column: Int
        /// Nil for a leg that is still to come.
        let run: RelaySheet.Span?
        /// The class of the styles.
        let kind: String
        let from: Int
        let until: Int
        /// Where its limit was, or is.
        let due: Int?
    }

    static let day = 8
    /// Days that are shown before today, and after it, at most.
    static let before = 70
    static let after = 150

    let today: Day
    private let first: Day
    private let last: Day
    private let format: Format

    init(rows: [RelaySheet.Row], format: Format) {
        self.format = format
        today = format.today
        var latest = format.today.adding(days: 20)
        var earliest = format.today
        for row in rows {
            for cell in row.cells { if case .ahead(let day) = cell.state { latest = max(latest, day) } }
            if let date = row.date { latest = max(latest, date) }
            if let begun = row.spans.first?.from { earliest = min(earliest, format.localDay(begun)) }
        }
        let from = max(earliest, format.today.adding(days: -Self.before))
        first = from.adding(days: 1 - from.weekday)
        last = min(latest, format.today.adding(days: Self.after)).adding(days: 6)
    }

    /// Mondays.
    var weeks: [Day] {
        stride(from: first.number, through: last.number, by: 7).map { Day(number: $0) }
    }

    var width: Int { weeks.count * 7 * Self.day }

    func holds(_ day: Day) -> Bool { day >= first && day <= last }

    func x(_ day: Day) -> Int { min(width, max(0, (day.number - first.number) * Self.day)) }

    /// With the hour of the day.
    func x(_ at: Instant) -> Int {
        let day = format.localDay(at)
        let hour = Int(format.time(at).prefix(2)) ?? 12
        return min(width, max(0, (day.number - first.number) * Self.day + hour * Self.day / 24))
    }

    /// Runs where they lay, the one that goes on until its limit or today, then the legs to come.
    func bars(_ row: RelaySheet.Row) -> [Bar] {
        var out: [Bar] = []
        var edge = x(today)
        for run in row.spans {
            let from = x(run.from)
            let due = run.due.map { x($0) }
            if let until = run.until {
                if x(until) > 0 {
                    let kind = run.wasLate ? "t" : "d"
                    out.append(Bar(column: run.column, run: run, kind: kind, from: from, until: x(until) - 1, due: due))
                }
            } else {
                edge = max(x(today) + Self.day / 2, due ?? 0)
                let kind = "c " + (row.now?.style ?? "")
                out.append(Bar(column: run.column, run: run, kind: kind, from: from, until: edge, due: due))
            }
        }
        for (column, cell) in row.cells.enumerated() {
            guard case .ahead(let day) = cell.state else { continue }
            let until = x(day)
            if until > edge {
                out.append(Bar(column: column, run: nil, kind: "n", from: edge + 1, until: until, due: nil))
            }
            edge = max(edge, until)
        }
        return out
    }
}
