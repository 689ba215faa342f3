import Expressions

/// One step of recomputing a record with its lines.
package struct FormulaStep: Sendable, Hashable {
    /// The lines field whose every line is recomputed; nil for the record itself.
    package let lines: String?
    package let object: String
    package let field: String
}

/// Which formula needs which, inside a record and its lines.
struct FormulaGraph {
    struct Node: Hashable, Comparable {
        let object: String
        let field: String

        static func < (left: Node, right: Node) -> Bool {
            left.object == right.object ? left.field < right.field : left.object < right.object
        }
    }

    private let objects: [String: ObjectDefinition]
    /// Formula → formulas it reads.
    private var needs: [Node: [Node]] = [:]

    init(objects: [ObjectDefinition]) {
        self.objects = Dictionary(objects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for object in objects {
            for field in object.fields {
                guard let formula = field.formula else { continue }
                let read = Set(formula.fieldPaths.compactMap { target(of: $0, on: object) })
                needs[Node(object: object.id, field: field.id)] = read.sorted()
            }
        }
        for (node, read) in needs { needs[node] = read.filter { needs[$0] != nil } }
    }

    /// The field that a path reads inside the record: its own, its parent's or its lines'. A path over a link reads
    /// another record, whose values stand already.
    private func target(of path: FieldPath, on object: ObjectDefinition) -> Node? {
        let first = path.first
        if path.steps.count == 1 { return Node(object: object.id, field: first) }
        if first == "parent", let parent = object.parent { return Node(object: parent, field: path.steps[1]) }
        switch object.field(first)?.type {
        case .lines(let child): return Node(object: child, field: path.steps[1])
        case .money: return Node(object: object.id, field: first)
        default: return nil
        }
    }

    /// Formulas that need each other, each circle once, in the order they read.
    func circles() -> [[Node]] {
        var state: [Node: Bool] = [:]
        var way: [Node] = []
        var circles: [[Node]] = []
        func visit(_ node: Node) {
            if let done = state[node] {
                if !done, let start = way.firstIndex(of: node) { circles.append(Array(way[start...])) }
                return
            }
            state[node] = false
            way.append(node)
            for next in needs[node] ?? [] { visit(next) }
            way.removeLast()
            state[node] = true
        }
        for node in needs.keys.sorted() { visit(node) }
        return circles
    }

    /// The formulas of an object and its lines, each after those it reads.
    func order(of object: ObjectDefinition) -> [FormulaStep] {
        var holders: [String: String] = [:]
        for field in object.liveFields { if case .lines(let child) = field.type { holders[child] = field.id } }
        var done: Set<Node> = []
        var steps: [FormulaStep] = []
        func visit(_ node: Node) {
            guard done.insert(node).inserted else { return }
            for next in needs[node] ?? [] { visit(next) }
            if node.object == object.id {
                steps.append(FormulaStep(lines: nil, object: node.object, field: node.field))
            } else if let holder = holders[node.object] {
                steps.append(FormulaStep(lines: holder, object: node.object, field: node.field))
            }
        }
        for child in [object.id] + holders.keys.sorted() {
            for field in objects[child]?.liveFields ?? [] where field.formula != nil {
                visit(Node(object: child, field: field.id))
            }
        }
        return steps
    }
}

extension Model {
    /// The formulas of an object and of its lines, each after those it reads. Cost grows with the number of formulas:
    /// keep the answer for as long as the model.
    package func formulaOrder(of object: String) -> [FormulaStep] {
        guard let object = self.object(object) else { return [] }
        var near = [object]
        for field in object.liveFields {
            if case .lines(let child) = field.type, let child = self.object(child) { near.append(child) }
        }
        if let parent = object.parent.flatMap({ self.object($0) }) { near.append(parent) }
        return FormulaGraph(objects: near).order(of: object)
    }
}
