import Expressions
import Values

/// SUM, COUNT, MIN, MAX and AVG over lines: a correlated subquery over the child table.
extension Compilation {
    mutating func aggregate(_ aggregate: Aggregate) throws(CompilationError) -> Piece {
        let parent = try holderID(aggregate.lines)
        let child = alias("c")
        let around = (row, outer)
        (row, outer) = (child, row)
        defer { (row, outer) = around }
        let rows = try lines(aggregate, child, parent)
        guard let value = aggregate.value else { return Piece(fragment: "(SELECT COUNT(*) FROM \(rows))") }
        let inner = try piece(value)
        let column = settle(inner)
        // The aggregate runs over a column of a subquery: one whose argument reads only the row around it would, by the
        // rules of SQL, be an aggregate of the statement around.
        let name = alias("s")
        let v = SQLFragment.raw(name + ".v")
        let from: SQLFragment = "FROM (SELECT \(column) AS v FROM \(rows)) AS \(raw: name)"
        switch aggregate.kind {
        case .count: return Piece(fragment: "(SELECT COUNT(\(v)) \(from))")
        case .min, .max:
            let word = aggregate.kind == .min ? "MIN" : "MAX"
            let compared = value.type == .text ? dialect.byCodePoint(v) : v
            return Piece(fragment: "(SELECT \(raw: word)(\(compared)) \(from))", reach: inner.reach)
        case .sum: return Piece(fragment: "(SELECT \(dialect.total(of: v)) \(from))")
        case .average:
            let scale = value.type.scale ?? 0
            let mean: SQLFragment = "\(dialect.real(dialect.total(of: v), scale: scale)) / NULLIF(COUNT(\(v)), 0)"
            return Piece(fragment: "(SELECT \(mean) \(from))", reach: (-scale - 10)...19)
        }
    }

    /// The FROM item and WHERE of the live lines that pass the filter.
    private mutating func lines(
        _ aggregate: Aggregate, _ child: String, _ parent: SQLFragment
    ) throws(CompilationError) -> SQLFragment {
        guard case .column(let link)? = layout.place(of: aggregate.parentField, in: aggregate.child) else {
            throw .unknownPlace(object: aggregate.child, field: aggregate.parentField)
        }
        var rows: SQLFragment = "\(identifier: try table(aggregate.child)) AS \(identifier: child)"
        rows += " WHERE \(identifier: child).\(identifier: link) = \(parent)"
        if case .column(let deleted)? = layout.place(of: "deleted_at", in: aggregate.child) {
            rows += " AND \(identifier: child).\(identifier: deleted) IS NULL"
        }
        if let filter = aggregate.filter { rows += " AND \(try settled(filter))" }
        return rows
    }
}
