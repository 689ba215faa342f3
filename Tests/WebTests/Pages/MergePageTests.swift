import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// Merging records that are the same, on pages and by the API.
@Suite("Merging") struct MergePageTests {
    private func company(_ house: WebHouse, _ name: String, _ more: String = "") async throws -> String {
        let body =
            "{\"name_en\":\"\(name)\",\"short_name\":\"\(name) short\",\"roles\":[\"customer\"],\"country\":\"DE\","
            + "\"currency\":\"USD\",\"source\":\"fair\"\(more)}"
        let reply = try await api(house, "POST", "/api/v1/company", body)
        let mark = "\"id\":\""
        return String(
            try #require(reply.text.firstRange(of: mark).map { reply.text[$0.upperBound...].prefix { $0 != "\"" } }))
    }

    private func api(
        _ house: WebHouse, _ method: String, _ target: String, _ body: String, headers: [String: String] = [:]
    ) async throws -> Reply {
        var all = headers
        all["content-type"] = "application/json"
        all["authorization"] = "Bearer " + (try await house.kernel.localToken(for: "owner"))
        return await Browser(house: house).send(method, target, body: Array(body.utf8), headers: all)
    }

    /// What a form of the page would send besides what is chosen.
    private func seen(_ page: String, _ id: String) -> (String, String) {
        let mark = "name=\"v.\(id)\" value=\""
        let version = page.firstRange(of: mark).map { page[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
        return ("v." + id, String(version))
    }

    @Test("From the hint to one record: side by side, merged, the old address leads there, and it can be undone")
    func pages() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let keep = try await company(house, "Kookaburra <GmbH>")
        let gone = try await company(
            house, "Kookaburra <GmbH> & Co. KG", ",\"website\":\"https://kook.example\"")
        let record = await browser.text("/o/company/" + keep)
        #expect(record.contains("可能与") && record.contains("/o/company/\(keep)/merge?with=\(gone)"))
        // Typed and not picked: the one record of that name, else what is missing is said.
        let choice = "/o/company/\(keep)/merge?with=&with.q="
        #expect(await browser.text(choice + "Kookaburra%20%3CGmbH%3E%20%26%20Co.%20KG%20short").contains("v.\(gone)"))
        let nothing = await browser.get(choice + "Nobody")
        #expect(nothing.status == 422 && nothing.text.contains("请从列表里选“Nobody”"))
        #expect(await browser.get(choice).text.contains("请选择另一条"))
        let list = await browser.text("/o/company/duplicates")
        #expect(list.contains("Kookaburra &lt;GmbH&gt; short") && list.contains("/merge?with="))
        let preview = await browser.text("/o/company/\(keep)/merge?with=\(gone)")
        #expect(preview.contains("https://kook.example") && preview.contains("name=\"f.website\""))
        #expect(!preview.contains("<GmbH>"))
        let fields = [("with", gone), seen(preview, keep), seen(preview, gone), ("f.short_name", gone)]
        let stale = await browser.post(
            "/o/company/\(keep)/merge", [("with", gone), ("v." + keep, "99"), seen(preview, gone)])
        #expect(stale.status == 412)
        let merged = await browser.post("/o/company/\(keep)/merge", fields)
        #expect(merged.status == 303 && merged.location == "/o/company/" + keep)
        let after = await browser.text("/o/company/" + keep)
        #expect(after.contains("https://kook.example"))
        // The merge stands for itself, not among the folded changes of fields.
        let told = try #require(after.firstRange(of: "并入了"))
        #expect(after.firstRange(of: "ev fold").map { told.lowerBound < $0.lowerBound } ?? true)
        #expect(await browser.get("/o/company/" + gone).location == "/o/company/" + keep)
        #expect(await browser.text("/o/company/\(gone)?kept").contains("Kookaburra"))
        let history = await browser.text("/o/company/\(keep)/merge")
        let undo = try #require(history.firstMatch(of: #//o/company/[^"]+/merges/[^"]+/undo/#)).output
        #expect(await browser.post(String(undo), []).location == "/o/company/" + keep)
        #expect(await browser.get("/o/company/" + gone).status == 200)
        await house.end()
    }

    @Test("By the API: groups, a merge that needs the versions seen, where the record went, and undoing")
    func api() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let keep = try await company(house, "Quoll GmbH")
        let gone = try await company(house, "Quoll AG")
        let groups = await browser.text("/api/v1/company/duplicates")
        #expect(groups.contains(keep) && groups.contains(gone))
        let body = "{\"with\":[{\"id\":\"\(gone)\",\"version\":1}],\"choices\":{\"short_name\":\"\(gone)\"}}"
        let blind = try await api(house, "POST", "/api/v1/company/\(keep)/merge", body)
        #expect(blind.status == 428)
        let tried = try await api(
            house, "POST", "/api/v1/company/\(keep)/merge?dry_run=true", body, headers: ["if-match": "\"1\""])
        #expect(tried.status == 200)
        #expect(await browser.get("/api/v1/company/" + gone).status == 200)
        let merged = try await api(
            house, "POST", "/api/v1/company/\(keep)/merge", body, headers: ["if-match": "\"1\""])
        #expect(merged.status == 200 && merged.text.contains("Quoll AG short"))
        let way = await browser.get("/api/v1/company/" + gone)
        #expect(way.status == 307 && way.location == "/api/v1/company/" + keep)
        let mark = "\"_merge\":\""
        let id = try #require(
            merged.text.firstRange(of: mark).map { merged.text[$0.upperBound...].prefix { $0 != "\"" } })
        #expect(await browser.text("/api/v1/company/\(keep)/merges").contains("Quoll AG"))
        let undone = try await api(house, "POST", "/api/v1/company/\(keep)/merges/\(id)/undo", "{}")
        #expect(undone.status == 200 && undone.text.contains("Quoll GmbH short"))
        #expect(await browser.get("/api/v1/company/" + gone).status == 200)
        await house.end()
    }
}
