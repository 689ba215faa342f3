import Access
import Definitions
import Expressions
import Store

extension MyDay {
    /// Ids of the views that make the sections, in their order on the page.
    package static let sections = ["my_turn", "follow_up", "waiting"]

    package func answer(in context: ReadContext) throws -> DayPlan {
        let sections = try Self.sections.map { id in
            DaySection(id: id, groups: try groups(of: id, context))
        }
        return DayPlan(sections: sections)
    }

    private func groups(of section: String, _ context: ReadContext) throws -> [DayGroup] {
        var out: [DayGroup] = []
        for object in context.model.liveObjects where context.access.grant(object.id).canRead {
            guard let view = object.views.first(where: { $0.id == section }) else { continue }
            let columns = view.columns.filter {
                context.access.checkPath(FieldPath(text: $0), on: object.id)
                    || context.isOwnReadable(FieldPath(text: $0), on: object.id)
            }
            let page = try context.ask(
                ListRecords(
                    object: object.id, columns: columns + currencies(of: columns, object, context),
                    filters: view.filter.map { [$0.source] } ?? [],
                    sort: view.sort.filter { context.access.checkPath(FieldPath(text: $0.path), on: object.id) },
                    limit: limit))
            let rows = section == "my_turn" ? try mine(page.rows, object, context) : page.rows
            guard !rows.isEmpty else { continue }
            out.append(
                DayGroup(
                    object: object.id, label: view.label, columns: columns, rows: rows, hasMore: page.next != nil))
        }
        return out
    }

    /// Without what an approval asks somebody else about.
    private func mine(
        _ rows: [RecordView], _ object: ObjectDefinition, _ context: ReadContext
    ) throws -> [RecordView] {
        guard !object.approvals.isEmpty, let approvals = RunningApprovals(context) else { return rows }
        return try rows.filter { try !approvals.isOthersTurn($0, object) }
    }

    /// The fields that say in which currency the amounts among the columns are.
    private func currencies(of columns: [String], _ object: ObjectDefinition, _ context: ReadContext) -> [String] {
        var out: [String] = []
        for column in columns {
            guard case .money(.record(let currency, _))? = object.field(column)?.type,
                context.access.grant(object.id).readable.contains(currency), !(columns + out).contains(currency)
            else { continue }
            out.append(currency)
        }
        return out
    }
}
