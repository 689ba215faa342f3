/// What can be wrong with the shape of an expression.
extension Diagnostic {
    init(_ code: String, _ span: Span, zh: String, en: String, hint: Hint? = nil) {
        self.init(code: code, zh: zh, en: en, offset: span.offset, length: span.length, hint: hint)
    }

    static func empty() -> Diagnostic {
        Diagnostic("empty", Span(offset: 0, length: 0), zh: "表达式为空。", en: "The expression is empty.")
    }

    static func tooLong(_ length: Int) -> Diagnostic {
        let limit = ExpressionChecker.maximumLength
        return Diagnostic(
            "too_long", Span(offset: limit, length: length - limit),
            zh: "表达式太长：\(length) 字节，最多 \(limit)。",
            en: "The expression is too long: \(length) bytes, at most \(limit).")
    }

    static func tooDeep(_ span: Span) -> Diagnostic {
        let limit = ExpressionChecker.maximumDepth
        return Diagnostic(
            "too_deep", span, zh: "表达式嵌套太深，最多 \(limit) 层。",
            en: "The expression is nested too deeply, at most \(limit) levels.")
    }

    static func badNumber(_ span: Span) -> Diagnostic {
        Diagnostic("bad_number", span, zh: "数字后面不能紧跟字母。", en: "A number can't be followed by a letter.")
    }

    static func longNumber(_ span: Span) -> Diagnostic {
        Diagnostic(
            "long_number", span, zh: "数字最多 18 位，其中最多 12 位小数。",
            en: "A number has at most 18 digits, 12 of them after the point.")
    }

    static func openText(_ span: Span) -> Diagnostic {
        Diagnostic(
            "open_text", span, zh: "文本缺少结束的引号。", en: "The text has no closing quote.",
            hint: .init(zh: "文本中的引号要写两遍：\"\"", en: "A quote inside a text is written twice: \"\""))
    }

    static func singleQuote(_ span: Span) -> Diagnostic {
        Diagnostic(
            "single_quote", span, zh: "文本要用双引号。", en: "Texts stand in double quotes.", hint: .write("\"…\""))
    }

    static func unknownCharacter(_ character: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "unknown_character", span, zh: "不认识的字符 \(character)。", en: "Unknown character \(character).",
            hint: .init(zh: "文本要放在双引号里，字段用字段代码。", en: "Texts stand in double quotes; fields go by their ids."))
    }

    static func wrongOperator(_ typed: String, instead: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "unknown_operator", span, zh: "没有运算符 \(typed)。", en: "There is no operator \(typed).",
            hint: .write(instead))
    }

    static func chainedComparison(_ span: Span) -> Diagnostic {
        Diagnostic(
            "chained_comparison", span, zh: "比较不能连写。", en: "Comparisons can't be chained.",
            hint: .write("a < b AND b < c"))
    }

    static func missingField(_ span: Span) -> Diagnostic {
        Diagnostic("missing_field", span, zh: "点号后面缺少字段。", en: "A field is missing after the point.")
    }

    static func missingBracket(_ token: Token, opened: Span) -> Diagnostic {
        Diagnostic(
            "missing_bracket", token.span, zh: "第 \(opened.offset + 1) 字节处的括号没有关闭。",
            en: "The bracket opened at \(opened.offset) is not closed here.", hint: .write(")"))
    }

    static func missingOperand(_ token: Token) -> Diagnostic {
        let isEnd = token.kind == .end
        return Diagnostic(
            "missing_operand", token.span,
            zh: isEnd ? "表达式没有写完。" : "这里缺少值、字段或函数。",
            en: isEnd ? "The expression ends too early." : "A value, a field or a function is missing here.")
    }

    static func unexpected(_ token: Token, source: String) -> Diagnostic {
        if token.kind == .symbol(.close) {
            return Diagnostic("unexpected", token.span, zh: "多余的右括号。", en: "This closing bracket has no opening one.")
        }
        return Diagnostic(
            "unexpected", token.span, zh: "这里缺少运算符。", en: "An operator is missing before this.",
            hint: .init(zh: "例如 =、AND 或逗号。", en: "For example =, AND or a comma."))
    }
}
