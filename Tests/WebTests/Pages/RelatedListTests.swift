import Foundation
import Testing
import Values

@testable import Web

@Suite("Lists on a record's page", .serialized)
struct RelatedListTests {
    @Test(
        "A list is narrowed by state, ordered by a column and searched, each by its address; other addresses change nothing"
    )
    func narrowed() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let made = await owner.post(
            "/o/company/new",
            [
                ("name_en", "Nordlicht Ltd"), ("short_name", "Nordlicht"), ("roles", ""), ("roles", "customer"),
                ("country", "DE"), ("currency", "USD"), ("source", "fair"),
            ])
        let here = made.location
        let company = here.split(separator: "/").last.map(String.init) ?? ""
        for name in ["Katrin Vogel", "Jonas Weber"] {
            _ = await owner.post(
                "/o/contact/new",
                [("company", company), ("name", name), ("email", name.prefix(1) + "@nordlicht.example")])
        }
        let all = await owner.text(here + "?tab=contact")
        #expect(all.contains("id=\"related\"") && all.contains("action=\"\(here)#related\""))
        func list(_ query: String) async -> String {
            let page = await owner.text(here + "?tab=contact" + query)
            return String(page.split(separator: "id=\"related\"").last ?? "")
        }
        let found = await list("&q=Katrin")
        #expect(found.contains("Katrin Vogel") && !found.contains("Jonas Weber"))
        let none = await list("&q=nobody")
        #expect(none.contains("清除筛选"))
        let up = await list("&by=name")
        let down = await list("&by=-name")
        func isFirst(_ one: String, _ other: String, in text: String) -> Bool {
            guard let left = text.range(of: one), let right = text.range(of: other) else { return false }
            return left.lowerBound < right.lowerBound
        }
        #expect(isFirst("Jonas", "Katrin", in: up) && isFirst("Katrin", "Jonas", in: down))
        #expect(await owner.get(here + "?tab=contact&is=nonsense&by=secret").status == 200)
        await house.end()
    }
}
