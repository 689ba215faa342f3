import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// Long boards and lists that begin with a few screens.
@Suite("Long boards", .serialized)
struct RelayWindowTests {
    private static let inquiries = 40

    private func withInquiries(_ body: (WebHouse, Browser) async throws -> Void) async throws {
        try await withHouse { house, browser in
            let owner = try await RelayWorld.id(of: "owner", house)
            func plant(_ object: String, _ values: [String: Input]) async throws -> RecordID? {
                try await house.kernel.perform(
                    Command(.create(object: object, Draft(values)), stamp: Stamp(owner: owner)), as: .system("test")
                ).created.first?.id
            }
            let company = try #require(
                try await plant(
                    "company",
                    [
                        "name_en": .text("Nordlicht"), "short_name": .text("Nordlicht"),
                        "roles": .list([.text("customer")]), "country": .text("DE"), "source": .text("fair"),
                    ]))
            for _ in 0..<Self.inquiries {
                _ = try await plant("inquiry", ["company": .record(company), "source": .text("fair")])
            }
            try await body(house, browser)
        }
    }

    private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

    @Test("The list begins with thirty rows, a column of the board with its first cards; a link leads to all of them")
    func relay() async throws {
        try await withInquiries { _, browser in
            let page = await browser.text("/relay/inquiry?view=list")
            let parts = page.components(separatedBy: "<template data-later")
            #expect(parts.count == 2)
            #expect(count("data-url=", in: parts[0]) == 30)
            #expect(count("data-url=", in: page) == Self.inquiries)
            #expect(page.contains("显示全部 40 条") && page.contains("view=list&amp;all=1"))
            let whole = await browser.text("/relay/inquiry?view=list&all=1")
            #expect(!whole.contains("<template data-later") && count("data-url=", in: whole) == Self.inquiries)
            let board = await browser.text("/relay/inquiry?view=board")
            #expect(count("<article", in: board) == 25)
            #expect(board.contains("还有 15 条，全部显示") && board.contains("data-rest"))
            let cards = await browser.text("/relay/inquiry?view=board&all=1")
            #expect(count("<article", in: cards) == Self.inquiries && !cards.contains("data-rest"))
        }
    }

    @Test("The page of notices begins with the newest fifty records and leads to all")
    func notices() async throws {
        try await withHouse { house, browser in
            let owner = try await RelayWorld.id(of: "owner", house)
            for number in 1...60 {
                house.clock.advance(seconds: 1)
                try await house.tell(owner, "notice \(number)", priority: "normal")
            }
            let page = await browser.text("/notices")
            #expect(count("class=\"it nt-u\"", in: page) == 50)
            #expect(page.contains("显示全部 60 条") && page.contains("/notices?all=1"))
            #expect(count("class=\"it nt-u\"", in: await browser.text("/notices?all=1")) == 60)
        }
    }
}
