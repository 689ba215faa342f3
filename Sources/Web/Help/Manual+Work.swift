import Definitions

extension Manual {
    static let relay = Chapter(
        id: "relay", icon: "relay", title: Label(zh: "接力", en: "The relay"),
        lead: Label(zh: "每一棒都有人、有交付、有时限。", en: "Every leg has a holder, a deliverable and a limit."),
        sections: [
            section(
                "棒在谁手里", "Who holds the baton",
                .text(
                    "一张单从询盘到收款分成若干棒。橙色标记就是现在该动的人。时限按工作日历走：周末、节假日和调休都算进去。",
                    """
                    A deal is a row of legs from inquiry to payment. The orange mark is whoever acts now. \
                    Limits follow the working calendar: weekends, holidays and make-up days count as they \
                    are.
                    """),
                .way("打开接力板", "Open the relay board", Paths.relay)),
            section(
                "交棒与接棒", "Handing off and taking",
                .steps(
                    (
                        "必交物齐了，按“交棒”；不齐时写明欠什么、哪天补",
                        """
                        With every deliverable there, hand off; otherwise say what is owed and by when
                        """
                    ),
                    ("下一棒的人接棒，或写明原因退回", "The next one takes it, or gives it back with the reason"),
                    ("退回只让上一棒重新计时，别人的时间不变", "Giving back restarts only the giver's clock"))),
            section(
                "停表与催办", "Pausing and urging",
                .text(
                    "等客户、等银行时停表并写原因，停的时间不算你的。“盯办”按人列出快超时和已超时的棒，一键催一次，一小时内不重复。",
                    """
                    Pause the clock with a reason while you wait for a customer or a bank; that time is not \
                    yours. The chase view lists what is late or nearly so by its holder; one press urges, \
                    at most once an hour.
                    """)),
            section(
                "不在时", "When you are away",
                .text(
                    "在“不在时”里选替班人和日期，棒和审批自动找他；自己的申请不会回到自己手里批。有人突然不在，他的上级可以替他选，本人和替班人都会收到通知。",
                    """
                    Name a stand-in with dates; batons and approvals find them. Nobody decides on their own \
                    request that way. Whoever is ill gets a stand-in from their superior; both are told.
                    """),
                .way("设置替班人", "Name a stand-in", Paths.absence)),
        ])

    static let approvals = Chapter(
        id: "approvals", icon: "stamp", title: Label(zh: "审批", en: "Approvals"),
        lead: Label(zh: "为什么是我、为什么是这一级，卡片上写清楚。", en: "The card says why it is you and why this level."),
        sections: [
            section(
                "批", "Deciding",
                .text(
                    "卡片上有决定要看的几项、和上次批准的差别、触发的规则和超出多少。A 同意，R 退回（写原因，选退到哪一步）。还能加签、转交、委派、抄送、问一句。",
                    """
                    The card has the few facts that decide, the difference since the last approval, the \
                    rule that asked and by how much. A approves, R returns with a reason and the step. You \
                    may add a signer, transfer, delegate, copy somebody or ask.
                    """),
                .way("打开审批", "Open approvals", Paths.approvals)),
            section(
                "我提的", "What I asked for",
                .text(
                    "可以催、撤回、取回；审批期间改了被批的内容，审批自动作废重来。没人处理时，过半时限找替班人，到时限升一级。",
                    """
                    Urge, withdraw or take it back. A change of what is being decided voids the approval. \
                    When nobody answers, the stand-in is asked at half of the limit and the next level at \
                    its end.
                    """)),
        ])

    static let trouble = Chapter(
        id: "trouble", icon: "alert-triangle", title: Label(zh: "变更与异常", en: "Changes and exceptions"),
        lead: Label(zh: "先看影响，再动手；出了问题，追到根。", en: "See the effect before acting; follow a fault to its cause."),
        sections: [
            section(
                "变更申请", "Change requests",
                .text(
                    "改订单的数量、规格、交期、价格或条款，走变更申请：系统算出成本、交期、其他订单和要重出的单据，逐条确认，再整体生效或整体不生效。紧急的先办后审，每月有上限。",
                    """
                    Quantity, specification, delivery, price or terms of an order change by a request: the \
                    house works out cost, time, other orders and papers to reissue; each line is confirmed, \
                    then all of it takes effect or none. Urgent ones are decided first and reviewed after, \
                    with a cap a month.
                    """),
                .way("变更申请", "Change requests", Paths.list("change_request"))),
            section(
                "异常", "Exceptions",
                .text(
                    "报异常只要选类型和严重度。没人接就按时间逐级找人。关闭前要有原因、纠正措施和效果验证；同一原因九十天内第三次会自动立改进任务。",
                    """
                    Report with a type and a severity. Until somebody takes it, the next person is called \
                    by the clock. Before it closes it needs a cause, a corrective action and a check of its \
                    effect; the third time of one cause in ninety days opens a task of improvement.
                    """),
                .way("打开异常板", "Open the exception board", Paths.board("exception"))),
        ])

    static let bringing = Chapter(
        id: "import", icon: "upload", title: Label(zh: "导入导出", en: "Import and export"),
        lead: Label(zh: "把 Excel 里的家底搬进来，错的行不丢。", en: "Bring in what stands in spreadsheets; wrong rows are not lost."),
        sections: [
            section(
                "导入", "Import",
                .steps(
                    (
                        "在列表上选“导入”，拖入 Excel 或 CSV（GBK 也认）",
                        """
                        Choose import on a list; drop a workbook or CSV, any encoding
                        """
                    ),
                    ("看列怎么对应：按名称、同义词和上次的选择自动对好", "Look at the columns: matched by name, synonym and your last choice"),
                    ("先试跑：哪些会建、哪些会改、哪些重复、哪些有错", "Try it first: what is made, changed, double or wrong"),
                    (
                        "正式导入在后台跑，可以离开；没进来的行在页面上直接改好，很多时下载来改",
                        """
                        The run goes on in the background; rows that were held back are put right on the page, \
                        or in a file when there are many
                        """
                    )),
                .text("整批可以撤销。", "A whole batch can be undone."),
                .text(
                    "没有现成的表，就在第一步下载填写表：有下拉选项和说明，填好传回来各列自动对上。",
                    """
                    Without a file of your own, download the sheet to fill in at the first step: it has lists and \
                    hints, and its columns are known again.
                    """)),
            section(
                "导出", "Export",
                .text(
                    "列表的“更多”里，可以照所见导出，也可以选列、换顺序、改表头，存成模板给自己、部门或所有人用。",
                    """
                    The menu of a list exports what you see, or columns of your choice in your order under your \
                    headings; kept as a template for yourself, the department or everybody.
                    """)),
        ])

    static let notices = Chapter(
        id: "notices", icon: "bell", title: Label(zh: "通知", en: "Notices"),
        lead: Label(zh: "该响的响，不该响的攒着。", en: "What matters rings; the rest is collected."),
        sections: [
            section(
                "三个级别", "Three priorities",
                .text(
                    "紧急的立刻到；普通的避开勿扰时段；其余攒成一天一封。每类通知可以另选立刻、每天、每周（选星期几）或只在系统内；每种通知、每条记录都能静音到某天。",
                    """
                    Urgent ones come at once, normal ones outside your quiet hours, the others once a day \
                    in one mail. Each kind can instead come at once, daily, weekly on a day of yours, or stay in \
                    Baton; each kind and each record can be muted until a day.
                    """),
                .way("我的通知设置", "My notice settings", Paths.noticeSettings))
        ])

    static let people = Chapter(
        id: "people", icon: "users", title: Label(zh: "人和权限", en: "People and rights"),
        lead: Label(zh: "同一套权限管所有入口。", en: "One set of rights on every way in."),
        sections: [
            section(
                "角色", "Roles",
                .text(
                    "角色说谁能看哪些记录、哪些字段、做哪些动作；页面、接口、导入导出、搜索都按同一套。给别人的权限不能超过自己有的。",
                    """
                    A role says which records, fields and actions; pages, API, import, export and search \
                    obey the same. Nobody gives rights that they don't have.
                    """)),
            section(
                "账号", "Accounts",
                .text(
                    "新同事的账号在“人员与账号”里建，一次性密码只显示一次，第一次登录后自己设密码。谁的登录和令牌都能看到、能结束。",
                    """
                    Accounts are made under People; the one-time password is shown once, and whoever signs \
                    in with it chooses their own. Sessions and tokens can be seen and ended.
                    """),
                .way("我的安全设置", "My security", Paths.security)),
            section(
                "离职与换岗", "Leaving and changing position",
                .text(
                    "“工作交接”按类数清他手里的记录、棒、审批、任务和令牌，按人、按类、按条件分，单条可以例外。先看谁得到什么、看不到什么，再马上交或到那天零点交；接手人收到一条通知，在页面上确认接收，清单可打印签字。三十天内可以撤销。休假只设代理。离职后还挂在他名下的会列出来。",
                    """
                    “Hand-over” counts the records, batons, approvals, tasks and tokens that somebody \
                    holds, by kind; they go by person, kind or condition, with single exceptions. You see who gets \
                    what and what they could not see, then it happens at once or at midnight of a day; \
                    receivers get one notice and accept on a page, and the list can be printed and signed. \
                    It can be taken back for thirty days. Leave only names a stand-in. What still hangs on a \
                    closed account is named.
                    """),
                .way("工作交接", "Hand-over", Paths.handOver)),
            section(
                "审计", "Audit",
                .text(
                    "每次写入都有事件：谁、何时、从什么改成什么。事件按块封存，改不了也删不掉而不被发现。",
                    """
                    Every write leaves an event: who, when, from what to what. Events are sealed in blocks, \
                    so that none can be changed or removed unnoticed.
                    """)),
        ])

    static let settings = Chapter(
        id: "settings", icon: "sliders", title: Label(zh: "搭建与设置", en: "Building and settings"),
        lead: Label(zh: "业务自己改，不用等开发。", en: "The business shapes it without developers."),
        sections: [
            section(
                "头几步", "First steps",
                .text(
                    "新公司从四步开始：公司和标志，币种和汇率，部门和区域，同事（粘贴或上传名单，错的格子就地改，都对了才一起建）。每一步都能先跳过，回头再做。",
                    """
                    A new house begins with four steps: the company and its logo, currencies and rates, \
                    departments and regions, and colleagues from a pasted or uploaded list, whose wrong cells are put \
                    right in place; they are made all together or not at all. Each step can wait.
                    """),
                .way("头几步", "First steps", Paths.firstSteps)),
            section(
                "发信账号和编号", "Mail account and numbers",
                .text(
                    "发信账号填一次，发一封测试邮件，服务器说了什么照样告诉你；密码存下后不再显示。编号规则改之前能看到接下来的三个号，已经发出的号不变。",
                    """
                    The mail account is filled in once and tried with a test mail, whose answer you see in \
                    the server's own words; its password is never shown again. Before the pattern of a number changes you \
                    see the next three; numbers that were given stay.
                    """),
                .way("发信账号", "Mail account", Paths.mail)),
            section(
                "对象和字段", "Objects and fields",
                .text(
                    "在“搭建”里加对象、加字段、写公式、改名称。系统升级不会覆盖你的修改。",
                    """
                    Add objects and fields, write formulas and change names under Build. An upgrade keeps \
                    what you made.
                    """),
                .way("全部设置", "All settings", Paths.settings)),
            section(
                "规则、时限、流程、审批级别", "Rules, limits, processes, levels",
                .text(
                    "规则用“当…如果…就…”写成句子，先在一条记录上试。时限说每一步多久、超时找谁。流程图可导入 BPMN，审批级别可导入导出 DMN。",
                    """
                    Rules are sentences of when, if and then, tried on a record first. Limits say how long \
                    a step may take and who hears of it. Processes come in as BPMN, levels of approval go \
                    in and out as DMN.
                    """)),
        ])

    static let phone = Chapter(
        id: "phone", icon: "phone", title: Label(zh: "手机", en: "On the phone"),
        lead: Label(zh: "同一个网址，拇指够得着。", en: "The same address, within reach of a thumb."),
        sections: [
            section(
                "装到桌面", "On the home screen",
                .text(
                    "用 https 打开后，浏览器菜单里选“添加到主屏幕”。公司自己的证书要先在手机上信任一次，登录页上有每种手机的步骤。装好后，微信、相册里的图片和文字可以直接“分享”进来。",
                    """
                    Opened by https, choose “add to home screen” in the browser's menu. A certificate of \
                    the company's own has to be trusted once; the page of signing in has the steps for each kind of \
                    phone. Then pictures and texts of other apps can be shared into it.
                    """)),
            section(
                "怎么用", "How",
                .text(
                    "底部是今天、审批、接力和更多；列表变成卡片，接棒、催办、同意都在屏幕下方。",
                    """
                    Day, approvals, relay and more stand at the bottom; lists become cards; taking, urging \
                    and approving are at the foot of the screen.
                    """)),
        ])
}
