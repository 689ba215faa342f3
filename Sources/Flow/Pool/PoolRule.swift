package import Values

/// How long somebody may keep a customer to themself without working on it 公海规则.
package struct PoolRule: Sendable, Hashable {
    package let noFollowupDays: Int
    /// Nil when customers without a deal may be kept.
    package let noDealDays: Int?
    /// So many days before it happens the owner is warned.
    package let warnDays: Int
    /// Customers without an order that one person may have; nil for any number.
    package let holdCap: Int?
    package let dailyClaims: Int?
    /// So long the one who had it can't take it again.
    package let lockHours: Int
    package let protectedAtMost: Int?
    /// Days that a protection lasts at most; nil for as long as the action says.
    package let protectionDays: Int?
    /// Whether open business keeps a customer where it is.
    package let exemptsBusiness: Bool

    package init(
        noFollowupDays: Int, noDealDays: Int? = nil, warnDays: Int = 3, holdCap: Int? = nil, dailyClaims: Int? = nil,
        lockHours: Int = 0, protectedAtMost: Int? = nil, protectionDays: Int? = nil, exemptsBusiness: Bool = true
    ) {
        self.noFollowupDays = noFollowupDays
        self.noDealDays = noDealDays
        self.warnDays = warnDays
        self.holdCap = holdCap
        self.dailyClaims = dailyClaims
        self.lockHours = lockHours
        self.protectedAtMost = protectedAtMost
        self.protectionDays = protectionDays
        self.exemptsBusiness = exemptsBusiness
    }

    /// What is to be done about a customer on a day.
    package enum Step: Sendable, Hashable {
        case keep
        /// The owner is told that it goes on this day.
        case warn(Day, Cause)
        case recycle(Cause)
    }

    package enum Cause: Sendable, Hashable {
        case noFollowup(days: Int)
        case noDeal(days: Int)
    }

    /// So many days after the day it named a warning is forgotten.
    private static let warningLasts = 7

    /// Nobody loses a customer that they were not warned of `warnDays` before, however it came due: by time, by the end
    /// of what kept it, or because the rule is new to it.
    ///
    /// - Parameter today: where the owner lives.
    package func step(for customer: HeldCustomer, on today: Day) -> Step {
        if let until = customer.protectedUntil, until >= today { return .keep }
        if exemptsBusiness, customer.hasBusiness { return .keep }
        let worked = max(customer.lastFollowup ?? customer.since, customer.since)
        var end = (day: worked.adding(days: noFollowupDays), cause: Cause.noFollowup(days: noFollowupDays))
        if let noDealDays {
            let dealt = max(customer.lastOrder ?? customer.since, customer.since).adding(days: noDealDays)
            if dealt < end.day { end = (dealt, .noDeal(days: noDealDays)) }
        }
        if end.day > today { return end.day <= today.adding(days: warnDays) ? .warn(end.day, end.cause) : .keep }
        guard warnDays > 0 else { return .recycle(end.cause) }
        guard let warned = customer.warnedOf, warned >= end.day, warned.adding(days: Self.warningLasts) >= today else {
            return .warn(today.adding(days: warnDays), end.cause)
        }
        return warned <= today ? .recycle(end.cause) : .keep
    }
}

/// What is known of a customer that somebody has to themself.
package struct HeldCustomer: Sendable, Hashable {
    /// Since when they have it.
    package let since: Day
    package let lastFollowup: Day?
    package let lastOrder: Day?
    package let protectedUntil: Day?
    /// The day on which it would go that the owner was told last.
    package let warnedOf: Day?
    /// An open order, a valid quotation or a sample on its way.
    package let hasBusiness: Bool

    package init(
        since: Day, lastFollowup: Day?, lastOrder: Day?, protectedUntil: Day?, warnedOf: Day? = nil, hasBusiness: Bool
    ) {
        self.since = since
        self.lastFollowup = lastFollowup
        self.lastOrder = lastOrder
        self.protectedUntil = protectedUntil
        self.warnedOf = warnedOf
        self.hasBusiness = hasBusiness
    }
}
