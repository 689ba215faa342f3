import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// Handing over what somebody holds, on its page.
@Suite("Handing over") struct HandOverPageTests {
    private func id(_ house: WebHouse, _ login: String) async throws -> RecordID {
        let page = try await house.kernel.answer(
            ListRecords(object: "user", columns: ["id"], filters: ["login = \"\(login)\""]), as: .system("test"))
        return try #require(page.rows.first?.id)
    }

    @Test("Everything of one person goes to another, one kind to a third; nobody chosen changes nothing")
    func page() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        for login in ["lin", "wang", "sun"] { _ = try await house.person(login, roles: ["sales"]) }
        let (lin, wang, sun) = (try await id(house, "lin"), try await id(house, "wang"), try await id(house, "sun"))
        let company = try await house.kernel.perform(
            Command(
                .create(
                    object: "company",
                    Draft([
                        "name_en": .text("Held <GmbH>"), "short_name": .text("Held"),
                        "roles": .list([.text("customer")]), "country": .text("DE"), "source": .text("other"),
                    ])), stamp: Stamp(owner: lin)), as: .system("test"))
        let firm = try #require(company.created.first?.id)
        let inquiry = try await house.kernel.perform(
            Command(
                .create(
                    object: "inquiry",
                    Draft(["source": .text("other"), "company": .text(firm.description)])), stamp: Stamp(owner: lin)),
            as: .system("test"))
        let query = try #require(inquiry.created.first?.id)
        let page = await owner.text("/settings/hand-over?person=\(lin)")
        #expect(page.contains("to.company.owner") && page.contains("to.inquiry.owner"))
        #expect(await owner.post("/settings/hand-over", [("person", lin.description)]).status == 422)
        let planned = await owner.post(
            "/settings/hand-over",
            [
                ("person", lin.description), ("to", wang.description), ("to.inquiry.owner", sun.description),
                ("occasion", "moves"),
            ])
        #expect(planned.status == 303)
        let place = planned.location
        let preview = await owner.text(place)
        #expect(preview.contains("谁得到什么") && preview.contains(">Held</a>") && preview.contains(place + "/start"))
        #expect(try await owned("company", firm, house) == lin)
        #expect(
            await owner.post(place + "/except", [("except.company.owner/" + firm.description, "-")]).status == 303)
        #expect(await owner.text(place + "/edit").contains("to.company.owner"))
        #expect(
            await owner.post(
                place + "/except", [("except.company.owner/" + firm.description, wang.description)]
            ).status == 303)
        #expect(await owner.post(place + "/start", []).status == 303)
        #expect(await owner.text(place).contains("正在交接"))
        await house.kernel.workOnHandOvers()
        let system = Actor.system("test")
        let kept = try await house.kernel.answer(ShowRecord(object: "company", id: firm), as: system)
        let asked = try await house.kernel.answer(ShowRecord(object: "inquiry", id: query), as: system)
        #expect(kept["owner"].record == wang)
        #expect(asked["owner"].record == sun)
        #expect(await owner.text(place).contains("已交"))
        let receiver = try await browser("wang", house)
        #expect(await receiver.post(place + "/accept", []).status == 303)
        #expect(await receiver.text(place).contains("确认接收"))
        let list = await owner.text(place + "/list")
        #expect(list.contains(">Held</th>") && list.contains("已确认") && list.contains("签字"))
        let after = await owner.text("/settings/hand-over?person=\(lin)")
        #expect(!after.contains("to.company.owner") && after.contains("登录中的会话"))
        let other = try await browser("sun", house)
        #expect(await other.get("/settings/hand-over?person=\(lin)").status == 404)
        #expect(await other.get(place + "/edit").status == 404)
        #expect(await other.post(place + "/undo", []).status == 404)
        await house.end()
    }

    @Test(
        "Who is only away gets a stand-in; a condition that can't be read is said at its rule and keeps what was typed")
    func absent() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        for login in ["lin", "wang"] { _ = try await house.person(login, roles: ["sales"]) }
        let (lin, wang) = (try await id(house, "lin"), try await id(house, "wang"))
        _ = try await house.kernel.perform(
            Command(
                .create(
                    object: "task", Draft(["title": .text("Call"), "assignee": .text(lin.description)])),
                stamp: Stamp(owner: lin)), as: .system("test"))
        let form = [("person", lin.description), ("to", wang.description)]
        let leave = await owner.post(
            "/settings/hand-over",
            form + [("occasion", "absent"), ("start", "2030-01-01"), ("end", "2030-01-05")])
        #expect(leave.status == 303)
        let stand = try await house.kernel.answer(
            ListRecords(object: "delegation", columns: ["from", "to"]), as: .system("test"))
        #expect(stand.rows.map { $0["from"].record } == [lin] && stand.rows.map { $0["to"].record } == [wang])
        let bad = await owner.post(
            "/settings/hand-over",
            form + [
                ("occasion", "moves"), ("rule.0.object", "task"), ("rule.0.condition", "colour = 1"),
                ("rule.0.to", wang.description),
            ])
        let text = String(decoding: bad.bytes, as: UTF8.self)
        #expect(bad.status == 422 && text.contains("第 1 条规则") && text.contains("colour = 1"))
        await house.end()
    }

    private func browser(_ login: String, _ house: WebHouse) async throws -> Browser {
        let browser = Browser(house: house)
        browser.take(cookie: "baton_session", try await house.kernel.localToken(for: login))
        return browser
    }

    private func owned(_ object: String, _ id: RecordID, _ house: WebHouse) async throws -> RecordID? {
        try await house.kernel.answer(ShowRecord(object: object, id: id), as: .system("test"))["owner"].record
    }
}
