import Access
package import Definitions
import Expressions
import Store
import Values

extension CurrentModel {
    package func answer(in context: ReadContext) throws -> Model { context.model }
}

extension Vitals {
    package func answer(in context: ReadContext) throws -> VitalSigns {
        let log = EventLog(context.connection)
        let last = try log.lastSequence()
        return VitalSigns(
            modelVersion: context.model.version, lastSequence: Int64(last),
            unsealed: Int64(last - (try log.currentSeal().sequence)),
            hasAccounts: try !Store.Credentials(context.connection).isEmpty(),
            isDemo: try Store.Settings(context.connection).text("demo") == "true")
    }
}

extension GroupRecords {
    package func answer(in context: ReadContext) throws -> FigureTable {
        _ = try context.object(object)
        var predicates: [TypedExpression] = []
        for source in filters where !source.trimmed.isEmpty {
            predicates.append(try context.filter(source, on: object))
        }
        let paths = try usable(group, context, parameter: "group")
        var figures: [RecordStore.Figure] = []
        for measure in measures { figures.append(try figure(measure, context)) }
        let named = paths + measures.compactMap { $0.of.map { FieldPath(text: $0) } }
        predicates += try context.guards(predicates.flatMap(\.fieldPaths) + named, on: object)
        if let rows = context.access.grant(object).readPredicate { predicates.append(rows) }
        let rows = try context.store.figures(
            object, predicates: predicates, context: context.evaluation, groups: paths, figures: figures,
            limit: min(max(limit, 1), 5000))
        return FigureTable(columns: group + measures.map(\.id), rows: rows)
    }

    private func usable(_ names: [String], _ context: ReadContext, parameter: String) throws(Rejection) -> [FieldPath] {
        guard names.count <= 8 else { throw .badParameter(parameter, []) }
        var out: [FieldPath] = []
        for name in names {
            let path = FieldPath(text: name)
            guard context.access.checkPath(path, on: object) else {
                throw .badParameter(parameter, [.unknownField(name)])
            }
            out.append(path)
        }
        return out
    }

    private func figure(_ measure: Measure, _ context: ReadContext) throws(Rejection) -> RecordStore.Figure {
        if measure.function == .count { return .count }
        guard let of = measure.of, let path = try usable([of], context, parameter: "measures").first else {
            throw .badParameter("measures", [.unknownField(measure.of ?? "")])
        }
        switch measure.function {
        case .min: return .min(path)
        case .max: return .max(path)
        case .sum: return .sum(path)
        case .count: return .count
        }
    }
}
