import Definitions

/// Texts of merging records that are the same.
extension Words {
    static let mergeShort = Label(zh: "合并重复…", en: "Merge duplicates…")
    static let mergeTitle = Label(zh: "合并重复", en: "Merge duplicates")
    static let duplicates = Label(zh: "可能重复的记录", en: "Likely duplicates")
    static let compareAndMerge = Label(zh: "对比并合并", en: "Compare and merge")
    static let keepThis = Label(zh: "保留这条", en: "Keep this one")
    static let keeps = Label(zh: "保留", en: "stays")
    static let goesIn = Label(zh: "并入", en: "goes in")
    static let bothValues = Label(zh: "都保留", en: "Keep all")
    static let undoMerge = Label(zh: "撤销合并", en: "Undo the merge")

    static func mergeInto(_ title: String) -> Label {
        Label(zh: "并入“\(title)”", en: "Merge into “\(title)”")
    }

    static func maySame(_ titles: [String]) -> Label {
        Label(
            zh: "可能与" + titles.map { "“\($0)”" }.joined(separator: "、") + "重复",
            en: "May be the same as " + titles.map { "“\($0)”" }.joined(separator: ", "))
    }

    static func wentInto(_ gone: String, _ kept: String) -> Label {
        Label(zh: "“\(gone)”已并入“\(kept)”", en: "“\(gone)” went into “\(kept)”")
    }
}
