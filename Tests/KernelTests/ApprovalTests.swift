import Definitions
import Foundation
import Kernel
import Testing
import Values

private struct Goods {
    let company: RecordID
    let lamp: RecordID

    init(_ house: TestHouse) async throws {
        try await house.rate("USD", "7.1")
        company = try await house.customer("Nordlicht", of: "lin")
        lamp = try await house.lamp("L-1")
    }
}

/// Approvals of real records, from asking to the effect.
@Suite("Approvals") struct ApprovalTests {
    // MARK: Acts

    private func quotation(_ house: TestHouse, price: String = "9.0", qty: String = "480") async throws -> RecordID {
        let goods = try await Goods(house)
        return try await house.quotation(
            for: goods.company, product: goods.lamp, qty: qty, price: price, as: "lin"
        ).id
    }

    private func submitted(_ house: TestHouse, price: String = "9.0") async throws -> (RecordID, ApprovalSummary) {
        let id = try await quotation(house, price: price)
        let outcome = try await house.act("submit", "quotation", id, as: "lin")
        return (id, try #require(outcome.approval))
    }

    @discardableResult
    private func step(
        _ house: TestHouse, _ verb: String, _ id: RecordID?, as login: String, note: String = "",
        people: [String] = [], _ more: (inout ApprovalCommand) -> Void = { _ in }
    ) async throws -> Outcome {
        var command = ApprovalCommand(
            id: try #require(id), verb: verb, note: note, people: people.map { Staff.id($0) })
        more(&command)
        return try await house.kernel.perform(Command(.approval(command)), as: try await house.actor(login))
    }

    private func status(_ house: TestHouse, _ id: RecordID?) async throws -> Value {
        try await house.show("approval", try #require(id))["status"]
    }

    private func purchase(
        _ house: TestHouse, qty: String = "1000", price: String = "60"
    ) async throws -> RecordView {
        let supplier = try await house.supplier("Ningbo Glass")
        let lamp = try await house.lamp("P-1")
        var draft = Draft(["supplier": .record(supplier), "due": .text("2027-01-31")])
        draft.lines["lines"] = [
            LineDraft([
                "product": .record(lamp), "qty": .number(qty), "price": .number(price),
                "standard_price": .number(price),
            ])
        ]
        return try await house.create("purchase_order", draft, as: "peng")
    }

    // MARK: Asking

    @Test("A rehearsal of the submission tells level, reason and approvers and asks nobody")
    func rehearsal() async throws {
        let house = try await TestHouse.open()
        let id = try await quotation(house)
        let command = Command(
            .act(object: "quotation", id: id, action: "submit", Draft(), expecting: nil), dryRun: true)
        let outcome = try await house.kernel.perform(command, as: try await house.actor("lin"))
        let summary = try #require(outcome.approval)
        #expect(summary.id == nil)
        #expect(summary.level == 2)
        #expect(summary.approvers.map(\.person) == [Staff.id("dong")])
        #expect(summary.why.en.contains("Discount %: level 2"))
        #expect(try await house.show("quotation", id)["status"] == .text("draft"))
        #expect(try await house.kernel.answer(UnreadNotices(), as: try await house.actor("dong")) == 0)
        await house.end()
    }

    @Test("A submission asks whoever has the level, tells them why, and keeps what they decide on")
    func asking() async throws {
        let house = try await TestHouse.open()
        let (id, summary) = try await submitted(house)
        let record = try await house.show("approval", try #require(summary.id))
        #expect(record["target"] == .record(id))
        #expect(record["requester"] == .record(Staff.id("lin")))
        #expect(record["snapshot"].text?.contains("\"discount_pct\"") == true)
        let lines = try #require(record.lines["steps"])
        #expect(lines.map { $0["person"] } == [.record(Staff.id("dong"))])
        #expect(lines.first?["why_en"].text == "Sales director decides level 2")
        #expect(lines.first?["due"].isNull == false)
        #expect(try await house.show("quotation", id)["approval"] == .record(record.id))
        let notices = try await house.kernel.answer(MyNotices(), as: try await house.actor("dong"))
        #expect(notices.map(\.kind) == ["approval"])
        await house.end()
    }

    @Test("A thin margin is countersigned by finance, and the quotation is approved when both have agreed")
    func countersign() async throws {
        let house = try await TestHouse.open()
        let goods = try await Goods(house)
        let dear = try await house.lamp("L-2", ["purchase_price": .number("64.5")])
        let id = try await house.quotation(for: goods.company, product: dear, price: "9.0", as: "lin").id
        let summary = try #require(try await house.act("submit", "quotation", id, as: "lin").approval)
        #expect(Set(summary.approvers.map(\.person)).isSuperset(of: [Staff.id("cai")]))
        let first = summary.approvers.first { $0.person != Staff.id("cai") }
        let other = try #require(Staff.people.first { Staff.id($0.login) == first?.person }?.login)
        try await step(house, "approve", summary.id, as: "cai")
        #expect(try await house.show("quotation", id)["status"] == .text("in_approval"))
        try await step(house, "approve", summary.id, as: other)
        let done = try await house.show("quotation", id)
        #expect(done["status"] == .text("approved"))
        #expect(done["approved_by"] == .record(Staff.id(other)))
        await house.end()
    }

    @Test("What lies within own authority is granted at once, with the reason")
    func ownAuthority() async throws {
        let house = try await TestHouse.open()
        let order = try await purchase(house, qty: "10")
        let outcome = try await house.act("submit", "purchase_order", order.id, as: "peng")
        #expect(outcome.record?["status"] == .text("approved"))
        #expect(outcome.record?["approved_by"] == .record(Staff.id("peng")))
        #expect(outcome.approval?.status == "approved")
        #expect(outcome.approval?.why.en.contains("own authority") == true)
        await house.end()
    }

    @Test("Small orders of one customer that together pass a limit are flagged")
    func split() async throws {
        let house = try await TestHouse.open()
        let goods = try await Goods(house)
        var flags: [Bool] = []
        for _ in 0..<2 {
            let quotation = try await house.quotation(
                for: goods.company, product: goods.lamp, qty: "1440", price: "9.8", as: "lin")
            flags.append(
                try #require(try await house.act("submit", "quotation", quotation.id, as: "lin").approval).isSplit)
        }
        #expect(flags == [false, true])
        await house.end()
    }

    // MARK: Deciding

    @Test("Each verb of people goes through the same door and is refused with its reason to whom it is not due")
    func verbs() async throws {
        let house = try await TestHouse.open()
        let (id, summary) = try await submitted(house)
        let approval = summary.id
        #expect(try await refused { try await step(house, "approve", approval, as: "wang") }.code == "not_found")
        #expect(try await refused { try await step(house, "approve", approval, as: "lin") }.code == "own_record")
        #expect(try await refused { try await step(house, "dance", approval, as: "dong") }.code == "unknown_verb")
        try await step(house, "urge", approval, as: "lin")
        #expect(try await refused { try await step(house, "urge", approval, as: "lin") }.code == "urged_already")
        try await step(house, "comment", approval, as: "dong", note: "let me see")
        try await step(house, "copy", approval, as: "lin", people: ["mei"])
        try await step(house, "delegate", approval, as: "dong", people: ["sun"])
        try await step(house, "approve", approval, as: "sun", note: "fine with me")
        try await step(house, "add_signers", approval, as: "dong", people: ["cai"])
        try await step(house, "remove_signer", approval, as: "dong") { $0.task = 2 }
        try await step(house, "transfer", approval, as: "dong", people: ["sun"])
        try await step(house, "take_back", approval, as: "dong")
        try await step(house, "return", approval, as: "dong", note: "price")
        #expect(try await house.show("quotation", id)["status"] == .text("draft"))
        #expect(try await house.show("quotation", id)["approval_note"] == .text("price"))
        let again = try await house.act("submit", "quotation", id, as: "lin")
        #expect(again.approval?.id == approval)
        try await step(house, "withdraw", approval, as: "lin")
        #expect(try await house.show("quotation", id)["status"] == .text("draft"))
        let third = try await house.act("submit", "quotation", id, as: "lin")
        try await step(house, "reject", third.approval?.id, as: "zong", note: "no")
        #expect(try await status(house, third.approval?.id) == .text("rejected"))
        let fourth = try await house.act("submit", "quotation", id, as: "lin")
        #expect(
            try await refused { try await step(house, "terminate", fourth.approval?.id, as: "dong", note: "x") }.code
                == "not_administrator")
        try await step(house, "terminate", fourth.approval?.id, as: "zong", note: "duplicate")
        #expect(try await house.show("quotation", id)["status"] == .text("draft"))
        await house.end()
    }

    @Test("An action of the record decides the approval that is pending, and never goes around it")
    func throughTheRecord() async throws {
        let house = try await TestHouse.open()
        let order = try await purchase(house)
        let asked = try await house.act("submit", "purchase_order", order.id, as: "peng")
        #expect(asked.record?["status"] == .text("draft"))
        #expect(asked.approval?.approvers.map(\.person) == [Staff.id("zong")])
        let refusal = try await refused { try await house.act("approve", "purchase_order", order.id, as: "dong") }
        #expect(refusal.code == "not_approver")
        let done = try await house.act("approve", "purchase_order", order.id, as: "zong")
        #expect(done.record?["status"] == .text("approved"))
        #expect(try await status(house, asked.approval?.id) == .text("approved"))
        await house.end()
    }

    @Test("What nobody asked for is granted only by whom its level allows")
    func directly() async throws {
        let house = try await TestHouse.open()
        let order = try await purchase(house)
        #expect(
            try await refused { try await house.act("approve", "purchase_order", order.id, as: "dong") }.code
                == "not_approver")
        let done = try await house.act("approve", "purchase_order", order.id, as: "zong")
        #expect(done.record?["status"] == .text("approved"))
        #expect(done.approval?.status == "approved")
        await house.end()
    }

    @Test("The approval's own actions decide it too")
    func ownActions() async throws {
        let house = try await TestHouse.open()
        let (id, summary) = try await submitted(house)
        _ = try await house.act("grant", "approval", try #require(summary.id), as: "dong")
        #expect(try await house.show("quotation", id)["status"] == .text("approved"))
        await house.end()
    }

    // MARK: Void

    @Test("A change of what is decided on voids the approval, a change of anything else does not")
    func void() async throws {
        let house = try await TestHouse.open()
        let order = try await purchase(house)
        var asked = try await house.act("submit", "purchase_order", order.id, as: "peng")
        _ = try await house.update("purchase_order", order.id, Draft(["remarks": .text("soon")]), as: "peng")
        #expect(try await status(house, asked.approval?.id) == .text("pending"))
        for fields in [["due": Input.text("2027-02-28")], ["currency": .text("USD")]] {
            _ = try await house.update("purchase_order", order.id, Draft(fields), as: "peng")
            #expect(try await status(house, asked.approval?.id) == .text("voided"))
            asked = try await house.act("submit", "purchase_order", order.id, as: "peng")
        }
        let line = try #require(order.lines["lines"]?.first)
        var draft = Draft()
        draft.lines["lines"] = [LineDraft(id: line.id, ["price": .number("61")])]
        _ = try await house.update("purchase_order", order.id, draft, as: "peng")
        #expect(try await status(house, asked.approval?.id) == .text("voided"))
        await house.end()
    }

    @Test("After the grant too: what was granted for other values has lost its force")
    func voidAfterGrant() async throws {
        let house = try await TestHouse.open()
        let order = try await purchase(house)
        let asked = try await house.act("submit", "purchase_order", order.id, as: "peng")
        _ = try await house.act("approve", "purchase_order", order.id, as: "zong")
        _ = try await house.act("edit_again", "purchase_order", order.id, as: "peng")
        #expect(try await status(house, asked.approval?.id) == .text("approved"))
        _ = try await house.update("purchase_order", order.id, Draft(["due": .text("2027-03-31")]), as: "peng")
        #expect(try await status(house, asked.approval?.id) == .text("voided"))
        await house.end()
    }

    // MARK: Time and numbers

    @Test("Half of the time lets the stand-in decide too, all of it asks the next level")
    func silence() async throws {
        let house = try await TestHouse.open()
        _ = try await house.update("user", Staff.id("dong"), Draft(["backup": .record(Staff.id("sun"))]), as: "zong")
        let (_, summary) = try await submitted(house)
        house.clock.advance(seconds: 4 * 3600 + 1800)
        #expect(await house.kernel.keepTime() >= 1)
        let half = try await house.show("approval", try #require(summary.id))
        #expect(half.lines["steps"]?.first?["delegate"] == .record(Staff.id("sun")))
        house.clock.advance(seconds: 5 * 86_400)
        #expect(await house.kernel.keepTime() >= 1)
        let late = try await house.show("approval", try #require(summary.id))
        #expect(late.lines["steps"]?.map { $0["state"] } == [.text("passed_over"), .text("open")])
        #expect(late.lines["steps"]?.last?["person"] == .record(Staff.id("zong")))
        #expect(await house.kernel.keepTime() == 0)
        await house.end()
    }

    /// `BATON_DECIDERS=500` runs as many approvals; otherwise a few.
    @Test("Of twelve who decide at once exactly one does, and the others are told who")
    func twelveAtOnce() async throws {
        let house = try await TestHouse.open()
        let goods = try await Goods(house)
        var deciders: [Actor] = []
        for index in 0..<12 {
            let login = "boss\(index)"
            try await house.kernel.addAccount(
                login: login, name: "Boss \(index)", roles: ["sales_manager"], hash: "-",
                more: [
                    "department": .value(.record(Staff.id("sales_east"))),
                    "region": .value(.record(Staff.id("europe"))),
                ])
            deciders.append(try await house.actor(login))
        }
        let rounds = ProcessInfo.processInfo.environment["BATON_DECIDERS"].flatMap { Int($0) } ?? 5
        let kernel = house.kernel
        for round in 0..<rounds {
            let quotation = try await house.quotation(for: goods.company, product: goods.lamp, as: "lin")
            let outcome = try await house.act("submit", "quotation", quotation.id, as: "lin")
            let approval = try #require(outcome.approval?.id)
            let answers = await withTaskGroup(of: String.self) { group in
                for (index, actor) in deciders.enumerated() {
                    let verb = ["approve", "reject", "return"][index % 3]
                    group.addTask {
                        let step = ApprovalCommand(id: approval, verb: verb, note: "n\(index)")
                        do {
                            _ = try await kernel.perform(Command(.approval(step)), as: actor)
                            return "done"
                        } catch let refusal as Rejection {
                            return refusal.code == "already_decided" && refusal.message.en.contains("Boss")
                                ? "told" : refusal.code
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["done": 1, "told": 11], "round \(round)")
        }
        await house.end()
    }
}
