import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("Facts of a record", .serialized)
struct FactTests {
    private func withCustomer(_ body: (WebHouse, Browser, String) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let made = await browser.post(
            "/o/company/new",
            [
                ("name_en", "Nordlicht Ltd"), ("short_name", "Nordlicht"), ("roles", ""), ("roles", "customer"),
                ("country", "DE"), ("currency", "USD"), ("source", "fair"), ("credit_limit", "80000"),
            ])
        try await body(house, browser, made.location.split(separator: "/").last.map(String.init) ?? "")
        await house.end()
    }

    @Test("What may be changed leads to its control, what may not leads nowhere, and what is missing waits folded")
    func links() async throws {
        try await withCustomer { house, owner, id in
            let page = await owner.get("/o/company/\(id)").text
            #expect(page.contains("data-fact=\"country\""))
            #expect(page.contains("/o/company/\(id)/edit#country"))
            // Figures that the house computes are nobody's to change.
            #expect(!page.contains("/edit#order_count"))
            #expect(page.contains("class=\"f-more\"") && page.contains("/edit#city"))
            let reader = try await house.person("reader", roles: ["qc"])
            let seen = await reader.get("/o/company/\(id)").text
            #expect(seen.contains("data-fact=\"country\"") && !seen.contains("/edit#"))
        }
    }

    @Test("A field tells what it was, newest first, to whom may read it and to nobody else")
    func history() async throws {
        try await withCustomer { house, owner, id in
            for name in ["Nordlicht GmbH", "Nordlicht AG"] {
                let shown = await owner.get("/o/company/\(id)/edit").text
                let version = shown.split(separator: "name=\"version\" value=\"").last?.prefix { $0 != "\"" } ?? ""
                _ = await owner.post("/o/company/\(id)/edit", [("version", String(version)), ("name_en", name)])
            }
            let page = await owner.get("/o/company/\(id)/history?field=name_en").text
            let first = try #require(page.range(of: "Nordlicht AG"))
            let last = try #require(page.range(of: "Nordlicht Ltd"))
            #expect(first.lowerBound < last.lowerBound)
            #expect(await owner.get("/o/company/\(id)/history?field=no_such_field").status == 404)
            let reader = try await house.person("reader", roles: ["merchandiser"])
            #expect(await reader.get("/o/company/\(id)/history?field=name_en").status == 200)
            let hidden = await reader.get("/o/company/\(id)/history?field=credit_limit")
            #expect(hidden.status == 404 && !hidden.text.contains("80,000") && !hidden.text.contains("80000"))
        }
    }

    @Test("A figure says how it is computed, an entry what is computed from it, to whom may read those fields")
    func lineage() async throws {
        try await withCustomer { house, owner, id in
            let here = "/o/company/\(id)"
            #expect(await owner.text(here).contains("history?field=credit_available"))
            let page = await owner.text(here + "/history?field=credit_available")
            #expect(page.contains("怎么算出来") && page.contains("history?field=credit_limit"), "\(page.suffix(3000))")
            #expect(page.contains("80,000"), "with the value that stands there")
            let source = await owner.text(here + "/history?field=credit_limit")
            #expect(source.contains("由它算出") && source.contains("history?field=credit_available"))
            let sum = await owner.text(here + "/history?field=receivable_open")
            #expect(sum.contains("合计") && sum.contains("history?field=credit_available"), "\(sum.suffix(2000))")
            let part = await owner.get(here + "/history?field=credit_limit", headers: ["x-requested-with": "fetch"])
            #expect(part.text.hasPrefix("<section class=\"fh\""))
            let reader = try await house.person("reader", roles: ["merchandiser"])
            let seen = await reader.get(here + "/history?field=currency")
            #expect(seen.status == 200 && !seen.text.contains("credit_available"))
            #expect(await reader.get(here + "/history?field=credit_available").status == 404)
        }
    }
}
