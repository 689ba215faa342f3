import Definitions

/// The texts around files at records.
enum FileWords {
    static let uploaded = Label(zh: "已上传：", en: "Uploaded: ")
    static let removed = Label(zh: "文件已移除", en: "File removed")
    static let chooseFirst = Label(zh: "先选一个文件", en: "Choose a file first")
    static let upload = Label(zh: "上传", en: "Upload")
    static let choose = Label(zh: "选文件", en: "Choose files")
    static let camera = Label(zh: "拍照", en: "Take a photo")
    static let drop = Label(zh: "也可拖到这里，或按 Ctrl V 粘贴截图", en: "Or drop files here, or paste a screenshot with Ctrl V")

    static func versions(_ count: Int) -> Label {
        Label(zh: "共 \(count) 版", en: "\(count) versions")
    }

    static func version(_ number: Int) -> Label { Label(zh: "第 \(number) 版", en: "Version \(number)") }

    /// Texts of `files.js`.
    static let scripts: [(key: StaticString, label: Label)] = [
        ("fileSending", Label(zh: "正在上传 {name}", en: "Uploading {name}")),
        ("fileStop", Label(zh: "停止上传", en: "Stop the upload")),
        ("fileDone", Label(zh: "已上传 {n} 个文件", en: "{n} uploaded")),
        ("fileTooLarge", Label(zh: "{name} 超过 {n} MB，没有上传", en: "{name} is larger than {n} MB and was not sent")),
        ("filePasted", Label(zh: "截图", en: "Screenshot")), ("filePhoto", Label(zh: "照片", en: "Photo")),
        ("fileNext", Label(zh: "下一个文件", en: "Next file")),
        ("filePrevious", Label(zh: "上一个文件", en: "Previous file")), ("download", Words.download),
    ]
}

/// The texts of the page for what was shared from another program.
enum ShareWords {
    static let title = Label(zh: "收到分享的内容", en: "Shared with Baton")
    static let gone = Label(zh: "文件已不在，请从原来的应用再分享一次", en: "The file is gone; share it again from where it came")
    static let nothing = Label(zh: "这里没有收到内容", en: "Nothing has arrived here")
    static let howTo = Label(
        zh: "在手机的相册、邮件或聊天里点“分享”，选“接力”，照片、文件和文字就会到这里。刚登录的话，请再分享一次。",
        en:
            "In the photos, mail or chat of your phone choose Share, then Baton: pictures, files and texts arrive here. If you have just signed in, share it once more."
    )
    static let seek = Label(zh: "放到哪条记录？输入客户、单号或名称", en: "Which record? Type a customer, number or name")
    static let noPlace = Label(zh: "没有找到能放文件的记录", en: "No record found that takes files")
    static let text = Label(zh: "文字", en: "Text")

    static func make(_ label: String) -> Label { Label(zh: "新建\(label)", en: "New \(label.lowercased())") }
}
