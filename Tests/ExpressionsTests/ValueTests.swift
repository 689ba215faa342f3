import Expressions
import Testing
import Values

@Suite("The value of an expression")
struct ValueTests {
    let row = Row(
        values: [
            "no": .text("Q-17"), "status": .text("draft"), "discount": .number("0.1200"),
            "amount": .number("1234.5600"),
            "cartons": .number("7"), "date": .day(Day(number: 20_000)), "company.grade": .text("A"),
            "company.name": .text("宁波保温杯厂"), "tags": .list([.text("vip")]), "urgent": .bool(true),
            "owner": .record(RecordID(high: 0, low: 1)), "created_at": .instant(Instant(milliseconds: -1)),
        ],
        children: [
            Row(values: ["kind": .text("goods"), "qty": .number("2.500"), "price": .number("4.0000")]),
            Row(values: ["kind": .text("goods"), "qty": .number("1.000"), "price": .number("0.3333")]),
            Row(values: ["kind": .text("freight"), "qty": .null, "price": .number("100.0000")]),
        ])

    @Test(
        "is what a spreadsheet user expects",
        arguments: [
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-2 + 5", "3"), ("10% + 1", "1.1"), ("2 - -3", "5"),
            ("ROUND(2.5, 0)", "3"), ("ROUND(-2.5, 0)", "-3"), ("ROUND(1.005, 2)", "1.01"),
            ("ROUND(2 / 3, 4)", "0.6667"),
            ("ROUND(1, 2)", "1"), ("FLOOR(-0.5)", "-1"), ("CEILING(7 / 2)", "4"), ("CEILING(-1.5)", "-1"),
            ("ABS(-3.25)", "3.25"),
            ("MIN(3, 1.5, 2)", "1.5"), ("MAX(cartons, NULL, 5)", "7"), ("DIVIDE(1, 3, 4)", "0.3333"),
            ("DIVIDE(-1, 8, 2)", "-0.13"),
            ("LEN(\"👨‍👩‍👧é\")", "6"), ("DAYS(\"2026-03-01\", DATE(\"2026-02-27\"))", "2"), ("date - date", "0"),
            ("YEAR(TODAY())", "2026"), ("MONTH(\"2026-11-22\")", "11"), ("WEEKDAY(DATE(\"2026-11-22\"))", "7"),
            ("SUM(lines.qty * lines.price)", "10.3333"), ("SUM(lines.price, lines.kind = \"freight\")", "100"),
            ("COUNT(lines)", "3"), ("COUNT(lines.qty)", "2"), ("COUNT(lines, lines.price > amount)", "0"),
            ("MAX(lines.price)", "100"), ("IF(discount > 10%, 2, 1)", "2"), ("IF(NULL, 1, 2.5)", "2.5"),
            ("COALESCE(company.limit, 5)", "5"),
            ("ROUND(FLOOR(0.3 / 0.1), 0)", "3"),
        ])
    func numbers(source: String, expected: String) throws {
        #expect(try row.value(source) == .number(expected), "\(source)")
    }

    @Test(
        "is a text where texts are made",
        arguments: [
            ("no & \"-\" & cartons", "Q-17-7"), ("\"say \"\"hi\"\"\"", "say \"hi\""), ("LEFT(company.name, 2)", "宁波"),
            ("RIGHT(company.name, 1)", "厂"), ("MID(company.name, 3, 3)", "保温杯"), ("LEFT(no, -1)", ""),
            ("MID(no, 0, 2)", "Q-"),
            ("TRIM(\" \u{3000}x \")", "x"), ("UPPER(\"aé中\")", "Aé中"), ("LOWER(\"AÉ\")", "aÉ"), ("TEXT(1.50)", "1.5"),
            ("TEXT(1.5, 2)", "1.50"), ("TEXT(amount)", "1234.56"), ("CONCAT(\"a\", NULL, 1)", "a1"),
            ("TEXT(TODAY())", "2026-11-22"),
            ("“引号” & “”", "引号"), ("TEXT(ADDMONTHS(DATE(\"2024-01-31\"), 1))", "2024-02-29"),
            ("TEXT(DAY(created_at))", "1969-12-31"),
            ("TEXT(DATE(\"2026-01-31\") + 1)", "2026-02-01"), ("TEXT(-0.05, 2)", "-0.05"),
        ])
    func texts(source: String, expected: String) throws {
        let found = try row.value(source).text
        #expect(found.map { Array($0.utf8) } == Array(expected.utf8), "\(source)")
    }

    @Test(
        "is true, false or unknown",
        arguments: [
            ("discount > 10%", true), ("amount = 1234.56", true), ("company.grade = \"A\" AND urgent", true),
            ("NOT urgent OR discount >= 0.2", false), ("NOT urgent = FALSE", true),
            ("status IN (\"draft\", \"sent\")", true),
            ("status NOT IN (\"draft\")", false), ("status = \"draft\" AND company.limit > 5", nil),
            ("FALSE AND company.limit > 5", false), ("TRUE OR company.limit > 5", true), ("company.limit <> 5", nil),
            ("ISBLANK(company.limit)", true), ("ISBLANK(\"\")", true), ("ISBLANK(tags)", false),
            ("HAS(tags, \"vip\")", true),
            ("HAS(tags, \"new\")", false), ("owner = ME()", true), ("department IN MYDEPARTMENTS()", nil),
            ("HASROLE(\"sales\") AND NOT HASROLE(\"admin\")", true), ("CONTAINS(company.name, \"保温\")", true),
            ("STARTSWITH(no, \"Q\") AND ENDSWITH(no, \"17\")", true), ("CONTAINS(no, \"%\")", false),
            ("\"é\" = \"e\u{301}\"", false),
            ("\"Z\" < \"a\"", true), ("1 / 0 > 0", nil), ("amount / cartons > 176.36", true),
            ("AND(urgent, discount > 0, 1 < 2)", true),
            ("date >= \"2024-10-04\"", true), ("created_at < NOW()", true), ("（discount＞10％）", true),
            ("owner = \"00000000-0000-0000-0000-000000000001\"", true),
            ("AVG(lines.price) > 34.7 and AVG(lines.price) < 34.8", true),
            ("SUM(lines.price, FALSE) = 0", true), ("ISBLANK(MAX(lines.qty, FALSE))", true),
        ])
    func conditions(source: String, expected: Bool?) throws {
        #expect(try row.value(source) == (expected.map(Value.bool) ?? .null), "\(source)")
    }

    @Test("An overflow is an error in a formula and null in a filter")
    func overflow() throws {
        let wide = Row(values: ["amount": .decimal(ExactDecimal(units: Int128(Int64.max), scale: 4))])
        let small = try TradeSchema.check("amount * amount > 1").get()
        #expect(try small.evaluate(wide, Row.context) == .bool(true))
        #expect(!small.matches(wide, Row.context))
        #expect(try TradeSchema.check("ISBLANK(amount * amount)").get().matches(wide, Row.context))
        let large = try TradeSchema.check("ROUND(amount * amount, 0) * ROUND(amount * amount, 0)").get()
        #expect(throws: EvaluationError.overflow) { try large.evaluate(wide, Row.context) }
        let date = try TradeSchema.check("ADDDAYS(TODAY(), cartons * 1000000)").get()
        #expect(throws: EvaluationError.overflow) { try date.evaluate(row, Row.context) }
    }

    @Test("An expected scale rounds half away from zero and fills up")
    func expectedScale() throws {
        #expect(try row.value("amount * discount", expecting: .decimal(scale: 2)) == .number("148.15"))
        #expect(try "\(row.value("cartons", expecting: .decimal(scale: 4)).decimal?.description ?? "")" == "7.0000")
    }

    @Test("Fuel is metered over lines")
    func fuel() throws {
        let children = Array(repeating: Row(values: ["price": .number("1.0000")]), count: 2_000)
        let expression = try TradeSchema.check("SUM(lines.price + lines.price + lines.price)").get()
        let poor = EvaluationContext(now: Row.context.now, today: Row.context.today, fuel: 5_000)
        #expect(throws: EvaluationError.fuel) { try expression.evaluate(Row(children: children), poor) }
        #expect(try expression.evaluate(Row(children: children), Row.context) == .number("6000"))
    }

    @Test("A value of another type than promised is an error, and no match")
    func wrongValue() throws {
        let expression = try TradeSchema.check("amount > 1").get()
        let broken = Row(values: ["amount": .text("9")])
        #expect(throws: EvaluationError.wrongValue(FieldPath(["amount"]))) {
            try expression.evaluate(broken, Row.context)
        }
        #expect(!expression.matches(broken, Row.context))
    }

    @Test("An external function is memory's own")
    func external() throws {
        let workdays = ExternalFunction(name: "WORKDAYS", parameters: [.day, .day], result: .decimal(scale: 0)) {
            days in
            .decimal(ExactDecimal((days[0].day?.number ?? 0) - (days[1].day?.number ?? 0)))
        }
        let source = "workdays(TODAY(), date) > 500"
        let expression = try TradeSchema.check(source, functions: [workdays]).get()
        #expect(expression.memoryOnly)
        #expect(expression.usesTime)
        #expect(try expression.evaluate(row, Row.context) == .bool(true))
    }
}
