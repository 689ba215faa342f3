import Calendars
import Kernel
import Values

extension World {
    /// Samples for inquiries that asked for them.
    mutating func writeSamples() {
        for inquiry in inquiries {
            guard let index = inquiry.customer, let owner = inquiry.owner, !inquiry.isRepeat else { continue }
            let wants =
                switch inquiry.outcome {
                case .sampling: 100
                case .won: 30
                case .lost: 7
                case .quoting, .negotiating: 16
                default: 0
                }
            guard dice.chance(wants) else { continue }
            sample(inquiry, customers[index], owner)
        }
    }

    private mutating func sample(_ inquiry: Inquiry, _ customer: Customer, _ owner: Person) {
        let made = officeTime(after: inquiry.received, hours: 30...140)
        guard hasHappened(made) else { return }
        let maker = person(dice.chance(60) ? "merchandiser" : "merchandiser2")
        let begun = officeTime(after: made, hours: 20...60)
        let tested = officeTime(after: begun, hours: 90...220)
        let shipped = officeTime(after: tested, hours: 4...40)
        let arrived = shipped.adding(seconds: dice.int(4...9) * 86_400)
        let answered = officeTime(after: arrived, hours: 40...240)
        let feedback = dice.pick([
            "外观满意，色温再暖一点，整单可以走", "Finish is good, cable 20 cm longer please", "亮度够，包装盒要换成 FSC 纸",
            "Customer likes it, waiting for the buyer's board", "边框有缝，要求重做一只",
            "Light output below the sample of the competitor",
        ])
        var course = Record()
        course.mark("action:approve", at: made.adding(seconds: 5400), by: maker, ["status": .text("approved")], self)
        course.mark(
            "action:start", at: begun, by: maker, ["status": .text("making"), "maker": .record(maker.id)], self)
        course.mark("action:to_qc", at: tested, by: maker, ["status": .text("qc")], self)
        course.mark(
            "action:ship", at: shipped, by: maker,
            [
                "status": .text("shipped"), "shipped_at": .instant(shipped),
                "courier": .text(dice.pick(["捷空快运", "国际快递（到付）", "空运专线"])),
                "tracking_no": .text("JK\(dice.int(10_000_000...99_999_999))CN"),
            ], self)
        course.mark(
            "action:delivered", at: arrived, by: owner,
            ["status": .text("delivered"), "delivered_at": .instant(arrived)], self)
        let isOld = lastDay.number - Clock.day(of: arrived).number > 24
        if dice.chance(80) || inquiry.outcome == .won || isOld {
            course.mark(
                "action:log_feedback", at: answered, by: owner,
                ["status": .text("feedback"), "feedback": .text(feedback)], self)
            let decided = officeTime(after: answered, hours: 4...60)
            if inquiry.outcome == .won {
                course.mark(
                    "action:customer_approved", at: decided, by: owner, ["status": .text("approved_by_customer")], self)
                course.mark(
                    "action:seal", at: officeTime(after: decided, hours: 2...30), by: owner,
                    [
                        "status": .text("sealed"), "sealed_no": .text("FY\(dice.int(1000...9999))"),
                        "expires": .day(Clock.day(of: decided).adding(days: 365)),
                    ], self)
            } else if inquiry.outcome == .lost || isOld {
                course.mark("action:reject", at: decided, by: owner, ["status": .text("rejected")], self)
            }
        }
        let items = Array(inquiry.items.prefix(2))
        let cost = items.reduce(0) { $0 + $1.product.purchase / 100 * 3 }
        var fields: [String: Input] = [
            "inquiry": .id(inquiry.id), "company": .id(customer.id), "contact": .id(customer.contact.id),
            "cost": .cents(cost),
            "charge": .money(customer.grade == "A" || customer.grade == "B" ? 0 : max(2000, cost / 4), "USD"),
            "freight_account": .text(dice.pick(["客户到付账号 4471-0925", "预付，首单抵扣", "Customer's courier account", "预付"])),
            "due": .on(workday(Clock.day(of: made), plus: 9)), "maker": .id(maker.id),
        ]
        fields.merge(course.fields) { _, new in new }
        let lines = items.map {
            LineDraft([
                "product": .id($0.product.id), "description": .text($0.product.english),
                "pieces": .whole(dice.int(1...3)), "spec": .text("与报价一致，附光电测试数据"),
            ])
        }
        let id = add(
            "sample", fields, lines: ["lines": lines], at: made, by: owner, region: customer.region, steps: course.steps
        )
        cases["sample", default: []].append(id)
    }
}
