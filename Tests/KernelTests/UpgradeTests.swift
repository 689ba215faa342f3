import Definitions
import Foundation
import Kernel
import Testing
import Values

/// A new version of a shipped pack meets what the company made of the old one.
@Suite(.serialized) struct UpgradeTests {
    private func label(_ text: String) -> Label { Label(zh: text, en: text) }

    @Test("Every change of the company survives a newer trade pack, and what is new is there")
    func upgrade() async throws {
        var house = try await TestHouse.open()
        let before = try await companyChanges(house)
        await house.close()

        let packs = try newerPacks(in: house.folder)
        // Without consent nothing is migrated; the plan says what would be.
        await #expect(throws: Fault.self) {
            _ = try await TestHouse.open(folder: house.folder, packs: packs, digest: "newer")
        }
        house = try await TestHouse.open(
            folder: house.folder, packs: packs, digest: "newer", migrate: true, idSeed: 5)
        try await expectCompanyChanges(house, before)
        try await expectNews(house, before)
        await house.close()

        // Opened once more, nothing is left to do.
        house = try await TestHouse.open(folder: house.folder, packs: packs, digest: "newer", idSeed: 6)
        try await expectCompanyChanges(house, before)
        #expect(try await house.kernel.verify().isSound)
        await house.end()
    }

    private struct Before {
        let company: RecordID
        let visit: RecordID
        let edited: RecordID
        let deleted: RecordID
        let terms: Int
    }

    private func companyChanges(_ house: TestHouse) async throws -> Before {
        _ = try await house.define([
            .addField(object: "company", FieldDraft(id: "x_colour", label: label("Farbe"), type: "text")),
            .relabelField(object: "company", field: "city", label: label("Ort"), help: nil),
            .relabelField(object: "company", field: "website", label: label("Netz"), help: nil),
            .retireField(object: "company", field: "postcode"),
            .addObject(id: "x_visit", label: label("Besuch"), plural: label("Besuche"), icon: "map"),
            .addField(object: "x_visit", FieldDraft(id: "x_title", label: label("Titel"), type: "text")),
        ])
        let company = try await house.customer(
            "Upgrade GmbH", of: "lin", ["x_colour": .text("Ultramarin"), "city": .text("Köln")])
        let visit = try await house.create(
            "x_visit", Draft(["name": .text("Hausmesse"), "x_title": .text("Messe")]), as: "zong"
        ).id
        let edited = try await house.defaultRecord("payment_term", "TT100ADV")
        try await house.update("payment_term", edited, Draft(["name_zh": .text("自己的叫法")]), as: "zong")
        let page = try await house.kernel.answer(
            ListRecords(object: "payment_term", columns: ["code"], limit: 500), as: .system("test"))
        let deleted = try #require(page.rows.map(\.id).first { $0 != edited })
        _ = try await house.kernel.perform(
            Command(.delete(object: "payment_term", id: deleted, expecting: nil)),
            as: try await house.actor("zong"))
        return Before(company: company, visit: visit, edited: edited, deleted: deleted, terms: page.rows.count - 1)
    }

    private func newerPacks(in folder: String) throws -> [Pack] {
        let copy = folder + "/Packs"
        // A link is followed, so that the copy is one and the shipped packs stay as they are.
        let shipped = URL(fileURLWithPath: Packs.folder).resolvingSymlinksInPath().path
        try FileManager.default.copyItem(atPath: shipped, toPath: copy)
        func edit(_ file: String, _ body: (String) -> String) throws {
            let path = copy + "/trade/" + file
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let changed = body(text)
            #expect(changed != text, "\(file) was to be changed")
            try changed.write(toFile: path, atomically: true, encoding: .utf8)
        }
        try edit("pack.yaml") { $0.replacing("version: '1.0.0'", with: "version: '2.0.0'") }
        try edit("objects/company.yaml") { text in
            text.replacing(
                "  - {id: city,",
                with: "  - {id: loyalty, label: {zh: 忠诚度, en: Loyalty}, type: integer, default: '1'}\n  - {id: city,"
            ).replacing("label: {zh: 税号, en: Tax ID}", with: "label: {zh: 税务识别号, en: VAT number}")
                .replacing("label: {zh: 网站, en: Website}", with: "label: {zh: 网址, en: Web address}")
        }
        try edit("records/payment_term.csv") { text in
            text + (text.hasSuffix("\n") ? "" : "\n") + "NEWTERM,NEWTERM,New term,新条款,100%@PI+9d,1,9,1,,true\n"
        }
        return ["base", "trade"].map { Pack.load(directory: copy + "/" + $0) }
    }

    private func expectCompanyChanges(_ house: TestHouse, _ before: Before) async throws {
        let model = try await house.kernel.answer(CurrentModel(), as: .nobody)
        let company = try #require(model.object("company"))
        #expect(company.field("x_colour")?.label.zh == "Farbe")
        #expect(company.field("city")?.label.zh == "Ort")
        #expect(company.field("website")?.label.zh == "Netz", "the company's own label stands over the pack's new one")
        #expect(company.field("postcode")?.retired == true)
        let view = try await house.show("company", before.company)
        #expect(view["x_colour"] == .text("Ultramarin"))
        #expect(view["city"] == .text("Köln"))
        #expect(try await house.show("x_visit", before.visit)["x_title"] == .text("Messe"))
        #expect(try await house.show("payment_term", before.edited)["name_zh"] == .text("自己的叫法"))
        let refusal = try await refused { try await house.show("payment_term", before.deleted) }
        #expect(refusal.kind == .missing, "what the company threw away does not come back")
    }

    private func expectNews(_ house: TestHouse, _ before: Before) async throws {
        let model = try await house.kernel.answer(CurrentModel(), as: .nobody)
        let company = try #require(model.object("company"))
        #expect(company.field("tax_id")?.label.zh == "税务识别号")
        #expect(model.packs.first { $0.id == "trade" }?.version == "2.0.0")
        _ = try await house.update("company", before.company, Draft(["loyalty": .number("7")]), as: "lin")
        let found = try await house.kernel.answer(
            ListRecords(object: "company", columns: ["loyalty"], filters: ["loyalty = 7"]), as: .system("test"))
        #expect(found.rows.map(\.id) == [before.company])
        let terms = try await house.kernel.answer(
            ListRecords(object: "payment_term", columns: ["code"], limit: 500), as: .system("test"))
        #expect(terms.rows.count == before.terms + 1)
        #expect(terms.rows.contains { $0["code"] == .text("NEWTERM") })
    }
}
