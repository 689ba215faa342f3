import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("Cells of a list", .serialized)
struct CellTests {
    /// A house with two customers; their ids.
    private func withHouse(_ body: (WebHouse, Browser, [String]) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        var ids: [String] = []
        for (name, country) in [("Nordlicht", "DE"), ("Cascadia", "US")] {
            let reply = await browser.post(
                "/o/company/new",
                [
                    ("name_en", name + " Ltd"), ("short_name", name), ("roles", ""), ("roles", "customer"),
                    ("country", country), ("currency", "USD"), ("source", "fair"),
                ])
            ids.append(reply.location.split(separator: "/").last.map(String.init) ?? "")
        }
        try await body(house, browser, ids)
        await house.end()
    }

    private func change(_ browser: Browser, _ fields: [(String, String)]) async -> [String: Any] {
        let all = [("columns", "short_name,name_en,country")] + fields
        let reply = await browser.post("/o/company/cells", all, isFetch: true)
        let found = (try? JSONSerialization.jsonObject(with: Data(reply.bytes))) as? [String: Any]  // a page is no JSON
        return found ?? ["status": reply.status]
    }

    private func rows(_ answer: [String: Any]) -> [[String: Any]] { answer["rows"] as? [[String: Any]] ?? [] }

    @Test("A cell is written, drawn anew, and what it held before leads back")
    func writeAndUndo() async throws {
        try await withHouse { _, browser, ids in
            let first = rows(await change(browser, [("id", ids[0] + "@1"), ("f.name_en", "Nordlicht GmbH")]))
            #expect(first.first?["ok"] as? Bool == true)
            #expect((first.first?["html"] as? String)?.contains("Nordlicht GmbH") == true)
            let before = first.first?["before"] as? [String: String] ?? [:]
            #expect(before == ["name_en": "Nordlicht Ltd"])
            let version = first.first?["version"] as? Int ?? 0
            #expect(version == 2)
            let back = rows(
                await change(browser, [("id", ids[0] + "@\(version)"), ("f.name_en", before["name_en"] ?? "")]))
            #expect((back.first?["html"] as? String)?.contains("Nordlicht Ltd") == true)
        }
    }

    @Test("A row that is refused says why at its field, and the other rows stand")
    func refusedBesideWritten() async throws {
        try await withHouse { _, browser, ids in
            let said = rows(
                await change(
                    browser,
                    [
                        ("id", ids[0]), ("f.short_name", String(repeating: "n", count: 300)), ("id", ids[1]),
                        ("f.short_name", "Cascadia Lamps"),
                    ]))
            #expect(said.map { $0["ok"] as? Bool } == [false, true])
            #expect(said[0]["field"] as? String == "short_name")
            #expect((said[0]["message"] as? String)?.contains("60") == true)
            #expect(await browser.text("/o/company?view=all").contains("Cascadia Lamps"))
        }
    }

    @Test("A field that isn't there is refused at its name, more rows than are done at once with the limit")
    func unknown() async throws {
        try await withHouse { _, browser, ids in
            let said = rows(await change(browser, [("id", ids[0]), ("f.name", "Other")]))
            #expect(said.first?["ok"] as? Bool == false)
            #expect(said.first?["field"] as? String == "name")
            let many = (0..<201).flatMap { _ in [("id", ids[0]), ("f.name_en", "Other")] }
            let reply = await browser.post("/o/company/cells", many, isFetch: true)
            #expect(reply.status == 422 && reply.text.contains("200"))
            #expect(!(await browser.text("/o/company?view=all").contains("Other")))
        }
    }

    @Test("A look beforehand writes nothing")
    func dry() async throws {
        try await withHouse { _, browser, ids in
            let said = rows(await change(browser, [("dry", "1"), ("id", ids[0]), ("f.name_en", "Other")]))
            #expect(said.first?["ok"] as? Bool == true)
            #expect(!(await browser.text("/o/company?view=all").contains("Other")))
        }
    }

    @Test("Two people change different cells: both stand; the same cell: the second is shown the first")
    func meanwhile() async throws {
        try await withHouse { _, browser, ids in
            _ = await change(browser, [("id", ids[0] + "@1"), ("f.country", "US"), ("was.country", "DE")])
            let other = rows(
                await change(
                    browser, [("id", ids[0] + "@1"), ("f.name_en", "Nord AG"), ("was.name_en", "Nordlicht Ltd")]))
            #expect(other.first?["ok"] as? Bool == true)
            let same = rows(
                await change(browser, [("id", ids[0] + "@1"), ("f.country", "CN"), ("was.country", "DE")]))
            #expect(same.first?["ok"] as? Bool == false)
            #expect(same.first?["theirs"] as? String == "US")
            #expect(same.first?["now"] as? Int == 3)
            let unseen = rows(await change(browser, [("id", ids[0] + "@1"), ("f.country", "CN")]))
            #expect(unseen.first?["ok"] as? Bool == false)
        }
    }

    @Test("Texts of a spreadsheet are read as people write them")
    func texts() async throws {
        try await withHouse { _, browser, ids in
            let said = rows(
                await change(
                    browser,
                    [
                        ("texts", "1"), ("id", ids[0]), ("f.grade", "b 级"), ("f.name_en", "'=Nord"),
                        ("f.credit_limit", "12,500.50 USD"), ("id", ids[1]), ("f.grade", "不存在"),
                    ]))
            #expect(said.map { $0["ok"] as? Bool } == [true, false])
            #expect(said[1]["field"] as? String == "grade")
            let record = await browser.text("/o/company/" + ids[0])
            #expect(record.contains("12,500.50"))
            #expect(record.contains("=Nord") && !record.contains("&#39;=Nord"))
        }
    }

    @Test("Who may not change a record is refused cell by cell, and learns nothing of what is out of sight")
    func rights() async throws {
        try await withHouse { house, browser, ids in
            let stranger = try await house.person("quality", roles: ["qc"])
            let said = rows(await change(stranger, [("id", ids[0]), ("f.name_en", "Usurped")]))
            #expect(said.allSatisfy { $0["ok"] as? Bool == false })
            #expect(!(await browser.text("/o/company?view=all").contains("Usurped")))
            let absent = rows(
                await change(browser, [("id", "01936b00-0000-7000-8000-000000000001"), ("f.name_en", "Nobody")]))
            #expect(absent.first?["ok"] as? Bool == false)
        }
    }

    @Test("The control of a cell holds what stands there, and the rows of the next page come alone")
    func controls() async throws {
        try await withHouse { _, browser, ids in
            let cell = await browser.get("/o/company/\(ids[0])/cell?field=country").text
            #expect(cell.contains("\"editable\":true") && cell.contains("\"value\":\"DE\""))
            let fixed = await browser.get("/o/company/\(ids[0])/cell?field=updated_at").text
            #expect(fixed.contains("\"editable\":false"))
            let part = await browser.get("/o/company?view=all&part=rows", headers: ["x-requested-with": "fetch"]).text
            #expect(part.contains("\"count\":2") && !part.contains("<html"))
            let all = await browser.get("/o/company/ids?view=all").text
            #expect(ids.allSatisfy { all.contains($0) })
        }
    }

    @Test("A cell that the house computes refuses what is written into it")
    func computed() async throws {
        try await withHouse { _, browser, ids in
            let answer = await change(browser, [("id", ids[0]), ("f.ltv", "5")])
            let row = try #require(rows(answer).first)
            #expect(row["ok"] as? Bool == false)
            #expect((row["message"] as? String)?.contains("不能改") == true)
        }
    }
}
