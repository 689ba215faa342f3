import Definitions

extension Words {
    /// Texts that scripts show, by the key under which they ask for them.
    static let scripts: [(key: StaticString, label: Label)] = [
        ("undo", undo), ("close", close), ("saved", saved), ("offline", offline), ("synced", synced),
        ("kPeek", Label(zh: "侧边预览", en: "Peek")), ("openRecord", Label(zh: "打开", en: "Open")),
        ("noneFound", noneFound), ("createNew", createNew), ("clear", clear),
        ("loading", Label(zh: "正在加载…", en: "Loading…")),
        ("failed", Label(zh: "没有成功，内容还在。请再试一次。", en: "That did not work, your input is kept. Try again.")),
        (
            "unreachable",
            Label(zh: "没连上服务器，内容还在这里。连上后再试。", en: "No connection. Your input is still here, try again when back.")
        ),
        ("signedOut", Label(zh: "登录已过期，请重新登录。", en: "Your session has ended. Sign in again.")),
        ("leave", Label(zh: "有未保存的修改，确定离开？", en: "There are unsaved changes. Leave?")),
        ("requiredField", Label(zh: "请填写", en: "Fill this in")),
        ("notNumber", Label(zh: "请填数字", en: "Enter a number")),
        ("selected", Label(zh: "已选 {n} 条", en: "{n} selected")),
        ("pasted", Label(zh: "已粘贴 {n} 行", en: "{n} rows pasted")),
        ("lineDeleted", Label(zh: "已删除第 {n} 行", en: "Line {n} deleted")),
        (
            "sumMeaning",
            Label(
                zh: "符合条件的全部记录这一列的合计，不只是看得见的行；多种货币按锁定汇率折成本位币",
                en: "Added up over all records that fit, not only the rows in sight; currencies by their locked rates"
            )
        ),
        ("counted", Label(zh: "共 {n} 条", en: "of {n}")),
        ("fresh", Label(zh: "有更新 · 点此查看", en: "Updated · show")),
        ("notices", notices), ("unread", Label(zh: "通知，{n} 条未读", en: "Notices, {n} unread")),
        ("gone", Label(zh: "登录已在别处结束。", en: "Your session was ended elsewhere.")),
        ("computing", Label(zh: "正在计算…", en: "Computing…")),
        ("uploading", Label(zh: "正在上传 {n}%", en: "Uploading {n}%")),
        ("palette", Label(zh: "搜索或输入命令", en: "Search or type a command")),
        ("keys", shortcuts), ("printKeys", print),
        ("minutes", Label(zh: "{n} 分钟", en: "{n} min")), ("hours", Label(zh: "{n} 小时", en: "{n} h")),
        ("hoursMinutes", Label(zh: "{h} 小时 {n} 分", en: "{h} h {n} min")), ("days", Label(zh: "{n} 天", en: "{n} d")),
        ("daysHours", Label(zh: "{n} 天 {h} 小时", en: "{n} d {h} h")),
        ("leftFor", Label(zh: "剩 {t}", en: "{t} left")), ("lateBy", Label(zh: "超 {t}", en: "{t} late")),
        ("calledIn", Label(zh: "{t}后升级给 {who}", en: "In {t} to {who}")),
        ("noWay", Label(zh: "“{from}”不能直接交到“{to}”", en: "“{from}” can't hand off straight to “{to}”")),
        ("handed", Label(zh: "已交棒 · {title} → {to}", en: "Handed off · {title} → {to}")),
    ]
}

extension HTML {
    /// Writes texts of scripts as one JSON object.
    mutating func scriptTexts(_ texts: [(key: StaticString, label: Label)] = Words.scripts) {
        append("{")
        for (position, text) in texts.enumerated() {
            if position > 0 { append(",") }
            append("\"")
            append(text.key)
            append("\":")
            jsonString(page[text.label])
        }
        append("}")
    }

    /// Writes a JSON string that can stand inside a script element: `<` is written as an escape.
    mutating func jsonString(_ text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case 0x22: append("\\\"")
            case 0x5C: append("\\\\")
            case 0x0A: append("\\n")
            case 0x3C: append("\\u003c")
            case 0x00..<0x20: append(" ")
            default: appendByte(byte)
            }
        }
        append("\"")
    }
}
