import Definitions
import Kernel
import Testing
import Values

extension TestHouse {
    /// A copy of the house with other words in one file of the packs.
    static func open(changing file: String, _ old: String, to new: String) async throws -> TestHouse {
        let plain = try await open()
        await plain.close()
        let packs = try Packs.files(changing: file) { $0.replacing(old, with: new) }.map {
            Pack.read(files: $0.texts, directory: $0.folder)
        }
        return try await open(
            folder: plain.folder, packs: packs, digest: "with \(new)", migrate: true, idSeed: 5)
    }

    @discardableResult
    func decide(
        _ verb: String, _ approval: RecordID?, as login: String, note: String = ""
    ) async throws -> Outcome {
        let step = ApprovalCommand(id: try #require(approval), verb: verb, note: note)
        return try await kernel.perform(Command(.approval(step)), as: try await actor(login))
    }

    /// A quotation of 30,672 CNY with a discount of level 2, submitted by Lin.
    func submittedQuotation() async throws -> (RecordID, ApprovalSummary) {
        try await rate("USD", "7.1")
        let company = try await customer("Nordlicht", of: "lin")
        let lamp = try await lamp("L-1")
        let id = try await quotation(for: company, product: lamp, qty: "480", price: "9.0", as: "lin").id
        return (id, try #require(try await act("submit", "quotation", id, as: "lin").approval))
    }

    /// A customer of Lin for whom credit is asked.
    func askedCredit(_ amount: String, rate: String? = "7.1") async throws -> (RecordID, ApprovalSummary) {
        if let rate { try await self.rate("USD", rate) }
        let company = try await customer("Nordlicht", of: "lin")
        let outcome = try await act(
            "request_credit", "company", company,
            ["credit_requested": .number(amount), "credit_reason": .text("steady customer")], as: "lin")
        return (company, try #require(outcome.approval))
    }

    func delegate(from: String, to: String, cap: String?) async throws {
        var fields: [String: Input] = [
            "from": .record(Staff.id(from)), "to": .record(Staff.id(to)), "start": .text("2026-11-01T00:00:00Z"),
            "end": .text("2026-12-31T00:00:00Z"),
        ]
        if let cap { fields["amount_cap"] = .number(cap) }
        _ = try await plant("delegation", Draft(fields))
    }
}

extension ApprovalSummary {
    fileprivate var asked: Set<RecordID> { Set(approvers.map(\.person)) }
}

/// How the people of a level decide together, as the packs say.
@Suite("Steps of an approval") struct ApprovalStepTests {
    private func staff(_ logins: String...) -> Set<RecordID> { Set(logins.map(Staff.id)) }

    @Test("Either of two finance people grants a small credit, and the other is asked no more")
    func anyOne() async throws {
        let house = try await TestHouse.open()
        let (company, summary) = try await house.askedCredit("50000")
        #expect(summary.level == 1)
        #expect(summary.asked == staff("cai", "dong"))
        try await house.decide("approve", summary.id, as: "dong")
        #expect(try await house.show("company", company).number("credit_limit") == "50000")
        let record = try await house.show("approval", try #require(summary.id))
        let steps = try #require(record.lines["steps"])
        #expect(Set(steps.map { $0["state"] }) == [.text("approved"), .text("cancelled")])
        let late = try await refused { try await house.decide("approve", summary.id, as: "cai") }
        #expect(late.code == "already_decided")
        await house.end()
    }

    @Test("A larger credit is asked for in turn: finance first, then the director")
    func inTurn() async throws {
        let house = try await TestHouse.open()
        let (company, summary) = try await house.askedCredit("400000")
        #expect(summary.level == 2)
        #expect(summary.asked == staff("cai"))
        #expect(try await refused { try await house.decide("approve", summary.id, as: "dong") }.code == "not_approver")
        let second = try await house.decide("approve", summary.id, as: "cai")
        #expect(second.approval?.asked == staff("dong"))
        #expect(try await house.show("company", company).number("credit_limit") == "0")
        try await house.decide("approve", summary.id, as: "dong")
        #expect(try await house.show("company", company).number("credit_limit") == "400000")
        await house.end()
    }

    @Test("Sales read the credit limit and change it only by asking; a move of the customer's state takes nothing back")
    func creditIsAskedFor() async throws {
        let house = try await TestHouse.open()
        let (company, summary) = try await house.askedCredit("50000")
        for login in ["lin", "chen", "hans"] {
            let refusal = try await refused(login) {
                try await house.update("company", company, Draft(["credit_limit": .number("900000")]), as: login)
            }
            #expect(refusal.problems.map(\.field) == ["credit_limit"])
        }
        _ = try await house.act("to_prospect", "company", company, as: "lin")
        #expect(try await house.show("approval", try #require(summary.id))["status"] == .text("pending"))
        _ = try await house.update("company", company, Draft(["credit_requested": .number("60000")]), as: "lin")
        #expect(try await house.show("approval", try #require(summary.id))["status"] == .text("voided"))
        let again = try await house.act(
            "request_credit", "company", company,
            ["credit_requested": .number("70000"), "credit_reason": .text("more")], as: "lin")
        try await house.decide("approve", again.approval?.id, as: "cai")
        _ = try await house.update("company", company, Draft(["credit_requested": .number("1")]), as: "lin")
        #expect(try await house.show("approval", try #require(again.approval?.id))["status"] == .text("approved"))
        await house.end()
    }

    @Test("An amount in dollars is measured by the newest rate of the house; without one the highest level decides")
    func rates() async throws {
        for (rate, level) in [("7.1", 1), ("2", 2), (nil, 3)] as [(String?, Int)] {
            let house = try await TestHouse.open()
            let (_, summary) = try await house.askedCredit("50000", rate: rate)
            #expect(summary.level == level, "at \(rate ?? "no rate")")
            await house.end()
        }
    }

    @Test("Level by level: the manager first, then the director")
    func serial() async throws {
        let house = try await TestHouse.open(
            changing: "objects/quotation.yaml", "    at_least: 1\n", to: "    at_least: 1\n    serial: true\n")
        let (id, summary) = try await house.submittedQuotation()
        #expect(summary.level == 2)
        #expect(summary.asked == staff("chen"))
        let second = try await house.decide("approve", summary.id, as: "chen")
        #expect(second.approval?.asked == staff("dong"))
        #expect(try await house.show("quotation", id)["status"] == .text("in_approval"))
        try await house.decide("approve", summary.id, as: "dong")
        #expect(try await house.show("quotation", id)["status"] == .text("approved"))
        await house.end()
    }

    private static let vote = """
            at_least: 1
            steps: [{level: 2, mode: 60%, seats: [{role: sales_manager, each: true}, {role: sales_director, weight: 2}, {role: finance_manager, veto: true}]}]

        """

    @Test("A vote counts weights, ends as soon as it is certain, and a veto ends it at once")
    func vote() async throws {
        for isVetoed in [false, true] {
            let house = try await TestHouse.open(
                changing: "objects/quotation.yaml", "    at_least: 1\n", to: Self.vote)
            let (id, summary) = try await house.submittedQuotation()
            #expect(summary.asked == staff("chen", "sun", "dong", "cai"))
            try await house.decide("reject", summary.id, as: "sun", note: "too low")
            let after = try await house.decide("approve", summary.id, as: "dong")
            #expect(after.approval?.status == "pending")
            if isVetoed {
                try await house.decide("reject", summary.id, as: "cai", note: "no")
            } else {
                try await house.decide("approve", summary.id, as: "chen")
            }
            #expect(
                try await house.show("quotation", id)["status"] == .text(isVetoed ? "draft" : "approved"))
            await house.end()
        }
    }

    @Test("Countersigning may ask every person of a position")
    func each() async throws {
        let house = try await TestHouse.open(
            changing: "objects/quotation.yaml", "    at_least: 1\n",
            to: "    at_least: 1\n    steps: [{level: 2, mode: all, seats: [{role: sales_manager, each: true}]}]\n")
        let (id, summary) = try await house.submittedQuotation()
        #expect(summary.asked == staff("chen", "sun"))
        try await house.decide("approve", summary.id, as: "sun")
        #expect(try await house.show("quotation", id)["status"] == .text("in_approval"))
        try await house.decide("approve", summary.id, as: "chen")
        #expect(try await house.show("quotation", id)["status"] == .text("approved"))
        await house.end()
    }

    // MARK: Stand-ins

    @Test("Nobody names a stand-in for somebody else, nor makes their own row another's, nor for ever")
    func delegationIsOnesOwn() async throws {
        let house = try await TestHouse.open()
        func row(_ from: String, _ to: String) -> Draft {
            Draft([
                "from": .record(Staff.id(from)), "to": .record(Staff.id(to)), "start": .text("2026-11-01T00:00:00Z"),
                "end": .text("2026-12-31T00:00:00Z"),
            ])
        }
        for (from, to) in [("chen", "lin"), ("dong", "mei"), ("zong", "wang")] {
            let refusal = try await refused { try await house.create("delegation", row(from, to), as: "lin") }
            #expect(refusal.kind == .forbidden || refusal.kind == .invalid, "\(from): \(refusal.code)")
        }
        var mine = row("lin", "wang")
        mine.fields["from"] = nil
        let own = try await house.create("delegation", mine, as: "lin").id
        #expect(try await house.show("delegation", own)["from"] == .record(Staff.id("lin")))
        await #expect(throws: Rejection.self) {
            try await house.update("delegation", own, Draft(["from": .record(Staff.id("chen"))]), as: "lin")
        }
        let long = try await refused {
            try await house.update("delegation", own, Draft(["end": .text("9999-12-31T00:00:00Z")]), as: "lin")
        }
        #expect(long.problems.first?.field == "end")
        await house.end()
    }

    @Test(
        "A typed rate above that of the house opens no authority of one's own; nor do small ones that together are large"
    )
    func ownAuthority() async throws {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        let company = try await house.customer("Nordlicht", of: "lin")
        let lamp = try await house.lamp("L-1")
        let dear = try await house.quotation(
            for: company, product: lamp, price: "9.8", as: "lin", ["fx_rate": .number("11.76")])
        let honest = try await house.quotation(for: company, product: lamp, price: "9.8", as: "lin")
        #expect(dear["margin_pct"] == honest["margin_pct"])
        // 100,000 CNY each, 140,000 the limit of one's own.
        let other = try await house.customer("Sudlicht", of: "lin")
        let first = try await house.quotation(for: other, product: lamp, qty: "1440", as: "lin").id
        let second = try await house.quotation(for: other, product: lamp, qty: "1440", as: "lin").id
        let split = try await refused { try await house.act("approve_own", "quotation", second, as: "lin") }
        #expect(split.code == "beyond_own" && split.kind == .conflict)
        _ = try await house.act("submit", "quotation", first, as: "lin")
        await house.end()
    }

    @Test("A stand-in decides up to the limit of the delegation, in the name of who is away")
    func withinDelegation() async throws {
        let house = try await TestHouse.open()
        try await house.delegate(from: "dong", to: "sun", cap: "50000")
        let (id, summary) = try await house.submittedQuotation()
        #expect(summary.asked == staff("sun"))
        try await house.decide("approve", summary.id, as: "sun")
        let events = try await house.kernel.answer(
            TimelineOf(object: "quotation", id: id, merged: false), as: try await house.actor("zong"))
        let granted = try #require(events.first { $0.kind == "action:approve" })
        #expect(granted.actorName == "SUN")
        #expect(granted.onBehalfOf == "DONG")
        await house.end()
    }

    @Test("What is above the limit goes to the next level, and says why")
    func beyondDelegation() async throws {
        let house = try await TestHouse.open()
        try await house.delegate(from: "dong", to: "sun", cap: "30000")
        let (_, summary) = try await house.submittedQuotation()
        #expect(summary.asked == staff("zong"))
        let record = try await house.show("approval", try #require(summary.id))
        let line = try #require(record.lines["steps"]?.first)
        #expect(line["why_en"].text?.contains("above the limit of who stands in") == true)
        #expect(try await refused { try await house.decide("approve", summary.id, as: "sun") }.code == "not_found")
        await house.end()
    }

    // MARK: Limits

    @Test("A gap or an overlap of the limits is told when a limit is saved, and higher levels decide there")
    func faults() async throws {
        let house = try await TestHouse.open()
        let rows = try await house.rows(
            of: "approval_rule", ["to"], filter: "kind = \"credit\" AND level = 1")
        let rule = try #require(rows.first?.id)
        let actor = try await house.actor("ada")
        for (to, code) in [("15000", "level_gap"), ("30000", "level_overlap"), ("20000", nil)] {
            let version = try await house.show("approval_rule", rule).version
            let outcome = try await house.kernel.perform(
                Command(
                    .update(object: "approval_rule", id: rule, Draft(["to": .number(to)]), expecting: version)),
                as: actor)
            #expect(outcome.warnings.map(\.code) == [code].compactMap(\.self))
            #expect(outcome.warnings.allSatisfy { $0.field == "from" && $0.message.en.contains("Customer credit") })
        }
        await house.end()
    }
}
