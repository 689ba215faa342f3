import Access
import Definitions
import Store
import Values

/// Who may look at a hand-over, and what of it.
struct HandOverReading {
    /// Under which references name a hand-over.
    static let object = "hand_over"

    let context: ReadContext

    init(_ context: ReadContext) { self.context = context }

    func mayManage(_ entry: HandOverEntry) throws -> Bool {
        if context.actor.isSystem || context.access.has("users") { return true }
        guard let me = context.actor.userID else { return false }
        return try entry.by == me && Holdings.mayAsk(about: entry.person, context)
            || entry.person != me && Holdings.mayAsk(about: entry.person, context)
    }

    /// The person looks at their own without steering what others ordered.
    func maySee(_ entry: HandOverEntry) throws -> Bool {
        try entry.person == context.actor.userID || entry.by == context.actor.userID || mayManage(entry)
    }

    func person(_ id: RecordID) throws -> HandOverOf.Person {
        HandOverOf.Person(id: id, name: try context.peopleBook().byID[id]?.name ?? "")
    }

    func counts(_ rows: [HandOverRow]) -> [(row: HandOverRow, count: Int)] {
        struct Key: Hashable {
            let kind: String
            let object: String
            let field: String
            let receiver: RecordID?
        }
        var order: [Key] = []
        var found: [Key: (row: HandOverRow, count: Int)] = [:]
        for row in rows {
            let key = Key(kind: row.kind, object: row.object, field: row.field, receiver: row.receiver)
            if found[key] == nil { order.append(key) }
            found[key, default: (row, 0)].count += 1
        }
        return order.compactMap { found[$0] }
    }

    func groups(_ counts: [(row: HandOverRow, count: Int)]) throws -> [HandOverOf.Group] {
        var out: [HandOverOf.Group] = []
        for (row, count) in counts {
            let receiver = try row.receiver.map { try person($0) }
            let place = out.firstIndex {
                $0.kind == row.kind && $0.object == row.object && $0.field == row.field
                    && $0.receiver?.id == row.receiver
            }
            if let place {
                out[place].counts[row.state, default: 0] += count
            } else {
                out.append(
                    HandOverOf.Group(
                        kind: row.kind, object: row.object, field: row.field, receiver: receiver,
                        counts: [row.state: count]))
            }
        }
        return out
    }
}

extension HandOverOf {
    package func answer(in context: ReadContext) throws -> Answer {
        try context.connection.beyondSight {
            guard let entry = try HandOvers(context.connection).find(id) else { throw Rejection.noSuchRecord }
            let reading = HandOverReading(context)
            let isOpen = try reading.maySee(entry)
            let wish = try HandOverWish(entry.wish)
            let state = HandOverState(rawValue: entry.state) ?? .failed
            let planned = state.isPlan && isOpen ? try HandOverPlanner(context: context, wish: wish).rows() : []
            var counts =
                state.isPlan ? reading.counts(planned) : try HandOverRows(context.connection).counts(of: id)
            if !isOpen { counts = counts.filter { $0.row.receiver == context.actor.userID } }
            guard isOpen || !counts.isEmpty else { throw Rejection.noSuchRecord }
            let groups = try reading.groups(counts)
            let accepted = try HandOvers(context.connection).receipts(of: id)
            let receipts = try receipts(counts, accepted, reading)
            let own = receipts.first { $0.receiver.id == context.actor.userID }
            let mayManage = try reading.mayManage(entry)
            let last = entry.begunAt?.adding(seconds: HandOverDesk.undoDays * 86_400)
            let canGoBack =
                [.done, .following, .stopped, .failed].contains(state) && mayManage
                && last.map { $0 > context.now } == true
            return Answer(
                id: id, person: try reading.person(entry.person), state: state, wish: isOpen ? wish : nil,
                by: try entry.by.map { try reading.person($0).name } ?? "Baton", at: entry.at, fireAt: entry.fireAt,
                begunAt: entry.begunAt, endedAt: entry.endedAt, undoneAt: entry.undoneAt,
                failure: isOpen ? Self.failure(entry.failure) : nil, groups: groups,
                limits: try HandOverSight(context: context, person: entry.person).limits(planned), receipts: receipts,
                mayManage: mayManage, undoUntil: canGoBack ? last : nil, ownCount: own?.count ?? 0,
                ownAcceptedAt: own?.acceptedAt)
        }
    }

    private static func failure(_ text: String?) -> Label? {
        guard let parts = text?.split(separator: "\n", maxSplits: 1), parts.count == 2 else { return nil }
        return Label(zh: String(parts[0]), en: String(parts[1]))
    }

    private func receipts(
        _ counts: [(row: HandOverRow, count: Int)], _ accepted: [RecordID: Instant], _ reading: HandOverReading
    ) throws -> [Receipt] {
        var got: [RecordID: Int] = [:]
        for (row, count) in counts where row.state == "done" {
            if let receiver = row.receiver { got[receiver, default: 0] += count }
        }
        return try got.sorted { $0.key < $1.key }.map { receiver, count in
            Receipt(receiver: try reading.person(receiver), count: count, acceptedAt: accepted[receiver])
        }
    }
}

extension HandOverItems {
    package func answer(in context: ReadContext) throws -> Answer {
        let reading = HandOverReading(context)
        let (rows, wish) = try context.connection.beyondSight { () -> ([HandOverRow], HandOverWish) in
            guard let entry = try HandOvers(context.connection).find(id) else { throw Rejection.noSuchRecord }
            let isOpen = try reading.maySee(entry)
            guard isOpen || receiver == context.actor.userID else { throw Rejection.noSuchRecord }
            let wish = try HandOverWish(entry.wish)
            return (try self.rows(entry, wish, context, isOpen: isOpen), wish)
        }
        let shown = Array(rows.prefix(limit))
        return Answer(
            items: try items(shown, wish, reading), next: rows.count > limit ? shown.last.map { $0.number + 1 } : nil)
    }

    private func rows(
        _ entry: HandOverEntry, _ wish: HandOverWish, _ context: ReadContext, isOpen: Bool
    ) throws -> [HandOverRow] {
        let store = HandOverRows(context.connection)
        if problemsOnly {
            return try ["refused", "stays"].flatMap { try store.list(of: id, in: $0, limit: limit + 1) }
                .filter { receiver == nil || $0.receiver == receiver }
        }
        guard HandOverState(rawValue: entry.state)?.isPlan == true else {
            return try store.list(of: id, receiver: receiver, from: from, limit: limit + 1)
        }
        guard isOpen else { return [] }
        let all = try HandOverPlanner(context: context, wish: wish).rows()
        return Array(
            all.filter { $0.number >= from && (receiver == nil || $0.receiver == receiver) }.prefix(limit + 1))
    }

    private func items(
        _ rows: [HandOverRow], _ wish: HandOverWish, _ reading: HandOverReading
    ) throws -> [Item] {
        var wanted: [String: Set<RecordID>] = [:]
        for row in rows {
            if let subject = Self.subject(of: row) { wanted[row.object, default: []].insert(subject) }
        }
        let titles = try EventReader(context: reading.context).titles(wanted)
        return try rows.map { row in
            let subject = Self.subject(of: row)
            let group = row.kind == "record" ? row.object + "." + row.field : row.kind
            let key = group + "/" + row.record.description
            return Item(
                number: row.number, kind: row.kind, object: row.object, field: row.field, subject: subject,
                title: subject.flatMap { titles[$0] } ?? row.was["name"]?.text ?? "",
                receiver: try row.receiver.map { try reading.person($0) }, state: row.state, problem: row.problem,
                key: key, isException: wish.exceptions[key] != nil)
        }
    }

    private static func subject(of row: HandOverRow) -> RecordID? {
        switch row.kind {
        case "record", "delegation", "account": row.record
        case "view": nil
        default: row.was["record"]?.record
        }
    }
}

extension RecentHandOvers {
    package func answer(in context: ReadContext) throws -> [Entry] {
        try context.connection.beyondSight {
            let reading = HandOverReading(context)
            return try HandOvers(context.connection).newest(limit: 50).filter { try reading.maySee($0) }.map { entry in
                Entry(
                    id: entry.id, person: try reading.person(entry.person),
                    state: HandOverState(rawValue: entry.state) ?? .failed, at: entry.at, fireAt: entry.fireAt,
                    by: try entry.by.map { try reading.person($0).name } ?? "Baton")
            }
        }
    }
}
