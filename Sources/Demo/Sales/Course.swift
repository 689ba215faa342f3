import Kernel
import Values

/// How an inquiry goes: who takes it, when it is answered, which stages it passes.
struct Course {
    /// What came of it; less than was meant where there was no time for more.
    private(set) var outcome: Inquiry.Outcome
    let at: Instant
    /// When somebody took it; nil while nobody has.
    let taken: Instant?
    var fields: [String: Input] = [:]
    var steps: [PastStep] = []
    var first: [String: Value] = [:]

    init(outcome: Inquiry.Outcome, at: Instant, taken: Instant?) {
        self.outcome = outcome
        self.at = at
        self.taken = taken
    }

    private static let stages: [(action: String, outcome: Inquiry.Outcome, code: String, probability: Int)] = [
        ("contact_made", .contacted, "contacted", 1000), ("qualify", .qualified, "qualified", 2500),
        ("start_sampling", .sampling, "sampling", 3500), ("start_quoting", .quoting, "quoting", 5000),
        ("negotiate", .negotiating, "negotiating", 7000),
    ]

    private static let notes = [
        "确认灯体颜色和色温比例", "等客户发认证要求", "核算运费后回复", "报价前先问采购交期", "发样品照片", "电话确认数量", "催客户反馈报价", "发目录和箱规", "约视频会议看产线",
        "问清付款方式和目的港",
    ]

    mutating func walk(_ world: inout World, owner: Person?, manager: Person) {
        let reached = Self.path(outcome, &world)
        first["probability"] = .decimal(ExactDecimal(units: 500, scale: 4))
        first["next_action"] = .day(Clock.day(of: at).adding(days: 1))
        fields["probability"] = .percent(500)
        fields["next_action"] = .on(Clock.day(of: at).adding(days: 1))
        if let owner, let taken {
            fields["assigned_at"] = .at(taken)
            steps.append(world.step("action:assign", at: taken, by: manager, sets: ["assigned_at": .instant(taken)]))
            pass(reached, from: taken, by: owner, &world)
        }
        finish(by: owner ?? manager, &world)
        fields["stage"] = .text(Self.code(outcome))
    }

    private mutating func pass(_ reached: Int, from start: Instant, by owner: Person, _ world: inout World) {
        var now = start
        var stood = Inquiry.Outcome.new
        for index in 0..<max(0, reached) {
            let stage = Self.stages[index]
            if index == 2, outcome != .sampling, world.dice.chance(65) { continue }
            // Most answers come within a day; a few come late.
            let isLate = index == 0 && world.dice.chance(9)
            let hours = index == 0 ? (isLate ? 26...60 : 1...14) : 8...110
            guard let next = world.pastTime(after: now, hours: hours) else {
                outcome = stood
                return
            }
            now = next
            stood = stage.outcome
            let action = Clock.day(of: now).adding(days: world.dice.int(2...6))
            var sets: [String: Value] = [
                "stage": .text(stage.code),
                "probability": .decimal(ExactDecimal(units: Int128(stage.probability), scale: 4)),
                "next_action": .day(action),
            ]
            if index == 0 {
                sets["first_reply_at"] = .instant(now)
                fields["first_reply_at"] = .at(now)
            }
            fields["probability"] = .percent(stage.probability)
            fields["next_action"] = .on(action)
            steps.append(world.step("action:" + stage.action, at: now, by: owner, sets: sets))
        }
    }

    private mutating func finish(by: Person, _ world: inout World) {
        let last = steps.last?.at ?? at
        switch outcome {
        case .won, .lost, .invalid:
            guard let now = world.pastTime(after: last, hours: outcome == .invalid ? 1...20 : 30...520) else {
                outcome = reachedSoFar
                plan(&world)
                return
            }
            var sets: [String: Value] = ["stage": .text(Self.code(outcome)), "next_action": .null]
            let share = outcome == .won ? 10_000 : 0
            sets["probability"] = .decimal(ExactDecimal(units: Int128(share), scale: 4))
            fields["probability"] = .percent(share)
            fields["next_action"] = .null
            if outcome == .lost { lose(&sets, &world) }
            if outcome == .invalid {
                let validity = world.dice.weighted([("spam", 60), ("peer", 22), ("duplicate", 18)])
                fields["validity"] = .text(validity)
                sets["validity"] = .text(validity)
                first["validity"] = .text("valid")
            }
            let action = outcome == .won ? "win" : outcome == .lost ? "lose" : "invalidate"
            steps.append(world.step("action:" + action, at: now, by: by, sets: sets))
        default:
            plan(&world)
        }
    }

    private var reachedSoFar: Inquiry.Outcome {
        let code = steps.last?.sets["stage"]?.text
        return Self.stages.first { $0.code == code }?.outcome ?? .new
    }

    private mutating func lose(_ sets: inout [String: Value], _ world: inout World) {
        let code = world.dice.weighted([
            ("price", 30), ("no_reply", 24), ("competitor", 11), ("lead_time", 8), ("moq", 8), ("cert", 6),
            ("mismatch", 5), ("project_off", 4), ("payment", 3), ("freight", 3), ("slow", 2),
        ])
        guard let reason = world.defaults.reasons["loss:" + code] else { return }
        fields["loss_reason"] = .id(reason)
        sets["loss_reason"] = .record(reason)
        let note = world.dice.pick(LossNotes.of(code))
        fields["loss_note"] = .text(note)
        sets["loss_note"] = .text(note)
        if code == "competitor" {
            fields["competitor"] = .text(world.dice.pick(["中山同行", "越南工厂", "当地品牌贴牌", "原供应商降价"]))
        }
    }

    /// Open ones have a next date: some past, some today, most ahead.
    private mutating func plan(_ world: inout World) {
        let offset = world.dice.weighted([(-4, 4), (-2, 6), (-1, 10), (0, 26), (1, 18), (2, 14), (4, 12), (7, 10)])
        let day = max(world.lastDay.adding(days: offset), Clock.day(of: at))
        let note = world.dice.pick(Self.notes)
        fields["next_action"] = .on(day)
        fields["next_note"] = .text(note)
        guard let last = steps.indices.last, steps[last].kind != "action:assign" else {
            first["next_action"] = .day(day)
            return
        }
        steps[last].sets["next_action"] = .day(day)
        steps[last].sets["next_note"] = .text(note)
    }

    private static func path(_ outcome: Inquiry.Outcome, _ world: inout World) -> Int {
        switch outcome {
        case .new: 0
        case .contacted: 1
        case .qualified: 2
        case .sampling: 3
        case .quoting: 4
        case .negotiating, .won: 5
        case .lost: world.dice.weighted([(1, 45), (2, 22), (4, 20), (5, 13)])
        case .invalid: world.dice.chance(30) ? 1 : 0
        }
    }

    private static func code(_ outcome: Inquiry.Outcome) -> String {
        switch outcome {
        case .new: "new"
        case .contacted: "contacted"
        case .qualified: "qualified"
        case .sampling: "sampling"
        case .quoting: "quoting"
        case .negotiating: "negotiating"
        case .won: "won"
        case .lost: "lost"
        case .invalid: "invalid"
        }
    }
}

/// What people write when an inquiry is lost.
enum LossNotes {
    static func of(_ code: String) -> [String] {
        switch code {
        case "price":
            ["客户说当地进口商价格低 8%", "我方底价仍高 0.15 美元", "Target price below our cost, walked away", "同款对手报价低一成，客户已下单"]
        case "no_reply": ["跟进四次没有回复", "Three mails and two calls, no answer", "展会名片客户，一直没回音"]
        case "competitor": ["客户给了老供应商，明年再看", "选了有当地库存的供应商"]
        case "lead_time": ["客户要 20 天交货，排不进", "Season starts before we can ship"]
        case "moq": ["只要 120 只，低于起订量", "每色 50 只做不了"]
        case "cert": ["没有 SAA，客户等不了三个月", "DLC 列表里没有这个功率"]
        case "mismatch": ["要的是 DALI-2，我们只有 1-10V", "尺寸不合，开孔 68mm"]
        case "project_off": ["项目推迟到明年", "Store roll-out cancelled by the investor"]
        case "payment": ["坚持 90 天账期，信保额度批不下来"]
        case "freight": ["海运费涨到货值两成，客户放弃"]
        default: ["首次回复拖到第三天，客户已选别家"]
        }
    }
}
