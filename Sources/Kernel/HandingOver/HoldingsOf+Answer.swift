import Access
import Definitions
import Expressions
import Store
import Values

extension HoldingsOf {
    package func answer(in context: ReadContext) throws -> Answer {
        guard let known = try context.peopleBook().byID[person], try Holdings.mayAsk(about: person, context) else {
            throw Rejection.noSuchRecord
        }
        return try context.connection.beyondSight {
            let house = Holdings.house(context)
            let groups = try (Holdings.places(context.model) + Holdings.seats(context.model)).compactMap {
                try group($0, house, context)
            }
            let approvals = try Holdings.count(
                "approval_step", "person = \"\(person)\" AND state = \"open\"", house)
            let delegations = try Holdings.count(
                "delegation", "(from = \"\(person)\" OR to = \"\(person)\") AND end > NOW()", house)
            let connection = context.connection
            let tokens = try APITokens(connection).list(of: person).filter { token in
                token.revokedAt == nil && token.expiresAt.map { $0 > context.now } ?? true
            }
            return Answer(
                person: person, name: known.name, isActive: known.isActive, groups: groups,
                legs: try Legs(connection).open(holder: person, limit: Self.most).count, approvals: approvals,
                tasks: try WorkflowTasks(connection).held(by: person, limit: Self.most).count,
                delegations: delegations, views: try SavedViews(connection).shared(by: person, limit: Self.most).count,
                tokens: tokens.count,
                sessions: try Sessions(connection).list(of: person, at: context.now).count)
        }
    }

    private func group(_ place: Holdings.Place, _ house: ReadContext, _ context: ReadContext) throws -> Group? {
        let filter = place.filter(person.description)
        let count = try Holdings.count(place.object.id, filter, house)
        guard count > 0 else { return nil }
        var inSight = 0
        if context.access.grant(place.object.id).canRead {
            do {
                inSight = try context.ask(
                    CountRecords(object: place.object.id, filters: [filter], cap: Self.most)
                ).count
            } catch let rejection as Rejection where rejection.kind == .invalid {
                inSight = 0  // who may not look for the field finds none by it
            }
        }
        return Group(
            object: place.object.id, field: place.field, count: count, inSight: inSight, filter: filter)
    }
}

extension LeftBehind {
    private static let fewGone = 50

    package func answer(in context: ReadContext) throws -> [Entry] {
        guard context.access.has("users") || context.actor.isSystem else { return [] }
        return try context.connection.beyondSight {
            let house = Holdings.house(context)
            let book = try context.peopleBook()
            let gone = try Self.gone(house)
            if gone.isEmpty { return [] }
            // Few are found by their ids in the index of the field; many at once are told by their accounts.
            let ids = gone.map { "\"\($0)\"" }.joined(separator: ", ")
            var counts: [RecordID: Int] = [:]
            for place in Holdings.places(context.model) {
                let theirs =
                    gone.count <= Self.fewGone
                    ? "\(place.field.id) IN (\(ids))" : "\(place.field.id).active = FALSE"
                let figures = try house.ask(
                    GroupRecords(
                        object: place.object.id, filters: [place.open, theirs],
                        group: [place.field.id],
                        measures: [.init(id: "count", function: .count, of: nil)], limit: 500))
                for row in figures.rows {
                    guard let person = row.first?.record, let count = row.last?.decimal else { continue }
                    counts[person, default: 0] += Int(count.floor)
                }
            }
            return counts.filter { $0.value > 0 }.map { id, count in
                Entry(person: id, name: book.byID[id]?.name ?? "", count: count)
            }.sorted { ($0.count, $1.name) > ($1.count, $0.name) }
        }
    }

    /// Accounts that are off, those in the recycle bin too; no more than one too many. One statement.
    private static func gone(_ house: ReadContext) throws -> [RecordID] {
        guard house.model.object("user")?.field("active") != nil else { return [] }
        return try house.store.select(
            RecordQuery(
                object: "user", predicates: [try house.filter("active = FALSE", on: "user")],
                context: house.evaluation, fields: [FieldPath(["id"])], limit: fewGone + 1, deleted: .any)
        ).map(\.id)
    }
}

/// By which fields somebody is responsible for records: the owner, and the fields by which roles see what is theirs.
enum Holdings {
    struct Place {
        let object: ObjectDefinition
        let field: FieldDefinition
        /// The condition of records that are not over; empty for those that never are.
        let open: String

        func filter(_ person: String) -> String {
            let own = "\(field.id) = \"\(person)\""
            return open.isEmpty ? own : own + " AND " + open
        }
    }

    static func places(_ model: Model) -> [Place] {
        let kept: Set<String> = ["delegation", "approval", "user"]
        return model.liveObjects.filter { $0.parent == nil && !kept.contains($0.id) }.flatMap { object in
            let own = model.roles.flatMap(\.grants).filter { $0.object == object.id }.flatMap { grant -> [String] in
                if case .own(let fields) = grant.scope { fields } else { [] }
            }
            let ends =
                object.states.map { states in
                    states.states.filter(\.final).map { "\"\($0.code)\"" }.joined(separator: ", ")
                } ?? ""
            let open = ends.isEmpty ? "" : object.states.map { "NOT(\($0.field) IN (\(ends)))" } ?? ""
            return (["owner"] + own).uniqued().compactMap { name -> Place? in
                guard let field = object.field(name), !field.retired, field.type.linkTarget == "user" else {
                    return nil
                }
                // What is never over is history, unless somebody must look after it.
                guard object.states != nil || object.isSetting || !object.duplicates.isEmpty else { return nil }
                return Place(object: object, field: field, open: open)
            }
        }
    }

    /// Whether somebody may know what another holds: who manages accounts, those above, and the person.
    static func mayAsk(about person: RecordID, _ context: ReadContext) throws -> Bool {
        if context.actor.isSystem || context.actor.userID == person || context.access.has("users") { return true }
        let book = try context.peopleBook()
        var next = book.byID[person]?.manager
        for _ in 0..<10 {
            guard let above = next else { return false }
            if above == context.actor.userID { return true }
            next = book.byID[above]?.manager
        }
        return false
    }

    /// The house itself, in the same block.
    static func house(_ context: ReadContext) -> ReadContext {
        ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("what somebody holds"),
            now: context.now)
    }

    static func count(_ object: String, _ filter: String, _ house: ReadContext) throws -> Int {
        guard house.model.object(object)?.retired == false else { return 0 }
        return try house.ask(CountRecords(object: object, filters: [filter], cap: HoldingsOf.most)).count
    }
}
