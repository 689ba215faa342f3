import Calendars
import Kernel
import Values

extension World {
    /// 1,500 inquiries over eighteen months: seasons, fairs, quiet holidays, and what became of each.
    mutating func receiveInquiries() {
        let buyers = customers.indices.filter { [.active, .dormant].contains(customers[$0].standing) }
        let talkers = customers.indices.filter {
            [.quoting, .sampling, .prospect, .active, .lost, .blacklist, .lead].contains(customers[$0].standing)
        }
        let moments = arrivals(1500)
        for at in moments {
            let age = lastDay.number - Clock.day(of: at).number
            let isRepeat = age > 4 && dice.chance(age < 22 ? 30 : 24)
            let outcome = isRepeat ? repeatOutcome(age) : freshOutcome(age)
            let customer = pickCustomer(at, outcome: outcome, isRepeat: isRepeat, buyers: buyers, talkers: talkers)
            receive(at, customer: customer, outcome: outcome, isRepeat: isRepeat)
        }
    }

    private mutating func arrivals(_ count: Int) -> [Instant] {
        var weights: [(Day, Int)] = []
        for offset in 0..<548 {
            let day = firstDay.adding(days: offset)
            guard day < lastDay else { continue }
            var weight = calendar.isWorkingDay(day) ? 10 : 3
            let month = day.components.month
            if [4, 5, 10, 11].contains(month) { weight = weight * 14 / 10 }
            if [2, 7, 8].contains(month) { weight = weight * 8 / 10 }
            weights.append((day, weight * (100 + offset / 8) / 10))
        }
        var days: [Day] = []
        for _ in 0..<count - 46 { days.append(dice.weighted(weights)) }
        // The last days are always busy enough to look at.
        for back in 1...17 { days += [lastDay.adding(days: -back), lastDay.adding(days: -(back + 1) / 2)] }
        for back in [1, 2] { days += Array(repeating: lastDay.adding(days: -back), count: 6) }
        return days.map { anyTime($0) }.map { min($0, dawn.adding(seconds: -600)) }.sorted()
    }

    private mutating func repeatOutcome(_ age: Int) -> Inquiry.Outcome {
        if age < 25 { return dice.weighted([(.quoting, 3), (.negotiating, 2), (.won, 11)]) }
        return dice.weighted([(.won, 93), (.lost, 7)])
    }

    private mutating func freshOutcome(_ age: Int) -> Inquiry.Outcome {
        switch age {
        case ...1: dice.weighted([(.new, 70), (.contacted, 30)])
        case 2...4: dice.weighted([(.new, 3), (.contacted, 42), (.qualified, 35), (.quoting, 15), (.invalid, 5)])
        case 5...14:
            dice.weighted([
                (.contacted, 4), (.qualified, 10), (.quoting, 24), (.sampling, 8), (.invalid, 12), (.lost, 38),
                (.negotiating, 4),
            ])
        case 15...26:
            dice.weighted([
                (.qualified, 1), (.sampling, 5), (.quoting, 13), (.negotiating, 10), (.won, 9), (.lost, 50),
                (.invalid, 12),
            ])
        case 27...45:
            dice.weighted([(.sampling, 2), (.negotiating, 3), (.won, 14), (.lost, 70), (.invalid, 11)])
        case 46...90: dice.weighted([(.sampling, 1), (.won, 15), (.lost, 73), (.invalid, 11)])
        default: dice.weighted([(.won, 14), (.lost, 74), (.invalid, 12)])
        }
    }

    private mutating func pickCustomer(
        _ at: Instant, outcome: Inquiry.Outcome, isRepeat: Bool, buyers: [Int], talkers: [Int]
    ) -> Int? {
        if outcome == .invalid, dice.chance(80) { return nil }
        if outcome == .new, dice.chance(30) { return nil }
        let pool = isRepeat || outcome == .won ? buyers : talkers
        let day = Clock.day(of: at)
        var weights: [(Int, Int)] = []
        for index in pool where customers[index].since <= day {
            let customer = customers[index]
            if customer.standing == .dormant, lastDay.number - day.number < 200 { continue }
            if customer.standing == .lead, outcome != .lost, outcome != .invalid { continue }
            let isLate = [.quoting, .negotiating, .sampling].contains(outcome)
            if isLate, ![.quoting, .sampling, .active].contains(customer.standing) { continue }
            let weight = customer.grade == "A" ? 30 : customer.grade == "B" ? 12 : customer.standing == .active ? 6 : 8
            weights.append((index, weight))
        }
        return weights.isEmpty ? nil : dice.weighted(weights)
    }

    private mutating func wanted(_ customer: Customer?) -> [Item] {
        let places = customer?.taste ?? dice.some(3, of: Array(products.indices))
        let count = dice.weighted([(1, 34), (2, 30), (3, 20), (4, 10), (5, 6)])
        return dice.some(min(count, places.count), of: places).map { place in
            let product = products[place]
            let factor =
                customer?.grade == "A" ? dice.int(2...7) : customer?.grade == "B" ? dice.int(1...4) : dice.int(1...2)
            return Item(product: product, quantity: Sums.fullCartons(product.moq * factor, product.pieces))
        }
    }

    // MARK: Writing

    private mutating func receive(_ at: Instant, customer index: Int?, outcome: Inquiry.Outcome, isRepeat: Bool) {
        let customer = index.map { customers[$0] }
        let outcome = index == nil && outcome != .new && outcome != .invalid ? Inquiry.Outcome.contacted : outcome
        let country = customer?.country ?? dice.pick(Countries.all)
        var owner = owner(of: customer, country: country, isAssigned: outcome != .new || dice.chance(55))
        // What came since people last were at work is still to be handed out; customers' own sellers have it already.
        let taken = owner == nil ? nil : pastTime(after: at, hours: 0...4)
        if taken == nil, customer?.owner == nil { owner = nil }
        let items = wanted(customer)
        let id = dice.id(at: at)
        let source =
            isRepeat
            ? "repeat"
            : customer.map(\.source)
                ?? dice.weighted([("alibaba", 40), ("mic", 18), ("website", 22), ("google_ads", 12), ("gs", 8)])
        let manager = person(country.region == "EU" ? "manager" : "manager2")
        var course = Course(outcome: taken == nil && outcome != .invalid ? .new : outcome, at: at, taken: taken)
        course.walk(&self, owner: owner, manager: manager)
        let estimate = items.reduce(0) { $0 + Sums.cents($1.quantity, price: $1.product.list) }
        var fields: [String: Input] = [
            "received_at": .at(at), "source": .text(source), "company": .id(customer?.id),
            "contact": .id(customer?.contact.id),
            "country": .text(country.code),
            "raw_message": .text(message(items, customer, country, isRepeat: isRepeat, outcome)),
            "incoterm": .text(customer?.incoterm ?? "FOB"), "dest_port": .text(country.port),
            "value_est": outcome == .invalid ? .null : .money(estimate / 10_000 * 10_000, "USD"),
            "campaign": .id(campaign(source, on: Clock.day(of: at))),
        ]
        if [.qualified, .sampling, .quoting, .negotiating, .won].contains(outcome) {
            fields["needed_by"] = .on(Clock.day(of: at).adding(days: dice.int(50...110)))
        }
        fields.merge(course.fields) { _, new in new }
        let lines =
            outcome == .invalid
            ? []
            : items.map { item in
                LineDraft([
                    "product": .id(item.product.id), "description": .text(item.product.english),
                    "qty": .whole(item.quantity),
                    "target_price": dice.chance(30) ? .decimal(item.product.list / 1000 * 920, 4) : .null,
                ])
            }
        let by = owner ?? manager
        add(
            "inquiry", fields, lines: ["products": lines], at: at, by: by, owner: owner,
            region: regions[country.region],
            department: by.departmentID, id: id, isOwned: owner != nil, isAutomatic: true, steps: course.steps,
            first: course.first)
        inquiries.append(
            Inquiry(
                id: id, received: at, customer: index, outcome: course.outcome, isRepeat: isRepeat, items: items,
                owner: owner)
        )
    }

    private mutating func owner(of customer: Customer?, country: Country, isAssigned: Bool) -> Person? {
        guard isAssigned else { return nil }
        if let owner = customer?.owner { return owner }
        return person(
            country.region == "EU"
                ? dice.pick(["sales", "sales3", "sales5"])
                : country.region == "AM" ? dice.pick(["sales2", "sales6"]) : dice.pick(["sales4", "sales6"]))
    }

    private func campaign(_ source: String, on day: Day) -> RecordID? {
        campaigns.first { $0.channel == source && $0.start <= day && day <= $0.end.adding(days: 25) }?.id
    }

    private mutating func message(
        _ items: [Item], _ customer: Customer?, _ country: Country, isRepeat: Bool, _ outcome: Inquiry.Outcome
    ) -> String {
        if outcome == .invalid, customer == nil { return dice.pick(Messages.spam) }
        let language = Messages.templates[country.language] == nil || dice.chance(45) ? "en" : country.language
        let isNear = ["SG", "MY"].contains(country.code)
        let text =
            isRepeat && dice.chance(70)
            ? (isNear && dice.chance(40) ? Messages.familiar : dice.pick(Messages.repeats))
            : dice.pick(Messages.templates[language] ?? [])
        let detail = dice.pick(Messages.details[language] ?? [""])
        let name = customer?.contact.name ?? "\(dice.pick(country.given)) \(dice.pick(country.family))"
        let firm = customer?.name ?? ""
        let first = items.first
        return text.replacing("{p}", with: first?.product.spoken ?? "lamps").replacing(
            "{q}", with: String(first?.quantity ?? 500)
        )
        .replacing("{n}", with: name).replacing("{c}", with: firm).replacing("{h}", with: country.portName)
        .replacing("{d}", with: detail).replacing("  ", with: " ").replacing(" \n", with: "\n")
    }
}
