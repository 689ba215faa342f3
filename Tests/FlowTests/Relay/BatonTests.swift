import Definitions
import Expressions
import Flow
import Testing
import Values

/// The baton against a model written another way: a table of what may follow what.
@Suite("The baton follows its rules") struct BatonTests {
    private static let people = (1...5).map { RecordID(high: 0x7000, low: 0x8000_0000_0000_0000 | UInt64($0)) }

    private static let leg = LegDefinition(
        id: "qc", label: Label(zh: "验货", en: "QC"), object: "order", states: ["qc"], stage: "qc", holders: ["qc"],
        deliverables: ["photos", "seal"].map { id in
            DeliverableDefinition(id: id, label: Label(zh: id, en: id), done: nil)
        })

    /// What a plain reading of the rules says: state, holder and whether it stands, nothing else.
    private struct Plain: Equatable {
        var status = "offered"
        var holder: RecordID
        var stands = false
        var ticks: Set<String> = []

        /// - Returns: false when the verb is refused; nothing has changed then.
        mutating func take(_ verb: BatonVerb, by who: RecordID, giver: RecordID?, isSuperior: Bool) -> Bool {
            guard status == "offered" || status == "held" else { return false }
            let isHolder = who == holder
            switch verb {
            case .accept:
                guard status == "offered", isHolder else { return false }
                status = "held"
            case .giveBack(let reason):
                guard isHolder, giver != nil, !reason.isEmpty else { return false }
                (status, stands) = ("returned", false)
            case .pause(let reason):
                guard isHolder || isSuperior, !stands, !reason.isEmpty else { return false }
                stands = true
            case .resume:
                guard isHolder || isSuperior, stands else { return false }
                stands = false
            case .pass(let to):
                guard isHolder || isSuperior || status == "offered" && who == giver, to != holder else { return false }
                holder = to
                status = to == who ? "held" : "offered"
            case .tick(let id, let done):
                guard isHolder || isSuperior, id == "photos" || id == "seal" else { return false }
                if done { ticks.insert(id) } else { ticks.remove(id) }
            case .finish: (status, stands) = ("done", false)
            case .cancel:
                guard isSuperior else { return false }
                (status, stands) = ("cancelled", false)
            }
            return true
        }
    }

    @Test("50,000 random steps: never anything that the rules don't allow, never a refusal that they don't ask for")
    func randomSteps() throws {
        var dice = Dice(seed: 20_261_122)
        var steps = 0
        var refusals = 0
        while steps < 50_000 {
            let giver = dice.roll(4) == 0 ? nil : Self.people[dice.roll(5)]
            let holder = Self.people[dice.roll(5)]
            var run = LegRun(status: .offered, holder: holder, giver: giver)
            var plain = Plain(holder: holder)
            for _ in 0..<(1 + dice.roll(12)) {
                steps += 1
                let who = Self.people[dice.roll(5)]
                let isSuperior = dice.roll(4) == 0
                var capacity: BatonCapacity = isSuperior ? .accountable : []
                if who == run.holder { capacity.insert(.holder) }
                if who == giver { capacity.insert(.giver) }
                let verb = Self.verb(&dice)
                let allowed = plain.take(verb, by: who, giver: giver, isSuperior: isSuperior)
                switch run.deciding(verb, by: who, as: capacity, leg: Self.leg, holderName: "") {
                case .success(let next):
                    #expect(allowed, "\(verb) in \(run)")
                    run = next
                case .failure(let refusal):
                    refusals += 1
                    #expect(!allowed, "\(verb) in \(run): \(refusal.code)")
                    #expect(!refusal.message.zh.isEmpty && !refusal.message.en.isEmpty)
                }
                let seen = Plain(
                    status: run.status.rawValue, holder: run.holder ?? holder, stands: run.isPaused, ticks: run.ticks)
                #expect(seen == plain)
                if seen != plain { return }
            }
        }
        #expect(refusals > 5000)
    }

    private static func verb(_ dice: inout Dice) -> BatonVerb {
        switch dice.roll(16) {
        case 0...3: .accept
        case 4, 5: .giveBack(reason: dice.roll(3) == 0 ? "" : "late")
        case 6, 7: .pause(reason: dice.roll(4) == 0 ? "" : "customer")
        case 8, 9: .resume
        case 10, 11: .pass(to: people[dice.roll(5)])
        case 12, 13: .tick(deliverable: ["photos", "seal", "report", "nothing"][dice.roll(4)], done: dice.roll(2) == 0)
        case 14: .finish
        default: .cancel
        }
    }

    @Test("What no condition reads is there when its field holds something, or when it is ticked")
    func heldByField() {
        let leg = LegDefinition(
            id: "release", label: Label(zh: "下达", en: "Release"), object: "order", states: ["release"],
            stage: "release", holders: ["merchandiser"],
            deliverables: [
                DeliverableDefinition(
                    id: "inspection", label: Label(zh: "验货要求", en: "Inspection"), done: nil, field: "inspection")
            ])
        let now = Instant(milliseconds: 1_795_000_000_000)
        func missing(_ value: Value, ticks: Set<String> = []) -> Int {
            let record = RecordState(object: "order", id: Self.people[0], values: ["inspection": value])
            return Handover(leg, ticks: ticks, record: record, EvaluationContext(now: now, today: now.day)).missing
                .count
        }
        #expect(missing(.null) == 1 && missing(.text("{}")) == 1)
        #expect(missing(.text("{\"level\":\"II\"}")) == 0)
        #expect(missing(.null, ticks: ["inspection"]) == 0)
    }
}
