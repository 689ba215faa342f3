import Definitions

extension Words {
    static let security = Label(zh: "登录与安全", en: "Sign-in and security")
    static let people = Label(zh: "人员与账号", en: "People and accounts")
    static let newPerson = Label(zh: "新建账号", en: "New account")
    static let tokens = Label(zh: "访问令牌", en: "Tokens")
    static let sessions = Label(zh: "已登录的设备", en: "Signed-in devices")
    static let whyAccess = Label(zh: "谁能看什么，为什么", en: "Who may do what, and why")
    static let rolesMatrix = Label(zh: "角色与权限", en: "Roles and rights")
    static let audit = Label(zh: "审计日志", en: "Audit log")
    static let backup = Label(zh: "备份", en: "Backup")
    static let mail = Label(zh: "邮件账号", en: "Mail account")
    static let numbers = Label(zh: "编号规则", en: "Number series")
    static let oneTime = Label(zh: "一次性密码", en: "One-time password")
    static let never = Label(zh: "从未", en: "Never")
    static let name = Label(zh: "名称", en: "Name")
    static let state = Label(zh: "状态", en: "State")
    static let lastSeen = Label(zh: "最近在线", en: "Last seen")
    static let person = Label(zh: "人员", en: "Person")
}
