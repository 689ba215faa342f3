import Definitions

/// Small packs written out in the tests.
enum Fixture {
    static let user = """
        id: user
        label: {zh: 用户, en: User}
        plural: {zh: 用户, en: Users}
        title: [name]
        setting: true
        fields:
          - {id: name, label: {zh: 姓名, en: Name}, type: text}
        """

    static let order = """
        - id: order
          label: {zh: 订单, en: Order}
          plural: {zh: 订单, en: Orders}
          icon: cart
          title: [no]
          fields:
            - {id: no, label: {zh: 单号, en: No.}, type: text, series: 'S{yymm}{###}'}
            - {id: company, label: {zh: 客户, en: Customer}, type: link(company), required: true}
            - {id: currency, label: {zh: 币种, en: Currency}, type: choice(currency), default: '"USD"'}
            - {id: rate, label: {zh: 汇率, en: Rate}, type: decimal(6)}
            - {id: discount, label: {zh: 折扣, en: Discount}, type: percent, default: '0'}
            - {id: subtotal, label: {zh: 小计, en: Subtotal}, type: money, currency: currency, rate: rate, formula: SUM(lines.amount)}
            - {id: total, label: {zh: 合计, en: Total}, type: money, currency: currency, rate: rate, formula: 'ROUND(subtotal * (1 - discount), 2)'}
            - {id: cost, label: {zh: 成本, en: Cost}, type: money, currency: base, sensitivity: cost}
            - {id: status, label: {zh: 状态, en: Status}, type: choice(order_status)}
            - {id: reason, label: {zh: 原因, en: Reason}, type: text, max: 100}
            - {id: lines, label: {zh: 明细, en: Lines}, type: lines(order_line)}
          states: {field: status, initial: draft, states: {sent: {locked: true, open: [reason]}}}
          actions:
            - {id: send, label: {zh: 发送, en: Send}, from: [draft], to: sent, when: total > 0, refusal: {zh: 没有金额, en: No amount}}
            - {id: cancel, label: {zh: 取消, en: Cancel}, from: [draft, sent], to: cancelled, input: [reason], require: [reason]}
          checks:
            - {id: discount_range, expr: discount <= 50%, message: {zh: 折扣过高, en: Too much discount}, field: discount}
          views:
            - {id: all, label: {zh: 全部, en: All}, columns: [no, company.name, total, total.base, owner], sort: [-updated_at], group: status}
        - id: order_line
          label: {zh: 订单行, en: Order line}
          parent: order
          fields:
            - {id: product, label: {zh: 产品, en: Product}, type: text, required: true}
            - {id: qty, label: {zh: 数量, en: Quantity}, type: decimal(3), default: '1'}
            - {id: price, label: {zh: 单价, en: Price}, type: decimal(4)}
            - {id: amount, label: {zh: 金额, en: Amount}, type: money, currency: currency, rate: rate, formula: 'ROUND(qty * price, 2)'}
        """

    static let company = """
        id: company
        label: {zh: 客户, en: Company}
        plural: {zh: 客户, en: Companies}
        title: [name]
        fields:
          - {id: name, label: {zh: 名称, en: Name}, type: text, required: true}
          - {id: grade, label: {zh: 等级, en: Grade}, type: choice(grade)}
          - {id: website, label: {zh: 网站, en: Website}, type: text, format: url}
          - {id: open_total, label: {zh: 在手金额, en: Open total}, type: money, currency: base, rollup: {sum: total.base, of: order, via: company, where: 'status = "sent"'}}
        search: [name]
        duplicates: [[{company_name: name}], [{domain: website}]]
        related:
          - {object: order, via: company, columns: [no, total]}
        """

    static let lists = """
        - id: grade
          label: {zh: 等级, en: Grade}
          codes: [{code: A, zh: 甲, en: A, tone: ok}, {code: B, zh: 乙, en: B}]
        - id: order_status
          label: {zh: 订单状态, en: Order status}
          codes: [{code: draft, zh: 草稿, en: Draft}, {code: sent, zh: 已发送, en: Sent}, {code: cancelled, zh: 已取消, en: Cancelled}]
        """

    static let roles = """
        - id: sales
          label: {zh: 业务, en: Sales}
          grants:
            - {object: company, actions: [read, create, update], scope: own}
            - {object: order, actions: '*', scope: through(company)}
        """

    static let files = [
        "pack.yaml":
            "id: shop\nversion: '1.0'\nlabel: {zh: 商店, en: Shop}\nbase_currency: CNY\nmenu: [{object: order, icon: cart, primary: true}]\n",
        "objects/user.yaml": user, "objects/order.yaml": order, "objects/company.yaml": company,
        "lists/lists.yaml": lists,
        "roles.yaml": roles,
    ]

    static let references = [
        CodeList(
            id: "currency", label: Label(zh: "币种", en: "Currency"),
            codes: [
                Code(code: "CNY", label: Label(zh: "人民币", en: "Yuan"), extra: ["minor": "2"]),
                Code(code: "USD", label: Label(zh: "美元", en: "US dollar"), extra: ["minor": "2"]),
            ])
    ]

    static func build(
        replacing: [String: String] = [:], overlay: String? = nil, previous: Model? = nil
    ) throws -> ModelResult {
        let texts = files.merging(replacing) { _, new in new }
        return ModelBuilder.build(
            packs: [Pack.read(files: texts, directory: "shop")],
            overlay: try overlay.map { try Overlay(documents: [$0]) } ?? .empty, references: references,
            version: (previous?.version ?? 0) + 1, previous: previous)
    }

    /// The codes of what was found after one piece of a file was replaced, with their places.
    static func findings(in file: String, _ old: String, _ new: String) throws -> [String] {
        let text = files[file] ?? ""
        precondition(text.contains(old), "the fixture holds the piece")
        let result = try build(replacing: [file: text.replacing(old, with: new)])
        return result.diagnostics.map { "\($0.location.file):\($0.location.line) \($0.code)" }
    }
}
