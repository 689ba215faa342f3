import Calendars
package import Definitions
import Expressions
import Store
package import Values

/// Times at which some people can meet, the best first, with everybody's local time and why.
package struct FindMeeting: Question {
    package struct Seat: Sendable {
        package let person: RecordID
        package let name: String
        package let zone: String
        package let day: Day
        /// Minutes since midnight there.
        package let minute: Int
        /// `inside`, `edge`, `day_off` or `night`.
        package let fit: String
        /// Minutes outside their hours in the last meetings of these people.
        package let carried: Int
    }

    package struct Slot: Sendable {
        package let starts: Instant
        package let ends: Instant
        package let score: Int
        package let seats: [Seat]
        package let why: Label
    }

    package let attendees: [RecordID]
    package let minutes: Int
    /// Not before; nil for now.
    package let from: Instant?
    package let days: Int

    package init(attendees: [RecordID], minutes: Int = 30, from: Instant? = nil, days: Int = 14) {
        self.attendees = attendees
        self.minutes = minutes
        self.from = from
        self.days = days
    }

    package static let most = 50
    private static let proposals = 5
    /// Past meetings of the same people that count.
    private static let remembered = 5

    /// One statement besides the book of people, and one for who came to the meetings before.
    ///
    /// - Throws: `no_attendees` without two people who work here.
    package func answer(in context: ReadContext) throws -> [Slot] {
        guard context.actor.userID != nil || context.actor.isSystem else { throw Rejection.notAllowed }
        let book = try context.peopleBook()
        var seen: Set<RecordID> = []
        let known = attendees.filter { seen.insert($0).inserted && book.byID[$0]?.isActive == true }
        guard known.count >= 2, known.count <= Self.most else { throw Rejection.noAttendees }
        let carried = try carried(known, book, context)
        let finder = MeetingFinder(
            people: known.map {
                MeetingFinder.Person(id: $0, calendar: book.calendar(of: $0), carried: carried[$0] ?? 0)
            },
            minutes: minutes)
        let start = max(from ?? context.now, context.now)
        return finder.best(Self.proposals, from: start, days: days).map { slot in
            let seats = slot.seats.map { seat in
                Seat(
                    person: seat.person, name: book.byID[seat.person]?.name ?? "",
                    zone: book.byID[seat.person]?.timeZone ?? "", day: seat.local.day,
                    minute: seat.local.secondOfDay / 60, fit: seat.fit.rawValue, carried: carried[seat.person] ?? 0)
            }
            return Slot(
                starts: slot.starts, ends: slot.ends, score: slot.score, seats: seats, why: Self.why(seats))
        }
    }

    /// Minutes that each sat outside their hours in the last meetings of just these people.
    private func carried(
        _ people: [RecordID], _ book: PeopleBook, _ context: ReadContext
    ) throws -> [RecordID: Int] {
        guard let definition = context.model.object("meeting"), !definition.retired,
            case .links? = definition.field("attendees")?.type, definition.field("starts_at") != nil
        else { return [:] }
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("meeting finder"),
            now: context.now)
        let source =
            "starts_at < NOW() AND " + people.map { "HAS(attendees, \"\($0)\")" }.joined(separator: " AND ")
        return try context.connection.beyondSight {
            let rows = try house.store.select(
                RecordQuery(
                    object: definition.id, predicates: [try house.filter(source, on: definition.id)],
                    context: house.evaluation,
                    fields: ["starts_at", "max_minutes"].filter { definition.field($0) != nil }.map { FieldPath([$0]) },
                    sort: [SortKey(path: "starts_at", descending: true)], limit: 50))
            let came = try house.store.links(definition.id, "attendees", of: rows.map(\.id))
            let same = rows.filter { came[$0.id]?.count == people.count }.prefix(Self.remembered)
            var out: [RecordID: Int] = [:]
            for row in same {
                guard let starts = row[path: "starts_at"].instant else { continue }
                let length = row[path: "max_minutes"].decimal.flatMap { Int(exactly: $0.floor) } ?? 30
                for person in people {
                    let seat = MeetingFinder.Person(id: person, calendar: book.calendar(of: person))
                    out[person, default: 0] += MeetingFinder.outside(
                        seat, from: starts, to: starts.adding(seconds: length * 60))
                }
            }
            return out
        }
    }

    private static func why(_ seats: [Seat]) -> Label {
        let outside = seats.filter { $0.fit != "inside" }
        guard !outside.isEmpty else {
            return Label(zh: "所有人都在工作时间内", en: "Everybody is within working hours")
        }
        let zh = outside.map { "\($0.name) \(Self.words[$0.fit]?.zh ?? "")" }.joined(separator: "、")
        let en = outside.map { "\($0.name) \(Self.words[$0.fit]?.en ?? "")" }.joined(separator: ", ")
        let spared = seats.filter { $0.fit == "inside" && $0.carried > 0 }
        guard let most = spared.max(by: { $0.carried < $1.carried }) else {
            return Label(zh: zh + "，其余在工作时间内", en: en + "; the others within hours")
        }
        return Label(
            zh: zh + "；上次 \(most.name) 迁就过，这次轮换", en: en + "; \(most.name) gave way before, so it is others' turn")
    }

    private static let words = [
        "edge": Label(zh: "在工作时间外", en: "outside working hours"), "day_off": Label(zh: "在休息日", en: "on a day off"),
        "night": Label(zh: "在夜间", en: "at night"),
    ]
}

extension Rejection {
    static let noAttendees = Rejection(
        .invalid, code: "no_attendees",
        message: Label(zh: "选 2 到 50 位在职同事", en: "Choose 2 to 50 colleagues who work here"))
}
