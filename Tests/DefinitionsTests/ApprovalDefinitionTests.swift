import Definitions
import Testing

@Suite("Approvals of an object")
struct ApprovalDefinitionTests {
    private static let approval = """
          approvals:
            - id: sending
              label: {zh: 发送审批, en: Approval of sending}
              asks: send
              granted: send
              kind: order
              dimensions: {amount_usd: total}
              binds: [total, lines]
        """

    private static let rule = """
        id: approval_rule
        label: {zh: 审批规则, en: Approval rule}
        plural: {zh: 审批规则, en: Approval rules}
        title: [kind]
        setting: true
        fields:
          - {id: kind, label: {zh: 事项, en: Subject}, type: choice(approval_kind)}
          - {id: dimension, label: {zh: 维度, en: Dimension}, type: choice(approval_dimension)}
          - {id: approver_role, label: {zh: 角色, en: Role}, type: choice(approver_role)}
        """

    private static let lists = """

        - id: approval_kind
          label: {zh: 事项, en: Subject}
          codes: [{code: order, zh: 订单, en: Order}]
        - id: approval_dimension
          label: {zh: 维度, en: Dimension}
          codes: [{code: amount_usd, zh: 金额, en: Amount}]
        - id: approver_role
          label: {zh: 角色, en: Role}
          codes: [{code: none, zh: 本人, en: Own}, {code: boss, zh: 老板, en: Boss}, {code: finance, zh: 财务, en: Finance}]
        """

    private func build(_ old: String = "", _ new: String = "") throws -> ModelResult {
        let text = old.isEmpty ? Self.approval : Self.approval.replacing(old, with: new)
        return try Fixture.build(replacing: [
            "objects/order.yaml": Fixture.order.replacing("  checks:\n", with: text + "\n  checks:\n"),
            "objects/approval_rule.yaml": Self.rule, "lists/lists.yaml": Fixture.lists + Self.lists,
        ])
    }

    @Test("An approval names its actions, its kind, what is measured and what it is bound to")
    func whole() throws {
        let built = try build()
        #expect(built.diagnostics.map(\.code) == [])
        let approval = try #require(built.model?.object("order")?.approvals.first)
        #expect(approval.asks == "send")
        #expect(approval.dimensions.map(\.id) == ["amount_usd"])
        #expect(approval.binds == ["total", "lines"])
        #expect(approval.unresolved == "admin")
        #expect(approval.deciding == ["send"])
    }

    @Test(
        "What is wrong with an approval is said where it stands",
        arguments: [
            ("asks: send", "asks: sned", "approval_action"),
            ("granted: send", "granted: cancel", "approval_input"),
            ("kind: order", "kind: ordre", "approval_kind"),
            ("amount_usd: total", "amount_us: total", "approval_dimension"),
            ("amount_usd: total", "amount_usd: status", "approval_value"),
            ("binds: [total, lines]", "binds: [totl]", "unknown_field"),
            ("binds: [total, lines]", "unresolved: nobody", "approval_unresolved"),
            ("binds: [total, lines]", "at_least: 7", "approval_level"),
            (
                "binds: [total, lines]", "split: {by: company, date: updated_at, days: 7, of: margin_pct}",
                "approval_split"
            ),
            ("granted: send", "granted: send\n      mode: al", "approval_mode"),
            ("granted: send", "granted: send\n      mode: 0%", "approval_mode"),
            ("granted: send", "granted: send\n      mode: 101%", "approval_mode"),
            ("granted: send", "granted: send\n      steps: [{level: 5, mode: any}]", "approval_step"),
            ("granted: send", "granted: send\n      steps: [{mode: any}]", "approval_step"),
            ("granted: send", "granted: send\n      steps: [{level: 1}, {level: 1}]", "approval_step"),
            ("granted: send", "granted: send\n      steps: [{level: 1, seats: [{role: bos}]}]", "approval_role"),
            ("granted: send", "granted: send\n      steps: [{level: 1, seats: [{role: none}]}]", "approval_role"),
            (
                "granted: send", "granted: send\n      steps: [{level: 1, seats: [{role: boss, weight: 2}]}]",
                "approval_weight"
            ),
            (
                "granted: send",
                "granted: send\n      steps: [{level: 1, mode: 50%, seats: [{role: boss, weight: 0}]}]",
                "approval_weight"
            ),
            ("granted: send", "granted: send\n      shows: [companie]", "unknown_field"),
            ("granted: send", "granted: send\n      amount: status", "approval_value"),
            ("amount_usd: total", "amount_usd: {base: total, in: dollars}", "approval_currency"),
            ("amount_usd: total", "amount_usd: {base: status, in: USD}", "approval_value"),
            ("amount_usd: total", "amount_usd: {value: total}", "missing_key"),
        ])
    func wrong(_ old: String, _ new: String, _ code: String) throws {
        #expect(try build(old, new).diagnostics.map(\.code).contains(code))
    }

    @Test("Each level may say how its people decide together, and who they are")
    func steps() throws {
        let built = try build(
            "granted: send",
            """
            granted: send
                  mode: any
                  amount: total
                  shows: [company, total]
                  steps:
                    - {level: 2, mode: 66.67%, seats: [{role: boss, weight: 2, veto: true}, {role: finance, each: true}]}
                    - {level: 3, mode: sequential}
            """)
        #expect(built.diagnostics.map(\.code) == [])
        let approval = try #require(built.model?.object("order")?.approvals.first)
        #expect(approval.mode == .any)
        #expect(approval.shows == ["company", "total"])
        #expect(approval.amount != nil)
        #expect(approval.steps.map(\.level) == [2, 3])
        #expect(approval.steps.map(\.mode) == [.vote(share: 6667), .sequential])
        let seats = approval.steps[0].seats
        #expect(seats.map(\.role) == ["boss", "finance"])
        #expect(seats.map(\.weight) == [2, 1])
        #expect(seats.map(\.hasVeto) == [true, false])
        #expect(seats.map(\.isEach) == [false, true])
    }

    @Test("A dimension may be an amount in the base currency that is measured in another one")
    func converted() throws {
        let built = try build(
            "amount_usd: total", "amount_usd: {value: 'IF(total > 0, total, NULL)', base: total, in: USD}")
        #expect(built.diagnostics.map(\.code) == [])
        let dimension = try #require(built.model?.object("order")?.approvals.first?.dimensions.first)
        #expect(dimension.value != nil)
        #expect(dimension.converted?.currency == "USD")
        #expect(dimension.fieldPaths.count == 1)
    }
}
