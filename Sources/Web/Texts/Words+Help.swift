import Definitions

extension Words {
    static let help = Label(zh: "帮助", en: "Help")
    static let manual = Label(zh: "使用手册", en: "Manual")
    static let keyMap = Label(zh: "快捷键", en: "Keyboard shortcuts")
    static let dictionary = Label(zh: "数据字典", en: "Data dictionary")
    static let tour = Label(zh: "带我看一圈", en: "Show me around")
    static let howCounted = Label(zh: "这些数怎么算", en: "How these figures are counted")
    static let manualSearch = Label(zh: "在手册里找", en: "Search the manual")
    static let meaning = Label(zh: "含义", en: "Meaning")

    static func computedAs(_ sentence: String) -> Label { Label(zh: "算法：" + sentence, en: "Computed: " + sentence) }
    static func tourPlace(_ step: Int, of count: Int) -> Label {
        Label(zh: "第 \(step) 步，共 \(count) 步", en: "Step \(step) of \(count)")
    }

    // MARK: What figures mean

    static let figureComputed = Label(zh: "由系统算出，不用填写", en: "Worked out by the system")
    static func figureEntered(_ field: String) -> Label {
        Label(zh: "记录上填写的“\(field)”", en: "“\(field)” as entered on the record")
    }
    static let groupSums = Label(
        zh: "这一组全部记录的合计，多种货币折成本位币", en: "Sums over all records of the group, in the base currency")
    static func laneSum(_ column: String) -> Label {
        Label(
            zh: "这一列全部记录的“\(column)”合计，折成本位币",
            en: "“\(column)” of all records in this column, added up in the base currency")
    }
    static let dayFigure = Label(
        zh: "轮到你处理、还没处理完的条数，点开就是这些记录", en: "How many wait for you; the figure opens the list of them")
    static let dayApprovals = Label(
        zh: "等你决定的审批，含你代理的", en: "Approvals that wait for your decision, those you stand in for included")
}
