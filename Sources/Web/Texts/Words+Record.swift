import Definitions

extension Words {
    static let keyFigures = Label(zh: "关键指标", en: "Key figures")
    static let facts = Label(zh: "资料", en: "Details")
    static let activity = Label(zh: "动态", en: "Activity")
    static let overview = Label(zh: "概览", en: "Overview")
    static let content = Label(zh: "内容", en: "Content")
    static let nextSteps = Label(zh: "下一步", en: "Next steps")
    static let previousRecord = Label(zh: "上一个", en: "Previous")
    static let nextRecord = Label(zh: "下一个", en: "Next")
    static let writeNote = Label(zh: "写下这次沟通的要点", en: "What was said? Write the gist")
    static let send = Label(zh: "记下", en: "Add note")
    static let allKinds = Label(zh: "全部", en: "All")
    static let earlier = Label(zh: "更早的动态", en: "Earlier")
    static let nextStepHint = Label(
        zh: "。定下一步的日期，到那天会出现在“今天”里", en: ". Give the next step a day, and it shows on My day then")
    static let addTask = Label(zh: "加任务", en: "Add task")
    static let nothingWaiting = Label(zh: "没有待办", en: "Nothing to do")
    static let whyVisible = Label(zh: "谁能看到，为什么", en: "Who can see this, and why")
    static let history = Label(zh: "历史版本", en: "Versions")
    static let created = Label(zh: "新建", en: "created")
    static let was = Label(zh: "原为", en: "was")
    static let empty = Label(zh: "空", en: "empty")
    static let locked = Label(zh: "已锁定，只能看", en: "Locked: read only")
    static let done = Label(zh: "完成", en: "Done")
    static let deletedBanner = Label(zh: "这条记录在回收站里。", en: "This record is in the recycle bin.")
    static let reason = Label(zh: "原因", en: "Reason")
    static let noActivity = Label(zh: "还没有动态", en: "Nothing has happened yet")
    static let confirmDelete = Label(
        zh: "会移到回收站，随时可以恢复。", en: "It moves to the recycle bin and can be restored at any time.")

    static func systemChanges(_ count: Int) -> Label {
        Label(zh: "\(count) 项资料变更", en: count == 1 ? "1 field change" : "\(count) field changes")
    }
    static func position(_ index: Int, _ count: Int) -> Label {
        Label(zh: "\(index) / \(count)", en: "\(index) / \(count)")
    }
    static func allFields(_ count: Int) -> Label { Label(zh: "全部 \(count) 项", en: "All \(count)") }

    static func deleteQuestion(_ title: String) -> Label { Label(zh: "删除“\(title)”？", en: "Delete “\(title)”?") }

    static let saveChanges = Label(zh: "保存修改", en: "Save changes")
    static let createRecord = Label(zh: "创建", en: "Create")
    static let createAnother = Label(zh: "创建并继续", en: "Create and add another")
    static let unsaved = Label(zh: "有未保存的修改", en: "Unsaved changes")
    static let lines = Label(zh: "明细", en: "Lines")
    static let addLine = Label(zh: "加一行", en: "Add line")
    static let duplicateLine = Label(zh: "复制这一行", en: "Duplicate line")
    static let deleteLine = Label(zh: "删除这一行", en: "Delete line")
    static let moveUp = Label(zh: "上移", en: "Move up")
    static let moveDown = Label(zh: "下移", en: "Move down")
    static let lineNumber = Label(zh: "行", en: "Line")
    static let linesHint = Label(
        zh: "Enter 换到下一行，末行再按 Enter 加一行；可从 Excel 整块粘贴",
        en: "Enter: next line, on the last one: new line. Paste a block from Excel")
    static let dropFiles = Label(zh: "拖到这里，或选择文件", en: "Drop files here or choose")
    static let searchRecords = Label(zh: "输入名称查找", en: "Type to search")
    static let noneFound = Label(zh: "没有找到", en: "Nothing found")
    static let createNew = Label(zh: "新建", en: "New")
    static let clear = Label(zh: "清空", en: "Clear")
    static let currency = Label(zh: "币种", en: "Currency")
    static let readOnly = Label(zh: "自动计算", en: "Computed")
    static let stale = Label(
        zh: "这条刚被别人改过，先看差别再保存。", en: "Changed meanwhile. Compare before saving.")
    static let theirs = Label(zh: "对方改为", en: "Theirs")
    static let mine = Label(zh: "我的", en: "Mine")
    static let staleChoose = Label(
        zh: "你编辑时，这几项也被别人改了。选好再保存；其他改动都在",
        en: "Others changed these while you were editing. Choose, then save; all else is kept")
    static func savedBeside(_ names: [Label]) -> Label {
        Label(
            zh: "已保存，别人刚改的\(names.prefix(4).map(\.zh).joined(separator: "、"))也保留了",
            en: "Saved beside what others just changed: \(names.prefix(4).map(\.en).joined(separator: ", "))")
    }
    static func line(_ lines: Label, line: Int) -> Label {
        Label(zh: "\(lines.zh) 第 \(line) 行", en: "\(lines.en), line \(line)")
    }
    static func cell(_ lines: Label, line: Int, _ cell: Label) -> Label {
        Label(zh: "\(lines.zh) 第 \(line) 行 · \(cell.zh)", en: "\(lines.en), line \(line) · \(cell.en)")
    }
    static let lineOutByMe = Label(
        zh: "你删掉了，对方刚改过，先留着；不要就再删一次",
        en: "You deleted it, others just changed it; it stays until you delete it again")
    static let lineOutByThem = Label(
        zh: "对方删掉了，你改过，作为新行留着；不要就删掉",
        en: "Others deleted it, you changed it; it stays as a new line unless you delete it")
    static let allTabs = Label(zh: "全部标签", en: "All tabs")
    static let lookBeside = Label(zh: "在旁边看一眼", en: "Look at it beside")
    static let newHere = Label(zh: "新建", en: "New")
    static let localTime = Label(zh: "当地", en: "Local")
    static let atWork = Label(zh: "上班中", en: "at work")
    static let offWork = Label(zh: "已下班", en: "off work")
    static let dayOff = Label(zh: "休息日", en: "day off")
    static func bothAtWork(_ when: String) -> Label { Label(zh: "都上班 \(when)", en: "both at work \(when)") }
    static func lineCount(_ count: Int) -> Label {
        Label(zh: "\(count) 行", en: count == 1 ? "1 line" : "\(count) lines")
    }
    static let keepMine = Label(zh: "用我的覆盖", en: "Keep mine")
    static let takeTheirs = Label(zh: "用对方的", en: "Take theirs")

    static func problems(_ count: Int) -> Label {
        Label(zh: "还有 \(count) 处要改", en: count == 1 ? "1 thing to fix" : "\(count) things to fix")
    }
}

extension Words {
    static let nextFollowUp = Label(zh: "下次跟进", en: "Next follow-up")
    static func noneYet(_ plural: String) -> Label { Label(zh: "还没有\(plural)", en: "No \(plural.lowercased()) yet") }
    static let searchTimeline = Label(zh: "搜内容或人", en: "Text or person")
    static let openOnly = Label(zh: "未结", en: "Open")
    static let orderBy = Label(zh: "排序", en: "Order")
    static let searchHere = Label(zh: "在这里搜", en: "Search these")
    static let wholeList = Label(zh: "在列表里看全部", en: "See all in the list")
    static let all = Label(zh: "全部", en: "All")
    static let maybeSame = Label(zh: "可能已经有了，先看一眼：", en: "This may exist already. Have a look first:")
    static let notTheSame = Label(zh: "看过了，不是同一个", en: "Checked: not the same")

    static func used(_ percent: Int) -> Label { Label(zh: "已用 \(percent)%", en: "\(percent)% used") }

    static func legs(_ done: Int, _ count: Int) -> Label {
        Label(zh: "共 \(count) 棒，已完成 \(done) 棒", en: "\(done) of \(count) legs done")
    }

    /// What changes of accounts and of the house are called.
    static let houseChanges: [String: Label] = [
        "address": Label(zh: "网络地址", en: "Network address"), "agent": Label(zh: "设备", en: "Device"),
        "token": Label(zh: "令牌", en: "Token"), "tokens": Label(zh: "令牌", en: "Tokens"),
        "sessions": Label(zh: "登录", en: "Sessions"), "file": Label(zh: "文件", en: "File"),
        "series": Label(zh: "编号", en: "Series"), "number": Label(zh: "下一个号", en: "Next number"),
        "pattern": Label(zh: "规则", en: "Pattern"), "server": Label(zh: "服务器", en: "Server"),
        "port": Label(zh: "端口", en: "Port"), "protection": Label(zh: "加密", en: "Encryption"),
        "account": Label(zh: "账号", en: "Account"), "sender": Label(zh: "发件地址", en: "Sender's address"),
        "sender_name": Label(zh: "发件人名称", en: "Sender's name"),
    ]

    /// Kinds of events of accounts.
    static let accountEvents: [String: Label] = [
        "account:opened": Label(zh: "开通账号", en: "account opened"),
        "house:backed_up": Label(zh: "备份数据库", en: "backed up"),
        "house:pattern_changed": Label(zh: "改编号规则", en: "changed a number pattern"),
        "house:mail_changed": Label(zh: "改邮件账号", en: "changed the mail account"),
        "house:number_raised": Label(zh: "调整编号", en: "raised a number series"),
        "account:signed_in": Label(zh: "登录", en: "signed in"),
        "account:invited": Label(zh: "给了一次性密码", en: "one-time password handed out"),
        "account:unlocked": Label(zh: "解除锁定", en: "unlocked"),
        "account:password_changed": Label(zh: "修改密码", en: "password changed"),
        "account:password_reset": Label(zh: "重设密码", en: "password reset"),
        "account:token_made": Label(zh: "新建访问令牌", en: "token made"),
        "account:token_revoked": Label(zh: "撤销访问令牌", en: "token revoked"),
        "account:time_codes_on": Label(zh: "启用验证器", en: "time codes switched on"),
        "account:time_codes_off": Label(zh: "停用验证器", en: "time codes switched off"),
        "account:sessions_ended": Label(zh: "结束登录", en: "signed out"),
    ]
}
