import Store
import Values

/// What is done with the house as a whole; each leaves an event in the log of who did it.
enum HouseEvent: String, Sendable, CaseIterable {
    /// The change `file` names the copy.
    case backedUp = "backed_up"
    /// The change `number` says where a series goes on.
    case numberRaised = "number_raised"
    /// The change `pattern` says how papers are numbered from now on.
    case patternChanged = "pattern_changed"
    /// The changes name server, account and sender; never the password.
    case mailChanged = "mail_changed"

    /// What the kinds of all such events begin with: `house:backed_up`.
    static let prefix = "house:"

    var kind: String { Self.prefix + rawValue }
}

extension AccountLog {
    /// Writes an event of the house at the person who did it; nothing for the house itself.
    ///
    /// - Returns: the event's number; 0 without one.
    @discardableResult
    func note(_ event: HouseEvent, _ changes: [FieldChange]) throws -> Int64 {
        guard let person = actor.userID else { return 0 }
        let entry = EventEntry(
            at: now, actor: person, actorName: actor.name, origin: actor.origin.rawValue, command: command,
            object: "user", record: person, kind: event.kind, changes: changes, modelVersion: modelVersion)
        return Int64(try EventLog(connection).append([entry]))
    }
}
