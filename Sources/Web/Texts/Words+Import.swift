import Definitions
import Kernel

extension Words {
    static let recentImports = Label(zh: "最近的导入", en: "Recent imports")
    static let fileName = Label(zh: "文件名", en: "File name")
    static let startedAt = Label(zh: "开始时间", en: "Started")
    static let stateOfImport = Label(zh: "进度", en: "State")
    static let encodingFound = Label(zh: "自动识别", en: "Found by itself")
    static let encodingGuessed = Label(
        zh: "编码是推测的：文字显示不对时请换一个编码。", en: "The encoding is an estimate: choose another one if the text looks wrong.")
    static let importCreated = Label(zh: "新建", en: "created")
    static let importUpdated = Label(zh: "更新", en: "updated")
    static let unchanged = Label(zh: "不变", en: "unchanged")
    static let heldBack = Label(zh: "未导入", en: "held back")
    static let flaggedRows = Label(zh: "未导入的行", en: "Rows not imported")
    static let originalLine = Label(zh: "原文件行号", en: "Line in the file")
    static let whyFlagged = Label(zh: "未导入原因", en: "Why it was not imported")
    static func moreProblems(_ shown: Int, of total: String) -> Label {
        Label(
            zh: "列出前 \(shown) 条，共 \(total) 条；全部都在下载的文件里。",
            en: "The first \(shown) of \(total) are listed; the file to download has them all.")
    }
    static let mendHere = Label(zh: "就地改好", en: "Put them right here")
    static let mendAndCheck = Label(zh: "保存改动并重新检查", en: "Save and check again")
    static let mendAndImport = Label(zh: "导入改好的行", en: "Import the rows put right")
    static let nothingMended = Label(zh: "还没有改动任何一格", en: "No cell was changed yet")

    static let mendHint = Label(
        zh: "标红的格有问题，直接改；翻页时改动会记下。没改的行不导入，原文件不变。",
        en: "Cells in red are wrong: change them here; turning the page keeps what was changed. "
            + "Rows left as they are stay out; the file is not changed.")
    static let mendedHere = Label(zh: "已改，未检查", en: "Changed, not checked yet")
    static let mendPrevious = Label(zh: "记下，上一页", en: "Keep, previous page")
    static let mendNext = Label(zh: "记下，下一页", en: "Keep, next page")

    static func mendPlace(_ first: Int, _ last: Int, of total: String) -> Label {
        Label(zh: "第 \(first)–\(last) 行，共 \(total) 行", en: "Rows \(first)–\(last) of \(total)")
    }

    static let waiting = Label(zh: "已排队，可以离开这一页。", en: "Waiting its turn. You can leave this page.")
    static let checking = Label(zh: "正在检查每一行，还没有写入。", en: "Checking every row. Nothing is written yet.")
    static let undoing = Label(zh: "正在撤销，可以离开这一页。", en: "Undoing. You can leave this page.")
    static let startsSoon = Label(zh: "马上开始", en: "starts in a moment")
    static let stopImport = Label(zh: "停止", en: "Stop")
    static let resumeImport = Label(zh: "继续导入", en: "Go on")
    static let anotherFile = Label(zh: "导入另一个文件", en: "Import another file")

    static func importsAhead(_ count: Int) -> Label {
        Label(zh: "前面还有 \(count) 个导入", en: count == 1 ? "1 import goes first" : "\(count) imports go first")
    }

    static func rowsPerSecond(_ rate: String) -> Label { Label(zh: "每秒 \(rate) 行", en: "\(rate) rows a second") }

    static func takenBack(_ count: String) -> Label { Label(zh: "已撤回 \(count) 条", en: "\(count) taken back") }

    static func columnNumber(_ number: Int) -> Label { Label(zh: "第 \(number) 列", en: "Column \(number)") }

    static func timeLeft(_ seconds: Int) -> Label {
        if seconds < 60 { return Label(zh: "还需约 \(seconds) 秒", en: "about \(seconds) s left") }
        let minutes = (seconds + 59) / 60
        return Label(zh: "还需约 \(minutes) 分钟", en: "about \(minutes) min left")
    }

    static func stoppedHint(_ rows: Int, _ total: Int) -> Label {
        let of = total > 0 ? " / \(total)" : ""
        return Label(
            zh: "已停在第 \(rows)\(of) 行；已写入的保留，可以继续，也可以撤销。",
            en: "Stopped after \(rows)\(of) rows. What is written stays; go on or undo it.")
    }

    static func undoneHint(_ taken: Int, _ left: Int) -> Label {
        left == 0
            ? Label(zh: "已撤回 \(taken) 条。", en: "\(taken) taken back.")
            : Label(
                zh: "已撤回 \(taken) 条；\(left) 条导入后有人改过，保持不动。",
                en: "\(taken) taken back; \(left) were left as they are.")
    }

    static func importTitle(_ phase: ImportPhase) -> Label {
        switch phase {
        case .stopped: Label(zh: "导入已停止", en: "The import was stopped")
        case .failed: Label(zh: "导入没有完成", en: "The import did not finish")
        case .undone: Label(zh: "导入已撤销", en: "The import was undone")
        default: Label(zh: "导入完成", en: "The import is done")
        }
    }

    static func importTag(_ state: ImportProgress.State, _ language: Language) -> Tag {
        let (label, tone): (Label, Tone) =
            switch state.phase {
            case .waiting: (Label(zh: "排队中", en: "waiting"), .info)
            case .running: (Label(zh: "进行中", en: "under way"), .info)
            case .stopped: (Label(zh: "已停止", en: "stopped"), .warn)
            case .failed: (Label(zh: "未完成", en: "not finished"), .bad)
            case .checked: (Label(zh: "已检查，未导入", en: "checked only"), .mute)
            case .done: (Label(zh: "完成", en: "done"), .ok)
            case .undoing: (Label(zh: "撤销中", en: "undoing"), .info)
            case .undone: (Label(zh: "已撤销", en: "undone"), .mute)
            }
        return Tag(label[language], tone: tone)
    }
}
