import Calendars
import Kernel
import Values

extension World {
    /// What every order brings in: deposit and balance.
    mutating func writeReceivables() {
        for index in orders.indices where !orders[index].isCancelled {
            orders[index].receivables = receivables(orders[index])
        }
    }

    private mutating func receivables(_ order: SalesOrder) -> [RecordID] {
        var out: [RecordID] = []
        let rest = order.total - order.deposit
        let times = order.times
        if order.deposit > 0 {
            let kind = rest == 0 ? "instalment" : "deposit"
            out.append(
                claimFrom(
                    order, kind: kind, cents: order.deposit, event: "PI", on: Clock.day(of: times.piMade), offset: 3,
                    steps: [], first: [:]))
        }
        guard rest > 0 else { return out }
        let (event, offset) = Self.dueEvent(order.customer.term)
        let planned = Self.eventDay(event, times, departure: times.promised)
        let real = Self.eventDay(event, times, departure: times.current)
        var course = Record()
        if real != planned {
            course.mark(
                "updated", at: max(times.slot, times.ordered.adding(seconds: 60)), by: person("finance2"),
                ["event_date": .day(real)], self)
        }
        let day = course.steps.isEmpty ? planned : real
        out.append(
            claimFrom(
                order, kind: "balance", cents: rest, event: event, on: day, offset: offset, steps: course.steps,
                first: ["event_date": .day(planned)]))
        return out
    }

    private mutating func claimFrom(
        _ order: SalesOrder, kind: String, cents: Int, event: String, on day: Day, offset: Int, steps: [PastStep],
        first: [String: Value]
    ) -> RecordID {
        let due = day.adding(days: offset)
        let isLate = order.times.isUnpaid && kind != "deposit" && due.adding(days: 5) < lastDay
        var fields: [String: Input] = [
            "order": .id(order.id), "company": .id(order.customer.id), "kind": .text(kind),
            "share_pct": .percent(cents * 10_000 / max(1, order.total)),
            "currency": .text(order.currency), "fx_rate": .decimal(order.version.rate, 6), "amount": .cents(cents),
            "event": .text(event),
            "event_date": .on(day), "offset_days": .whole(offset), "dunning": .whole(isLate ? dice.int(1...3) : 0),
        ]
        if isLate {
            fields["last_dunned"] = .at(officeTime(workday(lastDay, plus: -dice.int(2...9))))
            fields["note"] = .text(
                dice.pick([
                    "客户称资金周转紧，承诺月底前付", "Promised twice, no slip so far; calling the owner", "要求先寄正本，已拒绝", "信保已报可能损失",
                ]))
        }
        return add(
            "receivable", fields, at: order.times.ordered.adding(seconds: 120), by: person("finance2"),
            owner: order.owner, region: order.customer.region, steps: steps, first: first)
    }

    private static func dueEvent(_ term: String) -> (String, Int) {
        switch term {
        case "TT30_70SHIP", "TT50_50": ("ETD", -3)
        case "TT30_70COPY": ("BLCOPY", 7)
        case "OA_30": ("BL", 30)
        case "OA_60": ("BL", 60)
        case "LC_SIGHT": ("PRESENT", 10)
        case "DP_SIGHT": ("ARRIVE", 7)
        default: ("ETD", 0)
        }
    }

    private static func eventDay(_ event: String, _ times: OrderTimes, departure: Day) -> Day {
        switch event {
        case "BLCOPY", "PRESENT":
            departure == times.current ? Clock.day(of: times.presented) : departure.adding(days: 4)
        case "ARRIVE": departure == times.current ? times.arrival : departure.adding(days: 30)
        default: departure
        }
    }

    // MARK: Receipts

    private struct Receipt {
        let order: Int
        let receivable: RecordID
        let cents: Int
        let at: Instant
    }

    /// Money received, in the order of time.
    mutating func writePayments() {
        var receipts: [Receipt] = []
        for (index, order) in orders.enumerated() where !order.isCancelled {
            var left = order.receivables[...]
            if order.deposit > 0, let first = left.popFirst(), hasHappened(order.times.deposit) {
                receipts.append(
                    Receipt(
                        order: index, receivable: first, cents: order.deposit,
                        at: order.times.deposit.adding(seconds: -1800)))
            }
            guard let balance = left.first, hasHappened(order.times.balance), !order.times.isUnpaid else { continue }
            let rest = order.total - order.deposit
            if dice.chance(5), rest > 400_000 {
                let part = rest * 6 / 10
                receipts.append(
                    Receipt(
                        order: index, receivable: balance, cents: part,
                        at: order.times.balance.adding(seconds: -4 * 86_400)))
                receipts.append(Receipt(order: index, receivable: balance, cents: rest - part, at: order.times.balance))
            } else {
                receipts.append(Receipt(order: index, receivable: balance, cents: rest, at: order.times.balance))
            }
        }
        for receipt in receipts.sorted(by: { $0.at < $1.at }) { pay(receipt) }
        strangersMoney()
    }

    private mutating func pay(_ receipt: Receipt) {
        let order = orders[receipt.order]
        let finance = person("finance")
        let made = max(officeTime(Clock.day(of: receipt.at)), order.times.piMade)
        let isCredit = order.credit != nil
        let fee = isCredit ? 8000 : dice.pick([0, 1500, 2000, 2500, 3500])
        let over = dice.chance(1) ? 1230 : 0
        let isOther = dice.chance(3)
        let confirmed = min(made.adding(seconds: dice.int(20...140) * 60), max(made, horizon))
        var course = Record()
        if dice.chance(30) {
            course.mark(
                "action:claim_funds", at: made.adding(seconds: 600), by: order.owner,
                ["claimed_by": .record(order.owner.id)], self)
        }
        course.mark("action:confirm", at: confirmed, by: finance, ["status": .text("confirmed")], self)
        let day = Clock.day(of: made)
        var fields: [String: Input] = [
            "date": .on(day), "company": .id(order.customer.id),
            "payer": .text(isOther ? "\(order.customer.short) Holding" : order.customer.name),
            "currency": .text(order.currency), "fx_rate": .decimal(rates.rate(order.currency, on: day), 6),
            "amount": .cents(receipt.cents - fee + over), "bank_fee": .cents(fee),
            "method": .text(isCredit ? "LC" : order.customer.term.hasPrefix("DP") ? "DP" : "TT"),
            "bank": .id(banks[order.currency] ?? banks["USD"]),
            "bank_ref": .text("IR\(day.components.year)\(dice.int(100_000_000...999_999_999))"),
            "claimed_by": .id(order.owner.id), "note": isOther ? .text("第三方付款，客户已出具代付声明") : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        let lines = [LineDraft(["receivable": .id(receipt.receivable), "amount": .cents(receipt.cents)])]
        let id = add(
            "payment", fields, lines: ["allocations": lines], at: made, by: finance, owner: order.owner,
            region: order.customer.region, steps: course.steps)
        orders[receipt.order].payments.append(id)
    }

    /// Money that nobody has claimed yet.
    private mutating func strangersMoney() {
        let rows: [(String, Int, String)] = [
            ("J. H. FERRIER TRADING", 186_000, "USD"), ("COMERCIAL LUZ Y HOGAR", 412_500, "USD"),
            ("M SADOWSKI", 95_000, "EUR"),
        ]
        for (index, row) in rows.enumerated() {
            let day = workday(lastDay, plus: -(index * 2 + 1))
            let at = officeTime(day)
            guard hasHappened(at) else { continue }
            add(
                "payment",
                [
                    "date": .on(day), "payer": .text(row.0), "currency": .text(row.2),
                    "fx_rate": .decimal(rates.rate(row.2, on: day), 6),
                    "amount": .cents(row.1), "bank_fee": .cents(2500), "method": .text("TT"), "bank": .id(banks[row.2]),
                    "status": .text("draft"),
                    "bank_ref": .text("IR\(day.components.year)\(dice.int(100_000_000...999_999_999))"),
                    "note": .text("附言看不出客户，待业务认领"),
                ],
                at: at, by: person("finance"))
        }
    }
}
