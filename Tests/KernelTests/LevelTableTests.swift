import Definitions
import Kernel
import Testing
import Values

/// Decision tables of other programs as the levels of approvals.
@Suite("Level tables of approvals") struct LevelTableTests {
    private let key = ApprovalKey("quotation.price")

    /// A table over the customer's currency and the amount: level 3 from 20,000 CNY in dollars.
    private func file(
        policy: String = "UNIQUE", input: String = "amount_cny", cell: String = "&gt;= 20000", level: String = "3",
        role: String = "\"general_manager\""
    ) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Dollars" namespace="urn:x">
              <decision id="dollars" name="Dollars">
                <decisionTable hitPolicy="\(policy)">
                  <input id="i1"><inputExpression typeRef="string"><text>currency</text></inputExpression></input>
                  <input id="i2"><inputExpression typeRef="number"><text>\(input)</text></inputExpression></input>
                  <output id="o1" name="level" typeRef="number"/>
                  <output id="o2" name="role" typeRef="string"/>
                  <rule id="r1"><inputEntry><text>not("USD")</text></inputEntry><inputEntry><text>-</text></inputEntry>
                    <outputEntry><text>0</text></outputEntry><outputEntry><text>"none"</text></outputEntry></rule>
                  <rule id="r2"><inputEntry><text>"USD"</text></inputEntry><inputEntry><text>&lt; 20000</text></inputEntry>
                    <outputEntry><text>1</text></outputEntry><outputEntry><text>"sales_manager"</text></outputEntry></rule>
                  <rule id="r3"><inputEntry><text>"USD"</text></inputEntry><inputEntry><text>\(cell)</text></inputEntry>
                    <outputEntry><text>\(level)</text></outputEntry><outputEntry><text>\(role)</text></outputEntry></rule>
                </decisionTable>
              </decision>
            </definitions>
            """.utf8)
    }

    private func check(_ house: TestHouse, _ file: [UInt8]) async throws -> [LevelFinding] {
        try await house.kernel.answer(
            CheckLevels(approval: try #require(key), file: file), as: try await house.actor("ada"))
    }

    private func bringIn(_ house: TestHouse, _ file: [UInt8], as login: String = "ada") async throws -> Outcome {
        try await house.kernel.perform(
            Command(.levels(.bringIn(approval: try #require(key), file: file))), as: try await house.actor(login))
    }

    @Test("The company's limits leave as DMN that checks without an error, and come back")
    func export() async throws {
        let house = try await TestHouse.open()
        let text = try await house.kernel.answer(
            LevelFile(approval: try #require(key), source: .limits), as: try await house.actor("ada"))
        #expect(text.contains("https://www.omg.org/spec/DMN/20191111/MODEL/"))
        #expect(text.contains("[0.03..0.08)") && text.contains("&gt;= 0.15") || text.contains(">= 0.15"))
        let findings = try await check(house, Array(text.utf8))
        #expect(findings.filter(\.isError) == [])
        _ = try await bringIn(house, Array(text.utf8))
        let (_, summary) = try await house.submittedQuotation()
        #expect(summary.level == 2)
        #expect(summary.why.en.contains("the table “discount_pct”, rule 3: level 2"))
        await house.end()
    }

    @Test(
        "A rehearsal tells what is wrong with a file, and where",
        arguments: [
            ("input", "total", "feel_unknown_name"), ("cell", ">= [", "feel_syntax"),
            ("cell", "&gt;= 10000", "table_overlap"), ("cell", "&gt;= 30000", "table_gap"),
            ("level", "7", "table_bad_level"), ("role", "\"king\"", "table_unknown_role"),
            ("policy", "BEST", "unknown_hit_policy"),
        ])
    func wrong(_ part: String, _ text: String, _ code: String) async throws {
        let house = try await TestHouse.open()
        let file =
            switch part {
            case "input": file(input: text)
            case "cell": file(cell: text.replacing(">= [", with: "&gt;= ["))
            case "level": file(level: text)
            case "role": file(role: text)
            default: file(policy: text)
            }
        let found = try await check(house, file)
        #expect(found.map(\.code).contains(code), "\(found.map(\.code))")
        let isError = code != "table_gap"
        #expect(found.first { $0.code == code }?.isError == isError)
        // The rule, the first of two that overlap, or the decision.
        let line = ["feel_syntax": 13, "table_bad_level": 13, "table_unknown_role": 13, "table_overlap": 11][code] ?? 3
        #expect(found.first { $0.code == code }?.line == line, "\(found)")
        if isError {
            let refusal = try await refused { try await bringIn(house, file) }
            #expect(refusal.problems.map(\.code).contains(code))
            #expect(refusal.problems.first { $0.code == code }?.message.en.hasPrefix("line ") == true)
        }
        await house.end()
    }

    @Test("A rehearsal tells each rule that would come or go, against the table in force or the company's limits")
    func rehearsal() async throws {
        let house = try await TestHouse.open()
        let key = try #require(key)
        let ada = try await house.actor("ada")
        let limits = try await house.kernel.answer(LevelFile(approval: key, source: .limits), as: ada)
        let same = try await house.kernel.answer(RehearseLevels(approval: key, file: Array(limits.utf8)), as: ada)
        #expect(same.isFit && same.replaces == nil && same.changes == [])
        _ = try await bringIn(house, file())
        let next = try await house.kernel.answer(RehearseLevels(approval: key, file: file(level: "4")), as: ada)
        #expect(next.replaces == 1)
        #expect(next.changes.map(\.kind) == [.removed, .added])
        #expect(next.changes.last?.decision == "Dollars")
        #expect(next.changes.last?.text.en.contains("level 4") == true, "\(next.changes)")
        #expect(next.changes.last?.text.zh.contains("4 级") == true)
        let broken = try await house.kernel.answer(RehearseLevels(approval: key, file: Array("no".utf8)), as: ada)
        #expect(!broken.isFit && broken.changes == [])
        let shown = try await house.kernel.answer(LevelsOf(approval: key), as: ada)
        #expect(shown.tables.map(\.rules.count) == [3])
        await house.end()
    }

    @Test("The table and the limits are asked, the higher one decides, and the reason names the rule")
    func higher() async throws {
        let house = try await TestHouse.open()
        _ = try await bringIn(house, file())
        let (_, summary) = try await house.submittedQuotation()
        #expect(summary.level == 3)
        #expect(summary.approvers.map(\.person) == [Staff.id("zong")])
        #expect(summary.why.en.contains("the table “Dollars”, rule 3: level 3"))
        #expect(summary.why.en.contains("Discount %: level 2"))
        let detail = try await house.kernel.answer(
            ShowApproval(id: try #require(summary.id)), as: try await house.actor("zong"))
        #expect(detail.findings.last?.rows == [3])
        await house.end()
    }

    @Test("What has begun keeps its table; what is asked later takes the new one")
    func versions() async throws {
        let house = try await TestHouse.open()
        let (id, summary) = try await house.submittedQuotation()
        #expect(summary.level == 2)
        _ = try await bringIn(house, file())
        try await house.decide("approve", summary.id, as: "dong")
        #expect(try await house.show("quotation", id)["status"] == .text("approved"))
        _ = try await bringIn(house, file(level: "4"))
        let answer = try await house.kernel.answer(
            LevelsOf(approval: try #require(key)), as: try await house.actor("dong"))
        #expect(answer.versions.map(\.number) == [2, 1])
        #expect(answer.versions.map(\.isInForce) == [true, false])
        _ = try await house.kernel.perform(
            Command(.levels(.takeOut(approval: try #require(key)))), as: try await house.actor("ada"))
        let after = try await house.kernel.answer(
            LevelsOf(approval: try #require(key)), as: try await house.actor("dong"))
        #expect(after.versions.map(\.isInForce) == [false, false])
        await house.end()
    }

    @Test("Only who writes the company's limits brings a table in")
    func rights() async throws {
        let house = try await TestHouse.open()
        #expect(try await refused { try await bringIn(house, file(), as: "lin") }.code == "forbidden")
        #expect(
            try await refused {
                try await house.kernel.answer(
                    LevelsOf(approval: try #require(ApprovalKey("quotation.none"))), as: try await house.actor("ada"))
            }.code == "not_found")
        await house.end()
    }
}
