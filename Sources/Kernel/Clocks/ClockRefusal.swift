import Definitions

extension Rejection {
    static let neverOpens = "calendar_never_opens"

    /// A limit can't be worked out: the holidays leave whoever owes it no working time within a year.
    static func calendarNeverOpens(_ name: String?) -> Rejection {
        Rejection(
            .conflict, code: neverOpens,
            message: Label(
                zh: "\(name ?? "负责人") 的工作日历一年内没有工作时间，算不出时限。请管理员检查其地区的节假日",
                en:
                    "The calendar of \(name ?? "whoever owes it") has no working time within a year, so there is no limit. "
                    + "Have the holidays of their region looked at"))
    }
}
