import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("The relay through the API", .serialized)
struct RelayAPITests {
    private func call(
        _ browser: Browser, _ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:]
    ) async -> Reply {
        var all = headers
        let page = await browser.text("/")
        if let range = page.firstRange(of: "data-csrf=\"") {
            all["x-csrf-token"] = String(page[range.upperBound...].prefix { $0 != "\"" })
        }
        if !body.isEmpty { all["content-type"] = "application/json" }
        return await browser.send(method, target, body: Array(body.utf8), headers: all)
    }

    private func json(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    @Test("The board, one record and my own batons are JSON with the figures of the pages")
    func reads() async throws {
        let world = try await RelayWorld.open()
        let board = try json(await call(world.mei, "GET", "/api/v1/relay/order"))
        let rows = try #require(board["rows"] as? [[String: Any]])
        #expect(rows.count == 1 && rows[0]["id"] as? String == world.order.description)
        #expect((board["columns"] as? [Any])?.count == (rows[0]["legs"] as? [Any])?.count)
        #expect((board["summary"] as? [String: Any])?["mine"] as? Int == 1)
        let one = try json(await call(world.mei, "GET", "/api/v1/relay/order/\(world.order)"))
        #expect(one["leg"] as? String == "contract_review")
        #expect((one["now"] as? [String: Any])?["offered"] as? Bool == true)
        let mine = try json(await call(world.mei, "GET", "/api/v1/relay"))
        #expect((mine["data"] as? [Any])?.count == 1)
        #expect(await call(world.mei, "GET", "/api/v1/relay/company").status == 404)
        #expect(await call(world.mei, "GET", "/api/v1/relay/order?slice=odd").status == 422)
        await world.house.end()
    }

    @Test("A baton is accepted, ticked, paused and handed over with an open item; what is wrong is a problem document")
    func acts() async throws {
        let world = try await RelayWorld.open()
        let run = try await world.now().run
        let legs = "/api/v1/legs/\(run)"
        #expect(await call(world.mei, "POST", legs + "/accept?dry_run=true", "{}").status == 204)
        #expect(try await world.now().isOffered)
        #expect(await call(world.mei, "POST", legs + "/accept", "{}").status == 204)
        #expect(await call(world.mei, "POST", legs + "/accept", "{}").status == 409)
        let tick = "{\"deliverable\":\"checklist\""
        #expect(await call(world.mei, "POST", legs + "/tick", tick + "}").status == 204)
        #expect(await call(world.mei, "POST", legs + "/tick", tick + ",\"done\":false}").status == 204)
        let odd = await call(world.mei, "POST", legs + "/pause", "{\"reason\":\"\"}")
        #expect(odd.status == 422 && odd.header("content-type")?.hasPrefix("application/problem+json") == true)
        #expect(await call(world.mei, "POST", legs + "/pause", "{\"why\":\"x\"}").status == 422)
        let number = await call(world.mei, "POST", legs + "/pause", "{\"reason\":5}")
        #expect(number.status == 422 && number.text.contains("wrong_type"))
        #expect(await call(world.mei, "POST", legs + "/pause", "{\"reason\":\"waiting\"}").status == 204)
        #expect(await call(world.mei, "POST", legs + "/resume", "{}").status == 204)
        let target = "/api/v1/order/\(world.order)/hand-over"
        let body = """
            {"action":"pass_review","open_items":[{"deliverable":"checklist","due":"2026-11-27T10:00:00Z"}]}
            """
        #expect(await call(world.mei, "POST", target, body).status == 428)
        let version = try await world.now().version
        let bare = await call(
            world.mei, "POST", target, "{\"action\":\"pass_review\"}", headers: ["if-match": "\"\(version)\""])
        #expect(bare.status == 409 && bare.text.contains("deliverables_missing"))
        let tried = await call(
            world.mei, "POST", target + "?dry_run=true", body, headers: ["if-match": "\"\(version)\""])
        #expect(tried.status == 200)
        #expect(try await world.now().leg == "contract_review")
        let fine = await call(world.mei, "POST", target, body, headers: ["if-match": "\"\(version)\""])
        #expect(fine.status == 200, "\(fine.text.prefix(400))")
        #expect(try await world.now().leg == "deposit")
        await world.house.end()
    }
}
