import Definitions

extension Words {
    static let signIn = Label(zh: "登录", en: "Sign in")
    static let login = Label(zh: "账号", en: "Account")
    static let password = Label(zh: "密码", en: "Password")
    static let secondFactor = Label(zh: "动态验证码", en: "Verification code")
    static let remember = Label(zh: "在这台设备上保持登录", en: "Stay signed in on this device")
    static let claim = Label(
        zh: "从第一封询盘到最后一笔货款，\n棒在谁手里，一眼看清。",
        en: "From the first inquiry to the last payment:\nwho holds the baton, at a glance.")
    static let claimLegs: [Label] = [
        Label(zh: "询盘", en: "Inquiry"), Label(zh: "报价", en: "Quote"), Label(zh: "定金", en: "Deposit"),
        Label(zh: "生产", en: "Production"),
        Label(zh: "验货", en: "Inspection"), Label(zh: "出运", en: "Shipment"), Label(zh: "尾款", en: "Balance"),
    ]
    static let firstRun = Label(zh: "创建所有者账号", en: "Create the owner account")
    static let firstRunHint = Label(
        zh: "这套系统还是空的。所有者可以添加同事、导入客户、搭建字段和流程。",
        en: "This system is still empty. The owner adds colleagues, imports customers and builds fields and flows.")
    static let createOwner = Label(zh: "创建账号并进入", en: "Create account and enter")

    static func waitSeconds(_ seconds: Int) -> Label {
        Label(zh: "尝试次数过多，请在 \(seconds) 秒后再试。", en: "Too many attempts. Try again in \(seconds) seconds.")
    }
    static func demoHint(_ password: String) -> Label {
        Label(zh: "演示公司：点一个角色直接进入（密码都是 \(password)）", en: "Demo company: choose a role to enter (password \(password))")
    }
    static func dayDone(_ tomorrow: Int) -> Label {
        tomorrow == 0
            ? Label(zh: "今天清空了", en: "All clear for today")
            : Label(zh: "今天清空了 · 明天 \(tomorrow) 件", en: "All clear for today · \(tomorrow) tomorrow")
    }
}
