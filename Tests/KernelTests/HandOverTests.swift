import Definitions
import Kernel
import Store
import Testing
import Values

/// Work goes from one person to others, and back.
@Suite("Handing over work") struct HandOverTests {
    @Test("Records go by exception, by rule, by kind and the rest to one; each receiver hears of it once")
    func distributes() async throws {
        let house = try await TestHouse.open()
        let big = try await house.customer("Big GmbH", of: "lin")
        let german = try await house.customer("Nord GmbH", of: "lin")
        let french = try await house.customer("Sud SARL", of: "lin", ["country": .text("FR")])
        let inquiry = try await house.inquiry(of: german, owner: "lin")
        var wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang"))
        wish.groups["inquiry.owner"] = .person(Staff.id("zhao"))
        wish.rules = [.init(object: "company", condition: "country = \"FR\"", to: Staff.id("zhao"))]
        wish.exceptions["company.owner/\(big)"] = .stays
        let id = try await house.planned(wish)
        let plan = try await house.handOver(id)
        #expect(plan.state == .draft && plan.total == 3)
        #expect(try await house.owner("company", german) == Staff.id("lin"))
        try await house.carry(.start(id))
        #expect(try await house.owner("company", german) == Staff.id("wang"))
        #expect(try await house.owner("company", french) == Staff.id("zhao"))
        #expect(try await house.owner("company", big) == Staff.id("lin"))
        #expect(try await house.owner("inquiry", inquiry) == Staff.id("zhao"))
        for (login, count) in [("wang", 1), ("zhao", 2)] {
            let notices = try await house.kernel.answer(MyNotices(), as: try await house.actor(login))
            #expect(notices.filter { $0.kind == "hand_over" }.map(\.text) == ["LIN 的 \(count) 项工作交接给你，请查看并确认接收"])
            #expect(notices.count == 1)
        }
        await house.end()
    }

    @Test("Handing over and taking it back leaves every row as it was", arguments: [1, 2, 3])
    func undone(_ seed: Int) async throws {
        let house = try await TestHouse.open()
        var dice = Steps(seed: UInt64(seed))
        let team = ["lin", "wang", "zhao"]
        for number in 0..<12 {
            let company = try await house.customer(
                "C\(number)", of: team[dice.next(3)], ["country": .text(["DE", "FR", "US"][dice.next(3)])])
            if dice.next(2) == 0 { _ = try await house.inquiry(of: company, owner: team[dice.next(3)]) }
        }
        try await house.update("user", Staff.id("wang"), Draft(["manager": .record(Staff.id("lin"))]), as: "ada")
        let before = try await house.ownership()
        var wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("zhao"))
        wish.rules = [.init(object: "company", condition: "country = \"DE\"", to: Staff.id("wang"))]
        wish.groups["inquiry.owner"] = dice.next(2) == 0 ? .stays : .person(Staff.id("chen"))
        wish.endsAccount = dice.next(2) == 0
        let id = try await house.planned(wish)
        try await house.carry(.start(id))
        let during = try await house.ownership()
        #expect(during != before)
        try await house.carry(.undo(id))
        let after = try await house.ownership()
        #expect(Set(after).symmetricDifference(before).sorted() == [])
        let answer = try await house.handOver(id)
        #expect(answer.state == .undone && answer.count("stays") == 0)
        await house.end()
    }

    @Test("What went on to somebody else since stays there and is named; after thirty days nothing goes back")
    func changedSince() async throws {
        let house = try await TestHouse.open()
        let first = try await house.customer("First GmbH", of: "lin")
        let second = try await house.customer("Second GmbH", of: "lin")
        let id = try await house.planned(HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang")))
        try await house.carry(.start(id))
        try await house.act("assign", "company", first, ["owner": .record(Staff.id("chen"))], as: "chen")
        try await house.carry(.undo(id))
        #expect(try await house.owner("company", first) == Staff.id("chen"))
        #expect(try await house.owner("company", second) == Staff.id("lin"))
        let stays = try await house.kernel.answer(
            HandOverItems(id, problemsOnly: true), as: try await house.actor("ada"))
        #expect(stays.items.map(\.title) == ["First GmbH"])
        #expect(stays.items.first?.problem?.en == "It went to somebody else since and stays there")
        let late = try await house.planned(HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang")))
        try await house.carry(.start(late))
        house.clock.advance(seconds: 31 * 86_400)
        let refusal = try await refused { try await house.carry(.undo(late)) }
        #expect(refusal.code == "hand_over_too_old")
        await house.end()
    }

    @Test("On its day and not before, with what has come by then; stopped in the middle it goes on, nothing twice")
    func onItsDay() async throws {
        let house = try await TestHouse.open()
        for number in 0..<130 { _ = try await house.customer("Firm \(number)", of: "lin") }
        var wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang"))
        wish.fireAt = house.clock.now.adding(seconds: 3600)
        let id = try await house.planned(wish)
        try await house.carry(.start(id))
        #expect(try await house.handOver(id).state == .scheduled)
        _ = try await house.customer("Late arrival", of: "lin")
        house.clock.advance(seconds: 3601)
        let kernel = house.kernel
        let work = Task { await kernel.workOnHandOvers() }
        while try await house.handOver(id).state == .scheduled { await Task.yield() }
        work.cancel()
        await work.value
        await house.kernel.workOnHandOvers()
        let answer = try await house.handOver(id)
        #expect(answer.state == .done)
        #expect(answer.count("done") == 131 && answer.count("refused") == 0)
        let moves = try await house.database.read { connection in
            try connection.row("SELECT count(*) FROM event WHERE kind = 'action:assign'")?[0]
        }
        #expect(moves.map { "\($0)" }?.contains("131") == true)
        await house.end()
    }
}

extension TestHouse {
    func planned(_ wish: HandOverWish, as login: String = "ada") async throws -> RecordID {
        let outcome = try await kernel.perform(Command(.handingOver(.plan(wish))), as: try await actor(login))
        return try #require(outcome.created.first?.id)
    }

    /// Does the step, and what the house does by itself then.
    func carry(_ step: HandOverCommand, as login: String = "ada") async throws {
        _ = try await kernel.perform(Command(.handingOver(step)), as: try await actor(login))
        await kernel.workOnHandOvers()
    }

    func handOver(_ id: RecordID, as login: String = "ada") async throws -> HandOverOf.Answer {
        try await kernel.answer(HandOverOf(id), as: try await actor(login))
    }

    func owner(_ object: String, _ id: RecordID) async throws -> RecordID? {
        try await show(object, id)["owner"].record
    }

    func inquiry(of company: RecordID, owner: String) async throws -> RecordID {
        try await plant(
            "inquiry", Draft(["source": .text("other"), "company": .record(company)]), owner: owner)
    }

    /// Everything about who holds what: whole rows, without what every write moves.
    func ownership() async throws -> [String] {
        var out: [String] = []
        for object in ["company", "inquiry", "user", "delegation", "department"] {
            var cursor: String?
            repeat {
                let page = try await kernel.answer(
                    ListRecords(object: object, limit: 500, cursor: cursor), as: .system("test"))
                for row in page.rows {
                    let whole = try await show(object, row.id)
                    let values = whole.values.filter { !["updated_at", "updated_by", "version"].contains($0.key) }
                    out.append(
                        "\(row.id) " + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value) " }.joined())
                }
                cursor = page.next
            } while cursor != nil
        }
        return out.sorted()
    }
}

/// Numbers that come the same way each time.
struct Steps {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}
