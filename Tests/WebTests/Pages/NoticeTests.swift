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
        #expect(page.text.contains("任务到期 · &lt;b&gt;Call&lt;/b&gt; Nordlicht") && page.text.contains("nt-u"))
        #expect(page.text.components(separatedBy: "id=\"timeline\"").count == 2)
        #expect(await other.get("/notices").text.contains("Nordlicht") == false)
        let mine = try #require(try await house.kernel.answer(MyNotices(), as: actor).first)
        #expect(page.text.contains("/notices/\(mine.id)"))
        // Nobody else's leads anywhere; one's own leads to the record, and that is reading it.
        let stranger = try await house.person("zhao", roles: ["sales"])
        #expect(await stranger.get("/notices/\(mine.id)").status == 404)
        let followed = await owner.get("/notices/\(mine.id)")
        #expect(followed.status == 303 && followed.headers.contains { $0.1 == "/o/task/\(id)" })
        #expect(await owner.get("/notices?show=all").text.contains("nt-u") == false)
        #expect(await owner.post("/notices/read", []).status == 303)
        await house.end()
    }

    @Test("Several notices about one record are one row; it is read, or muted until a day, with one press")
    func grouped() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let actor = try #require(
            try await house.kernel.answer(
                IdentifyActor(token: try await house.kernel.localToken(for: "owner"), origin: .api), as: .nobody))
        func call(_ title: String, _ seconds: Int) async throws -> RecordID {
            let due = house.clock.now.adding(seconds: seconds).description
            let made = try await house.kernel.perform(
                Command(.create(object: "task", Draft(["title": .text(title), "due": .text(due)]))), as: actor)
            return try #require(made.record?.id)
        }
        func later(_ id: RecordID, _ seconds: Int) async throws {
            let due = house.clock.now.adding(seconds: seconds).description
            _ = try await house.kernel.perform(
                Command(.act(object: "task", id: id, action: "snooze", Draft(["due": .text(due)]), expecting: nil)),
                as: actor)
        }
        func pass(_ seconds: Int) async {
            house.clock.advance(seconds: seconds)
            await house.kernel.keepTime()
        }
        let (one, two) = (try await call("One", 60), try await call("Two", 60))
        await pass(61)
        try await later(one, 60)
        await pass(61)
        let page = await owner.get("/notices")
        #expect(page.text.components(separatedBy: "it nt-u").count == 3 && page.text.contains("之前还有 1 条"))
        #expect(await owner.post("/notices/read", [("record", one.description)]).status == 303)
        let left = await owner.get("/notices").text
        #expect(left.contains("Two") && !left.contains("任务到期 · One"))
        let muting = [("object", "task"), ("record", two.description), ("days", "7")]
        #expect(await owner.post("/notices/mute", muting).status == 303)
        try await later(two, 60)
        await pass(61)
        #expect(await owner.get("/").text.contains("1 条未读") == false)
        #expect(await owner.get("/notices?show=all").text.contains("已静音"))
        #expect(await owner.get("/settings/notices").text.contains("/o/task/\(two)"))
        await house.end()
    }

    @Test(
        "One sets one's own hours; what can't be read comes back with what was typed; deliveries are for who may define"
    )
    func settings() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let lin = try await house.person("lin", roles: ["sales"])
        let wrong = await lin.post(
            "/settings/notices",
            [("quiet", "own"), ("quiet_from", "22:00"), ("quiet_until", "22:00"), ("digest_times", "<9>")])
        #expect(wrong.status == 422 && wrong.text.contains("&lt;9&gt;") && wrong.text.contains("免打扰时段写成"))
        let right = [
            ("quiet", "own"), ("quiet_from", "22:00"), ("quiet_until", "06:30"), ("notice_normal", "app"),
            ("kind_approval", "weekly"), ("kind_pool", "nonsense"), ("weekly_day", "3"),
        ]
        #expect(await lin.post("/settings/notices", right).status == 303)
        let page = await lin.get("/settings/notices").text
        #expect(page.contains("value=\"06:30\"") && page.contains("最近 7 天被打断"))
        #expect(page.contains("value=\"weekly\" selected") && page.contains("value=\"3\" selected"))
        #expect(await lin.post("/settings/notices/mute", [("kind", "pool")]).status == 303)
        #expect(await lin.get("/settings/notices").text.contains("已静音"))
        #expect(await lin.post("/settings/notices/mute", [("kind", "nothing")]).status == 404)
        #expect(await lin.get("/settings/deliveries").status == 403)
        #expect(await owner.get("/settings/deliveries").text.contains("没有放弃的投递"))
        await house.end()
    }
}
