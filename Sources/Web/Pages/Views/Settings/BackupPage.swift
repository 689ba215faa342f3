import Definitions
import Kernel
import Values

/// How safe the house is: copies, their age, and what proves them.
struct BackupPage: Sendable {
    let state: BackupState.Answer
    /// The ongoing copy: when it was last complete; nil where none is kept.
    let copiedAt: Instant?
    let mayBackUp: Bool
    let now: Instant

    private static let day = 86_400

    private var lastCopy: Instant? { [state.last?.at, copiedAt].compactMap(\.self).max() }
    private var isOld: Bool { lastCopy.map { $0.adding(seconds: Self.day) < now } ?? true }
}

extension BackupPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.backup]))
        html("div", .class("narrow")) { html in
            if isOld {
                html.add(
                    Note(
                        tone: .warn,
                        text: html.page[
                            lastCopy == nil
                                ? Label(
                                    zh: "还没有任何备份。机器坏了，数据就没了。",
                                    en: "There is no backup. If the machine fails, the data is gone.")
                                : Label(zh: "最近的备份已超过一天。", en: "The last backup is older than a day.")]))
            }
            if isUnproved {
                html.add(
                    Note(
                        tone: .info,
                        text: html.page[
                            state.restore == nil
                                ? Label(
                                    zh: "备份有了，还没有试过恢复。按下面的步骤做一次，这里就会记下。",
                                    en:
                                        "There are backups, but no restore was tried. Follow the steps below once and it is noted here."
                                )
                                : Label(
                                    zh: "上一次试恢复是三个月以前，再做一次。",
                                    en: "The last restore was tried more than three months ago; try it again.")]))
            }
            html.card(html.page[Words.backup], icon: "database", classes: "form-c") { html in
                html.add(FactList(facts: facts(html.page)))
                if mayBackUp {
                    html.form(Paths.backup, .class("sec-f")) { html in
                        html("button", .class("btn p"), .type("submit"), say: Label(zh: "现在备份", en: "Back up now"))
                    }
                }
            }
            html.card(html.page[Label(zh: "怎么恢复", en: "How to restore")], icon: "history") { html in
                html("ol", .class("sec-o")) { html in
                    html(
                        "li",
                        say: Label(
                            zh: "把备份文件拿到另一台机器，别只放在这一台。", en: "Keep the file on another machine, not only on this one."))
                    html("li") { html in
                        html.say(Label(zh: "在空的数据文件夹上运行：", en: "With an empty data folder run: "))
                        html("code", text: "baton restore FILE --data DIR")
                    }
                    html(
                        "li",
                        say: Label(
                            zh: "恢复完会逐条核对日志，并在备份旁边写一个 .proof 文件；把它放回 backups，这里就显示证明。",
                            en:
                                "It then checks the log event by event and writes a .proof file beside the backup; put that back into backups and the proof shows here."
                        ))
                    html("li") { html in
                        html.say(Label(zh: "随时再证明一次：", en: "Prove it again at any time: "))
                        html("code", text: "baton verify --data DIR")
                    }
                }
            }
        }
    }

    private func facts(_ page: PageContext) -> [FactList.Fact] {
        let none = page[Label(zh: "没有", en: "none")]
        var out = [
            FactList.Fact(
                label: page[Label(zh: "最近一次备份", en: "Last backup")],
                value: .text(
                    state.last.map { page.format.instant($0.at) + " · " + $0.name + " · " + size($0.bytes) } ?? none)),
            FactList.Fact(
                label: page[Label(zh: "持续副本", en: "Ongoing copy")],
                value: .text(
                    copiedAt.map { page.format.instant($0) }
                        ?? page[Label(zh: "没有开（copy_to 设置）", en: "off (setting copy_to)")])),
            FactList.Fact(
                label: page[Label(zh: "恢复演练", en: "Proof of a restore")], value: .text(restored(page) ?? none)),
            FactList.Fact(
                label: page[Label(zh: "日志验证", en: "Log proof")],
                value: .text(
                    state.log.proof.map {
                        page.format.instant($0.at) + " · "
                            + page[$0.isWhole ? Label(zh: "完整", en: "whole") : Label(zh: "不符", en: "not whole")]
                    } ?? none)),
        ]
        if mayBackUp {
            let place = Label(zh: "数据文件夹里的 backups", en: "the folder backups of the data folder")
            out.append(FactList.Fact(label: page[Label(zh: "存放在", en: "Kept in")], value: .text(page[place])))
        }
        return out
    }

    /// What the last restore found: when, of which file, how much of it, how long it took.
    private func restored(_ page: PageContext) -> String? {
        guard let proof = state.restore else { return nil }
        let found = Label(
            zh: "\(page.format.count(proof.events)) 条日志逐条核对无误，用时 \(proof.seconds) 秒",
            en: "\(page.format.count(proof.events)) events checked one by one, \(proof.seconds) s")
        let size = proof.bytes > 0 ? [self.size(proof.bytes)] : []
        return ([page.format.instant(proof.at), proof.file] + size + [page[found]]).joined(separator: " · ")
    }

    private var isUnproved: Bool {
        state.last != nil && (state.restore.map { $0.at.adding(seconds: 90 * Self.day) < now } ?? true)
    }

    private func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\((bytes + (1 << 19)) >> 20) MB" : "\(max(1, bytes >> 10)) KB"
    }
}
