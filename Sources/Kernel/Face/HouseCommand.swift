import Values

/// What is done with the house as a whole: copies, proofs, numbers.
package enum HouseCommand: Sendable {
    /// Reads the whole event log and notes whether it is complete and unchanged. Needs the privilege `audit`.
    case proveLog
    /// Writes a complete copy of the database into the folder of backups. Needs the privilege `define`.
    case backUp
    /// Lets a number series go on with a higher number. Needs the privilege `define`.
    case raiseNumber(object: String, field: String, next: Int)
}
