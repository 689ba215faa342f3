import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Works out what a change touches. It reads as the house: the sheet names others only by link, and who reads it sees
/// of them what their rights show.
struct ChangeDesk {
    let context: ReadContext
    let desk: ChangeDefinition
    /// The house in the same block.
    let house: ReadContext

    init(_ desk: ChangeDefinition, in context: ReadContext) {
        self.desk = desk
        self.context = context
        house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("change desk"), now: context.now)
    }

    /// What is found out about a request as it stands.
    struct Finding {
        let sheet: ImpactSheet
        /// The point of the usual effects that count, else where the record stands.
        let point: String?
        /// The record as it was, for each field that the change names.
        let before: String
    }

    /// - Returns: nil when the request names no record that is there.
    func find(_ request: RecordState) throws -> Finding? {
        guard let target = request[desk.target].record, let definition = context.model.object(desk.object),
            let record = try load(definition, target)
        else { return nil }
        let wish = ChangeWish(desk: desk, definition: definition, text: request[desk.after].text)
        var facts = ImpactFacts()
        facts.planned = desk.planned.flatMap { record.state[$0].day }
        facts.promised = desk.promised.flatMap { record.state[$0].day }
        facts.latest = try latest(target)
        try rehearse(wish, record, request, &facts)
        let position = desk.points.last { $0.condition.matches(record.state, house.evaluation) }?.code
        let isLater = facts.planned.flatMap { planned in facts.wanted.map { $0 > planned } }
        let usual = try usual(request[desk.kind].text ?? "", at: position, isLater: isLater)
        facts.usual = usual?.row
        facts.shared = try desk.shared.map { ($0.label, try others($0, target)) }.filter { !$0.1.isEmpty }
        facts.issued = try desk.documents.flatMap { try papers($0, record.state) }
        let calendar = try context.peopleBook().calendar(of: record.owner ?? context.actor.userID)
        return Finding(
            sheet: try ImpactSheet(facts, calendar: calendar), point: usual?.point ?? position,
            before: wish.before(record.state))
    }

    func load(_ definition: ObjectDefinition, _ id: RecordID) throws -> StoredRecord? {
        do {
            return try context.connection.beyondSight { try reader.load(definition, id).0 }
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }

    private var reader: RecordWriter {
        RecordWriter(
            context: house, ids: IDSource.random, command: Command(.bulk([], atomic: true)),
            commandID: RecordID(high: 0, low: 0))
    }

    // MARK: What the change itself does

    /// Decides the change without writing it: what becomes of the amount and the day, and what stands in the way.
    private func rehearse(
        _ wish: ChangeWish, _ record: StoredRecord, _ request: RecordState, _ facts: inout ImpactFacts
    ) throws {
        var problems: [Problem] = wish.problems
        let change = wish.change(
            DraftReader(context: house, definition: record.definition, ids: IDSource.random, writable: nil), record,
            &problems)
        if let planned = desk.planned { facts.wanted = change.values[planned]?.day }
        let base = desk.amount.map { path in
            record.state[path + ".base"].isNull ? path : path + ".base"
        }
        facts.amountNow = base.flatMap { record.state[$0].decimal }
        if let kind = request[desk.kind].text, let act = desk.acts[kind],
            let action = record.definition.actions.first(where: { $0.id == act.action })
        {
            facts.obstacles += context.decider(record.definition, owner: record.owner)
                .obstacles(to: action, in: record.state).map(\.message)
        } else if !change.values.isEmpty || !change.lines.isEmpty {
            var before = record.state
            try context.connection.beyondSight { try reader.link(&before, change: change, record.definition) }
            let decision = try reader.decide(record.definition, .update(change), before: before, owner: record.owner)
            facts.amountThen = base.flatMap { decision.after[$0].decimal }
            facts.obstacles += decision.problems.map(\.message)
            facts.amountPriced = try priced(wish, record).flatMap { state in base.flatMap { state[$0].decimal } }
        }
        facts.obstacles += problems.map(\.message)
    }

    /// The record with the wish's prices alone; nil when it names none.
    private func priced(_ wish: ChangeWish, _ record: StoredRecord) throws -> RecordState? {
        guard let pricing = wish.pricing(context.model) else { return nil }
        var problems: [Problem] = []
        let change = pricing.change(
            DraftReader(context: house, definition: record.definition, ids: IDSource.random, writable: nil), record,
            &problems)
        var before = record.state
        try context.connection.beyondSight { try reader.link(&before, change: change, record.definition) }
        return try reader.decide(record.definition, .update(change), before: before, owner: record.owner).after
    }

    // MARK: The company's usual effects

    private func usual(
        _ kind: String, at position: String?, isLater: Bool?
    ) throws -> (point: String, row: ImpactFacts.Usual)? {
        guard let object = desk.defaults, let definition = context.model.object(object),
            case .choice(let list)? = definition.field("change_point")?.type
        else { return nil }
        let names = [
            "change_point", "cost_drivers_zh", "cost_drivers_en", "lead_time", "other_orders_zh", "other_orders_en",
            "documents", "severity", "cost_share",
        ].filter { definition.field($0) != nil }
        let rows = try select(object, "kind = \"\(kind)\"", fields: names, limit: 100)
        let order = context.model.lists[list]?.codes.map(\.code) ?? []
        let known = Set(rows.compactMap { $0[path: "change_point"].text })
        guard let point = ChangePoint.fitting(position ?? "", in: order, among: known, isLater: isLater),
            let row = rows.first(where: { $0[path: "change_point"].text == point })
        else { return nil }
        func text(_ path: String) -> String { row[path: path].text ?? "" }
        var usual = ImpactFacts.Usual()
        usual.drivers = Label(zh: text("cost_drivers_zh"), en: text("cost_drivers_en"))
        usual.time = text("lead_time")
        usual.others = Label(zh: text("other_orders_zh"), en: text("other_orders_en"))
        usual.documents = text("documents")
        usual.severity = row[path: "severity"].text
        usual.share = row[path: "cost_share"].decimal
        return (point, usual)
    }

    // MARK: What links to the record

    private func latest(_ target: RecordID) throws -> (day: Day, document: RecordMark)? {
        guard let latest = desk.latest else { return nil }
        let rows = try select(
            latest.object, "\(latest.via) = \"\(target)\"", latest.condition, fields: [latest.field], limit: 20)
        let dated = rows.compactMap { row in row[path: latest.field].day.map { (row.id, $0) } }
        guard let first = dated.min(by: { $0.1 < $1.1 }) else { return nil }
        let title = try context.connection.beyondSight { try house.store.titles(latest.object, [first.0])[first.0] }
        return (first.1, RecordMark(object: latest.object, id: first.0, title: title ?? ""))
    }

    /// Records besides `target` that share something with it, at most fifty.
    private func others(_ shared: ChangeDefinition.Shared, _ target: RecordID) throws -> [RecordID] {
        var found: [RecordID] = []
        if shared.isMany {
            let rows = try select(
                shared.object, "HAS(\(shared.via), \"\(target)\")", shared.condition, fields: ["id"], limit: 50)
            let members = try context.connection.beyondSight {
                try house.store.links(shared.object, shared.via, of: rows.map(\.id))
            }
            found = rows.flatMap { members[$0.id] ?? [] }
        } else {
            let fields = shared.same + [shared.from, shared.to].compactMap { $0 }
            let own = try select(
                shared.object, "\(shared.via) = \"\(target)\"", shared.condition, fields: fields, limit: 50)
            for row in own {
                guard let condition = Self.same(shared, as: row) else { continue }
                found += try select(
                    shared.object, "\(shared.via) <> \"\(target)\" AND " + condition, shared.condition,
                    fields: [shared.via], limit: 50
                ).compactMap { $0[path: shared.via].record }
            }
        }
        var seen: Set<RecordID> = [target]
        return Array(found.filter { seen.insert($0).inserted }.prefix(50))
    }

    /// Nil when the row says nothing that could be shared.
    private static func same(_ shared: ChangeDefinition.Shared, as row: RecordRow) -> String? {
        var parts: [String] = []
        for field in shared.same {
            switch row[path: field] {
            case .text(let text) where !text.isEmpty:
                parts.append("\(field) = \"\(text.replacing("\"", with: "\"\""))\"")
            case .record(let id): parts.append("\(field) = \"\(id)\"")
            default: continue
            }
        }
        guard !parts.isEmpty else { return nil }
        if let from = shared.from, let to = shared.to, let start = row[path: from].day, let end = row[path: to].day {
            parts.append("\(from) <= DATE(\"\(end)\") AND \(to) >= DATE(\"\(start)\")")
        }
        return parts.joined(separator: " AND ")
    }

    private func papers(_ paper: ChangeDefinition.Document, _ record: RecordState) throws -> [ImpactFacts.Paper] {
        let rows: [RecordRow]
        if let from = paper.from {
            guard let id = record[from].record else { return [] }
            rows = try select(paper.object, nil, paper.condition, fields: ["id"], limit: 1, ids: [id])
        } else {
            let source = paper.isMany ? "HAS(\(paper.via), \"\(record.id)\")" : "\(paper.via) = \"\(record.id)\""
            rows = try select(paper.object, source, paper.condition, fields: ["id"], limit: 20)
        }
        let titles = try context.connection.beyondSight { try house.store.titles(paper.object, rows.map(\.id)) }
        let label = context.model.object(paper.object)?.label ?? Label(zh: paper.code, en: paper.code)
        return rows.map { row in
            ImpactFacts.Paper(
                code: paper.code, names: paper.names, label: label,
                mark: RecordMark(object: paper.object, id: row.id, title: titles[row.id] ?? ""))
        }
    }

    private func select(
        _ object: String, _ source: String?, _ condition: TypedExpression? = nil, fields: [String], limit: Int,
        ids: [RecordID]? = nil
    ) throws -> [RecordRow] {
        var predicates = condition.map { [$0] } ?? []
        if let source { predicates.append(try house.filter(source, on: object)) }
        return try context.connection.beyondSight {
            try house.store.select(
                RecordQuery(
                    object: object, predicates: predicates, context: house.evaluation,
                    fields: fields.map { FieldPath(text: $0) }, sort: [SortKey(path: "id", descending: false)],
                    limit: limit, ids: ids))
        }
    }
}
