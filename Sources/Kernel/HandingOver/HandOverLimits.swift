import Access
import Definitions
import Expressions
import Store
package import Values

/// What a receiver would not see, or could not do, once a record is theirs: asked of the rights in force.
package struct HandOverLimit: Sendable {
    package let receiver: RecordID
    package let object: String
    /// How many of the records were looked at.
    package let looked: Int
    /// How many of them the receiver would not see.
    package let unseen: Int
    /// What the one who hands over may do with some of them and the receiver may not: actions by id.
    package let lacking: [String]
}

/// Asks the access compiler, record by record, as if it were the receiver's already.
struct HandOverSight {
    /// So many records of each object are looked at for each receiver.
    private static let sample = 200

    let context: ReadContext
    let person: RecordID

    func limits(_ rows: [HandOverRow]) throws -> [HandOverLimit] {
        struct Key: Hashable {
            let receiver: RecordID
            let object: String
            let field: String
        }
        var groups: [Key: [RecordID]] = [:]
        for row in rows where row.kind == "record" {
            guard let receiver = row.receiver else { continue }
            let key = Key(receiver: receiver, object: row.object, field: row.field)
            if groups[key, default: []].count < Self.sample { groups[key, default: []].append(row.record) }
        }
        var eyes: [RecordID: ReadContext] = [:]
        var out: [HandOverLimit] = []
        let giver = try reader(person)
        for (key, records) in groups.sorted(by: { ($0.key.object, $0.key.field) < ($1.key.object, $1.key.field) }) {
            if eyes[key.receiver] == nil { eyes[key.receiver] = try reader(key.receiver) }
            guard let receiver = eyes[key.receiver] else { continue }
            let limit = try limit(records, key.object, key.field, giver, receiver)
            if limit.unseen > 0 || !limit.lacking.isEmpty { out.append(limit) }
        }
        return out
    }

    private func reader(_ person: RecordID) throws -> ReadContext? {
        try ActorReader(context: context).actor(person, origin: .system, session: nil).map {
            ReadContext(connection: context.connection, snapshot: context.snapshot, actor: $0, now: context.now)
        }
    }

    private func limit(
        _ records: [RecordID], _ object: String, _ field: String, _ giver: ReadContext?, _ receiver: ReadContext
    ) throws -> HandOverLimit {
        let (after, before) = (receiver.access.grant(object), giver?.access.grant(object))
        let paths = Array(after.paths.union(before?.paths ?? []).union([FieldPath([field])]))
        let house = Holdings.house(context)
        let query = RecordQuery(
            object: object, context: house.evaluation, fields: paths, limit: records.count, ids: records)
        var changes: [String: Value] = [field: receiver.actor.userID.map { .record($0) } ?? .null]
        if field == "owner" {
            changes["department"] = receiver.actor.department.map { .record($0) } ?? .null
            changes["region"] = receiver.actor.region.map { .record($0) } ?? .null
        }
        var unseen = 0
        var lacking: Set<String> = []
        for row in try context.connection.beyondSight({ try house.store.select(query) }) {
            let mask = after.masks(for: RowSource(row: row.merging(changes)), receiver.evaluation)
            if !mask.isVisible { unseen += 1 }
            guard let giver, let before, mask.isVisible else { continue }
            lacking.formUnion(
                before.masks(for: RowSource(row: row), giver.evaluation).actions.subtracting(mask.actions))
        }
        return HandOverLimit(
            receiver: receiver.actor.userID ?? person, object: object, looked: records.count, unseen: unseen,
            lacking: lacking.sorted())
    }
}
