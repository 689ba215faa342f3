import Definitions
import Flow
import Testing
import Values

@Suite("What becomes of a record is decided from values alone")
struct DeciderTests {
    private func codes(_ decision: Decision) -> [String] { decision.problems.map { ($0.field ?? "") + ":" + $0.code } }

    private func draft(_ values: [String: Value]) -> RecordChange {
        RecordChange(values: Shop.draft.values.merging(values) { $1 }, lines: Shop.draft.lines)
    }

    @Test("A new record gets its first state, defaults, rounded lines, totals and base amounts")
    func create() {
        let decision = Shop.decider().decide(.create(Shop.draft), before: Shop.empty)
        #expect(decision.problems == [])
        let after = decision.after
        #expect(after["status"] == .text("draft"))
        #expect(after["currency"] == .text("USD"))
        #expect(after["grade"] == .text("A"), "a default may read a linked record")
        let amounts = (after.lines["lines"] ?? []).map { $0.values["amount"] }
        #expect(amounts == [Shop.decimal("3.35"), Shop.decimal("10.00")], "3 × 1.115 rounds half up at the line")
        #expect(after.lines["lines"]?[1].values["qty"] == Shop.decimal("1"))
        #expect(after["subtotal"] == Shop.decimal("13.35"))
        #expect(after["total"] == Shop.decimal("12.02"), "13.35 × 0.9 = 12.015")
        #expect(after["total.base"] == Shop.decimal("85.34"), "12.02 × 7.1 = 85.342")
        #expect(after.lines["lines"]?[0].values["amount.base"] == Shop.decimal("23.79"))
    }

    @Test("Deciding again from the same values gives the same decision")
    func pure() {
        let one = Shop.decider().decide(.create(Shop.draft), before: Shop.empty)
        let two = Shop.decider().decide(.create(Shop.draft), before: Shop.empty)
        #expect(one.after.values == two.after.values && one.after.lines == two.after.lines)
        let again = Shop.decider().decide(.update(RecordChange()), before: one.after)
        #expect(again.after.values == one.after.values, "a write that changes nothing computes nothing else")
    }

    @Test("Amounts have the digits of their currency, and money that people give is not rounded behind their back")
    func currencies() {
        let yen = Shop.decider().decide(
            .create(draft(["currency": .text("JPY"), "rate": Shop.decimal("0.05")])), before: Shop.empty)
        #expect(yen.after["subtotal"] == Shop.decimal("13"))
        #expect(yen.after["total.base"] == Shop.decimal("0.6"))
        let cents = Shop.decider().decide(
            .create(draft(["fee": Shop.decimal("1.005"), "fee.currency": .text("USD")])), before: Shop.empty)
        #expect(codes(cents) == ["fee:too_precise"])
    }

    @Test("An own money field locks the rate of the day, and a missing rate is told")
    func ownMoney() {
        let fee = draft(["fee": Shop.decimal("12.50"), "fee.currency": .text("USD")])
        let after = Shop.decider().decide(.create(fee), before: Shop.empty).after
        #expect(after["fee.rate"] == Shop.decimal("7") && after["fee.base"] == Shop.decimal("87.5"))
        let later = Shop.decider(rates: ["USD": ExactDecimal(8)]).decide(
            .update(RecordChange(values: ["reason": .text("x")])), before: after)
        #expect(later.after["fee.rate"] == Shop.decimal("7"), "the rate stays locked")
        let unknown = Shop.decider(rates: [:]).decide(.create(fee), before: Shop.empty)
        #expect(unknown.warnings.map(\.code) == ["no_rate"])
        #expect(unknown.after["fee.base"] == .null)
    }

    @Test("What is missing or wrong is said at its field, in lines too")
    func problems() {
        let change = RecordChange(
            values: ["mail": .text("nobody"), "colour": .text("mauve"), "discount": Shop.decimal("0.6")],
            lines: ["lines": [Shop.line(1, ["qty": Shop.decimal("-1"), "price": Shop.decimal("1")])]])
        let decision = Shop.decider().decide(.create(change), before: Shop.empty)
        #expect(
            Set(codes(decision)) == [
                "company:required", "mail:bad_format", "colour:retired_code", "discount:check_discount_range",
                "lines[0].product:required", "lines[0].qty:check_positive",
            ])
        #expect(
            decision.problems.allSatisfy {
                !$0.message.zh.isEmpty && !$0.message.en.isEmpty && $0.message.zh != $0.message.en
            })
    }

    @Test("A required list of lines must not be empty; imports may leave out what is required")
    func missing() {
        let bare = RecordChange(values: ["company": .record(Shop.companyID)])
        #expect(codes(Shop.decider().decide(.create(bare), before: Shop.empty)) == ["lines:required"])
        let forgiven = Shop.decider(forgiving: true).decide(.create(bare), before: Shop.empty)
        #expect(forgiven.problems == [] && forgiven.warnings.map(\.code) == ["required"])
    }

    @Test("A check that is not blocking only warns")
    func warning() {
        let lines = ["lines": [Shop.line(1, ["product": .text("a"), "price": Shop.decimal("200000")])]]
        let decision = Shop.decider().decide(
            .create(RecordChange(values: Shop.draft.values, lines: lines)), before: Shop.empty)
        #expect(decision.problems == [])
        #expect(decision.warnings.map(\.code) == ["check_small"])
    }

    @Test("A value too large to be stored is a problem, not a wrong number")
    func overflow() {
        let lines = [
            "lines": [
                Shop.line(
                    1,
                    ["product": .text("a"), "qty": Shop.decimal("999999999999"), "price": Shop.decimal("99999999999")])
            ]
        ]
        let decision = Shop.decider().decide(
            .create(RecordChange(values: Shop.draft.values, lines: lines)), before: Shop.empty)
        #expect(codes(decision).contains("lines[0].amount:overflow"))
    }

    @Test("A locked state opens only the fields it names")
    func locked() {
        let sent = Shop.stored(["status": .text("sent")])
        #expect(
            codes(Shop.decider().decide(.update(RecordChange(values: ["discount": Shop.decimal("0.2")])), before: sent))
                == ["discount:state_locked"])
        #expect(codes(Shop.decider().decide(.update(RecordChange(values: ["reason": .text("x")])), before: sent)) == [])
        #expect(
            codes(Shop.decider().decide(.update(RecordChange(values: ["discount": sent["discount"]])), before: sent))
                == [], "the same value again changes nothing")
        #expect(
            codes(Shop.decider().decide(.update(RecordChange(lines: ["lines": []])), before: sent)).contains(
                "lines:state_locked"))
    }

    @Test("A field that is set once can't be changed")
    func immutable() {
        let stored = Shop.stored(["no": .text("S1")])
        #expect(
            codes(Shop.decider().decide(.update(RecordChange(values: ["no": .text("S2")])), before: stored)) == [
                "no:immutable"
            ])
    }
}
