import Calendars
import Kernel
import Values

extension World {
    /// What is ordered from suppliers for every released order, one purchase order for each supplier.
    mutating func writePurchases() {
        for index in orders.indices where !orders[index].isCancelled && hasHappened(orders[index].times.released) {
            let order = orders[index]
            let suppliers = Set(order.items.map(\.item.product.supplier)).sorted()
            orders[index].purchase = suppliers.map { purchase(order, from: $0) }
        }
    }

    private mutating func purchase(_ order: SalesOrder, from supplier: Int) -> RecordID {
        let times = order.times
        let buyer = person(supplier % 2 == 0 ? "purchasing" : "purchasing2")
        let made = pastTime(after: times.released, hours: 1...8) ?? times.released
        let approved = officeTime(after: made, hours: 1...20)
        let sent = officeTime(after: approved, hours: 0...6)
        let confirmed = max(times.purchased, sent.adding(seconds: 3600))
        let due = max(workday(Clock.day(of: times.finished), plus: -3), Clock.day(of: made).adding(days: 1))
        let reply = dice.chance(14) ? due.adding(days: dice.int(1...4)) : due
        let arrived = min(officeTime(reply), times.finished)
        let partner = partners[supplier]
        let isOver = dice.chance(8)
        let places = order.items.indices.filter { order.items[$0].item.product.supplier == supplier }
        let lines = places.map { place in
            let item = order.items[place].item
            let price = item.product.purchase / 1000 * (isOver ? 1028 : 1000)
            return LineDraft([
                "product": .id(item.product.id), "description": .text(item.product.chinese),
                "order_line": .id(order.line(place)),
                "qty": .whole(item.quantity), "price": .decimal(price, 4),
                "standard_price": .decimal(item.product.purchase, 4),
                "due": .on(due), "received_qty": .whole(hasHappened(arrived) ? item.quantity : 0),
            ])
        }
        let total = places.reduce(0) {
            $0 + Sums.cents(order.items[$1].item.quantity, price: order.items[$1].item.product.purchase)
        }
        let approver = total < 5_000_000 && !isOver ? buyer : person("director")
        var course = Record()
        course.mark(
            "action:" + (approver.id == buyer.id ? "approve_own" : "approve"), at: approved, by: approver,
            [
                "status": .text("approved"), "approved_by": .record(approver.id), "approved_at": .instant(approved),
            ], self)
        course.mark("action:send", at: sent, by: buyer, ["status": .text("sent")], self)
        course.mark(
            "action:confirm", at: confirmed, by: buyer, ["status": .text("confirmed"), "confirmed_due": .day(reply)],
            self)
        if dice.chance(20) {
            course.mark(
                "action:receive_part", at: max(arrived.adding(seconds: -3 * 86_400), confirmed), by: buyer,
                ["status": .text("partial")], self)
        }
        course.mark(
            "action:receive_all", at: max(arrived, confirmed.adding(seconds: 7200)), by: buyer,
            ["status": .text("received"), "received_at": .day(Clock.day(of: arrived))], self)
        course.mark(
            "action:close", at: max(times.sailed, arrived).adding(seconds: 9 * 86_400), by: buyer,
            [
                "status": .text("closed"), "invoice_no": .text("2633200000\(dice.int(10_000_000...99_999_999))"),
            ], self)
        var fields: [String: Input] = [
            "supplier": .id(partner.id), "contact": .id(partner.contact), "order": .ids([order.id]),
            "date": .on(Clock.day(of: made)),
            "currency": .text("CNY"), "fx_rate": .decimal(1_000_000, 6), "due": .on(due),
            "payment": .object(["deposit": .text("0%"), "balance": .text("月结 30 天")]),
            "remarks": isOver ? .text("原料上涨，供应商加价，已报备") : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        return add("purchase_order", fields, lines: ["lines": lines], at: made, by: buyer, steps: course.steps)
    }

    /// Scores of the factories, month by month.
    mutating func scoreSuppliers() {
        let buyer = person("purchasing")
        for back in 1...12 {
            let month = lastDay.adding(months: -back).components
            let period = "\(month.year)-\(Sums.pad(month.month, 2))"
            guard let first = Day(year: month.year, month: month.month, day: 1) else { continue }
            let at = officeTime(workday(first.adding(months: 1), plus: 2))
            guard hasHappened(at) else { continue }
            for place in 0..<8 {
                let quality = dice.int(8800...9950)
                let isLate = dice.chance(20)
                let otd = isLate ? dice.int(6800...8500) : dice.int(8600...10_000)
                add(
                    "supplier_score",
                    [
                        "supplier": .id(partners[place].id), "period": .text(period), "quality": .percent(quality),
                        "otd": .percent(otd),
                        "price_idx": .decimal(dice.int(9600...10_600), 2), "service": .percent(dice.int(7800...9800)),
                        "actions": isLate
                            ? .text(dice.pick(["每周二、周五报进度，关键物料提前两周备料", "约谈负责人，下月准交率低于 85% 减单", "增加一条包装线，旺季前到位"]))
                            : .null,
                    ], at: at, by: buyer)
            }
        }
    }
}
