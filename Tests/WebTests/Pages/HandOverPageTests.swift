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
        let given = await owner.post(
            "/settings/hand-over",
            [("person", lin.description), ("to", wang.description), ("to.inquiry.owner", sun.description)])
        #expect(given.status == 303)
        let system = Actor.system("test")
        let kept = try await house.kernel.answer(ShowRecord(object: "company", id: firm), as: system)
        let asked = try await house.kernel.answer(ShowRecord(object: "inquiry", id: query), as: system)
        #expect(kept["owner"].record == wang)
        #expect(asked["owner"].record == sun)
        let after = await owner.text("/settings/hand-over?person=\(lin)")
        #expect(!after.contains("to.company.owner") && after.contains("登录中的会话"))
        let other = Browser(house: house)
        other.take(cookie: "baton_session", try await house.kernel.localToken(for: "sun"))
        #expect(await other.get("/settings/hand-over?person=\(lin)").status == 404)
        await house.end()
    }
}
