import Values

extension Evaluator {
    func call(_ function: Function, _ operands: [Value], _ node: Node) throws(EvaluationError) -> Value {
        switch function {
        case .isBlank: return .bool(Self.isBlank(operands[0]))
        case .round, .floor, .ceiling, .abs: return try rounding(function, operands[0], node.type)
        case .min: return extreme(operands, largest: false)
        case .max: return extreme(operands, largest: true)
        case .divide: return try divide(operands[0], operands[1], node.type)
        case .concat: return .text(operands.map { $0.text ?? "" }.joined())
        case .text, .fixedText: return Self.written(operands[0], isFixed: function == .fixedText)
        case .length, .left, .right, .middle, .trim, .upper, .lower, .contains, .startsWith, .endsWith:
            return operands.contains(.null) ? .null : text(function, operands)
        case .days, .addDays, .addMonths, .day, .year, .month, .weekday:
            return operands.contains(.null) ? .null : try date(function, operands)
        }
    }

    private static func isBlank(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .text(let text): text.isEmpty
        case .list(let items): items.isEmpty
        default: false
        }
    }

    private static func written(_ value: Value, isFixed: Bool) -> Value {
        switch value {
        case .decimal(let number): .text(isFixed ? number.description : number.shortest)
        case .day(let day): .text(day.description)
        default: .null
        }
    }

    // MARK: Texts

    private func text(_ function: Function, _ operands: [Value]) -> Value {
        let text = operands[0].text ?? ""
        let other = operands.count > 1 ? operands[1].text ?? "" : ""
        switch function {
        case .length: return .decimal(ExactDecimal(text.unicodeScalars.count))
        case .left: return .text(Texts.slice(text, from: 1, count: Texts.count(operands[1])))
        case .right: return .text(Texts.ending(text, count: Texts.count(operands[1])))
        case .middle:
            let start = max(1, Texts.count(operands[1]))
            return .text(Texts.slice(text, from: start, count: Texts.count(operands[2])))
        case .trim: return .text(Texts.trimmed(text))
        case .upper: return .text(Texts.mapped(text) { (0x61...0x7A).contains($0) ? $0 - 32 : $0 })
        case .lower: return .text(Texts.mapped(text) { (0x41...0x5A).contains($0) ? $0 + 32 : $0 })
        case .contains: return .bool(Texts.position(of: other, in: text) > 0)
        case .startsWith: return .bool(text.utf8.starts(with: other.utf8))
        default: return .bool(text.utf8.reversed().starts(with: other.utf8.reversed()))
        }
    }

    // MARK: Dates

    private func date(_ function: Function, _ operands: [Value]) throws(EvaluationError) -> Value {
        if function == .day {
            guard case .instant(let instant) = operands[0] else { return .null }
            return try day(Int128(Days.floorDays(instant.milliseconds)))
        }
        guard case .day(let start) = operands[0] else { return .null }
        switch function {
        case .days:
            guard case .day(let end) = operands[1] else { return .null }
            return .decimal(ExactDecimal(start.number - end.number))
        case .addDays:
            let count = operands[1].decimal?.units ?? 0
            let (number, overflows) = Int128(start.number).addingReportingOverflow(count)
            return overflows ? try overflow() : try day(number)
        case .addMonths:
            let months = operands[1].decimal?.units ?? 0
            guard months.magnitude <= UInt128(Days.maximumMonths) else { return try overflow() }
            let (year, month, _) = start.components
            let index = year * 12 + month - 1 + Int(months)
            guard index >= 12, index < 120_000 else { return try overflow() }
            return .day(start.adding(months: Int(months)))
        case .year: return .decimal(ExactDecimal(start.components.year))
        case .month: return .decimal(ExactDecimal(start.components.month))
        default: return .decimal(ExactDecimal(start.weekday))
        }
    }

    private func day(_ number: Int128) throws(EvaluationError) -> Value {
        guard let number = Int(exactly: number), Days.range.contains(number) else { return try overflow() }
        return .day(Day(number: number))
    }
}

/// Limits of dates, the same in SQL.
package enum Days {
    /// 0001-01-01 ... 9999-12-31.
    package static let range = -719_162...2_932_896
    /// Most months that ADDMONTHS moves.
    package static let maximumMonths = 120_000

    static func floorDays(_ milliseconds: Int64) -> Int64 {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
