import Definitions
import Testing

/// The company's limits and the clocks that ask for them.
@Suite("Clocks of the trade pack") struct ClockRuleTests {
    @Test("Every default limit is measured by a clock or a leg, and every clock has a default limit")
    func wired() throws {
        let model = try #require(ShippedPacks.result.model)
        let steps = Set(
            try #require(ShippedPacks.packs.flatMap(\.records).first { $0.object == "sla_rule" }).rows.compactMap {
                $0.values["step"]
            })
        let clocks = model.liveObjects.flatMap(\.clocks).map(\.rule)
        let legs = model.processes.flatMap(\.legs).compactMap { $0.clock?.rule }
        #expect(Set(clocks + legs) == steps)
    }
}
