import Definitions
import Flow
import Interchange
import Values

/// A relay of ours drawn as a process that other programs read: each object a sub-process, each leg a task of it in
/// the lane of who holds it, and a gateway where more than one way leads on.
///
/// The ways are the record's own actions; the condition of a way is the state that its action leads to.
struct RelayDrawing {
    private let process: ProcessDefinition
    private let model: Model
    /// Leg → what its holder is called.
    private let holders: [String: Label]
    private var nodes: [ProcessGraph.Node] = []
    private var flows: [ProcessGraph.Flow] = []
    private let drawn: [String]

    /// - Parameters:
    ///   - objects: those to draw; the others are left out.
    ///   - holders: leg → what its holder is called.
    init(_ process: ProcessDefinition, _ model: Model, objects: [String], holders: [String: Label]) {
        self.process = process
        self.model = model
        self.holders = holders
        drawn = objects
        drawThread()
        for object in objects { draw(object) }
    }

    var document: BPMNDocument {
        BPMNDocument(
            BPMNProcess(
                id: process.id, name: process.label.zh + " / " + process.label.en, lanes: lanes,
                graph: ProcessGraph(id: process.id, nodes: nodes, flows: flows)))
    }

    private var lanes: [BPMNProcess.Lane] {
        var order: [String] = []
        var inside: [String: [String]] = [:]
        var names: [String: Label] = [:]
        for leg in process.legs where drawn.contains(leg.object) {
            let holder = leg.holders.first ?? "owner"
            if inside[holder] == nil {
                order.append(holder)
                names[holder] = holders[leg.id]
            }
            inside[holder, default: []].append(leg.id)
        }
        return order.map { holder in
            BPMNProcess.Lane(id: holder, name: name(names[holder]) ?? holder, nodes: inside[holder] ?? [])
        }
    }

    // MARK: From object to object

    /// One object after the other, as their records are threaded; those that follow the same one go side by side.
    private mutating func drawThread() {
        nodes.append(ProcessGraph.Node(id: "start", kind: .start))
        nodes.append(ProcessGraph.Node(id: "end", kind: .end))
        for object in drawn {
            nodes.append(
                ProcessGraph.Node(id: "object_" + object, kind: .subprocess, name: name(model.object(object)?.label)))
        }
        let before = drawn.map { object in
            process.thread[object].flatMap { link in target(of: link, object) }.map { "object_" + $0 }
        }
        let first = drawn.indices.filter { before[$0] == nil }.map { "object_" + drawn[$0] }
        lead(from: "start", to: first)
        for object in drawn {
            let next = drawn.indices.filter { before[$0] == "object_" + object }.map { "object_" + drawn[$0] }
            lead(from: "object_" + object, to: next.isEmpty ? ["end"] : next)
        }
    }

    private func target(of link: String, _ object: String) -> String? {
        guard let target = model.object(object)?.field(link)?.type.linkTarget, drawn.contains(target) else {
            return nil
        }
        return target
    }

    /// One way on, or all of them at once.
    private mutating func lead(from source: String, to targets: [String]) {
        guard targets.count > 1 else {
            for target in targets { connect(source, target) }
            return
        }
        let fork = source + "_all"
        nodes.append(ProcessGraph.Node(id: fork, kind: .parallel))
        connect(source, fork)
        for target in targets { connect(fork, target) }
    }

    // MARK: Inside an object

    /// A way out of a leg.
    private struct Way {
        /// The leg it leads to; nil for the end.
        let leg: LegDefinition?
        var states: [String]
        var isPrimary: Bool
    }

    private mutating func draw(_ object: String) {
        guard let definition = model.object(object) else { return }
        let parent = "object_" + object
        let legs = process.legs(of: object)
        let (start, end) = (parent + "_start", parent + "_end")
        nodes.append(ProcessGraph.Node(id: start, kind: .start, parent: parent))
        nodes.append(ProcessGraph.Node(id: end, kind: .end, parent: parent))
        for leg in legs {
            nodes.append(
                ProcessGraph.Node(
                    id: leg.id, kind: .userTask, name: name(leg.label), parent: parent,
                    lane: leg.holders.first ?? "owner"))
        }
        if let first = legs.first { connect(start, first.id) }
        let ways = reachable(legs, definition)
        for leg in legs { lead(from: leg.id, by: ways[leg.id] ?? [], end: end, definition, parent) }
    }

    /// The ways of every leg; one that no action leads to follows the leg before it.
    private func reachable(_ legs: [LegDefinition], _ definition: ObjectDefinition) -> [String: [Way]] {
        var all = Dictionary(
            legs.map { ($0.id, ways(from: $0, legs, definition)) }, uniquingKeysWith: { first, _ in first })
        for (place, leg) in legs.enumerated() where place > 0 {
            let isReached = all.contains { from, ways in from != leg.id && ways.contains { $0.leg?.id == leg.id } }
            if !isReached {
                all[legs[place - 1].id, default: []].append(Way(leg: leg, states: leg.states, isPrimary: false))
            }
        }
        return all
    }

    private func ways(
        from leg: LegDefinition, _ legs: [LegDefinition], _ definition: ObjectDefinition
    ) -> [Way] {
        var out: [Way] = []
        func add(_ target: LegDefinition?, _ state: String, _ isPrimary: Bool) {
            guard let index = out.firstIndex(where: { $0.leg?.id == target?.id }) else {
                return out.append(Way(leg: target, states: [state], isPrimary: isPrimary))
            }
            if !out[index].states.contains(state) { out[index].states.append(state) }
            out[index].isPrimary = out[index].isPrimary || isPrimary
        }
        for action in definition.actions {
            guard let to = action.to, action.from.isEmpty || !Set(action.from).isDisjoint(with: leg.states) else {
                continue
            }
            let sharing = legs.filter { $0.states.contains(to) }
            guard !sharing.contains(where: { $0.id == leg.id }) else { continue }
            add(sharing.first, to, action.primary)
        }
        // Two legs in one state follow each other by their condition.
        if leg.condition != nil, let state = leg.states.first,
            let other = legs.first(where: { $0.id != leg.id && $0.states.contains(state) })
        {
            add(other, state, true)
        }
        return out
    }

    private mutating func lead(
        from leg: String, by ways: [Way], end: String, _ definition: ObjectDefinition, _ parent: String
    ) {
        guard ways.count > 1, let field = definition.states?.field else {
            return connect(leg, ways.first.map { $0.leg?.id ?? end } ?? end)
        }
        let gateway = leg + "_exit"
        let fallback = ways.firstIndex { $0.isPrimary } ?? 0
        let id = { (place: Int) in "flow_\(gateway)_\(place + 1)" }
        nodes.append(ProcessGraph.Node(id: gateway, kind: .exclusive, parent: parent, fallback: id(fallback)))
        connect(leg, gateway)
        for (place, way) in ways.enumerated() {
            let states = way.states.map { "\"\($0)\"" }
            let condition =
                states.count == 1 ? "\(field) = \(states[0])" : "\(field) in (\(states.joined(separator: ", ")))"
            flows.append(
                ProcessGraph.Flow(
                    id: id(place), from: gateway, to: way.leg?.id ?? end,
                    condition: place == fallback ? nil : condition))
        }
    }

    private mutating func connect(_ from: String, _ to: String) {
        flows.append(ProcessGraph.Flow(id: "flow_\(from)_\(to)", from: from, to: to))
    }

    private func name(_ label: Label?) -> String? { label.map { $0.zh + " / " + $0.en } }
}
