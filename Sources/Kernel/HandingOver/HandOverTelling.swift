import Definitions
import Store
import Values

/// Says once that a hand-over is done, to each who got something and to who ordered it.
struct HandOverTelling {
    let house: ReadContext
    let ids: IDSource

    func tell(_ entry: HandOverEntry, _ counts: [(row: HandOverRow, count: Int)]) throws {
        let book = try house.peopleBook()
        let name = book.byID[entry.person]?.name ?? ""
        for (receiver, count) in got(counts) where receiver != entry.by && book.byID[receiver]?.isActive == true {
            try add(
                receiver, entry,
                Label(
                    zh: "\(name) 的 \(count) 项工作交接给你，请查看并确认接收",
                    en: "\(count) items of \(name) were handed over to you; look and accept"))
        }
        let refused = counts.reduce(0) { $0 + ($1.row.state == "refused" ? $1.count : 0) }
        guard let by = entry.by, refused > 0 || entry.fireAt != nil else { return }
        let done = counts.reduce(0) { $0 + ($1.row.state == "done" ? $1.count : 0) }
        try add(
            by, entry,
            Label(
                zh: "\(name) 的工作已交接 \(done) 项" + (refused > 0 ? "，\(refused) 项没有交" : ""),
                en: "\(done) items of \(name) were handed over" + (refused > 0 ? ", \(refused) were not" : "")))
    }

    /// Of what came after it was done: to each who got it, and to who ordered it and the person's manager where it could
    /// not go.
    func tellMore(_ entry: HandOverEntry, _ counts: [(row: HandOverRow, count: Int)]) throws {
        let book = try house.peopleBook()
        let name = book.byID[entry.person]?.name ?? ""
        for (receiver, count) in got(counts) where book.byID[receiver]?.isActive == true {
            try add(
                receiver, entry,
                Label(
                    zh: "又有 \(count) 项到了 \(name) 名下，已转给你",
                    en: "\(count) more came to \(name) and were passed on to you"))
        }
        let refused = counts.reduce(0) { $0 + ($1.row.state == "refused" ? $1.count : 0) }
        if refused == 0 { return }
        let leaders = [entry.by, book.byID[entry.person]?.manager].compactMap { $0 }
        for leader in Set(leaders).sorted() where book.byID[leader]?.isActive == true {
            try add(
                leader, entry,
                Label(
                    zh: "又有 \(refused) 项到了 \(name) 名下，接手人接不了，请另外安排",
                    en: "\(refused) more came to \(name) and could not be passed on; find somebody for them"))
        }
    }

    /// Who got how much, in the order of their ids.
    private func got(_ counts: [(row: HandOverRow, count: Int)]) -> [(RecordID, Int)] {
        var got: [RecordID: Int] = [:]
        for part in counts where part.row.state == "done" {
            if let receiver = part.row.receiver { got[receiver, default: 0] += part.count }
        }
        return got.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func add(_ person: RecordID, _ entry: HandOverEntry, _ text: Label) throws {
        try Notifications(house.connection).add(
            NotificationEntry(
                id: ids.next(house.now), user: person, at: house.now, kind: NoticeKind.handOver.rawValue,
                record: entry.id, zh: text.zh, en: text.en))
    }
}

extension Rejection {
    static let ordererGone = Rejection(
        .forbidden, code: "hand_over_orderer",
        message: Label(
            zh: "安排交接的人已停用账号，请管理员重新安排",
            en: "Whoever ordered it has no account any more; an administrator may order it anew"))
}
