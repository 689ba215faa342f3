import Access
import Definitions
import Expressions
import Testing
import Values

/// A small company: companies, their contacts, orders with lines, notes on orders.
enum World {
    static let files = [
        "pack.yaml": "{id: world, version: '1', label: {zh: 世界, en: World}}",
        "objects/all.yaml": """
        - id: user
          label: {zh: 用户, en: User}
          plural: {zh: 用户, en: Users}
          title: [name]
          setting: true
          fields:
            - {id: name, label: {zh: 姓名, en: Name}, type: text}
        - id: company
          label: {zh: 客户, en: Company}
          plural: {zh: 客户, en: Companies}
          title: [name]
          fields:
            - {id: name, label: {zh: 名称, en: Name}, type: text}
            - {id: grade, label: {zh: 等级, en: Grade}, type: text}
            - {id: limit, label: {zh: 额度, en: Limit}, type: integer, sensitivity: credit}
            - {id: keeper, label: {zh: 跟单, en: Keeper}, type: link(user)}
            - {id: score, label: {zh: 得分, en: Score}, type: integer, readonly: true}
          actions:
            - {id: block, label: {zh: 冻结, en: Block}}
        - id: contact
          label: {zh: 联系人, en: Contact}
          plural: {zh: 联系人, en: Contacts}
          title: [name]
          fields:
            - {id: name, label: {zh: 姓名, en: Name}, type: text}
            - {id: phone, label: {zh: 电话, en: Phone}, type: text}
            - {id: company, label: {zh: 客户, en: Company}, type: link(company)}
        - id: order
          label: {zh: 订单, en: Order}
          plural: {zh: 订单, en: Orders}
          title: [no]
          fields:
            - {id: no, label: {zh: 单号, en: No.}, type: text}
            - {id: company, label: {zh: 客户, en: Company}, type: link(company)}
            - {id: amount, label: {zh: 金额, en: Amount}, type: integer, sensitivity: price}
            - {id: helpers, label: {zh: 协同, en: Helpers}, type: links(user)}
            - {id: lines, label: {zh: 明细, en: Lines}, type: lines(order_line)}
          actions:
            - {id: confirm, label: {zh: 确认, en: Confirm}}
        - id: order_line
          label: {zh: 行, en: Line}
          parent: order
          fields:
            - {id: qty, label: {zh: 数量, en: Quantity}, type: integer}
            - {id: cost, label: {zh: 成本, en: Cost}, type: integer, sensitivity: price}
        - id: note
          label: {zh: 备注, en: Note}
          plural: {zh: 备注, en: Notes}
          title: [text]
          fields:
            - {id: text, label: {zh: 内容, en: Text}, type: text}
            - {id: order, label: {zh: 订单, en: Order}, type: link(order)}
        """,
    ]

    static let model: Model = {
        let result = ModelBuilder.build(packs: [Pack.read(files: files, directory: "world")], version: 1)
        guard let model = result.model else { preconditionFailure(DefinitionPrinter.report(result.diagnostics)) }
        return model
    }()

    static func model(roles: [RoleDefinition]) -> Model {
        Model(
            version: 1, packs: model.packs, objects: model.objects, lists: model.lists, roles: roles, menu: model.menu,
            baseCurrency: model.baseCurrency)
    }

    /// A condition of a grant, and the same told in Swift.
    struct Condition: Sendable {
        let expression: TypedExpression
        let holds: @Sendable (Record) -> Bool
    }

    static func condition(
        _ source: String, on object: String, _ holds: @escaping @Sendable (Record) -> Bool
    ) -> Condition {
        guard
            case .success(let expression) = ExpressionChecker(schema: model).check(source, on: object, expecting: .bool)
        else { preconditionFailure(source) }
        return Condition(expression: expression, holds: holds)
    }

    static let conditions: [String: [Condition]] = [
        "company": [
            condition("grade = \"A\"", on: "company") { $0["grade"] == .text("A") },
            condition("NOT (limit > 10)", on: "company") { record in
                record["limit"].decimal.map { $0 <= ExactDecimal(10) } ?? false
            },
            condition("name <> \"owner = ME() (“x”)\" OR ISBLANK(name)", on: "company") {
                $0["name"] != .text("owner = ME() (“x”)")
            },
        ],
        "order": [
            condition("amount > 5", on: "order") { record in
                record["amount"].decimal.map { $0 > ExactDecimal(5) } ?? false
            },
            condition("HAS(helpers, ME()) OR no = \"b\"", on: "order") { record in
                record["no"] == .text("b") || record.list("helpers").contains(.record(Record.me))
            },
        ],
        "contact": [
            condition("NOT ISBLANK(phone)", on: "contact") { $0["phone"] != .null && $0["phone"] != .text("") }
        ],
    ]
}

/// A record of the small company with everything it links to.
final class Record: Sendable, FieldSource {
    static let me = RecordID(high: 1, low: 1)
    let object: String
    let values: [String: Value]
    let links: [String: Record]

    init(_ object: String, _ values: [String: Value], links: [String: Record] = [:]) {
        self.object = object
        self.values = values
        self.links = links
    }

    subscript(_ field: String) -> Value { values[field] ?? .null }

    func list(_ field: String) -> [Value] { if case .list(let items) = self[field] { items } else { [] } }

    func value(at path: FieldPath) -> Value {
        if path.steps.count == 1 { return self[path.first] }
        return links[path.first]?.value(at: FieldPath(Array(path.steps.dropFirst()))) ?? .null
    }

    func lines(at path: FieldPath) -> [any FieldSource] { [] }
}

/// Repeatable random numbers (SplitMix64, Steele, Lea, Flood 2014).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func one(in sides: Int) -> Bool { Int.random(in: 0..<sides, using: &self) == 0 }

    mutating func some<Item>(of items: [Item]) -> [Item] { items.filter { _ in one(in: 2) } }
}
