import Definitions
import Flow
import Interchange
import Testing

@Suite("BPMN files")
struct BPMNTests {
    private func document(_ file: String) throws -> BPMNDocument { try BPMNDocument(Array(file.utf8)) }

    @Test("A file of any modeller is given back element by element", arguments: BPMNFiles.all)
    func roundTrip(file: String) throws {
        let document = try document(file)
        #expect(try BPMNDocument(Array(document.written.utf8)) == document)
        #expect(try XMLDocument(file) == document.xml)
    }

    @Test("Tasks, gateways, conditions, timers and repetitions of Camunda are executed")
    func camunda() throws {
        let process = try #require(document(BPMNFiles.camunda).processes.first)
        #expect(process.isExecutable, "\(process.notes.filter { $0.treatment == .refused })")
        let graph = process.graph
        #expect(graph.node("big")?.fallback == "f4")
        #expect(graph.flows.first { $0.id == "f3" }?.condition == "amount > 100000 && margin < 15")
        #expect(
            graph.node("approve")?.repetition
                == ProcessGraph.Repetition(
                    isSequential: false, count: "approvers", completion: "nrOfCompletedInstances/nrOfInstances >= 0.5"))
        #expect(
            graph.timers == [
                ProcessGraph.Timer(id: "late", activity: "approve", interrupts: false, span: ISOSpan(seconds: 4 * 3600))
            ])
        #expect(graph.node("remind")?.kind == .serviceTask)
        let kept = process.notes.filter { $0.treatment == .kept }
        #expect(kept.contains { $0.code == "foreign_attributes" && $0.message.zh.contains("camunda:assignee") })
        #expect(kept.contains { $0.element == "documentation" } && kept.contains { $0.element == "textAnnotation" })
    }

    @Test("Lanes inside lanes say who does what")
    func lanes() throws {
        let process = try #require(document(BPMNFiles.signavio).processes.first)
        #expect(process.isExecutable)
        #expect(process.lanes.map(\.name) == ["Sales", "Operations", "QC"])
        #expect(process.lanes[1].nodes == ["sid-fork", "sid-inspect"])
        #expect(process.graph.node("sid-inspect")?.lane == "sid-qc")
        #expect(process.graph.node("sid-inspect")?.name == "Inspect\ngoods")
    }

    @Test("Sub-processes, inclusive gateways and one after the other")
    func plain() throws {
        let process = try #require(document(BPMNFiles.plain).processes.first)
        #expect(process.isExecutable, "\(process.notes.filter { $0.treatment == .refused })")
        #expect(process.graph.node("check")?.parent == "sub")
        #expect(process.graph.node("check")?.repetition == ProcessGraph.Repetition(isSequential: true, count: "3"))
        #expect(process.graph.timers.first?.span == ISOSpan(seconds: 36 * 3600))
        let zeebe = try #require(document(BPMNFiles.zeebe).processes.first)
        #expect(zeebe.isExecutable)
        #expect(zeebe.graph.node("u")?.repetition?.count == "suppliers")
        #expect(zeebe.graph.flows.first { $0.id == "e2" }?.condition == "answers = 0")
        #expect(zeebe.graph.timers.first?.span.text == "PT30M")
    }

    @Test("What can't be executed is refused with its reason, what decides nothing is kept")
    func strange() throws {
        let report = try document(BPMNFiles.strange).report
        let refused = Dictionary(grouping: report.filter { $0.treatment == .refused }, by: { $0.id ?? "" })
            .mapValues { $0.map(\.code) }
        #expect(
            refused == [
                "s": ["messageEventDefinition"], "sc": ["not_supported"], "u": ["standard_loop"], "be": ["boundary"],
                "bt": ["timer_kind"], "bd": ["timer_duration"], "f": ["feel_unknown_function"], "eg": ["not_supported"],
                "ca": ["not_supported"], "es": ["event_subprocess"], "t": ["terminateEventDefinition"],
            ])
        #expect(report.filter { $0.treatment == .kept }.map(\.element) == ["message", "error", "widget"])
        #expect(report.allSatisfy { !$0.message.zh.isEmpty && !$0.message.en.isEmpty })
        #expect(try document(BPMNFiles.strange).processes.first?.isExecutable == false)
    }

    @Test("An edit changes what it names and nothing else")
    func edits() throws {
        var edited = try document(BPMNFiles.camunda)
        try edited.rename("calc", to: "成本核算")
        try edited.setCondition(of: "f3", "amount > 5")
        try edited.setSpan(of: "late", ISOSpan(seconds: 90 * 60))
        let process = try #require(edited.processes.first)
        #expect(process.graph.node("calc")?.name == "成本核算")
        #expect(process.graph.flows.first { $0.id == "f3" }?.condition == "amount > 5")
        #expect(process.graph.timers.first?.span.text == "PT1H30M")
        try edited.rename("calc", to: "核价")
        try edited.setCondition(of: "f3", "${amount > 100000 && margin < 15}")
        try edited.setSpan(of: "late", ISOSpan(seconds: 4 * 3600))
        // A text is a text, whether it was written as CDATA or not.
        let original = BPMNFiles.camunda.replacing(
            "<![CDATA[${amount > 100000 && margin < 15}]]>", with: "${amount &gt; 100000 &amp;&amp; margin &lt; 15}")
        #expect(try edited.xml == XMLDocument(original))
        #expect(throws: InterchangeError.unknownElement("nobody")) { try edited.rename("nobody", to: "x") }
    }

    @Test(
        "A process of this house is written as a file that reads the same, with a drawing",
        arguments: [BPMNFiles.camunda, BPMNFiles.signavio, BPMNFiles.plain, BPMNFiles.zeebe])
    func new(file: String) throws {
        let process = try #require(document(file).processes.first)
        let again = try #require(document(BPMNDocument(process).written).processes.first)
        #expect(again.isExecutable)
        #expect(Set(again.graph.nodes) == Set(process.graph.nodes))
        #expect(Set(again.graph.flows) == Set(process.graph.flows))
        #expect(again.graph.timers == process.graph.timers && again.lanes == process.lanes)
        let drawn = BPMNDocument(process).written
        for node in process.graph.nodes { #expect(drawn.contains("bpmnElement=\"\(node.id)\"")) }
    }

    @Test("The version names the graph: every part of it counts")
    func version() throws {
        let graph = try #require(document(BPMNFiles.plain).processes.first).graph
        let same = ProcessGraph(id: graph.id, nodes: graph.nodes.reversed(), flows: graph.flows, timers: graph.timers)
        #expect(same.version == graph.version)
        let fewer = ProcessGraph(id: graph.id, nodes: graph.nodes, flows: graph.flows.dropLast(), timers: graph.timers)
        let timed = graph.timers.map {
            ProcessGraph.Timer(id: $0.id, activity: $0.activity, interrupts: $0.interrupts, span: ISOSpan(seconds: 1))
        }
        let other = ProcessGraph(id: graph.id, nodes: graph.nodes, flows: graph.flows, timers: timed)
        #expect(Set([graph.version, fewer.version, other.version]).count == 3)
    }

    @Test(
        "Graphs that can't run are refused with the place",
        arguments: [
            ("<startEvent id='s'/><endEvent id='e'/>", ["no_way", "unreached"]),
            (
                "<startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='x'/><endEvent id='e'/>",
                ["loose_flow", "unreached"]
            ),
            (
                "<startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='g'/><exclusiveGateway id='g'/><sequenceFlow id='h' sourceRef='g' targetRef='e'/><sequenceFlow id='i' sourceRef='g' targetRef='e'/><endEvent id='e'/>",
                ["no_condition", "no_condition"]
            ),
            ("<userTask id='s'/>", ["one_start", "no_end", "no_way", "unreached"]),
        ])
    func problems(inside: String, codes: [String]) throws {
        let file = "<definitions xmlns='\(BPMNDocument.namespace)'><process id='p'>\(inside)</process></definitions>"
        #expect(try document(file).report.filter { $0.treatment == .refused }.map(\.code) == codes)
    }

    @Test(
        "Lengths of time",
        arguments: [
            ("PT4H", "PT4H"), ("P1DT12H", "P1DT12H"), ("P1W", "P7D"), ("P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"),
            ("PT90M", "PT1H30M"),
            ("P", nil), ("PT", nil), ("4H", nil), ("PT4", nil), ("P1D1D", nil), ("PT1H1D", nil), ("P-1D", nil),
            ("PT1.5H", nil), ("PT0S", "PT0S"),
        ])
    func spans(text: String, wanted: String?) { #expect(ISOSpan(text)?.text == wanted) }
}
