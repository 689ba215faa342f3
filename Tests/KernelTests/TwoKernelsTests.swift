import Definitions
import Kernel
import Testing
import Values

/// A server and a command line work on one file.
@Suite(.serialized) struct TwoKernelsTests {
    private let field = DefinitionChange.addField(
        object: "company", FieldDraft(id: "x_colour", label: Label(zh: "颜色", en: "Colour"), type: "text"))

    private func coloured(_ name: String) -> Draft {
        Draft([
            "name_en": .text(name), "roles": .list([.text("bank")]), "country": .text("DE"), "x_colour": .text("blue"),
        ])
    }

    @Test("Definitions that one changes are in force for the other, at its next write and at its next read")
    func takesOver() async throws {
        let house = try await TestHouse.open()
        let other = try await TestHouse.open(
            folder: house.folder, packs: Packs.shipped, digest: "shipped", idSeed: 99)
        _ = try await house.define([field])
        let zong = try await other.actor("zong")
        let made = try await other.kernel.perform(Command(.create(object: "company", coloured("A"))), as: zong)
        #expect(made.record?["x_colour"] == .text("blue"))

        _ = try await other.define([
            .relabelField(object: "company", field: "x_colour", label: Label(zh: "色", en: "Hue"), help: nil)
        ])
        let model = try await house.kernel.answer(CurrentModel(), as: zong)
        #expect(model.object("company")?.field("x_colour")?.label.en == "Hue")
        #expect(try await house.kernel.answer(Vitals(), as: zong).modelVersion == model.version)
        // And each may go on defining.
        _ = try await house.define([.retireField(object: "company", field: "x_colour")])
        let refusal = try await refused {
            try await other.kernel.perform(Command(.create(object: "company", coloured("B"))), as: zong)
        }
        #expect(refusal.problems.map(\.code) == ["unknown_field"])
        await other.close()
        await house.end()
    }

    @Test("A process takes over newer packs from the database and works by them, and older ones when they come back")
    func newerPacks() async throws {
        let shipped = try Packs.files()
        let house = try await TestHouse.open()
        let files = try Packs.files(changing: "objects/company.yaml") { text in
            text.replacing(
                "  - {id: city,", with: "  - {id: shoe, label: {zh: 鞋, en: Shoe}, type: text}\n  - {id: city,")
        }
        let newer = try await TestHouse.open(
            folder: house.folder, packs: files.map(\.pack), digest: "newer", files: files, migrate: true, idSeed: 99)
        let zong = try await house.actor("zong")
        let draft = Draft([
            "name_en": .text("A"), "roles": .list([.text("bank")]), "country": .text("DE"), "shoe": .text("left"),
        ])
        let made = try await house.kernel.perform(Command(.create(object: "company", draft)), as: zong)
        #expect(made.record?["shoe"] == .text("left"))
        #expect(!house.kernel.isOutdated)
        // What the company defines there is made of the newer packs, for all.
        _ = try await house.define([field])
        let model = try await newer.kernel.answer(CurrentModel(), as: zong)
        #expect(model.object("company")?.field("x_colour") != nil && model.object("company")?.field("shoe") != nil)
        await newer.close()

        let back = try await TestHouse.open(
            folder: house.folder, packs: shipped.map(\.pack), digest: "shipped", files: shipped, migrate: true,
            idSeed: 98)
        let old = try await house.kernel.answer(CurrentModel(), as: zong)
        #expect(old.object("company")?.field("shoe") == nil && old.object("company")?.field("x_colour") != nil)
        _ = try await house.create(
            "task", Draft(["title": .text("x"), "due": .text("2026-11-23T09:00:00+08:00")]), as: "zong")
        await back.close()
        await house.end()
    }

    @Test("A process with packs that the database does not have goes on reading and refuses to write")
    func otherPacks() async throws {
        let house = try await TestHouse.open()
        let newer = try await TestHouse.open(
            folder: house.folder, packs: Packs.shipped, digest: "newer", migrate: true, idSeed: 99)
        let zong = try await house.actor("zong")
        _ = try await house.kernel.answer(ListRecords(object: "company"), as: zong)
        let refusal = try await refused { try await house.create("task", Draft(["title": .text("x")]), as: "zong") }
        #expect(refusal.code == "definitions_moving")
        #expect(house.kernel.isOutdated)
        // It leaves the house's own work to others.
        await house.kernel.keepHouse()
        _ = try await house.kernel.answer(ListRecords(object: "company"), as: zong)
        await newer.close()
        await house.end()
    }
}
