import Flow

extension BPMNDocument {
    /// A new file with a process of this house, and a drawing that a modeller can open.
    package init(_ process: BPMNProcess) {
        var root = XMLElement(
            XMLName("bpmn:definitions", namespace: Self.namespace),
            attributes: [
                XMLAttribute("xmlns:bpmn", Self.namespace),
                XMLAttribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                XMLAttribute("xmlns:bpmndi", BPMNDrawing.diagrams), XMLAttribute("xmlns:dc", BPMNDrawing.bounds),
                XMLAttribute("xmlns:di", BPMNDrawing.lines), XMLAttribute("id", "definitions_" + process.id),
                XMLAttribute("targetNamespace", "urn:baton:processes"),
            ])
        var element = Self.element("process", ["id": process.id, "name": process.name, "isExecutable": "true"])
        if !process.lanes.isEmpty {
            var set = Self.element("laneSet", ["id": "lanes_" + process.id])
            set.children = process.lanes.map { lane in
                var child = Self.element("lane", ["id": lane.id, "name": lane.name])
                child.children = lane.nodes.map { .element(Self.element("flowNodeRef", text: $0)) }
                return .element(child)
            }
            element.children.append(.element(set))
        }
        element.children += Self.content(of: process.graph, in: nil)
        root.children = [.element(element), .element(BPMNDrawing(process.graph).element)]
        xml = XMLDocument(root: root)
    }

    private static func content(of graph: ProcessGraph, in parent: String?) -> [XMLNode] {
        let nodes = graph.nodes.filter { $0.parent == parent }
        let timers = graph.timers.filter { graph.node($0.activity)?.parent == parent }
        let inside = Set(nodes.map(\.id) + timers.map(\.id))
        return nodes.map { .element(element(of: $0, graph)) } + timers.map { .element(element(of: $0, graph)) }
            + graph.flows.filter { inside.contains($0.from) }.map { .element(element(of: $0)) }
    }

    private static func element(of node: ProcessGraph.Node, _ graph: ProcessGraph) -> XMLElement {
        var result = element(names[node.kind] ?? "task", ["id": node.id, "name": node.name, "default": node.fallback])
        result.children = arrows(at: node.id, graph)
        if let repetition = node.repetition {
            var loop = element(
                "multiInstanceLoopCharacteristics", ["isSequential": repetition.isSequential ? "true" : nil])
            loop.children.append(.element(element("loopCardinality", text: repetition.count)))
            if let completion = repetition.completion {
                loop.children.append(.element(element("completionCondition", text: completion)))
            }
            result.children.append(.element(loop))
        }
        if node.kind == .subprocess { result.children += content(of: graph, in: node.id) }
        return result
    }

    private static func element(of timer: ProcessGraph.Timer, _ graph: ProcessGraph) -> XMLElement {
        var result = element(
            "boundaryEvent",
            ["id": timer.id, "attachedToRef": timer.activity, "cancelActivity": timer.interrupts ? nil : "false"])
        var definition = element("timerEventDefinition", [:])
        definition.children = [.element(element("timeDuration", text: timer.span.text))]
        result.children = arrows(at: timer.id, graph) + [.element(definition)]
        return result
    }

    private static func element(of flow: ProcessGraph.Flow) -> XMLElement {
        var result = element("sequenceFlow", ["id": flow.id, "sourceRef": flow.from, "targetRef": flow.to])
        if let condition = flow.condition {
            var expression = element("conditionExpression", text: condition)
            expression.attributes = [XMLAttribute("xsi:type", "bpmn:tFormalExpression")]
            result.children = [.element(expression)]
        }
        return result
    }

    private static func arrows(at id: String, _ graph: ProcessGraph) -> [XMLNode] {
        graph.flowsIn(of: id).map { .element(element("incoming", text: $0.id)) }
            + graph.flowsOut(of: id).map { .element(element("outgoing", text: $0.id)) }
    }

    private static let names: [ProcessGraph.Kind: String] = [
        .start: "startEvent", .end: "endEvent", .userTask: "userTask", .serviceTask: "serviceTask",
        .exclusive: "exclusiveGateway", .parallel: "parallelGateway", .inclusive: "inclusiveGateway",
        .subprocess: "subProcess",
    ]

    private static func element(_ local: String, _ attributes: KeyValuePairs<String, String?>) -> XMLElement {
        XMLElement(
            XMLName("bpmn:" + local, namespace: namespace),
            attributes: attributes.compactMap { name, value in value.map { XMLAttribute(name, $0) } })
    }

    private static func element(_ local: String, text: String) -> XMLElement {
        XMLElement(XMLName("bpmn:" + local, namespace: namespace), children: [.text(text)])
    }
}
