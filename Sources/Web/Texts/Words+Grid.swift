import Definitions

extension Words {
    static let fixedCell = Label(zh: "这一格不能改", en: "This cell can't be changed")
    static let bulkEdit = Label(zh: "批量修改", en: "Edit many")

    /// What the scripts of lists say, by key.
    static let listScripts: [(key: StaticString, label: Label)] = [
        ("cell", Label(zh: "{column}：{value}。回车修改", en: "{column}: {value}. Enter to edit")),
        ("cellFixed", Label(zh: "{column}：{value}。只读", en: "{column}: {value}. Read only")),
        ("savedCell", Label(zh: "已保存", en: "Saved")),
        ("savedCells", Label(zh: "已改 {n} 条", en: "{n} changed")),
        ("savedSome", Label(zh: "已改 {n} 条，{left} 条没有改", en: "{n} changed, {left} not changed")),
        ("notWritten", Label(zh: "{n} 条没有写入：{why}", en: "{n} not written: {why}")),
        ("undone", Label(zh: "已撤销", en: "Undone")),
        ("undoing", Label(zh: "正在撤销 {done} / {all}", en: "Undoing {done} / {all}")),
        ("undoRest", Label(zh: "还有 {n} 条没有撤销", en: "{n} are not undone yet")),
        (
            "brokeOff",
            Label(
                zh: "上次批量修改中断：{all} 条里写入了 {n} 条，其后一批可能也已写入",
                en: "The last change of many broke off: {n} of {all} were written, perhaps the batch after them too")
        ),
        ("fieldSays", Label(zh: "{field}：{text}", en: "{field}: {text}")),
        ("comma", Label(zh: "、", en: ", ")),
        ("nothingToUndo", Label(zh: "没有可以撤销的修改", en: "Nothing to undo")),
        ("notUndone", Label(zh: "{n} 条没有撤销：{why}", en: "{n} not undone: {why}")),
        ("fixedHere", fixedCell),
        ("keepMine", Label(zh: "用我的 {value}", en: "Use mine: {value}")),
        ("takeTheirs", Label(zh: "用对方的 {value}", en: "Take theirs: {value}")),
        ("copied", Label(zh: "已复制 {n} 格", en: "{n} cells copied")),
        ("pasteTitle", Label(zh: "粘贴 {rows} 行 × {columns} 列", en: "Paste {rows} rows × {columns} columns")),
        ("pasteFits", Label(zh: "{n} 条可以写入", en: "{n} records can be written")),
        ("pasteRefused", Label(zh: "{n} 条不能写入", en: "{n} can't be written")),
        (
            "pasteSkipped",
            Label(zh: "超出列表的 {n} 行和只读的列不会写入", en: "{n} rows beyond the list and read-only columns are left out")
        ),
        ("readOnlySkipped", Label(zh: "只读的列不会写入：{names}", en: "Read-only columns are left out: {names}")),
        ("write", Label(zh: "写入 {n} 条", en: "Write {n}")),
        ("cancel", Label(zh: "取消", en: "Cancel")),
        ("bulkTitle", Label(zh: "批量修改 {n} 条", en: "Edit {n} records")),
        ("bulkField", Label(zh: "改哪一项", en: "What to change")),
        ("bulkValue", Label(zh: "改为", en: "New value")),
        ("preview", Label(zh: "预览", en: "Preview")),
        ("checking", Label(zh: "正在检查 {done} / {all}", en: "Checking {done} / {all}")),
        ("writing", Label(zh: "正在写入 {done} / {all}", en: "Writing {done} / {all}")),
        ("stopped", Label(zh: "已停下：写入 {n} 条，{left} 条没有动", en: "Stopped: {n} written, {left} left as they were")),
        ("allMatching", Label(zh: "选择全部符合条件的记录", en: "Choose all that match")),
        ("allCapped", Label(zh: "一次最多 5,000 条，已选前 5,000 条", en: "At most 5,000 at once; the first 5,000 are chosen")),
        ("sumOf", Label(zh: "合计 {sum}", en: "Sum {sum}")),
        ("colWidth", Label(zh: "{column}的宽度", en: "Width of {column}")),
        ("link", Label(zh: "这个列表的链接", en: "Link to this list")),
        ("linkCopied", Label(zh: "链接已复制，打开的人按自己的权限看到内容", en: "Link copied; who opens it sees what they may see")),
        ("sum", Label(zh: "合计", en: "Total")),
        ("movedTo", Label(zh: "“{title}”已到 {lane}", en: "“{title}” moved to {lane}")),
    ]
}
