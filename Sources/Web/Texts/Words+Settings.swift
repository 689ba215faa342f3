import Definitions

extension Words {
    static let settings = Label(zh: "设置", en: "Settings")
    static let settingsSearch = Label(zh: "找一项设置", en: "Find a setting")
    static let workCalendars = Label(zh: "工作日历", en: "Working calendars")
    static let houseRules = Label(zh: "自动规则", en: "Rules")
    static let houseLimits = Label(zh: "时钟与时限", en: "Clocks and limits")
    static let houseProcesses = Label(zh: "流程与职责", en: "Processes")
    static let houseLevels = Label(zh: "审批级别", en: "Approval levels")
    static let runningNow = Label(zh: "在走", en: "running")
    static let lateNow = Label(zh: "超时", en: "late")
    static let standing = Label(zh: "停表", en: "paused")
    static let switchedOff = Label(zh: "已关", en: "Off")
    static let switchedOn = Label(zh: "在用", en: "On")
}
