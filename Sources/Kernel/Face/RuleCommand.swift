package import Values

/// Steps with rules.
package enum RuleCommand: Sendable {
    /// Lets a rule look at a record now: one that is done by hand, or that a program outside asks for.
    case run(object: String, id: RecordID, rule: String, byProgram: Bool)
    /// What a rule would do with a record now, whatever makes it look; only as a dry run. For who may define.
    case rehearse(object: String, id: RecordID, rule: String)
    /// Does again what failed or was left out.
    case replay(RecordID)
}
