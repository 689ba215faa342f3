import Definitions

extension Words {
    static let noteKind = Label(zh: "方式", en: "Kind")
    static let writeNoteTo = Label(
        zh: "写下这次沟通的要点，用 @ 提醒同事或角色", en: "What was said? Write the gist; @ tells a colleague or a role")
    static let mailTo = Label(zh: "发给", en: "To")
    static let mailTemplate = Label(zh: "模板", en: "Template")
    static let fillMail = Label(zh: "填入", en: "Fill in")
    static let mailSubject = Label(zh: "主题", en: "Subject")
    static let noMailContacts = Label(
        zh: "还没有带邮箱的联系人；现在只记下，不发出", en: "No contact has an e-mail address; this is noted, not sent")
    static let noteWith = Label(zh: "联系人", en: "With")
    static let noteMinutes = Label(zh: "分钟", en: "Minutes")
    static let noteResult = Label(zh: "结果", en: "Result")
    static let sendAlong = Label(zh: "随信带上", en: "Send along")
    static let attachFiles = Label(zh: "附文件", en: "Attach files")
    static let mention = Label(zh: "提醒同事", en: "Tell a colleague")
    static let sendMail = Label(zh: "发送邮件", en: "Send mail")
    static let nextWho = Label(zh: "由谁跟进", en: "Who follows up")
    static let noted = Label(zh: "已记下", en: "Noted")
    static let mailed = Label(zh: "已记下，邮件即将发出", en: "Noted; the mail is on its way")
    static let filesAgain = Label(zh: "文件要重新选一次", en: "Choose the files once more")

    /// What stands open in a mail that a template filled.
    static func gaps(_ names: [String], unseen: [String]) -> Label {
        func part(_ zh: String, _ en: String, _ names: [String]) -> [Label] {
            names.isEmpty
                ? [] : [Label(zh: zh + names.joined(separator: "、"), en: en + names.joined(separator: ", "))]
        }
        let all = part("没有值：", "no value for ", names) + part("你看不到：", "out of your sight: ", unseen)
        return Label(
            zh: "方括号处还没填上（" + all.map(\.zh).joined(separator: "；") + "），发出前补上或删掉",
            en: "Fill in or delete what stands in brackets (" + all.map(\.en).joined(separator: "; ")
                + ") before you send")
    }

    /// Days until the next follow-up that one press sets.
    static let nextSpans: [(Int, Label)] = [
        (1, Label(zh: "明天", en: "Tomorrow")), (3, Label(zh: "3 天后", en: "In 3 days")),
        (7, Label(zh: "一周后", en: "In a week")), (30, Label(zh: "30 天后", en: "In 30 days")),
    ]

    /// What the script of the composer says, by key.
    static let composerScripts: [(key: StaticString, label: Label)] = [
        ("nextOn", Label(zh: "下次跟进 {day}", en: "Next follow-up {day}")), ("nextFollowUp", nextFollowUp),
        ("unseenBy", Label(zh: "{who} 看不到这条记录，不会收到提醒", en: "{who} can't see this record and will not be told")),
        ("seesNot", Label(zh: "看不到这条", en: "can't see this")), ("role", Label(zh: "角色", en: "role")),
        ("removeFile", Label(zh: "去掉 {name}", en: "Remove {name}")),
        ("draftBack", Label(zh: "上次没发出的草稿还在这里", en: "Your unsent draft is still here")),
        ("filledIn", Label(zh: "已按模板填入", en: "Filled in from the template")),
        ("takeBack", Label(zh: "撤销", en: "Undo")),
        ("draftDrop", Label(zh: "丢掉草稿", en: "Discard draft")),
        ("fileTooLarge", Label(zh: "{name} 超过 25 MB，没有加上", en: "{name} is larger than 25 MB and was not added")),
    ]
}
