import Calendars
import Kernel
import Values

/// What sellers write down after talking to a customer. `{c}` customer, `{n}` contact, `{p}` product.
enum FollowupNotes {
    static let early = [
        "{n} 回邮件，确认先看 {p}，要 CE 报告，已发", "电话打通，{n} 说采购会议在下周，届时再谈数量", "发了目录和箱规，约周四下午视频看产线",
        "Called {n}, target price is tight, they compare with two other factories", "WhatsApp 上问了 {p} 的光衰数据，明天给测试报告",
        "客户公司做工程批发，一年两次集中采购，记得 3 月和 9 月前跟", "{n} asked for photometric files of {p}, sent the zip",
        "没接电话，留言；邮件再发一次报价要点", "加了微信，{n} 更习惯在微信上聊", "客户对 MOQ 有顾虑，建议先混一个 20 尺柜",
    ]
    static let quoting = [
        "报价已发，{n} 说本周内给反馈", "客户反馈 {p} 贵 6%，问能不能换驱动方案",
        "Explained the price gap: 5-year driver and CRI 90, {n} will take it to his boss",
        "谈付款：想要 OA 30 天，先走 30/70，做满三单再谈", "对手报了 CIF 价，我们补一份 CIF 给他比较", "{n} 要求把彩盒改成当地语言，已问包装厂报价",
        "催报价反馈，客户在等终端项目中标结果",
        "They want delivery before the season, checked with production: possible if deposit comes this week",
        "讨论认证：客户自己做当地认证，我们提供样品 3 只",
    ]
    static let orders = [
        "通报生产进度：{p} 已过首件，照片发 {n}", "提醒定金，{n} 说银行本周五出款", "船期确认，{n} 同意晚一班船", "客户对唛头格式有修改，已转跟单",
        "Balance reminder sent together with copy of B/L", "到货回访：包装完好，店里已上架", "谈返单：{n} 估计两个月后补 {p}",
        "客户问 Q1 排期，建议春节前锁单", "年终拜访，聊了明年新品，想看磁吸轨道",
        "Video call with {n}: satisfied with the last shipment, asks for exclusive colour",
    ]
    static let cold = [
        "半年没动静，发新品邮件试试", "{n} 已离职，找新采购的联系方式", "客户说库存还多，明年再看",
        "No answer for the third time, moving the next call to next month",
    ]
}

extension World {
    /// Notes of talks: with inquiries, along orders, and with those who have gone quiet.
    mutating func writeFollowups() {
        for inquiry in inquiries {
            guard let index = inquiry.customer, let owner = inquiry.owner else { continue }
            talk(inquiry, customers[index], owner)
        }
        for order in orders where dice.chance(60) { attend(order) }
        for customer in customers where [.dormant, .prospect].contains(customer.standing) {
            guard let owner = customer.owner else { continue }
            for _ in 0..<dice.int(1...3) {
                let day = max(customer.since, lastDay.adding(days: -dice.int(20...260)))
                note(
                    about: .about("company", customer.id), customer, owner, at: officeTime(day),
                    from: FollowupNotes.cold, product: nil)
            }
        }
        arrangeToday()
    }

    private mutating func talk(_ inquiry: Inquiry, _ customer: Customer, _ owner: Person) {
        let count: Int
        switch inquiry.outcome {
        case .new, .invalid: count = 0
        case .contacted, .qualified: count = dice.int(1...2)
        case .sampling, .quoting, .negotiating: count = dice.int(2...4)
        case .won: count = inquiry.isRepeat ? dice.int(0...1) : dice.int(2...4)
        case .lost: count = dice.int(0...3)
        }
        var now = inquiry.received
        for turn in 0..<count {
            now = officeTime(after: now, hours: turn == 0 ? 2...30 : 40...210)
            guard hasHappened(now) else { return }
            let isLate = turn > 0 && ![.contacted, .qualified].contains(inquiry.outcome)
            note(
                about: .about("inquiry", inquiry.id), customer, owner, at: now,
                from: isLate ? FollowupNotes.quoting : FollowupNotes.early, product: inquiry.items.first?.product)
        }
    }

    private mutating func attend(_ order: SalesOrder) {
        var at = officeTime(after: order.times.released, hours: 24...200)
        for _ in 0..<dice.int(1...2) {
            guard hasHappened(at) else { return }
            note(
                about: .about("order", order.id), order.customer, order.owner, at: at, from: FollowupNotes.orders,
                product: order.items.first?.item.product)
            at = officeTime(after: at, hours: 200...700)
        }
    }

    private mutating func note(
        about target: Input, _ customer: Customer, _ owner: Person, at: Instant, from texts: [String],
        product: Product?, next: Instant? = nil
    ) {
        guard hasHappened(at) else { return }
        let contact = dice.pick(customer.contacts)
        let text = dice.pick(texts).replacing("{n}", with: contact.name).replacing("{c}", with: customer.short)
            .replacing("{p}", with: product?.spoken ?? "新品")
        let kind =
            text.contains("电话") || text.contains("Called")
            ? "call"
            : text.contains("视频") || text.contains("Video")
                ? "meeting"
                : text.contains("微信") || text.contains("WhatsApp") ? "im" : text.contains("拜访") ? "visit" : "email"
        add(
            "followup",
            [
                "target": target, "company": .id(customer.id), "contact": .id(contact.id), "kind": .text(kind),
                "at": .at(at), "by": .id(owner.id), "summary": .text(text),
                "result": .text(
                    dice.weighted([("positive", 34), ("neutral", 40), ("negative", 10), ("no_reply", 16)])),
                "next_at": next.map { .at($0) } ?? .null,
                "minutes": kind == "call" || kind == "meeting" ? .whole(dice.int(4...45)) : .null,
            ], at: at, by: owner, region: customer.region)
    }

    /// Everyone in sales has something arranged for today.
    private mutating func arrangeToday() {
        for owner in people("sales") + people("sales_manager") {
            let own = customers.filter { $0.owner?.id == owner.id && $0.standing != .blacklist }
            let known =
                own.isEmpty
                ? customers.filter {
                    $0.standing == .active && $0.country.region == (owner.login == "manager" ? "EU" : "AM")
                } : own
            for customer in dice.some(own.isEmpty ? 2 : 4, of: known) {
                let day = workday(lastDay, plus: -dice.int(2...5))
                let next = Clock.ningbo(lastDay, hour: dice.int(9...17), minute: dice.pick([0, 15, 30]))
                note(
                    about: .about("company", customer.id), customer, owner, at: officeTime(day),
                    from: FollowupNotes.quoting, product: products[customer.taste[0]], next: next)
            }
        }
    }
}
