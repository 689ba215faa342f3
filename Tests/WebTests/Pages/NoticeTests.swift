import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// The page of notices and the count at the bell.
@Suite("Notices") struct NoticeTests {
    @Test("A reminder stands among the notices, counted at the bell of every page, until its reader has read it")
    func reminder() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let other = try await house.person("lin", roles: ["sales"])
        let actor = try #require(
            try await house.kernel.answer(
                IdentifyActor(token: try await house.kernel.localToken(for: "owner"), origin: .api), as: .nobody))
        let due = house.clock.now.adding(seconds: 600).description
        let title = "<b>Call</b> Nordlicht"
        let made = try await house.kernel.perform(
            Command(.create(object: "task", Draft(["title": .text(title), "due": .text(due)]))), as: actor)
        let id = try #require(made.record?.id)
        #expect(await owner.get("/").text.contains("1 条未读") == false)
        house.clock.advance(seconds: 601)
        #expect(await house.kernel.keepTime() == 1)
        #expect(await owner.get("/").text.contains("1 条未读"))
        let page = await owner.get("/notices")
        #expect(page.text.contains("任务到期 · &lt;b&gt;Call&lt;/b&gt; Nordlicht"))
        #expect(page.text.contains("/o/task/\(id)") && page.text.contains("未读"))
        #expect(page.text.components(separatedBy: "id=\"timeline\"").count == 2)
        #expect(await other.get("/notices").text.contains("Nordlicht") == false)
        #expect(await owner.post("/notices/read", []).status == 303)
        #expect(await owner.get("/notices").text.contains("未读") == false)
        await house.end()
    }
}
