import Definitions
import Store
import Values

/// Tells the owners of records that went into another.
struct MergeTelling {
    let context: ReadContext
    let ids: IDSource

    /// Up to six statements for each.
    func tell(_ plan: MergePlan) throws {
        let name = context.actor.name
        for side in plan.merged {
            guard let owner = side.stored.owner, owner != context.actor.userID else { continue }
            let teller = Teller(context: context, ids: ids, at: context.now)
            let isTold = try teller.tell(
                owner, kind: NoticeKind.merge.rawValue, object: plan.definition.id, record: plan.survivor.id,
                Label(zh: "\(name) 把你的“\(side.title)”并入", en: "\(name) merged your “\(side.title)” into"))
            if isTold { continue }
            guard try context.peopleBook().byID[owner]?.isActive == true else { continue }
            // Where it went is out of their sight: whom to ask is not.
            try Notifications(context.connection).add(
                NotificationEntry(
                    id: ids.next(context.now), user: owner, at: context.now, kind: NoticeKind.merge.rawValue,
                    zh: "\(name) 把你的“\(side.title)”并入另一条你看不到的记录，有疑问请问 \(name)",
                    en: "\(name) merged your “\(side.title)” into a record out of your sight; ask \(name) about it"))
        }
    }
}
