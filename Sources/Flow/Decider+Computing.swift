import Definitions
import Expressions
import Values

extension Decider {
    func applyDefaults(to state: inout RecordState, given: RecordChange, _ problems: inout [FlowProblem]) {
        for field in definition.defaulted where given.values[field.id] == nil && state[field.id].isNull {
            guard let expression = field.defaultValue,
                let value = evaluate(expression, on: state, field: field.id, &problems)
            else { continue }
            state.values[field.id] = value
        }
    }

    func applyLineDefaults(to state: inout RecordState, _ problems: inout [FlowProblem]) {
        for (name, lines) in state.lines {
            guard case .lines(let child)? = definition.field(name)?.type, let object = model.object(child) else {
                continue
            }
            let fields = object.defaulted
            guard !fields.isEmpty else { continue }
            for (index, line) in lines.enumerated() where line.isNew {
                var line = line
                for field in fields where line.values[field.id] == nil {
                    guard let expression = field.defaultValue else { continue }
                    let source = LineSource(line: line, parent: state)
                    let place = "\(name)[\(index)].\(field.id)"
                    if let value = evaluate(expression, on: source, field: place, &problems) {
                        line.values[field.id] = value
                    }
                }
                state.lines[name]?[index] = line
            }
        }
    }

    /// Every formula after those it reads, each amount rounded to its currency, with its amount in the base currency.
    func recompute(_ state: inout RecordState, _ problems: inout [FlowProblem], _ warnings: inout [FlowProblem]) {
        fillRates(&state)
        settleGiven(&state, &problems, &warnings)
        for step in order {
            if let name = step.lines {
                for index in (state.lines[name] ?? []).indices {
                    computeLine(&state, name: name, index: index, step: step, &problems, &warnings)
                }
            } else if let field = definition.field(step.field), let formula = field.formula {
                let value = evaluate(formula, on: state, field: field.id, &problems) ?? .null
                store(
                    value, in: field, of: &state.values, currency: nil, rate: nil, place: field.id, isFormula: true,
                    &problems, &warnings)
            }
        }
    }

    /// A document that names no exchange rate takes the newest one, and keeps it from then on.
    private func fillRates(_ state: inout RecordState) {
        for field in definition.liveFields {
            guard case .money(.record(let currency, let rate?)) = field.type, state[rate].isNull,
                let code = state[currency].text
            else { continue }
            let known = code == model.baseCurrency ? ExactDecimal(1) : context.rate(code)
            guard let known, case .decimal(let scale)? = definition.field(rate)?.type.valueType,
                let rounded = try? known.rounded(to: scale)  // a rate that does not fit its field is no rate
            else { continue }
            state.values[rate] = .decimal(rounded)
        }
    }

    private func computeLine(
        _ state: inout RecordState, name: String, index: Int, step: FormulaStep, _ problems: inout [FlowProblem],
        _ warnings: inout [FlowProblem]
    ) {
        guard let object = model.object(step.object), let field = object.field(step.field), let formula = field.formula,
            var line = state.lines[name]?[index]
        else { return }
        let place = "\(name)[\(index)].\(field.id)"
        let value = evaluate(formula, on: LineSource(line: line, parent: state), field: place, &problems) ?? .null
        store(
            value, in: field, of: &line.values, currency: parentText(state, field), rate: parentRate(state, field),
            place: place, isFormula: true, &problems, &warnings)
        state.lines[name]?[index] = line
    }

    /// Amounts that people gave: their currency's digits, their rate, their base amount.
    private func settleGiven(
        _ state: inout RecordState, _ problems: inout [FlowProblem], _ warnings: inout [FlowProblem]
    ) {
        for field in definition.givenAmounts {
            store(
                state[field.id], in: field, of: &state.values, currency: nil, rate: nil, place: field.id,
                isFormula: false,
                &problems, &warnings)
        }
        for (name, lines) in state.lines {
            guard case .lines(let child)? = definition.field(name)?.type, let object = model.object(child) else {
                continue
            }
            let fields = object.givenAmounts
            for (index, line) in lines.enumerated() where !fields.isEmpty {
                var line = line
                for field in fields {
                    store(
                        line.values[field.id] ?? .null, in: field, of: &line.values, currency: parentText(state, field),
                        rate: parentRate(state, field), place: "\(name)[\(index)].\(field.id)", isFormula: false,
                        &problems,
                        &warnings)
                }
                state.lines[name]?[index] = line
            }
        }
    }

    /// Puts a value into its field in the form in which it is stored.
    private func store(
        _ value: Value, in field: FieldDefinition, of values: inout [String: Value], currency: String?,
        rate: ExactDecimal?, place: String, isFormula: Bool, _ problems: inout [FlowProblem],
        _ warnings: inout [FlowProblem]
    ) {
        guard case .money(let source) = field.type else {
            values[field.id] = fitted(value, to: field, place: place, &problems)
            return
        }
        guard case .decimal(let amount) = value else {
            values[field.id] = .null
            if source != .base { values[field.id + ".base"] = .null }
            return
        }
        let code: String?
        let locked: ExactDecimal?
        switch source {
        case .base: (code, locked) = (model.baseCurrency, ExactDecimal(1))
        case .own:
            code = values[field.id + ".currency"]?.text ?? model.baseCurrency
            locked = ownRate(field, values, code: code)
        case .record(let currencyField, let rateField):
            code = currency ?? values[currencyField]?.text
            locked =
                code == model.baseCurrency
                ? ExactDecimal(1) : rate ?? rateField.flatMap { values[$0]?.decimal } ?? code.flatMap(context.rate)
        }
        let digits = code.map(context.minorUnits) ?? 2
        do {
            let rounded = try amount.rounded(to: digits)
            if !isFormula, rounded != amount, let code {
                problems.append(.minorUnits(place, currency: code, digits: digits))
                return
            }
            guard let stored = rounded.stored(at: 4) else { throw ArithmeticError.overflow }
            values[field.id] = .decimal(ExactDecimal(units: Int128(stored), scale: 4))
            if source == .base { return }
            if source == .own {
                values[field.id + ".currency"] = code.map { .text($0) } ?? .null
                values[field.id + ".rate"] = try locked.map { .decimal(try $0.rounded(to: 6)) } ?? .null
            }
            values[field.id + ".base"] = try base(rounded, rate: locked)
            if locked == nil, let code { warnings.append(.noRate(place, currency: code)) }
        } catch {
            problems.append(.overflow(place))
        }
    }

    private func base(_ amount: ExactDecimal, rate: ExactDecimal?) throws(ArithmeticError) -> Value {
        guard let rate else { return .null }
        let product = try (try amount * rate).rounded(to: context.minorUnits(model.baseCurrency))
        guard let stored = product.stored(at: 4) else { throw .overflow }
        return .decimal(ExactDecimal(units: Int128(stored), scale: 4))
    }

    /// The rate stays locked while the currency stays.
    private func ownRate(_ field: FieldDefinition, _ values: [String: Value], code: String?) -> ExactDecimal? {
        if code == model.baseCurrency { return ExactDecimal(1) }
        return values[field.id + ".rate"]?.decimal ?? code.flatMap(context.rate)
    }

    private func parentText(_ state: RecordState, _ field: FieldDefinition) -> String? {
        guard case .money(.record(let currency, _)) = field.type else { return nil }
        return state[currency].text
    }

    private func parentRate(_ state: RecordState, _ field: FieldDefinition) -> ExactDecimal? {
        guard case .money(.record(_, let rate?)) = field.type else { return nil }
        return state[rate].decimal
    }

    /// A formula's number with the scale of its field.
    private func fitted(
        _ value: Value, to field: FieldDefinition, place: String, _ problems: inout [FlowProblem]
    ) -> Value {
        guard case .decimal(let number) = value, case .decimal(let scale)? = field.type.valueType else { return value }
        guard let rounded = try? number.rounded(to: scale), let stored = rounded.stored(at: scale) else {
            problems.append(.overflow(place))  // the only error of a rounding is an overflow
            return .null
        }
        return .decimal(ExactDecimal(units: Int128(stored), scale: scale))
    }

    func evaluate(
        _ expression: TypedExpression, on source: some FieldSource, field: String, _ problems: inout [FlowProblem]
    ) -> Value? {
        do {
            return try expression.evaluate(source, context.evaluation)
        } catch .overflow {
            problems.append(.overflow(field))
        } catch {
            problems.append(.calculation(field))
        }
        return nil
    }
}
