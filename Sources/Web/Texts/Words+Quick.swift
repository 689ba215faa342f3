import Definitions

/// Texts of the palette and of the short forms.
extension Words {
    static let goTo = Label(zh: "前往", en: "Go to")
    static let recent = Label(zh: "最近看过", en: "Seen lately")
    static let records = Label(zh: "记录", en: "Records")
    static let colleagues = Label(zh: "同事", en: "Colleagues")
    static let makeNew = Label(zh: "新建一条", en: "New record")
    static let makeWhat = Label(zh: "新建什么？", en: "What shall it be?")
    static let allFields = Label(zh: "全部字段", en: "All fields")
    static let createAndOpen = Label(zh: "创建并打开", en: "Create and open")
    static let createAnyway = Label(zh: "不是同一个，仍然新建", en: "Not the same, create it")
    static let likelySame = Label(zh: "可能已经有了", en: "May exist already")
    static let openExisting = Label(zh: "打开已有的", en: "Open it")
    static let sameName = Label(zh: "名称相近", en: "a similar name")
    static let samePhone = Label(zh: "电话相同", en: "the same phone number")
    static let sameMail = Label(zh: "邮箱相同", en: "the same e-mail")
    static let card = Label(zh: "粘贴名片或邮件签名", en: "Paste a card or a mail signature")
    static let cardHint = Label(
        zh: "粘进来，姓名、公司、电话、邮箱和地址自动填到下面空着的格里，可以再改。",
        en: "Name, company, phone, mail and address go into the empty fields below, where you can change them.")
    static let cardFill = Label(zh: "填到下面", en: "Fill in")
    static let cardEmpty = Label(zh: "没有认出可以填的内容，请自己填。", en: "Nothing in it could be told apart. Please type it.")

    /// Texts of their scripts, by key.
    static let quickScripts: [(key: StaticString, label: Label)] = [
        ("makeWhat", makeWhat), ("thisPage", Label(zh: "这一页", en: "This page")),
        ("results", Label(zh: "{n} 项", en: "{n} results")),
        ("created", Label(zh: "已创建", en: "Created")), ("open", open),
        ("cardFilled", Label(zh: "填了 {n} 格", en: "{n} fields filled")), ("cardEmpty", cardEmpty),
        ("kMake", Label(zh: "新建", en: "New")),
    ]
}
