import Flow

/// Draws a graph from left to right: each node one column behind the farthest that leads to it.
struct BPMNDrawing {
    static let diagrams = "http://www.omg.org/spec/BPMN/20100524/DI"
    static let bounds = "http://www.omg.org/spec/DD/20100524/DC"
    static let lines = "http://www.omg.org/spec/DD/20100524/DI"

    private struct Box {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    private let graph: ProcessGraph
    private var boxes: [String: Box] = [:]

    init(_ graph: ProcessGraph) {
        self.graph = graph
        _ = place(nil, x: 160, y: 80)
    }

    /// Places the nodes of a scope, and gives the size that they take.
    private mutating func place(_ parent: String?, x: Int, y: Int) -> (width: Int, height: Int) {
        let nodes = graph.nodes.filter { $0.parent == parent }
        let columns = columns(of: nodes)
        var left = x
        var height = 0
        for column in Set(columns.values).sorted() {
            var top = y
            var width = 0
            for node in nodes where columns[node.id] == column {
                let size = size(of: node, x: left, y: top)
                // Events and gateways stand at the height of the middle of a task.
                let shift = node.kind.isActivity ? 0 : (80 - size.height) / 2
                boxes[node.id] = Box(x: left, y: top + shift, width: size.width, height: size.height)
                width = max(width, size.width)
                top += max(size.height, 80) + 50
            }
            left += width + 60
            height = max(height, top - 50 - y)
        }
        for timer in graph.timers where graph.node(timer.activity)?.parent == parent {
            guard let box = boxes[timer.activity] else { continue }
            boxes[timer.id] = Box(x: box.x + box.width - 40, y: box.y + box.height - 18, width: 36, height: 36)
        }
        return (left - 60 - x, height)
    }

    private mutating func size(of node: ProcessGraph.Node, x: Int, y: Int) -> (width: Int, height: Int) {
        switch node.kind {
        case .start, .end: return (36, 36)
        case .exclusive, .parallel, .inclusive: return (50, 50)
        case .userTask, .serviceTask: return (100, 80)
        case .subprocess:
            let inside = place(node.id, x: x + 30, y: y + 30)
            return (max(inside.width + 60, 160), max(inside.height + 60, 120))
        }
    }

    /// The length of the longest way to each node; flows back to where one came from don't count.
    private func columns(of nodes: [ProcessGraph.Node]) -> [String: Int] {
        var column: [String: Int] = [:]
        var state: [String: Bool] = [:]
        func visit(_ id: String) -> Int {
            if let known = column[id] { return known }
            guard state[id] == nil else { return -1 }
            state[id] = true
            let sources = graph.flowsIn(of: id).map { flow in
                graph.timers.first { $0.id == flow.from }?.activity ?? flow.from
            }
            let result = (sources.map(visit).max() ?? -1) + 1
            column[id] = result
            return result
        }
        for node in nodes { _ = visit(node.id) }
        return column
    }

    var element: XMLElement {
        var plane = Self.element("bpmndi:BPMNPlane", Self.diagrams, ["id": "plane", "bpmnElement": graph.id])
        for id in graph.nodes.map(\.id) + graph.timers.map(\.id) {
            guard let box = boxes[id] else { continue }
            var shape = Self.element("bpmndi:BPMNShape", Self.diagrams, ["id": "shape_" + id, "bpmnElement": id])
            if graph.node(id)?.kind == .subprocess { shape.set("isExpanded", "true") }
            let bounds = Self.element(
                "dc:Bounds", Self.bounds,
                ["x": "\(box.x)", "y": "\(box.y)", "width": "\(box.width)", "height": "\(box.height)"])
            shape.children = [.element(bounds)]
            plane.children.append(.element(shape))
        }
        for flow in graph.flows {
            guard let from = boxes[flow.from], let to = boxes[flow.to] else { continue }
            var edge = Self.element(
                "bpmndi:BPMNEdge", Self.diagrams, ["id": "edge_" + flow.id, "bpmnElement": flow.id])
            let points = [(from.x + from.width, from.y + from.height / 2), (to.x, to.y + to.height / 2)]
            edge.children = points.map { x, y in
                .element(Self.element("di:waypoint", Self.lines, ["x": "\(x)", "y": "\(y)"]))
            }
            plane.children.append(.element(edge))
        }
        var diagram = Self.element("bpmndi:BPMNDiagram", Self.diagrams, ["id": "diagram"])
        diagram.children = [.element(plane)]
        return diagram
    }

    private static func element(_ name: String, _ namespace: String, _ attributes: KeyValuePairs<String, String>)
        -> XMLElement
    {
        XMLElement(XMLName(name, namespace: namespace), attributes: attributes.map { XMLAttribute($0, $1) })
    }
}
