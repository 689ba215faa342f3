package import Definitions
package import Expressions
import Values

/// Which rows of one table a block that reads in a person's name may see.
package struct TableWall: Sendable {
    package let table: String
    /// A condition over the table's columns, by the table's own name, without placeholders.
    package let condition: String
    /// Tables that the condition asks, whole, under names of its own.
    package let lookups: [Lookup]
    /// Changes with the condition and with the kinds of the columns in it.
    package let fingerprint: String

    package struct Lookup: Sendable, Hashable {
        package let name: String
        package let table: String
    }
}

/// The second wall behind the compiled conditions of access: the tables themselves show a block that reads in somebody's
/// name no row which none of that person's roles opens. It knows rows, not fields.
package struct RowWalls: Sendable {
    /// The rows of an object that somebody sees.
    package enum Rows: Sendable {
        /// Nobody sees any, or everybody sees all: no question of the person.
        case none, all
        case some(TypedExpression)
    }

    let walls: [TableWall]

    /// - Parameter rows: object → rows, over all roles; an object without an entry is seen by nobody.
    /// - Throws: `CompilationError` for a condition that the database can't compute.
    package init(_ rows: [String: Rows], of model: Model, for dialect: any Dialect) throws {
        var walls: [TableWall] = []
        if dialect.sight(.me) != nil {
            for object in model.objects {
                walls.append(try Self.wall(of: object, rows[object.id] ?? .none, model, dialect))
            }
        }
        self.walls = walls
    }

    /// Brings the rules of the tables to these, in the current transaction. One statement when nothing changed; a changed
    /// rule waits for those who read its table.
    package func raise(on connection: any Connection) throws {
        let missing = try connection.missing(walls)
        guard !missing.isEmpty else { return }
        try connection.takeTime()
        try connection.raise(missing)
    }

    /// Whether the rules stand as they are here. One statement.
    package func isStanding(on connection: any Connection) throws -> Bool { try connection.missing(walls).isEmpty }

    /// Counted up when the engine's way of building a rule changes.
    private static let edition = 1

    private static func wall(
        of object: ObjectDefinition, _ rows: Rows, _ model: Model, _ dialect: any Dialect
    ) throws -> TableWall {
        let layout = LookupLayout(model: model, reader: object.table)
        let condition: SQLFragment
        switch rows {
        case .none: condition = dialect.literal(false)
        case .all: condition = dialect.literal(true)
        case .some(let expression):
            let context = EvaluationContext(now: Instant(milliseconds: 0), today: Day(number: 0))
            condition = try ExpressionCompiler(layout: layout, dialect: dialect, context: context)
                .rule(expression, row: object.table)
        }
        guard let text = dialect.rule(condition) else { throw CompilationError.memoryOnly }
        let names = quotedNames(in: text)
        let lookups = layout.lookups(names, dialect)
        let columns = ([object.table] + lookups.map(\.table)).map { table in
            let known = model.objects.first { $0.table == table }.map { ObjectTable($0).columns } ?? []
            let read = known.filter { names.contains(dialect.quoted($0.name)) }
            return table + "(" + read.map { $0.name + " " + $0.form.name }.joined(separator: ",") + ")"
        }
        let all = ([String(edition), text] + columns).joined(separator: "\n")
        return TableWall(
            table: object.table, condition: text, lookups: lookups,
            fingerprint: try SHA256Digest.of(Array(all.utf8)).hexadecimal)
    }

    /// What stands between the quotes of a rule, with them; what stands outside them is among it too and is no name.
    ///
    /// Cost: one pass, where a rule over all roles is long and a model has hundreds of tables.
    private static func quotedNames(in text: String) -> Set<String> {
        Set(text.utf8.split(separator: UInt8(ascii: "\"")).map { "\"" + String(Substring($0)) + "\"" })
    }
}

/// The model's tables as the rule of one of them asks them: whole, or two rules could ask each other without end. Each
/// rule has views of its own, so that it can be made anew alone.
private struct LookupLayout: TableLayout {
    let model: Model
    /// The table whose rule it is.
    let reader: String

    func table(of object: String) -> String? { model.object(object).map { name($0.table) } }

    func place(of field: String, in object: String) -> FieldPlace? {
        ModelLayout(model: model).place(of: field, in: object)
    }

    func lookups(_ names: Set<String>, _ dialect: any Dialect) -> [TableWall.Lookup] {
        model.objects.map { TableWall.Lookup(name: name($0.table), table: $0.table) }
            .filter { names.contains(dialect.quoted($0.name)) }
    }

    private func name(_ table: String) -> String { reader + "_asks_" + table }
}
