import Definitions
import Expressions
import Store
import Values

extension IdentifyActor {
    package func answer(in context: ReadContext) throws -> Actor? {
        guard token.utf8.count <= 200 else { return nil }
        let hash = Secrets.digest(Array(token.utf8))
        // A session's token is random from its first letter, so that it may begin like this, too.
        if token.hasPrefix("bt_"), let entry = try APITokens(context.connection).find(hash: hash, at: context.now) {
            return try ActorReader(context: context).actor(entry.user, origin: origin, session: nil)
        }
        guard let entry = try Sessions(context.connection).find(hash: hash, at: context.now) else { return nil }
        // The CSRF value is derived, so that it needs no store and can't be guessed without the session.
        let csrf = Secrets.hex(Secrets.digest(hash + Array("csrf".utf8)))
        let session = SessionInfo(id: Secrets.hex(hash), csrf: csrf)
        return try ActorReader(context: context).actor(entry.user, origin: origin, session: session)
    }
}

/// Reads who somebody is: roles, department and region with everything below them.
struct ActorReader {
    let context: ReadContext

    /// Nil for a user who is gone or disabled. Up to three statements.
    func actor(_ user: RecordID, origin: Origin, session: SessionInfo?) throws -> Actor? {
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("identity"), now: context.now)
        guard let row = try house.store.find("user", user, fields: [], context: house.evaluation),
            row[path: "active"] != .bool(false)
        else { return nil }
        var roles: [String] = []
        if case .list(let items) = row[path: "roles"] { roles = items.compactMap(\.text) }
        let department = row[path: "department"].record
        let region = row[path: "region"].record
        return Actor(
            identity: .user(user), login: row[path: "login"].text ?? "", name: row[path: "name"].text ?? "",
            roles: roles, department: department, departments: try below(department, "department", house),
            region: region,
            regions: try below(region, "region", house),
            language: Language(rawValue: row[path: "language"].text ?? "") ?? .zh,
            timeZone: row[path: "time_zone"].text ?? "Asia/Shanghai", origin: origin, session: session)
    }

    private func below(_ top: RecordID?, _ object: String, _ house: ReadContext) throws -> [RecordID] {
        guard let top else { return [] }
        guard house.model.object(object)?.field("parent") != nil else { return [top] }
        let query = RecordQuery(
            object: object, context: house.evaluation, fields: [FieldPath(["parent"])], limit: 5000)
        var children: [RecordID: [RecordID]] = [:]
        for row in try house.store.select(query) {
            if let parent = row[path: "parent"].record { children[parent, default: []].append(row.id) }
        }
        var out: [RecordID] = []
        var waiting = [top]
        while let next = waiting.popLast(), out.count < 5000 {
            guard !out.contains(next) else { continue }
            out.append(next)
            waiting += children[next] ?? []
        }
        return out.sorted()
    }
}
