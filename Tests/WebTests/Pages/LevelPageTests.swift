import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Pages of level tables", .serialized)
struct LevelPageTests {
    private static let here = "/settings/levels/quotation.price"

    private func bring(_ browser: Browser, _ fields: [(String, String)], file: String?) async -> Reply {
        await browser.post(Self.here + "/bring", fields, file: file, named: "p.dmn")
    }

    @Test("The limits are downloaded, changed, rehearsed, brought in, seen as the table in force, and taken out again")
    func wholeWay() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let boss = try await house.person("boss", roles: ["admin"])
        #expect(await boss.text("/settings/levels").contains("href=\"\(Self.here)\""))
        #expect(await boss.text(Self.here).contains("没有决策表"))
        let file = await boss.get(Self.here + "/file")
        #expect(file.header("content-disposition")?.contains("quotation.price.dmn") == true)
        #expect(file.text.split(separator: "\n").count > 50, "an element a line, so that a line says something")
        let changed = file.text.replacing("<text>2</text>", with: "<text>3</text>")
        #expect(changed != file.text)
        let checked = await bring(boss, [("do", "check")], file: changed)
        #expect(checked.status == 200 && checked.text.contains("会改变什么"), "\(checked.text.prefix(900))")
        #expect(checked.text.contains("value=\"bring\"") && checked.text.contains("3 级"))
        #expect(await boss.text(Self.here).contains("没有决策表"), "a rehearsal keeps nothing")
        let kept = try #require(checked.text.firstMatch(of: /name="kept" value="([^"]+)"/)).1
        let brought = await bring(
            boss, [("kept", String(kept)), ("kept_name", "p.dmn"), ("do", "bring")], file: nil)
        #expect(brought.status == 303 && brought.location == Self.here, "\(brought.text.prefix(600))")
        let page = await boss.text(Self.here)
        #expect(page.contains("V1") && page.contains("version=1") && !page.contains("没有决策表"))
        #expect(await boss.get(Self.here + "/file?version=1").text == changed)
        #expect(await boss.post(Self.here + "/retire", []).status == 303)
        #expect(await boss.text(Self.here).contains("没有决策表"))
        await house.end()
    }

    @Test("What can't run is told with its line; who may not write the limits brings nothing in and sees no form")
    func refusals() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let boss = try await house.person("boss", roles: ["admin"])
        let lin = try await house.person("lin", roles: ["sales"])
        let file = await boss.get(Self.here + "/file").text
        let bad = await bring(boss, [("do", "bring")], file: file.replacing("<text>2</text>", with: "<text>9</text>"))
        #expect(bad.status == 422 && bad.text.contains("不是 0 到 4 的整数"), "\(bad.text.prefix(600))")
        #expect(bad.text.contains(/第 \d+ 行/) && !bad.text.contains("value=\"bring\""))
        let none = await bring(boss, [("do", "check")], file: nil)
        #expect(none.status == 422 && none.text.contains("先选一个 DMN 文件"))
        #expect(await bring(boss, [("do", "check")], file: "<b>not xml").status == 422)
        let seen = await lin.get(Self.here)
        #expect(seen.status == 200 && !seen.text.contains("/bring"))
        #expect(await bring(lin, [("do", "bring")], file: file).status == 403)
        #expect(await lin.post(Self.here + "/retire", []).status == 403)
        #expect(await boss.get("/settings/levels/quotation.none").status == 404)
        #expect(await boss.get("/settings/levels/none").status == 404)
        await house.end()
    }
}
