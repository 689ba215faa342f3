import Definitions
import Kernel
import Store
import Testing
import Values

/// The ways by which rules hand records out, and everything that can make them look.
@Suite("Ways of rules") struct RuleWayTests {
    private static let companyRules = """
        rules:
          - id: lightest
            label: {zh: 给最闲的人, en: To whom has least}
            on: manual
            then: [{assign: {role: sales, by: least_load}}]
          - id: near
            label: {zh: 按地区, en: By territory}
            on: manual
            then: [{assign: {role: sales, by: territory}}]
          - id: late_b
            label: {zh: B 级超期, en: B customer late}
            on: clock(cadence_b, late)
            then:
              - set: {grade_reason: '"nobody has asked"'}
              - notify: {to: owner, message: {zh: 该跟进了, en: Time to ask}}

        """

    private func companies() async throws -> TestHouse {
        try await TestHouse.open(adding: Self.companyRules, to: "objects/company.yaml")
    }

    private func runs(_ house: TestHouse, _ rule: String) async throws -> [RuleHistory.Run] {
        try await house.kernel.answer(RuleHistory(limit: 500), as: try await house.actor("ada")).filter {
            $0.rule == rule
        }
    }

    private func run(_ rule: String, _ object: String, _ id: RecordID, _ house: TestHouse) async throws {
        _ = try await house.kernel.perform(
            Command(.rules(.run(object: object, id: id, rule: rule, byProgram: false))), as: .system("test"))
    }

    /// Somebody stands in for them, so that they are not there.
    private func goesAway(_ login: String, _ house: TestHouse) async throws {
        _ = try await house.plant(
            "delegation",
            Draft([
                "from": .record(Staff.id(login)), "to": .record(Staff.id("chen")),
                "start": .text("2026-11-19T00:00:00Z"), "end": .text("2026-12-20T00:00:00Z"),
            ]))
    }

    @Test("Least load: whoever has the fewest open records and is there; those who are away get nothing")
    func leastLoad() async throws {
        let house = try await companies()
        for (login, count) in [("lin", 3), ("wang", 2), ("zhao", 0)] {
            for number in 0..<count { _ = try await house.customer("\(login) \(number) Ltd", of: login) }
        }
        try await goesAway("zhao", house)
        var owners: [RecordID?] = []
        for number in 0..<3 {
            let id = try await house.plant(
                "company",
                Draft([
                    "name_en": .text("New \(number)"), "roles": .list([.text("customer")]), "country": .text("DE"),
                    "source": .text("other"),
                ]))
            try await run("lightest", "company", id, house)
            owners.append(try await house.show("company", id)["owner"].record)
        }
        // 2 → wang 3; then both have 3 and the ids decide; then the other one.
        #expect(owners.first == Staff.id("wang"))
        #expect(Set(owners.dropFirst()) == [Staff.id("lin"), Staff.id("wang")])
        await house.end()
    }

    @Test("Territory: those of the region that has the country, in turn; elsewhere all of them")
    func territory() async throws {
        let house = try await companies()
        _ = try await house.update(
            "region", Staff.id("america"), Draft(["countries": .list([.text("US")])]), as: "ada")
        var owners: [String: Set<RecordID>] = [:]
        for (number, country) in ["US", "DE", "DE", "FR", "FR", "FR", "US"].enumerated() {
            let id = try await house.plant(
                "company",
                Draft([
                    "name_en": .text("Place \(number)"), "roles": .list([.text("customer")]), "country": .text(country),
                    "source": .text("other"),
                ]))
            try await run("near", "company", id, house)
            let owner = try #require(try await house.show("company", id)["owner"].record)
            owners[country, default: []].insert(owner)
        }
        #expect(owners["US"] == [Staff.id("zhao")])
        #expect(owners["DE"] == [Staff.id("lin"), Staff.id("wang")])
        #expect(owners["FR"] == [Staff.id("lin"), Staff.id("wang"), Staff.id("zhao")])
        await house.end()
    }

    @Test("When nobody is there the rule fails with the reason, and the record stays whose it was")
    func nobody() async throws {
        let house = try await companies()
        let id = try await house.customer("Alone Ltd", of: "lin")
        for login in ["lin", "wang", "zhao"] { try await goesAway(login, house) }
        let refusal = try await refused { try await run("lightest", "company", id, house) }
        #expect(refusal.code == "rule_failed" && refusal.message.zh.contains("没有在岗"))
        #expect(try await house.show("company", id)["owner"].record == Staff.id("lin"))
        await house.end()
    }

    @Test("A rung of a clock fires its rules, once, also when the house was down")
    func clocks() async throws {
        let house = try await companies()
        let id = try await house.customer("Late Ltd", of: "lin", ["grade": .text("B")])
        house.clock.advance(seconds: 40 * 86_400)
        for _ in 0..<3 { _ = await house.kernel.keepTime() }
        #expect(try await runs(house, "late_b").map(\.result) == ["done"])
        #expect(try await runs(house, "late_b").first?.trigger == "clock(cadence_b, late)")
        #expect(try await house.show("company", id)["grade_reason"].text == "nobody has asked")
        let told = try await house.kernel.answer(MyNotices(limit: 100), as: try await house.actor("lin"))
        #expect(told.filter { $0.text.contains("该跟进了") }.count == 1)
        await house.end()
    }

    private static let importRules = """
        rules:
          - id: tag
            label: {zh: 标记, en: Tag}
            on: created
            if: priority = "P1"
            then: [{set: {note: 'CONCAT("tagged ", title)'}}]

        """

    @Test("An import of 1,000 rows fires the rules of every row that meets the condition, once, also brought in again")
    func imports() async throws {
        let house = try await TestHouse.open(adding: Self.importRules, to: "objects/task.yaml")
        var text = "title,assignee,due,priority\n"
        for number in 0..<1000 {
            text += "Task \(number),LIN,2026-12-0\(number % 9 + 1)T08:00:00Z,\(number % 4 == 0 ? "P1" : "P3")\n"
        }
        let report = try await house.bring(text, to: "task")
        #expect(report.tally == "1000 rows: 1000 created, 0 updated, 0 unchanged, 0 flagged")
        let done = try await house.database.read {
            try $0.row("SELECT count(*) FROM rule_run WHERE rule = 'tag' AND result = 'done'")?[0].integer
        }
        #expect(done == 250)
        let tagged = try await house.rows(of: "task", ["title", "note"], filter: #"STARTSWITH(note, "tagged ")"#)
        #expect(tagged.count == 250 && tagged.allSatisfy { $0["note"].text == "tagged " + ($0["title"].text ?? "") })
        await house.end()
    }

    private static let meetingRules = """
        rules:
          - id: hand_out
            label: {zh: 自动转任务, en: Hand out}
            on: manual
            then:
              - create: {object: task, each: decisions, into: task, when: 'NOT(ISBLANK(person))', set: {title: 'LEFT(text, 200)', assignee: person, owner: person, due: 'COALESCE(due, ADDWORKDAYS(TODAY(), 5))', target: parent.id}}
          - id: long_one
            label: {zh: 长会, en: A long one}
            on: created
            then:
              - create: {object: task, when: 'max_minutes > 60', set: {title: title, assignee: owner, due: NOW()}}

        """

    @Test("A rule makes one record for each line that has none yet, keeps it in the line, and asks its condition")
    func each() async throws {
        let house = try await TestHouse.open(adding: Self.meetingRules, to: "objects/meeting.yaml")
        let lines = [("Ask the yard", "lin"), ("Only noted", nil), ("Send samples", "wang")].map { text, person in
            LineDraft(
                ["text": .text(text)].merging(person.map { ["person": .record(Staff.id($0))] } ?? [:]) { $1 })
        }
        var draft = Draft([
            "title": .text("Monday"), "attendees": .list([.record(Staff.id("lin"))]), "max_minutes": .text("30"),
        ])
        draft.lines["decisions"] = lines
        let id = try await house.create("meeting", draft, as: "chen").id
        // The condition of a template counts for rules too.
        #expect(try await house.rows(of: "task", ["title"]).isEmpty)
        try await run("hand_out", "meeting", id, house)
        let tasks = try await house.rows(of: "task", ["title", "assignee"])
        #expect(Set(tasks.map { $0["title"].text }) == ["Ask the yard", "Send samples"])
        #expect(Set(tasks.map { $0["assignee"].record }) == [Staff.id("lin"), Staff.id("wang")])
        let kept = try await house.show("meeting", id).lines["decisions"] ?? []
        #expect(kept.map { $0["task"].record == nil } == [false, true, false])
        // Once more: every line has its task.
        try await run("hand_out", "meeting", id, house)
        #expect(try await house.rows(of: "task", ["title"]).count == 2)
        draft.fields["max_minutes"] = .text("90")
        draft.lines = [:]
        draft.fields["title"] = .text("All day")
        _ = try await house.create("meeting", draft, as: "chen")
        #expect(try await house.rows(of: "task", ["title"], filter: #"title = "All day""#).count == 1)
        await house.end()
    }

    @Test("A quiet import notes for each rule that it was left out, and each can be done later")
    func quietly() async throws {
        let house = try await TestHouse.open(adding: Self.importRules, to: "objects/task.yaml")
        let lin = try await house.actor("lin")
        let drafts = (0..<3).map { number in
            Command.Kind.create(
                object: "task",
                Draft([
                    "title": .text("q\(number)"), "due": .text("2026-12-01T08:00:00Z"), "priority": .text("P1"),
                ]))
        }
        _ = try await house.kernel.perform(Command(.bulk(drafts, atomic: true), quiet: true), as: lin)
        let left = try await runs(house, "tag")
        #expect(left.map(\.result) == ["quiet", "quiet", "quiet"])
        let ada = try await house.actor("ada")
        for run in left { _ = try await house.kernel.perform(Command(.rules(.replay(run.id))), as: ada) }
        #expect(try await runs(house, "tag").map(\.result) == ["done", "done", "done"])
        #expect(try await house.rows(of: "task", ["note"], filter: #"STARTSWITH(note, "tagged ")"#).count == 3)
        await house.end()
    }
}
