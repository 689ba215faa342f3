import Definitions

/// Texts of handing over what somebody holds.
extension Words {
    static let handOverWork = Label(zh: "工作交接", en: "Hand over work")
    static let handOverHint = Label(
        zh: "离职、换岗或请假前，看清一个人手上还有什么，交给谁。",
        en: "Before somebody leaves, moves or takes leave: what they hold, and who takes it.")
    static let handOverList = Label(zh: "交接清单", en: "Hand-over list")
    static let successor = Label(zh: "接手人", en: "Successor")
    static let staysHere = Label(zh: "不交", en: "Leave it")
    static let leftBehind = Label(zh: "已停用账号名下还有记录", en: "Records that people without an account still hold")
}
