import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Works out what goes to whom. Nothing is written.
struct HandOverPlanner {
    /// The most that one hand-over moves; what is left goes with the next.
    static let most = 20_000

    /// From here on stand the rows that come last, whatever else comes meanwhile.
    static let closing = 1_000_000

    /// As who ordered it: their rules match what they may look for.
    let context: ReadContext
    let wish: HandOverWish

    private var house: ReadContext { Holdings.house(context) }
    private var connection: any Connection { context.connection }

    /// Records first, in the order of the model; then what else is in somebody's hands, and the account last.
    func rows() throws -> [HandOverRow] {
        var out: [HandOverRow] = []
        var targets: [RecordID: RecordID] = [:]
        func add(
            _ kind: String, _ object: String, _ record: RecordID, _ field: String = "", _ receiver: RecordID?,
            was: [String: Value] = [:], isLast: Bool = false
        ) {
            guard out.count < Self.most else { return }
            out.append(
                HandOverRow(
                    number: (isLast ? Self.closing : 0) + out.count, kind: kind, object: object, record: record,
                    field: field, receiver: receiver,
                    was: was))
        }
        try connection.beyondSight {
            for place in Holdings.places(context.model) + Holdings.seats(context.model) {
                let ruled = try matches(place)
                for record in try records(place) {
                    guard let to = receiver(of: record, place.key, ruled[record]) else { continue }
                    if place.field.id == "owner" { targets[record] = to }
                    add("record", place.object.id, record, place.field.id, to)
                }
            }
            for work in try works() {
                guard let to = receiver(of: work.id, work.kind, work.record.flatMap { targets[$0] }) else { continue }
                add(work.kind, work.object, work.id, work.field, to, was: work.was)
            }
            if wish.endsAccount {
                for row in try delegations(by: "from") {
                    add("delegation", "delegation", row, "from", nil, isLast: true)
                }
                add("account", "user", wish.person, "active", nil, isLast: true)
            }
        }
        return out
    }

    private func receiver(of record: RecordID, _ group: String, _ ruled: RecordID?) -> RecordID? {
        if let exception = wish.exceptions[group + "/" + record.description] { return other(exception.person) }
        if let ruled { return other(ruled) }
        if let target = wish.groups[group] { return other(target.person) }
        return other(wish.usual)
    }

    private func other(_ person: RecordID?) -> RecordID? { person == wish.person ? nil : person }

    // MARK: Records

    private func records(_ place: Holdings.Place) throws -> [RecordID] {
        try ids(place.object.id, [place.filter(wish.person.description)], as: house)
    }

    /// Record → who gets it by the first rule that fits.
    private func matches(_ place: Holdings.Place) throws -> [RecordID: RecordID] {
        var out: [RecordID: RecordID] = [:]
        for rule in wish.rules where rule.object == place.object.id {
            let own = place.filter(wish.person.description)
            let filters = rule.condition.isEmpty ? [own] : [own, rule.condition]
            for id in try ids(place.object.id, filters, as: rule.condition.isEmpty ? house : context)
            where out[id] == nil { out[id] = rule.to }
        }
        return out
    }

    private func ids(_ object: String, _ filters: [String], as asker: ReadContext) throws -> [RecordID] {
        guard asker.access.grant(object).canRead else { return [] }
        var out: [RecordID] = []
        var cursor: String?
        repeat {
            let page = try asker.ask(
                ListRecords(object: object, columns: ["id"], filters: filters, limit: 500, cursor: cursor))
            out += page.rows.map(\.id)
            cursor = page.next
        } while cursor != nil && out.count < Self.most
        return out
    }

    // MARK: Other work

    private struct Work {
        let kind: String
        let id: RecordID
        var object = ""
        var field = ""
        var record: RecordID?
        var was: [String: Value] = [:]
    }

    private func works() throws -> [Work] {
        var out: [Work] = []
        for leg in try Legs(connection).open(holder: wish.person, limit: Self.most) {
            out.append(
                Work(
                    kind: "leg", id: leg.id, object: leg.object, record: leg.record,
                    was: LegGiving.memory(of: leg).merging(["record": .record(leg.record)]) { $1 }))
        }
        for (id, target) in try approvals() {
            out.append(Work(kind: "approval", id: id, object: target.object, was: ["record": .record(target.id)]))
        }
        for task in try WorkflowTasks(connection).held(by: wish.person, limit: Self.most) {
            out.append(
                Work(
                    kind: "task", id: task.id, object: task.object ?? "", record: task.record,
                    was: ["record": task.record.map { .record($0) } ?? .null, "name": .text(task.name)]))
        }
        for id in try delegations(by: "to") {
            out.append(Work(kind: "delegation", id: id, object: "delegation", field: "to"))
        }
        for view in try SavedViews(connection).shared(by: wish.person, limit: 1000) {
            out.append(Work(kind: "view", id: view.id, object: view.object, was: ["name": .text(view.name)]))
        }
        return out
    }

    private func approvals() throws -> [(RecordID, RecordReference)] {
        guard let steps = context.model.object("approval_step"), !steps.retired, steps.field("state") != nil else {
            return []
        }
        let filter = "person = \"\(wish.person)\" AND state = \"open\""
        let query = RecordQuery(
            object: steps.id, predicates: [try house.filter(filter, on: steps.id)], context: house.evaluation,
            fields: [FieldPath(["parent"])], limit: 5000)
        let desk = ApprovalDesk(
            RecordWriter(
                context: house, ids: IDSource { RecordID(at: $0, random: (0, 0)) },
                command: Command(.notices(.read([]))), commandID: RecordID(at: context.now, random: (0, 0))))
        return try house.store.select(query).compactMap { $0[path: "parent"].record }.uniqued().compactMap { id in
            try desk.keeper.find(id).map { (id, $0.target) }
        }
    }

    private func delegations(by field: String) throws -> [RecordID] {
        guard context.model.object("delegation")?.retired == false else { return [] }
        return try ids("delegation", ["\(field) = \"\(wish.person)\" AND end > NOW()"], as: house)
    }
}

extension Holdings.Place {
    var key: String { object.id + "." + field.id }
}

extension Holdings {
    /// Where somebody stands in the organisation: others answer to them, or they head a department.
    static func seats(_ model: Model) -> [Place] {
        [("user", "manager"), ("user", "backup"), ("department", "head")].compactMap { object, name in
            guard let definition = model.object(object), !definition.retired, let field = definition.field(name),
                !field.retired, field.type.linkTarget == "user"
            else { return nil }
            return Place(object: definition, field: field, open: object == "user" ? "active" : "")
        }
    }
}
