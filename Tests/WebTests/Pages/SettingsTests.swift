import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Pages of how the house works", .serialized)
struct SettingsTests {
    @Test("Every page opens for the owner, in both languages, without inline styles")
    func opens() async throws {
        try await withHouse { _, owner in
            let paths = [
                "/settings", "/settings?q=cal", "/settings?q=nothing-like-it", "/settings/calendars",
                "/settings/calendars?country=DE&year=2027", "/settings/rules", "/settings/rules?result=failed",
                "/settings/limits", "/settings/limits?late=1", "/settings/processes",
                "/settings/processes/inquiry_to_cash", "/settings/levels",
            ]
            await owner.expectToOpen(paths)
        }
    }

    @Test("Who may not look finds neither the page nor a way to it")
    func rights() async throws {
        try await withHouse { house, _ in
            let lin = try await house.person("lin", roles: ["sales"])
            for path in ["/settings/rules", "/settings/processes"] {
                #expect(await lin.get(path).status == 403, "\(path)")
            }
            let index = await lin.text("/settings")
            #expect(!index.contains("/settings/rules") && !index.contains("/build\""))
            #expect(index.contains("/settings/calendars") && index.contains("/settings/limits"))
            let limits = await lin.text("/settings/limits")
            #expect(!limits.contains("/edit\""))
            let made = await lin.post("/settings/calendars", [("name", "Mine"), ("country", "DE")])
            #expect(made.status == 403)
            #expect(await lin.post("/settings/rules/exception/tell_reporter/off", []).status == 403)
            #expect(await lin.post("/settings/processes/inquiry_to_cash/migrate", [("dry", "1")]).status == 403)
            #expect(await lin.get("/settings/nothing").status == 404)
        }
    }

    @Test("A calendar is made, set, rehearsed and given to a region; what is wrong stands at its field")
    func calendar() async throws {
        try await withHouse { _, owner in
            let made = await owner.post("/settings/calendars", [("name", "宁波 <工厂>"), ("country", "CN")])
            #expect(made.status == 303, "\(made.text.prefix(500))")
            let path = String(made.location.prefix { $0 != "#" })
            let page = await owner.text(path)
            #expect(page.contains("宁波 &lt;工厂&gt;") && page.contains("上班 "))
            let version = try #require(page.firstMatch(of: /name="version" value="(\d+)"/)).1
            let form = [
                ("version", String(version)), ("name", "宁波工厂"), ("country", "CN"), ("weekdays", "1"),
                ("hours", "09:00-12:00 13:30-18:00"), ("day0.id", ""), ("day0.first", "2026-12-31"),
                ("day0.last", ""), ("day0.working", "false"), ("day0.hours", ""), ("day0.name", "盘点"),
            ]
            let seen = await owner.post(path, form + [("do", "preview")])
            #expect(seen.status == 200 && seen.text.contains("不改变任何在走的时限"), "\(seen.text.prefix(300))")
            let wrong = await owner.post(
                path, form.map { ($0.0, $0.0 == "hours" ? "9 to 5" : $0.1) } + [("do", "save")])
            #expect(wrong.status == 422 && wrong.text.contains("时段写成 09:00-18:00"))
            #expect(wrong.text.contains("value=\"9 to 5\"") && wrong.text.contains("value=\"盘点\""))
            let saved = await owner.post(path, form + [("do", "save")])
            #expect(saved.status == 303)
            let after = await owner.text(path + "?year=2026")
            #expect(after.contains("盘点 · 公司放假"))
            let twice = await owner.post(path, form + [("do", "save")])
            #expect(twice.status == 409, "an older version is not saved over a newer one")
        }
    }

    @Test("A rule is read as a sentence, switched off and on, and tried without doing anything")
    func rules() async throws {
        try await withHouse { _, owner in
            let page = await owner.text("/settings/rules")
            #expect(page.contains("告诉报告人进展") && page.contains("“状态”改变时"))
            let off = await owner.post("/settings/rules/exception/tell_reporter/off", [])
            #expect(off.status == 303)
            #expect(await owner.text("/settings/rules").contains("已关"))
            #expect(await owner.post("/settings/rules/exception/tell_reporter/on", []).status == 303)
            let none = await owner.post("/settings/rules/exception/tell_reporter/try", [("record", "")])
            #expect(none.status == 422 && none.text.contains("请从列表里选一条记录"))
            #expect(await owner.post("/settings/rules/exception/nothing/off", []).status == 404)
        }
    }

    @Test("A process is drawn with its legs, and each stage has exactly one who answers")
    func process() async throws {
        let world = try await RelayWorld.open()
        let boss = try await world.house.person("boss", roles: ["admin"])
        let page = await boss.text("/settings/processes/inquiry_to_cash")
        #expect(page.contains("<svg") && page.contains("data-node=\"order_release\""))
        #expect(page.contains("id=\"leg-order_release\""))
        #expect(page.contains("恰一个 A") && !page.contains("不是恰一个"))
        #expect(page.contains("条在途"))
        #expect(await boss.get("/settings/processes/none").status == 404)
        await world.house.end()
    }
}
