import Calendars
import Kernel
import Values

/// The invented exporter while it is being made up: who is there, what they sold, and the records of it.
struct World {
    let lastDay: Day
    /// What people did lies before this moment: the end of the last day worked before the last day, in Ningbo.
    let horizon: Instant
    /// What comes by itself, such as inquiries, lies before this moment: early on the last day, in Ningbo.
    let dawn: Instant
    let firstDay: Day
    let calendar: WorkingCalendar
    let defaults: Defaults
    var dice: Dice

    /// Made since the last `take`.
    private var made: [PastRecord] = []
    var pendingContacts: [PendingContact] = []
    /// Record → its number, as far as planted.
    var numbers: [RecordID: String] = [:]

    var people: [Person] = []
    var regions: [String: RecordID] = [:]
    var departments: [String: RecordID] = [:]
    var banks: [String: RecordID] = [:]
    var rates: RateBook
    var products: [Product] = []
    var partners: [Partner] = []
    var customers: [Customer] = []
    var priceLists: [String: RecordID] = [:]
    var campaigns: [Campaign] = []
    var freight: [FreightLane] = []
    var inquiries: [Inquiry] = []
    var deals: [Deal] = []
    var orders: [SalesOrder] = []
    var cases: [String: [RecordID]] = [:]

    init(lastDay: Day, holidays: HolidayTable, defaults: Defaults, seed: UInt64) throws {
        self.lastDay = lastDay
        firstDay = lastDay.adding(days: -548)
        dawn = Clock.ningbo(lastDay, hour: 8, minute: 20)
        calendar = WorkingCalendar(country: "CN", holidays: holidays, zone: try Zone("Asia/Shanghai"))
        var worked = lastDay.adding(days: -1)
        while !calendar.isWorkingDay(worked) { worked = worked.adding(days: -1) }
        horizon = Clock.ningbo(worked, hour: Clock.closing)
        self.defaults = defaults
        dice = Dice(seed: seed)
        rates = RateBook(lastDay: lastDay)
    }

    /// Hands over the records made so far.
    mutating func take() -> [PastRecord] {
        defer { made = [] }
        return made
    }

    /// Adds a record. What people do outside office hours is moved to the next morning worked; steps that lie after
    /// the horizon are left out.
    ///
    /// - Parameters:
    ///   - region, department: whom it counts for; by default those of its owner.
    ///   - isAutomatic: it came by itself, at any hour, and nobody made it.
    @discardableResult
    mutating func add(
        _ object: String, _ fields: [String: Input], lines: [String: [LineDraft]] = [:], at: Instant, by: Person,
        owner: Person? = nil, region: RecordID? = nil, department: RecordID? = nil, id: RecordID? = nil,
        isOwned: Bool = true, isAutomatic: Bool = false, steps: [PastStep] = [], first: [String: Value] = [:]
    ) -> RecordID {
        let id = id ?? dice.id(at: at)
        let owner = isOwned ? owner ?? by : nil
        let hours = OfficeHours(self, made: at, isAutomatic: isAutomatic, steps: steps.filter { $0.at <= horizon })
        let stamp = Stamp(
            id: id, owner: owner?.id, department: department ?? owner?.departmentID, region: region ?? owner?.regionID,
            at: hours.made, by: isAutomatic ? nil : by.id, byName: isAutomatic ? nil : by.name)
        made.append(
            PastRecord(
                object: object, draft: Draft(hours.fields(fields), lines: lines), stamp: stamp, steps: hours.steps,
                first: first))
        return id
    }

    /// Adds later steps to a record made since the last `take`, in the order of time; nothing follows its end.
    mutating func amend(_ id: RecordID, with steps: [PastStep], ends: Set<String>) {
        guard let index = made.firstIndex(where: { $0.stamp.id == id }) else { return }
        let last = made[index].steps.last { ends.contains($0.kind) }?.at ?? horizon
        made[index].steps = (made[index].steps + steps.filter { $0.at < last }).enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }.map(\.element)
    }

    func person(_ login: String) -> Person { people.first { $0.login == login } ?? people[0] }

    func people(_ role: String) -> [Person] { people.filter { $0.roles.contains(role) } }

    func hasHappened(_ day: Day) -> Bool { day < lastDay }
    func hasHappened(_ at: Instant) -> Bool { at <= horizon }
}

/// Ids of the packs' default records.
struct Defaults: Sendable {
    var terms: [String: RecordID] = [:]
    /// `loss:price` → id.
    var reasons: [String: RecordID] = [:]
    var categories: [String: RecordID] = [:]
    var clauses: [String: RecordID] = [:]
    var checklists: [String: RecordID] = [:]
    /// `quotation:discount_pct:2` → id.
    var approvalRules: [String: RecordID] = [:]
}
