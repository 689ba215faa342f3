import Calendars
import Definitions
import Flow
import Store
import Values

/// How long the legs of an object take when nothing holds them up: the time within which a quarter of the recent runs
/// were done. The middle of the runs would count what orders spend waiting for their ship as if it were work, and call
/// half of all orders late; the limit is what must not be passed, not what is usual.
struct LegPace: Sendable {
    /// Leg → working days.
    let days: [String: Double]

    static let none = LegPace(days: [:])
    /// The runs of so many days back count.
    static let window = 90
    /// With fewer runs the limit stands in.
    static let least = 8
    static let most = 4000

    init(days: [String: Double]) { self.days = days }

    /// - Parameter ended: runs of the last `window` days.
    init(of ended: [LegEntry], _ measure: LegMeasure) {
        var found: [String: Double] = [:]
        for (leg, runs) in Dictionary(grouping: ended, by: \.leg) where runs.count >= Self.least {
            found[leg] = runs.map(measure.days).sorted()[runs.count / 4]
        }
        days = found
    }
}

extension LegMeasure {
    /// One statement, at most once in a quarter of an hour for each object.
    func pace(of process: ProcessDefinition, _ object: String) throws -> LegPace {
        let quarter = context.now.milliseconds / 900_000
        return try context.snapshot.kept.pace(of: process.id + "." + object, at: quarter) {
            LegPace(of: try ended(process, object), self)
        }
    }

    /// Runs of all records that ended within the window, the newest first. One statement.
    func ended(_ process: ProcessDefinition, _ object: String) throws -> [LegEntry] {
        try Legs(context.connection).ended(
            process: process.id, object: object,
            since: context.now.adding(seconds: -LegPace.window * 86_400), limit: LegPace.most)
    }

    /// Why a record may miss its day; nil when it won't, or when nobody promised one.
    ///
    /// - Parameters:
    ///   - by: the leg that must have ended by then.
    ///   - following: the legs after the current one, in order.
    func risk(
        _ current: LegEntry?, _ leg: LegDefinition?, by: String?, promised: Day?, following: [LegDefinition],
        ahead: [(leg: LegDefinition, day: Day)], pace: LegPace
    ) -> RelaySheet.Risk? {
        guard let current, let leg, let by, let promised else { return nil }
        let calendar = book.calendar(of: current.holder)
        let today = calendar.zone.day(at: context.now)
        let left = Double(max(0, calendar.workingDays(from: today, to: promised)))
        let isLate = current.dueAt.map { $0 <= context.now } ?? false
        guard by != leg.id else {
            guard today > promised else { return nil }
            return RelaySheet.Risk(
                forecast: today, promised: promised, needed: 0, left: 0, longest: leg.label, longestDays: 0,
                isLate: isLate)
        }
        guard let end = ahead.first(where: { $0.leg.id == by })?.day, end > promised,
            let last = following.firstIndex(where: { $0.id == by })
        else { return nil }
        let rest = following[...last].map { (label: $0.label, days: usual($0, pace)) }
        let now = max(0, usual(leg, pace) - days(current))
        let longest = (rest + [(leg.label, now)]).max { $0.days < $1.days } ?? (leg.label, now)
        return RelaySheet.Risk(
            forecast: end, promised: promised, needed: now + rest.map(\.days).reduce(0, +), left: left,
            longest: longest.label, longestDays: longest.days, isLate: isLate)
    }

    /// Working days: how long the leg takes when nothing holds it up, else its limit, else one day.
    func usual(_ leg: LegDefinition, _ pace: LegPace) -> Double { pace.days[leg.id] ?? standard(leg) ?? 1 }
}
