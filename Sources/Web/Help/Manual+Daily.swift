import Definitions

extension Manual {
    static let start = Chapter(
        id: "start", icon: "home", title: Label(zh: "第一天", en: "Your first day"),
        lead: Label(zh: "打开就知道轮到我做什么。", en: "Open it and see what is on you."),
        sections: [
            section(
                "我的今天", "My day",
                .text(
                    "首页分三块：轮到我（棒在我手里或等我审批，最急的在最前）、今天要跟进、等别人。每一行右边就是下一步该按的按钮。",
                    """
                    The first page has three parts: my turn (batons in my hands and approvals that wait for \
                    me, most urgent first), follow up today, waiting for others. Each row carries the \
                    button of its next step.
                    """),
                .way("打开我的今天", "Open my day", Paths.day)),
            section(
                "找东西", "Finding things",
                .text(
                    "按 Ctrl K，输入客户名、单号、电话或页面名。中文可以打全拼或首字母：“hdf”能找到宏达发。没输入时列出最近看过的。",
                    """
                    Press Ctrl K and type a name, a number, a telephone or the name of a page. Chinese \
                    names are found by pinyin and by initials. With nothing typed it lists what you looked \
                    at last.
                    """)),
            section(
                "语言与外观", "Language and appearance",
                .text(
                    "右上角头像里切换中文和英文、浅色和深色。登录前也能切换语言。",
                    """
                    Switch Chinese and English, light and dark under your picture at the top right; the \
                    language also before signing in.
                    """)),
        ])

    static let lists = Chapter(
        id: "lists", icon: "list", title: Label(zh: "列表", en: "Lists"),
        lead: Label(zh: "像表格一样改，像系统一样留痕。", en: "Worked like a sheet, kept like a system."),
        sections: [
            section(
                "筛选与排序", "Filters and order",
                .text(
                    "加筛选后会变成一枚标签，点叉去掉。筛选、排序、分组都在网址里：把网址发给同事，他看到同样的条件（按他自己的权限）。",
                    """
                    A filter becomes a chip with a cross. Filters, order and groups stand in the address: \
                    send it to a colleague, who sees the same conditions by their own rights.
                    """),
                .text(
                    "条件写得出来就筛得出来：在“条件”里像 Excel 一样写，例如 amount > 10000 AND ISBLANK(next_step)。",
                    """
                    What can be said can be filtered: write a condition as in a spreadsheet, such as amount \
                    > 10000 AND ISBLANK(next_step).
                    """)),
            section(
                "视图", "Views",
                .text(
                    "改过的筛选、列和排序先是自己的草稿，别人看不到；可以存为我的、部门的或大家的视图。同一份数据还能看成看板、日历、时间轴或卡片。",
                    """
                    What you change is a draft of your own first; keep it as a view for yourself, your \
                    department or everybody. The same records can be a board, a calendar, a timeline or \
                    cards.
                    """)),
            section(
                "页数与条数", "Pages and counts",
                .text(
                    "列表先出 50 行，往下滚或点“再看 50 条”接着看；底部的“计数与合计”点了才算，数到 10,000 为止，再多写作“10,000+”。",
                    """
                    A list shows 50 rows first; scroll on or press for 50 more. “Count and totals” below counts when \
                    pressed, up to 10,000; beyond that it says “10,000+”.
                    """)),
            section(
                "改很多条", "Changing many",
                .steps(
                    ("选中几行，或选“全部符合条件的”", "Select rows, or everything that matches"),
                    (
                        "底部选择要改的字段和新值，先看有几条会变、几条被拒绝和原因",
                        """
                        Choose field and value below; see how many change, how many are refused and why
                        """
                    ),
                    ("确认后执行，可以撤销", "Confirm; it can be undone")),
                .text(
                    "从 Excel 复制一块区域，在单元格上按 Ctrl V：先看差别再写入。导出的就是眼前看到的列和全部符合条件的行，一次最多 200,000 行；选择全部一次最多 5,000 条。",
                    """
                    Copy a block in a spreadsheet and press Ctrl V on a cell: the differences are shown \
                    before anything is written. An export has exactly the columns that you see and all rows that match, at most 200,000 \
                    at once; at most 5,000 records can be selected at once.
                    """)),
        ])

    static let records = Chapter(
        id: "records", icon: "company", title: Label(zh: "记录页", en: "The record page"),
        lead: Label(zh: "一页看全：是谁、到哪了、下一步是什么。", en: "One page: who it is, where it stands, what comes next."),
        sections: [
            section(
                "看", "Reading",
                .text(
                    "页头有阶段、下一步和时限；左边是资料，中间是动态，右边是下一步和相关记录。从列表进来时，J 和 K 直接到下一条、上一条。",
                    """
                    The head has the stage, the next step and the clock; facts on the left, the timeline in \
                    the middle, next steps and related records on the right. Coming from a list, J and K \
                    lead to the next and the previous record.
                    """)),
            section(
                "记下一次沟通", "Writing down a talk",
                .text(
                    "按 F：写要点、@同事（名字、拼音或岗位）、放文件、选类型（电话、邮件、拜访…），顺手定下次跟进，一次存好。邮件用公司的邮箱发出，回信到自己的邮箱。写邮件时可选模板，名称、单号、金额、日期按这条记录填好；没填上的留在方括号里。模板在“更多 · 邮件模板”里改，占位写成 {= 字段 }。没发出的草稿留在这台电脑。",
                    """
                    Press F: the points, @ a colleague by name, pinyin or role, files, the kind (call, \
                    mail, visit …) and the next follow-up, kept in one press. A mail leaves by the \
                    company's account and answers come to yours. For a mail you can choose a template: names, \
                    numbers, amounts and dates of the record are filled in, what is missing stays in brackets. \
                    Templates are kept under More, Mail templates; a place is written {= field }. An unsent \
                    draft stays on this computer.
                    """)),
            section(
                "两个人同时改", "Two who change the same record",
                .text(
                    "页头看得到谁也在看、谁在改哪个字段。改的是不同字段，两边都存下；同一个字段，会问留你的还是对方的。报价明细按行、按格合并，只有同一格才问。",
                    """
                    The head shows who else looks and which field somebody is changing. Different fields \
                    are both kept; for the same field you are asked, yours or theirs. Lines of a quotation are merged cell by cell.
                    """)),
            section(
                "改一个字段", "Changing one field",
                .text(
                    "点字段旁的笔直接改，回车保存，十秒内可撤销。点字段的历史，能看到以前的值、谁改的、它由什么算出、又影响什么。",
                    """
                    Press the pen beside a field, Enter saves, undo for ten seconds. The history of a field \
                    tells its former values, who changed them, what it is computed from and what is \
                    computed from it.
                    """)),
            section(
                "为什么看不到、按不了", "Why something is hidden or refused",
                .text(
                    "按不了的按钮会说明原因。记录菜单里的“为什么”逐条列出谁凭什么能看、能改。",
                    """
                    A button that can't be pressed says why. “Why” in the menu of a record lists who may \
                    see and change it, and by which rule.
                    """)),
        ])

    static let creating = Chapter(
        id: "create", icon: "plus", title: Label(zh: "新建与查重", en: "New records and duplicates"),
        lead: Label(zh: "四五个字段就能建，撞单当场提醒。", en: "Four or five fields are enough; a clash is told at once."),
        sections: [
            section(
                "随处新建", "From anywhere",
                .text(
                    "按 C 或右上角加号。输入时按名称、网站域名、税号、电话、邮箱查重；看不到的记录只会告诉你该问谁。",
                    """
                    Press C or the plus at the top. While you type, names, domains, tax ids, telephones and \
                    mail addresses are compared; of a record out of your sight you learn only whom to ask.
                    """)),
            section(
                "合并重复", "Merging duplicates",
                .text(
                    "记录菜单里“合并重复”：并排看每个字段，选留哪个值；联系人、报价、订单、文件、动态都跟过去，旧链接和旧编号照样找得到。三十天内可以撤销。看着像、其实不是的，在“可能重复”里点“不是重复”，比对的字段改了才会再提。",
                    """
                    “Merge duplicates” in the menu of a record: the fields side by side, you choose which \
                    value stays; contacts, quotations, orders, files and the timeline follow, and old links \
                    and numbers still lead there. It can be undone for thirty days. Two that only look alike are \
                    set apart with “Not the same”, until a compared field changes.
                    """),
                .way("可能重复的客户", "Customers that may be double", Paths.list("company") + "/duplicates")),
            section(
                "名片和邮件签名", "Cards and mail signatures",
                .text(
                    "把名片文字或邮件签名粘贴进去，姓名、公司、职位、电话、地址和国家会自动填好，保存前都能改。",
                    """
                    Paste the text of a card or a mail signature: name, company, title, telephones, address \
                    and country are filled in, to be changed before saving.
                    """)),
        ])

    static let selling = Chapter(
        id: "selling", icon: "file-text", title: Label(zh: "询盘到订单", en: "From inquiry to order"),
        lead: Label(zh: "同一批数据，一路传下去，不再重抄。", en: "The same data all the way; nothing is typed twice."),
        sections: [
            section(
                "报价", "Quotations",
                .text(
                    "报价的明细像表格一样填，可从 Excel 粘贴；贸易术语、运费、佣金和毛利随填随算，低于底线时先走审批再发送。改价就开新版本，旧版本保留，可逐项比较。",
                    """
                    Lines are filled as a sheet and may be pasted from one; Incoterm, freight, commission \
                    and margin are computed as you type, and below the floor an approval comes before \
                    sending. A changed price makes a new version; older ones stay and can be compared.
                    """),
                .way("打开报价", "Open quotations", Paths.list("quotation"))),
            section(
                "PI 与订单", "Proforma invoice and order",
                .steps(
                    ("报价被接受后，从报价生成形式发票", "When the quotation is accepted, make the proforma invoice from it"),
                    ("PI 生成双语 PDF，银行资料来自“我方公司”", "It prints as a bilingual PDF; the bank comes from our own company"),
                    ("确认后转成订单，接力棒随之传下去", "When confirmed it becomes an order, and the baton goes with it"))),
        ])
}
