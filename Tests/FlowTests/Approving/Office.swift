import Flow
import Values

/// The people of an office, for approvals: who is absent, who acts for whom, one step of the clock at a time.
struct Office {
    static let start = Instant("2026-11-20T02:00:00Z") ?? Instant(milliseconds: 0)

    var absent: [RecordID: RecordID?] = [:]
    var delegates: [RecordID: Set<RecordID>] = [:]
    var limited: [RecordID: [RecordID]] = [:]
    var managers: [RecordID: RecordID] = [:]
    var administrators = [Office.person("admin")]
    var now = start

    static func person(_ name: String) -> RecordID {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return RecordID(at: start, random: (0, hash))
    }

    var people: ApprovalPeople {
        ApprovalPeople(
            present: { [absent] person in
                guard let standIn = absent[person] else { return person }
                return standIn
            },
            delegatesOf: { [delegates] person in delegates[person] ?? [] },
            managerOf: { [managers] person in managers[person] }, administrators: administrators,
            limited: { [limited] person in limited[person] ?? [] })
    }

    /// An approval asked for by Lin, over stages of one seat or of several.
    func asked(_ stages: [ApprovalStage], policy: ApprovalPolicy = ApprovalPolicy()) -> ApprovalCase {
        .begin(requester: Office.person("lin"), stages: stages, policy: policy, at: now, people: people)
    }
}

func person(_ name: String) -> RecordID { Office.person(name) }

/// A stage with one seat for each name; names joined by `/` share a seat, those behind `>` stand above.
func stage(_ mode: ApprovalMode, _ names: String..., level: Int = 1) -> ApprovalStage {
    ApprovalStage(level: level, mode: mode, seats: names.map { seat($0, level: level) })
}

func seat(_ names: String, level: Int = 1, weight: Int = 1, veto: Bool = false) -> ApprovalSeatPlan {
    let ladder = names.split(separator: ">").enumerated().map { offset, part in
        ApprovalRung(
            level: level + offset, role: "role\(level + offset)",
            people: part.split(separator: "/").map { person(String($0)) })
    }
    return ApprovalSeatPlan(ladder: ladder, weight: weight, hasVeto: veto)
}

extension ApprovalCase {
    mutating func act(_ verb: ApprovalVerb, _ name: String, in office: Office) throws {
        self = try decide(verb, by: .person(person(name)), at: office.now, people: office.people).get()
    }

    mutating func house(_ verb: ApprovalVerb, in office: Office) throws {
        self = try decide(verb, by: .house, at: office.now, people: office.people).get()
    }

    func refusal(_ verb: ApprovalVerb, _ name: String, in office: Office) -> String? {
        refusal(verb, .person(person(name)), in: office)
    }

    func refusal(_ verb: ApprovalVerb, _ actor: ApprovalActor, in office: Office) -> String? {
        switch decide(verb, by: actor, at: office.now, people: office.people) {
        case .success: nil
        case .failure(let refusal): refusal.code
        }
    }

    /// Who is asked now.
    func isAsking(_ names: String...) -> Bool {
        openTasks.map(\.person).sorted() == names.map { person($0) }.sorted()
    }
}
