import Definitions
import Values

extension Rejection {
    /// What stands against merging, each with whom to ask or what to do first.
    static func mergeRefused(_ problems: [Problem]) -> Rejection {
        Rejection(
            .conflict, code: "merge_refused",
            message: Label(zh: "还不能合并，记录都没有改动", en: "They can't be merged yet; nothing was changed"),
            problems: problems)
    }

    static func alreadyMerged(_ title: String) -> Rejection {
        Rejection(
            .conflict, code: "already_merged",
            message: Label(zh: "“\(title)”已经并入另一条记录", en: "“\(title)” went into another record already"))
    }

    static let mergeTooOld = Rejection(
        .conflict, code: "merge_too_old",
        message: Label(zh: "合并已超过 30 天，不能撤销", en: "The merge is more than 30 days old and stays"))

    static let mergeUndone = Rejection(
        .conflict, code: "merge_undone", message: Label(zh: "这次合并已经撤销", en: "This merge was taken back already"))

    static let mergedFurther = Rejection(
        .conflict, code: "merged_further",
        message: Label(
            zh: "保留的记录后来又并入了别的记录，或在回收站里；先撤销那次合并或恢复它",
            en: "The record that stayed went into another one or lies in the bin; take that back first"))

    static let notMergeable = Rejection(
        .invalid, code: "not_mergeable",
        message: Label(
            zh: "要两到五条不同的记录，而且这种记录有查重规则",
            en: "It takes two to five different records of a kind that has rules for duplicates"))
}

extension Problem {
    static func cannotMergeAway(_ title: String, _ roles: [Label]) -> Problem {
        let zh = roles.map(\.zh).joined(separator: "、")
        let en = roles.map(\.en).joined(separator: ", ")
        return Problem(
            field: nil, code: "merge_needs_delete",
            message: Label(
                zh: "你不能删除“\(title)”" + (zh.isEmpty ? "" : "；请这些角色的同事来合并：" + zh),
                en: "You may not delete “\(title)”" + (en.isEmpty ? "" : "; ask a colleague who is: " + en)))
    }

    static func cannotChange(_ title: String, owner: String) -> Problem {
        Problem(
            field: nil, code: "merge_needs_update",
            message: Label(
                zh: "你不能修改“\(title)”" + (owner.isEmpty ? "" : "，请找负责人 \(owner)"),
                en: "You may not change “\(title)”" + (owner.isEmpty ? "" : "; ask its owner \(owner)")))
    }

    static func mergeUnique(_ object: Label, _ field: Label) -> Problem {
        Problem(
            field: nil, code: "merge_unique",
            message: Label(
                zh: "\(object.zh)的“\(field.zh)”不能重复，而两边各有一条；先删掉一条",
                en: "Only one \(object.en) may have the same “\(field.en)”, and both sides have one; delete one first"))
    }

    static func mergeLines(_ title: String, _ object: Label) -> Problem {
        Problem(
            field: nil, code: "merge_lines",
            message: Label(
                zh: "\(object.zh)引用了“\(title)”的明细，请保留“\(title)”",
                en: "A \(object.en) refers to the lines of “\(title)”; keep that record instead"))
    }

    static let mergeTooLarge = Problem(
        field: nil, code: "merge_too_large",
        message: Label(zh: "关联记录超过 20000 条，请联系管理员分批处理", en: "Over 20,000 records refer to them; ask an administrator"))

    static func leftAsIs(_ title: String, _ field: Label?) -> Problem {
        let place = field.map { Label(zh: "“\($0.zh)”", en: " “\($0.en)”") } ?? Label(zh: "", en: "")
        return Problem(
            field: nil, code: "left_as_is",
            message: Label(
                zh: "\(title)\(place.zh)合并后有人改过，保持不动", en: "\(title)\(place.en) was changed since and stays as it is"))
    }
}
