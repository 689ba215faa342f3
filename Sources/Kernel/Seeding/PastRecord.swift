import Definitions
import Store
package import Values

/// A record of earlier times, as it is now, with what happened to it since it was made.
///
/// The log gets the same events as if people had worked all along: `created` with the values of that day, then every
/// step with what it changed.
package struct PastRecord: Sendable {
    package let object: String
    /// The values as they are now; may set states and whatever only actions set.
    package var draft: Draft
    /// When it was made, by whom, and whose it is; `id` and `at` are required.
    package var stamp: Stamp
    /// In order of time.
    package var steps: [PastStep]
    /// What fields that a step sets had at first; the others had nothing, the state its initial code.
    package var first: [String: Value]

    package init(object: String, draft: Draft, stamp: Stamp, steps: [PastStep] = [], first: [String: Value] = [:]) {
        self.object = object
        self.draft = draft
        self.stamp = stamp
        self.steps = steps
        self.first = first
    }
}

/// One change of a record of earlier times.
package struct PastStep: Sendable {
    /// `updated` or `action:<id>`.
    package var kind: String
    package var at: Instant
    package var by: RecordID?
    package var byName: String
    /// Field → its value after the step.
    package var sets: [String: Value]
    package var reason: String?

    package init(
        kind: String, at: Instant, by: RecordID?, byName: String, sets: [String: Value], reason: String? = nil
    ) {
        self.kind = kind
        self.at = at
        self.by = by
        self.byName = byName
        self.sets = sets
        self.reason = reason
    }
}

/// What planting gave: numbers of series, and the events that are still to be logged.
package struct Planted: Sendable {
    /// Record → what its first series field got, such as `SO260901003`.
    package var numbers: [RecordID: String] = [:]
    var events: [EventEntry] = []

    package init() {}

    package mutating func merge(_ other: Planted) {
        numbers.merge(other.numbers) { first, _ in first }
        events += other.events
    }
}
