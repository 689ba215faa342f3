import Definitions

extension Words {
    static let noticeSettings = Label(zh: "我的通知", en: "My notices")
    static let deliveries = Label(zh: "对外投递", en: "Deliveries")
}
