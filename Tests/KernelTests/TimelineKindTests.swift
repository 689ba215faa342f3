import Definitions
import Kernel
import Testing
import Values

/// A timeline narrowed to kinds of happenings.
@Suite(.serialized) struct TimelineKindTests {
    private func page(
        _ house: TestHouse, _ company: RecordID, _ kinds: Set<TimelineKind>, before: Int64? = nil, limit: Int = 30,
        as login: String = "lin"
    ) async throws -> TimelinePageOf.Answer {
        try await house.kernel.answer(
            TimelinePageOf(object: "company", id: company, before: before, limit: limit, kinds: kinds),
            as: try await house.actor(login))
    }

    private func note(_ house: TestHouse, _ company: RecordID, _ kind: String, _ text: String) async throws -> RecordID
    {
        let note = NoteCommand(
            object: "company", record: company, fields: Draft(["summary": .text(text), "kind": .text(kind)]))
        let outcome = try await house.kernel.perform(Command(.note(note)), as: try await house.actor("lin"))
        return try #require(outcome.created.first?.id)
    }

    @Test("Each kind has its own, together they are all; a note that became a mail counts as one")
    func kinds() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Nordlicht", of: "lin")
        _ = try await house.update("company", company, Draft(["city": .text("Kiel")]), as: "lin")
        let mail = try await note(house, company, "email", "Asked for our price list by mail")
        let call = try await note(house, company, "call", "Called about the price list again")
        #expect(try await page(house, company, [.mail]).entries.map(\.record) == [mail])
        #expect(try await page(house, company, [.note]).entries.map(\.record) == [call])
        #expect(try await page(house, company, [.system]).entries.flatMap(\.changes).map(\.field).contains("city"))
        let all = try await page(house, company, [])
        let parts = try await page(house, company, Set(TimelineKind.allCases))
        #expect(all.entries.map(\.sequence) == parts.entries.map(\.sequence) && all.next == nil)
        _ = try await house.update("followup", call, Draft(["kind": .text("email")]), as: "lin")
        #expect(Set(try await page(house, company, [.mail]).entries.map(\.record)) == [mail, call])
        await house.end()
    }

    @Test("What is older keeps the filter, page by page, and looks past long runs of other things")
    func older() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Nordlicht", of: "lin")
        let first = try await note(house, company, "email", "The first mail of all of them")
        for number in 0..<230 {
            _ = try await house.update("company", company, Draft(["city": .text("City \(number)")]), as: "lin")
        }
        let second = try await note(house, company, "email", "The second mail of all of them")
        let whole = try await page(house, company, [.mail])
        #expect(whole.entries.map(\.record) == [second, first] && whole.next == nil)
        let top = try await page(house, company, [.mail], limit: 1)
        #expect(top.entries.map(\.record) == [second])
        let next = try await page(house, company, [.mail], before: top.next, limit: 1)
        #expect(next.entries.map(\.record) == [first])
        await house.end()
    }
}
