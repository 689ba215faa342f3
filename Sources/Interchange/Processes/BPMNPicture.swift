import Flow

/// Where the parts of a process stand in its drawing. Lengths are those of the file, down and to the right.
package struct BPMNPicture: Sendable, Hashable {
    package struct Shape: Sendable, Hashable {
        /// The id of the node, time limit or lane.
        package let element: String
        package let x: Double
        package let y: Double
        package let width: Double
        package let height: Double
        /// For a pool or lane: its name stands at the left edge, not at the top.
        package let isHorizontal: Bool
    }

    package struct Edge: Sendable, Hashable {
        /// The id of the flow.
        package let element: String
        package let points: [Point]
    }

    package struct Point: Sendable, Hashable {
        package let x: Double
        package let y: Double
    }

    package let shapes: [Shape]
    package let edges: [Edge]

    /// The drawing of a file as far as it shows the process; when it shows none of its nodes, one is made.
    package init(of process: BPMNProcess, in document: BPMNDocument) {
        let planes = document.xml.root.elements.filter { $0.isDiagram("BPMNDiagram") }.flatMap(\.elements)
        let ids = Set(process.graph.nodes.map(\.id))
        let drawn = planes.filter { plane in plane.elements.contains { ids.contains($0["bpmnElement"] ?? "") } }
        self.init(drawn.isEmpty ? BPMNDrawing(process.graph).element.elements : drawn)
    }

    private init(_ planes: [XMLElement]) {
        let parts = planes.flatMap(\.elements)
        shapes = parts.compactMap { part in
            guard part.isDiagram("BPMNShape"), let element = part["bpmnElement"],
                let bounds = part.elements.first(where: { $0.name.local == "Bounds" }),
                let x = bounds.number("x"), let y = bounds.number("y"), let width = bounds.number("width"),
                let height = bounds.number("height"), width > 0, height > 0
            else { return nil }
            return Shape(
                element: element, x: x, y: y, width: width, height: height,
                isHorizontal: part["isHorizontal"] == "true")
        }
        edges = parts.compactMap { part in
            guard part.isDiagram("BPMNEdge"), let element = part["bpmnElement"] else { return nil }
            let points = part.elements.filter { $0.name.local == "waypoint" }.compactMap { point -> Point? in
                guard let x = point.number("x"), let y = point.number("y") else { return nil }
                return Point(x: x, y: y)
            }
            return points.count > 1 ? Edge(element: element, points: points) : nil
        }
    }
}

extension XMLElement {
    fileprivate func isDiagram(_ local: String) -> Bool {
        name.namespace == BPMNDrawing.diagrams && name.local == local
    }

    /// A length that a drawing can have; nil for anything else.
    fileprivate func number(_ attribute: String) -> Double? {
        guard let number = self[attribute].flatMap(Double.init), number.isFinite, abs(number) < 1e6 else { return nil }
        return number
    }
}
