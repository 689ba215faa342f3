import Values

extension Paths {
    static let handOver = "/settings/hand-over"

    /// What somebody holds, and who takes it.
    static func handOver(_ person: String) -> String { handOver + "?person=" + encoded(person) }
    /// One hand-over; below it `edit`, `list`, `start`, `cancel`, `resume`, `undo`, `accept`, `except`.
    static func handOver(_ id: RecordID) -> String { handOver + "/" + id.description }
    static func handOver(_ id: RecordID, _ verb: String) -> String { handOver(id) + "/" + verb }
}
