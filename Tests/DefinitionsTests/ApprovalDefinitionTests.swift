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
        """

    private static let lists = """

        - id: approval_kind
          label: {zh: 事项, en: Subject}
          codes: [{code: order, zh: 订单, en: Order}]
        - id: approval_dimension
          label: {zh: 维度, en: Dimension}
          codes: [{code: amount_usd, zh: 金额, en: Amount}]
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
        ])
    func wrong(_ old: String, _ new: String, _ code: String) throws {
        #expect(try build(old, new).diagnostics.map(\.code).contains(code))
    }
}
