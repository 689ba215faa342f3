import Definitions
import Store
import Values

/// Whose doing a record is, for the actions that somebody else must do: owning it is not all. Who brought it into the
/// state it is in, or wrote in it while that state left it open, would be approving their own work, whoever owns it.
struct Involvement {
    /// Newest events of the record that are looked at.
    private static let depth = 100

    let context: ReadContext

    /// Whether the actor is involved in the record as it stands. One statement, none for the owner.
    func isOwn(_ definition: ObjectDefinition, _ id: RecordID, owner: RecordID?, state: String?) throws -> Bool {
        guard let me = context.actor.userID else { return false }
        if owner == me { return true }
        let events = try EventLog(context.connection).timeline(definition.id, id, limit: Self.depth)
        let isLocked = state.flatMap { definition.states?.state($0)?.locked } ?? false
        for event in events where event.record == id {
            let isMine = event.actor == me
            if event.changes.contains(where: { $0.field == definition.states?.field }) { return isMine }
            // In a locked state only what belongs to deciding is open: a checklist, a note.
            if isMine, !isLocked, event.kind == "updated" || event.kind == "created" { return true }
        }
        return false
    }
}
