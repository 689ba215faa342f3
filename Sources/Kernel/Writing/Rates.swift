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

    /// Reads rates only for objects that lock one. One statement for a block.
    static func load(for definition: ObjectDefinition, in context: ReadContext) throws -> Rates {
        guard context.snapshot.locksRates.contains(definition.id) else { return .none }
        return try newest(in: context)
    }

    /// The newest rates, read once for a block.
    static func newest(in context: ReadContext) throws -> Rates {
        if let known = context.memory.rates { return known }
        let rates = try load(in: context)
        context.memory.rates = rates
        return rates
    }

    private static func load(in context: ReadContext) throws -> Rates {
        guard let object = context.model.object("fx_rate"), !object.retired,
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

/// What one block read and may use again.
final class BlockMemory {
    fileprivate var rates: Rates?
    var people: PeopleBook?
    var clockRules: [String: ClockRule]?
    /// Object of the rules → value → its steps.
    var ladders: [String: [String: [Ladder.Step]]] = [:]

    /// A record of the object was written: what was read of it is stale.
    func forget(_ object: String) {
        ladders[object] = nil
        switch object {
        case "fx_rate": rates = nil
        case "sla_rule": clockRules = nil
        case "user", "delegation", "region", "department": people = nil
        default: break
        }
    }
}

extension FieldDefinition {
    /// An amount whose rate into the base currency is locked with the record.
    var locksRate: Bool {
        switch type {
        case .money(.own), .money(.record): true
        default: false
        }
    }
}

extension ReadContext {
    /// - Parameter isInvolved: whether the actor may do nothing that somebody else must do (`Involvement`).
    func decider(
        _ definition: ObjectDefinition, owner: RecordID?, rates: Rates = .none, forgivesMissing: Bool = false,
        isInvolved: Bool = false, evaluation other: EvaluationContext? = nil
    ) -> Decider {
        let decisionContext = DecisionContext(
            evaluation: other ?? evaluation, minorUnits: { Currencies.minorUnits(of: $0) },
            rate: { rates.byCurrency[$0] }, forgivesMissing: forgivesMissing,
            actorIsOwner: isInvolved || owner != nil && owner == actor.userID)
        return Decider(
            model: model, definition: definition, order: snapshot.orders[definition.id] ?? [], context: decisionContext)
    }
}
