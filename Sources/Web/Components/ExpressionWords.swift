import Definitions
import Expressions
import Values

/// A condition or a formula as a sentence in the reader's language; names of fields and codes are those of the forms.
struct ExpressionWords {
    let model: Model
    let format: Format

    private var language: Language { format.language }

    func sentence(_ expression: TypedExpression) -> String { words(expression.root) }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    private func words(_ node: Node) -> String {
        switch node.form {
        case .constant(let value): return constant(value, as: nil)
        case .context(let value): return context(value)
        case .field(let reference): return field(reference)
        case .not(let inner): return negation(inner)
        case .all(let parts): return parts.map { grouped($0) }.joined(separator: say("，且", " and "))
        case .any(let parts): return parts.map { words($0) }.joined(separator: say("，或", " or "))
        case .comparison(let comparison, let left, let right):
            return operand(left, beside: right) + Self.word(comparison, language) + operand(right, beside: left)
        case .isOneOf(let value, let choices):
            let names = choices.map { operand($0, beside: value) }.joined(separator: say("、", ", "))
            return words(value) + say(" 是 \(names) 之一", " is one of \(names)")
        case .isIn(let value, let list): return words(list) + say(" 含 ", " has ") + operand(value, beside: list)
        case .exact(let sign, let left, let right), .approximate(let sign, let left, let right):
            return words(left) + Self.sign(sign) + words(right)
        case .quotient(let left, let right): return words(left) + " ÷ " + words(right)
        case .rescaled(let inner), .real(let inner): return words(inner)
        case .choose(let condition, let then, let otherwise):
            let (test, yes, no) = (words(condition), words(then), words(otherwise))
            return say("若 \(test) 则 \(yes)，否则 \(no)", "if \(test) then \(yes), else \(no)")
        case .firstKnown(let parts): return parts.map { words($0) }.joined(separator: say("，没有则 ", ", else "))
        case .call(let function, let parts): return call(function, parts)
        case .aggregate(let aggregate): return self.aggregate(aggregate)
        case .external(let function, let parts): return listed(function.name, parts)
        }
    }

    /// Alternatives inside a chain stand in brackets.
    private func grouped(_ node: Node) -> String {
        if case .any = node.form { return say("（", "(") + words(node) + say("）", ")") }
        return words(node)
    }

    private func negation(_ inner: Node) -> String {
        switch inner.form {
        case .call(.isBlank, let parts) where parts.count == 1: return words(parts[0]) + say(" 已填", " is filled")
        case .field: return words(inner) + say(" 为否", " is off")
        case .isOneOf(let value, let choices):
            let names = choices.map { operand($0, beside: value) }.joined(separator: say("、", ", "))
            return words(value) + say(" 不是 \(names)", " is none of \(names)")
        default: return say("不满足（", "not (") + words(inner) + say("）", ")")
        }
    }

    /// A code beside a field of choices is written by its label.
    private func operand(_ node: Node, beside other: Node) -> String {
        guard case .constant(let value) = node.form, case .field(let reference) = other.form else { return words(node) }
        return constant(value, as: definition(reference)?.type)
    }

    private func constant(_ value: Value, as type: FieldType?) -> String {
        switch (value, type) {
        case (.text(let code), .choice(let list)?), (.text(let code), .choices(let list)?):
            let label = model.lists[list]?.code(code)?.label
            return say("“", "“") + (label.map { $0[language] } ?? code) + "”"
        case (.text(let text), _): return "“" + text + "”"
        case (.decimal(let number), .percent?):
            return number.percentText + " %"
        case (.decimal(let number), _): return number.shortest
        case (.bool(let flag), _): return flag ? say("是", "yes") : say("否", "no")
        case (.day(let day), _): return format.day(day)
        case (.instant(let instant), _): return format.instant(instant)
        case (.null, _): return say("空", "nothing")
        default: return "\(value)"
        }
    }

    private func context(_ value: ContextValue) -> String {
        switch value {
        case .now: say("现在", "now")
        case .today: say("今天", "today")
        case .me: say("本人", "the person acting")
        case .departments: say("本人的部门", "own departments")
        case .regions: say("本人的区域", "own regions")
        case .hasRole(let role):
            say("本人是 ", "the person acting is ") + (model.role(role).map { $0.label[language] } ?? role)
        }
    }

    private func definition(_ reference: FieldReference) -> FieldDefinition? {
        model.object(reference.holder)?.field(String(reference.field.prefix { $0 != "." }))
    }

    private func field(_ reference: FieldReference) -> String {
        var names: [String] = []
        var object = reference.object
        for hop in reference.links {
            names.append(model.object(object)?.field(hop.field)?.label[language] ?? hop.field)
            object = hop.object
        }
        names.append(definition(reference)?.label[language] ?? reference.field)
        return names.joined(separator: say("的", " · "))
    }

    private func call(_ function: Function, _ parts: [Node]) -> String {
        let first = parts.first.map { words($0) } ?? ""
        let second = parts.count > 1 ? operand(parts[1], beside: parts[0]) : ""
        switch function {
        case .isBlank: return first + say(" 未填", " is blank")
        case .contains: return first + say(" 含 ", " contains ") + second
        case .startsWith: return first + say(" 以 ", " begins with ") + second + say(" 开头", "")
        case .endsWith: return first + say(" 以 ", " ends with ") + second + say(" 结尾", "")
        case .days: return say("从 \(first) 到 \(second) 的天数", "days from \(first) to \(second)")
        case .addDays: return say("\(first) 后 \(second) 天", "\(first) plus \(second) days")
        case .divide: return first + " ÷ " + second
        case .concat: return parts.map { words($0) }.joined(separator: " + ")
        case .text, .fixedText, .trim, .round: return first
        default: return listed(function.rawValue, parts)
        }
    }

    private func listed(_ name: String, _ parts: [Node]) -> String {
        name + "(" + parts.map { words($0) }.joined(separator: ", ") + ")"
    }

    private func aggregate(_ aggregate: Aggregate) -> String {
        let lines = field(aggregate.lines)
        let value = aggregate.value.map { words($0) } ?? ""
        let tail = aggregate.filter.map { say("（只算 ", " (only where ") + words($0) + say("）", ")") } ?? ""
        let head: String
        switch aggregate.kind {
        case .count: head = say("\(lines) 的行数", "the number of \(lines)")
        case .sum: head = say("\(lines) 中 \(value) 的合计", "the sum of \(value) over \(lines)")
        case .min: head = say("\(lines) 中最小的 \(value)", "the least \(value) of \(lines)")
        case .max: head = say("\(lines) 中最大的 \(value)", "the greatest \(value) of \(lines)")
        case .average: head = say("\(lines) 中 \(value) 的平均", "the mean of \(value) over \(lines)")
        }
        return head + tail
    }

    private static func sign(_ sign: Arithmetic) -> String {
        switch sign {
        case .plus: " + "
        case .minus: " − "
        case .times: " × "
        }
    }

    private static func word(_ comparison: Comparison, _ language: Language) -> String {
        let words: (zh: String, en: String)
        switch comparison {
        case .equal: words = (" 是 ", " is ")
        case .notEqual: words = (" 不是 ", " is not ")
        case .less: words = (" 小于 ", " is below ")
        case .lessOrEqual: words = (" 不大于 ", " is at most ")
        case .greater: words = (" 大于 ", " is above ")
        case .greaterOrEqual: words = (" 不小于 ", " is at least ")
        }
        return language == .zh ? words.zh : words.en
    }
}

extension ExactDecimal {
    /// A share in hundredths: 0.1250 is 12.5.
    var percentText: String { ExactDecimal(units: units * 100, scale: scale).shortest }
}
