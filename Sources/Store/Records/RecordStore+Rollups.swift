package import Definitions
package import Expressions
package import Values

/// Roll-ups: figures over the records that link to a record.
extension RecordStore {
    /// The values of a roll-up for many records, over live records. One statement for each 256 parents.
    ///
    /// - Returns: a value for every parent: 0 for the sum and the count of nothing, null for the smallest or largest.
    package func rollup(
        _ rollup: Rollup, parents: [RecordID], context: EvaluationContext
    ) throws -> [RecordID: Value] {
        let table = try tables.table(rollup.object)
        guard let link = table.column(rollup.via) else { throw StoreError.broken("no link field \(rollup.via)") }
        let source = QuerySource(table, tables: tables)
        let via: SQLFragment = #""t".\#(identifier: link.name)"#
        var filter: SQLFragment = #" AND "t"."deleted_at" IS NULL"#
        if let condition = rollup.filter {
            filter += " AND " + (try source.condition(condition, model: model, dialect: connection.dialect, context))
        }
        var value: SQLFragment = "0"
        if rollup.function != .count, let of = rollup.of {
            value = try source.value(of, model: model, dialect: connection.dialect, context)
        }
        let aggregate: SQLFragment =
            switch rollup.function {
            case .count: "count(*)"
            case .min: "min(u.v)"
            case .max: "max(u.v)"
            case .sum: connection.dialect.total(of: "u.v")
            }
        let nothing: Value = [.count, .sum].contains(rollup.function) ? Self.zero(rollup) : .null
        var found = Dictionary(parents.map { ($0, nothing) }, uniquingKeysWith: { first, _ in first })
        for part in parents.parts(of: 256) {
            let each: SQLFragment =
                "SELECT \(via) AS p, \(value) AS v FROM \(source.from) WHERE \(Self.among(part, column: via))\(filter)"
            for row in try connection.rows("SELECT u.p, \(aggregate) FROM (\(each)) AS u GROUP BY u.p") {
                found[try required(row[0])] = try Self.aggregate(row[1], rollup)
            }
        }
        return found
    }

    private static func zero(_ rollup: Rollup) -> Value {
        if rollup.function == .sum, case .decimal(let scale)? = rollup.of?.type {
            return .decimal(ExactDecimal(units: 0, scale: scale))
        }
        return .decimal(ExactDecimal(0))
    }

    private static func aggregate(_ stored: SQLValue, _ rollup: Rollup) throws -> Value {
        guard rollup.function != .count, let type = rollup.of?.type else {
            return .decimal(ExactDecimal(stored.count))
        }
        if rollup.function == .sum, stored.isNull { throw StoreError.overflow }
        switch (type, stored) {
        case (_, .null): return .null
        case (.decimal(let scale), .integer(let units)):
            return .decimal(ExactDecimal(units: Int128(units), scale: scale))
        case (.day, .integer(let number)): return .day(Day(number: Int(number)))
        case (.instant, .integer(let milliseconds)): return .instant(Instant(milliseconds: milliseconds))
        case (.text, .text(let text)): return .text(text)
        case (.real, .real(let number)): return .real(number)
        default: throw StoreError.broken("a roll-up over \(type) gave an unexpected value")
        }
    }
}
