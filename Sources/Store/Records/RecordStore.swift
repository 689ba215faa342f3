package import Definitions
package import Expressions
package import Values

/// The records of one model on one connection: reading them.
///
/// Each function says how many statements it takes. Rights come in as predicates; the store knows no actor.
package struct RecordStore {
    let connection: any Connection
    let tables: ObjectTables

    package init(_ connection: any Connection, model: Model) {
        self.init(connection, tables: ObjectTables(model))
    }

    /// - Parameter tables: those of the model, kept by the caller as long as the model.
    package init(_ connection: any Connection, tables: ObjectTables) {
        self.connection = connection
        self.tables = tables
    }

    package var model: Model { tables.model }

    /// The rows of a list, in its order, at most `limit`. One statement; with `search` two or three.
    package func select(_ query: RecordQuery) throws -> [RecordRow] {
        guard query.search != nil else { return try rows(of: query, candidates: nil) }
        let first = try rows(of: query, candidates: SearchIndex.usualCandidates)
        if first.count >= query.limit { return first }
        guard try SearchIndex(connection).exceeds(SearchIndex.usualCandidates, query.search ?? "", in: query.object)
        else { return first }
        // Many records hold these words and rights or filters hide most of them: look further.
        return try rows(of: query, candidates: SearchIndex.mostCandidates)
    }

    /// How many rows the query has, counting no further than `cap`. One statement.
    package func count(_ query: RecordQuery, cap: Int) throws -> (count: Int, isCapped: Bool) {
        let table = try tables.table(query.object)
        let conjuncts = try Conjuncts(of: query)
        let condition =
            try branchCondition(query, conjuncts, of: table, keyset: nil, limit: cap + 1)
            ?? self.condition(query, conjuncts, candidates: SearchIndex.mostCandidates)
        let base: SQLFragment = "\(identifier: table.name) AS \(identifier: QuerySource.base)"
        let counted: SQLFragment = "SELECT 1 FROM \(base) WHERE \(condition) LIMIT \(cap + 1)"
        let count = try connection.row("SELECT count(*) FROM (\(counted)) AS c").map { $0[0].count } ?? 0
        return (min(count, cap), count > cap)
    }

    /// One record, or nil when it is absent, in another state of life or outside the predicates. One statement.
    package func find(
        _ object: String, _ id: RecordID, fields: [FieldPath] = [], predicates: [TypedExpression] = [],
        alternatives: [TypedExpression] = [], context: EvaluationContext, deleted: RecordQuery.Life = .live
    ) throws -> RecordRow? {
        let query = RecordQuery(
            object: object, predicates: predicates, alternatives: alternatives, context: context, fields: fields,
            limit: 1, deleted: deleted, ids: [id])
        return try rows(of: query, candidates: nil).first
    }

    /// The cursor with which the same query goes on after `row`. No statement.
    package func cursor(after row: RecordRow, for query: RecordQuery) throws -> [Value] {
        let wish = ReadPlan.Wish(object: query.object, fields: query.fields, sort: query.sort)
        let paths = try tables.plan(wish, for: connection.dialect).keyset?.paths ?? []
        return paths.map { $0 == "id" ? .record(row.id) : row[path: $0] }
    }

    private func rows(of query: RecordQuery, candidates: Int?) throws -> [RecordRow] {
        let wish = ReadPlan.Wish(
            object: query.object, fields: query.fields, sort: query.ids?.count == 1 ? nil : query.sort)
        let plan = try tables.plan(wish, for: connection.dialect)
        let conjuncts = try Conjuncts(of: query)
        if conjuncts.isNever { return [] }
        var condition: SQLFragment
        if let keyset = plan.keyset,
            let branched = try branchCondition(query, conjuncts, of: plan.table, keyset: keyset, limit: query.limit)
        {
            condition = branched
        } else {
            condition = try self.condition(query, conjuncts, candidates: candidates ?? 0)
            if let after = query.after, let keyset = plan.keyset {
                condition += " AND " + (try keyset.condition(after: after))
            }
        }
        let text: SQLFragment =
            "SELECT \(plan.columns) FROM \(plan.from) WHERE \(condition)\(plan.order) LIMIT \(query.limit)"
        return try plan.rows(try connection.rows(text))
    }

    /// `id IN (the first rows of each branch)`, or nil when the query has no branches that indexes answer.
    private func branchCondition(
        _ query: RecordQuery, _ conjuncts: Conjuncts, of table: ObjectTable, keyset: Keyset?, limit: Int
    ) throws -> SQLFragment? {
        guard query.search == nil, query.ids == nil, !conjuncts.isNever, keyset?.isOfBaseOnly != false else {
            return nil
        }
        guard let branches = try Branches(of: conjuncts.nodes, in: table, compiling: compilation(query)) else {
            return nil
        }
        var shared = try life(query.deleted) + met(branches.others, query)
        if let after = query.after, let keyset { shared.append(try keyset.condition(after: after)) }
        let base: SQLFragment = "\(identifier: table.name) AS \(identifier: QuerySource.base)"
        let parts = branches.conditions.map { branch -> SQLFragment in
            let all = (shared + [branch]).joined(separator: " AND ")
            var part: SQLFragment = #"SELECT "t"."id" AS id FROM \#(base) WHERE \#(all)"#
            if let keyset { part += " ORDER BY " + keyset.orderBy(for: connection.dialect) }
            return "SELECT id FROM (\(part) LIMIT \(limit)) AS b"
        }
        return #""t"."id" IN ("# + parts.joined(separator: " UNION ") + ")"
    }

    private func condition(
        _ query: RecordQuery, _ conjuncts: Conjuncts, candidates: Int
    ) throws -> SQLFragment {
        if conjuncts.isNever { return "1 = 0" }
        var parts = life(query.deleted)
        if let ids = query.ids { parts.append(Self.among(ids, column: #""t"."id""#)) }
        parts += try met(conjuncts.nodes, query)
        if let words = query.search {
            let found = SearchIndex(connection).records(words, in: query.object, limit: candidates)
            parts.append(#""t"."id" IN ("# + found + ")")
        }
        return parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ")
    }

    private func life(_ life: RecordQuery.Life) -> [SQLFragment] {
        switch life {
        case .live: [#""t"."deleted_at" IS NULL"#]
        case .deleted: [#""t"."deleted_at" IS NOT NULL"#]
        case .any: []
        }
    }

    private func compilation(_ query: RecordQuery) -> Compilation {
        Compilation(
            layout: ModelLayout(model: model), dialect: connection.dialect, context: query.context,
            row: QuerySource.base)
    }

    private func met(_ nodes: [Node], _ query: RecordQuery) throws(CompilationError) -> [SQLFragment] {
        var out: [SQLFragment] = []
        for node in nodes {
            var compilation = compilation(query)
            let fragment = try compilation.settled(node)
            guard fragment.nesting <= connection.dialect.maximumNesting else { throw .tooDeep }
            out.append("(\(fragment))")
        }
        return out
    }

    /// `column IN (…)`, with the list filled up to a power of two so that few texts are prepared.
    static func among(_ ids: [RecordID], column: SQLFragment) -> SQLFragment {
        guard let last = ids.last else { return "1 = 0" }
        if ids.count == 1 { return column + " = \(last)" }
        var size = 2
        while size < ids.count { size *= 2 }
        let filled = ids + Array(repeating: last, count: size - ids.count)
        return column + " IN (" + filled.map { "\($0)" as SQLFragment }.joined(separator: ", ") + ")"
    }
}
