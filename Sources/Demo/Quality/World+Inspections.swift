import Calendars
import Kernel
import Values

extension World {
    /// Final inspections, the failed ones with their second try, some in-line ones.
    mutating func writeInspections() {
        for index in orders.indices where !orders[index].isCancelled {
            let order = orders[index]
            let booked = order.times.finished.adding(seconds: -6 * 86_400)
            guard hasHappened(booked) else { continue }
            if dice.chance(18) { inLine(order, index) }
            var id = inspect(
                order, index, on: order.times.inspected, made: booked, failing: order.times.failed, before: nil)
            if order.times.failed, hasHappened(order.times.inspected) {
                let again = order.times.inspected.adding(seconds: 3 * 3600)
                id = inspect(order, index, on: order.times.passed, made: again, failing: false, before: id)
            }
            orders[index].inspection = id
        }
    }

    private mutating func inLine(_ order: SalesOrder, _ index: Int) {
        let middle = order.times.start.adding(
            days: (Clock.day(of: order.times.finished).number - order.times.start.number) * 6 / 10)
        let at = officeTime(middle)
        guard at < order.times.finished else { return }
        inspect(
            order, index, on: at, made: at.adding(seconds: -2 * 86_400), failing: false, before: nil, stage: "inline")
    }

    @discardableResult
    private mutating func inspect(
        _ order: SalesOrder, _ index: Int, on at: Instant, made: Instant, failing: Bool, before: RecordID?,
        stage: String = "final"
    ) -> RecordID {
        let inspector = person(index % 2 == 0 ? "qc" : "qc2")
        let isDone = hasHappened(at)
        let lot = order.items.reduce(0) { $0 + $1.item.quantity }
        let limits = SamplingLimits(lot: lot)
        let defects = isDone ? findings(limits, failing: failing) : []
        let tests =
            isDone
            ? Self.tests.map {
                LineDraft(["name": .text($0.0), "standard": .text($0.1), "result": .text("pass"), "value": .text($0.2)])
            } : []
        let lines = order.items.map {
            LineDraft([
                "product": .id($0.item.product.id), "lot": .whole($0.item.quantity),
                "batch_no": .text("L\(Sums.pad(index + 1, 4))"),
            ])
        }
        var course = Record()
        course.mark(
            "action:decide", at: at, by: inspector, ["status": .text("done"), "inspected_at": .day(Clock.day(of: at))],
            self)
        if !failing, stage == "final" {
            course.mark(
                "action:release", at: at.adding(seconds: 2400), by: inspector, ["status": .text("released")], self)
        }
        var fields: [String: Input] = [
            "order": .id(order.id), "factory": .id(partners[order.items[0].item.product.supplier].id),
            "place": .text("小港工厂 3 号楼成品区"),
            "planned_at": .on(Clock.day(of: at)), "finished_pct": .percent(stage == "final" ? 10_000 : 5500),
            "packed_pct": .percent(stage == "final" ? dice.int(8200...10_000) : 2000), "stage": .text(stage),
            "inspector": .id(inspector.id),
            "reinspect_of": .id(before), "note": failing && isDone ? .text("返工后复验：换驱动批次、重贴标签") : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        return add(
            "inspection", fields, lines: ["lines": lines, "defects": defects, "tests": tests], at: made, by: inspector,
            region: order.customer.region, steps: course.steps)
    }

    private static let tests: [(String, String, String)] = [
        ("点亮老化 4 h", "无死灯、无闪烁", "0/80"), ("光通量", "标称 ±10%", "+2.1%"), ("耐压 3.75 kV 1 min", "IEC 60598-1", "无击穿"),
        ("跌落 80 cm", "1 角 3 棱 6 面", "通过"), ("条码扫描", "可读", "100%"),
    ]

    private mutating func findings(_ limits: SamplingLimits, failing: Bool) -> [LineDraft] {
        let major: [String] = ["不亮或闪烁", "色温混批", "透镜破裂", "驱动异响", "螺丝漏打"]
        let minor: [String] = ["彩盒轻微压痕", "表面划伤 < 5 mm", "丝印偏移", "说明书折角", "标签贴歪"]
        var out: [LineDraft] = []
        func add(_ text: String, _ kind: String, _ count: Int) {
            guard count > 0 else { return }
            out.append(LineDraft(["description": .text(text), "defect_class": .text(kind), "found": .whole(count)]))
        }
        let majors = failing ? limits.major + dice.int(1...4) : dice.int(0...max(0, limits.major - 1))
        add(dice.pick(major), "major", majors)
        add(dice.pick(minor), "minor", dice.int(0...max(0, limits.minor - 2)))
        return out
    }
}

/// Acceptance numbers of level II, AQL 2.5 and 4.0, for whole lots of some thousand.
struct SamplingLimits {
    let major: Int
    let minor: Int

    init(lot: Int) {
        switch lot {
        case ...50: (major, minor) = (0, 1)
        case ...150: (major, minor) = (1, 2)
        case ...280: (major, minor) = (2, 3)
        case ...500: (major, minor) = (3, 5)
        case ...1200: (major, minor) = (5, 7)
        case ...3200: (major, minor) = (7, 10)
        case ...10_000: (major, minor) = (10, 14)
        case ...35_000: (major, minor) = (14, 21)
        default: (major, minor) = (21, 21)
        }
    }
}
