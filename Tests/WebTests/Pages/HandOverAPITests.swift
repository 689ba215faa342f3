import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// Handing over work, by programs.
@Suite("Handing over by the API") struct HandOverAPITests {
    private func call(
        _ house: WebHouse, _ method: String, _ target: String, _ body: String = "", as login: String = "owner"
    ) async throws -> Reply {
        let headers = [
            "content-type": "application/json",
            "authorization": "Bearer " + (try await house.kernel.localToken(for: login)),
        ]
        return await Browser(house: house).send(
            method, "/api/v1/hand-overs" + target, body: Array(body.utf8), headers: headers)
    }

    private func text(_ name: String, in reply: Reply) -> String {
        let mark = "\"\(name)\":\""
        return reply.text.firstRange(of: mark).map { String(reply.text[$0.upperBound...].prefix { $0 != "\"" }) } ?? ""
    }

    private func id(_ house: WebHouse, _ login: String) async throws -> RecordID {
        let page = try await house.kernel.answer(
            ListRecords(object: "user", columns: ["id"], filters: ["login = \"\(login)\""]), as: .system("test"))
        return try #require(page.rows.first?.id)
    }

    private func company(_ house: WebHouse, owner: RecordID) async throws -> RecordID {
        let draft = Draft([
            "name_en": .text("Held GmbH"), "short_name": .text("Held"), "roles": .list([.text("customer")]),
            "country": .text("DE"), "source": .text("other"),
        ])
        let made = try await house.kernel.perform(
            Command(.create(object: "company", draft), stamp: Stamp(owner: owner)), as: .system("test"))
        return try #require(made.created.first?.id)
    }

    private func owner(_ house: WebHouse, _ company: RecordID) async throws -> RecordID? {
        try await house.kernel.answer(ShowRecord(object: "company", id: company), as: .system("test"))["owner"].record
    }

    @Test("A program plans a hand-over, looks at it, changes it, starts it, reads the receipt and takes it back")
    func whole() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        for login in ["lin", "wang", "sun"] { _ = try await house.person(login, roles: ["sales"]) }
        let (lin, wang, sun) = (try await id(house, "lin"), try await id(house, "wang"), try await id(house, "sun"))
        let company = try await company(house, owner: lin)
        let held = try await call(house, "GET", "/holdings/\(lin)")
        #expect(held.text.contains("\"group\":\"company.owner\",\"count\":1"))
        let made = try await call(house, "POST", "", "{\"person\":\"\(lin)\",\"usual\":\"\(sun)\",\"note\":\"moves\"}")
        #expect(made.status == 201 && made.text.contains("\"state\":\"draft\"") && made.text.contains("\"total\":1"))
        let place = "/" + text("id", in: made)
        let changed = try await call(
            house, "PATCH", place, "{\"groups\":{\"company.owner\":\"\(wang)\"},\"rules\":[]}")
        #expect(changed.status == 200 && changed.text.contains("\"usual\":\"\(sun)\""))
        let items = try await call(house, "GET", place + "/items?limit=10")
        #expect(items.text.contains("\"title\":\"Held\"") && items.text.contains("\"id\":\"\(wang)\""))
        #expect(try await call(house, "POST", place + "/start?dry_run=true").text.contains("\"state\":\"draft\""))
        #expect(try await call(house, "POST", place + "/start").text.contains("\"state\":\"waiting\""))
        await house.kernel.workOnHandOvers()
        #expect(try await self.owner(house, company) == wang)
        let receipt = try await call(house, "POST", place + "/accept", as: "wang")
        #expect(receipt.status == 200 && receipt.text.contains("\"own_count\":1") && !receipt.text.contains("\"wish\""))
        let done = try await call(house, "GET", place)
        #expect(done.text.contains("\"state\":\"done\"") && !done.text.contains("\"accepted_at\":null"))
        #expect(try await call(house, "GET", "").text.contains(String(place.dropFirst())))
        #expect(try await call(house, "POST", place + "/undo").text.contains("\"state\":\"undoing\""))
        await house.kernel.workOnHandOvers()
        #expect(try await self.owner(house, company) == lin)
        await house.end()
    }

    @Test("What can't be read is refused at its member, who may not order it sees nothing, and unknown steps are none")
    func refusals() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        for login in ["lin", "wang"] { _ = try await house.person(login, roles: ["sales"]) }
        let (lin, wang) = (try await id(house, "lin"), try await id(house, "wang"))
        _ = try await company(house, owner: lin)
        for (body, place) in [
            ("{\"person\":\"x\"}", "person"), ("{\"person\":\"\(lin)\",\"usual\":\"me\"}", "usual"),
            ("{\"person\":\"\(lin)\",\"groups\":{\"leg\":\"you\"}}", "groups.leg"),
            ("{\"person\":\"\(lin)\",\"fire_at\":\"soon\"}", "fire_at"), ("{\"person\":\"\(lin)\"}", "to"),
            ("{\"person\":\"\(lin)\",\"colour\":1}", "colour"),
        ] {
            let reply = try await call(house, "POST", "", body)
            #expect(reply.status == 422 && reply.text.contains("\"field\":\"\(place)\""), "\(body)")
        }
        let plan = "{\"person\":\"\(lin)\",\"usual\":\"\(wang)\"}"
        #expect(try await call(house, "POST", "", plan, as: "wang").status == 404)
        #expect(try await call(house, "POST", "?dry_run=true", plan).status == 204)
        let made = try await call(house, "POST", "", plan)
        let place = "/" + text("id", in: made)
        for (method, target) in [
            ("GET", place), ("GET", place + "/items"), ("GET", "/holdings/\(lin)"), ("POST", place + "/start"),
            ("PATCH", place),
        ] {
            #expect(try await call(house, method, target, as: "wang").status == 404, "\(method) \(target)")
        }
        #expect(try await call(house, "POST", place + "/eat").status == 404)
        let bare = ["authorization": "Bearer " + (try await house.kernel.localToken(for: "owner"))]
        let cancelled = await Browser(house: house).send(
            "POST", "/api/v1/hand-overs" + place + "/cancel", body: [], headers: bare)
        #expect(cancelled.status == 200)
        #expect(try await call(house, "POST", place + "/undo").status == 409)
        #expect(try await call(house, "GET", "", as: "wang").text == "{\"data\":[]}")
        await house.end()
    }
}
