package import Calendars
package import Values

/// How long something may take, when somebody is warned, and who hears of it when it is late.
package struct ClockRule: Sendable, Hashable {
    /// What passes while the clock runs.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Time in which the person who owes it is at work.
        case work
        /// All time.
        case calendar
    }

    /// Never negative. Zero is due at once: in working days at the closing of that day.
    package let limit: ClockSpan
    package let kind: Kind
    /// The part of the limit after which the person is warned, between 0 and 1; nil for no warning. A share of 1 would
    /// come together with lateness itself and is none.
    package let warnShare: ExactDecimal?
    /// In the order of their numbers, at most nine.
    package let escalations: [Escalation]
    /// Who owes it when the clock's definition names nobody: a role or a position near the record's owner.
    package let position: String?
    /// How far before or after the date of the record it starts, such as 14 days before departure.
    package let lead: ClockSpan

    /// - Returns: nil for a negative limit, a share that is not between 0 and 1, or more than nine escalations.
    package init?(
        limit: ClockSpan, kind: Kind, warnShare: ExactDecimal? = nil, escalations: [Escalation] = [],
        position: String? = nil, lead: ClockSpan = .zero
    ) {
        guard limit.value >= 0, escalations.count <= 9 else { return nil }
        if let warnShare, warnShare.isNegative || warnShare > ExactDecimal(1) { return nil }
        self.limit = limit
        self.kind = kind
        let warns = warnShare.map { !$0.isZero && $0 < ExactDecimal(1) && limit.value > 0 } ?? false
        self.warnShare = warns ? warnShare : nil
        self.escalations = escalations
        self.position = position
        self.lead = lead
    }

    /// How far from its date a clock starts, at the end of a text such as `quote.valid_until-3d`; none in others.
    package static func lead(in text: String) -> ClockSpan {
        guard let sign = text.lastIndex(where: { $0 == "-" || $0 == "+" }) else { return .zero }
        return ClockSpan(text[sign...]) ?? .zero
    }

    /// What it was worked out by, to tell whether it has changed.
    package var mark: String {
        let ladder = escalations.map { "\($0.after) \($0.target)" }.joined(separator: ",")
        return "\(limit) \(kind.rawValue) \(warnShare?.shortest ?? "") \(ladder) \(position ?? "") \(lead)"
    }

    /// What follows lateness, after a while: somebody else is told, or takes over.
    package struct Escalation: Sendable, Hashable {
        package enum Target: Sendable, Hashable {
            /// Whoever holds the role near the person who owes it.
            case role(String)
            /// The stand-in of the person who owes it.
            case delegate
            /// The level above: the person's manager, or the next tier of an approval.
            case nextLevel
        }

        /// From the moment of lateness on, never negative.
        package let after: ClockSpan
        package let target: Target

        package init(after: ClockSpan, target: Target) {
            self.after = after
            self.target = target
        }

        /// Reads `T+2h general_manager`, `T+0 finance`, `delegate` or `T+4h next_level`; nil for anything else.
        ///
        /// Without a time it follows at once.
        package init?(_ text: some StringProtocol) {
            let words = text.split(whereSeparator: { $0 == " " }).map { String($0) }
            guard let name = words.last, words.count <= 2, Self.isName(name) else { return nil }
            var after = ClockSpan.zero
            if words.count == 2 {
                guard words[0].hasPrefix("T+"), let span = ClockSpan(words[0].dropFirst(2)), span.value >= 0 else {
                    return nil
                }
                after = span
            }
            self.after = after
            switch name {
            case "delegate": target = .delegate
            case "next_level": target = .nextLevel
            default: target = .role(name)
            }
        }

        private static func isName(_ text: String) -> Bool {
            text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
                && (0x61...0x7A).contains(text.utf8.first ?? 0)
        }
    }

    /// The rungs of a clock that runs from `start` on without a pause.
    ///
    /// - Returns: in order of time, each id once; `late` is always among them.
    /// - Throws: `CalendarError` when the calendar never opens.
    package func rungs(startingAt start: Instant, calendar: WorkingCalendar) throws(CalendarError) -> [Rung] {
        try ClockLedger(startedAt: start).rungs(of: self, calendar: calendar)
    }
}

/// A moment at which something follows from a clock, once.
package struct Rung: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        case warn
        case late
        /// The place of the escalation in its rule, from 1.
        case escalation(Int)
    }

    package let step: Step
    package let at: Instant

    package init(step: Step, at: Instant) {
        self.step = step
        self.at = at
    }

    /// `warn`, `late`, `escalate:1`, …: the permanent name under which it fires once.
    package var id: String {
        switch step {
        case .warn: "warn"
        case .late: "late"
        case .escalation(let number): "escalate:\(number)"
        }
    }
}
