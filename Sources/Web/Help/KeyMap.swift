import Definitions

/// Every key that does something, in the groups of the sheet that `?` opens. The only list: the sheet and the printed map are
/// made from it.
enum KeyMap {
    struct Key: Sendable {
        /// Alternatives; each is pressed as written: `Ctrl K` together, `G D` one after the other.
        let strokes: [String]
        let does: Label
    }

    struct Group: Sendable {
        let id: String
        let title: Label
        let keys: [Key]
    }

    static let groups: [Group] = [everywhere, lists, cells, boards, records, forms, relay, approvals]

    private static func key(_ strokes: String..., zh: String, en: String) -> Key {
        Key(strokes: strokes, does: Label(zh: zh, en: en))
    }

    private static let everywhere = Group(
        id: "everywhere", title: Label(zh: "任何页面", en: "Everywhere"),
        keys: [
            key("Ctrl K", zh: "搜索记录、页面和命令", en: "Search records, pages and commands"),
            key("C", zh: "新建", en: "New record"),
            key("G D", zh: "去我的今天", en: "Go to my day"), key("G A", zh: "去审批", en: "Go to approvals"),
            key("G R", zh: "去接力板", en: "Go to the relay board"), key("G C", zh: "去客户", en: "Go to companies"),
            key("G Q", zh: "去报价", en: "Go to quotations"), key("G O", zh: "去订单", en: "Go to orders"),
            key("Esc", zh: "退一层，焦点回到原处", en: "One layer back, focus returns"),
            key("?", zh: "这张表", en: "This sheet"),
        ])

    private static let lists = Group(
        id: "lists", title: Label(zh: "列表", en: "Lists"),
        keys: [
            key("/", zh: "在列表里搜索", en: "Search the list"),
            key("J", "↓", zh: "下一行", en: "Next row"), key("K", "↑", zh: "上一行", en: "Previous row"),
            key("Enter", zh: "打开这一行", en: "Open the row"),
            key("Space", zh: "在旁边看一眼", en: "Look at it beside the list"),
            key("X", zh: "选中这一行", en: "Select the row"),
            key("Ctrl A", zh: "选择本页全部", en: "Select all rows shown"),
        ])

    private static let cells = Group(
        id: "cells", title: Label(zh: "单元格", en: "Cells"),
        keys: [
            key("→", "F2", zh: "进入这一行的单元格", en: "Into the cells of the row"),
            key("Enter", zh: "编辑；再按保存并向下。也可以直接输入", en: "Edit; again to save and go down. Or just type"),
            key("Shift ↑", "Shift →", zh: "选一块单元格", en: "Choose a block of cells"),
            key("Tab", zh: "保存并向右", en: "Save and go right"),
            key("Ctrl C", zh: "复制所选区域", en: "Copy the block"),
            key("Ctrl V", zh: "粘贴表格里的区域，先看再写", en: "Paste a block from a spreadsheet, seen before it is written"),
            key("Ctrl Z", zh: "撤销（10 秒内）", en: "Undo (within 10 s)"),
        ])

    private static let boards = Group(
        id: "boards", title: Label(zh: "看板", en: "Boards"),
        keys: [
            key("J", "K", zh: "上下移动", en: "Up and down a column"),
            key("M", zh: "移到别的阶段", en: "Move the card to another stage"),
            key("Enter", zh: "打开卡片", en: "Open the card"),
        ])

    private static let records = Group(
        id: "records", title: Label(zh: "记录页", en: "Record page"),
        keys: [
            key("J", zh: "列表里的下一条", en: "Next in the list"), key("K", zh: "列表里的上一条", en: "Previous in the list"),
            key("E", zh: "编辑", en: "Edit"), key("F", zh: "写跟进", en: "Write a follow-up"),
        ])

    private static let forms = Group(
        id: "forms", title: Label(zh: "表单与明细", en: "Forms and lines"),
        keys: [
            key("Ctrl Enter", zh: "保存", en: "Save"),
            key("Enter", zh: "明细里到下一行，末行加一行", en: "In lines: next row, a new one at the end"),
            key("Alt ↑", "Alt ↓", zh: "移动这一行", en: "Move the line"),
            key("Ctrl D", zh: "复制这一行", en: "Copy the line"),
            key("Ctrl Backspace", zh: "删除这一行", en: "Delete the line"),
        ])

    private static let relay = Group(
        id: "relay", title: Label(zh: "接力板", en: "Relay board"),
        keys: [
            key("J", "K", zh: "上下移动", en: "Up and down"), key("Enter", zh: "打开这一棒", en: "Open the baton"),
            key("H", zh: "交棒", en: "Hand off"), key("A", zh: "接棒", en: "Take the baton"),
        ])

    private static let approvals = Group(
        id: "approvals", title: Label(zh: "审批", en: "Approvals"),
        keys: [
            key("A", zh: "同意", en: "Approve"), key("R", zh: "退回", en: "Return"),
        ])
}
