import Definitions
import Flow
import Testing
import Values

@Suite("Actions move records from state to state")
struct ActionTests {
    private func act(_ id: String, _ state: RecordState, _ values: [String: Value] = [:], owner: Bool = false)
        -> Decision
    {
        Shop.decider(owner: owner).decide(.act(Shop.action(id), RecordChange(values: values)), before: state)
    }

    @Test("An action moves the state and sets its fields")
    func move() {
        let decision = act("send", Shop.stored())
        #expect(decision.problems == [])
        #expect(decision.after["status"] == .text("sent"))
        #expect(decision.after["sent_at"] == .instant(Shop.now))
    }

    @Test("An action from another state is refused, and nothing changes")
    func wrongState() {
        let sent = Shop.stored(["status": .text("sent")])
        let decision = act("send", sent)
        #expect(decision.problems.map(\.code) == ["wrong_state"])
        #expect(decision.problems.first?.message.zh.contains("已发") == true)
        #expect(decision.after.values == sent.values)
    }

    @Test("A condition that is not met is refused in its own words")
    func condition() {
        let decision = act("send", Shop.stored(["total": Shop.decimal("0")]))
        #expect(
            decision.problems == [
                FlowProblem(field: nil, code: "condition_not_met", message: Label(zh: "没有金额", en: "No amount"))
            ])
    }

    @Test("Required input is asked for, and may change in a locked state")
    func input() {
        let sent = Shop.stored(["status": .text("sent")])
        #expect(act("void", sent).problems.map(\.code) == ["required"])
        let decision = act("void", sent, ["reason": .text("double")])
        #expect(decision.problems == [])
        #expect(decision.after["status"] == .text("void") && decision.after["reason"] == .text("double"))
    }

    @Test("What may not be done to one's own record is refused to its owner")
    func ownRecord() {
        #expect(act("void", Shop.stored(), ["reason": .text("x")], owner: true).problems.map(\.code) == ["own_record"])
        #expect(
            Shop.decider(owner: true).obstacles(to: Shop.action("void"), in: Shop.stored()).map(\.code) == [
                "own_record"
            ])
        #expect(Shop.decider().obstacles(to: Shop.action("send"), in: Shop.stored()) == [])
    }

    @Test("An action makes records from templates: copied fields, set fields and lines")
    func template() throws {
        let sent = Shop.stored(["status": .text("sent"), "no": .text("S1")])
        let made = try #require(act("invoice", sent).creates.first)
        #expect(made.object == "invoice" && made.opens)
        #expect(
            made.values == [
                "company": .record(Shop.companyID), "currency": .text("USD"), "order": .record(Shop.orderID),
                "note": .text("for S1"),
            ])
        #expect(made.lines["items"]?.map { $0["product"] } == [.text("a"), .text("b")])
        #expect(made.lines["items"]?.allSatisfy { Set($0.keys) == ["product", "qty"] } == true)
    }
}
