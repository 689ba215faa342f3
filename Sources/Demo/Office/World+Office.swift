import Calendars
import Kernel
import Values

extension World {
    /// What was approved, with its steps.
    mutating func writeApprovals() {
        for deal in deals {
            guard let version = deal.versions.last else { continue }
            let base = version.lines.reduce(0) { $0 + $1.cents } * (version.rate / 1000) / 1000
            guard base > 14_000_000, version.status != "draft", version.status != "in_approval" else { continue }
            approve(deal, version, base)
        }
    }

    private mutating func approve(_ deal: Deal, _ version: Deal.Version, _ base: Int) {
        let manager = person(customers[deal.customer].country.region == "EU" ? "manager" : "manager2")
        let at = version.at.adding(seconds: 900)
        guard hasHappened(at), let rule = defaults.approvalRules["quotation:discount_pct:sales_manager"] else { return }
        let decided = officeTime(after: at, hours: 1...5)
        var course = Record()
        course.mark("action:grant", at: decided, by: manager, ["status": .text("approved"), "note": .text("同意")], self)
        var fields: [String: Input] = [
            "target": .about("quotation", version.id), "rule": .id(rule), "level": .whole(1), "mode": .text("serial"),
            "snapshot": .object([
                "total_cny": .number(String(base / 100)), "version": .number(String(version.number)),
                "discount_pct": .number("0.02"),
            ]),
        ]
        fields.merge(course.fields) { _, new in new }
        let isDone = !course.steps.isEmpty
        let step = LineDraft([
            "level": .whole(1), "role": .text("sales_manager"), "person": .id(manager.id),
            "due": .at(at.adding(seconds: 4 * 3600)),
            "decision": isDone ? .text("approved") : .null, "at": isDone ? .at(decided) : .null,
        ])
        add(
            "approval", fields, lines: ["steps": [step]], at: at, by: deal.owner,
            region: customers[deal.customer].region, steps: course.steps)
    }

    mutating func writeOffice() {
        delegate("manager", "manager2", -1, 5, "欧洲拜访客户", 8_000_000)
        delegate("purchasing", "purchasing2", -40, -33, "年假", nil)
        delegate("finance", "finance2", 6, 13, "外训", 5_000_000)
        delegate("owner", "director", -90, -80, "德国展会", 30_000_000)
        meet()
        collectAssets()
        writeInsights()
        addResources()
    }

    private mutating func delegate(
        _ from: String, _ to: String, _ start: Int, _ end: Int, _ reason: String, _ cap: Int?
    ) {
        let giver = person(from)
        add(
            "delegation",
            [
                "from": .id(giver.id), "to": .id(person(to).id),
                "start": .at(Clock.ningbo(lastDay.adding(days: start), hour: 8)),
                "end": .at(Clock.ningbo(lastDay.adding(days: end), hour: 18)),
                "reason": .text(reason), "amount_cap": cap.map { .cents($0) } ?? .null,
                "scope": .object(["kinds": .list([.text("quotation"), .text("order")])]),
            ], at: officeTime(workday(lastDay.adding(days: min(start, 0)), plus: -3)), by: giver)
    }

    private mutating func meet() {
        let rows: [(String, Int, [String], [(String, String, Int)], String)] = [
            (
                "周一产销会", -6, ["manager", "manager2", "merchandiser", "purchasing", "production", "qc", "logistics"],
                [("本周到期订单", "merchandiser", 10), ("缺料与瓶颈", "purchasing", 10), ("旺季舱位", "logistics", 8)],
                "B 线加一个夜班；美线提前 18 天订舱"
            ),
            (
                "周一产销会", 1, ["manager", "manager2", "merchandiser", "purchasing", "production", "qc", "logistics"],
                [("本周到期订单", "merchandiser", 10), ("在途与单证", "documents", 8), ("品质周报", "qc", 8)], ""
            ),
            (
                "广交会复盘", -28, ["director", "manager", "manager2", "marketing", "sales", "sales2"],
                [("名片跟进进度", "marketing", 10), ("新品反馈", "sales", 10)], "A 类名片三天内全部首次回复"
            ),
            (
                "欧洲区月会", 3, ["region-eu", "manager", "sales", "sales3", "director"],
                [("管道与赢单", "region-eu", 15), ("价格底线", "director", 10)], ""
            ),
            (
                "美洲区月会", -12, ["region-am", "manager2", "sales2", "director"],
                [("关税影响", "region-am", 15), ("墨西哥分销", "sales2", 10)], "墨西哥改做 DAP 试一柜"
            ),
            (
                "亚太区月会", -9, ["region-ap", "manager2", "sales4", "sales6"],
                [("澳新开发", "sales4", 10), ("中东账期", "region-ap", 10)], "账期客户一律买信保"
            ),
            (
                "8D 复盘：色温混批", -17, ["qc", "production", "purchasing", "merchandiser"],
                [("根因", "qc", 12), ("防再发", "production", 10)], "灯珠批次扫码上线"
            ),
            ("应收例会", -4, ["finance", "manager", "manager2", "director"], [("逾期清单", "finance", 15)], "逾期 30 天以上停止放单"),
        ]
        for row in rows {
            let starts = Clock.ningbo(workday(lastDay.adding(days: row.1)), hour: 9, minute: 30)
            let owner = person(row.2[0])
            let isPast = hasHappened(starts)
            let decisions =
                row.4.isEmpty || !isPast
                ? []
                : [
                    LineDraft([
                        "text": .text(row.4), "person": .id(person(row.2[1]).id),
                        "due": .on(lastDay.adding(days: row.1 + 14)),
                    ])
                ]
            add(
                "meeting",
                [
                    "title": .text(row.0), "starts_at": .at(starts), "attendees": .ids(row.2.map { person($0).id }),
                    "max_minutes": .whole(30),
                    "minutes": isPast ? .text("按议程进行，结论见决议。") : .null,
                    "slots": .list([.text(starts.description), .text(starts.adding(seconds: 86_400).description)]),
                ],
                lines: [
                    "agenda": row.3.map {
                        LineDraft(["topic": .text($0.0), "person": .id(person($0.1).id), "minutes": .whole($0.2)])
                    }, "decisions": decisions,
                ],
                at: min(officeTime(workday(Clock.day(of: starts), plus: -4)), horizon.adding(seconds: -7200)), by: owner
            )
        }
    }

    private mutating func addResources() {
        let rows: [(String, String, String, Int, String, String?)] = [
            ("样品展厅", "tool", "global", 2, "场次", nil), ("产品摄影棚", "content", "global", 1, "天", nil),
            ("欧洲样品库（汉堡）", "sample_stock", "regional", 400, "只", "EU"),
            ("美洲样品库（迈阿密）", "sample_stock", "regional", 250, "只", "AM"), ("设计师工时", "people", "global", 40, "小时/周", nil),
            ("积分球与分布光度计", "tool", "global", 1, "台", nil), ("展会预算", "budget", "global", 120, "万元", nil),
        ]
        for (index, row) in rows.enumerated() {
            let who = person(index % 2 == 0 ? "sales" : "sales2")
            let from = Clock.ningbo(workday(lastDay, plus: index - 2), hour: 9)
            add(
                "resource",
                [
                    "name": .text(row.0), "kind": .text(row.1), "tier": .text(row.2),
                    "capacity": .decimal(row.3 * 100, 2), "unit": .text(row.4), "note": .text("预订前看日历，用完归位"),
                ],
                lines: [
                    "bookings": [
                        LineDraft([
                            "who": .id(who.id), "from": .at(from), "to": .at(from.adding(seconds: 4 * 3600)),
                            "amount": .decimal(100, 2), "purpose": .text(index % 2 == 0 ? "客户来访" : "新品拍摄"),
                        ])
                    ]
                ],
                at: officeTime(lastDay.adding(days: -200 + index)), by: person("marketing"),
                region: row.5.flatMap { regions[$0] })
        }
    }
}
