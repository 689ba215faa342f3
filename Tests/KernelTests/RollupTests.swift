import Definitions
import Kernel
import Testing
import Values

/// Money that is received shows at once on the receivable, the order and the customer.
@Suite(.serialized) struct RollupTests {
    private struct Deal {
        let house: TestHouse
        let company: RecordID
        let order: RecordID
        let receivable: RecordID

        /// An order of 4,704 USD at 7.1 with one receivable over all of it.
        init() async throws {
            house = try await TestHouse.open()
            try await house.rate("USD", "7.1")
            let lamp = try await house.lamp("R-1")
            company = try await house.customer("Rollup GmbH", of: "lin")
            let quotation = try await house.quotation(for: company, product: lamp, as: "lin")
            _ = try await house.act("approve_own", "quotation", quotation.id, as: "lin")
            let bank = try await house.bankAccount()
            let invoice = try #require(
                try await house.act("make_pi", "quotation", quotation.id, as: "lin").opens?.id)
            _ = try await house.act("send", "pi", invoice, ["bank": .record(bank)], as: "lin")
            order = try #require(try await house.act("make_order", "pi", invoice, as: "lin").opens?.id)
            receivable = try await house.create(
                "receivable", Draft(["order": .record(order), "amount": .number("4704")]), as: "cai"
            ).id
        }

        func payment(_ amount: String, allocated: String) async throws -> RecordID {
            var draft = Draft([
                "company": .record(company), "amount": .number(amount), "currency": .text("USD"),
                "fx_rate": .number("7.2"),
            ])
            draft.lines["allocations"] = [
                LineDraft(["receivable": .record(receivable), "amount": .number(allocated)])
            ]
            return try await house.create("payment", draft, as: "cai").id
        }

        /// Paid and status of the receivable, received and open of the order, open of the company.
        func figures() async throws -> [String] {
            let receivable = try await house.show("receivable", receivable)
            let order = try await house.show("order", order)
            let company = try await house.show("company", company)
            return [
                receivable.number("paid") ?? "-", receivable["status"].text ?? "-", order.number("received") ?? "-",
                order.number("receivable_open") ?? "-", company.number("receivable_open") ?? "-",
            ]
        }
    }

    @Test("A payment reaches the customer's figures when it is confirmed, changed, deleted and restored")
    func chain() async throws {
        let deal = try await Deal()
        let none = ["0", "open", "0", "33398.4", "33398.4"]
        let start = try await deal.figures()
        #expect(start.dropFirst(3) == none.dropFirst(3))
        let payment = try await deal.payment("2000", allocated: "2000")
        #expect(try await deal.figures().dropFirst(3) == none.dropFirst(3), "a draft counts nothing")
        _ = try await deal.house.act("confirm", "payment", payment, as: "cai")
        let part = ["2000", "partial", "14200", "19198.4", "19198.4"]
        let found = try await deal.figures()
        #expect(found == part)

        let line = try #require(try await deal.house.show("payment", payment).lines["allocations"]?.first)
        var change = Draft()
        change.lines["allocations"] = [LineDraft(id: line.id, ["amount": .number("1500")])]
        try await deal.house.update("payment", payment, change, as: "cai")
        let changed = try await deal.figures()
        #expect(changed == ["1500", "partial", "10650", "22748.4", "22748.4"])

        _ = try await deal.house.act("edit_again", "payment", payment, as: "cai")
        #expect(try await deal.figures().dropFirst(3) == none.dropFirst(3))
        _ = try await deal.house.act("confirm", "payment", payment, as: "cai")
        _ = try await deal.house.act("edit_again", "payment", payment, as: "cai")
        let cai = try await deal.house.actor("cai")
        change.lines["allocations"] = [LineDraft(id: line.id, ["amount": .number("2000")])]
        try await deal.house.update("payment", payment, change, as: "cai")
        _ = try await deal.house.kernel.perform(
            Command(.delete(object: "payment", id: payment, expecting: nil)), as: cai)
        #expect(try await deal.figures().dropFirst(3) == none.dropFirst(3))
        _ = try await deal.house.kernel.perform(Command(.restore(object: "payment", id: payment)), as: cai)
        _ = try await deal.house.act("confirm", "payment", payment, as: "cai")
        #expect(try await deal.figures() == part)
        await deal.house.end()
    }

    @Test("A deleted receivable leaves the figures, a restored one comes back; full payment closes it")
    func receivable() async throws {
        let deal = try await Deal()
        let cai = try await deal.house.actor("cai")
        _ = try await deal.house.kernel.perform(
            Command(.delete(object: "receivable", id: deal.receivable, expecting: nil)), as: cai)
        let gone = try await deal.house.show("order", deal.order)
        #expect(gone["receivable_open"].decimal?.isZero != false)
        _ = try await deal.house.kernel.perform(
            Command(.restore(object: "receivable", id: deal.receivable)), as: cai)
        #expect(try await deal.house.show("order", deal.order).number("receivable_open") == "33398.4")

        let payment = try await deal.payment("4704", allocated: "4704")
        _ = try await deal.house.act("confirm", "payment", payment, as: "cai")
        let paid = try await deal.figures()
        #expect(paid[1] == "paid")
        #expect(["0", "-"].contains(paid[3]) && ["0", "-"].contains(paid[4]))
        // More than was received can't be given away.
        let over = try await refused { try await deal.payment("100", allocated: "200") }
        #expect(over.problems.contains { $0.field == "allocations" })
        await deal.house.end()
    }

    @Test("A document takes the newest rate and keeps it; warnings name the line")
    func ratesAndWarnings() async throws {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        let lamp = try await house.lamp("R-2")
        let company = try await house.customer("Rates GmbH", of: "lin")
        var draft = Draft(["company": .record(company)])
        draft.lines["lines"] = [
            LineDraft(["product": .record(lamp), "qty": .number("480"), "price": .number("9.8")]),
            LineDraft(["product": .record(lamp), "qty": .number("25"), "price": .number("5")]),
        ]
        let outcome = try await house.kernel.perform(
            Command(.create(object: "quotation", draft)), as: try await house.actor("lin"))
        let view = try #require(outcome.record)
        #expect(view.number("fx_rate") == "7.1")
        let places = Set(outcome.warnings.map { ($0.field ?? "") + " " + $0.code })
        #expect(places.contains("lines[1].qty check_full_cartons"))
        #expect(places.contains("lines[1].qty check_moq_reached"))
        #expect(places.contains("lines[1].price check_above_cost"))
        #expect(!places.contains { $0.hasPrefix("lines[0]") })

        house.clock.advance(seconds: 86_400)
        try await house.rate("USD", "7.3")
        let kept = try await house.update("quotation", view.id, Draft(["remarks": .text("x")]), as: "lin")
        #expect(kept.number("fx_rate") == "7.1")
        let next = try await house.quotation(
            for: company, product: lamp, as: "lin", ["fx_rate": .null])
        #expect(next.number("fx_rate") == "7.3")
        await house.end()
    }

    @Test("Customer's counts follow inquiries, quotations and orders as they are made, changed and deleted")
    func counts() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Counts GmbH", of: "lin")
        let other = try await house.customer("Other GmbH", of: "lin")
        func open(_ id: RecordID) async throws -> String? {
            try await house.show("company", id).number("open_inquiries")
        }
        let inquiry = try await house.create(
            "inquiry", Draft(["source": .text("other"), "company": .record(company)]), as: "lin")
        #expect(try await open(company) == "1")
        try await house.update("inquiry", inquiry.id, Draft(["company": .record(other)]), as: "lin")
        #expect(try await open(company) == "0")
        #expect(try await open(other) == "1")
        let version = try await house.show("company", other).version
        #expect(version == 1, "a roll-up disturbs nobody who edits the record")
        let zong = try await house.actor("zong")
        _ = try await house.kernel.perform(
            Command(.delete(object: "inquiry", id: inquiry.id, expecting: nil)), as: zong)
        #expect(try await open(other) == "0")
        _ = try await house.kernel.perform(Command(.restore(object: "inquiry", id: inquiry.id)), as: zong)
        #expect(try await open(other) == "1")
        await house.end()
    }

    @Test("Figures that ask what day it is follow the calendar once a day, and the formulas that read them too")
    func daily() async throws {
        let deal = try await Deal()
        let house = deal.house
        func figures() async throws -> [String] {
            let company = try await house.show("company", deal.company)
            return [
                company.number("overdue_days") ?? "-", company.number("sales_12m") ?? "-",
                company["grade_calc"].text ?? "-", company.number("days_since_order") ?? "-",
            ]
        }
        let day = house.clock.now.day
        try await house.update(
            "receivable", deal.receivable, Draft(["event_date": .value(.day(day.adding(days: -5)))]), as: "cai")
        #expect(try await figures() == ["5", "33398.4", "C", "0"])
        #expect(try await house.kernel.refreshDailyFigures())
        #expect(try await !house.kernel.refreshDailyFigures(), "the day's work is done")
        house.clock.advance(seconds: 400 * 86_400)
        #expect(try await figures() == ["5", "33398.4", "C", "0"], "nothing was written")
        await house.kernel.keepHouse()
        let later = try await figures()
        #expect(later == ["405", "0", "C", "400"])
    }
}
