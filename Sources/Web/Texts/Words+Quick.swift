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
    static let sameName = Label(zh: "名称相近", en: "a similar name")
    static let samePhone = Label(zh: "电话相同", en: "the same phone number")
    static let sameMail = Label(zh: "邮箱相同", en: "the same e-mail")
    static let card = Label(zh: "粘贴名片或邮件签名", en: "Paste a card or a mail signature")
    static let cardHint = Label(
        zh: "粘进来，姓名、公司、电话、邮箱和地址自动填到下面空着的格里，可以再改。",
        en: "Name, company, phone, mail and address go into the empty fields below, where you can change them.")
    static let cardFill = Label(zh: "填到下面", en: "Fill in")
    static let cardEmpty = Label(zh: "没有认出可以填的内容，请自己填。", en: "Nothing in it could be told apart. Please type it.")

    static let made = Label(zh: "已创建", en: "Created")
    static let carriedAlong = Label(zh: "还会一起保存：", en: "Saved along with it:")

    static let personOnCard = Label(zh: "名片上的人：", en: "The person on the card: ")
    static let personNext = Label(zh: "。客户建好后接着建联系人。", en: ". The contact is made right after the company.")

    static func houseMissing(_ name: String) -> Label {
        Label(zh: "还没有名片上的“\(name)”。", en: "“\(name)” on the card is not kept yet.")
    }
    static func colleagueHasIt(_ owner: String) -> Label {
        owner.isEmpty
            ? Label(zh: "可能已有相同的记录，你看不到它", en: "The same record may exist out of your sight")
            : Label(zh: "同事可能已有相同的记录，负责人 \(owner)", en: "A colleague may have the same record already, owner \(owner)")
    }
    static func sameBy(owner: String) -> Label {
        owner.isEmpty
            ? Label(zh: "名称、域名或税号相同", en: "the same name, domain or tax ID")
            : Label(zh: "名称、域名或税号相同，负责人 \(owner)", en: "the same name, domain or tax ID, owner \(owner)")
    }

    /// Texts of their scripts, by key.
    static let quickScripts: [(key: StaticString, label: Label)] = [
        ("makeWhat", makeWhat), ("thisPage", Label(zh: "这一页", en: "This page")),
        ("results", Label(zh: "{n} 项", en: "{n} results")),
        ("open", open),
    ]
}
