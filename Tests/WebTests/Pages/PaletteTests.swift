import Foundation
import Testing

@testable import Web

@Suite("The palette", .serialized)
struct PaletteTests {
    private func customer(_ browser: Browser, _ name: String) async -> String {
        await browser.post(
            "/o/company/new",
            [
                ("name_en", name), ("roles", "customer"), ("country", "DE"), ("currency", "USD"), ("source", "fair"),
            ]
        ).location
    }

    @Test("What makes a record and what opens a list is found in Chinese, in English, by pinyin and by initials")
    func commands() async throws {
        try await withHouse { _, browser in
            for words in ["新建客户", "xinjiankehu", "xjkh", "new company"] {
                let reply = await browser.text("/palette?q=" + Paths.encoded(words))
                #expect(reply.contains("href=\"/o/company/new\""), "\(words): \(reply.prefix(400))")
            }
            for words in ["dingdan", "dd", "orders"] {
                #expect(await browser.text("/palette?q=" + words).contains("href=\"/o/order\""), "\(words)")
            }
            #expect(await browser.text("/palette?q=wdjt").contains("href=\"/\""))
            #expect(await browser.text("/palette?q=gongzuorili").contains("href=\"/settings/calendars\""))
        }
    }

    @Test("What a search found is told in the language that one reads, whichever the account has")
    func language() async throws {
        try await withHouse { _, browser in
            _ = await customer(browser, "Nordlicht GmbH")
            for (language, told, other) in [("zh", "线索", "Lead"), ("en", "Lead", "线索")] {
                browser.take(cookie: "baton_language", language)
                let found = await browser.text("/search?q=Nordlicht")
                let hit = found.firstRange(of: "Nordlicht GmbH").map { found[$0.upperBound...].prefix(600) } ?? ""
                #expect(hit.contains(told) && !hit.contains(other), "\(language): \(hit)")
            }
        }
    }

    @Test("A single letter is no sound")
    func letter() async throws {
        try await withHouse { _, browser in
            #expect(!(await browser.text("/palette?q=x")).contains("新建客户"))
        }
    }

    @Test("Nothing is offered that one may not open")
    func rights() async throws {
        try await withHouse { house, browser in
            _ = await customer(browser, "Nordlicht GmbH")
            let quality = try await house.person("jian", roles: ["qc"])
            #expect(!(await quality.text("/palette?q=xjkh")).contains("/o/company/new"))
            #expect(!(await quality.text("/palette?only=new&q=")).contains("href=\"/o/company/new\""))
            #expect(!(await quality.text("/palette?q=gongzuoliu")).contains("/settings/workflows"))
        }
    }

    @Test("What was looked at last stands first, under the name it has now, for who may still see it")
    func recent() async throws {
        try await withHouse { house, browser in
            let here = await customer(browser, "Nordlicht GmbH")
            let visit = here.split(separator: "/").suffix(2).joined(separator: "~")
            let mine = await browser.text("/palette?q=&recent=\(visit),company~nonsense,x~y~z")
            #expect(mine.contains("data-group=\"recent\"") && mine.contains("Nordlicht"))
            let other = try await house.person("xin", roles: [])
            let theirs = await other.text("/palette?q=&recent=\(visit)")
            #expect(!theirs.contains("data-group=\"recent\"") && !theirs.contains("Nordlicht"))
        }
    }

    @Test("A colleague is found by initials, records by their words")
    func people() async throws {
        try await withHouse { _, browser in
            // The owner is called 林若溪.
            let heard = await browser.text("/palette?q=lrx")
            #expect(heard.contains("data-group=\"people\"") && heard.contains("林若溪"))
            _ = await customer(browser, "Nordlicht GmbH")
            let found = await browser.text("/palette?q=nordl")
            #expect(found.contains("data-group=\"records\"") && found.contains("Nordlicht"))
            _ = await browser.post(
                "/o/company/new",
                [
                    ("name_en", "Ningbo Hongda"), ("name_zh", "宁波宏达"), ("roles", "supplier"), ("country", "CN"),
                    ("currency", "CNY"), ("source", "fair"),
                ])
            for words in ["nbhd", "ningbohongda"] {
                #expect(await browser.text("/palette?q=" + words).contains("Ningbo Hongda"), "\(words)")
            }
        }
    }

    @Test("Without scripts the search page shows the same groups, and the plus leads to what can be made")
    func plain() async throws {
        try await withHouse { _, browser in
            let page = await browser.text("/search?q=xjkh")
            #expect(page.contains("href=\"/o/company/new\"") && !page.contains("role=\"option\""))
            let made = await browser.get("/quick")
            #expect(made.status == 200 && made.text.contains("href=\"/o/company/new\""))
            #expect(!(await browser.text("/quick?q=dingdan")).contains("href=\"/o/company/new\""))
        }
    }
}
