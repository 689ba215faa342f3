import Kernel
import Values

extension World {
    /// A chain of versions for every inquiry that got as far as a price.
    mutating func planDeals() {
        for (index, inquiry) in inquiries.enumerated() {
            guard let customerIndex = inquiry.customer, let owner = inquiry.owner else { continue }
            let quotes: Bool
            switch inquiry.outcome {
            case .quoting, .negotiating, .won: quotes = true
            case .lost: quotes = inquiry.isRepeat || dice.chance(21)
            case .sampling: quotes = dice.chance(30)
            default: quotes = false
            }
            guard quotes else { continue }
            let start = officeTime(after: inquiry.received, hours: inquiry.isRepeat ? 3...30 : 20...130)
            guard hasHappened(start) else { continue }
            var deal = Deal(inquiry: index, customer: customerIndex, items: inquiry.items, start: start, owner: owner)
            deal.versions = versions(of: inquiry, customers[customerIndex], from: start)
            guard !deal.versions.isEmpty else { continue }
            deals.append(deal)
        }
    }

    /// While an offer is out the inquiry itself rests: its steps say from when until when.
    mutating func noteOffers() {
        for deal in deals {
            guard let first = deal.versions.first, let last = deal.versions.last else { continue }
            var steps = [
                step(
                    "action:make_quotation", at: atWork(first.at), by: deal.owner,
                    sets: ["open_quotations": .decimal(ExactDecimal(1))])
            ]
            if ["rejected", "expired"].contains(last.status), let decided = last.decided {
                steps.append(
                    step(
                        "updated", at: atWork(decided), by: deal.owner,
                        sets: ["open_quotations": .decimal(ExactDecimal(0))]))
            }
            amend(
                inquiries[deal.inquiry].id, with: steps.filter { hasHappened($0.at) },
                ends: ["action:win", "action:lose", "action:invalidate"])
        }
    }

    private mutating func versions(of inquiry: Inquiry, _ customer: Customer, from start: Instant) -> [Deal.Version] {
        let isWon = inquiry.outcome == .won
        let count =
            inquiry.isRepeat
            ? dice.weighted([(1, 88), (2, 12)]) : dice.weighted([(1, 53), (2, 30), (3, 13), (4, 4)])
        // What must still become an order these weeks was answered fast.
        let isRush = isWon && lastDay.number - Clock.day(of: start).number < 19
        var versions: [Deal.Version] = []
        var at = start
        var lines = openingPrices(inquiry.items, customer, isRepeat: inquiry.isRepeat, on: Clock.day(of: start))
        for number in 1...count {
            guard hasHappened(at) else { break }
            var note: String?
            if number > 1 { note = revise(&lines) }
            let isLast = number == count
            let sent = officeTime(after: at, hours: 1...9)
            let reply = officeTime(after: sent, hours: isRush ? 3...40 : isLast ? 20...220 : 20...130)
            let day = Clock.day(of: at)
            let status: String
            var decided: Instant?
            if !isLast, hasHappened(reply) {
                status = "superseded"
            } else if !hasHappened(sent) || isLast && lastDay.number - day.number < 4 && dice.chance(80) && !isWon {
                status = dice.weighted([("draft", 30), ("in_approval", 52), ("approved", 18)])
            } else if isWon, hasHappened(reply) {
                (status, decided) = ("accepted", reply)
            } else if inquiry.outcome == .lost, hasHappened(reply) {
                let isExpired = dice.chance(35) && day.adding(days: 20) < lastDay
                status = isExpired ? "expired" : "rejected"
                decided = isExpired ? Clock.ningbo(day.adding(days: 16), hour: 9, minute: 5) : reply
            } else if day.adding(days: 28) < lastDay {
                // Nobody keeps an offer open for ever.
                (status, decided) = ("expired", Clock.ningbo(day.adding(days: 16), hour: 9, minute: 5))
            } else {
                status = dice.chance(30) ? "viewed" : "sent"
            }
            let isOut = !["draft", "in_approval", "approved"].contains(status)
            versions.append(
                Deal.Version(
                    id: dice.id(at: at), number: number, at: at, day: day, lines: lines,
                    charges: charges(versions.last?.charges, isWon: isWon), status: status,
                    sent: isOut ? min(sent, horizon) : nil,
                    decided: status == "superseded" ? reply : decided, rate: rates.quoted(customer.currency, on: day),
                    freight: lines.reduce(0) { $0 + Sums.cents($1.item.quantity, price: $1.freight) },
                    list: listTotal(lines, customer, on: day), note: note))
            if status != "superseded" { break }
            at = officeTime(after: reply, hours: 1...20)
        }
        return versions
    }

    private mutating func openingPrices(_ items: [Item], _ customer: Customer, isRepeat: Bool, on day: Day)
        -> [PricedItem]
    {
        let rate = rates.rate(customer.currency, on: day)
        let dollar = rates.rate("USD", on: day)
        return items.map { item in
            let list = item.product.price(customer.currency, rate: rate, dollar: dollar)
            let share = isRepeat ? dice.int(955...990) : dice.int(975...1012)
            let freight = Self.freight(item.product, customer)
            return PricedItem(item: item, price: max(100, list * share / 1000 / 100 * 100) + freight, freight: freight)
        }
    }

    private func listTotal(_ lines: [PricedItem], _ customer: Customer, on day: Day) -> Int {
        lines.reduce(0) { $0 + Sums.cents($1.item.quantity, price: listPrice($1, customer, on: day)) }
    }

    private func listPrice(_ line: PricedItem, _ customer: Customer, on day: Day) -> Int {
        let (rate, dollar) = (rates.rate(customer.currency, on: day), rates.rate("USD", on: day))
        return line.item.product.price(customer.currency, rate: rate, dollar: dollar) + line.freight
    }

    /// Sea freight per piece, by volume, for terms that include it; whole cents.
    static func freight(_ product: Product, _ customer: Customer) -> Int {
        guard ["CIF", "CFR", "DAP"].contains(customer.incoterm) else { return 0 }
        let perCubicMetre = customer.country.region == "EU" ? 42 : customer.country.region == "AM" ? 54 : 30
        return (product.volume * perCubicMetre / (100 * product.pieces) + 99) / 100 * 100
    }

    /// What changes between versions, and why.
    private mutating func revise(_ lines: inout [PricedItem]) -> String {
        switch dice.int(0...5) {
        case 0, 1:
            let cut = dice.int(15...42)
            for index in lines.indices { lines[index].price = lines[index].price * (1000 - cut) / 1000 / 100 * 100 }
            return dice.pick([
                "客户目标价低，总监同意整单让 \(cut / 10).\(cut % 10)%",
                "Price reduced by \(cut / 10).\(cut % 10) % for the whole order, as agreed on the phone",
            ])
        case 2:
            let place = dice.int(0...lines.count - 1)
            let item = lines[place].item
            let quantity = Sums.fullCartons(item.quantity * dice.int(13...18) / 10, item.product.pieces)
            lines[place] = PricedItem(
                item: Item(product: item.product, quantity: quantity),
                price: lines[place].price * 985 / 1000 / 100 * 100, freight: lines[place].freight)
            return "\(item.product.sku) 数量加到 \(quantity)，单价降 1.5%"
        case 3:
            for index in lines.indices { lines[index].price += max(100, lines[index].price * 12 / 1000 / 100 * 100) }
            return "改 5 年质保、驱动换高配，单价上调 1.2%"
        case 4 where lines.count > 1:
            let gone = lines.removeLast()
            return "客户取消 \(gone.item.product.sku)，其余不变"
        default:
            for index in lines.indices { lines[index].price = lines[index].price * 990 / 1000 / 100 * 100 }
            return dice.pick(["定金由 30% 提到 50%，让 1%", "包装改白盒，单价降 1%", "Packaging changed to white box, 1 % less"])
        }
    }

    private mutating func charges(
        _ before: [(name: String, kind: String, cents: Int)]?, isWon: Bool
    ) -> [(name: String, kind: String, cents: Int)] {
        if let before { return before }
        guard !isWon, dice.chance(14) else { return [] }
        return [
            dice.pick([
                ("Colour box design and plates", "packing", 18_000), ("Third-party inspection", "inspection", 29_800),
                ("Mould share, housing", "mould", 120_000), ("Certificate copy, LVD and EMC", "document", 15_000),
            ])
        ]
    }

    // MARK: Writing

    /// First versions, in the order of time.
    mutating func writeFirstQuotations() {
        for deal in deals.sorted(by: { $0.start < $1.start }) { write(deal.versions[0], of: deal, after: nil) }
    }

    /// Later versions bear the number of the first.
    mutating func writeLaterQuotations() {
        let later = deals.flatMap { deal in deal.versions.indices.dropFirst().map { (deal, $0) } }
        for (deal, place) in later.sorted(by: { $0.0.versions[$0.1].at < $1.0.versions[$1.1].at }) {
            write(deal.versions[place], of: deal, after: deal.versions[place - 1])
        }
    }

    private mutating func write(_ version: Deal.Version, of deal: Deal, after: Deal.Version?) {
        let customer = customers[deal.customer]
        var course = QuotationCourse(version: version, owner: deal.owner)
        course.walk(&self, manager: person(customer.country.region == "EU" ? "manager" : "manager2"))
        let isAgent = customer.country.code == "IT" || customer.country.code == "CL"
        var fields: [String: Input] = [
            "version_no": .whole(version.number), "parent": .id(after?.id), "inquiry": .id(inquiries[deal.inquiry].id),
            "company": .id(customer.id), "contact": .id(customer.contact.id), "date": .on(version.day),
            "valid_until": .on(version.day.adding(days: 15)), "currency": .text(customer.currency),
            "fx_rate": .decimal(version.rate, 6),
            "incoterm": .text(customer.incoterm),
            "incoterm_place": .text(
                ["CIF", "CFR", "DAP"].contains(customer.incoterm) ? customer.country.portName : "Ningbo"),
            "payment_term": .id(defaults.terms[customer.term]),
            "lead_time_wd": .whole(deal.items.map(\.product.lead).max() ?? 30),
            "pol": .text("CNNBO"), "pod": .text(customer.country.port), "freight": .cents(version.freight),
            "freight_template": .id(version.freight > 0 ? freight.first { $0.port == customer.country.port }?.id : nil),
            "commission_pct": .percent(isAgent ? 300 : 0), "bank_pct": .percent(20),
            "change_note": version.note.map { .text($0) } ?? .null,
            "remarks": .text(Self.remarks(customer)),
        ]
        if let after { fields["no"] = .text(numbers[firstVersion(deal)] ?? numbers[after.id] ?? "") }
        fields.merge(course.fields) { _, new in new }
        let lines = version.lines.map { line in
            LineDraft([
                "product": .id(line.item.product.id), "description": .text(line.item.product.english),
                "qty": .whole(line.item.quantity), "price": .decimal(line.price, 4),
                "freight_unit": .decimal(line.freight, 4),
                "list_price": .decimal(listPrice(line, customer, on: version.day), 4),
            ])
        }
        let charges = version.charges.map { charge in
            LineDraft(["kind": .text(charge.kind), "name": .text(charge.name), "amount": .cents(charge.cents)])
        }
        add(
            "quotation", fields, lines: ["lines": lines, "charges": charges], at: version.at, by: deal.owner,
            region: customer.region, id: version.id, steps: course.steps)
    }

    private func firstVersion(_ deal: Deal) -> RecordID { deal.versions[0].id }

    private static func remarks(_ customer: Customer) -> String {
        customer.country.region == "AM"
            ? "Prices are based on the packing stated. Tariffs at destination are for the buyer's account."
            : "Prices are based on the packing stated and full cartons. Colour tolerance within 3 SDCM."
    }
}

/// What happens to one version: submitted, approved, sent, seen, decided, replaced.
struct QuotationCourse {
    let version: Deal.Version
    let owner: Person
    var fields: [String: Input] = [:]
    var steps: [PastStep] = []

    init(version: Deal.Version, owner: Person) {
        self.version = version
        self.owner = owner
    }

    mutating func walk(_ world: inout World, manager: Person) {
        let status = version.status
        fields["status"] = .text(status)
        guard status != "draft" else { return }
        let total = version.lines.reduce(0) { $0 + $1.cents }
        let isLarge = total * (version.rate / 1000) / 1000 > 14_000_000
        // Three percent off the list price is within the own authority.
        let needsApproval = status == "in_approval" || isLarge || (version.list - total) * 100 > version.list * 3
        let limit = version.sent ?? world.horizon
        let submitted = min(
            world.pastTime(after: version.at, hours: 0...1) ?? version.at.adding(seconds: 60), limit)
        mark(
            "action:" + (needsApproval ? "submit" : "approve_own"), at: submitted, by: owner,
            [
                "status": .text(needsApproval ? "in_approval" : "approved"), "submitted_at": .instant(submitted),
            ], &world)
        guard status != "in_approval" else { return }
        let approver = needsApproval ? manager : owner
        let approved =
            needsApproval
            ? min(submitted.adding(seconds: world.dice.int(20...200) * 60), max(limit, submitted)) : submitted
        let sets: [String: Value] = [
            "status": .text("approved"), "approved_by": .record(approver.id), "approved_at": .instant(approved),
        ]
        if needsApproval { mark("action:approve", at: approved, by: approver, sets, &world) } else { extend(sets) }
        if let sent = version.sent { leave(max(sent, approved), &world) }
    }

    private mutating func leave(_ sent: Instant, _ world: inout World) {
        mark("action:send", at: sent, by: owner, ["status": .text("sent"), "sent_at": .instant(sent)], &world)
        var now = sent
        if version.status != "sent", world.dice.chance(60) || version.status == "viewed" {
            now = min(sent.adding(seconds: world.dice.int(40...1400) * 60), version.decided ?? world.horizon)
            mark(
                "action:mark_viewed", at: now, by: owner, ["status": .text("viewed"), "viewed_at": .instant(now)],
                &world)
        }
        guard let decided = version.decided.map({ max($0, now) }) else { return }
        switch version.status {
        case "accepted":
            mark(
                "action:accept", at: decided, by: owner,
                ["status": .text("accepted"), "decided_at": .instant(decided)], &world)
        case "rejected":
            let code = world.dice.weighted([
                ("price", 44), ("competitor", 18), ("no_reply", 16), ("lead_time", 10), ("cert", 6), ("freight", 6),
            ])
            guard let reason = world.defaults.reasons["loss:" + code] else { return }
            mark(
                "action:reject", at: decided, by: owner,
                [
                    "status": .text("rejected"), "decided_at": .instant(decided), "loss_reason": .record(reason),
                ], &world)
        case "expired": mark("action:expire", at: decided, by: owner, ["status": .text("expired")], &world)
        case "superseded": mark("action:new_version", at: decided, by: owner, ["status": .text("superseded")], &world)
        default: break
        }
    }

    private mutating func mark(_ kind: String, at: Instant, by: Person, _ sets: [String: Value], _ world: inout World) {
        steps.append(world.step(kind, at: min(at, world.horizon), by: by, sets: sets))
        for (field, value) in sets { fields[field] = .value(value) }
    }

    /// Own authority approves in the same step.
    private mutating func extend(_ sets: [String: Value]) {
        guard let last = steps.indices.last else { return }
        steps[last].sets.merge(sets) { _, new in new }
        for (field, value) in sets { fields[field] = .value(value) }
    }
}
