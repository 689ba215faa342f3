import Expressions
import Testing

@Suite("Limits of an expression")
struct LimitTests {
    @Test("100,000 nested brackets give a diagnostic")
    func nestedBrackets() {
        let source = String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
        #expect(TradeSchema.problems(source) == ["too_long"])
    }

    @Test(
        "Nesting beyond 64 gives a diagnostic, whatever nests",
        arguments: ["(", "-", "NOT ", "ABS(", "1+(", "IF(TRUE,1,"])
    func nesting(piece: String) {
        for count in [100, 900, 9_000 / piece.utf8.count] {
            #expect(TradeSchema.problems(String(repeating: piece, count: count) + "1") == ["too_deep"])
        }
    }

    @Test("10,000 ORs give a diagnostic; some hundred are fine")
    func manyConditions() {
        let many = Array(repeating: "urgent", count: 10_000).joined(separator: " OR ")
        #expect(TradeSchema.problems(many) == ["too_long"])
        let some = Array(repeating: "cartons = 1", count: 500).joined(separator: " OR ")
        #expect(TradeSchema.problems(some).isEmpty)
    }

    @Test("A long chain of operators is as deep as it is long")
    func longChain() {
        #expect(TradeSchema.problems(Array(repeating: "1", count: 60).joined(separator: "+")).isEmpty)
        #expect(TradeSchema.problems(Array(repeating: "1", count: 1_000).joined(separator: "+")) == ["too_deep"])
    }

    @Test("Cost is bounded: what stands in an aggregate counts ten times")
    func cost() {
        let one = "SUM(lines.qty * lines.price, lines.kind = \"a\" OR lines.kind = \"b\" OR lines.kind = \"c\")"
        #expect(TradeSchema.problems(one).isEmpty)
        let many = Array(repeating: one + " > 1", count: 50).joined(separator: " OR ")
        #expect(TradeSchema.problems(many) == ["too_costly"])
    }

    @Test(
        "Strange bytes never crash the parser",
        arguments: [
            "\u{0}", "\"\u{0}\"", "\u{FF08}", "\u{E000}", "😀", "a.😀", "“", "\u{FF02}x", "1.", ".5", "1..2", "a..b",
            "a.1", "%", "1%%", "((",
            "IN", "NOT", "x NOT", "x NOT IN", "AND()", "IF()", "MIN()", "COUNT()", "DATE()", "TRUE.x", "(no).x", "-",
            "--", "- -1 IN (2)",
        ])
    func strangeBytes(source: String) {
        _ = TradeSchema.check(source)
    }
}
