import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Links that were typed and not picked", .serialized)
struct TypedLinkTests {
    private struct Trade {
        let house: WebHouse
        let browser: Browser

        func plant(_ object: String, _ draft: Draft) async throws -> RecordID {
            let outcome = try await house.kernel.perform(
                Command(.create(object: object, draft), stamp: Stamp()), as: .system("test"))
            return try #require(outcome.created.first?.id)
        }

        func company(_ name: String) async throws -> RecordID {
            try await plant(
                "company",
                Draft([
                    "name_en": .text(name), "short_name": .text(name), "roles": .list([.text("customer")]),
                    "country": .text("DE"), "source": .text("fair"),
                ]))
        }

        func lamp(_ sku: String) async throws -> RecordID {
            let category = try await plant(
                "category", Draft(["code": .text("L-" + sku), "zh": .text("灯具"), "en": .text("Lighting")]))
            var draft = Draft([
                "sku": .text(sku), "name_en": .text("Floor lamp"), "name_zh": .text("落地灯"),
                "category": .text(category.description), "hs": .text("9405210000"),
            ])
            for size in ["carton_l_cm", "carton_w_cm", "carton_h_cm"] { draft.fields[size] = .number("40") }
            for weight in ["carton_nw_kg", "carton_gw_kg"] { draft.fields[weight] = .number("9") }
            for count in ["moq", "pcs_carton", "lead_time_wd"] { draft.fields[count] = .number("10") }
            return try await plant("product", draft)
        }

        /// - Returns: the inquiry that the address ends with.
        func inquiry(_ address: String) async throws -> RecordView {
            let id = try #require(RecordID(address.split(separator: "/").last.map(String.init) ?? ""))
            return try await house.kernel.answer(ShowRecord(object: "inquiry", id: id), as: .system("test"))
        }

        func make(_ fields: [(String, String)]) async -> Reply {
            await browser.post("/o/inquiry/new", [("source", "fair"), ("value_est.currency", "USD")] + fields)
        }
    }

    private func withTrade(_ body: (Trade) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        try await body(Trade(house: house, browser: try await house.owner()))
        await house.end()
    }

    @Test("A name, a code and a product of a line mean the one that is called so, else the only one that fits")
    func meant() async throws {
        try await withTrade { trade in
            let north = try await trade.company("Nordlicht")
            _ = try await trade.company("Nordlicht Handel")
            let south = try await trade.company("Südwind Leuchten")
            let lamp = try await trade.lamp("FL-77")
            let exact = await trade.make([
                ("company", ""), ("company.q", "nordlicht"), ("dest_port", ""), ("dest_port.q", "deham"),
                ("products[0].product", ""), ("products[0].product.q", "FL-77"),
                ("products[0].description", "Floor lamp"),
            ])
            #expect(exact.status == 303)
            let made = try await trade.inquiry(exact.location)
            #expect(made["company"].record == north && made["dest_port"].text == "DEHAM")
            #expect(made.lines["products"]?.first?["product"].record == lamp)
            let only = await trade.make([("company", ""), ("company.q", "Südwind")])
            #expect(try await trade.inquiry(only.location)["company"].record == south)
        }
    }

    @Test("A text that several fit, or none, is refused at the field with their names, and stays there")
    func unclear() async throws {
        try await withTrade { trade in
            _ = try await trade.company("Nordlicht Handel")
            _ = try await trade.company("Nordlicht Leuchten")
            let several = await trade.make([("company", ""), ("company.q", "Nordlicht")])
            #expect(several.status == 422)
            #expect(several.text.contains("“Nordlicht”不止一个：") && several.text.contains("Nordlicht Handel"))
            #expect(several.text.contains("name=\"company.q\"") && several.text.contains("value=\"Nordlicht\""))
            let none = await trade.make([("company", ""), ("company.q", "Ostwind <b>")])
            #expect(none.status == 422 && none.text.contains("没有找到“Ostwind &lt;b&gt;”"))
        }
    }

    @Test("In a form that is changed the name as it was is no news, another takes its place, an emptied one is empty")
    func changed() async throws {
        try await withTrade { trade in
            let north = try await trade.company("Nordlicht")
            let south = try await trade.company("Südwind")
            let here = await trade.make([("company", north.description)]).location
            func change(_ text: String?) async throws -> RecordID? {
                let record = try await trade.inquiry(here)
                var fields = [
                    ("version", String(record.version)), ("company", record["company"].record?.description ?? ""),
                ]
                if let text { fields.append(("company.q", text)) }
                let reply = await trade.browser.post(here + "/edit", fields)
                #expect(reply.status == 303, "\(text ?? "nil"): \(reply.text.prefix(800))")
                return try await trade.inquiry(here)["company"].record
            }
            #expect(try await change("Nordlicht") == north)
            #expect(try await change(nil) == north)
            #expect(try await change("südwind") == south)
            #expect(try await change("") == nil)
        }
    }
}
