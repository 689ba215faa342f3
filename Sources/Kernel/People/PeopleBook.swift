import Calendars
import Definitions
import Expressions
import Store
import Values

/// Who works here, whom each answers to, and who stands in for whom: read once per block.
struct PeopleBook {
    struct Person: Sendable {
        let id: RecordID
        let name: String
        let roles: [String]
        let manager: RecordID?
        let backup: RecordID?
        let department: RecordID?
        let region: RecordID?
        let timeZone: String
        let isActive: Bool
        /// A calendar of the company other than the region's.
        var workCalendar: RecordID?
    }

    /// A dated delegation: `to` stands in for `from`, start included, end excluded.
    struct Delegation: Sendable {
        let from: RecordID
        let to: RecordID
        let start: Instant
        let end: Instant
        /// Not for decisions about more than this, in the base currency.
        let amountCap: ExactDecimal?
    }

    let byID: [RecordID: Person]
    /// In the order in which people came.
    let people: [Person]
    let delegations: [Delegation]
    /// Region → ISO code of the country whose holidays apply there.
    let calendars: [RecordID: String]
    /// Department → its head.
    let heads: [RecordID: RecordID]
    let holidays: HolidayTable
    /// The calendars that the company keeps itself.
    private(set) var workCalendars: [RecordID: WorkCalendar] = [:]
    /// Region → the calendar of the company used there.
    let regional: [RecordID: RecordID]

    init(
        people: [Person], delegations: [Delegation], calendars: [RecordID: String], heads: [RecordID: RecordID],
        holidays: HolidayTable, workCalendars: [RecordID: WorkCalendar] = [:], regional: [RecordID: RecordID] = [:]
    ) {
        self.workCalendars = workCalendars
        self.regional = regional
        self.people = people
        self.delegations = delegations
        self.calendars = calendars
        self.heads = heads
        self.holidays = holidays
        byID = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// When somebody works: by their own calendar, else by that of their region, else by the holidays and usual hours of
    /// the region's country; always by the clock of where they live.
    func calendar(of person: RecordID?) -> WorkingCalendar {
        let known = person.flatMap { byID[$0] }
        let zone = Zones.zone(known?.timeZone ?? "Asia/Shanghai")
        if let kept = known.flatMap(workCalendar), let own = workCalendars[kept] {
            return own.calendar(holidays: holidays, zone: zone)
        }
        return WorkingCalendar(country: country(of: known), holidays: holidays, zone: zone)
    }

    /// The company's calendar that somebody works by; nil for that of their country.
    func workCalendar(of person: Person) -> RecordID? {
        [person.workCalendar, person.region.flatMap { regional[$0] }].compactMap { $0 }.first {
            workCalendars[$0] != nil
        }
    }

    func country(of person: Person?) -> String { person?.region.flatMap { calendars[$0] } ?? "CN" }

    /// The same company with one calendar changed.
    func with(_ calendar: WorkCalendar, as id: RecordID) -> PeopleBook {
        var copy = self
        copy.workCalendars[id] = calendar
        return copy
    }

    /// When everybody works, in few characters: another text when a deadline may be another one.
    ///
    /// - Complexity: O(people).
    var timesMark: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for person in people.sorted(by: { $0.id < $1.id }) {
            let own = workCalendar(of: person).flatMap { workCalendars[$0]?.mark } ?? country(of: person)
            for byte in "\(person.id) \(person.timeZone) \(own)\n".utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return String(hash, radix: 16)
    }

    /// Who takes over a person's work at an instant.
    ///
    /// A delegation in force decides; whoever has left is followed by their backup. The chain is walked to its end, at
    /// most five steps and never in a circle.
    ///
    /// - Parameter never: people who may not take it, such as who asked for an approval.
    /// - Returns: the person themself when they are there, else who stands in; nil when the chain ends with nobody.
    func present(_ person: RecordID, at now: Instant, amount: ExactDecimal? = nil, never: Set<RecordID> = [])
        -> RecordID?
    {
        var seen: Set<RecordID> = []
        var current = person
        for _ in 0..<6 {
            guard seen.insert(current).inserted, let known = byID[current] else { return nil }
            let delegate = delegations.first { delegation in
                delegation.from == current && delegation.start <= now && now < delegation.end
                    && !never.contains(delegation.to) && delegation.covers(amount)
            }
            if let delegate {
                current = delegate.to
            } else if known.isActive, !never.contains(current) {
                return current
            } else if let backup = known.backup {
                current = backup
            } else {
                return nil
            }
        }
        return nil
    }
}

extension PeopleBook.Delegation {
    func covers(_ amount: ExactDecimal?) -> Bool {
        guard let amountCap, let amount else { return true }
        return amount <= amountCap
    }
}

extension ReadContext {
    /// Everybody who works here. One statement in the first call of a block, five when somebody was changed since the
    /// last one.
    func peopleBook() throws -> PeopleBook {
        if let known = memory.people { return known }
        let objects = ["user", "delegation", "region", "department", WorkCalendar.object].filter {
            model.object($0)?.retired == false
        }
        let stamp = try connection.beyondSight { try store.stamp(of: objects) }
        let book = try snapshot.kept.people(at: stamp) { try PeopleReader(context: self).read() }
        memory.people = book
        return book
    }
}

/// Reads the people as the house, whoever asks.
private struct PeopleReader {
    let context: ReadContext

    func read() throws -> PeopleBook {
        try context.connection.beyondSight {
            PeopleBook(
                people: try people(), delegations: try delegations(), calendars: try calendars(),
                heads: try heads(), holidays: context.snapshot.holidays, workCalendars: try workCalendars(),
                regional: try regional())
        }
    }

    private func rows(_ object: String, _ fields: [String]) throws -> [RecordRow] {
        guard let definition = context.model.object(object), !definition.retired else { return [] }
        let known = fields.filter { definition.field($0) != nil }.map { FieldPath([$0]) }
        return try context.store.select(
            RecordQuery(
                object: object, context: context.evaluation, fields: known,
                sort: [SortKey(path: "id", descending: false)], limit: 5000))
    }

    private func people() throws -> [PeopleBook.Person] {
        let fields = [
            "name", "roles", "manager", "backup", "department", "region", "time_zone", "active", "work_calendar",
        ]
        return try rows("user", fields).map { row in
            var roles: [String] = []
            if case .list(let items) = row[path: "roles"] { roles = items.compactMap(\.text) }
            return PeopleBook.Person(
                id: row.id, name: row[path: "name"].text ?? "", roles: roles, manager: row[path: "manager"].record,
                backup: row[path: "backup"].record, department: row[path: "department"].record,
                region: row[path: "region"].record, timeZone: row[path: "time_zone"].text ?? "Asia/Shanghai",
                isActive: row[path: "active"] != .bool(false), workCalendar: row[path: "work_calendar"].record)
        }
    }

    private func delegations() throws -> [PeopleBook.Delegation] {
        try rows("delegation", ["from", "to", "start", "end", "amount_cap"]).compactMap { row in
            guard let from = row[path: "from"].record, let to = row[path: "to"].record,
                case .instant(let start) = row[path: "start"], case .instant(let end) = row[path: "end"],
                end > context.now
            else { return nil }
            return PeopleBook.Delegation(
                from: from, to: to, start: start, end: end, amountCap: row[path: "amount_cap"].decimal)
        }
    }

    private func calendars() throws -> [RecordID: String] {
        Dictionary(
            try rows("region", ["calendar"]).compactMap { row in
                row[path: "calendar"].text.map { (row.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private func heads() throws -> [RecordID: RecordID] {
        Dictionary(
            try rows("department", ["head"]).compactMap { row in
                row[path: "head"].record.map { (row.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private func regional() throws -> [RecordID: RecordID] {
        Dictionary(
            try rows("region", ["work_calendar"]).compactMap { row in
                row[path: "work_calendar"].record.map { (row.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// One that can't be read, which writing refuses, counts as none.
    private func workCalendars() throws -> [RecordID: WorkCalendar] {
        let rows = try rows(WorkCalendar.object, ["country", "weekdays", "hours"])
        if rows.isEmpty { return [:] }
        let days = try context.store.children(of: rows.map(\.id), in: WorkCalendar.object + "_day")
        var out: [RecordID: WorkCalendar] = [:]
        for row in rows {
            out[row.id] = try? WorkCalendar(row.values, lines: (days[row.id] ?? []).map(\.values))
        }
        return out
    }
}
