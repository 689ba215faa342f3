import Definitions
import Interchange
import Testing
import Values

@Suite("Decision tables")
struct DecisionTableTests {
    static func table(
        _ policy: HitPolicy, inputs: [DecisionTable.Input] = [.init(expression: "discount", type: "number")],
        outputs: [DecisionTable.Output] = [.init(name: "level", type: "number")], _ rules: [([String], [String])]
    ) -> DecisionTable {
        DecisionTable(
            id: "level", name: "level", hitPolicy: policy, inputs: inputs, outputs: outputs,
            rules: rules.map { DecisionTable.Rule(tests: $0.0, results: $0.1) })
    }

    /// Discount ≤ 3 / 8 / 15 / > 15 % → level 0 / 1 / 2 / 3.
    static let levels = table(
        .unique, [(["<= 3"], ["0"]), (["(3..8]"], ["1"]), (["(8..15]"], ["2"]), (["> 15"], ["3"])])

    private func number(_ text: String) -> Value { ExactDecimal(text).map { .decimal($0) } ?? .null }

    private func run(_ table: DecisionTable, _ discount: String) throws -> [Value] {
        let logic = try #require(table.checked().logic)
        return try logic.decide(["discount": number(discount)]).outputs.compactMap { $0["level"] }
    }

    @Test(
        "A unique table gives the one rule that matches",
        arguments: [("0", "0"), ("3", "0"), ("3.01", "1"), ("8", "1"), ("15", "2"), ("15.0001", "3")])
    func unique(discount: String, level: String) throws {
        #expect(try run(Self.levels, discount) == [number(level)])
        #expect(Self.levels.checked().findings.isEmpty)
    }

    @Test("Overlaps of a unique table are found beforehand and are an error where they are met")
    func overlap() throws {
        let table = Self.table(.unique, [(["<= 5"], ["0"]), (["[5..8]"], ["1"]), (["> 8"], ["2"])])
        #expect(table.checked().findings == [DecisionFinding(.overlap(["5"]), rules: [1, 2])])
        #expect(try run(table, "4") == [number("0")])
        #expect(throws: DecisionError.notUnique(rules: [1, 2])) { try run(table, "5") }
    }

    @Test("Gaps are found, between values and between days")
    func gaps() {
        let numbers = Self.table(
            .unique, [(["< 3"], ["0"]), (["(3..8)"], ["1"]), (["[9..10]"], ["1"]), (["> 10"], ["2"])])
        #expect(
            numbers.checked().findings == [DecisionFinding(.gap(["3"])), DecisionFinding(.gap(["[8..9)"]))])
        let days = Self.table(
            .unique, inputs: [.init(expression: "discount", type: "date")],
            [(["<= date(\"2026-01-31\")"], ["0"]), ([">= date(\"2026-02-01\")"], ["1"])])
        #expect(days.checked().findings.isEmpty)
        let whole = Self.table(
            .unique, inputs: [.init(expression: "discount", type: "integer")], [(["<= 3"], ["0"]), ([">= 5"], ["1"])])
        #expect(whole.checked().findings == [DecisionFinding(.gap(["[4..5)"]))])
    }

    @Test("Two inputs are compared together")
    func twoInputs() {
        let inputs = [
            DecisionTable.Input(expression: "amount", type: "number"),
            DecisionTable.Input(expression: "class", type: "string", allowed: "\"A\",\"B\",\"C\""),
        ]
        let table = Self.table(
            .unique, inputs: inputs,
            [
                (["< 100", "\"A\""], ["0"]), ([">= 100", "\"A\",\"B\""], ["1"]), (["< 100", "\"B\""], ["2"]),
                ([">= 50", "\"C\""], ["3"]), ([">= 200", "not(\"A\")"], ["4"]),
            ])
        #expect(
            Set(table.checked().findings) == [
                DecisionFinding(.gap(["< 50", "\"C\""])),
                DecisionFinding(.overlap([">= 200", "\"B\""]), rules: [2, 5]),
                DecisionFinding(.overlap([">= 200", "\"C\""]), rules: [4, 5]),
            ])
    }

    @Test("Overlaps and gaps agree with 3,000 random tables tried out point by point")
    func oracle() throws {
        var dice = Dice(11)
        for round in 0..<3000 {
            let rules = (0..<dice.roll(4) + 1).map { _ in
                ([Self.cell(&dice), Self.cell(&dice)], ["1"])
            }
            let table = Self.table(
                .unique,
                inputs: [.init(expression: "a", type: "number"), .init(expression: "b", type: "number")], rules)
            let (logic, findings) = table.checked()
            let run = try #require(logic)
            var overlaps = Set<[Int]>()
            var hasGap = false
            for a in -1...9 {
                for b in -1...9 {
                    // Halves reach between the bounds, which are whole.
                    let point = ["a": number("\(Double(a) / 2)"), "b": number("\(Double(b) / 2)")]
                    switch Result(catching: { () throws(DecisionError) in try run.decide(point) }) {
                    case .success(let result): if result.rules.isEmpty { hasGap = true }
                    case .failure(.notUnique(let rules)): overlaps.insert(rules)
                    case .failure(let error): Issue.record(error)
                    }
                }
            }
            let found = Set(findings.compactMap { if case .overlap = $0.kind { $0.rules } else { nil } })
            #expect(found == overlaps, "round \(round): \(rules)")
            let foundGap = findings.contains { if case .gap = $0.kind { true } else { false } }
            #expect(foundGap == hasGap, "round \(round): \(rules)")
        }
    }

    private static func cell(_ dice: inout Dice) -> String {
        let (a, b) = (dice.roll(4), dice.roll(4))
        switch dice.roll(6) {
        case 0: return "-"
        case 1: return dice.pick(["< ", "<= ", "> ", ">= "]) + String(a)
        case 2: return dice.pick(["[", "("]) + "\(min(a, b))..\(max(a, b) + 1)" + dice.pick(["]", ")"])
        case 3: return "not(\(a))"
        case 4: return "\(a), \(b)"
        default: return "\(a)"
        }
    }

    @Test("The hit policies")
    func policies() throws {
        let rules = [(["> 1"], ["10"]), (["> 2"], ["30"]), (["> 3"], ["20"])]
        let output = [DecisionTable.Output(name: "level", allowed: "30, 20, 10")]
        func values(_ policy: HitPolicy, _ outputs: [DecisionTable.Output] = [.init(name: "level")]) throws -> [Value] {
            try run(Self.table(policy, outputs: outputs, rules), "5")
        }
        #expect(try values(.first) == [number("10")])
        #expect(try values(.ruleOrder) == ["10", "30", "20"].map(number))
        #expect(try values(.collect(nil)) == ["10", "30", "20"].map(number))
        #expect(try values(.priority, output) == [number("30")])
        #expect(try values(.outputOrder, output) == ["30", "20", "10"].map(number))
        #expect(try values(.collect(.sum)) == [number("60")])
        #expect(try values(.collect(.minimum)) == [number("10")])
        #expect(try values(.collect(.maximum)) == [number("30")])
        #expect(try values(.collect(.count)) == [number("3")])
        #expect(throws: DecisionError.contradiction(rules: [1, 2, 3])) { try values(.any) }
        let same = Self.table(.any, [(["> 1"], ["1 + 1"]), (["> 2"], ["2"])])
        #expect(try run(same, "5") == [number("2")])
        #expect(try run(Self.table(.collect(.count), rules), "0") == [.decimal(.zero)])
        #expect(try run(Self.table(.collect(.sum), rules), "0") == [])
    }

    @Test("What no rule says, the default output says")
    func fallback() throws {
        let table = Self.table(.unique, outputs: [.init(name: "level", fallback: "4")], [(["< 3"], ["0"])])
        #expect(try run(table, "9") == [number("4")])
        #expect(table.checked().findings.isEmpty)
    }

    @Test("Cells that can't be read stop the table, and each is named")
    func unreadable() {
        let table = Self.table(.unique, [(["<< 3"], ["0"]), (["1", "2"], ["1"]), (["3"], ["\"x"])])
        let (logic, findings) = table.checked()
        #expect(logic == nil)
        #expect(findings.map(\.code) == ["feel_syntax", "table_cell_count", "feel_syntax"])
        #expect(findings.map(\.rules) == [[1], [2], [3]])
        #expect(findings.allSatisfy { !$0.message.zh.isEmpty && !$0.message.en.isEmpty })
        #expect(Self.table(.priority, [(["3"], ["1"])]).checked().findings.map(\.code).contains("table_policy_needs"))
    }

    @Test("A value that the input doesn't allow is refused; a cell nothing can meet is told")
    func allowed() throws {
        let table = Self.table(
            .unique, inputs: [.init(expression: "discount", type: "number", allowed: "[0..100]")],
            [(["[0..100]"], ["0"]), (["> 200"], ["1"])])
        #expect(table.checked().findings == [DecisionFinding(.neverMatches, rules: [2], column: 1)])
        #expect(throws: DecisionError.notAllowed(input: 1)) { try run(table, "101") }
    }

    @Test("Cells with names run, and are told as not compared")
    func names() throws {
        let table = Self.table(.unique, [(["< limit"], ["0"]), ([">= limit"], ["1"])])
        let (logic, findings) = table.checked()
        #expect(findings.map(\.code) == ["table_not_compared", "table_not_compared"])
        #expect(try logic?.decide(["discount": number("4"), "limit": number("5")]).rules == [1])
    }
}
