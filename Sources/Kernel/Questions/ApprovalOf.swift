package import Definitions
import Flow
import Store
package import Values

/// The approvals that run about a record, as far as the asker may know of them: who decides now, and by when.
package struct ApprovalOf: Question {
    package struct Running: Sendable {
        package let id: RecordID
        /// What the approval is called: 报价审批.
        package let name: Label
        /// Who is asked now; empty when nobody can decide and an administrator has to help.
        package let people: [String]
        package let due: Instant?
        package let isMine: Bool
    }

    package let object: String
    package let record: RecordID

    package init(object: String, record: RecordID) {
        self.object = object
        self.record = record
    }

    /// One statement and those of each that runs; none for an object without approvals.
    package func answer(in context: ReadContext) throws -> [Running] {
        guard let definition = context.model.object(object), !definition.approvals.isEmpty,
            let reader = try ApprovalReader(context)
        else { return [] }
        let pending = try context.connection.beyondSight { try reader.keeper.of(record, [.pending]) }
        return try pending.filter { try reader.desk.isInSight($0, of: reader.me, context) }.map { one in
            let book = try context.peopleBook()
            let people = one.approval.openTasks.compactMap { book.byID[$0.person]?.name }
            return Running(
                id: one.id,
                name: definition.approvals.first { $0.id == one.definition }?.label
                    ?? Label(zh: "审批", en: "Approval"),
                people: people, due: one.state["due"].instant,
                isMine: one.approval.task(for: reader.me, people: try reader.desk.people(), at: context.now) != nil)
        }
    }
}
