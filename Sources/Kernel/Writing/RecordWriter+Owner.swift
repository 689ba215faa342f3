import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Whose a record is: its owner, and the department and region it has from them.
    static let ownership = ["owner", "department", "region"]

    /// Gives a record that goes to another owner their department and region. One that nobody owns stays where it was.
    ///
    /// - Throws: the rejection `not_found` at `owner` for who is no active user.
    func settle(_ state: inout RecordState, before owner: RecordID?) throws {
        guard let next = state["owner"].record, next != owner else { return }
        let user = try store.find(
            "user", next, fields: ["department", "region", "active"].map { FieldPath([$0]) },
            context: context.evaluation)
        guard let user, user[path: "active"] != .bool(false) else { throw Rejection.invalid([.notFound("owner")]) }
        state.values["department"] = user[path: "department"]
        state.values["region"] = user[path: "region"]
    }

    func ownershipChanges(_ before: RecordState, _ after: RecordState) -> [FieldChange] {
        Self.ownership.compactMap { id in
            before[id] == after[id] ? nil : FieldChange(field: id, before: before[id], after: after[id])
        }
    }
}
