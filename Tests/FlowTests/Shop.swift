import Definitions
import Expressions
import Flow
import Testing
import Values

/// A small shop: orders with lines, invoices made from them.
enum Shop {
    static let model: Model = {
        let pack = Pack.read(
            files: [
                "pack.yaml": "{id: shop, version: '1', label: {zh: 商店, en: Shop}, base_currency: CNY}",
                "lists/lists.yaml": """
                - id: status
                  label: {zh: 状态, en: Status}
                  codes: [{code: draft, zh: 草稿, en: Draft}, {code: sent, zh: 已发, en: Sent}, {code: void, zh: 作废, en: Void}]
                - id: currency
                  label: {zh: 币种, en: Currency}
                  codes: [{code: CNY, zh: 元, en: Yuan}, {code: USD, zh: 美元, en: Dollar}, {code: JPY, zh: 日元, en: Yen}]
                - id: colour
                  label: {zh: 颜色, en: Colour}
                  codes: [{code: red, zh: 红, en: Red}, {code: mauve, zh: 紫, en: Mauve, retired: true}]
                """,
                "objects/all.yaml": objects,
            ], directory: "shop")
        let result = ModelBuilder.build(packs: [pack], version: 1)
        guard let model = result.model else { preconditionFailure(DefinitionPrinter.report(result.diagnostics)) }
        return model
    }()

    private static let objects = """
        - id: order
          label: {zh: 订单, en: Order}
          plural: {zh: 订单, en: Orders}
          title: [no]
          fields:
            - {id: no, label: {zh: 单号, en: No.}, type: text, immutable: true}
            - {id: company, label: {zh: 客户, en: Company}, type: link(company), required: true}
            - {id: grade, label: {zh: 等级, en: Grade}, type: text, default: company.grade}
            - {id: mail, label: {zh: 邮箱, en: Mail}, type: text, format: email}
            - {id: colour, label: {zh: 颜色, en: Colour}, type: choice(colour)}
            - {id: currency, label: {zh: 币种, en: Currency}, type: choice(currency), default: '"USD"'}
            - {id: rate, label: {zh: 汇率, en: Rate}, type: decimal(6), default: '7.1'}
            - {id: discount, label: {zh: 折扣, en: Discount}, type: percent, default: '0'}
            - {id: fee, label: {zh: 费用, en: Fee}, type: money}
            - {id: subtotal, label: {zh: 小计, en: Subtotal}, type: money, currency: currency, rate: rate, formula: SUM(lines.amount)}
            - {id: total, label: {zh: 合计, en: Total}, type: money, currency: currency, rate: rate, formula: subtotal * (1 - discount)}
            - {id: days, label: {zh: 天数, en: Days}, type: integer, default: due_days * 2}
            - {id: due_days, label: {zh: 账期, en: Due days}, type: integer, default: '15'}
            - {id: sent_at, label: {zh: 发送时间, en: Sent at}, type: instant, readonly: true}
            - {id: reason, label: {zh: 原因, en: Reason}, type: text}
            - {id: status, label: {zh: 状态, en: Status}, type: choice(status)}
            - {id: lines, label: {zh: 明细, en: Lines}, type: lines(order_line), required: true}
          states: {field: status, initial: draft, states: {sent: {locked: true, open: [reason]}}}
          actions:
            - {id: send, label: {zh: 发送, en: Send}, from: [draft], to: sent, when: total > 0, refusal: {zh: 没有金额, en: No amount}, set: {sent_at: NOW()}}
            - {id: void, label: {zh: 作废, en: Void}, from: [draft, sent], to: void, input: [reason], require: [reason], not_by_owner: true}
            - {id: invoice, label: {zh: 开票, en: Invoice}, from: [sent], create: [{object: invoice, copy: [company, currency], set: {order: id, note: '"for " & no'}, lines: {lines: items}, open: true}]}
          checks:
            - {id: discount_range, expr: discount <= 50%, message: {zh: 折扣过高, en: Too much}, field: discount}
            - {id: small, expr: total < 100000, message: {zh: 大单, en: Large}, blocking: false}
        - id: order_line
          label: {zh: 行, en: Line}
          parent: order
          fields:
            - {id: product, label: {zh: 产品, en: Product}, type: text, required: true}
            - {id: qty, label: {zh: 数量, en: Quantity}, type: decimal(3), default: '1'}
            - {id: price, label: {zh: 单价, en: Price}, type: decimal(4)}
            - {id: amount, label: {zh: 金额, en: Amount}, type: money, currency: currency, rate: rate, formula: qty * price}
          checks:
            - {id: positive, expr: qty > 0, message: {zh: 数量须为正, en: The quantity must be positive}, field: qty}
        - id: invoice
          label: {zh: 发票, en: Invoice}
          plural: {zh: 发票, en: Invoices}
          title: [note]
          fields:
            - {id: order, label: {zh: 订单, en: Order}, type: link(order)}
            - {id: company, label: {zh: 客户, en: Company}, type: link(company)}
            - {id: currency, label: {zh: 币种, en: Currency}, type: choice(currency)}
            - {id: note, label: {zh: 备注, en: Note}, type: text}
            - {id: items, label: {zh: 项目, en: Items}, type: lines(invoice_line)}
        - id: invoice_line
          label: {zh: 项, en: Item}
          parent: invoice
          fields:
            - {id: product, label: {zh: 产品, en: Product}, type: text}
            - {id: qty, label: {zh: 数量, en: Quantity}, type: decimal(3)}
        - id: company
          label: {zh: 客户, en: Company}
          plural: {zh: 客户, en: Companies}
          title: [name]
          fields:
            - {id: name, label: {zh: 名称, en: Name}, type: text}
            - {id: grade, label: {zh: 等级, en: Grade}, type: text}
        """

    static let orderID = RecordID(high: 1, low: 1)
    static let companyID = RecordID(high: 2, low: 1)
    static let now = Instant(milliseconds: 1_795_000_000_000)

    static func decider(
        _ object: String = "order", owner: Bool = false, forgiving: Bool = false,
        rates: [String: ExactDecimal] = ["USD": ExactDecimal(7), "JPY": ExactDecimal(units: 5, scale: 2)]
    ) -> Decider {
        guard let definition = model.object(object) else { preconditionFailure(object) }
        return Decider(
            model: model, definition: definition, order: model.formulaOrder(of: object),
            context: DecisionContext(
                evaluation: EvaluationContext(now: now, today: now.day), minorUnits: { $0 == "JPY" ? 0 : 2 },
                rate: { rates[$0] }, forgivesMissing: forgiving, actorIsOwner: owner))
    }

    static func line(_ number: Int, _ values: [String: Value], isNew: Bool = true) -> LineState {
        LineState(id: RecordID(high: 3, low: UInt64(number)), isNew: isNew, values: values)
    }

    static var empty: RecordState {
        var linked = LinkedValues()
        linked.add(companyID, ["grade": .text("A")])
        return RecordState(object: "order", id: orderID, values: ["id": .record(orderID)], linked: linked)
    }

    static let draft = RecordChange(
        values: ["company": .record(companyID), "discount": decimal("0.1")],
        lines: [
            "lines": [
                line(1, ["product": .text("a"), "qty": decimal("3"), "price": decimal("1.115")]),
                line(2, ["product": .text("b"), "price": decimal("10")]),
            ]
        ])

    /// An order as it stands after its creation.
    static func stored(_ changes: [String: Value] = [:]) -> RecordState {
        var state = decider().decide(.create(draft), before: empty).after
        state.values.merge(changes) { _, new in new }
        state.lines = state.lines.mapValues { $0.map { LineState(id: $0.id, isNew: false, values: $0.values) } }
        return state
    }

    static func action(_ id: String) -> ActionDefinition {
        guard let action = model.object("order")?.actions.first(where: { $0.id == id }) else { preconditionFailure(id) }
        return action
    }

    static func decimal(_ text: String) -> Value { ExactDecimal(text).map { .decimal($0) } ?? .null }
}
