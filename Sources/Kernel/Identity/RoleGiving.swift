import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Who may give which roles, on every way on which a user is written.
///
/// Somebody gives and takes only roles of which they hold everything themselves; who may change the definitions gives
/// and takes every role. A place opens rows as a role does: somebody is put into one's own department and region, or into
/// another one by who has the rows of every place. One active person with an account who may change the definitions
/// always stays.
struct RoleGiving {
    let context: ReadContext

    /// What stands against a change of a user; nil before for a new one, nil after for one that is deleted.
    func problems(before: RecordState?, after: RecordState?) throws -> [Problem] {
        let old = before.map(Standing.init)
        let new = after.map(Standing.init)
        let misplaced = placeProblems(before: before, after: after, roles: new?.roles ?? [])
        if !misplaced.isEmpty { return misplaced }
        var touched = (old?.roles ?? []).symmetricDifference(new?.roles ?? [])
        // Another login, or another state of the account, is as much as taking it.
        if let old, let new, old.login != new.login { touched.formUnion(old.roles) }
        guard !touched.isEmpty else { return [] }
        let beyond = touched.filter { !context.access.covers(role: $0) }.sorted()
        if !beyond.isEmpty { return [.beyondOwn(beyond, context.model)] }
        if let id = before?.id, keeps(old), !keeps(new), try !isKept(without: id) { return [.lastKeeper] }
        return []
    }

    private func placeProblems(before: RecordState?, after: RecordState?, roles: Set<String>) -> [Problem] {
        guard let after else { return [] }
        let places: [(field: String, scope: Scope, own: [RecordID])] = [
            ("department", .department, context.actor.departments), ("region", .region, context.actor.regions),
        ]
        return places.compactMap { place in
            guard let wanted = after[place.field].record, wanted != before?[place.field].record,
                !place.own.contains(wanted), !context.access.reachesEveryPlace(place.scope, of: roles)
            else { return nil }
            return .placeBeyondOwn(place.field)
        }
    }

    /// The roles that count: those of somebody active.
    private struct Standing {
        let login: String?
        let roles: Set<String>

        init(_ state: RecordState) {
            login = state["login"].text
            roles = state["active"] == .bool(false) ? [] : Set(state["roles"].codes)
        }
    }

    private var keys: Set<String> { Self.keepers(in: context.model) }

    /// The roles with which one may change the definitions.
    static func keepers(in model: Model) -> Set<String> {
        Set(model.roles.filter { $0.privileges.contains("define") }.map(\.id))
    }

    private func keeps(_ standing: Standing?) -> Bool { standing.map { !keys.isDisjoint(with: $0.roles) } ?? false }

    private func isKept(without user: RecordID) throws -> Bool {
        try Self.isKept(by: context.model, on: context.connection, now: context.now, without: user)
    }

    /// Whether somebody active with an account may change the definitions of `model`.
    static func isKept(
        by model: Model, on connection: any Connection, now: Instant, without user: RecordID? = nil
    ) throws -> Bool {
        let keys = keepers(in: model).sorted()
        let condition = keys.map { "HAS(roles, \"\($0)\")" }.joined(separator: " OR ")
        guard !keys.isEmpty,
            case .success(let holders) = ExpressionChecker(schema: model).check(
                "(ISBLANK(active) OR active) AND (\(condition))", on: "user", expecting: .bool)
        else { return false }
        let query = RecordQuery(
            object: "user", predicates: [holders],
            context: EvaluationContext(now: now, today: Zones.day(of: now, in: "UTC")), fields: [FieldPath(["id"])],
            limit: 500)
        let accounts = Store.Credentials(connection)
        return try RecordStore(connection, model: model).select(query).contains { row in
            try row.id != user && accounts.credential(user: row.id) != nil
        }
    }
}

extension Value {
    /// The codes of a field with several.
    var codes: [String] { if case .list(let items) = self { items.compactMap(\.text) } else { [] } }
}

extension Problem {
    static func beyondOwn(_ roles: [String], _ model: Model) -> Problem {
        let labels = roles.map { id in model.roles.first { $0.id == id }?.label ?? Label(zh: id, en: id) }
        let zh = labels.map(\.zh).joined(separator: "、")
        let en = labels.map(\.en).joined(separator: ", ")
        return Problem(
            field: "roles", code: "roles_beyond_own",
            message: Label(
                zh: "“\(zh)”的权限超出您自己的，不能授予、收回，也不能改动持有者的账号",
                en:
                    "“\(en)” gives more than you hold: you can neither give nor take it, nor change its holder's account"
            ))
    }

    static func placeBeyondOwn(_ field: String) -> Problem {
        Problem(
            field: field, code: "place_beyond_own",
            message: Label(
                zh: "该岗位在那里能看到您看不到的数据，只能放在您自己的部门和区域",
                en: "There this position sees data that you don't: choose one of your own departments and regions"))
    }

    static let lastKeeper = Problem(
        field: "roles", code: "last_keeper",
        message: Label(
            zh: "这是最后一位能管理定义的在用账号；请先让别人担任管理员",
            en: "This is the last active account that may change the definitions; give the role to somebody else first")
    )
}
