import Flow
import Testing
import Values

@Suite("The company's limits")
struct ApprovalTableTests {
    private func number(_ text: String?) -> ExactDecimal? { text.flatMap { ExactDecimal($0) } }

    private func rule(_ from: String?, _ to: String?, _ level: Int, _ dimension: String = "amount") -> ApprovalRule {
        ApprovalRule(
            id: person("\(dimension)\(from ?? "")"), dimension: dimension, from: number(from), to: number(to),
            level: level, role: "role\(level)", hours: 8, countersign: false)
    }

    private var table: ApprovalTable {
        ApprovalTable([
            rule(nil, "20000", 0), rule("20000", "100000", 1), rule("100000", nil, 2), rule("1", "3", 0, "risk"),
            rule("3", "6", 3, "risk"),
        ])
    }

    @Test(
        "A limit belongs to the level above it",
        arguments: [("-5", 0), ("19999.99", 0), ("20000", 1), ("99999.99", 1), ("100000", 2), ("9e9", 2)])
    func halfOpen(_ text: String, _ level: Int) {
        let value = number(text == "9e9" ? "9000000000" : text)
        #expect(table.findings([("amount", value)]).map(\.level) == [level])
    }

    @Test("An unknown value and one that no rule covers need the highest level of their dimension")
    func beyond() {
        let found = table.findings([("amount", nil), ("risk", number("0")), ("other", number("1"))])
        #expect(found.map(\.level) == [2, 3, 0])
        #expect(found.map(\.isBeyond) == [true, true, false])
    }

    @Test("Gaps and overlaps of the intervals are found")
    func faults() {
        #expect(table.faults == [])
        let bad = ApprovalTable([rule("0", "10", 0), rule("11", "20", 1), rule("19", nil, 2), rule("30", "40", 3)])
        #expect(bad.faults.map(\.kind) == [.gap, .overlap, .overlap])
        #expect(bad.faults.first?.from == number("10"))
        #expect(bad.faults.first?.rules == [bad.rules[0].id, bad.rules[1].id])
        let wide = ApprovalTable([rule("0", "100", 0), rule("10", "20", 1), rule("50", "60", 2), rule("110", nil, 3)])
        #expect(wide.faults.map(\.kind) == [.overlap, .overlap, .gap])
        #expect(wide.faults.map(\.to) == [number("20"), number("60"), number("110")])
    }

    @Test("Orders that each stay below a limit and pass it together are split, one that passes it alone is not")
    func split() throws {
        let small = try #require(number("12000"))
        let large = try #require(number("30000"))
        #expect(table.isSplit("amount", own: small, others: [small]))
        #expect(!table.isSplit("amount", own: small, others: []))
        #expect(!table.isSplit("amount", own: large, others: [small]))
        #expect(table.isSplit("amount", own: large, others: [large, large, large]))
    }
}
