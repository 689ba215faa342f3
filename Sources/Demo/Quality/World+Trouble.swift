import Calendars
import Kernel
import Values

/// A kind of trouble on an order, in the words of the people.
struct Trouble {
    let kind: String
    let severity: String
    let text: String
    let root: String
    let action: String
    let login: String

    static let all: [Trouble] = [
        Trouble(
            kind: "material_late", severity: "S3", text: "驱动供应商芯片缺货，到料比计划晚 5 天", root: "external.supplier",
            action: "改用备选驱动并做兼容测试", login: "purchasing"),
        Trouble(
            kind: "quality_fail", severity: "S2", text: "终检主要缺陷超标：色温混批 9 只，整批返工", root: "method", action: "上线前扫码核对灯珠批次",
            login: "qc"),
        Trouble(
            kind: "booking", severity: "S2", text: "航次爆舱被甩，下一水晚 7 天，客户促销档期紧", root: "external.carrier",
            action: "旺季提前 18 天订舱，备两家货代", login: "logistics"),
        Trouble(
            kind: "spec_unclear", severity: "S3", text: "客户要哑光黑，打样做成亮光黑，报价单没写清", root: "proc.no_standard",
            action: "报价模板增加表面处理必填", login: "merchandiser2"),
        Trouble(
            kind: "payment_late", severity: "S3", text: "尾款过期 15 天，货已到港，暂不电放", root: "external.customer",
            action: "到期前 5 天自动提醒并抄送经理", login: "finance"),
        Trouble(
            kind: "customs", severity: "S3", text: "海关查验，归类存疑，要求补充光源说明", root: "external.gov",
            action: "归类依据与产品说明存入产品档案", login: "logistics"),
        Trouble(
            kind: "doc_error", severity: "S4", text: "提单收货人邮编打错，补料前发现", root: "people.discipline", action: "补料双人核对",
            login: "documents"),
        Trouble(
            kind: "capacity", severity: "S3", text: "国庆前 B 线排满，两张单撞期", root: "proc.wait", action: "加开夜班一周，部分委外包装",
            login: "production"),
        Trouble(
            kind: "price_change", severity: "S3", text: "铜铝上涨，供应商要求加价 3%", root: "external.supplier",
            action: "锁价三个月，报价附调价条款", login: "purchasing"),
        Trouble(
            kind: "customer_change", severity: "S3", text: "包装前客户换彩盒稿，旧盒已印 2,000 只", root: "external.customer",
            action: "印刷前邮件确认末稿", login: "merchandiser"),
        Trouble(
            kind: "handover", severity: "S3", text: "跟单请假，唛头修改没交接到工厂", root: "people.turnover", action: "请假必须走交棒单",
            login: "merchandiser3"),
        Trouble(
            kind: "damage", severity: "S2", text: "到港掏箱发现底层 14 箱受潮压溃", root: "method", action: "海运柜加干燥剂与护角",
            login: "qc2"),
    ]
}

extension World {
    /// Exceptions of the orders, those of the last weeks still open.
    mutating func writeExceptions() {
        let running = orders.filter { !$0.isCancelled && hasHappened($0.times.purchased) }
        for order in dice.some(58, of: running).sorted(by: { $0.times.ordered < $1.times.ordered }) {
            trouble(order, dice.pick(Trouble.all))
        }
        let fresh = running.filter {
            ["purchasing", "scheduling", "production", "qc", "booking", "customs"].contains($0.stage)
        }
        for order in dice.some(12, of: fresh) { trouble(order, dice.pick(Trouble.all), isFresh: true) }
        for (place, order) in dice.some(2, of: fresh).enumerated() { reportLate(order, at: place) }
    }

    /// What the night shift reported: nobody has taken it up, and the ladder is being climbed.
    private mutating func reportLate(_ order: SalesOrder, at place: Int) {
        let trouble = Trouble.all[place == 0 ? 2 : 7]
        let at = Clock.ningbo(lastDay, hour: 0, minute: 5 + place * 14)
        let by = person(trouble.login)
        let id = add(
            "exception",
            [
                "kind": .text(trouble.kind), "target": .about("order", order.id), "order": .id(order.id),
                "severity": .text(place == 0 ? "S2" : "S4"), "description": .text(trouble.text),
                "reported_by": .id(by.id), "due": .at(officeTime(after: at, hours: 30...60)),
                "delay_days": .whole(place == 0 ? 7 : 2), "cost_impact": .cents(place == 0 ? 1_860_000 : 240_000),
            ], at: at, by: by, owner: by, region: order.customer.region, isAutomatic: true)
        cases["exception", default: []].append(id)
    }

    private mutating func trouble(_ order: SalesOrder, _ trouble: Trouble, isFresh isNew: Bool = false) {
        let room = max(1, min(70, lastDay.number - Clock.day(of: order.times.purchased).number - 1))
        let at = officeTime(
            Clock.day(of: order.times.purchased).adding(
                days: isNew ? max(1, room - dice.int(0...7)) : dice.int(1...room)))
        guard hasHappened(at) else { return }
        let by = person(trouble.login)
        let isClosed = lastDay.number - Clock.day(of: at).number > dice.int(5...16)
        let acknowledged = officeTime(after: at, hours: 0...7)
        let resolved = officeTime(after: acknowledged, hours: 20...150)
        var course = Record()
        if lastDay.number - Clock.day(of: at).number > 2 || dice.chance(40) {
            course.mark(
                "action:acknowledge", at: acknowledged, by: by,
                ["status": .text("acknowledged"), "acknowledged_at": .instant(acknowledged)], self)
        }
        let isFresh = lastDay.number - Clock.day(of: at).number < 5
        if !course.steps.isEmpty, !isFresh || dice.chance(50) {
            course.mark(
                "action:start", at: acknowledged.adding(seconds: 3000), by: by, ["status": .text("in_progress")], self)
        }
        if !isClosed, !isFresh, dice.chance(40) {
            course.mark(
                "action:contain", at: acknowledged.adding(seconds: 90_000), by: by, ["status": .text("contained")], self
            )
        }
        if isClosed {
            course.mark(
                "action:resolve", at: resolved, by: by,
                ["status": .text("resolved"), "resolved_at": .instant(resolved)], self)
            course.mark(
                "action:close", at: resolved.adding(seconds: 6 * 86_400), by: person("director"),
                ["status": .text("closed"), "closed_at": .instant(resolved.adding(seconds: 6 * 86_400))], self)
        }
        let delay = dice.int(0...7)
        var fields: [String: Input] = [
            "kind": .text(trouble.kind), "target": .about("order", order.id), "order": .id(order.id),
            "severity": .text(trouble.severity),
            "description": .text(trouble.text),
            "reported_by": .id(by.id),
            "due": .at(officeTime(after: at, hours: 40...130)), "delay_days": .whole(delay),
            "cost_impact": .cents(dice.int(0...90) * 10_000),
            "root_cause": isClosed ? .id(defaults.reasons["root:" + trouble.root]) : .null,
            "effect_check": isClosed ? .text("后续两单复核，未再发生") : .null,
            "knowledge": isClosed && trouble.severity == "S2" ? .id(cases["knowledge"]?.first) : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        let whys = [
            ("为什么发生", trouble.text), ("为什么没有提前发现", "没有对应的检查点"), ("为什么没有检查点", "流程里只写了终检"), ("为什么只写终检", "旧流程沿用小单做法"),
            ("为什么没更新", "没有指定流程负责人"),
        ]
        let five =
            isClosed
            ? (trouble.severity == "S2" ? whys : Array(whys.prefix(2))).map {
                LineDraft(["question": .text($0.0), "answer": .text($0.1)])
            } : []
        let actions = [
            LineDraft([
                "action": .text(trouble.action), "person": .id(by.id), "due": .on(Clock.day(of: at).adding(days: 14)),
                "done": .bool(isClosed),
            ])
        ]
        let id = add(
            "exception", fields, lines: ["five_why": five, "actions": actions], at: at, by: by,
            region: order.customer.region, steps: course.steps)
        cases["exception", default: []].append(id)
    }

    /// Claims about what has arrived.
    mutating func writeClaims() {
        let arrived = orders.filter { $0.shipment != nil && $0.times.arrival.adding(days: 8) < lastDay }
        let rows: [(String, String, String, String)] = [
            ("quality", "S2", "到货 3% 闪烁，安装后一周内发现，附视频", "material"), ("damage", "S3", "两托盘底箱压坏，灯罩破裂 36 只", "method"),
            ("shortage", "S3", "少 2 箱，装箱单与实收不符", "people.discipline"),
            ("quality", "S3", "Colour temperature differs between cartons, customer sorted by hand", "method"),
            ("document", "S4", "产地证收货人地址与提单不一致，清关补件", "people.discipline"),
            ("late", "S3", "晚到 9 天，错过开店日期，客户要求补偿", "external.carrier"),
            ("quality", "S3", "Remote control range only three metres", "proc.no_standard"),
        ]
        for order in dice.some(20, of: arrived).sorted(by: { $0.times.arrival < $1.times.arrival }) {
            claim(order, dice.pick(rows))
        }
        let late = arrived.filter { $0.times.arrival.adding(days: 60) > lastDay }
        for order in dice.some(5, of: late) { claim(order, dice.pick(rows), isNew: true) }
    }

    private mutating func claim(_ order: SalesOrder, _ row: (String, String, String, String), isNew: Bool = false) {
        let at = officeTime(
            order.times.arrival.adding(
                days: isNew
                    ? max(3, lastDay.number - order.times.arrival.number - dice.int(1...9))
                    : dice.int(3...min(40, max(4, lastDay.number - order.times.arrival.number - 2)))))
        guard hasHappened(at) else { return }
        let by = order.owner
        let taken = officeTime(after: at, hours: 1...20)
        let settled = officeTime(after: taken, hours: 70...260)
        let closed = officeTime(after: settled, hours: 100...400)
        let kind = dice.pick(["discount", "replace", "refund", "none"])
        var course = Record()
        course.mark(
            "action:analyse", at: taken, by: person("qc"),
            ["status": .text("analysing"), "acknowledged_at": .instant(taken)], self)
        course.mark(
            "action:settle", at: settled, by: by,
            ["status": .text("settling"), "settlement": .text(kind), "containment": .text("同批次库存隔离复检，未出运的暂停")], self)
        let isClosed = hasHappened(closed)
        course.mark(
            "action:close", at: closed, by: person("qc"), ["status": .text("closed"), "closed_at": .instant(closed)],
            self)
        let amount = order.total / 100 * dice.int(1...5)
        var fields: [String: Input] = [
            "order": .id(order.id), "company": .id(order.customer.id), "shipment": .id(order.shipment),
            "reported_at": .at(at), "kind": .text(row.0),
            "description": .text(row.2), "qty_affected": .whole(dice.int(12...180)),
            "claim_amount": .money(amount, order.currency), "severity": .text(row.1),
            "root_cause": hasHappened(settled) ? .id(defaults.reasons["root:" + row.3]) : .null,
            "corrective": isClosed ? .text("供应商换批次并全检；作业指导书增加照片") : .null,
            "preventive": isClosed ? .text("首件封样加色温卡，终检加测 20 只") : .null,
            "cost": isClosed && kind != "none" ? .money(amount * 7 / 10, order.currency) : .null,
            "supplier_share": .percent(isClosed ? 5000 : 0), "customer_confirmed": .bool(isClosed),
        ]
        fields.merge(course.fields) { _, new in new }
        let whys =
            isClosed ? [("为什么客户收到不良", row.2, ""), ("为什么没拦住", "抽样没覆盖该箱段", ""), ("为什么没覆盖", "只抽前三托", "已定位到抽样方法")] : []
        let lines = whys.map {
            LineDraft([
                "question": .text($0.0), "answer": .text($0.1), "stop_reason": $0.2.isEmpty ? .null : .text($0.2),
            ])
        }
        let id = add(
            "claim", fields, lines: ["five_why": lines], at: at, by: by, region: order.customer.region,
            steps: course.steps)
        cases["claim", default: []].append(id)
    }
}
