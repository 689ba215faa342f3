package import Definitions
package import Expressions
package import Values

/// What a record as it stands asks of one of its clocks.
package struct ClockDemand: Sendable, Hashable {
    /// From when it counts; nil while the record does not say.
    package let start: Instant?
    /// Whether it is of the state or the time of writing that `start` speaks, not of a field.
    package let startsOnEntry: Bool
    package let runs: Bool
    package let isPaused: Bool

    package init(start: Instant?, startsOnEntry: Bool, runs: Bool, isPaused: Bool) {
        self.start = start
        self.startsOnEntry = startsOnEntry
        self.runs = runs
        self.isPaused = isPaused
    }
}

extension ClockDefinition {
    /// Whether the clock runs for a record in this state, and whether it stands still.
    package func runs(
        _ record: RecordState, states machine: StateMachine?, _ context: EvaluationContext
    ) -> (runs: Bool, isPaused: Bool) {
        if !states.isEmpty, let machine {
            guard states.contains(record[machine.field].text ?? machine.initial) else { return (false, false) }
        }
        if let until, until.matches(record, context) { return (false, false) }
        return (true, pause?.matches(record, context) ?? false)
    }
}

/// A clock of a record from its beginning on: how it follows what the record says.
package struct ClockTrack: Sendable, Hashable {
    package private(set) var ledger: ClockLedger
    /// The start that the record gave when it was last followed.
    package private(set) var origin: Instant
    /// Something else has answered it: it stays ended until it gets another start.
    package private(set) var isAnswered: Bool

    package init(ledger: ClockLedger, origin: Instant, isAnswered: Bool = false) {
        self.ledger = ledger
        self.origin = origin
        self.isAnswered = isAnswered
    }

    package var state: String {
        if ledger.stoppedAt != nil { return isAnswered ? "answered" : "ended" }
        return ledger.isPaused ? "stands" : "runs"
    }

    /// The clock after the record was written.
    ///
    /// - Parameter known: nil when there was none.
    /// - Returns: nil when there is none now.
    package static func following(_ known: ClockTrack?, _ demand: ClockDemand, at now: Instant) -> ClockTrack? {
        guard let start = demand.start else { return nil }
        guard demand.runs else {
            guard var track = known else { return nil }
            track.ledger.stop(at: now)
            return track
        }
        guard var track = known else {
            return fresh(start, demand, at: now)
        }
        if demand.startsOnEntry {
            // It came back into the state: the whole limit again.
            if track.ledger.stoppedAt != nil, !track.isAnswered { return fresh(start, demand, at: now) }
        } else if start != track.origin {
            track.follow(start)
        } else if track.ledger.stoppedAt != nil, !track.isAnswered {
            track.ledger.goOn(at: now)
        }
        if demand.isPaused { track.ledger.pause(at: now, reason: "pause") } else { track.ledger.resume(at: now) }
        return track
    }

    private static func fresh(_ start: Instant, _ demand: ClockDemand, at now: Instant) -> ClockTrack {
        var track = ClockTrack(ledger: ClockLedger(startedAt: start), origin: start)
        if demand.isPaused { track.ledger.pause(at: max(now, start), reason: "pause") }
        return track
    }

    /// Another start: a clock that had been answered or had ended begins anew, a running one is moved.
    private mutating func follow(_ start: Instant) {
        origin = start
        if ledger.stoppedAt != nil {
            ledger.restart(at: start)
            isAnswered = false
        } else {
            ledger.move(to: start)
        }
    }

    /// Somebody did what was owed.
    package mutating func answer(at now: Instant) {
        ledger.stop(at: now)
        isAnswered = true
    }

    /// What was owed was done and is owed again: the whole limit from now on.
    package mutating func restart(at now: Instant) {
        ledger.restart(at: now)
        isAnswered = false
    }
}
