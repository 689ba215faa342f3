import Expressions
import Values

/// The fixture's rows in memory.
struct AgreementData {
    var lands: [FixtureRow] = []
    var firms: [FixtureRow] = []
    var deals: [FixtureRow] = []

    init(deals count: Int, dice: inout Dice) {
        for index in 0..<3 { lands.append(Self.row("land", index, &dice)) }
        for index in 0..<6 {
            let firm = Self.row("firm", index, &dice)
            Self.link(firm, "land", lands, &dice)
            firms.append(firm)
        }
        for index in 0..<count {
            let deal = Self.row("deal", index, &dice)
            Self.link(deal, "firm", firms, &dice)
            for line in 0..<dice.pick([0, 0, 1, 2, 3, 4]) {
                let part = Self.row("part", index * 10 + line, &dice)
                Self.link(part, "firm", firms, &dice)
                part.values["parent"] = .record(deal.id)
                part.isDeleted = dice.chance(15)
                deal.parts.append(part)
            }
            deals.append(deal)
        }
    }

    private static func link(_ row: FixtureRow, _ field: String, _ targets: [FixtureRow], _ dice: inout Dice) {
        if dice.chance(20) {
            row.values[field] = .null
            return
        }
        let target = dice.pick(targets)
        row.linked[field] = target
        row.values[field] = .record(target.id)
    }

    private static func row(_ object: String, _ index: Int, _ dice: inout Dice) -> FixtureRow {
        let number: [String: UInt64] = ["land": 1, "firm": 2, "deal": 3, "part": 4]
        let row = FixtureRow(object: object, id: RecordID(high: number[object] ?? 9, low: UInt64(index)), values: [:])
        for (field, type) in (AgreementFixture.fields[object] ?? [:]).sorted(by: { $0.key < $1.key }) {
            row.values[field] = dice.chance(15) ? .null : value(field, type, &dice)
        }
        return row
    }

    private static func value(_ field: String, _ type: ValueType, _ dice: inout Dice) -> Value {
        switch type {
        case .bool: return .bool(dice.chance(50))
        case .text:
            if field == "code" || field == "grade" { return .text(dice.pick(HostileValues.codes)) }
            if field == "total.currency" { return .text(dice.pick(HostileValues.currencies)) }
            return .text(HostileValues.text(&dice))
        case .decimal(let scale):
            return .decimal(ExactDecimal(units: Int128(HostileValues.integer(&dice)), scale: scale))
        case .day: return .day(HostileValues.day(&dice))
        case .instant: return .instant(HostileValues.instant(&dice))
        case .record("user"), .record("department"), .record("region"): return .record(HostileValues.person(&dice))
        case .list(.text):
            let codes = HostileValues.codes.filter { _ in dice.chance(40) }
            return .list(codes.map(Value.text))
        case .list(.record): return .list((0..<dice.below(3)).map { _ in .record(HostileValues.person(&dice)) })
        default: return .null
        }
    }
}
