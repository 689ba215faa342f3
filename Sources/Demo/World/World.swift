import Calendars
import Kernel
import Values

/// The invented exporter while it is being made up: who is there, what they sold, and the records of it.
struct World {
    let lastDay: Day
    /// Everything that happened lies before this moment: early on the last day, in Ningbo.
    let horizon: Instant
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
        horizon = Clock.ningbo(lastDay, hour: 8, minute: 20)
        calendar = WorkingCalendar(country: "CN", holidays: holidays, zone: try Zone("Asia/Shanghai"))
        self.defaults = defaults
        dice = Dice(seed: seed)
        rates = RateBook(lastDay: lastDay)
    }

    /// Hands over the records made so far.
    mutating func take() -> [PastRecord] {
        defer { made = [] }
        return made
    }

    /// Adds a record.
    ///
    /// - Parameter place: whose region and department it counts for; by default those of its owner.
    @discardableResult
    mutating func add(
        _ object: String, _ fields: [String: Input], lines: [String: [LineDraft]] = [:], at: Instant, by: Person,
        owner: Person? = nil, region: RecordID? = nil, department: RecordID? = nil, id: RecordID? = nil,
        isOwned: Bool = true, steps: [PastStep] = [], first: [String: Value] = [:]
    ) -> RecordID {
        let id = id ?? dice.id(at: at)
        let owner = isOwned ? owner ?? by : nil
        let stamp = Stamp(
            id: id, owner: owner?.id, department: department ?? owner?.departmentID, region: region ?? owner?.regionID,
            at: at, by: by.id, byName: by.name)
        made.append(
            PastRecord(
                object: object, draft: Draft(fields, lines: lines), stamp: stamp,
                steps: steps.filter { $0.at <= horizon }, first: first))
        return id
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
