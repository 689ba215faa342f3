import Calendars
import Kernel
import Values

extension World {
    /// Costs, settlements, refunds, commissions: what finance makes of shipped orders.
    mutating func writeBooks() {
        for order in orders where !order.isCancelled && hasHappened(order.times.released) { costs(order) }
        for order in orders where order.shipment != nil {
            settle(order)
            refund(order)
        }
        for order in orders where order.stage == "refund" || order.stage == "after_sales" || order.stage == "closed" {
            commission(order)
        }
    }

    private mutating func costs(_ order: SalesOrder) {
        guard let at = pastTime(after: order.times.released, hours: 2...30) else { return }
        let cargo = Cargo(order)
        let goods = order.items.reduce(0) { $0 + Sums.cents($1.item.quantity, price: $1.item.product.purchase) }
        let exact = goods * 100 / 113
        let isShipped = hasHappened(order.times.sailed)
        let inland = 60_000 + cargo.volume * 3
        var rows: [(String, Int, Int, Int?, String)] = [
            ("purchase", exact, exact * dice.int(998...1012) / 1000, order.items[0].item.product.supplier, "不含税采购成本"),
            ("inland", inland, inland * dice.int(95...115) / 100, 20, "拖车与装卸"),
            ("port", 85_000, 85_000 + dice.int(0...22_000), 20, "港杂、报关、文件费"),
        ]
        if order.version.freight > 0 {
            let freight = order.version.freight * (order.version.rate / 1000) / 1000
            rows.append(("freight", freight, freight * dice.int(93...118) / 100, 21, "海运费"))
        }
        for row in rows {
            add(
                "cost_item",
                [
                    "kind": .text(row.0), "target": .about("order", order.id), "order": .id(order.id),
                    "amount": .money(row.1, "CNY"), "per": .text("order"),
                    "estimate": .bool(!isShipped), "actual": isShipped ? .money(row.2, "CNY") : .null,
                    "supplier": .id(row.3.map { partners[$0].id }),
                    "invoice_no": isShipped ? .text("F\(dice.int(10_000_000...99_999_999))") : .null,
                    "date": .on(Clock.day(of: at)), "note": .text(row.4),
                ],
                at: at, by: person(row.0 == "purchase" ? "purchasing" : "logistics"), region: order.customer.region)
        }
    }

    private mutating func settle(_ order: SalesOrder) {
        guard hasHappened(order.times.sailed.adding(seconds: 5 * 86_400)) else { return }
        for payment in order.payments {
            let at = officeTime(
                after: max(order.times.sailed.adding(seconds: 5 * 86_400), order.times.deposit), hours: 2...70)
            guard hasHappened(at) else { continue }
            add(
                "fx_settlement",
                [
                    "payment": .id(payment), "customs": .id(order.customs), "order": .id(order.id),
                    "company_class": .text("A"), "reported_on": .on(Clock.day(of: at)),
                ],
                at: at, by: person("finance2"), region: order.customer.region)
        }
    }

    /// What a supplier invoiced for its share of an order, without tax.
    private mutating func supplierInvoice(for order: SalesOrder, of supplier: Int) -> LineDraft {
        var gross = 0
        for part in order.items where part.item.product.supplier == supplier {
            gross += Sums.cents(part.item.quantity, price: part.item.product.purchase)
        }
        return LineDraft([
            "no": .text("2633200000\(dice.int(10_000_000...99_999_999))"),
            "date": .on(order.times.current.adding(days: 5)),
            "supplier": .id(partners[supplier].id), "amount": .decimal(gross * 100 / 113, 2),
            "rate": .percent(1300),
        ])
    }

    private mutating func refund(_ order: SalesOrder) {
        let at = officeTime(after: order.times.sailed.adding(seconds: 12 * 86_400), hours: 1...90)
        guard hasHappened(at), let customs = order.customs else { return }
        let by = person("finance2")
        let declared = officeTime(after: at, hours: 24 * 4...24 * 16)
        var course = Record()
        course.mark(
            "action:declare", at: declared, by: by,
            ["status": .text("declared"), "declared_on": .day(Clock.day(of: declared))], self)
        let reviewed = declared.adding(seconds: 3 * 86_400)
        course.mark("action:review", at: reviewed, by: by, ["status": .text("reviewing")], self)
        course.mark(
            "action:refund", at: max(order.times.refunded, reviewed.adding(seconds: 86_400)), by: by,
            [
                "status": .text("refunded"),
                "received_on": .day(Clock.day(of: max(order.times.refunded, reviewed.adding(seconds: 86_400)))),
            ], self)
        var invoices: [LineDraft] = []
        for supplier in Set(order.items.map { $0.item.product.supplier }).sorted() {
            invoices.append(supplierInvoice(for: order, of: supplier))
        }
        var fields: [String: Input] = [
            "customs": .id(customs), "order": .id(order.id), "export_date": .on(order.times.current),
            "refund_rate": .percent(1300),
            "documents": .object(["contract": .bool(true), "bl": .bool(true), "receipt": .bool(!order.times.isUnpaid)]),
        ]
        fields.merge(course.fields) { _, new in new }
        add(
            "tax_refund", fields, lines: ["vat_invoices": invoices], at: at, by: by, region: order.customer.region,
            steps: course.steps)
    }

    private mutating func commission(_ order: SalesOrder) {
        let at = max(officeTime(Clock.day(of: order.times.balance).adding(days: 2)), order.times.presented)
        guard hasHappened(at) else { return }
        let by = person("finance")
        let payable = officeTime(after: at, hours: 24...120)
        let paid = officeTime(after: payable, hours: 24 * 8...24 * 26)
        let agents = ["IT": 31, "AE": 32, "CL": 33]
        for isAgent in [false, true] {
            if isAgent, agents[order.customer.country.code] == nil { continue }
            var course = Record()
            course.mark("action:make_payable", at: payable, by: by, ["status": .text("payable")], self)
            course.mark(
                "action:pay", at: paid, by: by, ["status": .text("paid"), "paid_on": .day(Clock.day(of: paid))], self)
            var fields: [String: Input] = [
                "target": .about("order", order.id), "order": .id(order.id), "kind": .text(isAgent ? "agent" : "sales"),
                "agent": .id(isAgent ? agents[order.customer.country.code].map { partners[$0].id } : nil),
                "person": .id(isAgent ? nil : order.owner.id),
                "base": .text(isAgent ? "fob_net" : "received"), "rate": .percent(isAgent ? 300 : dice.int(60...120)),
                "payable_when": .text("received_full"),
            ]
            fields.merge(course.fields) { _, new in new }
            add(
                "commission", fields, at: at.adding(seconds: isAgent ? 60 : 0), by: by, owner: order.owner,
                region: order.customer.region, steps: course.steps)
        }
    }
}
