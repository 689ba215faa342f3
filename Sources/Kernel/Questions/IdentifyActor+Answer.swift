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
            var actor = try ActorReader(context: context).actor(entry.user, origin: origin, session: nil)
            actor?.use = KeyUse(key: .token(entry.id), notedAt: entry.usedAt)
            return actor
        }
        guard let entry = try Sessions(context.connection).find(hash: hash, at: context.now) else { return nil }
        // The CSRF value is derived, so that it needs no store and can't be guessed without the session.
        let csrf = Secrets.hex(Secrets.digest(hash + Array("csrf".utf8)))
        let renews = entry.kind == Kernel.renewalKind
        let session = SessionInfo(id: Secrets.hex(hash), csrf: csrf, mustRenew: renews)
        var actor = try ActorReader(context: context).actor(entry.user, origin: origin, session: session)
        // Not prolonged: it ends with its hour.
        if !renews, entry.kind == "page" { actor?.use = KeyUse(key: .session(hash), notedAt: entry.seenAt) }
        return actor
    }
}

/// Reads who somebody is: roles, department and region with everything below them.
struct ActorReader {
    let context: ReadContext

    /// Nil for a user who is gone or disabled. Up to three statements.
    ///
    /// - Parameter trees: by object, what lies below each department and region, when many people are read.
    func actor(
        _ user: RecordID, origin: Origin, session: SessionInfo?,
        trees: [String: [RecordID: [RecordID]]] = [:]
    ) throws -> Actor? {
        guard let row = try house.store.find("user", user, fields: [], context: house.evaluation),
            row[path: "active"] != .bool(false)
        else { return nil }
        var roles: [String] = []
        // Who has yet to choose a password has no rights until then.
        if session?.mustRenew != true, case .list(let items) = row[path: "roles"] { roles = items.compactMap(\.text) }
        let department = row[path: "department"].record
        let region = row[path: "region"].record
        return Actor(
            identity: .user(user), login: row[path: "login"].text ?? "", name: row[path: "name"].text ?? "",
            roles: roles, department: department,
            departments: try below(department, "department", trees["department"]), region: region,
            regions: try below(region, "region", trees["region"]),
            language: Language(rawValue: row[path: "language"].text ?? "") ?? .zh,
            timeZone: row[path: "time_zone"].text ?? "Asia/Shanghai", origin: origin, session: session)
    }

    private var house: ReadContext {
        ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("identity"), now: context.now)
    }

    private func below(_ top: RecordID?, _ object: String, _ tree: [RecordID: [RecordID]]?) throws -> [RecordID] {
        guard let top else { return [] }
        let children = try tree ?? self.children(object)
        var out: [RecordID] = []
        var waiting = [top]
        while let next = waiting.popLast(), out.count < 5000 {
            guard !out.contains(next) else { continue }
            out.append(next)
            waiting += children[next] ?? []
        }
        return out.sorted()
    }

    /// What lies directly below each record of an object that has a parent. One statement.
    func children(_ object: String) throws -> [RecordID: [RecordID]] {
        let house = house
        guard house.model.object(object)?.field("parent") != nil else { return [:] }
        let query = RecordQuery(
            object: object, context: house.evaluation, fields: [FieldPath(["parent"])], limit: 5000)
        var children: [RecordID: [RecordID]] = [:]
        for row in try house.store.select(query) {
            if let parent = row[path: "parent"].record { children[parent, default: []].append(row.id) }
        }
        return children
    }
}
