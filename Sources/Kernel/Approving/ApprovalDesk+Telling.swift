import Definitions
import Flow
import Store
import Values

/// Who is told what happened to an approval.
extension ApprovalDesk {
    /// Tells who is asked anew, who is copied, and the requester how it ended. Up to seven statements for each.
    func tell(_ before: ApprovalCase?, _ after: ApprovalCase, _ target: RecordReference, _ id: RecordID) throws {
        let known = Set(before?.openTasks.map(\.number) ?? [])
        for task in after.openTasks where !known.contains(task.number) {
            try tell(task.person, Label(zh: "请你审批", en: "Your approval is asked for"), target, id)
        }
        let letIn = after.openTasks.filter { task in
            task.standIn != nil && before?.task(task.number)?.standIn == nil
        }
        for task in letIn {
            guard let person = task.standIn else { continue }
            try tell(
                person, Label(zh: "审批时限过半，你可以代为审批", en: "Half of the time is gone; you may decide in their stead"),
                target, id)
        }
        for person in after.copies where before?.copies.contains(person) != true {
            try tell(person, Label(zh: "抄送给你的审批", en: "An approval copied to you"), target, id)
        }
        if let last = after.acts.last, last.verb == "urge", last != before?.acts.last {
            for person in Set(last.people) {
                try tell(person, Label(zh: "申请人催办审批", en: "The requester asks you to decide"), target, id)
            }
        }
        try tellEnd(before, after, target, id)
    }

    private func tellEnd(
        _ before: ApprovalCase?, _ after: ApprovalCase, _ target: RecordReference, _ id: RecordID
    ) throws {
        guard let before, after.status != before.status, after.status != .pending else { return }
        let words: Label =
            switch after.status {
            case .granted: Label(zh: "审批已通过", en: "Approved")
            case .rejected: Label(zh: "审批被否决", en: "Rejected")
            case .returned: Label(zh: "审批被退回", en: "Returned")
            case .withdrawn: Label(zh: "审批已撤回", en: "Withdrawn")
            case .terminated: Label(zh: "审批已终止", en: "Terminated")
            case .voided: Label(zh: "审批已作废，请重新提交", en: "The approval is void; ask again")
            case .pending: Label(zh: "", en: "")
            }
        if after.requester != writer.by || after.status == .voided { try tell(after.requester, words, target, id) }
        guard [.withdrawn, .terminated, .voided].contains(after.status) else { return }
        for person in Set(before.openTasks.map(\.person)) where person != writer.by {
            try tell(person, words, target, id)
        }
    }

    /// By the name under which the person may read the record; without it when they may not see it.
    private func tell(_ person: RecordID, _ words: Label, _ target: RecordReference, _ id: RecordID) throws {
        guard let reader = try ActorReader(context: house).actor(person, origin: .system, session: nil) else { return }
        let sight = ReadContext(
            connection: house.connection, snapshot: house.snapshot, actor: reader, now: house.now)
        var tail = ""
        do {
            let title = try sight.ask(
                ShowRecord(object: target.object, id: target.id, fields: [], withLines: false)
            ).title
            tail = title.isEmpty ? "" : " · " + title
        } catch let refusal as Rejection where refusal.kind == .missing {
            tail = ""
        }
        try Notifications(house.connection).add(
            NotificationEntry(
                id: writer.ids.next(at), user: person, at: at, kind: "approval", object: ApprovalRecord.object,
                record: id, zh: words.zh + tail, en: words.en + tail))
    }
}
