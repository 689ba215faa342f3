/// What can be wrong with the meaning of an expression.
extension Diagnostic {
    // MARK: Names

    static func unknownField(_ step: Syntax.Step, of object: String, known: [String]) -> Diagnostic {
        Diagnostic(
            "unknown_field", step.span, zh: "\(object) 没有字段 \(step.name)。",
            en: "\(object) has no field \(step.name).", hint: Suggestion.closest(to: step.name, among: known))
    }

    static func unknownFunction(_ name: String, known: [String], _ span: Span) -> Diagnostic {
        Diagnostic(
            "unknown_function", span, zh: "没有函数 \(name)。", en: "There is no function \(name).",
            hint: Suggestion.closest(to: name, among: known))
    }

    static func unknownCode(_ code: String, field: String, known: [String], _ span: Span) -> Diagnostic {
        let list = known.prefix(12).joined(separator: ", ")
        return Diagnostic(
            "unknown_code", span, zh: "\(field) 没有取值 \"\(code)\"。", en: "\(field) has no code \"\(code)\".",
            hint: Suggestion.closest(to: code, among: known) ?? .init(zh: "可用：\(list)", en: "There are: \(list)"))
    }

    static func notALink(_ step: Syntax.Step, _ type: ValueType) -> Diagnostic {
        Diagnostic(
            "not_a_link", step.span, zh: "\(step.name) 是\(type.names.zh)，后面不能再取字段。",
            en: "\(step.name) is a \(type.names.en), it has no fields of its own.")
    }

    // MARK: Types

    static func wrongType(_ found: ValueType, wanted: ValueType, _ span: Span) -> Diagnostic {
        var hint: Hint?
        switch (found, wanted) {
        case (.real, .decimal(let scale)), (.decimal, .decimal(let scale)): hint = .write("ROUND(…, \(scale))")
        case (.instant, .day): hint = .write("DAY(…)")
        case (.decimal, .text), (.day, .text): hint = .write("TEXT(…)")
        case (.day, .instant): hint = .write("DAY(…)")
        default: hint = nil
        }
        return Diagnostic(
            "wrong_type", span, zh: "这里需要\(wanted.names.zh)，得到的是\(found.names.zh)。",
            en: "A \(wanted.names.en) is wanted here, this is a \(found.names.en).", hint: hint)
    }

    static func differentTypes(_ first: ValueType, _ second: ValueType, _ span: Span) -> Diagnostic {
        let isTime = [first, second].contains(.day) && [first, second].contains(.instant)
        return Diagnostic(
            "different_types", span, zh: "\(first.names.zh)不能和\(second.names.zh)一起使用。",
            en: "A \(first.names.en) and a \(second.names.en) don't go together.", hint: isTime ? .write("DAY(…)") : nil
        )
    }

    static func badLiteral(_ text: String, _ wanted: ValueType, _ span: Span) -> Diagnostic {
        var hint: Hint?
        if wanted == .day || wanted == .instant { hint = .write("\"2026-01-31\"") }
        return Diagnostic(
            "bad_literal", span, zh: "\"\(text)\" 不是\(wanted.names.zh)。", en: "\"\(text)\" is no \(wanted.names.en).",
            hint: hint)
    }

    static func literalWanted(_ name: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "literal_wanted", span, zh: "\(name) 的参数要写成文本。", en: "\(name) takes a text in quotes.",
            hint: .write(name == "DATE" ? "DATE(\"2026-01-31\")" : "\(name)(\"…\")"))
    }

    static func notOrdered(_ type: ValueType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "not_ordered", span, zh: "\(type.names.zh)没有大小先后。", en: "A \(type.names.en) has no order.",
            hint: .init(zh: "可以用 = 或 <>", en: "Use = or <>"))
    }

    static func notAList(_ type: ValueType, _ span: Span) -> Diagnostic {
        Diagnostic("not_a_list", span, zh: "这里需要列表。", en: "A list is wanted, this is a \(type.names.en).")
    }

    static func emptyList(_ span: Span) -> Diagnostic {
        Diagnostic("empty_list", span, zh: "IN 的列表是空的。", en: "The list of IN is empty.")
    }

    static func listComparison(_ span: Span) -> Diagnostic {
        Diagnostic("list_comparison", span, zh: "列表不能直接比较。", en: "Lists can't be compared.", hint: .write("HAS(…, …)"))
    }

    static func nullComparison(_ span: Span) -> Diagnostic {
        Diagnostic(
            "null_comparison", span, zh: "与 NULL 比较的结果总是空。", en: "A comparison with NULL is never true.",
            hint: .write("ISBLANK(…)"))
    }

    static func argumentCount(_ name: String, _ wanted: ClosedRange<Int>, found: Int, _ span: Span) -> Diagnostic {
        let low = wanted.lowerBound
        let high = wanted.upperBound
        let range = low == high ? "\(low)" : high >= 100 ? "\(low)+" : "\(low)-\(high)"
        return Diagnostic(
            "argument_count", span, zh: "\(name) 需要 \(range) 个参数，写了 \(found) 个。",
            en: "\(name) takes \(range) arguments, there are \(found).")
    }

    // MARK: Numbers and dates

    static func notANumber(_ type: ValueType, _ span: Span) -> Diagnostic {
        wrongType(type, wanted: .decimal(scale: 0), span)
    }

    static func notWhole(_ span: Span) -> Diagnostic {
        Diagnostic("not_whole", span, zh: "这里需要整数。", en: "A whole number is wanted here.", hint: .write("ROUND(…, 0)"))
    }

    static func approximate(_ span: Span) -> Diagnostic {
        Diagnostic(
            "approximate", span, zh: "/ 的结果是近似数，要先取整。", en: "The result of / is approximate; round it first.",
            hint: .write("ROUND(…, 2)"))
    }

    static func realEquality(_ span: Span) -> Diagnostic {
        Diagnostic(
            "real_equality", span, zh: "近似数不能比较相等。", en: "Approximate numbers can't be compared for equality.",
            hint: .write("ROUND(…, 2)"))
    }

    static func scaleTooLarge(_ scale: Int, _ span: Span) -> Diagnostic {
        let limit = ExpressionChecker.maximumScale
        return Diagnostic(
            "scale_too_large", span, zh: "结果有 \(scale) 位小数，最多 \(limit) 位。",
            en: "The result has \(scale) decimals, at most \(limit) are kept.", hint: .write("ROUND(…, 6)"))
    }

    static func badDigits(_ span: Span) -> Diagnostic {
        Diagnostic("bad_digits", span, zh: "小数位数要写成 0 到 12 的数字。", en: "The digits are a literal number from 0 to 12.")
    }

    static func textSum(_ span: Span) -> Diagnostic {
        Diagnostic(
            "text_sum", span, zh: "文本不能相加。", en: "Texts can't be added.",
            hint: .init(zh: "用 & 连接文本", en: "Join texts with &"))
    }

    static func dayArithmetic(_ span: Span) -> Diagnostic {
        Diagnostic(
            "day_arithmetic", span, zh: "日期只能加减天数，或与日期相减。",
            en: "To a date only days can be added; two dates can be subtracted.", hint: .write("ADDDAYS(…, …)"))
    }

    static func tooCostly(_ cost: Int, _ span: Span) -> Diagnostic {
        let limit = ExpressionChecker.maximumCost
        return Diagnostic(
            "too_costly", span, zh: "表达式计算量太大：\(cost)，最多 \(limit)。",
            en: "The expression is too costly: \(cost), at most \(limit).")
    }

    // MARK: Lines

    static func linesOutsideAggregate(_ steps: [Syntax.Step], _ span: Span) -> Diagnostic {
        let path = steps.map(\.name).joined(separator: ".")
        return Diagnostic(
            "lines_outside_aggregate", span, zh: "明细字段要放在汇总函数里。", en: "A field of lines stands inside an aggregate.",
            hint: .write("SUM(\(path))"))
    }

    static func linesAsValue(_ span: Span) -> Diagnostic {
        Diagnostic(
            "lines_as_value", span, zh: "明细不是一个值。", en: "Lines are no value.", hint: .write("COUNT(…)"))
    }

    static func otherLines(_ span: Span) -> Diagnostic {
        Diagnostic("other_lines", span, zh: "一个汇总只能用一种明细。", en: "An aggregate runs over one kind of lines.")
    }

    static func nestedLines(_ span: Span) -> Diagnostic {
        Diagnostic(
            "nested_lines", span, zh: "汇总里不能再有汇总或下级明细。", en: "An aggregate can't hold another one or lines of lines.")
    }

    static func noLines(_ name: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "no_lines", span, zh: "\(name) 需要明细字段。", en: "\(name) needs a field of lines.",
            hint: .write("\(name)(lines.…)"))
    }
}
