import Definitions
import Testing

@testable import Web

@Suite("Help", .serialized)
struct HelpTests {
    @Test("Every chapter opens in both languages, and every way in it leads to a page")
    func chapters() async throws {
        try await withHouse { _, browser in
            for language in ["zh", "en"] {
                browser.take(cookie: "baton_language", language)
                for chapter in Manual.chapters {
                    let reply = await browser.get(Paths.help(chapter.id))
                    let title = language == "zh" ? chapter.title.zh : chapter.title.en
                    #expect(
                        reply.status == 200 && reply.text.contains("<h1>\(title)</h1>"), "\(chapter.id) \(language)")
                }
            }
            for url in Self.ways {
                let status = await browser.get(url).status
                #expect(status == 200 || status == 303, "\(url): \(status)")
            }
            #expect(await browser.get("/help/nothing").status == 404)
        }
    }

    private static var ways: [String] {
        Manual.chapters.flatMap(\.sections).flatMap(\.blocks).compactMap { block in
            if case .way(_, let url) = block { url } else { nil }
        }
    }

    @Test("The manual is searched in either language, whichever the page is in")
    func search() async throws {
        try await withHouse { _, browser in
            let chinese = await browser.text("/help?q=" + Paths.encoded("停表"))
            #expect(chinese.contains("href=\"/help/relay\"") && !Self.cards(chinese).contains("/help/import"))
            #expect(Self.cards(await browser.text("/help?q=pinyin")).contains("/help/start"))
            #expect(await browser.text("/help?q=" + Paths.encoded("没有这个词")).contains("href=\"/help/words\""))
        }
    }

    /// The part of the index after the list of chapters at its side.
    private static func cards(_ page: String) -> Substring {
        page.firstRange(of: "hp-c").map { page[$0.lowerBound...] } ?? ""
    }

    @Test("The keys stand on one page, each group of the sheet with its keys")
    func keys() async throws {
        try await withHouse { _, browser in
            let page = await browser.text("/help/keys")
            for group in KeyMap.groups { #expect(page.contains("<h2>\(group.title.zh)</h2>"), "\(group.id)") }
            #expect(page.contains("id=\"key-map\"") && page.contains("<kbd>Ctrl</kbd><kbd>K</kbd>"))
        }
    }

    @Test("The data dictionary tells what a field means to whom may see it, and to nobody else")
    func dictionary() async throws {
        try await withHouse { house, browser in
            let all = await browser.text("/help/words/company")
            #expect(all.contains("id=\"field-credit_limit\"") && all.contains("与单据上的法定名称一致"))
            let quality = try await house.person("jian", roles: ["qc"])
            let few = await quality.get("/help/words/company")
            #expect(few.status == 404 || !few.text.contains("id=\"field-credit_limit\""))
        }
    }

    @Test("The tour leads from stop to stop through pages that open, and is offered once")
    func tour() async throws {
        try await withHouse { _, browser in
            #expect(await browser.text("/").contains("href=\"/help/tour?later=1\""))
            var address = await browser.get("/help/tour").location
            var seen = 0
            while !address.isEmpty, seen < 20 {
                var reply = await browser.get(address)
                if reply.status == 303 { reply = await browser.get(reply.location) }
                #expect(reply.status == 200, "\(address)")
                let page = reply.text
                guard let card = page.firstRange(of: "id=\"tour\"") else { break }
                seen += 1
                address = Self.next(page[card.lowerBound...])
            }
            #expect(seen >= 6, "the tour ended after \(seen) stops")
            #expect(!(await browser.text("/")).contains("href=\"/help/tour?later=1\""))
        }
    }

    /// Where the card's way on leads; the last one leads to the day.
    private static func next(_ card: Substring) -> String {
        let marks = card.ranges(of: "class=\"btn p\" href=\"")
        guard let mark = marks.first else { return "" }
        let url = card[mark.upperBound...].prefix { $0 != "\"" }.replacing("&amp;", with: "&")
        return url.contains("tour=") || url.contains("at=record") ? String(url) : ""
    }

    @Test("A figure of a record tells how it is counted")
    func figures() async throws {
        try await withHouse { _, browser in
            let record = await browser.post(
                "/o/company/new",
                [
                    ("name_en", "Nordlicht GmbH"), ("roles", "customer"), ("country", "DE"), ("currency", "USD"),
                    ("source", "fair"),
                ]
            ).location
            let page = await browser.text(record)
            #expect(page.contains("popovertarget=\"figure-0\"") && page.contains("id=\"figure-0\""))
        }
    }
}
