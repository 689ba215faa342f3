import Definitions
import Kernel
import Values

/// What comes next at a record, and who has to decide.
extension RecordComposition {
    /// What comes next is written where it is said; where nothing can be said, it is a task that names the record.
    func addStep(hasComposer: Bool) -> (label: Label, url: String)? {
        if hasComposer { return (Words.nextFollowUp, Paths.record(object, id) + "?note") }
        guard eyes.sight.canCreate("task"), eyes.model.object("task") != nil, definition.states != nil else {
            return nil
        }
        return (Words.addTask, Paths.new("task") + "?title=" + Paths.encoded(record.title + " "))
    }

    /// Who decides now, and by when.
    func running() -> [Note] {
        sheet.approvals.map { one in
            let format = eyes.page.format
            let who = one.people.joined(separator: format.language == .zh ? "、" : ", ")
            let due = one.due.map { format.instant($0) } ?? ""
            let text: Label
            if one.isMine {
                text = Label(
                    zh: "\(one.name.zh)：等你决定" + (due.isEmpty ? "" : "，到 \(due)"),
                    en: "\(one.name.en): waits for you" + (due.isEmpty ? "" : " until \(due)"))
            } else if who.isEmpty {
                text = Label(
                    zh: "\(one.name.zh)：没有人能批，请管理员处理",
                    en: "\(one.name.en): nobody can decide, an administrator has to help")
            } else {
                text = Label(
                    zh: "\(one.name.zh)：等 \(who) 决定" + (due.isEmpty ? "" : "，到 \(due)"),
                    en: "\(one.name.en): waits for \(who)" + (due.isEmpty ? "" : " until \(due)"))
            }
            var note = Note(tone: one.isMine ? .pri : .warn, text: eyes.say(text))
            note.url = Paths.approval(one.id.description, box: one.isMine ? "mine" : "started")
            return note
        }
    }

    /// Somebody who works there no longer.
    func formerTag() -> [Tag] {
        guard object == "contact", record["active"].bool == false else { return [] }
        return [Tag(eyes.say(Label(zh: "已离职", en: "Has left")), tone: .mute)]
    }

    /// Where no action is the usual next step, making what comes next is, until there is one.
    func leading() -> String? {
        let offered = definition.actions.filter { record.actions.contains($0.id) }
        guard !offered.contains(where: \.primary) else { return nil }
        return offered.first { action in
            !action.creates.isEmpty
                && action.creates.allSatisfy { $0.object != object && !sheet.made.contains($0.object) }
                && action.creates.contains { made in definition.related.contains { $0.object == made.object } }
        }?.id
    }
}
