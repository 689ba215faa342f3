import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Two who change one quotation", .serialized)
struct LineConflictTests {
    private struct Sheet {
        let house: WebHouse
        let browser: Browser
        let path: String
        let id: RecordID

        func lines() async throws -> [(id: String, qty: String, price: String)] {
            let record = try await house.kernel.answer(
                ShowRecord(object: "quotation", id: id), as: .system("test"))
            return (record.lines["lines"] ?? []).map {
                ($0.id.description, $0["qty"].decimal?.shortest ?? "", $0["price"].decimal?.shortest ?? "")
            }
        }

        /// What a sheet that is open holds: its version and what it has seen.
        func opened() async -> [(String, String)] {
            let page = await browser.text(path + "/edit")
            return ["version", "seen"].map { name in
                let text =
                    page.split(separator: "name=\"\(name)\" value=\"", maxSplits: 1).last?.prefix { $0 != "\"" } ?? ""
                return (name, String(text).replacing("&amp;", with: "&"))
            }
        }

        func save(_ head: [(String, String)], _ rows: [(id: String, qty: String, price: String)]) async -> Reply {
            let cells = rows.enumerated().flatMap { place, row in
                [
                    ("lines[\(place)].id", row.id), ("lines[\(place)].description", "Panel light"),
                    ("lines[\(place)].qty", row.qty), ("lines[\(place)].unit", "PCS"),
                    ("lines[\(place)].price", row.price),
                ]
            }
            return await browser.post(path + "/edit", head + cells)
        }
    }

    private func withSheet(_ body: (Sheet) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        func plant(_ object: String, _ draft: Draft) async throws -> RecordID {
            let outcome = try await house.kernel.perform(
                Command(.create(object: object, draft), stamp: Stamp()), as: .system("test"))
            return try #require(outcome.created.first?.id)
        }
        let company = try await plant(
            "company",
            Draft([
                "name_en": .text("Nordlicht"), "short_name": .text("Nordlicht"), "roles": .list([.text("customer")]),
                "country": .text("DE"), "currency": .text("USD"), "source": .text("fair"),
            ]))
        var draft = Draft(["company": .record(company), "fx_rate": .number("7.1")])
        draft.lines["lines"] = ["240", "480"].map { qty in
            LineDraft(["description": .text("Panel light"), "qty": .number(qty), "price": .number("9.8")])
        }
        let id = try await plant("quotation", draft)
        try await body(Sheet(house: house, browser: browser, path: "/o/quotation/\(id)", id: id))
        await house.end()
    }

    @Test("Other lines, other cells of a line and new lines are kept from both sides without asking")
    func apart() async throws {
        try await withSheet { sheet in
            let head = await sheet.opened()
            let rows = try await sheet.lines()
            var first = rows
            first[0].price = "9.5"
            first[1].qty = "500"
            let saved = await sheet.save(head, first + [("", "10", "1")])
            #expect(saved.status == 303, "\(saved.text.prefix(600))")
            var second = rows
            second[0].qty = "250"
            let merged = await sheet.save(head, second + [("", "20", "2")])
            #expect(merged.status == 303, "\(merged.text.prefix(600))")
            let now = try await sheet.lines().map { $0.qty + " " + $0.price }
            #expect(now == ["250 9.5", "500 9.8", "10 1", "20 2"])
            #expect(await sheet.browser.text(sheet.path).contains("也保留了"))
        }
    }

    @Test("The same cell waits for a choice by line and column, with who and when; either is kept")
    func together() async throws {
        for (choice, kept) in [("theirs", "9.5"), ("mine", "9.2")] {
            try await withSheet { sheet in
                let head = await sheet.opened()
                let rows = try await sheet.lines()
                var theirs = rows
                theirs[0].price = "9.5"
                theirs[1].qty = "600"
                _ = await sheet.save(head, theirs)
                var mine = rows
                mine[0].price = "9.2"
                mine[0].qty = "260"
                let asked = await sheet.save(head, mine)
                #expect(asked.status == 409)
                let pick = "pick.lines[\(rows[0].id)].price"
                #expect(asked.text.contains(pick) && !asked.text.contains("].qty\" value=\"mine\""))
                #expect(asked.text.contains("第 1 行 · 单价") && asked.text.contains("林若溪"))
                let version = asked.text.split(separator: "name=\"version\" value=\"").last?.prefix { $0 != "\"" } ?? ""
                mine[1].qty = "600"
                let saved = await sheet.save([("version", String(version)), ("seen", ""), (pick, choice)], mine)
                #expect(saved.status == 303, "\(saved.text.prefix(600))")
                #expect(try await sheet.lines().map { $0.qty + " " + $0.price } == ["260 \(kept)", "600 9.8"])
            }
        }
    }

    @Test("A line that somebody deleted while the other changed it stays as a new one, and the author is told")
    func takenOut() async throws {
        try await withSheet { sheet in
            let head = await sheet.opened()
            let rows = try await sheet.lines()
            _ = await sheet.save(head, [rows[0]])
            var mine = rows
            mine[1].qty = "700"
            let told = await sheet.save(head, mine)
            #expect(told.status == 409 && told.text.contains("对方删掉了"))
            #expect(told.text.contains("value=\"700\""))
            #expect(try await sheet.lines().count == 1)
        }
    }
}
