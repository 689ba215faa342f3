/// Why the store could not do what was asked. The Kernel turns these into rejections or faults.
package enum StoreError: Error, Sendable, Hashable {
    /// The record has another version than expected; nil when it can't be told.
    case stale(current: Int?)
    /// No such record, or not in the asked state (live, deleted).
    case missing
    /// Another live record already has this value in a unique field.
    case duplicate(field: String)
    /// The record that a line belongs to does not exist.
    case parentMissing
    /// A value does not fit the field it is stored in.
    case unfit(field: String)
    /// A sum or product leaves the 64 bits of a stored number.
    case overflow
    /// The database was written by a newer version of the program, or by another model.
    case mismatch(String)
    /// The data is being moved to another database: it can be read, not changed.
    case readOnly
    /// Sealed or append-only data would be changed.
    case sealed(String)
    /// The machine's fault: input/output error, closed. Nothing was saved. The text is for the log, never for users.
    case unavailable(String)
    /// There is no room left where the data is. Nothing was saved; writing goes on once there is room.
    case full(String)
    /// The database went away while it committed: the change stands whole or not at all, and nobody can tell yet.
    case outcomeUnknown(String)
    /// Our defect: a statement the engine refuses, or an answer of an unexpected shape.
    case broken(String)
}
