package import Definitions

/// What is wrong or doubtful in a decision table.
package struct DecisionFinding: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A cell, an input or an output can't be read.
        case unreadable(FEELError)
        /// A rule has more or fewer cells than the table has columns.
        case cellCount
        case noColumns
        /// The hit policy needs what the table doesn't have: output values for P and O, one output for an aggregation.
        case policyNeeds
        /// The rules match together somewhere: the text says where, one part for each input.
        case overlap([String])
        /// No rule matches there.
        case gap([String])
        /// No value can meet this cell.
        case neverMatches
        /// Cells with names or functions can't be compared beforehand.
        case notCompared
        /// There is more to compare than is done beforehand.
        case tooManyCases
    }

    package let kind: Kind
    /// Rules concerned, counted from 1.
    package let rules: [Int]
    /// The column, inputs first, counted from 1; nil for the whole table.
    package let column: Int?

    package init(_ kind: Kind, rules: [Int] = [], column: Int? = nil) {
        self.kind = kind
        self.rules = rules
        self.column = column
    }

    /// Whether the table can't be used with it.
    package var isError: Bool {
        switch kind {
        case .unreadable, .cellCount, .noColumns, .policyNeeds, .overlap: true
        case .gap, .neverMatches, .notCompared, .tooManyCases: false
        }
    }

    /// A permanent word for programs.
    package var code: String {
        switch kind {
        case .unreadable(let error): error.code
        case .cellCount: "table_cell_count"
        case .noColumns: "table_no_columns"
        case .policyNeeds: "table_policy_needs"
        case .overlap: "table_overlap"
        case .gap: "table_gap"
        case .neverMatches: "table_never_matches"
        case .notCompared: "table_not_compared"
        case .tooManyCases: "table_too_many_cases"
        }
    }

    /// The finding in words, with its place.
    package var message: Label {
        let text = words
        let rules = rules.map(String.init)
        var zh: [String] = []
        var en: [String] = []
        if !rules.isEmpty {
            zh.append("规则 " + rules.joined(separator: "、"))
            en.append("rule " + rules.joined(separator: ", "))
        }
        if let column {
            zh.append("第 \(column) 列")
            en.append("column \(column)")
        }
        guard !zh.isEmpty else { return text }
        return Label(
            zh: zh.joined(separator: "，") + "：" + text.zh, en: en.joined(separator: ", ") + ": " + text.en)
    }

    private var words: Label {
        switch kind {
        case .unreadable(let error): error.message
        case .cellCount: Label(zh: "单元格数与列数不符", en: "The number of cells is not that of the columns")
        case .noColumns: Label(zh: "没有输入或输出列", en: "There is no input or no output column")
        case .policyNeeds:
            Label(
                zh: "P、O 需要输出列的取值顺序，汇总只能有一个输出列",
                en: "P and O need the order of output values; an aggregation has one output")
        case .overlap(let place):
            Label(
                zh: "在 " + place.joined(separator: "；") + " 处同时命中",
                en: "match together at " + place.joined(separator: "; "))
        case .gap(let place):
            Label(
                zh: "在 " + place.joined(separator: "；") + " 处没有规则",
                en: "no rule at " + place.joined(separator: "; "))
        case .neverMatches: Label(zh: "永远不会命中", en: "can never match")
        case .notCompared:
            Label(zh: "含有名称或函数，无法预先比较", en: "holds names or functions and can't be compared beforehand")
        case .tooManyCases: Label(zh: "情形太多，没有全部比较", en: "There are too many cases; not all were compared")
        }
    }
}
