import Definitions
import Kernel
import Testing
import Values

/// Questions as no page asks them, but a script might.
@Suite(.serialized) struct OddQuestionTests {
    private static let shared = Task { try await TestHouse.open() }

    @Test("Limits that make no sense are taken as the nearest that do")
    func limits() async throws {
        let house = try await Self.shared.value
        let zong = try await house.actor("zong")
        for limit in [Int.min, -1, 0, 1, 501, Int.max] {
            let page = try await house.kernel.answer(ListRecords(object: "user", limit: limit), as: zong)
            #expect(!page.rows.isEmpty && page.rows.count <= 500)
            _ = try await house.kernel.answer(CountRecords(object: "user", cap: limit), as: zong)
            _ = try await house.kernel.answer(SearchRecords(text: "lin", limit: limit), as: zong)
            _ = try await house.kernel.answer(EventsAfter(sequence: 0, limit: limit), as: zong)
            _ = try await house.kernel.answer(
                TimelineOf(object: "user", id: Staff.id("lin"), limit: limit), as: zong)
            _ = try await house.kernel.answer(MyDay(limit: limit), as: zong)
        }
        for sequence: Int64 in [.min, -1, .max] {
            _ = try await house.kernel.answer(EventsAfter(sequence: sequence), as: zong)
            _ = try await house.kernel.answer(
                TimelineOf(object: "user", id: Staff.id("lin"), before: sequence), as: zong)
        }
    }

    @Test("A list is walked page by page without loss or repetition, and a cursor made up is refused")
    func cursors() async throws {
        let house = try await Self.shared.value
        let zong = try await house.actor("zong")
        var seen: [RecordID] = []
        var cursor: String?
        repeat {
            let page = try await house.kernel.answer(
                ListRecords(
                    object: "user", columns: ["name"], sort: [SortKey(path: "department", descending: true)], limit: 3,
                    cursor: cursor), as: zong)
            seen += page.rows.map(\.id)
            cursor = page.next
        } while cursor != nil
        #expect(seen.count == Staff.people.count && Set(seen).count == seen.count)
        for made in [
            "", "x", "bm9uc2Vuc2U", "W10", "WyJ0eCJd", "WyJuIiwibiIsIm4iLCJuIl0", String(repeating: "A", count: 9999),
        ] {
            do {
                _ = try await house.kernel.answer(
                    ListRecords(object: "user", sort: [SortKey(path: "name", descending: false)], cursor: made),
                    as: zong)
            } catch let refusal as Rejection {
                #expect(refusal.kind == .invalid, "\(made)")
            }
        }
    }

    @Test("Texts that hurt elsewhere are kept whole or refused, never half")
    func hostileTexts() async throws {
        let house = try await Self.shared.value
        let zong = try await house.actor("zong")
        let kept = [
            "'; DROP TABLE o_task; --", "<img src=x onerror=alert(1)>", "\u{202E}txt.exe", "𠀀𠮷", "👨‍👩‍👧‍👦", "İıßſ", "%_\\",
            "=1+1",
        ]
        for text in kept {
            let view = try await house.create(
                "task", Draft(["title": .text(text), "due": .text("2026-12-01T00:00:00Z")]), as: "zong")
            #expect(view["title"] == .text(text))
            let found = try await house.kernel.answer(
                ListRecords(object: "task", columns: ["title"], filters: ["id = id"], search: text), as: zong)
            #expect(found.rows.allSatisfy { $0["title"].text != nil })
        }
        for text in [
            "a\u{0}b", "a\u{1B}b", String(repeating: "x", count: 100_000), String(repeating: "a\u{301}", count: 60_000),
        ] {
            let refusal = try await refused {
                try await house.create(
                    "task", Draft(["title": .text(text), "due": .text("2026-12-01T00:00:00Z")]), as: "zong")
            }
            #expect(refusal.problems.map(\.field) == ["title"])
        }
    }

    @Test("Numbers are exact or refused")
    func numbers() async throws {
        let house = try await Self.shared.value
        for text in [
            "9223372036854775807", "1e400", "NaN", "0x10", "1,234.5", "１２", "99999999999999999999", "1.23456789",
        ] {
            for input in [Input.number(text), .text(text)] {
                let refusal = try await refused(text) {
                    try await house.plant("fx_rate", Draft(["currency": .text("EUR"), "buy": input]))
                }
                #expect(refusal.kind == .invalid, "\(text)")
            }
        }
        let exact = try await house.plant(
            "fx_rate", Draft(["currency": .text("EUR"), "buy": .text("7.900001")]))
        #expect(try await house.show("fx_rate", exact)["buy"].decimal?.description == "7.900001")
    }
}
