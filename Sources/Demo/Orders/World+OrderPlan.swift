import Calendars
import Kernel
import Values

extension World {
    /// Decides the course of the order of every accepted quotation.
    mutating func planOrders() {
        for deal in deals {
            guard let version = deal.versions.last, version.status == "accepted", let accepted = version.decided else {
                continue
            }
            let customer = customers[deal.customer]
            let times = course(from: accepted, deal: deal, customer: customer)
            guard hasHappened(times.piMade) else { continue }
            let total = version.lines.reduce(0) { $0 + $1.cents }
            let share = Self.depositShare(customer.term)
            let made = times.piMade
            orders.append(
                SalesOrder(
                    id: dice.id(at: times.ordered), pi: dice.id(at: made),
                    contract: dice.chance(total > 1_500_000 ? 92 : 55) ? dice.id(at: times.piConfirmed) : nil,
                    deal: deal,
                    version: version, customer: customer, merchandiser: customer.merchandiser, owner: deal.owner,
                    times: times, total: total, isCancelled: dice.chance(2), deposit: Sums.share(total, share)))
        }
        orders.sort { $0.times.ordered < $1.times.ordered }
        fillStages()
    }

    static func depositShare(_ term: String) -> Int {
        switch term {
        case "TT100ADV": 10_000
        case "TT30_70COPY", "TT30_70SHIP": 3000
        case "TT50_50": 5000
        default: 0
        }
    }

    private mutating func course(from accepted: Instant, deal: Deal, customer: Customer) -> OrderTimes {
        let piMade = officeTime(after: accepted, hours: 1...12)
        let piSent = officeTime(after: piMade, hours: 0...4)
        let piConfirmed = officeTime(after: piSent, hours: 6...90)
        let ordered = officeTime(after: piConfirmed, hours: 1...20)
        let day = Clock.day(of: ordered)
        let reviewed = officeTime(after: ordered, hours: 3...44)
        let hasDeposit = Self.depositShare(customer.term) > 0
        let deposit = max(officeTime(after: reviewed, hours: hasDeposit ? 20...190 : 2...48), reviewed)
        let released = officeTime(after: deposit, hours: 5...50)
        let purchased = officeTime(after: released, hours: 24...90)
        let scheduled = officeTime(after: purchased, hours: 10...72)
        let lead = deal.items.map(\.product.lead).max() ?? 30
        let start = workday(Clock.day(of: scheduled), plus: dice.int(2...5))
        let delay = dice.chance(17) ? dice.int(3...13) : 0
        let end = workday(start, plus: max(6, lead * 55 / 100) + delay)
        let finished = officeTime(end)
        let inspected = officeTime(after: finished, hours: 12...76)
        let failed = dice.chance(10)
        let passed =
            failed
            ? officeTime(workday(Clock.day(of: inspected), plus: dice.int(4...7)))
            : officeTime(after: inspected, hours: 1...8)
        let promised = sailing(workday(day, plus: lead + 6).adding(days: 6), customer)
        let earliest = Clock.day(of: passed).adding(days: 5)
        let departure = earliest <= promised ? promised : sailing(earliest, customer)
        let slot = max(officeTime(workday(departure.adding(days: -dice.int(8...11)))), passed)
        let bookingSent = min(officeTime(workday(departure, plus: -dice.int(11...13))), slot)
        let declared = max(officeTime(workday(departure, plus: -3)), slot.adding(seconds: 1800))
        let cleared = max(officeTime(workday(departure, plus: -1)), declared.adding(seconds: 7200))
        let sailed = max(Clock.ningbo(departure, hour: 21, minute: dice.int(0...59)), cleared.adding(seconds: 3600))
        let presented = officeTime(workday(departure.adding(days: 1), plus: dice.int(2...5)))
        let balance = balanceTime(customer, departure: departure, presented: presented)
        // Old debts have been paid or written off.
        let isUnpaid = dice.chance(14) && departure.adding(days: 95) > lastDay
        let refunded = officeTime(workday(departure.adding(days: dice.int(32...58))))
        let closed = officeTime(after: max(refunded, balance), hours: 24 * 4...24 * 16)
        return OrderTimes(
            piMade: piMade, piSent: piSent, piConfirmed: piConfirmed, ordered: ordered, reviewed: reviewed,
            deposit: deposit,
            released: released, purchased: purchased, scheduled: scheduled, start: start, finished: finished,
            inspected: inspected, passed: passed, bookingSent: bookingSent, slot: slot, declared: declared,
            cleared: cleared,
            sailed: sailed, presented: presented, balance: balance,
            refunded: max(refunded, balance.adding(seconds: 86_400)),
            closed: closed, promised: promised, current: departure,
            arrival: departure.adding(days: customer.country.days + dice.int(-1...4)), failed: failed,
            isUnpaid: isUnpaid)
    }

    /// The next sailing day of the lane, a Friday to Europe, a Wednesday or Sunday elsewhere.
    private func sailing(_ day: Day, _ customer: Customer) -> Day {
        let weekday = customer.country.region == "EU" ? 5 : customer.country.region == "AM" ? 3 : 7
        var current = day
        while current.weekday != weekday { current = current.adding(days: 1) }
        return current
    }

    /// Most pay about when they should, some late.
    private mutating func balanceTime(_ customer: Customer, departure: Day, presented: Instant) -> Instant {
        let due = Self.balanceDue(
            customer.term, departure: departure, presented: Clock.day(of: presented),
            arrival: departure.adding(days: customer.country.days))
        let shift = dice.weighted([(-2, 20), (0, 26), (1, 18), (3, 12), (6, 9), (12, 7), (24, 5), (41, 3)])
        return officeTime(workday(due.adding(days: shift)))
    }

    static func balanceDue(_ term: String, departure: Day, presented: Day, arrival: Day) -> Day {
        switch term {
        case "TT30_70SHIP", "TT50_50": departure.adding(days: -3)
        case "TT30_70COPY": presented.adding(days: 7)
        case "OA_30": departure.adding(days: 30)
        case "OA_60": departure.adding(days: 60)
        case "LC_SIGHT": presented.adding(days: 10)
        case "DP_SIGHT": arrival.adding(days: 7)
        default: departure
        }
    }
}
