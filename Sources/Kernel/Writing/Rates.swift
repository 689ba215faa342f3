import Definitions
import Expressions
import Flow
import Store
import Trade
import Values

/// Exchange rates into the base currency: the newest row of each currency in the object `fx_rate`, when a pack has one
/// with the fields `currency`, `date` and `buy`.
struct Rates: Sendable {
    let byCurrency: [String: ExactDecimal]

    static let none = Rates(byCurrency: [:])

    /// Reads rates only for objects that lock one. One statement.
    static func load(for definition: ObjectDefinition, in context: ReadContext) throws -> Rates {
        let needsRate = definition.liveFields.contains { field in
            switch field.type {
            case .money(.own), .money(.record): true
            default: false
            }
        }
        guard needsRate, let object = context.model.object("fx_rate"), !object.retired,
            ["currency", "date", "buy"].allSatisfy({ object.field($0) != nil })
        else { return .none }
        let query = RecordQuery(
            object: "fx_rate", context: context.evaluation, fields: ["currency", "buy"].map { FieldPath([$0]) },
            sort: [SortKey(path: "date", descending: true)], limit: 300)
        var newest: [String: ExactDecimal] = [:]
        for row in try context.store.select(query) {
            guard let currency = row[path: "currency"].text, newest[currency] == nil else { continue }
            newest[currency] = row[path: "buy"].decimal
        }
        return Rates(byCurrency: newest)
    }
}

extension ReadContext {
    func decider(
        _ definition: ObjectDefinition, owner: RecordID?, rates: Rates = .none, forgivesMissing: Bool = false
    ) -> Decider {
        let decisionContext = DecisionContext(
            evaluation: evaluation, minorUnits: { Currencies.minorUnits(of: $0) },
            rate: { rates.byCurrency[$0] }, forgivesMissing: forgivesMissing,
            actorIsOwner: owner != nil && owner == actor.userID)
        return Decider(
            model: model, definition: definition, order: snapshot.orders[definition.id] ?? [], context: decisionContext)
    }
}
