import Calendars
import Kernel
import Values

extension World {
    /// Tasks of the past months, and for everyone some that are overdue, due today and due soon.
    mutating func writeTasks() {
        for person in people {
            var texts = Self.work(person.roles.first ?? "")
            for _ in 0..<dice.int(9...15) { past(person, dice.pick(texts)) }
            let offsets = [-3, -1, 0, 0, 1, 3]
            for offset in offsets {
                guard !texts.isEmpty else { break }
                open(person, texts.remove(at: dice.int(0...texts.count - 1)), offset)
            }
        }
        for sample in (cases["sample"] ?? []).suffix(8) {
            guard let number = numbers[sample] else { continue }
            open(person("sales"), "样品 \(number) 寄出满三天，问客户意见", dice.int(-1...2), source: "rule")
        }
    }

    private mutating func past(_ person: Person, _ text: String) {
        let at = officeTime(lastDay.adding(days: -dice.int(12...400)))
        let due = Clock.ningbo(workday(Clock.day(of: at), plus: dice.int(1...4)), hour: 17, minute: 30)
        let done = officeTime(after: at, hours: 5...80)
        guard hasHappened(done) else { return }
        let isDropped = dice.chance(6)
        var course = Record()
        course.mark(
            isDropped ? "action:cancel" : "action:done", at: done, by: person,
            isDropped ? ["status": .text("cancelled")] : ["status": .text("done"), "done_at": .instant(done)], self)
        var fields: [String: Input] = [
            "title": .text(text), "assignee": .id(person.id), "due": .at(due),
            "priority": .text(dice.pick(["P2", "P3", "P3", "P4"])),
            "source": .text(dice.pick(["manual", "rule", "meeting"])),
        ]
        fields.merge(course.fields) { _, new in new }
        add("task", fields, at: at, by: person, steps: course.steps)
    }

    private mutating func open(_ person: Person, _ text: String, _ offset: Int, source: String = "manual") {
        let at = officeTime(workday(lastDay, plus: -dice.int(2...6)))
        let due = Clock.ningbo(
            lastDay.adding(days: offset), hour: dice.pick([10, 12, 15, 17]), minute: dice.pick([0, 30]))
        add(
            "task",
            [
                "title": .text(text), "assignee": .id(person.id), "due": .at(due),
                "priority": .text(offset < 0 ? "P1" : offset == 0 ? "P2" : "P3"), "source": .text(source),
                "snooze_count": .whole(offset < -1 ? 1 : 0),
            ], at: min(at, horizon.adding(seconds: -3600)), by: person)
    }

    private static func work(_ role: String) -> [String] {
        switch role {
        case "general_manager": ["批年度供应商名单", "与银行谈外汇套保额度", "看十一月利润预估", "确认春节放假安排", "约德国大客户年度会谈", "签展会摊位合同"]
        case "director": ["审三份超权限报价", "复核供应商评分", "定明年价格底线", "与财务对信保额度", "看交期延误周报", "安排新业务员带教"]
        case "admin": ["给新同事开账号", "核对离职账号是否停用", "备份恢复演练", "调整报价单字段", "更新汇率来源设置", "整理角色权限清单"]
        case "sales_manager": ["分配昨晚的新询盘", "复盘本周丢单原因", "陪访英国客户视频会", "检查公海回收名单", "催三份过期报价", "月度目标拆到人"]
        case "sales": ["给客户发更新的箱规", "追 30% 定金水单", "准备展会客户的报价", "回复证书问题", "约样品反馈电话", "更新明年一季度预测", "整理返单提醒", "核对客户包装稿"]
        case "merchandiser": ["核对唛头稿", "催客户确认彩盒", "更新订单进度表", "封样归档", "跟进返工批次", "确认验货日期"]
        case "purchasing": ["催驱动到料", "三家比价：压铸件", "登记增值税发票", "锁定铜价报价", "审供应商交期回复", "安排来料检验"]
        case "production": ["排下周 A、B 线", "首件确认", "点检老化架", "补夜班人手", "更新完工数量", "春节排产草案"]
        case "qc": ["出昨日验货报告", "约第三方验货时间", "校准积分球", "复核返工批", "整理客诉照片", "更新抽样表"]
        case "logistics": ["抢下周五欧线舱位", "提交 VGM", "核对货代账单", "安排拖车", "更新运价模板", "跟进甩柜改配"]
        case "documents": ["补料截单前核对", "寄正本单据", "申请产地证", "信用证交单", "归档报关单", "核对提单样单"]
        case "finance": ["认领昨日到账", "催逾期尾款", "月末结汇", "退税资料装订", "核对佣金", "导出应收账龄"]
        case "marketing": ["上线磁吸轨道落地页", "剪工矿灯视频", "整理展会名片", "更新目录", "看广告转化", "写案例稿"]
        case "region_head": ["区域周报", "检查本区未回复询盘", "与总部对价格底线", "约本地分销商", "更新竞品价格", "审本区活动预算"]
        default: ["整理资料", "更新进度"]
        }
    }
}
