import Kernel
import Testing
import Values

@testable import Web

@Suite("Writing at a record", .serialized)
struct ComposerTests {
    private func withCustomer(_ body: (WebHouse, Browser, String) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let made = await browser.post(
            "/o/company/new",
            [
                ("name_en", "Nordlicht Ltd"), ("short_name", "Nordlicht"), ("roles", ""), ("roles", "customer"),
                ("country", "DE"), ("currency", "USD"), ("source", "fair"),
            ])
        try await body(house, browser, made.location)
        await house.end()
    }

    @Test("A call is kept with its minutes and what came of it, and stands so in the timeline")
    func call() async throws {
        try await withCustomer { _, browser, here in
            let noted = await browser.post(
                here + "/note",
                [
                    ("kind", "call"), ("summary", "电话里确认了样品的颜色和数量"), ("minutes", "12"), ("result", "positive"),
                    ("next_at", "2026-11-27"),
                ])
            #expect(noted.status == 303, "\(noted.text.prefix(800))")
            let page = await browser.text(here)
            #expect(page.contains("电话 · 12 分钟") && page.contains("积极") && page.contains("下次 11-27"))
        }
    }

    @Test("A record that no mail template can be about opens all the same")
    func contact() async throws {
        try await withCustomer { _, browser, here in
            let company = String(here.split(separator: "/").last ?? "")
            let made = await browser.post("/o/contact/new", [("company", company), ("name", "Greta Lindner")])
            #expect(made.status == 303, "\(made.text.prefix(400))")
            let page = await browser.get(made.location)
            #expect(page.status == 200 && page.text.contains("Greta Lindner"), "\(page.status)")
        }
    }

    @Test("By the API the same is written: the note answers, stands on the page, and unknown or wrong parts are named")
    func byAPI() async throws {
        try await withCustomer { house, browser, here in
            let target = "/api/v1/company/" + (here.split(separator: "/").last ?? "") + "/notes"
            func send(_ body: String, _ query: String = "") async throws -> Reply {
                let headers = [
                    "content-type": "application/json",
                    "authorization": "Bearer " + (try await house.kernel.localToken(for: "owner")),
                ]
                return await Browser(house: house).send(
                    "POST", target + query, body: Array(body.utf8), headers: headers)
            }
            let call = #"{"summary":"电话里确认了样品的颜色和数量","kind":"call","minutes":"12","next_at":"2026-11-27T01:00:00Z"}"#
            let tried = try await send(call, "?dry_run=true")
            #expect(tried.status == 201)
            #expect(await browser.text(here).contains("电话 · 12 分钟") == false)
            let noted = try await send(call)
            #expect(noted.status == 201 && noted.text.contains("\"minutes\":12"), "\(noted.text.prefix(500))")
            #expect(await browser.text(here).contains("电话 · 12 分钟"))
            for (body, status) in [
                (#"{"summary":"电话里确认了样品的颜色和数量","owner":"x"}"#, 422), (#"{"summary":"太短","kind":"visit"}"#, 422),
                (#"{"summary":"电话里确认了样品的颜色和数量","mentioned":["nobody"]}"#, 422),
            ] {
                let refused = try await send(body)
                #expect(refused.status == status, "\(body): \(refused.text.prefix(300))")
            }
        }
    }

    @Test("What was refused comes back with all that was written, and says what to mend")
    func refused() async throws {
        try await withCustomer { _, browser, here in
            let short = await browser.post(
                here + "/note", [("kind", "visit"), ("summary", "太短"), ("next_at", "2026-11-27")])
            #expect(short.status == 422)
            #expect(short.text.contains("内容至少 10 个字"))
            #expect(short.text.contains(">太短</textarea>") && short.text.contains("value=\"2026-11-27\""))
            #expect(short.text.contains("value=\"visit\" data-shows=\"with minutes\" checked"))
            let fetched = await browser.post(here + "/note", [("kind", "visit"), ("summary", "太短")], isFetch: true)
            #expect(fetched.status == 422)
        }
    }

    @Test("Files come with the note and are fetched from the timeline")
    func files() async throws {
        try await withCustomer { _, browser, here in
            let csrf =
                await browser.text("/").split(separator: "data-csrf=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
            let parts = [
                "name=\"csrf\"\r\n\r\n\(csrf)", "name=\"kind\"\r\n\r\nnote", "name=\"summary\"\r\n\r\n随信附上两份图纸请确认尺寸",
                "name=\"files\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 one",
                "name=\"files\"; filename=\"b.png\"\r\nContent-Type: image/png\r\n\r\ntwo",
            ]
            let body = parts.map { "--B\r\nContent-Disposition: form-data; " + $0 + "\r\n" }.joined() + "--B--\r\n"
            let sent = await browser.send(
                "POST", here + "/note", body: Array(body.utf8),
                headers: ["content-type": "multipart/form-data; boundary=B"])
            #expect(sent.status == 303, "\(sent.text.prefix(800))")
            let page = await browser.text(here)
            #expect(page.contains("a.pdf") && page.contains("b.png"))
            let link = page.split(separator: "href=\"").first { $0.hasPrefix("/o/followup/") && $0.contains("?view") }
            let file = await browser.get(String(link?.prefix { $0 != "\"" } ?? ""))
            #expect(file.text == "%PDF-1.7 one")
        }
    }

    @Test("Whom one can speak to is offered with whether they see the record")
    func mentions() async throws {
        try await withCustomer { house, browser, here in
            _ = try await house.person("chen", roles: ["sales_manager"])
            try await house.kernel.addAccount(
                login: "he", name: "何静", roles: ["sales_manager"], hash: "-", more: [:], id: nil)
            for query in ["hj", "hejing", "%E4%BD%95"] {
                #expect(await browser.get(here + "/note?q=" + query).text.contains("何静"), "\(query)")
            }
            let all = await browser.get(here + "/note?q=ch", headers: ["x-requested-with": "fetch"])
            #expect(all.status == 200 && all.text.contains("\"name\":\"Chen\""))
            #expect(
                await browser.get("/o/company/\(RecordID(at: house.clock.now, random: (1, 1)))/note?q=").status == 404)
        }
    }
}
