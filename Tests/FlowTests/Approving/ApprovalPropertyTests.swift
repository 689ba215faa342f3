import Flow
import Testing
import Values

@Suite("Approvals under anything that people do")
struct ApprovalPropertyTests {
    private static let names = [
        "lin", "chen", "sun", "dong", "zong", "cai", "mei", "qin", "wang", "gong", "peng", "luo",
    ]
    private static let nameOf = Dictionary(uniqueKeysWithValues: (names + ["admin"]).map { (person($0), $0) })

    @Test("50,000 random verbs go as in the plain model: the same refused, the same people asked, the same end")
    func againstPlainModel() throws {
        var dice = Dice(seed: 4)
        let office = Office()
        var steps = 0
        var accepted = 0
        while steps < 50_000 {
            let stages = Self.plainStages(&dice)
            var plain = PlainApproval(stages)
            var approval = office.asked(
                stages.map { part in ApprovalStage(level: 1, mode: part.mode, seats: part.names.map { seat($0) }) },
                policy: ApprovalPolicy(repeated: .ask))
            for _ in 0..<30 {
                steps += 1
                let asked = plain.asked.sorted()
                let name =
                    asked.isEmpty ? "lin" : dice.roll(4) == 0 ? dice.one(of: ["lin"] + Self.names) : dice.one(of: asked)
                let isStopped = ["returned", "rejected", "withdrawn"].contains(plain.status)
                let verb = isStopped && dice.roll(2) == 0 ? .restart : Self.plainVerb(&dice)
                let result = approval.decide(
                    verb, by: .person(person(name)), at: office.now, people: office.people)
                let isAllowed = plain.act(verb, name, Self.nameOf)
                var happened = false
                if case .success(let next) = result { (approval, happened) = (next, true) }
                let label = "step \(steps): \(name) \(verb)"
                guard happened == isAllowed, approval.status.rawValue == plain.status,
                    Set(approval.openTasks.map(\.person)) == Set(plain.asked.map { person($0) })
                else {
                    Issue.record("\(label), model allows \(isAllowed), \(approval.status) \(plain.status)")
                    return
                }
                if isAllowed { accepted += 1 }
                if plain.status == "approved" { break }
            }
        }
        #expect(accepted > 15_000)
    }

    private static func plainStages(_ dice: inout Dice) -> [PlainApproval.Stage] {
        (0...dice.roll(3)).map { _ in
            let modes: [ApprovalMode] = [.all, .any, .sequential, .ratio(dice.one(of: [3400, 5000, 6700, 10_000]))]
            let people = names.dropFirst().shuffled(using: &dice).prefix(1 + dice.roll(4))
            return PlainApproval.Stage(mode: dice.one(of: modes), names: Array(people))
        }
    }

    private static func plainVerb(_ dice: inout Dice) -> ApprovalVerb {
        let then = dice.one(of: [ApprovalVerb.Afterwards.walkAgain, .straightBack])
        switch dice.roll(13) {
        case 0: return .reject(note: "no")
        case 1: return .sendBack(to: .requester, then: then, note: "x")
        case 2: return .sendBack(to: .previous, then: then, note: "x")
        case 3: return .sendBack(to: .stage(dice.roll(3)), then: then, note: "x")
        case 4: return .withdraw(note: "")
        case 5, 6: return .transfer(to: person(dice.one(of: names)), note: "")
        case 7: return .restart
        case 8: return .takeBack
        default: return .approve(note: "")
        }
    }

    @Test("50,000 random verbs of every kind keep to the rules")
    func invariants() throws {
        var dice = Dice(seed: 44)
        var steps = 0
        var ends: Set<ApprovalCase.Status> = []
        while steps < 50_000 {
            var office = Office()
            office.delegates[person("lin")] = dice.roll(3) == 0 ? [person("wang")] : []
            office.absent[person("qin")] = dice.one(of: [person("luo"), nil])
            let policy = ApprovalPolicy(
                unresolved: dice.one(of: [.admin, .manager, .skip]), repeated: dice.one(of: [.any, .adjacent, .ask]),
                nestsSigners: dice.roll(4) == 0)
            var approval = office.asked(Self.stages(&dice), policy: policy)
            for _ in 0..<40 {
                steps += 1
                office.now = office.now.adding(seconds: 600)
                let verb = Self.verb(&dice, approval)
                let actor = Self.actor(&dice, approval)
                guard
                    case .success(let next) = approval.decide(
                        verb, by: actor, at: office.now, people: office.people)
                else { continue }
                let broken = Self.broken(approval, next, verb, office)
                guard broken == nil else {
                    Issue.record("step \(steps): \(actor) \(verb): \(broken ?? "")")
                    return
                }
                approval = next
                ends.insert(approval.status)
            }
            var builder = JSONBuilder()
            builder.write(approval.json)
            #expect(ApprovalCase(json: try JSONReader.read(builder.text)) == approval)
        }
        #expect(ends.count == ApprovalCase.Status.allCases.count)
    }

    private static func stages(_ dice: inout Dice) -> [ApprovalStage] {
        (0...dice.roll(3)).map { index in
            let seats = (0...dice.roll(3)).map { _ -> ApprovalSeatPlan in
                let rungs = (0...dice.roll(2)).map { _ in
                    names.shuffled(using: &dice).prefix(1 + dice.roll(2)).joined(separator: "/")
                }
                return seat(rungs.joined(separator: ">"), weight: 1 + dice.roll(3), veto: dice.roll(5) == 0)
            }
            return ApprovalStage(
                level: index + 1, mode: dice.one(of: [.all, .any, .sequential, .ratio(6000)]), seats: seats)
        }
    }

    private static func actor(_ dice: inout Dice, _ approval: ApprovalCase) -> ApprovalActor {
        let asked = approval.openTasks.flatMap { [$0.person, $0.standIn].compactMap { $0 } }
        switch dice.roll(8) {
        case 0: return .house
        case 1: return .administrator(person("admin"))
        case 2: return .person(person("lin"))
        case 3: return .person(person(dice.one(of: names)))
        default: return .person(asked.isEmpty ? person("lin") : dice.one(of: asked))
        }
    }

    private static func verb(_ dice: inout Dice, _ approval: ApprovalCase) -> ApprovalVerb {
        let other = person(dice.one(of: names))
        let tasks = max(approval.course.tasks.count, 1)
        switch dice.roll(20) {
        case 0: return .copy(to: [other])
        case 1: return .urge
        case 2: return .comment("hm")
        case 3: return .terminate(note: "x")
        case 4: return .letIn(task: dice.roll(tasks), other)
        case 5: return .escalate(seat: dice.roll(max(approval.course.seats.count, 1)))
        case 6: return dice.roll(6) == 0 ? .void(note: "x") : .urge
        case 7: return .delegate(to: other, note: "")
        case 8, 9:
            return .addSigners(
                [other, person(dice.one(of: names))], dice.one(of: [.before, .after, .parallel]),
                dice.one(of: [.all, .any, .sequential, .ratio(5000)]), note: "")
        case 10: return .removeSigner(task: dice.roll(tasks))
        default: return plainVerb(&dice)
        }
    }

    /// The first rule that a step breaks; nil when it keeps to all.
    private static func broken(
        _ before: ApprovalCase, _ after: ApprovalCase, _ verb: ApprovalVerb, _ office: Office
    ) -> String? {
        if !isLegal(before.status, after.status, verb) { return "status \(before.status) → \(after.status)" }
        for (old, new) in zip(before.course.tasks, after.course.tasks) where old != new {
            if old.person != new.person || old.seat != new.seat { return "task \(old.number) became another" }
            if !old.isLive, !([.approved, .transferred].contains(old.state) && new.state == .takenBack) {
                return "task \(old.number) was \(old.state) and is \(new.state)"
            }
        }
        if after.course.tasks.count < before.course.tasks.count { return "tasks vanished" }
        let barred = (office.delegates[after.requester] ?? []).union([after.requester])
        for task in after.course.tasks.dropFirst(before.course.tasks.count) where barred.contains(task.person) {
            return "the requester is asked"
        }
        let decided = after.course.tasks.filter { $0.state == .approved || $0.state == .rejected }
        if decided.contains(where: { barred.contains($0.decidedBy ?? after.requester) }) { return "requester decided" }
        var voices: Set<[Int]> = []
        for task in decided {
            let group = after.course.seats[task.seat].group
            let key = [group, Int(truncatingIfNeeded: task.decidedBy?.low ?? 0)]
            if !voices.insert(key).inserted { return "somebody decided twice in group \(group)" }
        }
        if !before.status.isOpen, after.course.tasks.count != before.course.tasks.count, verb != .restart {
            return "asked after the end"
        }
        if !after.status.isOpen, !after.openTasks.isEmpty { return "somebody is asked after the end" }
        if after.status.isOpen, after.isBlocked { return "nobody is asked" }
        return nil
    }

    private static func isLegal(
        _ before: ApprovalCase.Status, _ after: ApprovalCase.Status, _ verb: ApprovalVerb
    ) -> Bool {
        if before == after { return true }
        switch (before, after) {
        case (.pending, .granted): return ["approve", "remove_signer"].contains(verb.id)
        case (.pending, .rejected): return ["reject", "remove_signer", "approve"].contains(verb.id)
        case (.pending, .returned): return verb.id == "return"
        case (.pending, .withdrawn): return verb.id == "withdraw"
        case (.pending, .terminated), (.returned, .terminated): return verb.id == "terminate"
        case (.pending, .voided), (.granted, .voided), (.returned, .voided): return verb.id == "void"
        case (.returned, _), (.rejected, _), (.withdrawn, _), (.terminated, _), (.voided, _):
            return verb == .restart && [.pending, .granted].contains(after)
        default: return false
        }
    }
}

/// Chance that is the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to `sides`, excluded.
    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(max(sides, 1))) }

    mutating func one<Element>(of items: [Element]) -> Element { items[roll(items.count)] }
}
