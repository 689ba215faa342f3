import Definitions
import Flow
import Testing
import Values

@Suite("How several people decide together")
struct ApprovalModeTests {
    let office = Office()

    @Test("Countersigning is granted when everybody has approved, and not before")
    func all() throws {
        var approval = office.asked([stage(.all, "chen", "cai")])
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.status == .pending)
        #expect(approval.isAsking("cai"))
        try approval.act(.approve(note: ""), "cai", in: office)
        #expect(approval.status == .granted)
    }

    @Test("With any one the first decision counts and the others are asked no more")
    func any() throws {
        var approval = office.asked([stage(.any, "chen", "cai", "dong")])
        try approval.act(.approve(note: ""), "cai", in: office)
        #expect(approval.status == .granted)
        #expect(approval.course.tasks.map(\.state) == [.cancelled, .approved, .cancelled])
        #expect(approval.refusal(.approve(note: ""), "chen", in: office) == "already_decided")
    }

    @Test("In turn the next is asked only after the one before has approved")
    func sequential() throws {
        var approval = office.asked([stage(.sequential, "chen", "dong", "zong")])
        #expect(approval.isAsking("chen"))
        #expect(approval.refusal(.approve(note: ""), "dong", in: office) == "not_approver")
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.isAsking("dong"))
        try approval.act(.approve(note: ""), "dong", in: office)
        try approval.act(.approve(note: ""), "zong", in: office)
        #expect(approval.status == .granted)
    }

    @Test("A vote ends as soon as its outcome is certain, either way")
    func ratio() throws {
        var won = office.asked([stage(.ratio(6000), "a", "b", "c", "d", "e")])
        try won.act(.reject(note: "no"), "a", in: office)
        try won.act(.approve(note: ""), "b", in: office)
        try won.act(.approve(note: ""), "c", in: office)
        #expect(won.status == .pending)
        try won.act(.approve(note: ""), "d", in: office)
        #expect(won.status == .granted)
        #expect(won.course.tasks.last?.state == .cancelled)
        var lost = office.asked([stage(.ratio(6000), "a", "b", "c", "d", "e")])
        for name in ["a", "b"] { try lost.act(.reject(note: "no"), name, in: office) }
        #expect(lost.status == .pending)
        try lost.act(.reject(note: "no"), "c", in: office)
        #expect(lost.status == .rejected)
    }

    @Test("Weights count in a vote and a veto ends it")
    func veto() throws {
        let heavy = ApprovalStage(
            level: 1, mode: .ratio(5000), seats: [seat("a", weight: 3), seat("b"), seat("c", veto: true)])
        var approval = office.asked([heavy])
        try approval.act(.approve(note: ""), "a", in: office)
        #expect(approval.status == .granted)
        var stopped = office.asked([heavy])
        try stopped.act(.reject(note: "no"), "c", in: office)
        #expect(stopped.status == .rejected)
    }

    @Test("Of several people asked for one seat the first one decides it")
    func seatOfSeveral() throws {
        var approval = office.asked([stage(.all, "chen/sun", "cai")])
        try approval.act(.approve(note: ""), "sun", in: office)
        let refusal = approval.decide(
            .approve(note: ""), by: .person(person("chen")), at: office.now, people: office.people)
        guard case .failure(let reason) = refusal else { throw Unexpected() }
        #expect(reason.code == "already_decided")
        #expect(reason.who == person("sun"))
        #expect(reason.message(naming: "Sun").en == "Sun has decided it already")
        #expect(approval.isAsking("cai"))
    }

    @Test("Whoever asked is never asked: the next level is")
    func requester() throws {
        var approval = office.asked([stage(.all, "lin>dong")])
        #expect(approval.isAsking("dong"))
        #expect(approval.refusal(.approve(note: ""), "lin", in: office) == "own_record")
        try approval.act(.approve(note: ""), "dong", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Who acts for the requester by delegation does not decide either")
    func delegateOfRequester() throws {
        var office = office
        office.delegates[person("lin")] = [person("chen")]
        let approval = office.asked([stage(.all, "chen>dong")])
        #expect(approval.isAsking("dong"))
        #expect(approval.refusal(.approve(note: ""), "chen", in: office) == "own_record")
    }

    @Test("Who is away is stood in for, and the task says for whom")
    func substitute() throws {
        var office = office
        office.absent[person("chen")] = person("sun")
        let approval = office.asked([stage(.all, "chen")])
        #expect(approval.isAsking("sun"))
        #expect(approval.openTasks.first?.standsInFor == person("chen"))
    }

    @Test("What is above the limit of a delegation goes to the next level, and the record says past whom")
    func beyondDelegation() throws {
        var office = office
        office.absent[person("chen")] = .some(nil)
        office.limited[person("chen")] = [person("sun")]
        var approval = office.asked([stage(.all, "chen>dong")])
        #expect(approval.isAsking("dong"))
        #expect(approval.acts.first { $0.verb == "limited" }?.people == [person("sun")])
        #expect(approval.refusal(.approve(note: ""), "sun", in: office) == "not_approver")
        #expect(approval.refusal(.transfer(to: person("chen"), note: ""), "dong", in: office) == "beyond_delegation")
        try approval.act(.approve(note: ""), "dong", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Somebody who left is followed by the rule: skipped, the manager, the administrator, or blocked")
    func unresolved() throws {
        var office = office
        office.absent[person("chen")] = .some(nil)
        office.managers[person("lin")] = person("mei")
        let gone = [stage(.all, "chen")]
        #expect(office.asked(gone, policy: ApprovalPolicy(unresolved: .skip)).status == .granted)
        #expect(office.asked(gone, policy: ApprovalPolicy(unresolved: .manager)).isAsking("mei"))
        #expect(office.asked(gone, policy: ApprovalPolicy(unresolved: .admin)).isAsking("admin"))
        #expect(office.asked(gone, policy: ApprovalPolicy(unresolved: .block)).isBlocked)
    }

    @Test("Somebody who approved an earlier stage is not asked again unless the rule says so")
    func repeated() throws {
        let stages = [stage(.all, "chen"), stage(.all, "cai"), stage(.all, "chen")]
        var once = office.asked(stages)
        try once.act(.approve(note: ""), "chen", in: office)
        try once.act(.approve(note: ""), "cai", in: office)
        #expect(once.status == .granted)
        var again = office.asked(stages, policy: ApprovalPolicy(repeated: .adjacent))
        try again.act(.approve(note: ""), "chen", in: office)
        try again.act(.approve(note: ""), "cai", in: office)
        #expect(again.isAsking("chen"))
    }

    @Test("Two seats of one stage that ask the same person ask once")
    func merged() throws {
        var approval = office.asked([stage(.all, "dong", "dong", "cai")])
        #expect(approval.isAsking("dong", "cai"))
        try approval.act(.approve(note: ""), "dong", in: office)
        try approval.act(.approve(note: ""), "cai", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Somebody of a higher level may decide for those below")
    func higher() throws {
        var approval = office.asked([stage(.all, "chen>dong>zong")])
        try approval.act(.approve(note: ""), "zong", in: office)
        #expect(approval.status == .granted)
        #expect(approval.course.tasks.first?.decidedBy == person("zong"))
    }

    @Test("An approval without any stage is granted at once")
    func nothingToAsk() { #expect(office.asked([]).status == .granted) }
}

struct Unexpected: Error {}
