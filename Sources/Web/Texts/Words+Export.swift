import Definitions

extension Words {
    static let exportTitle = Label(zh: "导出", en: "Export")
    static let exportTemplates = Label(zh: "导出模板", en: "Export templates")
    static let exportTemplate = Label(zh: "存为导出模板", en: "Keep as an export template")
    static let exportTemplateHint = Label(
        zh: "列、顺序、表头和格式存下来，下次一步导出；也可以当导入的填写表。",
        en: "Columns, order, headings and format for the next time; it also makes the sheet to fill in for an import.")
    static let exportColumns = Label(zh: "列和表头", en: "Columns and headings")
    static let exportColumnsHint = Label(
        zh: "勾选要导出的列；表头留空就用字段名。", en: "Tick the columns; a heading left empty is the name of the field.")
    static let exportFile = Label(zh: "文件", en: "File")
    static let exportFormat = Label(zh: "格式", en: "Format")
    static let exportNow = Label(zh: "导出文件", en: "Export the file")
    static let exportBack = Label(zh: "回列表改条件", en: "Change the conditions")
    static let exportChoose = Label(zh: "选列导出、导出模板…", en: "Choose columns, templates…")
    static let templateName = Label(zh: "模板名称", en: "Name of the template")
    static let templateKeep = Label(zh: "存为模板", en: "Keep as template")
    static let templateCopy = Label(zh: "另存为", en: "Keep as another")
    static let templateUpdate = Label(zh: "更新模板", en: "Update the template")
    static let templateRemove = Label(zh: "删除模板", en: "Remove the template")
    static let fillInSheet = Label(zh: "下载填写表", en: "Sheet to fill in")
    static let fillInHint = Label(
        zh: "还没有表格？先下载填写表：带下拉选项和填写说明，填好再拖进来。",
        en: "No file yet? Download the sheet to fill in: with lists to choose from and hints; then drop it here.")

    static func exportRows(_ view: String, _ conditions: Int) -> Label {
        let more = conditions == 0 ? "" : "，加 \(conditions) 个条件"
        let added = conditions == 0 ? "" : conditions == 1 ? " with 1 condition" : " with \(conditions) conditions"
        return Label(
            zh: "导出“\(view)”里的记录\(more)，一次最多 200,000 行。",
            en: "Records of “\(view)”\(added), at most 200,000 rows at once.")
    }

    static func exportBy(_ name: String) -> Label { Label(zh: "按“\(name)”导出", en: "Export by “\(name)”") }
}
