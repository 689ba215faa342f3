import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("From an empty house to the first papers", .serialized)
struct FirstPaperTests {
    private func customer(_ seller: Browser, _ name: String = "Nordlicht", roles: String = "customer") async -> String {
        let made = await seller.post(
            "/o/company/new",
            [
                ("name_en", name + " Ltd"), ("short_name", name), ("roles", ""), ("roles", roles),
                ("country", "DE"), ("currency", "EUR"), ("source", "fair"),
            ])
        return made.location
    }

    private func id(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

    @Test("A day without anything says what to begin with, until there is something")
    func beginnings() async throws {
        try await withHouse { house, _ in
            let lin = try await house.person("lin", roles: ["sales"])
            let day = await lin.text("/")
            #expect(day.contains("从这里开始") && day.contains("href=\"/o/company/new\""))
            #expect(day.contains("href=\"/import/company\"") && day.contains("href=\"/o/inquiry/new\""))
            _ = await customer(lin)
            let later = await lin.text("/")
            #expect(!later.contains("href=\"/import/company\"") && later.contains("href=\"/o/inquiry/new\""))
        }
    }

    @Test("Who makes a record in the list of customers makes a customer")
    func fromTheList() async throws {
        try await withHouse { _, owner in
            #expect(await owner.text("/o/company").contains("href=\"/o/company/new?roles=customer\""))
            let form = await owner.text("/o/company/new?roles=customer")
            #expect(form.contains(/value="customer"[^>]* checked/))
            // Nothing is certain where the view asks for nothing, or for one of several things.
            for view in ["all", "partners"] {
                #expect(await owner.text("/o/company?view=" + view).contains("href=\"/o/company/new\""), "\(view)")
            }
        }
    }

    @Test("A quotation that is begun from an inquiry brings its customer, and the customer's currency")
    func prefilled() async throws {
        try await withHouse { house, _ in
            let lin = try await house.person("lin", roles: ["sales"])
            let company = id(await customer(lin))
            let inquiry = await lin.post(
                "/o/inquiry/new", [("company", company), ("source", "fair"), ("received_at", "2026-11-20T09:00")])
            let form = await lin.text("/o/quotation/new?inquiry=" + id(inquiry.location))
            #expect(form.contains("name=\"company\" value=\"\(company)\"") && form.contains("Nordlicht"))
            #expect(form.contains(/value="EUR"[^>]* (selected|checked)/))
        }
    }

    @Test("A half-typed quotation is computed all the same; saving it says what is missing")
    func sketch() async throws {
        try await withHouse { house, _ in
            let lin = try await house.person("lin", roles: ["sales"])
            let company = id(await customer(lin))
            let typed = [
                ("company", company), ("date", "2026-11-20"), ("valid_until", "2026-12-05"), ("currency", ""),
                ("fx_rate", "7.8"), ("incoterm", "FOB"), ("incoterm_place", "Ningbo"), ("payment_term", ""),
                ("lead_time_wd", "30"), ("lines[0].description", "Panel"), ("lines[0].qty", "800"),
                ("lines[0].price", "11.95"),
            ]
            let computed = await lin.post("/o/quotation/dry-run", typed)
            #expect(computed.text.contains("9,560.00") && computed.text.contains("EUR"), "\(computed.text.prefix(300))")
            let saved = await lin.post("/o/quotation/new", typed)
            #expect(saved.status == 422 && saved.text.contains("付款方式"))
        }
    }

    @Test("The page of a supplier shows what is bought from it, that of a customer what it buys")
    func supplier() async throws {
        try await withHouse { _, owner in
            let maker = await owner.text(await customer(owner, "Dongyang", roles: "supplier"))
            #expect(maker.contains("?tab=purchase_order") && maker.contains("在途采购"))
            #expect(!maker.contains("?tab=quotation") && !maker.contains("流失风险</"))
            let buyer = await owner.text(await customer(owner))
            #expect(buyer.contains("?tab=quotation") && !buyer.contains("?tab=purchase_order"))
        }
    }
}
