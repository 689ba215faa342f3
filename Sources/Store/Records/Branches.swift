import Definitions
import Expressions
import Values

/// A condition such as "mine OR my departments'" taken apart into branches, each of which one index answers in order.
///
/// A list asks each branch for its newest rows and merges them: for a person who sees little of a large table that
/// reads a few hundred rows, where the OR in one condition reads the table until a page is full.
struct Branches {
    /// Beyond this many the reader sees so much that the plain condition fills a page at once.
    static let limit = 24

    /// Conditions of which at least one must hold.
    let conditions: [SQLFragment]
    /// What must hold besides.
    let others: [Node]

    /// How few rows an index entry is likely to hold, fewest first.
    private enum Breadth: Int, Comparable {
        case person, link, state, group
        static func < (a: Breadth, b: Breadth) -> Bool { a.rawValue < b.rawValue }
    }

    /// An equality that an index answers.
    private struct Lead {
        let conditions: [SQLFragment]
        let breadth: Breadth
    }

    /// Nil when no condition is an OR of what indexes answer, or when a single equality narrows the rows more.
    init?(of conjuncts: [Node], in table: ObjectTable, compiling: Compilation) throws {
        var best: (position: Int, conditions: [SQLFragment], breadth: Breadth)?
        var plain: Breadth?
        for (position, node) in conjuncts.enumerated() {
            guard case .any(let parts) = node.form else {
                guard let lead = try Self.lead(node, table, compiling) else { continue }
                if lead.conditions.count == 1 {
                    plain = min(plain ?? lead.breadth, lead.breadth)
                } else if lead.conditions.count <= Self.limit, lead.breadth < best?.breadth ?? .group {
                    best = (position, lead.conditions, lead.breadth)
                }
                continue
            }
            guard let (conditions, breadth) = try Self.branches(parts, table, compiling) else { continue }
            if let known = best, (known.breadth, known.conditions.count) <= (breadth, conditions.count) { continue }
            best = (position, conditions, breadth)
        }
        guard let best, Self.isWorthwhile(best.breadth, beside: plain) else { return nil }
        conditions = best.conditions
        others = conjuncts.enumerated().filter { $0.offset != best.position }.map(\.element)
    }

    /// Against an equality that all rows must meet anyway: one with a person or a link is hard to beat.
    private static func isWorthwhile(_ breadth: Breadth, beside plain: Breadth?) -> Bool {
        guard let plain else { return true }
        return plain >= .state ? breadth <= plain : breadth < plain
    }

    private static func branches(
        _ parts: [Node], _ table: ObjectTable, _ compiling: Compilation
    ) throws -> ([SQLFragment], Breadth)? {
        var conditions: [SQLFragment] = []
        var widest = Breadth.person
        for part in parts {
            guard let (found, breadth) = try branch(part, table, compiling) else { return nil }
            conditions += found
            widest = max(widest, breadth)
        }
        guard (1...limit).contains(conditions.count),
            conditions.allSatisfy({ $0.nesting < compiling.dialect.maximumNesting / 2 })
        else { return nil }
        return (conditions, widest)
    }

    /// The branches of one part of the OR: an equality with an indexed column, alone or in an AND.
    private static func branch(
        _ part: Node, _ table: ObjectTable, _ compiling: Compilation
    ) throws -> ([SQLFragment], Breadth)? {
        var parts = [part]
        if case .all(let several) = part.form { parts = several }
        var lead: (position: Int, lead: Lead)?
        for (position, node) in parts.enumerated() {
            guard let found = try Self.lead(node, table, compiling) else { continue }
            if let known = lead, known.lead.breadth <= found.breadth { continue }
            lead = (position, found)
        }
        guard let lead else { return nil }
        var compilation = compiling
        var rest: [SQLFragment] = []
        for (position, other) in parts.enumerated() where position != lead.position {
            rest.append("(\(try compilation.settled(other)))")
        }
        return (lead.lead.conditions.map { ([$0] + rest).joined(separator: " AND ") }, lead.lead.breadth)
    }

    private static func lead(_ node: Node, _ table: ObjectTable, _ compiling: Compilation) throws -> Lead? {
        var compilation = compiling
        switch node.form {
        case .comparison(.equal, let a, let b):
            let breadth = breadth(of: a, table)
            let other = breadth == nil ? self.breadth(of: b, table) : nil
            guard let found = breadth ?? other, isFixed(breadth == nil ? a : b) else { return nil }
            return Lead(conditions: [try compilation.settled(node)], breadth: found)
        case .isOneOf(let field, let items):
            guard let breadth = breadth(of: field, table), items.allSatisfy(isFixed) else { return nil }
            let each = try items.map { item in
                try compilation.settled(Node(.comparison(.equal, field, item), .bool))
            }
            return Lead(conditions: each, breadth: breadth)
        case .isIn(let field, let list):
            if isFixed(field), let (reference, links, record, target) = compilation.linkRows(list),
                reference.links.isEmpty, !reference.isOuter
            {
                let wanted = try compilation.settled(field)
                let rows: SQLFragment =
                    "SELECT \(identifier: record) FROM \(identifier: links) WHERE \(identifier: target) = \(wanted)"
                return Lead(
                    conditions: ["\(identifier: QuerySource.base).\(identifier: "id") IN (\(rows))"], breadth: .person)
            }
            guard let ids = compilation.contextList(list), let breadth = breadth(of: field, table) else { return nil }
            // A place of its own for each id: one range of the index, already in order.
            let column = try compilation.settled(field)
            return Lead(conditions: ids.map { column + " = \($0)" }, breadth: breadth)
        default:
            return nil
        }
    }

    private static func isFixed(_ node: Node) -> Bool {
        switch node.form {
        case .context, .constant: true
        default: false
        }
    }

    /// Nil for what no index holds.
    private static func breadth(of node: Node, _ table: ObjectTable) -> Breadth? {
        guard case .field(let reference) = node.form, reference.links.isEmpty, !reference.isOuter else { return nil }
        switch reference.field {
        case "owner", "department", "region":
            if table.isLine || table.definition.isSetting { return nil }
            return reference.field == "owner" ? .person : .group
        default:
            guard let field = table.definition.field(reference.field) else { return nil }
            if case .link(let object) = field.type { return object == "user" ? .person : .link }
            if table.isLine { return nil }
            return field.indexed || table.definition.states?.field == field.id ? .state : nil
        }
    }
}
