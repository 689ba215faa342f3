import Interchange
import Testing
import Values

@Suite("DMN files")
struct DMNTests {
    @Test("A file of a modeller is read, and given back without a difference", arguments: DMNFiles.all)
    func roundTrip(file: String) throws {
        let document = try DMNDocument(Array(file.utf8))
        let again = try DMNDocument(Array(document.written.utf8))
        #expect(again == document)
        var same = document
        for table in document.tables { same.set(table) }
        #expect(same.xml == document.xml)
    }

    @Test("Inputs, outputs, rules, types and hit policy are understood")
    func reading() throws {
        let table = try #require(DMNDocument(Array(DMNFiles.camunda.utf8)).tables.first)
        #expect(table.id == "approval_level" && table.name == "Approval level")
        #expect(table.hitPolicy == .collect(.maximum))
        #expect(table.inputs.map(\.expression) == ["discount", "Payment risk"])
        #expect(table.inputs.map(\.type) == ["number", "integer"])
        #expect(table.outputs.map(\.name) == ["level"])
        #expect(table.rules.map(\.tests) == [["<= 3", "-"], ["(3..8]", "-"], ["> 8", ">= 4"]])
        let logic = try #require(table.checked().logic)
        let result = try logic.decide([
            "discount": .decimal(ExactDecimal(9)), "Payment risk": .decimal(ExactDecimal(5)),
        ])
        #expect(result.outputs == [["level": .decimal(ExactDecimal(3))]])
    }

    @Test("A changed rule changes its cell and nothing else")
    func change() throws {
        var document = try DMNDocument(Array(DMNFiles.camunda.utf8))
        var table = document.tables[0]
        table.rules[0].tests[0] = "<= 4"
        table.rules.append(DecisionTable.Rule(id: "r9", tests: ["> 90", "-"], results: ["4"]))
        document.set(table)
        #expect(try DMNDocument(Array(document.written.utf8)).tables == [table])
        let text = document.written
        #expect(
            text.contains("biodi:width=\"192\"") && text.contains("<!-- 分级审批 -->") && text.contains("dmndi:DMNShape"))
        #expect(text.contains("<text><![CDATA[(3..8]]]></text>"))
        table.rules.removeLast()
        table.rules[0].tests[0] = "<= 3"
        document.set(table)
        #expect(try document.xml == XMLDocument(DMNFiles.camunda))
    }

    @Test("A new file holds what was put in")
    func new() throws {
        let table = DecisionTable(
            id: "rate", name: "Rate", hitPolicy: .priority,
            inputs: [.init(id: "i1", label: "国家", expression: "country", type: "string", allowed: "\"DE\",\"FR\"")],
            outputs: [
                .init(id: "o1", name: "rate", type: "number", allowed: "2, 1", fallback: "0"),
                .init(id: "o2", label: "说明", name: "why", type: "string"),
            ],
            rules: [.init(id: "r1", tests: ["\"DE\""], results: ["1", "\"a < b & c\""], notes: ["注"])],
            names: ["Rate"])
        let written = DMNDocument(name: "Rates", tables: [table]).written
        #expect(try DMNDocument(Array(written.utf8)).tables == [table])
    }

    @Test("The report says what is executed, kept and refused")
    func report() throws {
        let report = try DMNDocument(Array(DMNFiles.signavio.utf8)).report
        #expect(report.filter { $0.treatment == .executed }.map(\.id) == ["d1"])
        #expect(report.filter { $0.treatment == .refused }.map(\.code) == ["not_a_table", "unknown_hit_policy"])
        #expect(report.contains { $0.treatment == .kept && $0.element == "businessKnowledgeModel" })
    }

    @Test("Another format is refused")
    func otherFormat() {
        #expect(throws: InterchangeError.otherFormat("a")) { try DMNDocument(Array("<a/>".utf8)) }
    }
}

/// Files as different modellers write them.
enum DMNFiles {
    static let all = [camunda, signavio]

    static let camunda = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" id="defs" name="DRD" namespace="http://camunda.org/schema/1.0/dmn">
          <!-- 分级审批 -->
          <inputData id="risk" name="Payment risk" />
          <decision id="approval_level" name="Approval level">
            <informationRequirement id="ir1"><requiredInput href="#risk" /></informationRequirement>
            <decisionTable id="dt1" hitPolicy="COLLECT" aggregation="MAX">
              <input id="i1" label="折扣 Discount" biodi:width="192">
                <inputExpression id="ie1" typeRef="number"><text>discount</text></inputExpression>
              </input>
              <input id="i2" label="Risk">
                <inputExpression id="ie2" typeRef="integer"><text>Payment risk</text></inputExpression>
              </input>
              <output id="o1" name="level" typeRef="integer" />
              <rule id="r1">
                <description>own authority</description>
                <inputEntry id="e1"><text>&lt;= 3</text></inputEntry>
                <inputEntry id="e2"><text>-</text></inputEntry>
                <outputEntry id="e3"><text>0</text></outputEntry>
              </rule>
              <rule id="r2">
                <inputEntry id="e4"><text><![CDATA[(3..8]]]></text></inputEntry>
                <inputEntry id="e5"><text>-</text></inputEntry>
                <outputEntry id="e6"><text>1</text></outputEntry>
              </rule>
              <rule id="r3">
                <inputEntry id="e7"><text>&gt; 8</text></inputEntry>
                <inputEntry id="e8"><text>&gt;= 4</text></inputEntry>
                <outputEntry id="e9"><text>3</text></outputEntry>
              </rule>
            </decisionTable>
          </decision>
          <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="approval_level"><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
        </definitions>
        """

    static let signavio = """
        <?xml version='1.0' encoding='UTF-8'?>
        <semantic:definitions xmlns:semantic="http://www.omg.org/spec/DMN/20180521/MODEL/" xmlns:feel="http://www.omg.org/spec/DMN/20180521/FEEL/" xmlns:sig="http://www.example.com/signavio/dmn/1.2" name="terms" namespace="urn:x">
        <semantic:itemDefinition name="tier"><semantic:typeRef>feel:string</semantic:typeRef></semantic:itemDefinition>
        <semantic:decision id="d1" name="discount" sig:shapeId="sid-1"><semantic:extensionElements/><semantic:variable name="discount" typeRef="feel:number"/>
        <semantic:decisionTable hitPolicy="UNIQUE" outputLabel="discount"><semantic:input sig:x="1"><semantic:inputExpression typeRef="feel:string"><semantic:text>tier</semantic:text></semantic:inputExpression><semantic:inputValues><semantic:text>"A","B"</semantic:text></semantic:inputValues></semantic:input><semantic:output/>
        <semantic:rule><semantic:inputEntry><semantic:text>"A"</semantic:text></semantic:inputEntry><semantic:outputEntry><semantic:text>0.1</semantic:text></semantic:outputEntry></semantic:rule>
        <semantic:rule><semantic:inputEntry><semantic:text>"B"</semantic:text></semantic:inputEntry><semantic:outputEntry><semantic:text>0</semantic:text></semantic:outputEntry></semantic:rule></semantic:decisionTable></semantic:decision>
        <semantic:decision id="d2" name="price"><semantic:literalExpression><semantic:text>list * (1 - discount)</semantic:text></semantic:literalExpression></semantic:decision>
        <semantic:decision id="d3" name="odd"><semantic:decisionTable hitPolicy="BEST"/></semantic:decision>
        <semantic:businessKnowledgeModel id="b1" name="f"/>
        </semantic:definitions>
        """
}
