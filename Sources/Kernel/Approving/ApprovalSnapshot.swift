import Definitions
import Flow
import Values

/// What an approval is decided on: the values against their limits and the bound fields, as they were when it was
/// asked for.
struct ApprovalSnapshot {
    let json: JSONValue
    /// Of the bound fields alone.
    let digest: String

    init(
        _ state: RecordState, _ definition: ObjectDefinition, _ approval: ApprovalDefinition, _ plan: ApprovalPlan,
        _ model: Model
    ) {
        let fields = Self.fields(state, definition, approval, model)
        var builder = JSONBuilder()
        builder.write(fields)
        digest = Secrets.digest(builder.text)
        json = .object([
            "level": .integer(plan.level), "findings": .array(plan.findings.map(Self.finding)), "fields": fields,
            "amount": plan.amount.json, "table": plan.table.map { .integer($0) } ?? .null,
        ])
    }

    /// The bound fields in one form, each under its id.
    static func fields(
        _ state: RecordState, _ definition: ObjectDefinition, _ approval: ApprovalDefinition, _ model: Model
    ) -> JSONValue {
        .object(
            approval.boundFields.compactMap { id in
                definition.field(id).map {
                    JSONValue.Member(name: id, value: bound($0, state, model, only: approval.boundColumns(of: id)))
                }
            })
    }

    private static func finding(_ finding: ApprovalTable.Finding) -> JSONValue {
        .object([
            "dimension": .text(finding.dimension), "value": number(finding.value), "from": number(finding.rule?.from),
            "to": number(finding.rule?.to), "level": .integer(finding.level),
            "role": .text(finding.rule?.role ?? "none"), "beyond": .bool(finding.isBeyond),
            "rows": finding.rows.map { .array($0.map { .integer($0) }) } ?? .null,
        ])
    }

    private static func number(_ value: ExactDecimal?) -> JSONValue { value.map { .number($0.shortest) } ?? .null }

    private static func bound(
        _ field: FieldDefinition, _ state: RecordState, _ model: Model, only columns: Set<String>?
    ) -> JSONValue {
        if case .lines(let child) = field.type, let object = model.object(child) {
            let given = object.liveFields.filter { columns?.contains($0.id) ?? $0.isGivenByPeople }.map(\.id)
            return .array(
                (state.lines[field.id] ?? []).map { line in
                    .object(
                        given.compactMap { id in
                            let value = plain(line.values[id] ?? .null)
                            return value == .null ? nil : JSONValue.Member(name: id, value: value)
                        })
                })
        }
        if case .money(.own) = field.type {
            return .array([plain(state[field.id]), plain(state[field.id + ".currency"])])
        }
        return plain(state[field.id])
    }

    /// A value in one form, whatever digits it was read with.
    private static func plain(_ value: Value) -> JSONValue {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .text(let text): .text(text)
        case .decimal(let number): .number(number.shortest)
        case .real(let number): .text(String(number))
        case .day(let day): .text(day.description)
        case .instant(let instant): .text(instant.description)
        case .record(let id): .text(id.description)
        case .list(let items): .array(items.map(plain))
        }
    }
}

extension ApprovalAmount {
    /// Nothing, `unknown`, or a number.
    var json: JSONValue {
        switch self {
        case .unmeasured: .null
        case .unknown: .text("unknown")
        case .known(let amount): .number(amount.shortest)
        }
    }

    init(json: JSONValue?) {
        switch json {
        case .number(let digits): self = ExactDecimal(digits).map { .known($0) } ?? .unknown
        case .text: self = .unknown
        default: self = .unmeasured
        }
    }
}

extension FieldDefinition {
    /// Neither kept by the system nor computed.
    var isGivenByPeople: Bool { !isSystem && formula == nil && rollup == nil && !readOnly && hasColumns }
}

extension ApprovalDefinition {
    /// The fields of the record among those that are bound, each once.
    var boundFields: [String] {
        var out: [String] = []
        for path in binds {
            let id = Self.head(path)
            if !out.contains(id) { out.append(id) }
        }
        return out
    }

    /// The fields of the lines that are bound; nil: all that people give.
    func boundColumns(of lines: String) -> Set<String>? {
        if binds.contains(lines) { return nil }
        return Set(binds.filter { $0.hasPrefix(lines + ".") }.map { String($0.dropFirst(lines.count + 1)) })
    }

    /// Whether a change of this path touches what is decided on: `lines[2].price` only when people give the price, or
    /// when it is named.
    func isBound(_ path: String, _ definition: ObjectDefinition, _ model: Model) -> Bool {
        let id = Self.head(path)
        guard boundFields.contains(id), let field = definition.field(id) else { return false }
        guard case .lines(let child) = field.type, let object = model.object(child) else {
            return !path.hasSuffix(".base") && !path.hasSuffix(".rate")
        }
        guard let dot = path.lastIndex(of: "."), path[..<dot].hasSuffix("]") else { return true }
        let column = String(path[path.index(after: dot)...])
        if let named = boundColumns(of: id) { return named.contains(column) }
        return object.field(column)?.isGivenByPeople ?? false
    }

    private static func head(_ path: String) -> String {
        String(path.prefix { $0 != "." && $0 != "[" })
    }
}

extension JSONValue {
    /// The items of an array; nil for all else.
    var items: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    /// A whole number; nil for all else.
    var whole: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
}
