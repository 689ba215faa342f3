import Calendars
import Kernel
import Values

extension World {
    /// Changes that customers and others asked for.
    mutating func writeChanges() {
        let rows: [(String, String, String, String, String)] = [
            ("packing", "before_packing", "白盒", "彩盒（客供稿）", "客户要进超市渠道，改彩盒并加条码"),
            ("qty", "before_material", "原数量", "加 20%", "客户追加，凑一个 40HQ"),
            ("delivery", "later", "原船期", "推迟两周", "客户仓库满，要求晚两周到港"),
            ("delivery", "earlier", "原船期", "提前一周", "展会要用，要求提前一周"),
            ("spec", "in_production", "3000K", "4000K", "客户门店统一色温"),
            ("destination", "before_booking", "原目的港", "改港", "客户改由分公司清关"),
            ("document", "after_BL", "发票 3 份", "发票 5 份加使馆认证", "当地新规"), ("price", "any", "原价", "降 1%", "同客户他单比价"),
        ]
        let running = orders.filter { !$0.isCancelled && hasHappened($0.times.released) }
        let late = running.filter { ["purchasing", "scheduling", "production", "qc", "booking"].contains($0.stage) }
        for order in dice.some(34, of: running) { change(order, dice.pick(rows)) }
        for order in dice.some(14, of: late) { change(order, dice.pick(rows)) }
    }

    private mutating func change(_ order: SalesOrder, _ row: (String, String, String, String, String)) {
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
        let isEmergency = row.1 == "in_production" && dice.chance(40)
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
        var fields: [String: Input] = [
            "order": .id(order.id), "kind": .text(row.0), "change_point": .text(row.1),
            "before": .object([row.0: .text(row.2)]), "after": .object([row.0: .text(row.3)]),
            "reason": .text(row.4), "by": .text(row.0 == "spec" && dice.chance(30) ? "internal" : "customer"),
            "emergency": .bool(isEmergency),
            "cost_impact": .cents(dice.int(0...28) * 20_000),
            "delay_days": .whole(row.1 == "later" ? 14 : dice.int(0...5)),
            "affected_count": .whole(dice.chance(20) ? 1 : 0),
            "documents": .codes(["pi", "contract"]),
            "retro_review": isEmergency ? .on(Clock.day(of: decided).adding(days: 2)) : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        add(
            "change_request", fields, at: at, by: by, owner: order.owner, region: order.customer.region,
            steps: course.steps)
    }

    /// Hand-offs from leg to leg; the newest may still be offered or came back.
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
        let isNew = lastDay.number - Clock.day(of: at).number <= 4
        let answered = officeTime(after: at, hours: 0...9)
        let isOpen = isNew && dice.chance(55)
        let comesBack = !isOpen && dice.chance(isNew ? 45 : 7)
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
            if !isNew {
                let again = officeTime(after: answered, hours: 2...20)
                course.mark(
                    "action:offer_again", at: again, by: giver,
                    ["status": .text("offered"), "decision": .null, "sent_at": .instant(again)], self)
                let taken = officeTime(after: again, hours: 0...6)
                course.mark(
                    "action:accept", at: taken, by: taker,
                    ["status": .text("accepted"), "decision": .text("accepted"), "accepted_at": .instant(taken)], self)
                note = .text("补齐后再次交出")
            }
        } else if !isOpen {
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
