import Access
package import Definitions
import Expressions
import Flow
import Store
package import Values

/// 看板: records that climb a ladder, by lane and the gravest first, with who is called next and when.
package struct LadderBoard: Question {
    package struct Card: Sendable {
        package let record: RecordView
        /// The next step that will be climbed; nil when nobody is called any more.
        package let next: Call?
        /// Lane → the action that moves the card there, as far as the asker may do it.
        package let moves: [Int: String]
    }

    package struct Call: Sendable, Hashable {
        package let at: Instant
        /// Who is called; empty when nobody holds the position.
        package let name: String
        /// `l1`, `l2`, `l3`.
        package let step: String
    }

    package struct Lane: Sendable {
        package let label: Label
        package let cards: [Card]
        package let hasMore: Bool
    }

    package let object: String
    /// Further condition, in the expression language.
    package var filter: String?
    package var limit: Int

    package init(object: String, filter: String? = nil, limit: Int = 50) {
        self.object = object
        self.filter = filter
        self.limit = limit
    }

    /// One list for each lane, and two statements for each card whose ladder runs.
    ///
    /// - Throws: `not_found` for objects without a ladder or out of sight.
    package func answer(in context: ReadContext) throws -> [Lane] {
        let definition = try context.object(object)
        guard let known = definition.ladder, let states = definition.states, !known.lanes.isEmpty else {
            throw Rejection.noSuchRecord
        }
        let ladder = Ladder(context: context, definition: definition, ladder: known)
        return try known.lanes.map { lane in
            let page = try context.ask(query(lane, known, states.field, context))
            let cards = try page.rows.map { row in
                Card(
                    record: row, next: try next(row.id, ladder, context),
                    moves: moves(row, known, definition))
            }
            return Lane(label: lane.label, cards: cards, hasMore: page.next != nil)
        }
    }

    private func query(
        _ lane: LadderDefinition.Lane, _ known: LadderDefinition, _ state: String, _ context: ReadContext
    ) -> ListRecords {
        let codes = lane.states.map { "\"\($0)\"" }.joined(separator: ", ")
        var filters = ["\(state) IN (\(codes))"] + [filter].compactMap { $0 }
        if let days = lane.days {
            let first = Zones.day(of: context.now, in: context.actor.timeZone).adding(days: -days)
            filters.append("DAY(updated_at) >= DATE(\"\(first)\")")
        }
        return ListRecords(
            object: object, columns: ["*"], filters: filters,
            sort: [SortKey(path: known.by, descending: false), SortKey(path: "updated_at", descending: true)],
            limit: limit)
    }

    private func next(_ id: RecordID, _ ladder: Ladder, _ context: ReadContext) throws -> Call? {
        try context.connection.beyondSight {
            let waiting = try Timers(context.connection).waiting(record: id).first { $0.kind == Ladder.timerKind }
            guard let waiting,
                let row = try context.store.find(
                    object, id, fields: [FieldPath(["owner"]), FieldPath([ladder.ladder.by])],
                    context: context.evaluation)
            else { return nil }
            let state = RecordState(object: object, id: id, values: row.values)
            let steps = try ladder.steps()[state[ladder.ladder.by].text ?? ""] ?? []
            guard let step = steps.first(where: { $0.id == waiting.rung }) else { return nil }
            let person = try ladder.called(step, for: state)
            let name = try person.flatMap { try context.peopleBook().byID[$0]?.name } ?? ""
            return Call(at: waiting.fireAt, name: name, step: step.id)
        }
    }

    private func moves(_ row: RecordView, _ known: LadderDefinition, _ definition: ObjectDefinition) -> [Int: String] {
        var out: [Int: String] = [:]
        for (index, lane) in known.lanes.enumerated() {
            let action = definition.actions.first { action in
                row.actions.contains(action.id) && action.to.map(lane.states.contains) ?? false
            }
            if let action { out[index] = action.id }
        }
        return out
    }
}
