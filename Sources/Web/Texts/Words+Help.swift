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
}
