import Definitions
import Expressions
import Flow
import Store
import Values

/// How high a record has to go and who decides there: the company's rules over its values.
struct ApprovalPlan {
    let findings: [ApprovalTable.Finding]
    let level: Int
    /// The highest level that a limit asks for; 0 when all are kept.
    let measured: Int
    let stages: [ApprovalStage]
    /// The rule that decides the level; nil when there is none of the kind.
    let rule: RecordID?
    let why: Label
    let isSplit: Bool
    let amount: ApprovalAmount
    /// Version of the level table that was asked; nil without one.
    let table: Int?
}

struct ApprovalPlanner {
    /// As the house: rules and figures count whoever asks.
    let house: ReadContext
    let writer: RecordWriter
    let definition: ObjectDefinition
    let approval: ApprovalDefinition

    private var model: Model { house.model }

    /// Up to one statement for each linked object, one for the rules, and those of the split check.
    ///
    /// - Parameters:
    ///   - near: whose line and department the approvers are looked for in.
    ///   - tables: the level table to ask; that of an approval that has begun stays the one it began with.
    func plan(
        _ state: RecordState, near: RecordID?, tables: LevelTables.Choice = .current
    ) throws -> ApprovalPlan {
        var state = state
        try writer.link(&state, change: RecordChange(), definition)
        let table = ApprovalTable(try ApprovalRules(house: house).of(approval.kind))
        let levels = try LevelTables(house: house).table(ApprovalKey(definition, approval), tables)
        let values = try values(of: state)
        let tabled = levels?.findings(names(values, state)) ?? []
        let findings = table.findings(values) + tabled
        // What the table names may be asked above and below as well.
        let known = ApprovalTable(table.rules + tabled.compactMap(\.rule))
        let measured = findings.map(\.level).max() ?? 0
        let level = max(measured, approval.atLeast)
        let isSplit = try isSplit(state, findings, table)
        var stages: [ApprovalStage] = []
        if level > 0 {
            let book = try house.peopleBook()
            stages = (approval.isSerial ? Array(1...level) : [level]).compactMap {
                stage(at: $0, findings, known, near, book)
            }
        }
        let deciding =
            findings.first { $0.level == level && $0.rows == nil }?.rule ?? table.rules.first { $0.level == level }
        return ApprovalPlan(
            findings: findings, level: level, measured: measured, stages: stages,
            rule: (deciding ?? table.rules.first)?.id,
            why: ApprovalWords(model: model).why(
                findings, level: level, measured: measured, isSplit: isSplit), isSplit: isSplit,
            amount: amount(of: state), table: levels?.version)
    }

    // MARK: Values

    private func values(of state: RecordState) throws -> [(dimension: String, value: ExactDecimal?)] {
        try approval.dimensions.map { ($0.id, try measured($0, state)) }
    }

    /// Nil for what can't be computed: it is unknown, and so needs the highest level.
    private func measured(
        _ dimension: ApprovalDefinition.Dimension, _ state: RecordState
    ) throws -> ExactDecimal? {
        if let value = dimension.value.flatMap({ number($0, state) }) { return value }
        guard let converted = dimension.converted, let base = number(converted.amount, state) else { return nil }
        return try inCurrency(converted.currency, base)
    }

    private func number(_ expression: TypedExpression, _ state: RecordState) -> ExactDecimal? {
        // Why it can't be computed does not matter: what is unknown needs the highest level.
        (try? expression.evaluate(state, house.evaluation))?.decimal
    }

    /// By the newest rate of the house; nil without one.
    private func inCurrency(_ currency: String, _ base: ExactDecimal) throws -> ExactDecimal? {
        if currency == model.baseCurrency { return base }
        guard let rate = try Rates.newest(in: house).byCurrency[currency], rate > .zero else { return nil }
        // Beyond all numbers is beyond all limits.
        return try? base.divided(by: rate, scale: Currencies.minorUnits(of: currency))
    }

    /// What a level table may ask for.
    private func names(
        _ values: [(dimension: String, value: ExactDecimal?)], _ state: RecordState
    ) -> [String: Value] {
        var out: [String: Value] = [:]
        let check = LevelCheck(model: model, definition: definition, approval: approval)
        for name in check.names { out[name] = state[name] }
        for one in values { out[one.dimension] = one.value.map { .decimal($0) } ?? .null }
        return out
    }

    private func amount(of state: RecordState) -> ApprovalAmount {
        guard let expression = approval.amount else { return .unmeasured }
        return number(expression, state).map(ApprovalAmount.known) ?? .unknown
    }

    // MARK: Who

    private func stage(
        at level: Int, _ findings: [ApprovalTable.Finding], _ table: ApprovalTable, _ near: RecordID?,
        _ book: PeopleBook
    ) -> ApprovalStage? {
        let step = approval.steps.first { $0.level == level }
        var seats = step?.seats ?? []
        if seats.isEmpty {
            seats = roles(at: level, findings, table).map { ApprovalDefinition.Seat(role: $0) }
        }
        guard !seats.isEmpty else { return nil }
        let above = ladder(above: level, table, near, book)
        let plans = seats.flatMap { seat in
            let hours = table.rules.filter { $0.role == seat.role && $0.level == level }.map(\.hours).max() ?? 8
            let holders = people(in: seat.role, near: near, book, all: seat.isEach)
            let voices = seat.isEach && holders.count > 1 ? holders.map { [$0] } : [holders]
            return voices.map { people in
                let own = ApprovalRung(level: level, role: seat.role, people: people, hours: hours)
                return ApprovalSeatPlan(ladder: [own] + above, weight: seat.weight, hasVeto: seat.hasVeto)
            }
        }
        return ApprovalStage(level: level, mode: ApprovalMode(step?.mode ?? approval.mode), seats: plans)
    }

    /// The positions that the company's rules name for a level.
    private func roles(at level: Int, _ findings: [ApprovalTable.Finding], _ table: ApprovalTable) -> [String] {
        var deciding = findings.filter { $0.level >= level }.compactMap { finding in
            finding.level == level
                ? finding.rule : table.rules.first { $0.dimension == finding.dimension && $0.level == level }
        }
        if deciding.allSatisfy({ $0.role == "none" && !$0.countersign }) {
            // Asked for although every limit is kept: whoever decides the lowest level that there is.
            let higher = table.rules.filter { $0.level >= level }
            let lowest = higher.map(\.level).min()
            deciding = higher.filter { $0.level == lowest }.prefix(1).map(\.self)
        }
        var roles: [String] = []
        for rule in deciding where rule.role != "none" && !roles.contains(rule.role) { roles.append(rule.role) }
        if deciding.contains(where: \.countersign), !roles.contains(where: { $0.hasPrefix("finance") }) {
            roles.append("finance_manager")
        }
        return roles
    }

    private func ladder(
        above level: Int, _ table: ApprovalTable, _ near: RecordID?, _ book: PeopleBook
    ) -> [ApprovalRung] {
        let top = table.rules.map(\.level).max() ?? 0
        guard top > level else { return [] }
        return ((level + 1)...top).compactMap { level in
            let rules = table.rules.filter { $0.level == level && $0.role != "none" }
            guard let first = rules.first else { return nil }
            var found: [RecordID] = []
            for role in Set(rules.map(\.role)).sorted() {
                for person in people(in: role, near: near, book) where !found.contains(person) { found.append(person) }
            }
            return ApprovalRung(level: level, role: first.role, people: found, hours: first.hours)
        }
    }

    /// Those who hold the position nearest to somebody: the line above them, else their department, their region, all.
    ///
    /// - Parameter all: everybody who holds it, wherever they are.
    private func people(
        in position: String, near: RecordID?, _ book: PeopleBook, all: Bool = false
    ) -> [RecordID] {
        let roles = Set(model.roles.map(\.id))
        var holders = book.holders(of: position, near: near, knownRoles: roles)
        if holders.isEmpty, let base = position.split(separator: "_").first.map(String.init), roles.contains(base) {
            holders = book.holders(of: base, near: near, knownRoles: roles)
        }
        guard !all, let me = near.flatMap({ book.byID[$0] }) else { return holders }
        var line: Set<RecordID> = []
        var above = me.manager
        while let next = above, line.insert(next).inserted { above = book.byID[next]?.manager }
        if let first = holders.first(where: line.contains) { return [first] }
        let persons = holders.compactMap { book.byID[$0] }
        for near in [
            persons.filter { $0.department != nil && $0.department == me.department },
            persons.filter { $0.region != nil && $0.region == me.region },
        ] where !near.isEmpty {
            return near.map(\.id)
        }
        return holders
    }

    // MARK: Split orders

    private func isSplit(
        _ state: RecordState, _ findings: [ApprovalTable.Finding], _ table: ApprovalTable
    ) throws -> Bool {
        guard let rule = approval.split, let own = findings.first(where: { $0.dimension == rule.of })?.value,
            let party = state[rule.by].record, let day = Self.day(state[rule.date]),
            let measure = approval.dimensions.first(where: { $0.id == rule.of })
        else { return false }
        let source = "\(rule.by) = \"\(party.description)\""
        guard let same = try? house.filter(source, on: definition.id) else { return false }  // no link to filter by
        let query = RecordQuery(
            object: definition.id, predicates: [same] + (rule.condition.map { [$0] } ?? []), context: house.evaluation,
            fields: [FieldPath([rule.date])], limit: 50)
        var others: [ExactDecimal] = []
        for row in try house.store.select(query) where row.id != state.id {
            guard let date = Self.day(row[path: rule.date]), abs(date.number - day.number) <= rule.days else {
                continue
            }
            var other = try writer.load(definition, row.id).0.state
            try writer.link(&other, change: RecordChange(), definition)
            // One that can't be computed adds nothing to the sum.
            if let value = try measured(measure, other) { others.append(value) }
        }
        return table.isSplit(rule.of, own: own, others: others)
    }

    private static func day(_ value: Value) -> Day? { value.day ?? value.instant?.day }
}

extension ApprovalMode {
    fileprivate init(_ mode: ApprovalDefinition.Mode) {
        switch mode {
        case .all: self = .all
        case .any: self = .any
        case .sequential: self = .sequential
        case .vote(let share): self = .ratio(share)
        }
    }
}
