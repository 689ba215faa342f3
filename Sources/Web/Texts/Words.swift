import Definitions

/// The texts of the interface, in both languages. The only place where they stand.
enum Words {
    static let product = Label(zh: "接力 Baton", en: "Baton 接力")
    static let skip = Label(zh: "跳到主要内容", en: "Skip to content")
    static let mainMenu = Label(zh: "主导航", en: "Main menu")
    static let myDay = Label(zh: "我的今天", en: "My day")
    static let todayShort = Label(zh: "今天", en: "Today")
    static let more = Label(zh: "更多", en: "More")
    static let build = Label(zh: "搭建", en: "Build")
    static let back = Label(zh: "返回", en: "Back")
    static let search = Label(zh: "搜索", en: "Search")
    static let searchHint = Label(zh: "搜客户、单号、联系人，或输入命令", en: "Search companies, numbers, people, commands")
    static let synced = Label(zh: "已同步", en: "In sync")
    static let offline = Label(zh: "离线", en: "Offline")
    static let notices = Label(zh: "通知", en: "Notices")
    static let account = Label(zh: "我的账号", en: "My account")
    static let language = Label(zh: "语言", en: "Language")
    static let theme = Label(zh: "外观", en: "Appearance")
    static let themeSystem = Label(zh: "跟随系统", en: "System")
    static let themeLight = Label(zh: "浅色", en: "Light")
    static let themeDark = Label(zh: "深色", en: "Dark")
    static let signOut = Label(zh: "退出登录", en: "Sign out")
    static let install = Label(zh: "安装到这台设备", en: "Install on this device")
    static let shortcuts = Label(zh: "快捷键", en: "Keyboard shortcuts")

    static let today = Label(zh: "今天", en: "Today")
    static let tomorrow = Label(zh: "明天", en: "Tomorrow")
    static let yesterday = Label(zh: "昨天", en: "Yesterday")

    static let yes = Label(zh: "是", en: "Yes")
    static let no = Label(zh: "否", en: "No")
    static let save = Label(zh: "保存", en: "Save")
    static let cancel = Label(zh: "取消", en: "Cancel")
    static let close = Label(zh: "关闭", en: "Close")
    static let edit = Label(zh: "编辑", en: "Edit")
    static let delete = Label(zh: "删除", en: "Delete")
    static let restore = Label(zh: "恢复", en: "Restore")
    static let undo = Label(zh: "撤销", en: "Undo")
    static let next = Label(zh: "下一步", en: "Next")
    static let previous = Label(zh: "上一步", en: "Previous")
    static let add = Label(zh: "添加", en: "Add")
    static let remove = Label(zh: "移除", en: "Remove")
    static let copy = Label(zh: "复制", en: "Copy")
    static let download = Label(zh: "下载", en: "Download")
    static let print = Label(zh: "打印", en: "Print")
    static let open = Label(zh: "打开", en: "Open")
    static let moreActions = Label(zh: "更多操作", en: "More actions")
    static let required = Label(zh: "必填", en: "Required")
    static let notVisible = Label(zh: "无权查看", en: "Not visible to you")
    static let choose = Label(zh: "请选择", en: "Choose")
    static let fold = Label(zh: "收起", en: "Fold")
    static let unfold = Label(zh: "展开", en: "Unfold")
    static let saved = Label(zh: "已保存", en: "Saved")

    static func menuLabel(_ label: Label, waiting: Int) -> Label {
        waiting == 0 ? label : Label(zh: "\(label.zh)，\(waiting) 件待办", en: "\(label.en), \(waiting) waiting")
    }

    static func unread(_ count: Int) -> Label {
        count == 0 ? notices : Label(zh: "通知，\(count) 条未读", en: "Notices, \(count) unread")
    }
}
