import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("The relay's pages", .serialized)
struct RelayTests {
    private func withWorld(
        customer: String = "Nordlicht", _ body: (RelayWorld) async throws -> Void
    ) async throws {
        let world = try await RelayWorld.open(customer: customer)
        try await body(world)
        await world.house.end()
    }

    @Test("Every way to draw the board opens, with and without a record beside it, and without inline styles")
    func everyView() async throws {
        try await withWorld { world in
            for view in ["lanes", "board", "time", "list"] {
                for target in [world.board + "?view=" + view, world.panel + "&view=" + view] {
                    let reply = await world.mei.get(target)
                    #expect(reply.status == 200, "\(target): \(reply.status) \(reply.text.prefix(400))")
                    #expect(reply.text.contains("open=\(world.order)"), "\(target)")
                    #expect(!reply.text.contains("style=\""), "\(target) has an inline style")
                }
            }
            let paths = [
                "/relay", world.board + "?slice=mine", world.board + "?only=late", world.board + "/\(world.order)",
                "/relay/inquiry", "/relay/quotation", "/",
            ]
            for path in paths {
                let reply = await world.lin.get(path)
                #expect(reply.status == 200, "\(path): \(reply.status) \(reply.text.prefix(400))")
            }
        }
    }

    @Test("The merchandiser accepts from the panel, and the panel then offers the hand-over")
    func accepts() async throws {
        try await withWorld { world in
            #expect(await world.mei.text(world.panel).contains("接棒"))
            let reply = try await world.post("accept", by: world.mei)
            #expect(reply.status == 303 && reply.location == world.panel)
            let page = await world.mei.text(world.panel)
            #expect(page.contains("已接棒"))
            #expect(page.contains("还差 1 项必交物"), "its checklist is not ticked")
            #expect(try await world.now().isOffered == false)
        }
    }

    @Test("A hand-over with a missing deliverable is refused at the place, keeps what was typed, and goes with a date")
    func openItems() async throws {
        try await withWorld { world in
            _ = try await world.post("accept", by: world.mei)
            let now = try await world.now()
            let past = try await world.post(
                "hand-over", [("action", "pass_review"), ("due.checklist", "2026-11-01T18:00")], by: world.mei)
            #expect(past.status == 422)
            #expect(past.text.contains("补交时间已经过去"))
            #expect(past.text.contains("value=\"2026-11-01T18:00\""), "what was typed is gone")
            #expect(past.text.contains("id=\"do-pass_review\""))
            #expect(try await world.now().leg == now.leg)
            let without = try await world.post("hand-over", [("action", "pass_review")], by: world.mei)
            #expect(without.status == 409 && without.text.contains("还差必交物"))
            let fine = try await world.post(
                "hand-over", [("action", "pass_review"), ("due.checklist", "2026-11-25T18:00")], by: world.mei)
            #expect(fine.status == 303, "\(fine.text.prefix(600))")
            #expect(try await world.now().leg != now.leg)
            let panel = await world.lin.text(world.panel)
            #expect(panel.contains("待补交"), "what is owed is shown")
        }
    }

    @Test("A return without a reason is refused in its own form")
    func reasons() async throws {
        try await withWorld { world in
            _ = try await world.post("accept", by: world.mei)
            let reply = try await world.post("pause", [("reason", "  ")], by: world.mei)
            #expect(reply.status == 422)
            #expect(reply.text.contains("请写明原因"))
            #expect(reply.text.contains("id=\"do-pause\""))
            let fine = try await world.post("pause", [("reason", "等客户 <b>确认</b>")], by: world.mei)
            #expect(fine.status == 303)
            let page = await world.mei.text(world.board)
            #expect(page.contains("等客户 &lt;b&gt;确认&lt;/b&gt;") && !page.contains("<b>确认</b>"))
        }
    }

    @Test("Who may not see the order sees neither its row nor its panel, and can do nothing with its baton")
    func outOfSight() async throws {
        try await withWorld { world in
            for target in [world.board, world.panel, world.board + "?view=list", world.board + "?q=Nord", "/"] {
                let reply = await world.other.get(target)
                #expect(reply.status == 200, "\(target): \(reply.status)")
                #expect(!reply.text.contains("Nordlicht"), "\(target) tells of the customer")
            }
            #expect(await world.other.get(world.board + "/\(world.order)").status == 404)
            let taken = try await world.post("accept", by: world.other)
            #expect(taken.status == 404)
            let handed = try await world.post("hand-over", [("action", "pass_review")], by: world.other)
            #expect(handed.status == 404)
            #expect(await world.other.get("/api/v1/relay/order/\(world.order)").status == 404)
            #expect(try await world.now().isOffered)
        }
    }

    @Test("Somebody else's baton is looked at: its owner may not accept it and is told whose it is")
    func notMine() async throws {
        try await withWorld { world in
            let reply = try await world.post("accept", by: world.lin)
            #expect(reply.status == 403 && reply.text.contains("Mei"))
            #expect(try await world.now().isOffered)
        }
    }

    @Test("Names that look like markup are written as text, everywhere on the board")
    func escapes() async throws {
        try await withWorld(customer: "<i>Nord</i> & \"Licht\"") { world in
            for view in ["lanes", "board", "time", "list"] {
                let page = await world.mei.text(world.panel + "&view=" + view)
                #expect(page.contains("&lt;i&gt;Nord&lt;/i&gt;") && !page.contains("<i>Nord</i>"), "\(view)")
            }
        }
    }

    @Test("The day of the merchandiser offers the baton, and accepting there comes back to the day")
    func onTheDay() async throws {
        try await withWorld { world in
            let day = await world.mei.text("/")
            #expect(day.contains("我手里的棒") && day.contains("待接棒"))
            let now = try await world.now()
            let reply = await world.mei.post(
                "/relay/order/\(world.order)/accept", [("leg", now.run.description), ("back", "/")])
            #expect(reply.status == 303 && reply.location == "/")
            let after = await world.mei.text("/")
            #expect(after.contains("我手里的棒") && !after.contains("待接棒"))
        }
    }

    @Test("What is in hand stands on the day once: neither the order itself nor a note of its hand-over beside it")
    func once() async throws {
        try await withWorld { world in
            let day = await world.mei.text("/")
            #expect(day.contains("open=\(world.order)") && !day.contains("/o/order/\(world.order)"))
        }
    }

    @Test("A baton is found by its run on the board of its object; who may not see it finds nothing there")
    func byLeg() async throws {
        try await withWorld { world in
            let run = try await world.now().run
            let reply = await world.mei.get("/relay?leg=\(run)")
            #expect(reply.status == 303 && reply.location == world.panel)
            #expect(await world.other.get("/relay?leg=\(run)").status == 404)
            #expect(await world.mei.get("/relay?leg=nonsense").status == 404)
        }
    }

    @Test("Who takes a baton is chosen by name, pinyin or role, with what they have in hand, without script too")
    func picker() async throws {
        try await withWorld { world in
            _ = try await world.post("accept", by: world.mei)
            let panel = await world.mei.text(world.panel)
            #expect(panel.contains("<bt-person") && panel.contains("<select class=\"in\" id=\"to-pass\""))
            #expect(panel.contains("在手 0"))
            let name = SpokenName("钱卫东")
            #expect(name.full == "qianweidong" && name.initials == "qwd")
            #expect(SpokenName("Álvaro Núñez").initials == "an")
        }
    }

    @Test("The page of the order says where the baton is, and its history tells of it in the reader's language")
    func onTheRecord() async throws {
        try await withWorld { world in
            let page = await world.lin.text("/o/order/\(world.order)")
            #expect(page.contains("href=\"/relay/order?open=\(world.order)\""))
            #expect(page.contains("交棒，待接"))
            #expect(page.contains("Mei") && !page.contains(" / Review"))
        }
    }

    @Test("A stand-in is set in one press and taken back")
    func standIn() async throws {
        try await withWorld { world in
            let mei = try await RelayWorld.id(of: "mei", world.house)
            let none = await world.lin.post("/absence", [("to", ""), ("span", "today")])
            #expect(none.status == 422 && none.text.contains("请选择"))
            let reply = await world.lin.post("/absence", [("to", mei.description), ("span", "next")])
            #expect(reply.status == 303, "\(reply.text.prefix(500))")
            let page = await world.lin.text("/absence")
            #expect(page.contains("Mei 代你"))
            let match = try #require(page.firstMatch(of: /absence\/([0-9a-f-]{36})\/end/))
            let version = try #require(page.firstMatch(of: /name="version" value="(\d+)"/))
            let ended = await world.lin.post("/absence/\(match.1)/end", [("version", String(version.1))])
            #expect(ended.status == 303)
            #expect(await world.lin.text("/absence").contains("Mei 代你") == false)
        }
    }

    @Test("A superior names a stand-in for somebody who is ill, both are told; nobody does for a stranger")
    func standInForOther() async throws {
        try await withWorld { world in
            let (lin, mei) = (
                try await RelayWorld.id(of: "lin", world.house), try await RelayWorld.id(of: "mei", world.house)
            )
            let boss = try await world.house.person("fang", roles: ["sales_manager"])
            let fang = try await RelayWorld.id(of: "fang", world.house)
            let asked = [("from", lin.description), ("to", mei.description), ("span", "today")]
            let stranger = await boss.post("/absence", asked)
            #expect(stranger.status == 422 && stranger.text.contains("自己管的人"))
            #expect(!(await boss.text("/absence")).contains("谁不在"))
            let person = try await world.house.kernel.answer(ShowRecord(object: "user", id: lin), as: .system("test"))
            _ = try await world.house.kernel.perform(
                Command(
                    .update(
                        object: "user", id: lin, Draft(["manager": .record(fang)]), expecting: person.version)),
                as: .system("test"))
            #expect(await boss.text("/absence").contains("谁不在"))
            let reply = await boss.post("/absence", asked)
            #expect(reply.status == 303, "\(reply.text.prefix(500))")
            #expect(await boss.text("/absence").contains("Mei 代 Lin"))
            #expect(await world.lin.text("/absence").contains("Mei 代你"))
            #expect(await world.lin.text("/notices").contains("上级安排了你不在时的代理"))
            #expect(await world.mei.text("/notices").contains("请你代理"))
            #expect(!(await boss.text("/notices")).contains("请你代理"))
        }
    }

    @Test("A notice of a leg leads to its panel on the board, for whoever sees the record and nobody else")
    func noticeOfLeg() async throws {
        let world = try await RelayWorld.open()
        let now = try await world.now()
        let led = await world.mei.get("/relay?leg=\(now.run)")
        #expect(led.status == 303 && led.location == world.panel, "\(led.location)")
        #expect(await world.mei.text(led.location).contains("接棒"))
        #expect(await world.mei.get("/relay?leg=\(world.order)").location == world.panel, "the record does as well")
        let order = world.order.description
        let another = order.dropLast() + (order.hasSuffix("0") ? "1" : "0")
        for target in ["/relay?leg=nonsense", "/relay?leg=", "/relay?leg=" + another] {
            #expect(await world.mei.get(target).status == 404, "\(target)")
        }
        #expect(await world.other.get("/relay?leg=\(now.run)").status == 404)
        await world.house.end()
    }

    @Test("What is late stands by its holder, with one press for those who may urge; without script too")
    func chase() async throws {
        let world = try await RelayWorld.open()
        let early = await world.lin.text(world.board + "?view=chase")
        #expect(early.contains("没有超时或快到期的"), "\(early.suffix(1500))")
        world.house.clock.advance(seconds: 5 * 86_400)
        for (login, browser) in [("lin", world.lin), ("mei", world.mei)] {
            browser.take(cookie: "baton_session", try await world.house.kernel.localToken(for: login))
        }
        let page = await world.lin.text(world.board + "?view=chase")
        #expect(page.contains("1 件超时") && page.contains("Mei"), "\(page.suffix(2500))")
        #expect(page.contains("/\(world.order)/urge") && !page.contains("style=\""))
        let pressed = try await world.post("urge", by: world.lin)
        #expect(pressed.status == 303, "\(pressed.text.prefix(500))")
        #expect(await world.mei.text("/notices").contains("催你办"))
        let own = await world.mei.text(world.board + "?view=chase")
        #expect(own.contains("交棒") && !own.contains("/urge"))
        let again = try await world.post("urge", by: world.lin)
        #expect(again.status == 303, "\(again.status)")
        #expect(await world.lin.text(world.board).contains("一小时内已催办过"))
        await world.house.end()
    }
}
