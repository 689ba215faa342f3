import Kernel
import Testing
import Values

@testable import Web

@Suite("Mails by template", .serialized)
struct MailTemplatePageTests {
    private func withTemplate(_ body: (WebHouse, Browser, String, String) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let made = await browser.post(
            "/o/company/new",
            [
                ("name_en", "Nordlicht Ltd"), ("short_name", "Nordlicht"), ("roles", ""), ("roles", "customer"),
                ("country", "DE"), ("currency", "USD"), ("source", "fair"),
            ])
        let template = await browser.post(
            "/o/mail_template/new",
            [
                ("name", "Greeting"), ("about", "company"), ("language", "en"), ("sharing", "own"), ("active", "true"),
                ("subject", "News for {= name_en }"), ("body", "Dear {= receiver },\nhow are things in {= city }?"),
            ])
        let id = template.location.split(separator: "/").last.map(String.init) ?? ""
        try await body(house, browser, made.location, id)
        await house.end()
    }

    @Test("Without scripts the chosen template fills the mail on the page, keeps the rest and says what stands open")
    func plain() async throws {
        try await withTemplate { _, browser, here, template in
            #expect(await browser.text(here).contains("Greeting · "))
            let filled = await browser.post(
                here + "/note",
                [("kind", "email"), ("template", template), ("fill", "1"), ("next_at", "2026-11-27"), ("summary", "")])
            #expect(filled.status == 200, "\(filled.text.prefix(600))")
            #expect(filled.text.contains("value=\"News for Nordlicht Ltd\""))
            #expect(filled.text.contains("how are things in [City]?</textarea>"))
            #expect(filled.text.contains("value=\"2026-11-27\"") && filled.text.contains("方括号处还没填上"))
            #expect(filled.text.contains("value=\"email\" data-shows=\"mail\" checked"))
        }
    }

    @Test(
        "Scripts and the API get the same text; a template out of sight is not there, a bad place is refused at its field"
    )
    func asked() async throws {
        try await withTemplate { house, browser, here, template in
            let asked = await browser.get(here + "/note?template=" + template, headers: ["x-requested-with": "fetch"])
            #expect(asked.text.contains("\"subject\":\"News for Nordlicht Ltd\""), "\(asked.text)")
            let token = try await house.kernel.localToken(for: "owner")
            let id = here.split(separator: "/").last ?? ""
            let api = await Browser(house: house).get(
                "/api/v1/company/\(id)/mail?template=\(template)", headers: ["authorization": "Bearer " + token])
            #expect(api.status == 200 && api.text.contains("\"reason\":\"empty\""), "\(api.text)")
            let other = try await house.person("lin", roles: ["sales"])
            #expect(await other.get(here + "/note?template=" + template).status == 404)
            let bad = await browser.post(
                "/o/mail_template/\(template)/edit", [("version", "1"), ("subject", "News for {= name_xx }")])
            #expect(bad.status == 422 && bad.text.contains("{= name_xx }"))
        }
    }

    @Test("The chips of a timeline are addresses: one narrows it, another adds to it, all clears it")
    func chips() async throws {
        try await withTemplate { _, browser, here, _ in
            for (kind, text) in [("call", "Called about the price list"), ("email", "Mailed about the price list")] {
                _ = await browser.post(here + "/note", [("kind", kind), ("summary", text)])
            }
            let mails = await browser.text(here + "?kinds=mail")
            #expect(mails.contains("Mailed about") && !mails.contains("Called about"))
            #expect(mails.contains("?kinds=mail,note\"") && mails.contains("<a class=\"chip\" href=\"\(here)\""))
            #expect(await browser.text(here + "/timeline?kinds=note").contains("Called about"))
        }
    }
}
