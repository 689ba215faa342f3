import Definitions
import Kernel
import Testing
import Values

/// What time it is at the other end.
@Suite(.serialized) struct PartnerTimeTests {
    private func time(_ house: TestHouse, _ object: String, _ id: RecordID) async throws -> PartnerTime.Clock? {
        let actor = try await house.actor("lin")
        let record = try await house.kernel.answer(ShowRecord(object: object, id: id), as: actor)
        return try await house.kernel.answer(PartnerTime(record: record), as: actor)
    }

    @Test(
        "A customer in Germany is asleep at ten in Shanghai; both work from four in the afternoon, also seen from an offer"
    )
    func berlin() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Nordlicht", of: "lin", ["time_zone": .text("Europe/Berlin")])
        let found = try #require(try await time(house, "company", company))
        #expect(found.zone == "Europe/Berlin" && found.state == .closed)
        #expect(found.shared?.lowerBound == Instant("2026-11-20T08:00:00Z"))
        let offer = try await house.quotation(for: company, product: try await house.lamp("L1"), as: "lin")
        #expect(try await time(house, "quotation", offer.id) == found)
        house.clock.advance(seconds: 7 * 3600)
        let later = try #require(try await time(house, "company", company))
        #expect(later.state == .atWork)
        // Saturday there and here: the next time is on Monday.
        house.clock.advance(seconds: 20 * 3600)
        let weekend = try #require(try await time(house, "company", company))
        #expect(weekend.state == .dayOff)
        #expect(weekend.shared?.lowerBound == Instant("2026-11-23T08:00:00Z"))
        await house.end()
    }

    @Test("Without a zone nothing is said")
    func unknown() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Nowhere", of: "lin")
        #expect(try await time(house, "company", company) == nil)
        await house.end()
    }
}
