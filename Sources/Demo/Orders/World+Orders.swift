import Kernel
import Values

extension World {
    /// Proforma invoices of all orders, in the order of time.
    mutating func writeProformas() {
        for order in orders.sorted(by: { $0.times.piMade < $1.times.piMade }) {
            let times = order.times
            var course = Record()
            course.mark(
                "action:send", at: times.piSent, by: order.owner,
                ["status": .text("sent"), "sent_at": .instant(times.piSent)], self)
            course.mark(
                "action:confirm", at: times.piConfirmed, by: order.owner,
                ["status": .text("confirmed"), "confirmed_at": .instant(times.piConfirmed)], self)
            if order.deposit > 0, !order.isCancelled {
                course.mark(
                    "action:deposit_received", at: times.deposit, by: person("finance"),
                    ["status": .text("deposit_received")], self)
            }
            let day = Clock.day(of: times.piMade)
            if hasHappened(times.ordered) {
                // The order has the baton from then on.
                course.steps.append(
                    step(
                        "action:make_order", at: times.ordered, by: order.owner,
                        sets: ["order_count": .decimal(ExactDecimal(1))]))
                course.steps.sort { $0.at < $1.at }
            }
            var fields = trade(order)
            fields.merge([
                "quotation": .id(order.version.id), "date": .on(day), "valid_until": .on(day.adding(days: 15)),
                "bank": .id(banks[order.currency] ?? banks["USD"]),
                "deposit_pct": .percent(Self.depositShare(order.customer.term)),
                "deposit_due": .on(day.adding(days: 3)),
                "latest_shipment": .on(times.promised), "partial": .bool(true), "tranship": .bool(true),
                "tolerance_pct": .percent(500),
                "remarks": .text("All banking charges outside China are for the buyer's account."),
            ]) { _, new in new }
            fields.merge(course.fields) { _, new in new }
            add(
                "pi", fields, lines: ["lines": goods(order), "charges": []], at: times.piMade, by: order.owner,
                region: order.customer.region, id: order.pi, steps: course.steps)
        }
    }

    mutating func writeContracts() {
        for order in orders.sorted(by: { $0.times.piConfirmed < $1.times.piConfirmed }) {
            guard let id = order.contract, hasHappened(order.times.piConfirmed) else { continue }
            let made = order.times.piConfirmed
            let items = Self.reviewItems.map { item in
                LineDraft([
                    "item": .text(item), "blocking": .bool(true), "passed": .bool(hasHappened(order.times.reviewed)),
                    "by": .id(order.merchandiser.id),
                ])
            }
            var course = Record()
            course.mark(
                "action:submit", at: made.adding(seconds: 2400), by: order.owner, ["status": .text("review")], self)
            course.mark(
                "action:approve", at: order.times.reviewed, by: order.merchandiser, ["status": .text("approved")], self)
            let signed = order.times.reviewed.adding(seconds: 86_400)
            course.mark(
                "action:sign", at: signed, by: order.owner,
                ["status": .text("signed"), "signed_at": .day(Clock.day(of: signed))], self)
            if !order.isCancelled, !order.times.isUnpaid {
                course.mark("action:close", at: order.times.closed, by: order.owner, ["status": .text("closed")], self)
            }
            var fields = trade(order)
            fields["pol"] = nil
            fields["pod"] = nil
            fields.merge([
                "pi": .id(order.pi), "quotation": .id(order.version.id), "version_no": .whole(1),
                "place": .text("Ningbo"),
                "date": .on(Clock.day(of: made)), "latest_shipment": .on(order.times.promised),
                "tolerance_pct": .percent(500),
                "quality_standard": .text("封样为准；AQL 致命 0 / 主要 2.5 / 次要 4.0，水平 II"),
                "clauses": .ids(defaults.clauses.sorted { $0.key < $1.key }.map(\.value)),
                "review": .id(defaults.checklists["contract_review"]),
            ]) { _, new in new }
            fields.merge(course.fields) { _, new in new }
            let lines = goods(order)
            add(
                "contract", fields, lines: ["lines": lines, "review_items": items], at: made, by: order.owner,
                region: order.customer.region, id: id, steps: course.steps)
        }
    }

    private static let reviewItems = [
        "合同版本与最终确认报价版本一致", "品名、规格、数量、单价、总价", "贸易术语、装运港、目的港", "付款方式与信用额度", "交期与产能", "包装、唛头与认证要求",
    ]

    mutating func writeOrders() {
        for index in orders.indices where hasHappened(orders[index].times.ordered) { writeOrder(index) }
        let horizon = horizon
        orders.removeAll { $0.times.ordered > horizon }
    }

    private mutating func writeOrder(_ index: Int) {
        let order = orders[index]
        let times = order.times
        var course = Record()
        for leg in legs(order) {
            guard hasHappened(leg.at) else { break }
            course.mark("action:" + leg.action, at: leg.at, by: leg.by, leg.sets, self)
            if let stage = leg.sets["stage"]?.text { orders[index].stage = stage }
        }
        let isShipped = hasHappened(times.sailed) && !order.isCancelled
        // A slip is known once production is late; before that the promise stands.
        let knows = times.current > times.promised && hasHappened(times.scheduled)
        let back = people("merchandiser").first { $0.id != order.merchandiser.id }
        var fields = trade(order)
        fields.merge([
            "pi": .id(order.pi), "contract": .id(order.contract), "date": .on(Clock.day(of: times.ordered)),
            "customer_po": .text("\(order.customer.country.code)-\(dice.int(10_000...89_999))"),
            "merchandiser": .id(order.merchandiser.id),
            "backup": .id(back?.id), "confirmed_etd": .on(times.promised),
            "current_etd": .on(knows || isShipped ? times.current : times.promised),
            "tolerance_pct": .percent(500), "marks": .text(order.customer.marks),
            "packing": .text("彩盒 + 五层外箱，按最终确认稿；外箱侧唛印毛净重与箱号"),
            "docs_required": .codes(
                ["invoice", "packing_list", "bl"] + (order.customer.country.region == "AP" ? ["coo"] : [])),
            "inspection": .object(["level": .text("II"), "major": .text("2.5"), "minor": .text("4.0")]),
        ]) { _, new in new }
        if isShipped { fields["actual_etd"] = .on(times.current) }
        fields.merge(course.fields) { _, new in new }
        var lines = goods(order)
        for place in lines.indices {
            lines[place].fields["due"] = .on(times.promised)
            lines[place].fields["shipped_qty"] = .whole(isShipped ? order.items[place].item.quantity : 0)
            lines[place].fields["status"] = .text(order.isCancelled ? "cancelled" : isShipped ? "shipped" : "open")
            lines[place].fields["purchase_price"] = .decimal(order.items[place].item.product.purchase, 4)
        }
        let first: [String: Value] = knows || isShipped ? ["current_etd": .day(times.promised)] : [:]
        add(
            "order", fields, lines: ["lines": lines], at: times.ordered, by: order.owner, region: order.customer.region,
            id: order.id, steps: course.steps, first: first)
    }

    private struct Leg {
        let action: String
        let at: Instant
        let by: Person
        let sets: [String: Value]

        init(_ action: String, _ stage: String, _ at: Instant, _ by: Person, _ more: [String: Value] = [:]) {
            self.action = action
            self.at = at
            self.by = by
            sets = more.merging(["stage": .text(stage)]) { first, _ in first }
        }
    }

    private func legs(_ order: SalesOrder) -> [Leg] {
        let times = order.times
        let maker = order.merchandiser
        var legs = [Leg("pass_review", "deposit", times.reviewed, order.owner)]
        if order.isCancelled {
            legs.append(
                Leg("cancel", "cancelled", times.released, order.owner, ["cancel_reason": .text("客户项目取消，定金抵下一单")]))
            return legs
        }
        legs += [
            Leg("deposit_matched", "order_release", times.deposit, person("finance")),
            Leg("release", "purchasing", times.released, maker),
            Leg("purchasing_done", "scheduling", times.purchased, person("purchasing")),
            Leg("schedule_confirmed", "production", times.scheduled, person("production")),
            Leg("production_done", "qc", times.finished, person("production")),
            Leg("inspection_passed", "booking", times.passed, person("qc")),
            Leg(
                "booking_confirmed", "customs", max(times.slot, times.passed), person("logistics"),
                ["current_etd": .day(times.current)]),
            Leg("customs_released", "shipment", times.cleared, person("logistics")),
            Leg(
                "sailed", "documents", times.sailed.adding(seconds: 11 * 3600), person("logistics"),
                ["actual_etd": .day(times.current), "current_etd": .day(times.current)]),
            Leg(
                "documents_presented", "collection", max(times.presented, times.sailed.adding(seconds: 12 * 3600)),
                person("documents")),
        ]
        guard !times.isUnpaid else { return legs }
        let paid = max(times.balance, times.presented.adding(seconds: 86_400))
        legs += [
            Leg("fully_paid", "refund", paid, person("finance")),
            Leg("refunded", "after_sales", max(times.refunded, paid), person("finance")),
            Leg("close", "closed", max(times.closed, times.refunded.adding(seconds: 86_400)), maker),
        ]
        return legs
    }

    // MARK: Pieces

    /// What proforma invoice, contract and order share.
    func trade(_ order: SalesOrder) -> [String: Input] {
        let customer = order.customer
        let isCarried = ["CIF", "CFR", "DAP"].contains(customer.incoterm)
        return [
            "company": .id(customer.id), "contact": .id(customer.contact.id), "currency": .text(customer.currency),
            "fx_rate": .decimal(order.version.rate, 6), "incoterm": .text(customer.incoterm),
            "incoterm_place": .text(isCarried ? customer.country.portName : "Ningbo"),
            "payment_term": .id(defaults.terms[customer.term]),
            "pol": .text("CNNBO"), "pod": .text(customer.country.port),
        ]
    }

    func goods(_ order: SalesOrder) -> [LineDraft] {
        order.items.map { line in
            LineDraft([
                "product": .id(line.item.product.id), "sku": .text(line.item.product.sku),
                "description": .text(line.item.product.english),
                "spec": .text(line.item.product.spec), "qty": .whole(line.item.quantity),
                "price": .decimal(line.price, 4),
            ])
        }
    }
}

/// Fields as they are now, gathered while the steps that set them are noted.
struct Record {
    var fields: [String: Input] = [:]
    var steps: [PastStep] = []

    /// Notes a step when it has happened; the fields take its values.
    mutating func mark(_ kind: String, at: Instant, by: Person, _ sets: [String: Value], _ world: World) {
        guard world.hasHappened(at) else { return }
        steps.append(world.step(kind, at: at, by: by, sets: sets))
        for (field, value) in sets { fields[field] = .value(value) }
    }
}
