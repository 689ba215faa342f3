import Kernel
import Testing
import Values

@Suite("Rights that come through a link")
struct RightsThroughLinksTests {
    @Test("A salesperson makes contacts of own companies, not of others'")
    func contacts() async throws {
        let house = try await TestHouse.open()
        let own = try await house.customer("Nordlicht", of: "lin")
        let other = try await house.customer("Ostwind", of: "zhao")
        let made = try await house.create(
            "contact", Draft(["company": .value(.record(own)), "name": .text("Ute Brandt")]), as: "lin")
        #expect(made["company"].record == own)
        _ = try await refused {
            try await house.create(
                "contact", Draft(["company": .value(.record(other)), "name": .text("Jan")]), as: "lin")
        }
        await house.end()
    }
}
