import Definitions
import Expressions
import Store
import Testing
import Values

/// A small trade model, made by the same builder as the shipped packs.
enum TradeFixture {
    static let files: [String: String] = [
        "pack.yaml": """
        id: base
        version: "1"
        label: {zh: 基础, en: Base}
        base_currency: CNY
        """,
        "lists/lists.yaml": """
        - id: grade
          label: {zh: 等级, en: Grade}
          codes:
            - {code: a, zh: 甲, en: A}
            - {code: b, zh: 乙, en: B}
        - id: role_kind
          label: {zh: 角色, en: Role}
          codes:
            - {code: customer, zh: 客户, en: Customer}
            - {code: supplier, zh: 供应商, en: Supplier}
        - id: quotation_status
          label: {zh: 状态, en: Status}
          codes:
            - {code: draft, zh: 草稿, en: Draft}
            - {code: sent, zh: 已发, en: Sent}
        """,
        "objects/people.yaml": """
        - id: user
          label: {zh: 用户, en: User}
          plural: {zh: 用户, en: Users}
          setting: true
          title: [name]
          fields:
            - {id: name, label: {zh: 姓名, en: Name}, type: text}
        - id: department
          label: {zh: 部门, en: Department}
          plural: {zh: 部门, en: Departments}
          setting: true
          title: [name]
          fields:
            - {id: name, label: {zh: 名称, en: Name}, type: text}
            - {id: parent, label: {zh: 上级, en: Parent}, type: link(department)}
        - id: region
          label: {zh: 区域, en: Region}
          plural: {zh: 区域, en: Regions}
          setting: true
          title: [name]
          fields:
            - {id: name, label: {zh: 名称, en: Name}, type: text}
        """,
        "objects/company.yaml": company(),
        "objects/quotation.yaml": """
        - id: quotation
          label: {zh: 报价, en: Quotation}
          plural: {zh: 报价, en: Quotations}
          title: [no, company]
          fields:
            - {id: no, label: {zh: 单号, en: No.}, type: text, series: 'Q{yymmdd}{###}'}
            - {id: company, label: {zh: 客户, en: Customer}, type: link(company)}
            - {id: status, label: {zh: 状态, en: Status}, type: choice(quotation_status)}
            - {id: discount, label: {zh: 折扣, en: Discount}, type: percent}
            - {id: valid_until, label: {zh: 有效期, en: Valid until}, type: day}
            - {id: total, label: {zh: 总额, en: Total}, type: money}
            - {id: lines, label: {zh: 明细, en: Lines}, type: lines(quotation_line)}
          states: {field: status, initial: draft}
          actions:
            - {id: send, label: {zh: 发送, en: Send}, from: [draft], to: sent}
          search: [no, company]
        - id: quotation_line
          label: {zh: 报价明细, en: Quotation line}
          plural: {zh: 报价明细, en: Quotation lines}
          parent: quotation
          title: [item]
          fields:
            - {id: item, label: {zh: 品名, en: Item}, type: text}
            - {id: quantity, label: {zh: 数量, en: Quantity}, type: decimal(3)}
        """,
    ]

    static func company(extra: String = "", score: String = "text", unique: String = "") -> String {
        """
        id: company
        label: {zh: 公司, en: Company}
        plural: {zh: 公司, en: Companies}
        title: [name_en, name_zh]
        fields:
          - {id: name_en, label: {zh: 英文名, en: Name}, type: text}
          - {id: name_zh, label: {zh: 中文名, en: Chinese name}, type: text}
          - {id: code, label: {zh: 编号, en: Code}, type: text, unique: true}
          - {id: grade, label: {zh: 等级, en: Grade}, type: choice(grade)}
          - {id: roles, label: {zh: 角色, en: Roles}, type: choices(role_kind)}
          - {id: website, label: {zh: 网站, en: Website}, type: text}
          - {id: phone, label: {zh: 电话, en: Phone}, type: text, format: phone}
          - {id: email, label: {zh: 邮箱, en: Mail}, type: text, format: email}
          - {id: tax_id, label: {zh: 税号, en: Tax id}, type: text\(unique)}
          - {id: note, label: {zh: 备注, en: Note}, type: longtext}
          - {id: score, label: {zh: 评分, en: Score}, type: \(score)}
          - {id: credit, label: {zh: 信用额, en: Credit}, type: money}
          - {id: first_order, label: {zh: 首单, en: First order}, type: day}
          - {id: friends, label: {zh: 关联, en: Friends}, type: links(company)}
        \(extra)
        search: [name_en, name_zh, code, phone, email, note]
        duplicates: [[{company_name: name_en}], [{domain: website}], [{exact: tax_id}, {exact: grade}]]
        """
    }

    static func model(version: Int = 1, company: String? = nil) throws -> Model {
        var files = Self.files
        if let company { files["objects/company.yaml"] = company }
        let result = ModelBuilder.build(packs: [Pack.read(files: files, directory: "base")], version: version)
        guard let model = result.model else {
            throw Broken(
                findings: result.diagnostics.map { "\($0.location.file):\($0.location.line) \($0.message.en)" })
        }
        return model
    }

    /// The fixture itself does not build.
    struct Broken: Error {
        let findings: [String]
    }

    /// A checked expression of the model.
    static func expression(_ source: String, on object: String, in model: Model) throws -> TypedExpression {
        try ExpressionChecker(schema: model).check(source, on: object).get()
    }

    static let start = Instant(milliseconds: 1_790_000_000_000)
    static let context = EvaluationContext(now: start, today: start.day)

    /// The same id for the same number, ordered like the numbers.
    static func id(_ number: Int) -> RecordID { RecordID(high: 0x0192_0000_0000_7000, low: UInt64(number)) }

    /// A moment `number` seconds after the start.
    static func at(_ number: Int) -> Instant { start.adding(seconds: number) }

    static func system(_ number: Int = 0, owner: RecordID? = nil) -> SystemValues {
        SystemValues(at: at(number), by: nil, owner: owner)
    }

    static func event(
        _ kind: String = "created", object: String = "company", record: Int, parent: RecordID? = nil,
        changes: [FieldChange] = []
    ) -> EventEntry {
        EventEntry(
            at: at(record), actor: id(900), actorName: "王芳", origin: "page", command: id(800 + record), object: object,
            record: id(record), parent: parent, kind: kind, changes: changes, modelVersion: 1)
    }
}
