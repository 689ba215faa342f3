import Access
import Definitions
import Store
import Values

/// Plans, begins, stops and takes back hand-overs, in the transaction of the command.
struct HandOverDesk {
    /// For how long a hand-over can be taken back.
    static let undoDays = 30
    /// It may be planned so far ahead.
    private static let farthest = 366 * 86_400

    let context: ReadContext
    let ids: IDSource

    private var store: HandOvers { HandOvers(context.connection) }

    func step(_ command: HandOverCommand) throws -> Outcome {
        switch command {
        case .plan(let wish):
            try check(wish)
            let id = ids.next(context.now)
            try store.put(
                HandOverEntry(
                    id: id, person: wish.person, state: "draft", wish: wish.text, fireAt: wish.fireAt, at: context.now,
                    by: context.actor.userID))
            return outcome(id)
        case .change(let id, let wish): return try change(id, wish)
        case .start(let id): return try start(id)
        case .cancel(let id): return try cancel(id)
        case .resume(let id):
            return try turn(id, from: ["failed", "stopped"]) { $0.state = $0.begunAt == nil ? "waiting" : "running" }
        case .undo(let id): return try undo(id)
        case .accept(let id): return try accept(id)
        }
    }

    private func outcome(_ id: RecordID) -> Outcome {
        Outcome(created: [RecordReference(object: HandOverReading.object, id: id)])
    }

    // MARK: Planning

    /// - Throws: `invalid` with what of it can't be, field by field.
    private func check(_ wish: HandOverWish) throws {
        guard let known = try context.peopleBook().byID[wish.person],
            try Holdings.mayAsk(about: wish.person, context)
        else { throw Rejection.noSuchRecord }
        var problems: [Problem] = []
        let book = try context.peopleBook()
        if !wish.receivers.allSatisfy({ book.byID[$0]?.isActive == true && $0 != known.id }) {
            problems.append(
                Problem(
                    field: "to", code: "no_such_person",
                    message: Label(zh: "接手人要是在用账号的同事，且不是本人", en: "Give it to another colleague whose account is on")))
        }
        if wish.receivers.isEmpty, !wish.endsAccount {
            problems.append(
                Problem(
                    field: "to", code: "required",
                    message: Label(zh: "还没选接手人，什么都没有改动", en: "Nobody was chosen, so nothing was changed")))
        }
        if let at = wish.fireAt, at > context.now.adding(seconds: Self.farthest) {
            problems.append(
                Problem(
                    field: "from", code: "out_of_range",
                    message: Label(zh: "最多提前一年安排", en: "It can be planned for a year ahead")))
        }
        if wish.endsAccount { problems += try accountProblems(wish.person) }
        problems += rules(wish)
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
    }

    private func accountProblems(_ person: RecordID) throws -> [Problem] {
        if person == context.actor.userID {
            return [
                Problem(
                    field: "ends", code: "not_allowed",
                    message: Label(zh: "不能停用自己的账号", en: "Nobody switches off their own account"))
            ]
        }
        guard context.actor.isSystem || context.access.has("users") else {
            return [
                Problem(
                    field: "ends", code: "not_allowed",
                    message: Label(zh: "停用账号要请管理员", en: "An administrator switches accounts off"))
            ]
        }
        return []
    }

    private func rules(_ wish: HandOverWish) -> [Problem] {
        var problems: [Problem] = []
        if wish.rules.count > HandOverWish.mostRules || wish.exceptions.count > HandOverWish.mostExceptions {
            problems.append(
                Problem(
                    field: "rules", code: "too_many",
                    message: Label(
                        zh: "最多 \(HandOverWish.mostRules) 条规则、\(HandOverWish.mostExceptions) 个例外",
                        en: "\(HandOverWish.mostRules) rules and \(HandOverWish.mostExceptions) exceptions at most")))
        }
        for (index, rule) in wish.rules.enumerated() {
            do {
                _ = try context.object(rule.object)
                if !rule.condition.isEmpty { _ = try context.filter(rule.condition, on: rule.object) }
            } catch {
                let first = error.problems.first?.message ?? error.message
                problems.append(
                    Problem(
                        field: "rules[\(index)]", code: error.code,
                        message: Label(
                            zh: "第 \(index + 1) 条规则：\(first.zh)", en: "Rule \(index + 1): \(first.en)")))
            }
        }
        return problems
    }

    // MARK: Steering

    private func manageable(_ id: RecordID) throws -> HandOverEntry {
        guard let entry = try store.find(id), try HandOverReading(context).mayManage(entry) else {
            throw Rejection.noSuchRecord
        }
        return entry
    }

    private func turn(
        _ id: RecordID, from states: Set<String>, _ change: (inout HandOverEntry) throws -> Void
    ) throws -> Outcome {
        var entry = try manageable(id)
        guard states.contains(entry.state) else { throw Rejection.handOverMoved }
        try change(&entry)
        try store.put(entry)
        return outcome(id)
    }

    private func change(_ id: RecordID, _ wish: HandOverWish) throws -> Outcome {
        try turn(id, from: ["draft", "scheduled"]) { entry in
            guard wish.person == entry.person else { throw Rejection.noSuchRecord }
            try check(wish)
            entry.wish = wish.text
            entry.fireAt = wish.fireAt
            entry.state = "draft"
        }
    }

    private func start(_ id: RecordID) throws -> Outcome {
        try turn(id, from: ["draft"]) { entry in
            try check(try HandOverWish(entry.wish))
            entry.state = (entry.fireAt.map { $0 > context.now } ?? false) ? "scheduled" : "waiting"
            entry.failure = nil
        }
    }

    private func cancel(_ id: RecordID) throws -> Outcome {
        try turn(id, from: ["draft", "scheduled", "waiting", "running", "following"]) { entry in
            entry.state =
                switch entry.state {
                case "running": "stopped"
                case "following": "done"
                default: "cancelled"
                }
        }
    }

    private func undo(_ id: RecordID) throws -> Outcome {
        try turn(id, from: ["done", "following", "stopped", "failed"]) { entry in
            guard let begun = entry.begunAt else { throw Rejection.handOverMoved }
            guard context.now < begun.adding(seconds: Self.undoDays * 86_400) else { throw Rejection.handOverTooOld }
            entry.state = "undoing"
            entry.failure = nil
        }
    }

    private func accept(_ id: RecordID) throws -> Outcome {
        guard let me = context.actor.userID, let entry = try store.find(id),
            try HandOverRows(context.connection).counts(of: id).contains(where: {
                $0.row.receiver == me && $0.row.state == "done"
            })
        else { throw Rejection.noSuchRecord }
        guard ["done", "following", "stopped"].contains(entry.state) else { throw Rejection.handOverMoved }
        try store.accept(id, by: me, at: context.now)
        return outcome(id)
    }
}

extension Transaction {
    func handOver(_ step: HandOverCommand) throws -> Outcome {
        try context.connection.beyondSight { try HandOverDesk(context: context, ids: ids).step(step) }
    }
}

extension Rejection {
    static let handOverMoved = Rejection(
        .conflict, code: "hand_over_state",
        message: Label(zh: "交接的状态已变，请刷新再看", en: "The hand-over has moved on; look at it again"))

    static let handOverTooOld = Rejection(
        .conflict, code: "hand_over_too_old",
        message: Label(zh: "交接已超过 30 天，不能撤销", en: "The hand-over is more than 30 days old and stays"))
}
