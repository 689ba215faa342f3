import Definitions
import Flow
import Values

extension RecordWriter {
    /// Tells who is stood in for and who stands in of what somebody else arranged. The notices of rules would go to the
    /// stand-in alone: who is away is not asked by them.
    func tellOfStandIn(_ definition: ObjectDefinition, before: RecordState?, after: RecordState) throws {
        guard definition.id == "delegation", stamp == nil, !context.actor.isSystem else { return }
        if let before, !["to", "start", "end"].contains(where: { before[$0] != after[$0] }) { return }
        let teller = Teller(context: context, ids: ids, at: at)
        let told = [
            ("from", Label(zh: "上级安排了你不在时的代理", en: "Your superior named who stands in for you")),
            ("to", Label(zh: "请你代理，期间新到的棒和审批给你", en: "You stand in: new batons and approvals come to you meanwhile")),
        ]
        for (field, message) in told {
            guard let person = after[field].record, person != by else { continue }
            try teller.tell(person, kind: NoticeKind.rule.rawValue, object: definition.id, record: after.id, message)
        }
    }
}
