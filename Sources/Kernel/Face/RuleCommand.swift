package import Values

/// Steps with rules.
package enum RuleCommand: Sendable {
    /// Lets a rule look at a record now: one that is done by hand, or that a program outside asks for.
    case run(object: String, id: RecordID, rule: String, byProgram: Bool)
    /// Does again what failed or was left out.
    case replay(RecordID)
}
