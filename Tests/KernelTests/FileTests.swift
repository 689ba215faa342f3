import Definitions
import Kernel
import Testing
import Values

/// Files at records: who may write the field may put them there, who sees the record may fetch them.
@Suite(.serialized) struct FileTests {
    @Test("A file is put to a record, told by its first bytes, fetched and taken off; the timeline tells")
    func roundTrip() async throws {
        let house = try await TestHouse.open()
        let lamp = try await house.lamp("F-1")
        let owner = try await house.actor("peng")
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
        for (name, content) in [("a/b\\photo.png", picture), ("note.html", Array("<script>1</script>".utf8))] {
            let step = FileCommand.attach(object: "product", id: lamp, field: "images", name: name, content: content)
            _ = try await house.kernel.perform(Command(.file(step)), as: owner)
        }
        let files = try await house.kernel.answer(FilesOf(object: "product", id: lamp), as: owner)
        #expect(files.map(\.name) == ["photo.png", "note.html"])
        #expect(files.map(\.mediaType) == ["image/png", "application/octet-stream"])
        let first = try #require(files.first)
        let found = try await house.kernel.answer(FileContent(object: "product", id: lamp, file: first.id), as: owner)
        #expect(found.bytes == picture)
        let off = FileCommand.detach(object: "product", id: lamp, file: first.id)
        _ = try await house.kernel.perform(Command(.file(off)), as: owner)
        let left = try await house.kernel.answer(FilesOf(object: "product", id: lamp), as: owner)
        #expect(left.map(\.name) == ["note.html"])
        await house.end()
    }

    @Test("A file of the same name is the next version; the earlier ones stay, and the same content is not kept twice")
    func versions() async throws {
        let house = try await TestHouse.open()
        let lamp = try await house.lamp("F-4")
        let owner = try await house.actor("peng")
        func put(_ name: String, _ text: String) async throws {
            let content = Array(text.utf8)
            let step = FileCommand.attach(object: "product", id: lamp, field: "images", name: name, content: content)
            _ = try await house.kernel.perform(Command(.file(step)), as: owner)
        }
        try await put("artwork.ai", "one")
        try await put("label.pdf", "other")
        try await put("artwork.ai", "two")
        await #expect { try await put("artwork.ai", "two") } throws: { ($0 as? Rejection)?.code == "file_same" }
        // What was before may come back: it is a version of its own.
        try await put("artwork.ai", "one")
        let files = try await house.kernel.answer(FilesOf(object: "product", id: lamp), as: owner)
        let told = files.map { "\($0.name) \($0.version) \($0.isCurrent)" }
        #expect(
            told == ["artwork.ai 1 false", "label.pdf 1 true", "artwork.ai 2 false", "artwork.ai 3 true"])
        #expect(files.allSatisfy { $0.by == owner.userID })
        let second = FileContent(object: "product", id: lamp, file: files[2].id)
        #expect(try await house.kernel.answer(second, as: owner).bytes == Array("two".utf8))
        // Without its newest version a document is what it was before.
        let off = FileCommand.detach(object: "product", id: lamp, file: files[3].id)
        _ = try await house.kernel.perform(Command(.file(off)), as: owner)
        let left = try await house.kernel.answer(FilesOf(object: "product", id: lamp), as: owner)
        #expect(left.last?.version == 2 && left.last?.isCurrent == true)
        await house.end()
    }

    @Test("An empty file, a field without files and a record of others are refused")
    func refused() async throws {
        let house = try await TestHouse.open()
        let lamp = try await house.lamp("F-2")
        let owner = try await house.actor("peng")
        for (field, content) in [("images", [UInt8]()), ("sku", [1])] {
            let step = FileCommand.attach(object: "product", id: lamp, field: field, name: "x", content: content)
            await #expect(throws: Rejection.self) { try await house.kernel.perform(Command(.file(step)), as: owner) }
        }
        let other = FileCommand.attach(object: "product", id: lamp, field: "images", name: "x", content: [1])
        await #expect(throws: Rejection.self) {
            try await house.kernel.perform(Command(.file(other)), as: .nobody)
        }
        await house.end()
    }

    @Test("Files of a field that is shown on one's own records only are not those of others")
    func hiddenOnSomeRows() async throws {
        let house = try await TestHouse.open()
        let shop = RoleDraft(
            id: "x_shop", label: Label(zh: "门店", en: "Shop"), clearance: [], privileges: [],
            grants: [
                GrantDraft(object: "product", actions: ["read"], scope: "all", hidden: ["images"]),
                GrantDraft(object: "product", actions: ["read"], scope: "own"),
            ])
        _ = try await house.define([.setRole(shop)])
        try await house.update(
            "user", Staff.id("hans"), Draft(["roles": .list([.text("x_shop")])]), as: "ada")
        let hans = try await house.actor("hans")
        let peng = try await house.actor("peng")
        let lamp = try await house.lamp("F-3")
        let step = FileCommand.attach(object: "product", id: lamp, field: "images", name: "a.png", content: [1])
        _ = try await house.kernel.perform(Command(.file(step)), as: peng)
        #expect(try await house.kernel.answer(FilesOf(object: "product", id: lamp), as: hans).isEmpty)
        #expect(try await house.kernel.answer(FilesOf(object: "product", id: lamp), as: peng).count == 1)
        await house.end()
    }
}
