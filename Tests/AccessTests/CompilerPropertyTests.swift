import Access
import Definitions
import Expressions
import Testing
import Values

@Suite("The compiler of access agrees with a slow oracle")
struct CompilerPropertyTests {
    private static let departments = (0..<3).map { RecordID(high: 2, low: UInt64($0)) }
    private static let regions = (0..<3).map { RecordID(high: 3, low: UInt64($0)) }
    private static let objects = ["company", "contact", "order", "note", "order_line"]

    @Test("5,000 random sets of roles: rows, fields and actions of every record", arguments: 0..<10)
    func randomRoles(_ seed: Int) {
        var dice = Dice(state: UInt64(seed))
        var records = Self.records(&dice)
        for round in 0..<500 {
            if round % 10 == 0 { records = Self.records(&dice) }
            let roles = (0..<Int.random(in: 1...3, using: &dice)).map { Self.role("r\($0)", &dice) }
            let mine = (dice.some(of: Self.departments), dice.some(of: Self.regions))
            let bounds = Self.bounds(&dice)
            let subject = Subject(user: Record.me, roles: roles.map(\.id), departments: mine.0, regions: mine.1)
            let model = World.model(roles: roles + [Self.role("other", &dice)])
            let table = AccessCompiler.compile(
                model: model, subject: subject,
                restrictions: bounds.map { Restriction(object: $0.key, source: $0.value.expression.source) })
            let oracle = Oracle(
                roles: roles, conditions: World.conditions, departments: mine.0, regions: mine.1, restrictions: bounds)
            let context = EvaluationContext(
                now: Instant(milliseconds: 0), today: Day(number: 0), me: Record.me, departments: mine.0,
                regions: mine.1, roles: roles.map(\.id))
            for record in records { compare(record, table, oracle, context, roles) }
            let walls = AccessCompiler.rowWalls(of: model)
            for record in records { compare(record, table, walls, isBound: !bounds.isEmpty, context) }
            for object in Self.objects where table.grant(object).canRead {
                #expect(table.grant(object).filterable.isSuperset(of: oracle.filterable(object)))
            }
        }
    }

    private func compare(
        _ record: Record, _ table: AccessTable, _ oracle: Oracle, _ context: EvaluationContext,
        _ roles: [RoleDefinition]
    ) {
        let access = table.grant(record.object)
        let expected = oracle.mask(record)
        let mask = access.masks(for: record, context)
        if mask != expected {
            Issue.record("\(record.object) \(record.values): \(mask) is not \(expected) with \(roles)")
        }
        let isSelected = access.canRead && access.readPredicate?.matches(record, context) ?? true
        if isSelected != expected.isVisible {
            Issue.record("\(record.object) \(record.values) selected: \(isSelected), \(roles)")
        }
        if expected.isVisible, !access.filterable.isSubset(of: expected.readable) {
            Issue.record("filterable beyond what a row shows: \(roles)")
        }
    }

    /// The wall knows neither lines' masks nor restrictions; else it shows the very rows of the compiled condition.
    private func compare(
        _ record: Record, _ table: AccessTable, _ walls: [String: RowAccess], isBound: Bool,
        _ context: EvaluationContext
    ) {
        let access = table.grant(record.object)
        let isSelected = access.canRead && access.readPredicate?.matches(record, context) ?? true
        let wall = walls[record.object] ?? .none
        let isShown = !wall.isNone && wall.predicate?.matches(record, context) ?? true
        let mayShowMore = isBound || record.object == "order_line"
        if isSelected != isShown, !(isShown && mayShowMore) {
            Issue.record("\(record.object) \(record.values): selected \(isSelected), behind the wall \(isShown)")
        }
    }

    // MARK: - Random things

    private static func bounds(_ dice: inout Dice) -> [String: World.Condition] {
        guard dice.one(in: 4) else { return [:] }
        let object = dice.one(in: 2) ? "company" : "order"
        return World.conditions[object]?.randomElement(using: &dice).map { [object: $0] } ?? [:]
    }

    private static func role(_ id: String, _ dice: inout Dice) -> RoleDefinition {
        let grants = (0..<Int.random(in: 1...4, using: &dice)).map { _ in grant(&dice) }
        return RoleDefinition(
            id: id, label: Label(zh: id, en: id), clearance: dice.some(of: ["credit", "price"]), grants: grants,
            privileges: [])
    }

    private static func grant(_ dice: inout Dice) -> ObjectGrant {
        let object = dice.one(in: 8) ? "*" : objects.randomElement(using: &dice) ?? "company"
        var actions = dice.some(of: ["create", "update", "delete", "block", "confirm"])
        if !dice.one(in: 5) { actions.append("read") }
        if dice.one(in: 6) { actions = ["*"] }
        guard object != "*" else {
            let scope: Scope = [.all, .own(fields: []), .department, .region].randomElement(using: &dice) ?? .all
            return ObjectGrant(object: object, actions: actions, scope: scope)
        }
        let fields = World.model.object(object)?.liveFields.map(\.id) ?? []
        let writable = dice.one(in: 3) ? dice.some(of: fields) : nil
        let hidden = dice.one(in: 2) ? dice.some(of: dice.some(of: fields)) : []
        if object == "order_line" {
            return ObjectGrant(object: object, actions: actions, hidden: hidden, writable: writable)
        }
        let condition = dice.one(in: 3) ? World.conditions[object]?.randomElement(using: &dice)?.expression : nil
        return ObjectGrant(
            object: object, actions: actions, scope: scope(of: object, &dice), condition: condition, hidden: hidden,
            writable: writable)
    }

    private static func scope(of object: String, _ dice: inout Dice) -> Scope {
        var scopes: [Scope] = [.all, .own(fields: []), .department, .region]
        switch object {
        case "company": scopes.append(.own(fields: ["keeper", "owner"]))
        case "order": scopes += [.own(fields: ["helpers"]), .through(via: "company")]
        case "contact": scopes += [.through(via: "company"), .through(via: "company")]
        case "note": scopes += [.through(via: "order"), .through(via: "order")]
        default: break
        }
        return scopes.randomElement(using: &dice) ?? .all
    }

    private static func records(_ dice: inout Dice) -> [Record] {
        let users = [Record.me, RecordID(high: 1, low: 2)]
        var serial: UInt64 = 100
        func make(_ object: String, _ values: [String: Value], _ links: [String: Record?] = [:], _ dice: inout Dice)
            -> Record
        {
            serial += 1
            var all = values
            all["id"] = .record(RecordID(high: 9, low: serial))
            all["owner"] = dice.one(in: 4) ? .null : .record(users.randomElement(using: &dice) ?? Record.me)
            all["department"] =
                dice.one(in: 4) ? .null : .record(departments.randomElement(using: &dice) ?? departments[0])
            all["region"] = dice.one(in: 4) ? .null : .record(regions.randomElement(using: &dice) ?? regions[0])
            let there = links.compactMapValues(\.self)
            for (field, record) in there { all[field] = record["id"] }
            return Record(object, all, links: there)
        }
        func number(_ dice: inout Dice) -> Value {
            dice.one(in: 3) ? .null : .decimal(ExactDecimal(Int.random(in: 0...20, using: &dice)))
        }
        let companies = (0..<3).map { _ in
            make(
                "company",
                [
                    "grade": .text(dice.one(in: 2) ? "A" : "B"), "limit": number(&dice),
                    "name": dice.one(in: 2) ? .null : .text("owner = ME() (“x”)"),
                    "keeper": dice.one(in: 2) ? .null : .record(Record.me),
                ], [:], &dice)
        }
        let orders = (0..<3).map { _ in
            make(
                "order",
                [
                    "no": .text(dice.one(in: 2) ? "a" : "b"), "amount": number(&dice),
                    "helpers": .list(dice.some(of: users).map { .record($0) }),
                ],
                ["company": dice.one(in: 5) ? nil : companies.randomElement(using: &dice)], &dice)
        }
        let contacts = (0..<2).map { _ in
            make(
                "contact", ["phone": dice.one(in: 2) ? .null : .text("1")],
                ["company": dice.one(in: 5) ? nil : companies.randomElement(using: &dice)], &dice)
        }
        let notes = (0..<2).map { _ in
            make("note", [:], ["order": dice.one(in: 5) ? nil : orders.randomElement(using: &dice)], &dice)
        }
        let lines = (0..<2).map { _ in make("order_line", [:], ["parent": orders.randomElement(using: &dice)], &dice) }
        return companies + orders + contacts + notes + lines
    }
}
