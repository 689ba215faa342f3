import Flow
import Testing
import Values

@Suite("What may be done with an approval")
struct ApprovalVerbTests {
    let office = Office()
    let three = [stage(.all, "chen"), stage(.all, "dong", "cai", level: 2), stage(.all, "zong", level: 3)]

    @Test("A rejection needs its reason, ends the approval and asks nobody any more")
    func reject() throws {
        var approval = office.asked([stage(.all, "chen", "cai")])
        #expect(approval.refusal(.reject(note: ""), "chen", in: office) == "note_required")
        try approval.act(.reject(note: "too low"), "chen", in: office)
        #expect(approval.status == .rejected)
        #expect(approval.course.tasks.map(\.state) == [.rejected, .cancelled])
        #expect(approval.refusal(.approve(note: ""), "cai", in: office) == "already_decided")
    }

    @Test("A return to the requester lets them begin anew, from the start or straight where it was")
    func returnToRequester() throws {
        for (afterwards, asked) in [(ApprovalVerb.Afterwards.walkAgain, "chen"), (.straightBack, "dong")] {
            var approval = office.asked([stage(.all, "chen"), stage(.all, "dong")])
            try approval.act(.approve(note: ""), "chen", in: office)
            try approval.act(.sendBack(to: .requester, then: afterwards, note: "price"), "dong", in: office)
            #expect(approval.status == .returned)
            #expect(approval.refusal(.restart, "chen", in: office) == "not_requester")
            try approval.act(.restart, "lin", in: office)
            #expect(approval.round == 2)
            #expect(approval.isAsking(asked))
        }
    }

    @Test("A return across a parallel split cancels the siblings")
    func returnAcrossSplit() throws {
        var approval = office.asked(three)
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.isAsking("dong", "cai"))
        try approval.act(.sendBack(to: .previous, then: .walkAgain, note: "why"), "dong", in: office)
        #expect(approval.isAsking("chen"))
        #expect(approval.course.tasks.first { $0.person == person("cai") }?.state == .cancelled)
        #expect(approval.refusal(.approve(note: ""), "cai", in: office) == "not_approver")
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.isAsking("dong", "cai"))
    }

    @Test("After a return to a chosen step the way goes again through all, or straight back")
    func returnToStage() throws {
        for (afterwards, asked) in [(ApprovalVerb.Afterwards.walkAgain, ["dong", "cai"]), (.straightBack, ["zong"])] {
            var approval = office.asked(three)
            for name in ["chen", "dong", "cai"] { try approval.act(.approve(note: ""), name, in: office) }
            #expect(
                approval.refusal(.sendBack(to: .stage(2), then: .walkAgain, note: "x"), "zong", in: office)
                    == "no_such_stage")
            try approval.act(.sendBack(to: .stage(0), then: afterwards, note: "again"), "zong", in: office)
            #expect(approval.isAsking("chen"))
            try approval.act(.approve(note: ""), "chen", in: office)
            #expect(approval.openTasks.map(\.person) == asked.map { person($0) })
        }
    }

    @Test("The requester withdraws while nobody has decided, and is told who has")
    func withdraw() throws {
        var fresh = office.asked(three)
        #expect(fresh.refusal(.withdraw(note: ""), "chen", in: office) == "not_requester")
        var touched = fresh
        try fresh.act(.withdraw(note: ""), "lin", in: office)
        #expect(fresh.status == .withdrawn)
        try touched.act(.approve(note: ""), "chen", in: office)
        #expect(touched.refusal(.withdraw(note: ""), "lin", in: office) == "already_acted")
    }

    @Test("Who acted last takes it back while nobody acted after them")
    func takeBack() throws {
        var approval = office.asked(three)
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.refusal(.takeBack, "dong", in: office) == "nothing_to_take_back")
        var back = approval
        try back.act(.takeBack, "chen", in: office)
        #expect(back.isAsking("chen"))
        #expect(back.course.tasks.first?.state == .takenBack)
        try back.act(.reject(note: "no"), "chen", in: office)
        #expect(back.status == .rejected)
        try approval.act(.approve(note: ""), "dong", in: office)
        #expect(approval.refusal(.takeBack, "chen", in: office) == "nothing_to_take_back")
    }

    @Test("A transfer moves the responsibility, never to the requester")
    func transfer() throws {
        var approval = office.asked([stage(.all, "chen", "cai")])
        #expect(approval.refusal(.transfer(to: person("lin"), note: ""), "chen", in: office) == "own_record")
        #expect(approval.refusal(.transfer(to: person("chen"), note: ""), "chen", in: office) == "to_oneself")
        #expect(approval.refusal(.transfer(to: person("cai"), note: ""), "chen", in: office) == "already_asked")
        try approval.act(.transfer(to: person("sun"), note: "yours"), "chen", in: office)
        #expect(approval.isAsking("sun", "cai"))
        #expect(approval.refusal(.approve(note: ""), "chen", in: office) == "not_approver")
    }

    @Test("What was delegated comes back as an opinion to who delegated it")
    func delegate() throws {
        var approval = office.asked([stage(.all, "chen")])
        try approval.act(.delegate(to: person("wang"), note: "have a look"), "chen", in: office)
        #expect(approval.isAsking("wang"))
        #expect(approval.refusal(.approve(note: ""), "chen", in: office) == "not_your_turn")
        #expect(approval.refusal(.delegate(to: person("mei"), note: ""), "wang", in: office) == "nested")
        try approval.act(.reject(note: "I would not"), "wang", in: office)
        #expect(approval.status == .pending)
        #expect(approval.isAsking("chen"))
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Signers added before decide first, then it comes back")
    func addBefore() throws {
        var approval = office.asked([stage(.all, "chen")])
        try approval.act(
            .addSigners([person("mei"), person("qin")], .before, .sequential, note: ""), "chen", in: office)
        #expect(approval.isAsking("mei"))
        #expect(approval.refusal(.approve(note: ""), "chen", in: office) == "not_your_turn")
        #expect(approval.refusal(.addSigners([person("dan")], .after, .all, note: ""), "mei", in: office) == "nested")
        try approval.act(.approve(note: ""), "mei", in: office)
        try approval.act(.approve(note: ""), "qin", in: office)
        #expect(approval.isAsking("chen"))
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Signers added after are asked once it was approved")
    func addAfter() throws {
        var approval = office.asked([stage(.all, "chen")])
        try approval.act(.addSigners([person("mei")], .after, .all, note: ""), "chen", in: office)
        #expect(approval.isAsking("chen"))
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.isAsking("mei"))
        try approval.act(.approve(note: ""), "mei", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Signers added beside decide at the same time, in their own way; what was added may be transferred")
    func addParallel() throws {
        var approval = office.asked([stage(.all, "chen")])
        try approval.act(
            .addSigners([person("mei"), person("qin")], .parallel, .any, note: ""), "chen", in: office)
        #expect(approval.isAsking("chen", "mei", "qin"))
        try approval.act(.transfer(to: person("sun"), note: ""), "chen", in: office)
        try approval.act(.approve(note: ""), "sun", in: office)
        #expect(approval.status == .pending)
        try approval.act(.approve(note: ""), "qin", in: office)
        #expect(approval.status == .granted)
    }

    @Test("Only who added a signer takes them off, and only while they have not decided")
    func removeSigner() throws {
        var approval = office.asked([stage(.all, "chen", "cai")])
        try approval.act(.addSigners([person("mei")], .before, .all, note: ""), "chen", in: office)
        let added = try #require(approval.openTasks.first { $0.person == person("mei") })
        #expect(approval.refusal(.removeSigner(task: added.number), "cai", in: office) == "not_added")
        #expect(approval.refusal(.removeSigner(task: 1), "chen", in: office) == "not_added")
        try approval.act(.removeSigner(task: added.number), "chen", in: office)
        #expect(approval.isAsking("chen", "cai"))
        #expect(approval.refusal(.removeSigner(task: added.number), "chen", in: office) == "not_added")
    }

    @Test("A copy goes to others once, from those who have a part in it")
    func copy() throws {
        var approval = office.asked(three)
        #expect(approval.refusal(.copy(to: [person("mei")]), "qin", in: office) == "not_involved")
        try approval.act(.copy(to: [person("mei"), person("mei")]), "lin", in: office)
        #expect(approval.copies == [person("mei")])
        #expect(approval.refusal(.copy(to: [person("mei")]), "lin", in: office) == "already_asked")
    }

    @Test("The requester urges at most once an hour")
    func urge() throws {
        var office = office
        var approval = office.asked(three)
        #expect(approval.refusal(.urge, "chen", in: office) == "not_requester")
        try approval.act(.urge, "lin", in: office)
        #expect(approval.acts.last?.people == [person("chen")])
        #expect(approval.refusal(.urge, "lin", in: office) == "urged_already")
        office.now = office.now.adding(seconds: 3600)
        try approval.act(.urge, "lin", in: office)
    }

    @Test("Everybody involved comments, also after the end")
    func comment() throws {
        var approval = office.asked([stage(.all, "chen")])
        #expect(approval.refusal(.comment("hm"), "qin", in: office) == "not_involved")
        #expect(approval.refusal(.comment(""), "chen", in: office) == "note_required")
        try approval.act(.approve(note: ""), "chen", in: office)
        try approval.act(.comment("well done"), "lin", in: office)
        #expect(approval.acts.last?.note == "well done")
    }

    @Test("An administrator terminates with a reason and alone may begin it anew")
    func terminate() throws {
        var approval = office.asked(three)
        let admin = ApprovalActor.administrator(person("admin"))
        #expect(approval.refusal(.terminate(note: "x"), "chen", in: office) == "not_administrator")
        #expect(approval.refusal(.terminate(note: ""), admin, in: office) == "note_required")
        approval = try approval.decide(.terminate(note: "x"), by: admin, at: office.now, people: office.people).get()
        #expect(approval.status == .terminated)
        #expect(approval.refusal(.restart, "lin", in: office) == "not_administrator")
        approval = try approval.decide(.restart, by: admin, at: office.now, people: office.people).get()
        #expect(approval.isAsking("chen"))
    }

    @Test("A rejected request is begun anew by its requester, a granted or running one is not")
    func restart() throws {
        var approval = office.asked([stage(.all, "chen")])
        #expect(approval.refusal(.restart, "lin", in: office) == "still_running")
        try approval.act(.reject(note: "no"), "chen", in: office)
        try approval.act(.restart, "lin", in: office)
        try approval.act(.approve(note: ""), "chen", in: office)
        #expect(approval.refusal(.restart, "lin", in: office) == "already_decided")
    }

    @Test("Half of the time gone lets a stand-in decide too; all of it gone asks the next level")
    func silence() throws {
        var approval = office.asked([stage(.all, "chen>dong")])
        #expect(approval.refusal(.letIn(task: 0, person("sun")), "chen", in: office) == "house_only")
        try approval.house(.letIn(task: 0, person("sun")), in: office)
        var decided = approval
        try decided.act(.approve(note: ""), "sun", in: office)
        #expect(decided.status == .granted)
        try approval.house(.escalate(seat: 0), in: office)
        #expect(approval.isAsking("dong"))
        #expect(approval.course.tasks.first?.state == .passedOver)
        #expect(approval.refusal(.escalate(seat: 0), .house, in: office) == "no_higher_level")
    }

    @Test("A change of what was decided on voids it, running or granted")
    func void() throws {
        var approval = office.asked([stage(.all, "chen")])
        #expect(approval.refusal(.void(note: "x"), "lin", in: office) == "house_only")
        var running = approval
        try running.house(.void(note: "price"), in: office)
        #expect(running.status == .voided)
        #expect(running.openTasks == [])
        try approval.act(.approve(note: ""), "chen", in: office)
        try approval.house(.void(note: "price"), in: office)
        #expect(approval.status == .voided)
    }

    @Test("An approval reads back as it was written")
    func json() throws {
        var approval = office.asked(three)
        try approval.act(.addSigners([person("mei")], .before, .ratio(5000), note: "“x”"), "chen", in: office)
        try approval.act(.approve(note: "ok"), "mei", in: office)
        try approval.act(.copy(to: [person("qin")]), "lin", in: office)
        var builder = JSONBuilder()
        builder.write(approval.json)
        #expect(ApprovalCase(json: try JSONReader.read(builder.text)) == approval)
        #expect(ApprovalCase(json: .object(["requester": .text("x")])) == nil)
    }
}
