import Calendars
import Kernel
import Values

extension World {
    /// Production plans with their milestones.
    mutating func writePlans() {
        for index in orders.indices where !orders[index].isCancelled && hasHappened(orders[index].times.purchased) {
            orders[index].plan = plan(orders[index], index)
        }
    }

    private mutating func plan(_ order: SalesOrder, _ index: Int) -> RecordID {
        let times = order.times
        let maker = person(index % 3 == 0 ? "production2" : "production")
        let made = pastTime(after: times.purchased, hours: 1...5) ?? times.purchased
        let end = max(Clock.day(of: times.finished), times.start)
        let span = max(1, end.number - times.start.number)
        let quantity = order.items.reduce(0) { $0 + $1.item.quantity }
        let isDone = hasHappened(times.finished)
        let passed = max(0, min(span, lastDay.number - times.start.number))
        let finished = isDone ? quantity : lastDay <= times.start ? 0 : quantity * passed / (span + 1) * 96 / 100
        let codes: [(String, Int)] = [
            ("material_in", 0), ("first_article", 12), ("pct30", 38), ("pct50", 55), ("pct80", 80), ("packing", 92),
            ("finished", 100),
        ]
        let milestones = codes.map { code, share in
            let planned = times.start.adding(days: span * share / 100)
            let actual = planned.adding(days: share > 30 ? dice.weighted([(0, 70), (1, 20), (2, 10)]) : 0)
            let real = code == "finished" ? end : min(actual, end)
            return LineDraft([
                "code": .text(code), "planned": .on(planned), "actual": .on(real < lastDay ? real : nil),
                "person": .id(maker.id),
            ])
        }
        var course = Record()
        let begun = Clock.ningbo(times.start, hour: 8, minute: 35)
        course.mark("action:start_run", at: begun, by: maker, ["status": .text("running")], self)
        course.mark(
            "action:finish", at: max(times.finished, begun.adding(seconds: 3600)), by: maker,
            ["status": .text("finished")], self)
        var fields: [String: Input] = [
            "order": .id(order.id), "factory": .id(partners[order.items[0].item.product.supplier].id),
            "line": .text("\(dice.pick(["A", "B", "C"]))\(dice.int(1...4)) 线"), "start": .on(times.start),
            "end": .on(end),
            "qty": .whole(quantity), "finished_qty": .whole(finished),
            "daily_capacity": .whole(max(20, quantity / max(1, span - 2))),
            "conflicts": .whole(dice.chance(10) ? 1 : 0),
        ]
        fields.merge(course.fields) { _, new in new }
        let department = person("production").departmentID
        return add(
            "production_plan", fields, lines: ["milestones": milestones], at: made, by: maker,
            region: order.customer.region, department: department, steps: course.steps)
    }
}
