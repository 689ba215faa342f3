import Definitions

extension Words {
    static let preview = Label(zh: "预览 PDF", en: "Preview PDF")
    static let openPDF = Label(zh: "打开 PDF", en: "Open the PDF")
    static let sums = Label(zh: "合计", en: "Totals")
    static let margin = Label(zh: "毛利率", en: "Margin")
    static let loading = Label(zh: "装柜", en: "Container load")
    static let seenBy = Label(zh: "以谁的身份看", en: "Seen by")
    static let show = Label(zh: "查看", en: "Show")
    static let binEmpty = Label(zh: "回收站是空的", en: "The recycle bin is empty")
    static let binHint = Label(
        zh: "删除的记录会放在这里，可以随时恢复。", en: "Deleted records are kept here and can be restored at any time.")

    static func verdict(_ person: String, _ isAllowed: Bool) -> Label {
        isAllowed
            ? Label(zh: "\(person) 能看到这条记录", en: "\(person) can see this record")
            : Label(zh: "\(person) 看不到这条记录", en: "\(person) can not see this record")
    }

    static let importing = Label(zh: "导入", en: "Import")
    static let importSteps: [Label] = [
        Label(zh: "文件", en: "File"), Label(zh: "预览", en: "Preview"), Label(zh: "匹配", en: "Match"),
        Label(zh: "检查", en: "Check"), Label(zh: "完成", en: "Done"),
    ]
    static let chooseFile = Label(zh: "把 Excel 或 CSV 拖到这里，或点此选择", en: "Drop an Excel or CSV file here, or choose one")
    static let fileHint = Label(
        zh: "支持 .xlsx、.csv、.tsv；编码和分隔符会自动识别。", en: ".xlsx, .csv, .tsv. Encoding and separators are detected.")
    static let orPaste = Label(zh: "或者直接粘贴表格", en: "Or paste a table")
    static let sheet = Label(zh: "工作表", en: "Sheet")
    static let encoding = Label(zh: "编码", en: "Encoding")
    static let headerRow = Label(zh: "表头在第几行", en: "Header row")
    static let column = Label(zh: "表格里的列", en: "Column in the file")
    static let sample = Label(zh: "样例", en: "Sample")
    static let target = Label(zh: "对应字段", en: "Field")
    static let ignoreColumn = Label(zh: "不导入", en: "Leave out")
    static let matchedByName = Label(zh: "按名称", en: "by name")
    static let remembered = Label(zh: "上次的匹配", en: "as last time")
    static let checkRows = Label(zh: "检查全部行", en: "Check all rows")
    static let runImport = Label(zh: "开始导入", en: "Import now")
    static let rows = Label(zh: "行", en: "rows")
    static let good = Label(zh: "可以导入", en: "ready")
    static let willUpdate = Label(zh: "更新已有", en: "update existing")
    static let flagged = Label(zh: "疑似重复", en: "possible duplicates")
    static let faulty = Label(zh: "有错误", en: "with errors")
    static let errorFile = Label(zh: "下载错误行", en: "Download faulty rows")
    static let undoImport = Label(zh: "撤销整批导入", en: "Undo the whole import")
    static let undoHint = Label(
        zh: "可以整批撤销；导入后有人改过的记录会保留。", en: "The whole import can be undone; records changed since are kept.")
    static let duplicatesHow = Label(zh: "遇到疑似重复", en: "Possible duplicates")
    static let skipThem = Label(zh: "跳过", en: "Skip")
    static let updateThem = Label(zh: "更新已有", en: "Update")
    static let createThem = Label(zh: "照样新建", en: "Create anyway")
    static let running = Label(zh: "正在导入，可以离开这一页，进度不会丢。", en: "Importing. You can leave this page, progress is kept.")

    static func rowError(_ line: Int) -> Label { Label(zh: "第 \(line) 行", en: "Row \(line)") }

    static let definitions = Label(zh: "搭建", en: "Build")
    static let objects = Label(zh: "对象", en: "Objects")
    static let fields = Label(zh: "字段", en: "Fields")
    static let addObject = Label(zh: "新建对象", en: "New object")
    static let addField = Label(zh: "加字段", en: "Add field")
    static let labelZh = Label(zh: "中文名", en: "Chinese name")
    static let labelEn = Label(zh: "英文名", en: "English name")
    static let fieldID = Label(zh: "标识", en: "Id")
    static let fieldType = Label(zh: "类型", en: "Type")
    static let rename = Label(zh: "改名", en: "Rename")
    static let retire = Label(zh: "停用", en: "Retire")
    static let retired = Label(zh: "已停用", en: "Retired")
    static let retireHint = Label(
        zh: "停用后不再显示，数据保留，随时可以恢复。", en: "Hidden from pages, the data stays, restore at any time.")
    static let ownLayer = Label(zh: "自建", en: "yours")
    static let formula = Label(zh: "公式", en: "Formula")
    static let computed = Label(zh: "自动", en: "computed")
    static let idHint = Label(
        zh: "以 x_ 开头，永久不变；只用小写字母、数字和下划线", en: "Starts with x_ and never changes; lower-case letters, digits, underscore"
    )
    static let definitionsHint = Label(zh: "改动立即生效，升级不会覆盖。", en: "Changes apply at once and survive upgrades.")
}
