import Values

/// What is done with the house as a whole: copies, proofs, numbers, mail, first steps.
package enum HouseCommand: Sendable {
    /// Reads the whole event log and notes whether it is complete and unchanged. Needs the privilege `audit`.
    case proveLog
    /// Writes a complete copy of the database into the folder of backups. Needs the privilege `define`.
    case backUp
    /// Lets a number series go on with a higher number. Needs the privilege `define`.
    case raiseNumber(object: String, field: String, next: Int)
    /// Gives a number series another pattern. Needs the privilege `define`.
    case setPattern(object: String, field: String, pattern: String)
    /// Sets the account that mail leaves from. Needs the privilege `define`.
    case setMail(MailAccountDraft)
    /// Forgets that account. Needs the privilege `define`.
    case dropMail
    /// Steps with the list of first steps. Needs the privileges `define` and `users`.
    case setUp(SetUpCommand)
}

package enum SetUpCommand: Sendable {
    /// Leaves a step for later.
    case skip(SetUpStep)
    case resume(SetUpStep)
    /// Puts the list away.
    case close
    case reopen
}
