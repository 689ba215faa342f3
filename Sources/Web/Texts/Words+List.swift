import Definitions

extension Words {
    static let views = Label(zh: "视图", en: "Views")
    static let filters = Label(zh: "筛选条件", en: "Filters")
    static let addFilter = Label(zh: "筛选", en: "Filter")
    static let clearFilters = Label(zh: "清除筛选", en: "Clear filters")
    static let apply = Label(zh: "应用", en: "Apply")
    static let field = Label(zh: "字段", en: "Field")
    static let condition = Label(zh: "条件", en: "Condition")
    static let value = Label(zh: "值", en: "Value")
    static let columns = Label(zh: "列", en: "Columns")
    static let sortAscending = Label(zh: "升序", en: "Ascending")
    static let sortDescending = Label(zh: "降序", en: "Descending")
    static let selectRow = Label(zh: "选择这一行", en: "Select this row")
    static let selectAll = Label(zh: "选择本页全部", en: "Select all on this page")
    static let loadMore = Label(zh: "再看 50 条", en: "Show 50 more")
    static let firstPage = Label(zh: "回到开头", en: "Back to start")
    static let countNow = Label(zh: "计数与合计", en: "Count and totals")
    static let importRecords = Label(zh: "导入", en: "Import")
    static let exportRecords = Label(zh: "导出", en: "Export")
    static let bin = Label(zh: "回收站", en: "Recycle bin")
    static let noMatch = Label(zh: "没有符合条件的记录", en: "Nothing matches")
    static let noMatchHint = Label(zh: "放宽条件，或清除筛选后再看。", en: "Loosen the conditions or clear the filters.")
    static let assign = Label(zh: "转交", en: "Assign")
    static let clearSelection = Label(zh: "取消选择", en: "Clear selection")

    /// - Parameter who: name and time; empty when nobody knows.
    static func theirsIs(_ text: String, by who: String) -> Label {
        who.isEmpty
            ? Label(zh: "这一格刚被别人改为 \(text)", en: "Somebody just changed this cell to \(text)")
            : Label(zh: "\(who) 改为 \(text)", en: "\(who) changed this to \(text)")
    }
    static func searchIn(_ plural: Label) -> Label {
        Label(zh: "搜\(plural.zh)", en: "Search \(plural.en.lowercased())")
    }
    static func new(_ label: Label) -> Label { Label(zh: "新建\(label.zh)", en: "New \(label.en.lowercased())") }
    static func emptyList(_ label: Label) -> Label {
        Label(zh: "还没有\(label.zh)", en: "No \(label.en.lowercased()) yet")
    }
    static func emptyListHint(_ label: Label) -> Label {
        Label(zh: "导入 Excel 或新建一条。", en: "Import an Excel file or add the first one.")
    }
    static func selected(_ count: Int) -> Label { Label(zh: "已选 \(count) 条", en: "\(count) selected") }
    static func removeFilter(_ text: String) -> Label { Label(zh: "移除筛选：\(text)", en: "Remove filter: \(text)") }
    static func sortBy(_ column: String) -> Label { Label(zh: "按\(column)排序", en: "Sort by \(column)") }
    static func rowsShown(_ from: Int, _ to: Int) -> Label { Label(zh: "\(from)–\(to)", en: "\(from)–\(to)") }
    static func total(_ count: String, capped: Bool) -> Label {
        Label(zh: "共 \(count)\(capped ? "+" : "") 条", en: "of \(count)\(capped ? "+" : "")")
    }
}
