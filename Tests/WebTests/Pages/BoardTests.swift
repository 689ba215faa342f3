import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// The board of exceptions and the page that finds times for meetings.
@Suite("Boards and times") struct BoardTests {
    @Test("The board shows an exception with the next call, its menu moves it, and what people wrote is escaped")
    func board() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let other = try await house.person("lin", roles: ["sales"])
        let actor = try #require(
            try await house.kernel.answer(
                IdentifyActor(token: try await house.kernel.localToken(for: "owner"), origin: .api), as: .nobody))
        let company = try await house.kernel.perform(
            Command(
                .create(
                    object: "company",
                    Draft([
                        "name_en": .text("Lumen"), "roles": .list([.text("customer")]), "country": .text("DE"),
                        "source": .text("fair"),
                    ]))), as: actor)
        let target = try #require(company.created.first?.id)
        let made = try await house.kernel.perform(
            Command(
                .create(
                    object: "exception",
                    Draft([
                        "kind": .text("capacity"), "severity": .text("S2"), "description": .text("<i>full</i>"),
                        "target": .text("company/\(target)"),
                        "due": .text(house.clock.now.adding(seconds: 86_400).description),
                    ]))), as: actor)
        let id = try #require(made.created.first?.id)
        let page = await owner.get("/exceptions").text
        for text in ["新报", "处理中", "待验证", "关闭", "&lt;i&gt;full&lt;/i&gt;", "data-until", "后升级给"] {
            #expect(page.contains(text))
        }
        #expect(await owner.get("/exceptions?open=\(id)").text.contains("相似旧案"))
        #expect(await other.get("/exceptions").text.contains("full") == false)
        #expect(
            await owner.post("/o/exception/\(id)/actions/acknowledge", [("back", "/exceptions")]).location
                == "/exceptions")
        #expect(await owner.get("/exceptions").text.contains("data-until") == false)
        #expect(await owner.get("/board/company").status == 404)
        await house.end()
    }

    @Test("The page of times proposes five, makes the meeting of one, and says what is missing")
    func times() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        _ = try await house.person("lin", roles: ["sales"])
        let actor = try #require(
            try await house.kernel.answer(
                IdentifyActor(token: try await house.kernel.localToken(for: "owner"), origin: .api), as: .nobody))
        let people = try await house.kernel.answer(ListRecords(object: "user", columns: ["name"]), as: actor).rows
        let who = people.map { "who=\($0.id)" }.joined(separator: "&")
        #expect(await owner.get("/meetings/find?who=\(people[0].id)").text.contains("选 2 到 50 位在职同事"))
        let page = await owner.get("/meetings/find?\(who)&minutes=30").text
        #expect(page.components(separatedBy: "class=\"mf-s\"").count == 6)
        let start = try #require(page.firstRange(of: "name=\"starts\" value=\""))
        let starts = String(page[start.upperBound...].prefix { $0 != "\"" })
        let fields = people.map { ("who", $0.id.description) } + [("minutes", "30"), ("starts", starts)]
        #expect(await owner.post("/meetings/find", fields).status == 422)
        let reply = await owner.post("/meetings/find", fields + [("title", "Weekly")])
        #expect(reply.status == 303 && reply.location.hasPrefix("/o/meeting/"))
        await house.end()
    }
}
