import Definitions

extension Words {
    static func missingFacts(_ count: Int) -> Label {
        Label(zh: "还有 \(count) 项未填", en: count == 1 ? "1 field not filled in" : "\(count) fields not filled in")
    }
    static func changeFact(_ name: String) -> Label { Label(zh: "修改\(name)", en: "Change \(name)") }
    static func historyOf(_ name: String) -> Label { Label(zh: "\(name)的变化", en: "History of \(name)") }
    static func originOf(_ name: String) -> Label {
        Label(zh: "“\(name)”怎么算出来", en: "How “\(name)” is computed")
    }
    static let noteShort = Label(zh: "写跟进", en: "Write a note")
    static let noHistory = Label(
        zh: "没有记下变化：它一直是现在的样子，或在系统启用前就有了", en: "No change on record: it has always been so, or was so before")
    static let olderHistory = Label(zh: "只看最近 500 个事件", en: "Of the last 500 events")

    /// What the script of a record's page says, by key.
    static let recordScripts: [(key: StaticString, label: Label)] = [
        ("savedCell", Label(zh: "已保存", en: "Saved")), ("undone", Label(zh: "已撤销", en: "Undone")),
        ("keepMine", Label(zh: "用我的 {value}", en: "Use mine: {value}")),
        ("takeTheirs", Label(zh: "用对方的 {value}", en: "Take theirs: {value}")),
        ("factKeys", Label(zh: "Enter 保存 · Esc 取消", en: "Enter saves · Esc cancels")),
        ("factKeysLong", Label(zh: "Ctrl+Enter 保存 · Esc 取消", en: "Ctrl+Enter saves · Esc cancels")),
        ("save", Label(zh: "保存", en: "Save")), ("cancel", Label(zh: "取消", en: "Cancel")),
        ("history", Label(zh: "看变化", en: "History")),
        ("fixedHere", Label(zh: "这一项不能改", en: "This can't be changed")),
        ("placeOf", Label(zh: "{n} / {all}", en: "{n} / {all}")),
        ("previousOne", previousRecord), ("nextOne", nextRecord),
    ]

    /// What is said of who else has a record open, by key.
    static let presenceScripts: [(key: StaticString, label: Label)] = [
        ("alsoHere", Label(zh: "也在看这条的人", en: "Also here")),
        ("looksHere", Label(zh: "{who} 正在看", en: "{who} is looking at this")),
        ("editsHere", Label(zh: "{who} 正在修改", en: "{who} is editing this")),
        ("editsField", Label(zh: "{who} 正在改{what}", en: "{who} is editing {what}")),
        ("editsNow", Label(zh: "{who} 正在改", en: "{who} is editing")),
    ]
}
