import Flow
import Values

/// What an approval is about, in the base currency.
enum ApprovalAmount: Sendable, Hashable {
    /// The definition names none: delegations have no limit.
    case unmeasured
    /// It could not be computed: above every limit.
    case unknown
    case known(ExactDecimal)

    func isWithin(_ cap: ExactDecimal?) -> Bool {
        guard let cap else { return true }
        switch self {
        case .unmeasured: return true
        case .unknown: return false
        case .known(let amount): return amount <= cap
        }
    }
}

extension PeopleBook {
    /// What deciding asks of the people, over this amount.
    func approvers(at now: Instant, administrators: Set<String>, amount: ApprovalAmount) -> ApprovalPeople {
        ApprovalPeople(
            present: { decider(for: $0, at: now, amount).person },
            delegatesOf: { person in
                Set(delegations.filter { $0.from == person && $0.start <= now && now < $0.end }.map(\.to))
            },
            managerOf: { superior(of: $0) },
            administrators: people.filter { $0.isActive && !administrators.isDisjoint(with: $0.roles) }.map(\.id),
            limited: { decider(for: $0, at: now, amount).limited })
    }

    /// Who decides for somebody: as in `present(_:at:)`, with the limits of delegations. Who has handed over their
    /// work is away, also for what is above the limit: nobody decides it for them then.
    ///
    /// - Returns: the person, or nobody and those who would have stood in for a lower amount.
    private func decider(
        for person: RecordID, at now: Instant, _ amount: ApprovalAmount
    ) -> (person: RecordID?, limited: [RecordID]) {
        var seen: Set<RecordID> = []
        var current = person
        for _ in 0..<6 {
            guard seen.insert(current).inserted, let known = byID[current] else { return (nil, []) }
            let running = delegations.filter { $0.from == current && $0.start <= now && now < $0.end }
            if let delegate = running.first(where: { amount.isWithin($0.amountCap) }) {
                current = delegate.to
            } else if !running.isEmpty {
                return (nil, running.map(\.to))
            } else if known.isActive {
                return (current, [])
            } else if let backup = known.backup {
                current = backup
            } else {
                return (nil, [])
            }
        }
        return (nil, [])
    }
}
