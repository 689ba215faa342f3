import Definitions
import Kernel
import Values

/// Handing over what somebody holds: who, what, to whom.
extension Desk {
    func handOverWork() async throws -> Reply {
        if isPost { return try await giveWork() }
        return try await handOverPage([], status: 200)
    }

    private func handOverPage(_ problems: [String], status: Int) async throws -> Reply {
        let wanted = RecordID(field("person").isEmpty ? exchange[query: "person"] ?? "" : field("person"))
        let (frame, sheet) = try await ask(HandOverSheet(person: wanted))
        let eyes = presentation(frame)
        let content = HandOverPage(
            people: sheet.people, left: sheet.left, held: sheet.held.map { held(($0, eyes)) },
            problems: problems, typed: fields)
        return settingsPage(content, frame, title: context[Words.handOverWork], status: status)
    }

    private func held(_ part: (answer: HoldingsOf.Answer, eyes: Presentation)) -> HandOverPage.Held {
        let (answer, eyes) = part
        let groups = answer.groups.map { group in
            let object = eyes.model.object(group.object)
            return HandOverPage.Group(
                id: group.object + "." + group.field.id, object: object.map { eyes.say($0.plural) } ?? group.object,
                icon: object?.icon ?? "file", field: eyes.say(group.field.label), count: group.count,
                inSight: group.inSight, mostReached: group.count >= HoldingsOf.most,
                url: group.inSight > 0 ? Paths.list(group.object) + "?filter=" + Paths.encoded(group.filter) : nil)
        }
        let others: [(Label, Int, String)] = [
            (Label(zh: "接力棒", en: "Batons"), answer.legs, "relay"),
            (Label(zh: "待审批", en: "Approvals to decide"), answer.approvals, "stamp"),
            (Label(zh: "流程任务", en: "Workflow tasks"), answer.tasks, "branch"),
            (Label(zh: "授权代理", en: "Delegations"), answer.delegations, "users"),
            (Label(zh: "接口令牌", en: "API tokens"), answer.tokens, "key"),
            (Label(zh: "登录中的会话", en: "Open sessions"), answer.sessions, "monitor"),
        ]
        return HandOverPage.Held(
            person: answer.person.description, name: answer.name, isActive: answer.isActive, groups: groups,
            others: others.filter { $0.1 > 0 }.map { (label: eyes.say($0.0), count: $0.1, icon: $0.2) },
            isEmpty: answer.isEmpty)
    }

    /// Gives each group in sight to whom it is to go to, by the rights of who does it, a portion at a time.
    private func giveWork() async throws -> Reply {
        guard let person = RecordID(field("person")) else { throw Rejection.noSuchPath }
        let held = try await kernel.answer(HoldingsOf(person: person), as: actor)
        let usual = field("to")
        var given = 0
        var refused: [Rejection] = []
        var chosen = false
        for group in held.groups {
            let own = field("to." + group.object + "." + group.field.id)
            guard own != "-", let next = RecordID(own.isEmpty ? usual : own), next != person else { continue }
            chosen = true
            let (done, problems) = try await give(group, to: next)
            given += done
            refused += problems
        }
        guard chosen else {
            let text = context[Label(zh: "还没选接手人，什么都没有改动", en: "Nobody was chosen, so nothing was changed")]
            return try await handOverPage([text], status: 422)
        }
        var said = context[
            Label(zh: "\(held.name) 的 \(given) 条已交接", en: "\(given) records of \(held.name) were handed over")]
        if let first = refused.first {
            said += context[Label(zh: "，\(refused.count) 条没有交：", en: ", \(refused.count) were refused: ")]
            said += context[first.problems.first?.message ?? first.message]
        }
        return done(Paths.handOver(person.description), said, isError: given == 0 && !refused.isEmpty)
    }

    private static let portion = 200

    private func give(_ group: HoldingsOf.Group, to next: RecordID) async throws -> (done: Int, refused: [Rejection]) {
        let name = group.field.id
        var cursor: String?
        var kinds: [Command.Kind] = []
        repeat {
            let page = try await kernel.answer(
                ListRecords(
                    object: group.object, columns: ["id"], filters: [group.filter], limit: 500, cursor: cursor),
                as: actor)
            kinds += page.rows.map { row in
                name == "owner"
                    ? .act(
                        object: group.object, id: row.id, action: "assign",
                        Draft(["owner": .text(next.description)]), expecting: row.version)
                    : .update(
                        object: group.object, id: row.id, Draft([name: .text(next.description)]),
                        expecting: row.version)
            }
            cursor = page.next
        } while cursor != nil && kinds.count < HoldingsOf.most
        var done = 0
        var refused: [Rejection] = []
        for start in stride(from: 0, to: kinds.count, by: Self.portion) {
            let part = Array(kinds[start..<min(start + Self.portion, kinds.count)])
            let outcome = try await kernel.perform(
                Command(.bulk(part, atomic: false), reason: reason), as: actor)
            for case .failure(let rejection) in outcome.parts { refused.append(rejection) }
            done += outcome.parts.count
        }
        return (done - refused.count, refused)
    }

    private var reason: String {
        let note = field("note").trimmingSpaces
        return "工作交接 / hand-over" + (note.isEmpty ? "" : ": " + String(note.prefix(200)))
    }
}

/// Whom to choose from, and what the chosen one holds.
struct HandOverSheet: Question {
    let person: RecordID?

    struct Answer: Sendable {
        let people: [Colleague]
        let held: HoldingsOf.Answer?
        let left: [LeftBehind.Entry]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        return Answer(
            people: try Colleague.all(sight, context), held: try person.map { try context.ask(HoldingsOf(person: $0)) },
            left: try context.ask(LeftBehind()))
    }
}
