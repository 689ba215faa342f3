import Definitions
import Kernel
import Testing
import Values

/// Requests for changes of orders: what the house finds out, who agrees, what is done to the order.
@Suite("The change desk") struct ChangeDeskTests {
    /// An order in production with a confirmed PI, an L/C and a plan on line L1.
    private struct Scene {
        let house: TestHouse
        let order: RecordID
        let pi: RecordID

        static func open() async throws -> Scene {
            let house = try await TestHouse.open()
            let (order, pi) = try await house.runningOrder(of: "lin", line: "L1")
            _ = try await house.plant(
                "lc",
                Draft([
                    "no": .text("LC-77"), "applicant": .record(try await house.customer("Opener GmbH", of: "lin")),
                    "order": .record(order), "amount": .object(["amount": .number("9000"), "currency": .text("USD")]),
                    "latest_ship": .text("2027-01-25"), "expiry": .text("2027-02-25"),
                ]))
            return Scene(house: house, order: order, pi: pi)
        }

        func request(_ kind: String, _ after: Input, _ more: [String: Input] = [:]) async throws -> RecordID {
            var draft = Draft([
                "order": .record(order), "kind": .text(kind), "after": after,
                "reason": .text("The customer asks for it"),
            ])
            draft.fields.merge(more) { _, new in new }
            return try await house.create("change_request", draft, as: "mei").id
        }

        func approve(_ id: RecordID) async throws {
            _ = try await house.act("submit", "change_request", id, as: "mei")
            _ = try await house.act("confirm_effects", "change_request", id, as: "mei")
            _ = try await house.act("assess", "change_request", id, as: "mei")
            try await grant(id)
        }

        /// Whoever is asked agrees, from the lowest level on; small changes need nobody.
        func grant(_ id: RecordID) async throws {
            for login in ["chen", "sun", "gong", "dong", "zong"] {
                guard try await house.show("change_request", id)["status"] == .text("in_approval") else { return }
                do {
                    _ = try await house.act("approve", "change_request", id, as: login)
                } catch is Rejection {
                    continue  // somebody else is asked
                }
            }
        }
    }

    private let more: Input = .object(["lines": .list([.object(["line": .number("1"), "qty": .number("480")])])])

    @Test(
        "The sheet of a quantity change names the line it blocks, the papers to reissue, the days and the L/C to amend")
    func sheet() async throws {
        let scene = try await Scene.open()
        let (other, _) = try await scene.house.runningOrder(of: "zhao", line: "L1")
        let id = try await scene.request("qty", more)
        _ = try await scene.house.act("submit", "change_request", id, as: "mei")
        let found = try await scene.house.show("change_request", id)
        #expect(found["change_point"] == .text("in_production"))
        #expect(found["severity"] == .text("S3"))
        #expect(found["lc_amendment"] == .bool(true))
        #expect(found["documents"] == .list([.text("pi")]))
        #expect(found["affected_orders"] == .list([.record(other)]))
        #expect(found.number("affected_count") == "1")
        // Seven working days from 20 January 2027, a Wednesday.
        #expect(found.number("delay_days") == "9")
        #expect(found.number("level") == "2")
        let lines = try #require(found.lines["impact_lines"])
        let kinds = lines.compactMap { $0["kind"].text }
        #expect(kinds == ["cost", "cost", "time", "deadline", "deadline", "shared", "document"])
        #expect(lines.last?["document"] == .record(scene.pi))
        #expect(found["before"].text == #"{"lines":[{"line":1,"qty":240.000}]}"#)
        await scene.house.end()
    }

    @Test(
        "Nobody submits for approval what the owner has not agreed to line by line; what was corrected stays and counts"
    )
    func confirmed() async throws {
        let scene = try await Scene.open()
        let id = try await scene.request("qty", more)
        _ = try await scene.house.act("submit", "change_request", id, as: "mei")
        #expect(
            try await refused { try await scene.house.act("assess", "change_request", id, as: "mei") }.code
                == "condition_not_met")
        let seen = try await scene.house.show("change_request", id, as: "chen")
        let drafts = try #require(seen.lines["impact_lines"]).map { line in
            line["kind"].text == "cost" && line["text_en"].text?.hasPrefix("Change-over") == true
                ? LineDraft(id: line.id, ["amount": .number("6000"), "confirmed": .bool(true)])
                : LineDraft(id: line.id, [:])
        }
        _ = try await scene.house.update("change_request", id, Draft(lines: ["impact_lines": drafts]), as: "chen")
        #expect(try await scene.house.show("change_request", id).number("cost_impact") == "6000")
        _ = try await scene.house.act("work_out", "change_request", id, as: "mei")
        let again = try await scene.house.show("change_request", id)
        #expect(again.number("cost_impact") == "6000")
        #expect(again.lines["impact_lines"]?.count == drafts.count)
        _ = try await scene.house.act("confirm_effects", "change_request", id, as: "mei")
        _ = try await scene.house.act("assess", "change_request", id, as: "mei")
        await scene.house.end()
    }

    @Test("What the house finds can't be talked down: the level follows from the higher of both, asked anew at the end")
    func notTalkedDown() async throws {
        let scene = try await Scene.open()
        _ = try await scene.house.runningOrder(of: "zhao", line: "L1")
        let id = try await scene.request("qty", more)
        _ = try await scene.house.act("submit", "change_request", id, as: "mei")
        let found = try await scene.house.show("change_request", id)
        #expect(found.number("found_days") == "9" && found.number("found_count") == "1")
        var less = Draft(["delay_days": .number("0"), "affected_count": .number("0")])
        less.fields["affected_orders"] = .list([])
        less.lines["impact_lines"] = []
        let lowered = try await scene.house.update("change_request", id, less, as: "mei")
        #expect(lowered.number("delay_days") == "0" && lowered.number("level") == found.number("level"))
        _ = try await scene.house.act("assess", "change_request", id, as: "mei")
        let asked = try await scene.house.show("change_request", id)
        #expect(asked["status"] == .text("in_approval") && asked.number("found_days") == "9")
        await #expect(throws: Rejection.self) {
            try await scene.house.update("change_request", id, Draft(["found_days": .number("0")]), as: "mei")
        }
        await scene.house.end()
    }

    @Test(
        "What the order can't take is refused when it is asked for, not when it is carried out",
        arguments: [
            #"{"lines": {"1": {"price": 0.01}}}"#, #"{"lines": [{"line_no": 1, "price": 9}]}"#,
            #"{"lines": [{"line": 7, "price": 9}]}"#,
        ])
    func malformed(_ after: String) async throws {
        let scene = try await Scene.open()
        let refusal = try await refused {
            _ = try await scene.request("price", try JSONText.read(Array(after.utf8)))
        }
        #expect(refusal.kind == .invalid && refusal.problems.first?.field == "after")
        await scene.house.end()
    }

    @Test("An approved change whose order has moved meanwhile is assessed again, and asked for again")
    func assessedAgain() async throws {
        let scene = try await Scene.open()
        let id = try await scene.request("qty", more)
        try await scene.approve(id)
        let marks = try await scene.request("packing", .object(["packing": .text("crate")]))
        try await scene.approve(marks)
        let line: Input = .object(["lines": .list([.object(["line": .number("1"), "qty": .number("360")])])])
        let other = try await scene.request("qty", line)
        try await scene.approve(other)
        _ = try await scene.house.act("apply", "change_request", other, as: "mei")
        let moved = try await refused { try await scene.house.act("apply", "change_request", id, as: "mei") }
        #expect(moved.code == "changed_meanwhile")
        _ = try await scene.house.act("reassess", "change_request", id, as: "mei")
        #expect(try await scene.house.show("change_request", id)["status"] == .text("assessing"))
        _ = try await scene.house.act("confirm_effects", "change_request", id, as: "mei")
        _ = try await scene.house.act("assess", "change_request", id, as: "mei")
        try await scene.grant(id)
        _ = try await scene.house.act("apply", "change_request", id, as: "mei")
        #expect(try await scene.house.show("order", scene.order).number("qty_ordered") == "480")
        await scene.house.end()
    }

    @Test("An approved change is carried out whole: the order has the new values, its history names the request")
    func carriedOut() async throws {
        let scene = try await Scene.open()
        let after: Input = .object([
            "current_etd": .text("2027-01-24"), "marks": .text("N/M 2"),
            "lines": .list([.object(["line": .number("1"), "qty": .number("480")])]),
        ])
        let id = try await scene.request("qty", after)
        try await scene.approve(id)
        #expect(try await scene.house.show("order", scene.order).number("qty_ordered") == "240")
        _ = try await scene.house.act("apply", "change_request", id, as: "mei")
        let order = try await scene.house.show("order", scene.order)
        #expect(order.number("qty_ordered") == "480")
        #expect(order["marks"] == .text("N/M 2"))
        let system = Actor.system("test")
        let steps = try await scene.house.kernel.answer(
            LineageOf(object: "order", id: scene.order, field: "current_etd"), as: system)
        #expect(steps.map(\.request) == [RecordReference(object: "change_request", id: id)])
        let etd = steps.first?.changes.first
        #expect(etd?.before == .day(try #require(Day("2027-01-20"))))
        #expect(etd?.after == .day(try #require(Day("2027-01-24"))))
        #expect(steps.first?.reason.hasSuffix("The customer asks for it") == true)
        let none = try await scene.house.kernel.answer(
            LineageOf(object: "order", id: scene.order, field: "pod"), as: system)
        #expect(none.isEmpty)
        await scene.house.end()
    }

    @Test("What the order refuses leaves nothing half written: neither the order nor the request has moved")
    func allOrNothing() async throws {
        let scene = try await Scene.open()
        let after: Input = .object([
            "marks": .text("new marks"), "lines": .list([.object(["line": .number("1"), "qty": .number("0")])]),
        ])
        let id = try await scene.request("qty", after)
        _ = try await scene.house.act("submit", "change_request", id, as: "mei")
        let lines = try #require(try await scene.house.show("change_request", id).lines["impact_lines"])
        #expect(lines.first?["kind"] == .text("obstacle"))
        #expect(lines.first?["text_zh"] == .text("数量要大于 0"))
        _ = try await scene.house.act("confirm_effects", "change_request", id, as: "mei")
        _ = try await scene.house.act("assess", "change_request", id, as: "mei")
        try await scene.grant(id)
        try await refused { try await scene.house.act("apply", "change_request", id, as: "mei") }
        #expect(try await scene.house.show("order", scene.order)["marks"] == .text("N/M"))
        #expect(try await scene.house.show("change_request", id)["status"] == .text("approved"))
        await scene.house.end()
    }

    @Test(
        "An order that changed after the assessment is not overwritten, and the first promise can't be changed at all")
    func changedMeanwhile() async throws {
        let scene = try await Scene.open()
        let id = try await scene.request("packing", .object(["marks": .text("by request")]))
        try await scene.approve(id)
        _ = try await scene.house.update("order", scene.order, Draft(["marks": .text("by hand")]), as: "mei")
        let refusal = try await refused { try await scene.house.act("apply", "change_request", id, as: "mei") }
        #expect(refusal.code == "changed_meanwhile")
        #expect(try await scene.house.show("order", scene.order)["marks"] == .text("by hand"))
        let other = try await refused {
            _ = try await scene.request("delivery", .object(["confirmed_etd": .text("2027-03-01")]))
        }
        #expect(other.problems.map(\.code) == ["not_changeable"])
        await scene.house.end()
    }

    @Test("Cancelling goes the way of the order's own action; words that name no field are kept and change nothing")
    func cancelling() async throws {
        let scene = try await Scene.open()
        let words = try await scene.request("spec", .object(["色温": .text("4000K")]))
        try await scene.approve(words)
        _ = try await scene.house.act("apply", "change_request", words, as: "mei")
        #expect(try await scene.house.show("order", scene.order)["stage"] == .text("production"))
        let id = try await scene.request("cancel", .object([:]))
        try await scene.approve(id)
        _ = try await scene.house.act("apply", "change_request", id, as: "mei")
        let order = try await scene.house.show("order", scene.order)
        #expect(order["stage"] == .text("cancelled"))
        #expect(order["cancel_reason"].text?.contains("The customer asks for it") == true)
        await scene.house.end()
    }

    @Test("An emergency is decided first; its review is a task due in two working days and is done by somebody else")
    func emergency() async throws {
        let scene = try await Scene.open()
        let id = try await scene.request("packing", .object(["marks": .text("urgent")]), ["emergency": .bool(true)])
        _ = try await scene.house.act(
            "decide_emergency", "change_request", id, ["decision_note": .text("go")], as: "chen")
        let request = try await scene.house.show("change_request", id)
        #expect(request["status"] == .text("approved"))
        #expect(request["retro_review"].day != nil)
        #expect(request.lines["impact_lines"]?.isEmpty == false)
        let tasks = try await scene.house.kernel.answer(
            ListRecords(object: "task", columns: ["title", "due", "assignee", "target"]), as: .system("test"))
        #expect(tasks.rows.count == 1)
        #expect(tasks.rows.first?["target"] == .record(id))
        #expect(tasks.rows.first?["due"].instant?.day == request["retro_review"].day)
        try await refused {
            try await scene.house.act("review", "change_request", id, ["review_note": .text("ok")], as: "mei")
        }
        _ = try await scene.house.act("review", "change_request", id, ["review_note": .text("ok")], as: "zong")
        #expect(try await scene.house.show("change_request", id)["reviewed_at"].instant != nil)
        await scene.house.end()
    }

    @Test("More emergencies in a month than a tenth of its changes are told to the general manager")
    func cap() async throws {
        let scene = try await Scene.open()
        for _ in 0..<9 { _ = try await scene.request("packing", .object(["note": .text("x")])) }
        func urgent() async throws {
            let id = try await scene.request("packing", .object(["note": .text("y")]), ["emergency": .bool(true)])
            _ = try await scene.house.act(
                "decide_emergency", "change_request", id, ["decision_note": .text("go")], as: "chen")
        }
        func told() async throws -> Int {
            try await scene.house.kernel.answer(MyNotices(), as: try await scene.house.actor("zong"))
                .filter { $0.kind == "emergency_cap" }.count
        }
        try await urgent()
        #expect(try await told() == 0)
        try await urgent()
        #expect(try await told() == 1)
        await scene.house.end()
    }

    @Test(
        "A look at the effects writes nothing, and shows of other orders only those in one's sight, of costs what one may see"
    )
    func look() async throws {
        let scene = try await Scene.open()
        let (other, _) = try await scene.house.runningOrder(of: "zhao", line: "L1")
        let id = try await scene.request("spec", .object(["marks": .text("x")]))
        let mei = try await scene.house.kernel.answer(
            ImpactOf(object: "change_request", id: id), as: try await scene.house.actor("mei"))
        #expect(mei.others == 1)
        #expect(mei.lines.contains { $0.other == other } == false)
        #expect(mei.cost == nil)
        let zong = try await scene.house.kernel.answer(
            ImpactOf(object: "change_request", id: id), as: try await scene.house.actor("zong"))
        #expect(zong.lines.contains { $0.other == other })
        #expect(zong.severity == "S2")
        #expect(zong.cost.map { $0 > .zero } == true)
        #expect(try await scene.house.show("change_request", id).lines["impact_lines"]?.isEmpty == true)
        await scene.house.end()
    }
}

extension TestHouse {
    /// An order of 240 lamps in production on a line, with its confirmed PI; the merchandiser is mei for lin's.
    func runningOrder(of owner: String, line: String) async throws -> (order: RecordID, pi: RecordID) {
        let company = try await customer("Customer of \(owner) on \(line)", of: owner)
        let lamp = try await lamp("LAMP-\(owner)-\(line)")
        let goods = LineDraft([
            "product": .record(lamp), "qty": .number("240"), "price": .number("10"), "description": .text("lamp"),
        ])
        var invoice = Draft([
            "company": .record(company), "currency": .text("USD"), "fx_rate": .number("7.1"),
            "status": .value(.text("confirmed")),
        ])
        invoice.lines["lines"] = [goods]
        let pi = try await plant("pi", invoice, owner: owner)
        var draft = Draft([
            "pi": .record(pi), "company": .record(company), "fx_rate": .number("7.1"), "currency": .text("USD"),
            "confirmed_etd": .text("2027-01-20"), "marks": .text("N/M"), "packing": .text("box"),
            "merchandiser": .record(Staff.id(owner == "lin" ? "mei" : owner)), "stage": .value(.text("production")),
        ])
        draft.lines["lines"] = [goods]
        let order = try await plant("order", draft, owner: owner)
        _ = try await plant(
            "production_plan",
            Draft([
                "order": .record(order), "line": .text(line), "start": .text("2026-12-01"), "end": .text("2026-12-20"),
                "qty": .number("240"),
            ]), owner: owner)
        return (order, pi)
    }
}
