import Access
import Definitions
import Flow
import Store
import Values

/// What merging would do, and what stands against it. Nothing is written.
struct MergePlan {
    let definition: ObjectDefinition
    /// The survivor first.
    let sides: [MergeSide]
    let fields: [MergedField]
    /// The survivor's fields that get another value.
    let change: [String: Value]
    let links: [MergedLink]
    let problems: [Problem]

    var survivor: MergeSide { sides[0] }
    var merged: ArraySlice<MergeSide> { sides.dropFirst() }
}

/// Looks at records that are to become one, as far as its author may see them. A few statements for each of them, and one
/// for each field of the house that may point to them.
struct MergePlanner {
    let writer: RecordWriter

    private var context: ReadContext { writer.context }

    /// - Throws: the rejections `not_found` for records out of sight, `already_merged`, `not_mergeable`.
    func plan(_ wish: MergeWish) throws -> MergePlan {
        let definition = try context.object(wish.object)
        let ids = [wish.survivor] + wish.merged
        guard definition.isMergeable, (1...MergeWish.most).contains(wish.merged.count), Set(ids).count == ids.count
        else { throw Rejection.notMergeable }
        let sides = try ids.map { try side(definition, $0) }
        var problems = sides[0].mask.actions.contains("update") ? [] : [try cannotChange(sides[0])]
        for side in sides.dropFirst() {
            if !side.mask.actions.contains("update") { problems.append(try cannotChange(side)) }
            if !side.mask.actions.contains("delete") {
                problems.append(.cannotMergeAway(side.title, deleters(of: definition)))
            }
        }
        problems += try MergeRunning(context: context).problems(sides)
        let chosen = MergeFields(definition: definition, sides: sides, wish: wish)
        let fields = chosen.fields(&problems)
        let found = MergeLinks(store: context.store, model: context.model)
        let links = try context.connection.beyondSight {
            try found.all(to: wish.merged, of: definition.id) + kept(found, definition, wish.survivor)
        }
        problems += try against(links, found, definition, sides)
        return MergePlan(
            definition: definition, sides: sides, fields: fields, change: chosen.change(fields),
            links: links.filter { $0.target != wish.survivor }, problems: problems)
    }

    private func side(_ definition: ObjectDefinition, _ id: RecordID) throws -> MergeSide {
        do {
            let (stored, mask) = try writer.load(definition, id)
            let view = try context.ask(ShowRecord(object: definition.id, id: id))
            return MergeSide(stored: stored, mask: mask, view: view)
        } catch let rejection as Rejection where rejection.kind == .missing {
            // Who may see the record in the bin learns that it went into another.
            guard try Merges(context.connection).destinations(of: [id])[id] != nil else { throw rejection }
            let gone = try context.ask(
                ShowRecord(object: definition.id, id: id, fields: ["id"], withLines: false, deleted: true))
            throw Rejection.alreadyMerged(gone.title)
        }
    }

    /// What points to the survivor by fields that only one record may have.
    private func kept(
        _ found: MergeLinks, _ definition: ObjectDefinition, _ survivor: RecordID
    ) throws -> [MergedLink] {
        var out: [MergedLink] = []
        for (object, field) in found.places(to: definition.id) where field.unique {
            let rows = try context.store.referrers(object.id, field, to: survivor, of: definition.id, limit: 1)
            if !rows.isEmpty { out.append(MergedLink(object: object, field: field, target: survivor, rows: rows)) }
        }
        return out
    }

    // MARK: What stands against it

    private func cannotChange(_ side: MergeSide) throws -> Problem {
        let owner = try context.connection.beyondSight {
            try side.stored.owner.map { try context.store.titles("user", [$0])[$0] ?? "" } ?? ""
        }
        return .cannotChange(side.title, owner: owner)
    }

    /// The roles that may delete records of the object: whom to ask.
    private func deleters(of definition: ObjectDefinition) -> [Label] {
        context.model.roles.filter { role in
            role.grants.contains { grant in
                (grant.object == definition.id || grant.object == "*" && !definition.isSetting)
                    && (grant.actions.contains("delete") || grant.actions.contains("*"))
            }
        }.map(\.label)
    }

    private func against(
        _ links: [MergedLink], _ found: MergeLinks, _ definition: ObjectDefinition, _ sides: [MergeSide]
    ) throws -> [Problem] {
        var out: [Problem] = []
        let unique = Dictionary(grouping: links.filter { $0.field.unique }) { $0.object.id + "." + $0.field.id }
        for (_, both) in unique.sorted(by: { $0.key < $1.key }) where both.flatMap({ $0.rows }).count > 1 {
            out.append(.mergeUnique(both[0].object.label, both[0].field.label))
        }
        if links.reduce(0, { $0 + $1.rows.count }) > MergeLinks.most { out.append(.mergeTooLarge) }
        for side in sides.dropFirst() {
            for field in definition.liveFields {
                guard let child = field.lineObject, let lines = side.stored.state.lines[field.id] else { continue }
                let pointing = try context.connection.beyondSight {
                    try found.pointers(toLines: lines.map(\.id), of: child)
                }
                if let pointing { out.append(.mergeLines(side.title, pointing.label)) }
            }
        }
        return out
    }
}

extension ObjectDefinition {
    /// Whether records of it can be merged: it says itself when two are the same. An account is nobody else's.
    package var isMergeable: Bool { !duplicates.isEmpty && parent == nil && id != "user" && !retired }
}
