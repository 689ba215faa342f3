import Calendars
import Store
package import Values

/// How often people were interrupted, day by day where the asker lives: each notice that reached its person alone, by a
/// mail of its own or as a sign on an open page. Digests, what was muted and what was read before it went out interrupt
/// nobody.
package struct Interruptions: Question {
    /// Whose.
    package enum People: Sendable {
        case mine
        /// Those who answer to the asker, together.
        case team
    }

    package struct OfDay: Sendable, Hashable {
        package let day: Day
        package let urgent: Int
        package let normal: Int

        package var all: Int { urgent + normal }
    }

    package struct Answer: Sendable, Hashable {
        /// How many people these are.
        package let people: Int
        /// The newest day last.
        package let days: [OfDay]

        package var all: Int { days.reduce(0) { $0 + $1.all } }
    }

    package let people: People
    package let last: Day
    /// Days, 1...31.
    package let count: Int

    package init(of people: People = .mine, until last: Day, days count: Int = 1) {
        self.people = people
        self.last = last
        self.count = min(max(count, 1), 31)
    }

    /// One statement, and those of the people. No days for who is nobody's account or has no team.
    package func answer(in context: ReadContext) throws -> Answer {
        guard let user = context.actor.userID else { return Answer(people: 0, days: []) }
        let all: [RecordID]
        switch people {
        case .mine: all = [user]
        case .team: all = try context.peopleBook().people.filter { $0.manager == user && $0.isActive }.map(\.id)
        }
        guard !all.isEmpty else { return Answer(people: 0, days: []) }
        let zone = Zones.zone(context.actor.timeZone)
        let first = last.adding(days: 1 - count)
        let found = try Notifications(context.connection).interruptions(
            of: all, from: zone.opening(LocalTime(day: first, secondOfDay: 0)),
            until: zone.opening(LocalTime(day: last.adding(days: 1), secondOfDay: 0)), limit: Self.most)
        let byDay = Dictionary(grouping: found) { zone.day(at: $0.at) }
        let days = (0..<count).map { offset in
            let day = first.adding(days: offset)
            let these = byDay[day] ?? []
            let urgent = these.count { $0.priority == "urgent" }
            return OfDay(day: day, urgent: urgent, normal: these.count - urgent)
        }
        return Answer(people: all.count, days: days)
    }

    private static let most = 20_000
}
