import Definitions
import Foundation
import Kernel
import Testing

@testable import Web

@Suite("Pages of a working house", .serialized)
struct PageTests {
    private static let company: [(String, String)] = [
        ("name_en", "Nordlicht GmbH"), ("short_name", "Nordlicht"), ("roles", ""), ("roles", "customer"),
        ("country", "DE"),
        ("currency", "USD"), ("source", "fair"),
    ]

    /// Makes the customer and gives the address of its page.
    private func customer(_ browser: Browser) async throws -> String {
        let reply = await browser.post("/o/company/new", Self.company)
        #expect(reply.status == 303, "\(reply.text.prefix(2000))")
        return reply.location
    }

    @Test("Every kind of page opens for the owner")
    func everyPage() async throws {
        try await withHouse { _, browser in
            let here = try await customer(browser)
            let paths = [
                "/", "/o/company", "/o/company?view=all&sort=-short_name", "/o/company/new", "/o/quotation/new",
                "/o/order",
                here, here + "/edit", here + "?tab=contact", here + "/why", here + "/timeline", "/search?q=nord",
                "/palette?q=nord", "/notices", "/build", "/build/company", "/import/company", "/o/company/bin",
                "/o/followup/new",
            ]
            await browser.expectToOpen(paths)
        }
    }

    @Test("A record opens for who may see records that belong to it, but not that they do")
    func hiddenLink() async throws {
        try await withHouse { house, browser in
            let fields = Self.company.map { $0.1 == "customer" ? ("roles", "supplier") : $0 }
            let here = await browser.post("/o/company/new", fields).location
            // Purchasing sees every order, without its customer.
            let buyer = try await house.person("gou", roles: ["purchasing"])
            for path in [here, here + "?tab=order", here + "?tab=purchase_order"] {
                let reply = await buyer.get(path)
                #expect(reply.status == 200, "\(path): \(reply.status) \(reply.text.prefix(400))")
                #expect(!reply.text.contains("?tab=order\""), "the tab says that there are orders of a customer")
            }
        }
    }

    @Test("Every list and every new form of the packs opens")
    func everyObject() async throws {
        try await withHouse { house, browser in
            let model = try await house.kernel.answer(CurrentModel(), as: .system("test"))
            for object in model.liveObjects where object.parent == nil {
                for path in ["/o/\(object.id)", "/o/\(object.id)/new"] {
                    let reply = await browser.get(path)
                    #expect([200, 404].contains(reply.status), "\(path): \(reply.status) \(reply.text.prefix(400))")
                }
            }
        }
    }

    @Test("A page waits for one style sheet and says which pages a browser may fetch ahead")
    func firstPaint() async throws {
        try await withHouse { _, browser in
            let reply = await browser.get("/o/company")
            let sheets = reply.text.split(separator: "rel=\"stylesheet\" href=\"/a/").dropFirst().map {
                String($0.prefix { $0 != "." })
            }
            #expect(sheets == ["frame", "phone"])
            let rules = try #require(reply.headers.first { $0.name == "speculation-rules" }?.value)
            let answer = await browser.get(String(rules.dropFirst().dropLast()))
            #expect(answer.status == 200)
            #expect(
                answer.headers.contains { $0.name == "content-type" && $0.value == "application/speculationrules+json" }
            )
            let read = try JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: [[String: Any]]]
            // Only what is being pressed: a page asked for earlier could be older than what its reader just wrote.
            #expect(read?["prefetch"]?.first?["eagerness"] as? String == "conservative")
        }
    }

    @Test("A new customer comes from the form, is in the list and is found by two letters")
    func createAndFind() async throws {
        try await withHouse { _, browser in
            let here = try await customer(browser)
            #expect(await browser.text(here).contains("<h1>Nordlicht</h1>"))
            #expect(await browser.text("/o/company").contains("Nordlicht"))
            let picked = await browser.get("/o/company/pick?q=Nord")
            #expect(picked.text.contains("\"title\":\"Nordlicht\""))
        }
    }

    @Test("A wrong form keeps what was typed and says at the field what is wrong")
    func wrongForm() async throws {
        try await withHouse { _, browser in
            let reply = await browser.post("/o/company/new", [("city", "Bremen <b>"), ("name_en", "")])
            #expect(reply.status == 422)
            #expect(reply.text.contains("value=\"Bremen &lt;b&gt;\""))
            #expect(reply.text.contains("id=\"f-name_en-e\""))
        }
    }

    @Test("A change on an old version is shown beside what stands now, not saved over it")
    func stale() async throws {
        try await withHouse { _, browser in
            let here = try await customer(browser)
            let first = await browser.post(here + "/edit", [("version", "1"), ("city", "Bremen")])
            #expect(first.status == 303, "\(first.text.prefix(800))")
            let second = await browser.post(here + "/edit", [("version", "1"), ("city", "Hamburg")])
            #expect(second.status == 409)
            #expect(second.text.contains("Bremen") && second.text.contains("value=\"Hamburg\""))
            #expect(second.text.contains("name=\"version\" value=\"2\""))
        }
    }

    @Test("A likely duplicate is shown before it is made, and made when it was looked at")
    func duplicate() async throws {
        try await withHouse { _, browser in
            _ = try await customer(browser)
            var again = Self.company
            again[1].1 = "Nordlicht 2"
            let warned = await browser.post("/o/company/new", again)
            #expect(warned.status == 422 && warned.text.contains("accept_duplicate"))
            let made = await browser.post("/o/company/new", again + [("accept_duplicate", "true")])
            #expect(made.status == 303)
        }
    }

    @Test("A second press of the button does not make a second record")
    func idempotent() async throws {
        try await withHouse { _, browser in
            let fields = Self.company + [("idempotency-key", "one"), ("accept_duplicate", "true")]
            let first = await browser.post("/o/company/new", fields)
            let second = await browser.post("/o/company/new", fields)
            #expect(first.location == second.location && first.status == 303)
        }
    }

    @Test("A condition of the builder becomes an expression of the address, and words again")
    func filter() async throws {
        try await withHouse { _, browser in
            _ = try await customer(browser)
            let built = await browser.get("/o/company?view=all&ff=country&fo=eq&fv=DE")
            #expect(built.status == 303 && built.location.contains("filter=country%20%3D%20%22DE%22"))
            let page = await browser.text(built.location)
            #expect(page.contains("Nordlicht") && page.contains("国家 是 DE"))
            let none = await browser.text("/o/company?view=all&filter=" + PercentCode.encode("country = \"US\""))
            #expect(none.contains("没有符合条件的记录"))
            let count = await browser.get("/o/company/count?view=all", headers: ["x-requested-with": "fetch"])
            #expect(count.text == "{\"count\":1,\"capped\":false}")
        }
    }

    @Test("A deleted record lies in the bin and comes back")
    func deleteAndRestore() async throws {
        try await withHouse { _, browser in
            let here = try await customer(browser)
            let gone = await browser.post(here + "/delete", [("version", "1")])
            #expect(gone.status == 303)
            #expect(await browser.text("/o/company/bin").contains("Nordlicht"))
            #expect(await browser.text("/o/company").contains("Nordlicht") == false)
            _ = await browser.post(here + "/restore", [])
            #expect(await browser.text("/o/company?view=all").contains("Nordlicht"))
        }
    }

    @Test("A note written on the record stands in its timeline")
    func note() async throws {
        try await withHouse { _, browser in
            let here = try await customer(browser)
            let noted = await browser.post(here + "/note", [("summary", "电话里确认了样品的颜色和数量"), ("next_at", "2026-11-27")])
            #expect(noted.status == 303)
            let page = await browser.text(here)
            #expect(page.contains("电话里确认了样品的颜色和数量"), "\(page.prefix(3000))")
        }
    }

    @Test("A form that was not sent from here changes nothing")
    func forged() async throws {
        try await withHouse { house, browser in
            let here = try await customer(browser)
            let stranger = Browser(house: house)
            let refused = await stranger.post(here + "/delete", [("version", "1")])
            #expect(refused.status == 401 || refused.status == 403 || refused.status == 303)
            #expect(await browser.text(here).contains("Nordlicht"))
        }
    }

    @Test("A field added on the page of definitions stands in the form at once")
    func addField() async throws {
        try await withHouse { _, browser in
            let added = await browser.post(
                "/build/company/fields",
                [
                    ("label_zh", "颜色偏好"), ("label_en", "Colour"), ("id", "x_colour"), ("type", "text"), ("formula", ""),
                    ("required", "false"),
                ])
            #expect(added.status == 303, "\(added.text.prefix(1500))")
            #expect(await browser.text("/o/company/new").contains("颜色偏好"))
        }
    }

    @Test("All fields share one dialog for their names; without scripts the address names the field")
    func oneDialog() async throws {
        try await withHouse { _, browser in
            let page = await browser.text("/build/company")
            #expect(page.ranges(of: "<dialog id=\"rename-field\"").count == 1)
            #expect(page.contains("data-action=\"/build/company/fields/city/label\""))
            #expect(!page.contains("class=\"shown\""))
            let asked = await browser.text("/build/company?rename=city")
            let dialog = try #require(
                asked.firstMatch(of: /<dialog id="rename-field".*?<\/dialog>/.dotMatchesNewlines()))
            #expect(dialog.0.contains("class=\"shown\"") && dialog.0.contains("value=\"City\""))
            #expect(dialog.0.contains("action=\"/build/company/fields/city/label\""))
        }
    }
}
