import Definitions
import Kernel
import Store
import Testing
import Values

@Suite("Running workflows")
struct WorkflowRunTests {
    @Test("From start to end: people by their lanes, the record's fields, the house's own step, a program outside")
    func wholeWay() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        let run = try await world.start()
        #expect(try await world.places(run) == ["check"])
        #expect(try await world.mine("lin").map(\.name) == ["核对资料"])
        #expect(try await world.mine("cai").isEmpty)
        let version = try await world.house.show("company", world.company).version
        try await world.complete(
            "check", in: run, as: "lin",
            WorkflowDone(note: "齐了", values: Draft(["grade": .text("A")]), expecting: version))
        #expect(try await world.house.show("company", world.company)["grade"].text == "A")
        #expect(try await world.places(run) == ["credit", "visit"])
        #expect(try await world.notices("cai").first?.contains("授信") == true)
        #expect(try await world.mine("qin").map(\.lane) == ["QC"])
        try await world.complete("credit", in: run, as: "cai")
        #expect(try await world.detail(run).waiting.map(\.node) == ["join"])
        try await world.complete("visit", in: run, as: "qin")
        // The house has done its own step; the next one waits for a program.
        #expect(try await world.house.show("company", world.company)["status"].text == "prospect")
        #expect(try await world.places(run) == ["welcome"])
        let calls = try await world.house.database.write {
            try Outbox($0).due(at: world.house.clock.now, limit: 50, lease: 60)
        }.filter { $0.channel == "webhook" }
        #expect(calls.count == 1 && calls.first?.payload.contains("\"node\":\"welcome\"") == true)
        let waiting = try await world.house.kernel.answer(
            WorkflowServices(topic: "https://example.com/welcome"), as: try await world.house.actor("lin"))
        #expect(waiting.count == 1)
        try await world.complete("welcome", in: run, as: "lin")
        let detail = try await world.detail(run)
        #expect(detail.run.status == "done" && detail.timers.isEmpty && detail.run.endedAt != nil)
        #expect(detail.tasks.first?.note == "齐了" && detail.tasks.first?.endedBy?.name == "LIN")
        let kinds = try await world.kinds()
        #expect(kinds.first == "workflow:started" && kinds.last == "workflow:done")
        #expect(kinds.count { $0 == "workflow:completed" } == 5)
        await world.house.end()
    }

    @Test("A task that is taken is its taker's; it can be put back, and who stands in may act")
    func taking() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        let run = try await world.start()
        try await world.complete("check", in: run, as: "lin")
        let credit = try await world.open("credit", in: run).id
        _ = try await world.house.plant(
            "delegation",
            Draft([
                "from": .record(Staff.id("cai")), "to": .record(Staff.id("dan")),
                "start": .text("2026-11-20T00:00:00Z"), "end": .text("2026-12-20T00:00:00Z"),
            ]))
        #expect(try await world.open("credit", in: run).candidates.map(\.name) == ["DAN"])
        try await world.perform(.take(task: credit), as: "dan")
        try await world.perform(.take(task: credit), as: "dan")
        let taken = try await world.open("credit", in: run)
        #expect(taken.holder?.name == "DAN" && taken.inStead?.name == "CAI")
        let late = try await refused { try await world.perform(.take(task: credit), as: "qin") }
        #expect(late.code == "workflow_task_taken" && late.message.zh.contains("DAN"))
        // For whom somebody stands in may act as well.
        try await world.perform(.putBack(task: credit), as: "cai")
        #expect(try await world.open("credit", in: run).status == "open")
        #expect(try await world.mine("dan").map(\.verbs) == [["take", "complete", "give_back"]])
        await world.house.end()
    }

    @Test("Twelve who complete one task at once: one does it, the others are told who did")
    func twelve() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        let people = Staff.people.filter { $0.region == "europe" }.map(\.login).prefix(14)
        for login in people where login != "lin" {
            let own = try #require(Staff.people.first { $0.login == login }).roles
            _ = try await world.house.kernel.perform(
                Command(
                    .update(
                        object: "user", id: Staff.id(login), Draft(["roles": .list((own + ["qc"]).map { .text($0) })]),
                        expecting: nil)), as: .system("test"))
        }
        let run = try await world.start()
        try await world.complete("check", in: run, as: "lin")
        let task = try await world.open("visit", in: run).id
        var actors: [Actor] = []
        for login in people where login != "lin" { actors.append(try await world.house.actor(login)) }
        let crowd = Array(actors.prefix(12))
        #expect(crowd.count == 12)
        let kernel = world.house.kernel
        let answers = try await withThrowingTaskGroup(of: Rejection?.self) { group in
            for actor in crowd {
                group.addTask {
                    do {
                        _ = try await kernel.perform(
                            Command(.workflow(.complete(task: task, WorkflowDone()))), as: actor)
                        return nil
                    } catch let rejection as Rejection {
                        return rejection
                    }
                }
            }
            return try await group.reduce(into: [Rejection?]()) { $0.append($1) }
        }
        let winner = try #require(try await world.detail(run).tasks.first { $0.node == "visit" }?.endedBy?.name)
        #expect(answers.count { $0 == nil } == 1)
        #expect(
            answers.compactMap { $0 }.allSatisfy { $0.code == "workflow_task_over" && $0.message.zh.contains(winner) })
        #expect(try await world.kinds().count { $0 == "workflow:completed" } == 2)
        await world.house.end()
    }

    @Test(
        "Given back, what was begun since is withdrawn on every branch, its timers with it, and who was at it is told")
    func givenBack() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        let run = try await world.start()
        try await world.complete("check", in: run, as: "lin")
        try await world.perform(.take(task: try await world.open("visit", in: run).id), as: "qin")
        let credit = try #require(
            try await world.detail(run, as: "cai").tasks.first { $0.node == "credit" && $0.endedAt == nil })
        #expect(credit.earlier.map(\.node) == ["check"] && credit.dueAt != nil)
        let blank = try await refused {
            try await world.perform(.giveBack(task: credit.id, to: "check", reason: " "), as: "cai")
        }
        #expect(blank.code == "required")
        let nowhere = try await refused {
            try await world.perform(.giveBack(task: credit.id, to: "simple", reason: "x"), as: "cai")
        }
        #expect(nowhere.code == "process_not_before")
        try await world.perform(.giveBack(task: credit.id, to: "check", reason: "资料不全"), as: "cai")
        let detail = try await world.detail(run)
        #expect(detail.run.open.map(\.node) == ["check"] && detail.timers.isEmpty)
        #expect(
            detail.tasks.map { $0.node + " " + $0.status }.sorted() == [
                "check done", "check open", "credit given_back", "visit withdrawn",
            ])
        #expect(detail.tasks.first { $0.status == "given_back" }?.note == "资料不全")
        #expect(try await world.notices("qin").contains { $0.contains("不用做了") })
        let over = try await refused {
            try await world.perform(
                .complete(task: try #require(detail.tasks.first { $0.node == "visit" }).id, WorkflowDone()), as: "qin")
        }
        #expect(over.code == "workflow_task_over")
        await world.house.end()
    }

    @Test("Everybody of a list has a task of their own; when enough are done the others need not")
    func votes() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.votes)
        let people = ["lin", "wang", "chen", "mei"].map { Input.record(Staff.id($0)) }
        _ = try await world.house.update("company", world.company, Draft(["co_owners": .list(people)]), as: "chen")
        let run = try await world.start("votes")
        #expect(
            try await world.detail(run).run.open.flatMap(\.candidates).map(\.name).sorted() == [
                "CHEN", "LIN", "MEI", "WANG",
            ])
        let mine = try #require(try await world.mine("wang").first)
        #expect(mine.item == 2)
        try await world.perform(.complete(task: mine.id, WorkflowDone()), as: "wang")
        let other = try #require(try await world.mine("lin").first)
        try await world.perform(.complete(task: other.id, WorkflowDone()), as: "lin")
        #expect(try await world.detail(run).run.status == "done")
        #expect(try await world.mine("mei").isEmpty)
        await world.house.end()
    }

    @Test("A step of the house that can't be done waits with its reason, and is done when it can")
    func waitingHouse() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        _ = try await world.house.act("to_prospect", "company", world.company, as: "lin")
        let run = try await world.start()
        try await world.complete("check", in: run, as: "lin")
        try await world.complete("credit", in: run, as: "cai")
        try await world.complete("visit", in: run, as: "qin")
        let waiting = try await world.open("accept", in: run)
        #expect(waiting.note?.isEmpty == false && waiting.action == "to_prospect")
        #expect(try await world.notices("lin").contains { $0.contains("做不到") })
        #expect(try await refused { try await world.complete("accept", in: run, as: "lin") }.kind == .conflict)
        _ = try await world.house.kernel.perform(
            Command(
                .update(
                    object: "company", id: world.company, Draft(["status": .value(.text("lead"))]), expecting: nil)),
            as: .system("test"))
        try await world.complete("accept", in: run, as: "lin")
        #expect(try await world.places(run) == ["welcome"])
        #expect(try await world.house.show("company", world.company)["status"].text == "prospect")
        await world.house.end()
    }

    @Test("A rule starts a workflow on its record, and says in its history when there is none")
    func byRule() async throws {
        let rule = """
            rules:
              - id: take_on
                label: {zh: 准入, en: Take on}
                on: changed(city)
                then: [{start_workflow: onboarding}]

            """
        let house = try await TestHouse.open(adding: rule, to: "objects/company.yaml")
        let world = WorkflowHouse(house: house, company: try await house.customer("Nordlicht", of: "lin"))
        _ = try await house.update("company", world.company, Draft(["city": .text("Kiel")]), as: "lin")
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await house.update("company", world.company, Draft(["city": .text("Bremen")]), as: "lin")
        let ada = try await house.actor("ada")
        let runs = try await house.kernel.answer(RuleHistory(limit: 9), as: ada).filter { $0.rule == "take_on" }
        #expect(runs.map(\.result).sorted() == ["done", "failed"])
        #expect(try await world.mine("lin").map(\.node) == ["check"])
        await house.end()
    }

    @Test("An import that starts many runs rings nobody's bell; the tasks stand among those to be taken")
    func byImport() async throws {
        let rule = """
            rules:
              - id: take_on
                label: {zh: 准入, en: Take on}
                on: created
                then: [{start_workflow: onboarding}]

            """
        let house = try await TestHouse.open(adding: rule, to: "objects/company.yaml")
        let world = WorkflowHouse(house: house, company: try await house.customer("Nordlicht", of: "lin"))
        try await world.bring(WorkflowFiles.onboarding)
        let rows = (1...40).map { "Importer \($0) GmbH,DE,Bremen" }.joined(separator: "\n")
        let lin = try await house.actor("lin", origin: .importing)
        let report = try await house.bring("name_en,country,city\n" + rows + "\n", to: "company", as: lin)
        #expect(report.created == 40)
        #expect(try await house.database.read { try WorkflowTasks($0).waited() }.isEmpty == false)
        #expect(try await world.mine("lin").count >= 40)
        for login in ["lin", "chen", "cai", "qin", "dong"] {
            #expect(try await world.notices(login) == [], "\(login)")
        }
        // By hand somebody is told.
        try await house.update("company", world.company, Draft(["grade": .text("A")]), as: "lin")
        let run = try await world.start()
        try await world.complete("check", in: run, as: "lin")
        #expect(try await world.notices("cai").count == 1)
        await house.end()
    }

    @Test("A run ends when it is cancelled with a reason, and when its record goes")
    func ends() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        let first = try await world.start()
        #expect(
            try await refused { try await world.perform(.cancel(run: first, reason: ""), as: "lin") }.code == "required"
        )
        try await world.perform(.cancel(run: first, reason: "重复"), as: "lin")
        let detail = try await world.detail(first)
        #expect(detail.run.status == "cancelled" && detail.run.reason == "重复" && detail.run.open.isEmpty)
        let second = try await world.start()
        _ = try await world.house.kernel.perform(
            Command(.delete(object: "company", id: world.company, expecting: nil)),
            as: try await world.house.actor("chen"))
        let run = try await world.house.database.read { try WorkflowRuns($0).find(second) }
        #expect(run?.status == "cancelled")
        #expect(try await world.mine("lin").isEmpty)
        await world.house.end()
    }
}
