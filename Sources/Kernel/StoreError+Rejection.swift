import Definitions
import Store

extension Kernel {
    static func translation(of error: StoreError) -> any Error {
        switch error {
        case .stale(let current):
            let number = current.map(String.init) ?? "?"
            return Rejection(
                .stale, code: "stale_version",
                message: Label(
                    zh: "这条刚被别人改过（现为第 \(number) 版），没有保存。先看差别再保存",
                    en: "Changed meanwhile (now version \(number)); nothing was saved. Compare before saving"))
        case .missing, .parentMissing:
            return Rejection.noSuchRecord
        case .duplicate(let field):
            let message = Label(zh: "已有记录用了这个值", en: "Another record already has this value")
            return Rejection(
                .invalid, code: "invalid", message: Rejection.invalidMessage,
                problems: [Problem(field: field, code: "duplicate", message: message)])
        case .unfit(let field):
            let message = Label(zh: "这个值无法保存", en: "This value can't be stored")
            return Rejection(
                .invalid, code: "invalid", message: Rejection.invalidMessage,
                problems: [Problem(field: field, code: "unfit", message: message)])
        case .overflow:
            return Rejection(
                .invalid, code: "overflow",
                message: Label(zh: "数字太大，没有保存", en: "A number is too large; nothing was saved"))
        case .sealed:
            return Rejection(
                .conflict, code: "sealed", message: Label(zh: "已封存的内容不能修改", en: "Sealed content can't be changed"))
        case .mismatch(let detail):
            return Fault(code: "database_mismatch", detail: detail)
        case .unavailable:
            return Rejection(
                .unavailable, code: "unavailable",
                message: Label(
                    zh: "数据库暂时不可用，没有保存，请稍后再试", en: "The database is not available; nothing was saved. Try again shortly"
                ),
                retryAfter: 5)
        case .full:
            return Rejection(
                .noRoom, code: "disk_full",
                message: Label(
                    zh: "服务器的磁盘满了，没有保存。请管理员腾出空间后再试",
                    en: "The server's disk is full; nothing was saved. Try again once the administrator has made room"),
                retryAfter: 5)
        case .readOnly:
            return Rejection(
                .unavailable, code: "read_only",
                message: Label(
                    zh: "数据正在搬到另一个数据库，暂时只能查看，没有保存",
                    en: "The data is being moved to another database: it can be read, not changed. Nothing was saved"),
                retryAfter: 30)
        case .outcomeUnknown:
            return Rejection(
                .unavailable, code: "outcome_unknown",
                message: Label(
                    zh: "数据库在保存时失去联系，不知道是否已保存。稍后用同一个幂等键重试，或先查看再重做",
                    en: "The database was lost while it saved; whether it did is not known. "
                        + "Retry shortly with the same idempotency key, or look before doing it again"),
                retryAfter: 5)
        case .broken(let detail):
            return Fault(code: "statement", detail: detail)
        }
    }

    /// A condition that memory can compute and the database can't.
    static func translation(of error: CompilationError) -> Rejection {
        let problem: Problem =
            switch error {
            case .tooDeep:
                Problem(
                    field: "filter", code: "too_deep",
                    message: Label(zh: "条件嵌套太深，请拆开", en: "The condition is nested too deeply; take it apart"))
            case .memoryOnly: .memoryOnly
            case .unknownPlace(_, let field): .unknownField(field)
            }
        return Rejection.badFilter([problem])
    }
}

extension Rejection {
    static let invalidMessage = Label(zh: "有内容需要修改，没有保存", en: "Some entries need a change; nothing was saved")

    static let noSuchRecord = Rejection(
        .missing, code: "not_found",
        message: Label(zh: "没有这条记录，或没有权限看到", en: "There is no such record, or you may not see it"))

    package static let notAllowed = Rejection(
        .forbidden, code: "forbidden", message: Label(zh: "当前角色不能做这件事", en: "Your role can't do this"))

    /// An edit without the version that its author saw.
    package static let versionRequired = Rejection(
        .preconditionRequired, code: "version_required",
        message: Label(
            zh: "请给出所见版本：If-Match，或批量中的 version", en: "Give the version you saw: If-Match, or version in a bulk"))

    static func invalid(_ problems: [Problem]) -> Rejection {
        Rejection(.invalid, code: "invalid", message: invalidMessage, problems: problems)
    }
}
