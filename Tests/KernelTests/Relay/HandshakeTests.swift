import Definitions
import Kernel
import Store
import Testing
import Values

/// 交棒与接棒: how the baton goes from one to the next.
@Suite("The baton goes from hand to hand") struct HandshakeTests {
    @Test("A new order is offered to its merchandiser; its release hands it to finance, with a notice to each")
    func follows() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        var leg = try await relay.current(order)
        #expect(leg.leg == "contract_review")
        #expect(leg.holder == Staff.id("mei"))
        #expect(leg.status == "offered")
        #expect(leg.dueAt != nil)
        try await relay.perform(.accept(leg: leg.id), as: "mei")
        leg = try await relay.current(order)
        #expect(leg.status == "held" && leg.acceptedBy == Staff.id("mei"))
        try await relay.act("pass_review", order, as: "mei")
        let next = try await relay.current(order)
        #expect(next.leg == "deposit" && next.holder == Staff.id("cai") && next.status == "offered")
        #expect(next.giver == Staff.id("mei") && next.previous == leg.id && next.cameFrom == "contract_review")
        let runs = try await relay.runs(of: order)
        #expect(runs.map(\.status) == ["done", "offered"])
        #expect(runs.first?.exit == "action:pass_review")
        #expect(try await relay.notices("cai").contains { $0.hasPrefix("MEI 把“定金”交给你") })
        await relay.house.end()
    }

    @Test("Of two who accept at once one has it, the other is told who")
    func onlyOne() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.house.update(
            "user", Staff.id("mei"), Draft(["backup": .record(Staff.id("gong"))]), as: "ada")
        let leg = try await relay.current(order)
        try await relay.house.update(
            "order", order, Draft(["backup": .record(Staff.id("dong"))]), as: "zong")
        try await relay.perform(.accept(leg: leg.id), as: "mei")
        let late = try await refused { try await relay.perform(.accept(leg: leg.id), as: "mei") }
        #expect(late.kind == .conflict && late.code == "taken_already")
        #expect(late.message.zh == "MEI 已经接棒")
        await relay.house.end()
    }

    @Test("Twelve who accept the same baton at the same moment: one success each time")
    func twelve() async throws {
        let relay = try await RelayHouse.open()
        let mei = try await relay.house.actor("mei")
        for _ in 0..<8 {
            let leg = try await relay.current(try await relay.order())
            let outcomes = await withTaskGroup(of: Rejection?.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        do {
                            _ = try await relay.house.kernel.perform(
                                Command(.relay(.accept(leg: leg.id))), as: mei)
                            return nil
                        } catch {
                            return error as? Rejection
                        }
                    }
                }
                return await group.reduce(into: [Rejection?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.compactMap { $0 }.allSatisfy { $0.code == "taken_already" })
        }
        await relay.house.end()
    }

    @Test("A returned baton is back with the giver, with the reason; only the giver's clock begins anew")
    func givenBack() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.act("pass_review", order, as: "mei")
        let deposit = try await relay.current(order)
        let silent = try await refused { try await relay.perform(.giveBack(leg: deposit.id, reason: " "), as: "cai") }
        #expect(silent.kind == .invalid)
        relay.house.clock.advance(seconds: 1800)
        try await relay.perform(.giveBack(leg: deposit.id, reason: "缺合同"), as: "cai")
        let runs = try await relay.runs(of: order)
        #expect(runs.map(\.leg) == ["contract_review", "deposit", "contract_review"])
        #expect(runs.map(\.status) == ["done", "returned", "held"])
        #expect(runs[1].reason == "缺合同")
        #expect(runs[2].holder == Staff.id("mei") && runs[2].visit == 2)
        #expect(runs[2].offeredAt == relay.house.clock.now)
        #expect(try await relay.house.show("order", order)["stage"] == .text("contract_review"))
        #expect(try await relay.notices("mei").contains { $0.contains("被 CAI 退回：缺合同") })
        let over = try await refused { try await relay.perform(.accept(leg: deposit.id), as: "cai") }
        #expect(over.code == "leg_returned")
        let first = try await refused {
            try await relay.perform(.giveBack(leg: try await relay.current(order).id, reason: "x"), as: "mei")
        }
        #expect(first.code == "no_giver")
        await relay.house.end()
    }

    @Test("What is missing keeps the baton, unless each thing gets a date; then it is owed and asked for on that day")
    func openItems() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        func handOver(_ items: [OpenItem], to: RecordID? = nil) async throws -> Outcome {
            try await relay.perform(
                .handOver(
                    object: "order", record: order, action: "pass_review", draft: Draft(), expecting: nil,
                    openItems: items, to: to), as: "mei")
        }
        let missing = try await refused { try await handOver([]) }
        #expect(missing.code == "deliverables_missing")
        #expect(missing.message.zh.contains("评审清单通过"))
        #expect(try await relay.current(order).leg == "contract_review")
        let now = relay.house.clock.now
        let past = try await refused {
            try await handOver([OpenItem(deliverable: "checklist", text: "", due: now.adding(seconds: -1))])
        }
        #expect(past.code == "bad_date" && past.problems.first?.field == "open_items[0].due")
        let never = try await refused {
            try await handOver([OpenItem(deliverable: "checklist", text: "", due: now.adding(seconds: 400 * 86_400))])
        }
        #expect(never.code == "bad_date")
        #expect(try await relay.runs(of: order).count == 1)
        _ = try await handOver(
            [
                OpenItem(deliverable: "checklist", text: "", due: now.adding(seconds: 7200)),
                OpenItem(deliverable: "", text: "客户签字页", due: now.adding(seconds: 90_000)),
            ], to: Staff.id("dong"))
        let deposit = try await relay.current(order)
        #expect(deposit.leg == "deposit" && deposit.holder == Staff.id("dong"))
        let items = try await relay.standing(order, as: "mei").items
        #expect(items.map(\.text) == ["评审清单通过", "客户签字页"])
        #expect(items.allSatisfy { $0.owedBy?.id == Staff.id("mei") && $0.settledAt == nil })
        try await relay.wait(hours: 3)
        #expect(try await relay.notices("mei").contains { $0.hasPrefix("交棒时欠的“评审清单通过”到期") })
        #expect(try await relay.notices("dong").contains { $0.hasPrefix("交棒时欠的“评审清单通过”到期") })
        try await relay.perform(.settle(leg: deposit.id, item: items[1].id), as: "mei")
        let twice = try await refused {
            try await relay.perform(.settle(leg: deposit.id, item: items[1].id), as: "mei")
        }
        #expect(twice.code == "settled_already")
        try await relay.wait(hours: 48)
        #expect(try await relay.notices("mei").contains { $0.contains("客户签字页") } == false)
        await relay.house.end()
    }

    @Test("A record's own action asks nothing: what is missing is owed by the end of the next working day")
    func owed() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.act("pass_review", order, as: "mei")
        let items = try await relay.standing(order, as: "mei").items
        #expect(items.map(\.text) == ["评审清单通过"])
        #expect(items.first?.due == Instant("2026-11-23T10:00:00Z"))
        let ready = try await relay.order()
        try await relay.perform(
            .tick(leg: try await relay.current(ready).id, deliverable: "checklist", done: true), as: "mei")
        try await relay.act("pass_review", ready, as: "mei")
        #expect(try await relay.standing(ready, as: "mei").items.isEmpty)
        await relay.house.end()
    }

    @Test("Passed on, it is offered to a colleague; nobody but holder, stand-in and superior may act in a leg")
    func passed() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let leg = try await relay.current(order)
        let stranger = try await refused { try await relay.perform(.accept(leg: leg.id), as: "lin") }
        #expect(stranger.code == "not_your_leg" && stranger.kind == .forbidden)
        let blind = try await refused { try await relay.perform(.accept(leg: leg.id), as: "zhao") }
        #expect(blind.kind == .missing)
        try await relay.perform(.pass(leg: leg.id, to: Staff.id("chen")), as: "dong")
        let passed = try await relay.current(order)
        #expect(passed.holder == Staff.id("chen") && passed.status == "offered")
        let again = try await refused {
            try await relay.perform(.pass(leg: leg.id, to: Staff.id("chen")), as: "dong")
        }
        #expect(again.code == "holds_already")
        let nobody = try await refused {
            try await relay.perform(.pass(leg: leg.id, to: Staff.id("nobody")), as: "dong")
        }
        #expect(nobody.code == "unknown_person")
        await relay.house.end()
    }

    @Test("The baton goes to nobody who doesn't see the record; the refusal names who could take it")
    func withoutSight() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let leg = try await relay.current(order)
        let passed = try await refused {
            try await relay.perform(.pass(leg: leg.id, to: Staff.id("zhao")), as: "mei")
        }
        #expect(passed.code == "taker_without_sight" && passed.kind == .invalid)
        #expect(passed.problems.first?.field == "to")
        #expect(passed.message.zh.hasPrefix("ZHAO 看不到这条记录，接不了“评审”；可以交给 MEI"))
        #expect(try await relay.current(order).holder == Staff.id("mei"))
        try await relay.perform(.tick(leg: leg.id, deliverable: "checklist", done: true), as: "mei")
        let handed = try await refused {
            try await relay.perform(
                .handOver(
                    object: "order", record: order, action: "pass_review", draft: Draft(), expecting: nil,
                    openItems: [], to: Staff.id("zhao")), as: "mei")
        }
        #expect(handed.code == "taker_without_sight" && handed.problems.first?.field == "to")
        #expect(try await relay.current(order).id == leg.id)
        await relay.house.end()
    }

    @Test("A reason says something, is no longer than 2,000 characters and holds nothing that isn't seen")
    func reasons() async throws {
        let relay = try await RelayHouse.open()
        let leg = try await relay.current(try await relay.order())
        for (reason, code) in [
            ("\u{200B}\u{2060}", "required"), (String(repeating: "等", count: 2001), "too_long"),
            ("等\u{0}料", "control_character"), ("等\u{202E}料", "control_character"),
        ] {
            let said = try await refused { try await relay.perform(.pause(leg: leg.id, reason: reason), as: "mei") }
            #expect(said.code == code && said.kind == .invalid)
            #expect(said.problems.first?.field == "reason")
        }
        try await relay.perform(.pause(leg: leg.id, reason: String(repeating: "等", count: 2000)), as: "mei")
        await relay.house.end()
    }

    @Test("Who is away is stood in for by their delegate on those days only, however the delegations run in a circle")
    func delegation() async throws {
        let relay = try await RelayHouse.open()
        let now = relay.house.clock.now
        func delegate(_ from: String, _ to: String, from start: Int, to end: Int) async throws {
            _ = try await relay.house.plant(
                "delegation",
                Draft([
                    "from": .record(Staff.id(from)), "to": .record(Staff.id(to)),
                    "start": .text(now.adding(seconds: start).description),
                    "end": .text(now.adding(seconds: end).description),
                ]))
        }
        try await delegate("mei", "gong", from: -60, to: 3600)
        let away = try await relay.current(try await relay.order())
        #expect(away.holder == Staff.id("gong") && away.inStead == Staff.id("mei"))
        relay.house.clock.advance(seconds: 3600)
        let back = try await relay.current(try await relay.order())
        #expect(back.holder == Staff.id("mei") && back.inStead == nil)
        try await delegate("mei", "gong", from: 3000, to: 90_000)
        try await delegate("gong", "mei", from: 3000, to: 90_000)
        let circle = try await relay.current(try await relay.order())
        // Nobody of the circle is there: the next of the leg's holders, here those who head the merchandisers.
        #expect(circle.holder != Staff.id("mei") && circle.holder != Staff.id("gong"))
        await relay.house.end()
    }
}
