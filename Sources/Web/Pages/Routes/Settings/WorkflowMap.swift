import Definitions
import Kernel

/// The drawing of a workflow as a map, in the places that its file gives.
struct WorkflowMap {
    let drawing: WorkflowDrawing
    let label: String
    /// Node → how many are there.
    var counts: [String: Int] = [:]
    /// Node → its style, as `ProcessMap.Place` knows them.
    var styles: [String: String] = [:]

    private static let margin = 24.0

    var map: ProcessMap {
        let left = drawing.nodes.map(\.x).min() ?? 0
        let top = drawing.nodes.map(\.y).min() ?? 0
        let lineRight = drawing.lines.flatMap { $0.points.map(\.x) }.max() ?? 0
        let lineDown = drawing.lines.flatMap { $0.points.map(\.y) }.max() ?? 0
        let right = max(drawing.nodes.map { $0.x + $0.width }.max() ?? 0, lineRight)
        let down = max(drawing.nodes.map { $0.y + $0.height }.max() ?? 0, lineDown)
        let across = { (x: Double) in Self.pixel(x - left + Self.margin) }
        let along = { (y: Double) in Self.pixel(y - top + Self.margin) }
        let lanes = drawing.nodes.filter { $0.kind == "lane" }
        return ProcessMap(
            label: label, width: Self.pixel(right - left + 2 * Self.margin),
            height: Self.pixel(down - top + 2 * Self.margin + 14),
            lanes: lanes.map { lane in
                ProcessMap.Lane(
                    title: lane.name, x: across(lane.x), y: along(lane.y), width: Self.pixel(lane.width),
                    height: Self.pixel(lane.height))
            },
            places: drawing.nodes.filter { $0.kind != "lane" }.map { node in
                ProcessMap.Place(
                    id: node.id, x: across(node.x), y: along(node.y), width: Self.pixel(node.width),
                    height: Self.pixel(node.height), shape: Self.shape(node.kind), title: node.name,
                    note: Self.sign(node.kind), count: counts[node.id] ?? 0, style: styles[node.id] ?? "")
            },
            ways: drawing.lines.map { line in
                ProcessMap.Way(
                    kind: .forward, points: line.points.map { (across($0.x), along($0.y)) }, note: line.condition ?? "")
            })
    }

    /// A file may hold any number; a drawing is at most 20,000 pixels wide.
    private static func pixel(_ length: Double) -> Int {
        guard length.isFinite else { return 0 }
        return Int(min(max(length, 0), 20_000).rounded())
    }

    private static func shape(_ kind: String) -> ProcessMap.Shape {
        switch kind {
        case "start", "timer": .circle
        case "end": .ring
        case "exclusive", "parallel", "inclusive": .diamond
        default: .box
        }
    }

    private static func sign(_ kind: String) -> String {
        switch kind {
        case "exclusive": "×"
        case "parallel": "+"
        case "inclusive": "○"
        default: ""
        }
    }
}
