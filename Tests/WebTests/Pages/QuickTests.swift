import Definitions
import Foundation
import Kernel
import Testing

@testable import Web

@Suite("Short forms", .serialized)
struct QuickTests {
    private static let nordlicht: [(String, String)] = [
        ("name_en", "Nordlicht GmbH"), ("roles", "customer"), ("country", "DE"), ("website", "www.nordlicht.de"),
        ("then", "open"),
    ]

    @Test("Every object that may be made has a short form, or leads to its own page")
    func everyObject() async throws {
        try await withHouse { house, browser in
            let model = try await house.kernel.answer(CurrentModel(), as: .system("test"))
            var short = 0
            for object in model.liveObjects where object.parent == nil {
                let reply = await browser.get("/quick/" + object.id)
                #expect(
                    [200, 303, 404].contains(reply.status), "\(object.id): \(reply.status) \(reply.text.prefix(300))")
                guard reply.status == 200 else { continue }
                short += 1
                let fields = reply.text.components(separatedBy: "data-field=\"").count - 1
                #expect((1...10).contains(fields), "\(object.id): \(fields)")
            }
            #expect(short > 20)
            let quotation = await browser.get("/quick/quotation")
            #expect(quotation.status == 303 && quotation.location == "/o/quotation/new")
        }
    }

    @Test("A customer is made with six fields; the rest takes its defaults")
    func create() async throws {
        try await withHouse { house, browser in
            let form = await browser.text("/quick/company")
            for name in ["name_en", "roles", "country", "website", "tax_id"] {
                #expect(form.contains("data-field=\"\(name)\""), "\(name)")
            }
            #expect(!form.contains("data-field=\"source\""))
            let made = await browser.post("/quick/company", Self.nordlicht)
            #expect(made.status == 303, "\(made.text.prefix(800))")
            #expect(await browser.text(made.location).contains("<h1>Nordlicht GmbH</h1>"))
        }
    }

    @Test("A wrong form says at the field what is missing and keeps what was typed")
    func wrong() async throws {
        try await withHouse { _, browser in
            let reply = await browser.post(
                "/quick/company", [("name_en", "Nord <b>"), ("country", ""), ("then", "open")])
            #expect(reply.status == 422 && reply.text.contains("value=\"Nord &lt;b&gt;\""))
            #expect(reply.text.contains("id=\"q-country-e\"") && reply.text.contains("href=\"#q-country\""))
        }
    }

    @Test("A likely duplicate is asked about once, by name, domain or tax ID, and made when it is another")
    func duplicate() async throws {
        try await withHouse { _, browser in
            _ = await browser.post("/quick/company", Self.nordlicht)
            var again = Self.nordlicht
            again[0].1 = "NORDLICHT KG"
            let warned = await browser.post("/quick/company", again)
            #expect(warned.status == 422 && warned.text.contains("accept_duplicate"))
            let made = await browser.post(
                "/quick/company", again + [("accept_duplicate", "true"), ("short_name", "N2")])
            #expect(made.status == 303, "\(made.text.prefix(600))")
        }
    }

    @Test("While one types, what may be the same is named: by name, domain, telephone and mail")
    func same() async throws {
        try await withHouse { _, browser in
            let here = await browser.post("/quick/company", Self.nordlicht).location
            for typed in [("name_en", "Nordli"), ("name_en", "Nordlicht AG"), ("website", "https://nordlicht.de/en")] {
                let reply = await browser.post("/quick/company/same", [typed], isFetch: true)
                #expect(reply.status == 200 && reply.text.contains("href=\"\(here)\""), "\(typed): \(reply.text)")
            }
            #expect(await browser.post("/quick/company/same", [("name_en", "Südwind")], isFetch: true).text.isEmpty)
            let company = String(here.split(separator: "/").last ?? "")
            let contact = await browser.post(
                "/quick/contact",
                [
                    ("company", company), ("name", "Anna Schmidt"), ("phone", "+49 40 1234567"),
                    ("email", "anna@nordlicht.de"), ("then", "open"),
                ]
            ).location
            for typed in [("phone", "040/123 45 67"), ("email", "ANNA@nordlicht.de"), ("name", "Anna Schmidt")] {
                let reply = await browser.post("/quick/contact/same", [typed], isFetch: true)
                #expect(reply.text.contains("href=\"\(contact)\""), "\(typed): \(reply.text)")
            }
        }
    }

    @Test("Of a colleague's record out of sight one learns whom to ask and nothing else")
    func hidden() async throws {
        try await withHouse { house, browser in
            _ = await browser.post("/quick/company", Self.nordlicht)
            let other = try await house.person("xiao", roles: ["sales"])
            let reply = await other.post(
                "/quick/company/same", [("website", "nordlicht.de"), ("name_en", "Nordl")], isFetch: true)
            #expect(reply.status == 200 && reply.text.contains("林若溪"), "\(reply.text)")
            #expect(!reply.text.contains("Nordlicht") && !reply.text.contains("/o/company/"))
            let nobody = try await house.person("wu", roles: [])
            #expect(await nobody.post("/quick/company/same", [("name_en", "Nordl")]).status == 404)
            #expect(await nobody.get("/quick/company").status == 404)
        }
    }

    @Test("A mail signature fills a contact, with the company that is kept already")
    func cardOfContact() async throws {
        try await withHouse { _, browser in
            let here = await browser.post("/quick/company", Self.nordlicht).location
            let card = "Anna Schmidt\nHead of Purchasing\nNordlicht GmbH\nTel: +49 40 1234567\nanna@nordlicht.de"
            let filled = await browser.post("/quick/contact", [("card", card), ("name", ""), ("then", "card")])
            #expect(filled.status == 200)
            for value in ["Anna Schmidt", "Head of Purchasing", "+49 40 1234567", "anna@nordlicht.de"] {
                #expect(filled.text.contains("value=\"\(value)\""), "\(value)")
            }
            #expect(filled.text.contains("value=\"\(here.split(separator: "/").last ?? "")\""))
            // What was typed by hand stays.
            let typed = await browser.post("/quick/contact", [("card", card), ("name", "A. S."), ("then", "card")])
            #expect(typed.text.contains("value=\"A. S.\""))
        }
    }

    @Test("A card of an unknown company offers to make it, with address and country carried along")
    func cardOfUnknown() async throws {
        try await withHouse { _, browser in
            let card = "Anna Schmidt\nSüdwind GmbH\nHafenweg 1\n20457 Hamburg\nanna@suedwind.de"
            let contact = await browser.post("/quick/contact", [("card", card), ("then", "card")])
            #expect(contact.text.contains("/quick/company?") && contact.text.contains("Südwind GmbH"))
            let company = await browser.post("/quick/company", [("card", card), ("then", "card")])
            #expect(
                company.text.contains("value=\"Südwind GmbH\"")
                    && company.text.contains("name=\"city\" value=\"Hamburg\""))
            #expect(company.text.contains("value=\"suedwind.de\""))
            // Who stands on it is said, and comes next.
            #expect(company.text.contains("name=\"person.email\" value=\"anna@suedwind.de\""))
            #expect(company.text.contains("名片上的人") && company.text.contains("Anna Schmidt"))
            let person = [("person.name", "Anna Schmidt"), ("person.email", "anna@suedwind.de")]
            let made = await browser.post("/quick/company", Self.nordlicht + person, isFetch: true)
            #expect(made.text.contains("\"next\":\"/quick/contact?company=") && made.text.contains("name=Anna"))
            let nothing = await browser.post("/quick/company", [("card", "…"), ("then", "card")])
            #expect(nothing.status == 200 && nothing.text.contains("note warn"))
        }
    }

    @Test("A script gets the address of what was made, and the form again when it is wrong")
    func fetched() async throws {
        try await withHouse { _, browser in
            let made = await browser.post("/quick/company", Self.nordlicht, isFetch: true)
            #expect(made.status == 200 && made.text.contains("\"url\":\"/o/company/"), "\(made.text.prefix(300))")
            let wrong = await browser.post("/quick/company", [("name_en", ""), ("then", "stay")], isFetch: true)
            #expect(wrong.status == 200 && wrong.text.hasPrefix("<section class=\"quick\""))
        }
    }
}
