import Calendars
import Kernel
import Values

/// What somebody asks to have changed on an order: which field, from what to what, and why.
private struct Wish {
    let kind: String
    let point: String
    let before: [String: Input]
    let after: [String: Input]
    let why: String
    var delay = 0
    /// The effects that were found, each with its cost in cents and its days.
    var effects: [(kind: String, zh: String, en: String, cents: Int, days: Int)] = []
    var documents = ["pi", "contract"]
}

extension World {
    /// Changes that customers and others asked for.
    mutating func writeChanges() {
        let running = orders.filter { !$0.isCancelled && hasHappened($0.times.released) }
        let late = running.filter { ["purchasing", "scheduling", "production", "qc", "booking"].contains($0.stage) }
        for order in dice.some(34, of: running) { change(order, dice.int(0...7)) }
        for order in dice.some(14, of: late) { change(order, dice.int(0...6)) }
    }

    private func wish(_ order: SalesOrder, _ place: Int) -> Wish {
        let line = order.items[0]
        let quantity = line.item.quantity
        let cost = max(1, order.total * 7 / 100_000) * 1000
        switch place {
        case 0:
            return Wish(
                kind: "packing", point: "before_packing", before: ["packing": .text("白盒 + 五层外箱")],
                after: ["packing": .text("彩盒（客供稿）+ 五层外箱，加条码")], why: "客户要进超市渠道，改彩盒并加条码", delay: 3,
                effects: [
                    ("cost", "彩盒与条码印刷", "Colour boxes and bar codes", cost, 0),
                    ("time", "彩盒打样和印刷", "Proof and printing of the boxes", 0, 3),
                ])
        case 1:
            let more = Sums.fullCartons(quantity * 6 / 5, line.item.product.pieces)
            return Wish(
                kind: "qty", point: "before_material", before: Self.line("qty", .number(String(quantity))),
                after: Self.line("qty", .number(String(more))), why: "客户追加，凑一个 40HQ", delay: 2,
                effects: [("time", "追加物料到货", "More material has to arrive", 0, 2)])
        case 2, 3:
            let isLater = place == 2
            let wanted = order.times.current.adding(days: isLater ? 14 : -7)
            return Wish(
                kind: "delivery", point: isLater ? "later" : "earlier",
                before: ["current_etd": .text(order.times.current.description)],
                after: ["current_etd": .text(wanted.description)],
                why: isLater ? "客户仓库满，要求晚两周到港" : "展会要用，要求提前一周", delay: isLater ? 14 : 0,
                effects: isLater
                    ? [
                        ("time", "船期推迟到 \(wanted)", "Departure moves back to \(wanted)", 0, 14),
                        ("cost", "成品仓储两周", "Two weeks of storage", cost / 2, 0),
                    ]
                    : [
                        ("time", "船期提前到 \(wanted)", "Departure moves up to \(wanted)", 0, -7),
                        ("cost", "周末加班与加急料", "Overtime and express material", cost, 0),
                    ],
                documents: ["pi", "contract", "booking_note"])
        default: return laterWish(order, place, cost)
        }
    }

    private func laterWish(_ order: SalesOrder, _ place: Int, _ cost: Int) -> Wish {
        let price = order.items[0].price
        switch place {
        case 4:
            return Wish(
                kind: "spec", point: "in_production", before: Self.line("spec", .text("3000K")),
                after: Self.line("spec", .text("4000K")), why: "客户门店统一色温", delay: 4,
                effects: [
                    ("cost", "已贴片灯板报废", "Boards already fitted are scrapped", cost * 2, 0),
                    ("time", "灯珠重新备料", "LEDs have to be bought again", 0, 4),
                    ("quality", "重新做光电测试", "Photometric test once more", 0, 0),
                ])
        case 5:
            return Wish(
                kind: "destination", point: "before_booking", before: ["pod": .text(order.customer.country.port)],
                after: ["pod": .text(order.customer.country.port == "NLRTM" ? "DEHAM" : "NLRTM")], why: "客户改由分公司清关",
                effects: [("cost", "运费差价", "Difference of freight", cost, 0)],
                documents: ["pi", "contract", "booking_note"])
        case 6:
            return Wish(
                kind: "price", point: "any", before: Self.line("price", .number(Self.text(price))),
                after: Self.line("price", .number(Self.text(price * 99 / 100 / 100 * 100))), why: "同客户他单比价",
                effects: [("cost", "少收货款", "Less is charged", order.total / 100, 0)])
        default:
            return Wish(
                kind: "document", point: "after_BL",
                before: ["docs_required": .list(["invoice", "packing_list", "bl"].map { .text($0) })],
                after: ["docs_required": .list(["invoice", "packing_list", "bl", "coo"].map { .text($0) })],
                why: "当地新规，要产地证",
                effects: [("cost", "产地证费用", "Fee of the certificate", 12_000, 0)], documents: ["invoice"])
        }
    }

    /// The first line with a value.
    private static func line(_ field: String, _ value: Input) -> [String: Input] {
        ["lines": .list([.object(["line": .number("1"), field: value])])]
    }

    /// A price in ten-thousandths.
    private static func text(_ price: Int) -> String { ExactDecimal(units: Int128(price), scale: 4).description }

    private mutating func change(_ order: SalesOrder, _ place: Int) {
        let wish = wish(order, place)
        let room = max(1, min(30, lastDay.number - Clock.day(of: order.times.released).number - 1))
        let isFresh = room < 30 && dice.chance(50)
        let at = officeTime(
            Clock.day(of: order.times.released).adding(
                days: isFresh ? max(1, room - dice.int(0...6)) : dice.int(1...room)))
        guard hasHappened(at) else { return }
        let by = order.merchandiser
        let manager = person(order.customer.country.region == "EU" ? "manager" : "manager2")
        let age = lastDay.number - Clock.day(of: at).number
        let assessed = officeTime(after: at, hours: 6...40)
        let decided = officeTime(after: assessed, hours: 2...30)
        let isRejected = dice.chance(14)
        let isEmergency = wish.point == "in_production" && dice.chance(40)
        var course = Record()
        course.mark("action:submit", at: at.adding(seconds: 1800), by: by, ["status": .text("assessing")], self)
        if age > 3 { course.mark("action:assess", at: assessed, by: by, ["status": .text("in_approval")], self) }
        if age > 6 {
            course.mark(
                isRejected ? "action:reject" : "action:approve", at: decided, by: manager,
                [
                    "status": .text(isRejected ? "rejected" : "approved"), "decided_by": .record(manager.id),
                    "decided_at": .instant(decided),
                    "decision_note": .text(isRejected ? "料已开裁，成本客户不承担" : "同意，差价计入 PI 修订"),
                ], self)
            if !isRejected, age > 10 {
                course.mark(
                    "action:apply", at: officeTime(after: decided, hours: 6...50), by: by, ["status": .text("applied")],
                    self)
            }
        }
        let isAssessed = age > 3
        var fields: [String: Input] = [
            "order": .id(order.id), "kind": .text(wish.kind), "change_point": .text(wish.point),
            "before": .object(wish.before), "after": .object(wish.after), "reason": .text(wish.why),
            "by": .text(wish.kind == "spec" && dice.chance(30) ? "internal" : "customer"),
            "emergency": .bool(isEmergency), "cost_impact": .cents(wish.effects.reduce(0) { $0 + $1.cents }),
            "delay_days": .whole(wish.delay), "affected_count": .whole(dice.chance(20) ? 1 : 0),
            "documents": .codes(wish.documents),
            "retro_review": isEmergency ? .on(Clock.day(of: decided).adding(days: 2)) : .null,
            "emergency_at": isEmergency && hasHappened(assessed) ? .at(assessed) : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        let effects = wish.effects.map { effect in
            LineDraft([
                "kind": .text(effect.kind), "text_zh": .text(effect.zh), "text_en": .text(effect.en),
                "amount": effect.cents > 0 ? .cents(effect.cents) : .null,
                "days": effect.days != 0 ? .whole(effect.days) : .null, "confirmed": .bool(isAssessed),
            ])
        }
        add(
            "change_request", fields, lines: ["impact_lines": effects], at: at, by: by, owner: order.owner,
            region: order.customer.region, steps: course.steps)
    }

    /// Hand-offs from leg to leg as they were kept before legs ran by themselves; all are answered.
    mutating func writeHandoffs() {
        for order in orders
        where !order.isCancelled && order.times.ordered > Clock.ningbo(lastDay.adding(days: -170), hour: 0) {
            let times = order.times
            let legs: [(String, String, Person, Person, Instant)] = [
                ("pi_contract", "contract_review", order.owner, order.merchandiser, times.ordered),
                ("order_release", "purchasing", order.merchandiser, person("purchasing"), times.released),
                ("purchasing", "scheduling", person("purchasing"), person("production"), times.purchased),
                ("production", "qc", person("production"), person("qc"), times.finished),
                ("qc", "booking", person("qc"), person("logistics"), times.passed),
                (
                    "shipment", "documents", person("logistics"), person("documents"),
                    times.sailed.adding(seconds: 11 * 3600)
                ),
                ("documents", "collection", person("documents"), person("finance"), times.presented),
            ]
            for leg in legs where hasHappened(leg.4) { handOff(order, leg) }
        }
    }

    private mutating func handOff(_ order: SalesOrder, _ leg: (String, String, Person, Person, Instant)) {
        let (from, to, giver, taker, at) = leg
        let answered = officeTime(after: at, hours: 0...9)
        let comesBack = dice.chance(7)
        var course = Record()
        var note: Input = .null
        if comesBack {
            let why = dice.pick([
                ("missing_data", "唛头和包装稿没附"), ("wrong_version", "附的是 V1，客户确认的是 V2"), ("late", "离截单只剩半天，先确认能否加急"),
                ("quality", "验货报告缺照片"),
            ])
            var sets: [String: Value] = [
                "status": .text("returned"), "decision": .text("returned"), "return_note": .text(why.1),
            ]
            if let reason = defaults.reasons["return:" + why.0] { sets["return_reason"] = .record(reason) }
            course.mark("action:return", at: answered, by: taker, sets, self)
            let again = officeTime(after: answered, hours: 2...20)
            course.mark(
                "action:offer_again", at: again, by: giver,
                ["status": .text("offered"), "decision": .null, "sent_at": .instant(again)], self)
            let taken = officeTime(after: again, hours: 0...6)
            course.mark(
                "action:accept", at: taken, by: taker,
                ["status": .text("accepted"), "decision": .text("accepted"), "accepted_at": .instant(taken)], self)
            note = .text("补齐后再次交出")
        } else {
            course.mark(
                "action:accept", at: answered, by: taker,
                ["status": .text("accepted"), "decision": .text("accepted"), "accepted_at": .instant(answered)], self)
        }
        var fields: [String: Input] = [
            "order": .id(order.id), "stage_from": .text(from), "stage_to": .text(to), "giver": .id(giver.id),
            "taker": .id(taker.id),
            "deliverable": .object(["list": .list(Self.deliverables(to).map { .text($0) })]),
            "due": .at(officeTime(after: at, hours: 7...26)), "sent_at": .at(at), "note": note,
        ]
        fields.merge(course.fields) { _, new in new }
        add(
            "handoff", fields, at: at, by: giver, region: order.customer.region, steps: course.steps,
            first: ["sent_at": .instant(at)])
    }

    private static func deliverables(_ stage: String) -> [String] {
        switch stage {
        case "contract_review": ["PI 回签件", "报价末版", "包装与唛头要求"]
        case "purchasing": ["生产单", "BOM 版本", "交期"]
        case "scheduling": ["供应商确认交期", "到料计划"]
        case "qc": ["完工数量", "首件封样"]
        case "booking": ["验货报告", "箱数毛重体积"]
        case "documents": ["舱单信息", "提单补料", "发票箱单"]
        default: ["提单副本", "交单日期"]
        }
    }
}
