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
        self.connection = connection
        tables = ObjectTables(model)
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
        let source = QuerySource(table, tables: tables)
        let branched = try branchCondition(query, in: source, keyset: nil, limit: cap + 1)
        let condition = try branched ?? self.condition(query, in: source, candidates: SearchIndex.mostCandidates)
        let counted: SQLFragment = "SELECT 1 FROM \(source.from) WHERE \(condition) LIMIT \(cap + 1)"
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
        let source = QuerySource(try tables.table(query.object), tables: tables)
        return try Keyset(query.sort, in: source).paths.map { $0 == "id" ? .record(row.id) : row[path: $0] }
    }

    private func rows(of query: RecordQuery, candidates: Int?) throws -> [RecordRow] {
        let table = try tables.table(query.object)
        let source = QuerySource(table, tables: tables)
        let keyset = query.ids?.count == 1 ? nil : try Keyset(query.sort, in: source)
        var selected = Selection(try Selection.paths(query, sort: keyset?.paths ?? [], table: table), in: source)
        try selected.resolve()
        var condition: SQLFragment
        if let keyset, let branched = try branchCondition(query, in: source, keyset: keyset, limit: query.limit) {
            condition = branched
        } else {
            condition = try self.condition(query, in: source, candidates: candidates ?? 0)
            if let after = query.after, let keyset { condition += " AND " + (try keyset.condition(after: after)) }
        }
        var text: SQLFragment = "SELECT \(selected.columns) FROM \(source.from) WHERE \(condition)"
        if let keyset { text += " ORDER BY " + keyset.orderBy }
        text += " LIMIT \(query.limit)"
        return try selected.rows(of: query.object, try connection.rows(text))
    }

    /// `id IN (the first rows of each branch)`, or nil when the query has no branches that indexes answer.
    private func branchCondition(
        _ query: RecordQuery, in source: QuerySource, keyset: Keyset?, limit: Int
    ) throws -> SQLFragment? {
        if let keyset, !keyset.isOfBaseOnly { return nil }
        let layout = ModelLayout(model: model)
        let compiling = Compilation(
            layout: layout, dialect: connection.dialect, context: query.context, row: QuerySource.base)
        guard let branches = try Branches(of: query, in: source.table, compiling: compiling) else { return nil }
        var common = query
        common.predicates = branches.others
        common.alternatives = []
        var shared = try condition(common, in: source, candidates: 0)
        if let after = query.after, let keyset { shared += " AND " + (try keyset.condition(after: after)) }
        let table: SQLFragment = "\(identifier: source.table.name) AS \(identifier: QuerySource.base)"
        let parts = branches.conditions.map { branch -> SQLFragment in
            var part: SQLFragment = #"SELECT "t"."id" AS id FROM \#(table) WHERE \#(shared) AND \#(branch)"#
            if let keyset { part += " ORDER BY " + keyset.orderBy }
            return "SELECT id FROM (\(part) LIMIT \(limit)) AS b"
        }
        return #""t"."id" IN ("# + parts.joined(separator: " UNION ") + ")"
    }

    private func condition(
        _ query: RecordQuery, in source: QuerySource, candidates: Int
    ) throws -> SQLFragment {
        var parts: [SQLFragment] = []
        switch query.deleted {
        case .live: parts.append(#""t"."deleted_at" IS NULL"#)
        case .deleted: parts.append(#""t"."deleted_at" IS NOT NULL"#)
        case .any: break
        }
        if let ids = query.ids { parts.append(Self.among(ids, column: #""t"."id""#)) }
        for predicate in query.predicates {
            parts.append(try source.condition(predicate, model: model, dialect: connection.dialect, query.context))
        }
        if !query.alternatives.isEmpty {
            let branches = try query.alternatives.map {
                try source.condition($0, model: model, dialect: connection.dialect, query.context)
            }
            parts.append("(" + branches.joined(separator: " OR ") + ")")
        }
        if let words = query.search {
            let found = SearchIndex(connection).records(words, in: query.object, limit: candidates)
            parts.append(#""t"."id" IN ("# + found + ")")
        }
        return parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ")
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
