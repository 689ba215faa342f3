import Expressions
import Testing
import Values

@Suite("The checker")
struct CheckerTests {
    @Test(
        "names what is wrong",
        arguments: [
            ("", "empty"), ("  ", "empty"), ("1 +", "missing_operand"), ("(1 + 2", "missing_bracket"),
            ("1 + 2)", "unexpected"),
            ("1 2", "unexpected"), ("12abc", "bad_number"), ("1234567890123456789", "long_number"),
            ("\"abc", "open_text"),
            ("'abc'", "single_quote"), ("客户", "unknown_character"), ("amount == 1", "unknown_operator"),
            ("urgent && urgent", "unknown_operator"), ("!urgent", "unknown_operator"),
            ("1 < amount < 3", "chained_comparison"),
            ("company.", "missing_field"), ("amout > 1", "unknown_field"), ("company.nam = \"x\"", "unknown_field"),
            ("no.x = \"x\"", "not_a_link"), ("RUOND(1, 2)", "unknown_function"), ("status = \"drfat\"", "unknown_code"),
            ("HAS(tags, \"old\")", "unknown_code"), ("amount = \"5\"", "different_types"), ("amount + no", "text_sum"),
            ("amount * no", "wrong_type"), ("IF(amount, 1, 2)", "wrong_type"), ("created_at > date", "different_types"),
            ("date > \"31.01.2026\"", "bad_literal"), ("DATE(no)", "literal_wanted"), ("urgent > FALSE", "not_ordered"),
            ("amount = NULL", "null_comparison"), ("status IN (\"draft\", NULL)", "null_comparison"),
            ("tags = tags", "different_types"),
            ("amount IN ()", "empty_list"), ("LEN(no, 1)", "argument_count"), ("LEFT(no, 1.5)", "not_whole"),
            ("amount / 2 = 1", "real_equality"), ("TEXT(amount / 3)", "approximate"),
            ("SUM(lines.qty / 3)", "approximate"),
            ("ROUND(amount, cartons)", "bad_digits"), ("ROUND(amount, 13)", "bad_digits"),
            ("amount * amount * amount * amount", "scale_too_large"), ("date * 2", "day_arithmetic"),
            ("5 - date", "day_arithmetic"),
            ("date + 1.5", "not_whole"), ("lines.qty > 1", "lines_outside_aggregate"),
            ("COUNT(lines, lines)", "lines_as_value"),
            ("SUM(SUM(lines.qty))", "nested_lines"), ("SUM(amount)", "no_lines"), ("HAS(no, \"x\")", "not_a_list"),
        ])
    func refuses(source: String, code: String) {
        #expect(TradeSchema.problems(source).first == code, "\(source)")
    }

    @Test("collects every mistake of meaning, in order")
    func collects() {
        #expect(
            TradeSchema.problems("amout > 1 AND statu = \"x\" AND LEN(1) = 2") == [
                "unknown_field", "unknown_field", "wrong_type",
            ])
    }

    @Test("says where, in both languages, and what was meant")
    func explains() throws {
        let result = TradeSchema.check("1 < compny.grade")
        guard case .failure(let diagnostics) = result, let first = diagnostics.items.first else {
            Issue.record("accepted")
            return
        }
        #expect(first.offset == 4 && first.length == 6)
        #expect(first.zh == "quotation 没有字段 compny。")
        #expect(first.en == "quotation has no field compny.")
        #expect(first.hint?.en == "Did you mean company?")
    }

    @Test(
        "hints at the right words",
        arguments: [
            ("amount = NULL", "Write ISBLANK(…)"), ("lines.qty > 1", "Write SUM(lines.qty)"),
            ("RUOND(1, 2)", "Did you mean ROUND?"),
            ("status = \"drfat\"", "Did you mean draft?"), ("created_at > date", "Write DAY(…)"),
            ("no + no", "Join texts with &"),
            ("amount == 1", "Write ="),
        ])
    func hints(source: String, hint: String) {
        guard case .failure(let diagnostics) = TradeSchema.check(source) else {
            Issue.record("accepted \(source)")
            return
        }
        #expect(diagnostics.items.first?.hint?.en == hint)
    }

    @Test(
        "keeps the scale of exact numbers",
        arguments: [
            ("amount + cartons", ValueType.decimal(scale: 4)), ("amount * discount", .decimal(scale: 8)),
            ("ROUND(amount, 2)", .decimal(scale: 2)),
            ("DIVIDE(amount, 3, 5)", .decimal(scale: 5)), ("amount / cartons", .real),
            ("ROUND(amount / cartons, 2)", .decimal(scale: 2)),
            ("1.50", .decimal(scale: 1)), ("10%", .decimal(scale: 1)), ("IF(urgent, 1, 2.25)", .decimal(scale: 2)),
            ("SUM(lines.qty * lines.price)", .decimal(scale: 7)), ("AVG(lines.qty)", .real),
            ("COUNT(lines)", .decimal(scale: 0)),
            ("MAX(amount / 2, 1)", .real), ("date + 3", .day), ("date - date", .decimal(scale: 0)),
        ])
    func scales(source: String, type: ValueType) {
        #expect(TradeSchema.type(source) == type, "\(source)")
    }

    @Test("wants a ROUND before a quotient is stored")
    func storing() {
        #expect(TradeSchema.problems("amount / 3", expecting: .decimal(scale: 4)) == ["wrong_type"])
        #expect(TradeSchema.type("ROUND(amount / 3, 2)", expecting: .decimal(scale: 4)) == .decimal(scale: 4))
    }

    @Test("knows which fields are read")
    func paths() throws {
        let source =
            "SUM(lines.qty, lines.kind = no) > 5 AND company.country.code = \"CN\" AND amount.currency = \"USD\""
        let expression = try TradeSchema.check(source).get()
        let paths = ["lines", "lines.qty", "lines.kind", "no", "company.country.code", "amount.currency"]
        #expect(expression.fieldPaths == Set(paths.map { FieldPath(text: $0) }))
        #expect(!expression.usesTime && !expression.memoryOnly)
    }
}
