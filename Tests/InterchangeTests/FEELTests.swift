import Interchange
import Testing
import Values

@Suite("FEEL of decision tables")
struct FEELTextTests {
    private static let names: [String: Value] = [
        "amount": number("120"), "order.total": number("20000.50"), "Payment risk": number("3"),
        "country": .text("DE"), "nothing": .null, "shipped": .day(Day("2026-03-01") ?? Day(number: 0)),
        "codes": .list([.text("a"), .text("b")]),
    ]

    private static func number(_ text: String) -> Value { ExactDecimal(text).map { .decimal($0) } ?? .null }

    private func value(_ text: String) throws -> Value {
        try FEELEvaluator(names: Self.names).value(of: FEELExpression(text, names: ["Payment risk"]))
    }

    private func matches(_ test: String, _ input: Value) throws -> Bool {
        try FEELEvaluator(names: Self.names).matches(FEELTests(test, names: ["Payment risk"]), input)
    }

    @Test(
        "Expressions",
        arguments: [
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-amount", "-120"), ("10 / 4", "2.5"),
            ("order.total", "20000.50"),
            ("Payment risk + 1", "4"), ("if amount > 100 then 1 else 2", "1"), ("sum(1, 2, 3)", "6"),
            ("max([3, 9, 4])", "9"), ("count(codes)", "2"), ("floor(2.9) + ceiling(2.1)", "5"), ("abs(-2)", "2"),
            (".5 + 1.", "x"), ("decimal(2.345, 2)", "2.35"), ("2--3", "5"), ("string length(\"单据\")", "2"),
        ])
    func numbers(text: String, wanted: String) throws {
        if wanted == "x" {
            #expect(throws: FEELError.self) { try value(text) }
        } else {
            #expect(try value(text) == Self.number(wanted))
        }
    }

    @Test(
        "Conditions",
        arguments: [
            ("amount >= 120 and country = \"DE\"", true), ("amount in [100..120)", false),
            ("amount in (100..120]", true),
            ("amount between 100 and 120", true), ("country in (\"FR\", \"DE\")", true),
            ("not(country = \"DE\")", false),
            ("shipped < date(\"2026-03-02\")", true), ("shipped = date(2026, 3, 1)", true), ("nothing = null", true),
            ("starts with(country, \"D\")", true), ("contains(\"abc\", \"bc\")", true),
            ("country == 'DE' && !(amount < 5)", true),
            ("amount != 120 or true", true),
        ])
    func conditions(text: String, wanted: Bool) throws { #expect(try value(text) == .bool(wanted)) }

    @Test("Null is neither more nor less than anything")
    func null() throws {
        #expect(try value("nothing > 5") == .null)
        #expect(try value("nothing + 1") == .null)
        #expect(try value("nothing > 5 or true") == .bool(true))
        #expect(try value("nothing > 5 and false") == .bool(false))
        #expect(try !matches("< 5", .null) && !matches("[1..5]", .null) && !matches("\"a\"", .null))
        #expect(try matches("-", .null) && matches("null", .null) && matches("not(\"a\")", .null))
    }

    @Test(
        "Input entries",
        arguments: [
            ("-", "5", true), ("", "5", true), ("5", "5.00", true), ("< 5", "5", false), ("<= 5", "5", true),
            ("[1..5)", "5", false), ("[1..5[", "5", false), ("]1..5]", "1", false), ("(1..5]", "5", true),
            ("[1..5]", "1", true), ("1, 3, > 10", "11", true), ("1, 3, > 10", "10", false), ("not(1, 2)", "3", true),
            ("not(1, 2)", "2", false), ("amount", "120", true), ("> amount / 2", "61", true), ("[5, 6]", "6", true),
            ("? > 3 and ? < 5", "4", true), ("? > 3 and ? < 5", "6", false), ("-1", "-1", true),
            ("[-5..-1]", "-3", true),
            ("not(? > 3)", "4", false), ("in [1..2]", "x", false), ("!= 3", "4", true), ("(1 + 2)", "3", true),
        ])
    func entries(test: String, input: String, wanted: Bool) throws {
        if input == "x" {
            #expect(throws: FEELError.self) { try FEELTests(test) }
        } else {
            #expect(try matches(test, Self.number(input)) == wanted)
        }
    }

    @Test("A text compared with a number is an error, not a rule that never matches")
    func mismatch() {
        #expect(throws: FEELError.mismatch("string, number")) { try matches("< 5", .text("4")) }
        #expect(throws: FEELError.unknownName("amuont")) { try value("amuont + 1") }
        #expect(throws: FEELError.arithmetic) { try value("1 / 0") }
        #expect(throws: FEELError.unknownFunction("eval")) { try value("eval(1)") }
    }

    @Test("A list of codes meets an entry that names one of them")
    func lists() throws {
        #expect(try matches("\"b\"", .list([.text("a"), .text("b")])))
        #expect(try !matches("\"c\"", .list([.text("a"), .text("b")])))
    }

    @Test("Deep and long texts end early")
    func deep() {
        let deep = String(repeating: "(", count: 2000)
        #expect(throws: FEELError.tooLong) { try FEELExpression(deep) }
        let looks = String(repeating: "x in ((", count: 500)
        #expect(throws: FEELError.self) { try FEELExpression(looks) }
        #expect(throws: FEELError.tooLong) { try FEELExpression(String(repeating: "1+", count: 4000) + "1") }
        #expect(throws: FEELError.self) { try FEELExpression(String(repeating: "!", count: 4000)) }
    }

    @Test("Random texts are read or refused, never worse")
    func noise() {
        let parts = [
            "1", "a", "(", ")", "[", "]", "..", ",", "-", "not", "\"", "'", "<", ">=", "=", "if", "then", "else", "in",
            "between", "and", "?", ".", "date(", "单", "“", " ", "!", "*", "/",
        ]
        var dice = Dice(7)
        for _ in 0..<20_000 {
            let text = (0..<dice.roll(12)).map { _ in dice.pick(parts) }.joined()
            _ = try? FEELTests(text)  // either outcome is fine, the point is that there is one
            _ = try? FEELExpression(text)  // the same
        }
    }
}
