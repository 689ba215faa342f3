import Flow
import Testing
import Values

@Suite("The public pool") struct PoolRuleTests {
    private let rule = PoolRule(noFollowupDays: 21, noDealDays: 180, warnDays: 3)
    private let today = Day(number: 20_000)

    private func customer(
        since: Int = 400, followup: Int? = nil, order: Int? = nil, protected: Int? = nil, warned: Int? = nil,
        business: Bool = false
    ) -> HeldCustomer {
        HeldCustomer(
            since: today.adding(days: -since), lastFollowup: followup.map { today.adding(days: -$0) },
            lastOrder: order.map { today.adding(days: -$0) }, protectedUntil: protected.map { today.adding(days: $0) },
            warnedOf: warned.map { today.adding(days: $0) }, hasBusiness: business)
    }

    @Test("A customer goes back after so many days without a follow-up; three days before, its owner is warned")
    func followups() {
        let fresh = customer(since: 17)
        #expect(rule.step(for: fresh, on: today) == .keep)
        #expect(
            rule.step(for: fresh, on: today.adding(days: 1))
                == .warn(today.adding(days: 4), .noFollowup(days: 21)))
        let warned = customer(since: 17, warned: 4)
        #expect(rule.step(for: warned, on: today.adding(days: 4)) == .recycle(.noFollowup(days: 21)))
        #expect(rule.step(for: customer(since: 100, followup: 2), on: today) == .keep)
    }

    @Test("One that was claimed lately has its whole time, whatever the one before did")
    func claimed() {
        #expect(rule.step(for: customer(since: 0, followup: 300), on: today) == .keep)
    }

    @Test("A customer without a deal for half a year goes back although it is followed up")
    func deals() {
        #expect(rule.step(for: customer(since: 200, followup: 1, warned: 0), on: today) == .recycle(.noDeal(days: 180)))
        #expect(rule.step(for: customer(since: 200, followup: 1, order: 100), on: today) == .keep)
        let patient = PoolRule(noFollowupDays: 21)
        #expect(patient.step(for: customer(since: 200, followup: 1), on: today) == .keep)
    }

    @Test("Open business and protection keep it, until the protection ends")
    func exemptions() {
        #expect(rule.step(for: customer(business: true), on: today) == .keep)
        #expect(rule.step(for: customer(protected: 0), on: today) == .keep)
        #expect(rule.step(for: customer(protected: -1, warned: -1), on: today) == .recycle(.noFollowup(days: 21)))
        let strict = PoolRule(noFollowupDays: 21, exemptsBusiness: false)
        #expect(strict.step(for: customer(warned: 0, business: true), on: today) == .recycle(.noFollowup(days: 21)))
    }

    @Test("What is due without a warning, or after one of an earlier time, is warned of first and goes after that")
    func neverSilently() {
        let late = today.adding(days: 3)
        #expect(rule.step(for: customer(since: 400), on: today) == .warn(late, .noFollowup(days: 21)))
        #expect(rule.step(for: customer(since: 400, warned: 3), on: today) == .keep)
        #expect(rule.step(for: customer(since: 400, warned: 3), on: late) == .recycle(.noFollowup(days: 21)))
        // Warned before the last follow-up; warned long ago, before a quotation kept it.
        let patient = PoolRule(noFollowupDays: 21, warnDays: 3)
        let followed = customer(since: 400, followup: 22, warned: -5)
        #expect(patient.step(for: followed, on: today) == .warn(late, .noFollowup(days: 21)))
        #expect(rule.step(for: customer(since: 400, warned: -8), on: today) == .warn(late, .noFollowup(days: 21)))
        #expect(rule.step(for: customer(since: 400, warned: -7), on: today) == .recycle(.noFollowup(days: 21)))
        let silent = PoolRule(noFollowupDays: 21, warnDays: 0)
        #expect(silent.step(for: customer(since: 400), on: today) == .recycle(.noFollowup(days: 21)))
    }
}
