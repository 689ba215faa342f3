/// One event at work: branches move until each waits at a task or a join.
struct ProcessMove {
    let graph: ProcessGraph
    let facts: ProcessFacts
    var state: ProcessState
    var effects: [ProcessEffect] = []
    /// Branches on their way.
    private var moving: [ProcessState.Waiting] = []
    private var steps = 0
    /// Join and way in → the nodes from which a branch can come in there without passing the join.
    private var sources: [String: Set<String>] = [:]

    static let maximumSteps = 10_000
    static let maximumRepetitions = 1000

    init(_ graph: ProcessGraph, _ facts: ProcessFacts, _ state: ProcessState) {
        self.graph = graph
        self.facts = facts
        self.state = state
    }

    /// Moves every branch as far as it goes.
    mutating func settle() throws(ProcessRefusal) {
        while true {
            while !moving.isEmpty { try arrive(moving.removeFirst()) }
            if try releaseInclusiveJoin() { continue }
            if try !endEmptyScope() { return }
        }
    }

    private mutating func step(_ node: String) throws(ProcessRefusal) {
        steps += 1
        if steps > Self.maximumSteps { throw .tooLong(node) }
    }

    // MARK: Nodes

    private mutating func arrive(_ token: ProcessState.Waiting) throws(ProcessRefusal) {
        guard let flow = graph.flow(token.flow), let node = graph.node(flow.to) else { return }
        try step(node.id)
        switch node.kind {
        case .end: break
        case .start, .exclusive: try leave(node, parent: token.parent, line: token.line)
        case .parallel, .inclusive:
            guard graph.flowsIn(of: node.id).count > 1 else {
                return try leave(node, parent: token.parent, line: token.line)
            }
            state.waiting.append(token)
            if node.kind == .parallel { try releaseParallelJoin(node, parent: token.parent) }
        case .userTask, .serviceTask, .subprocess: try begin(node, parent: token.parent, line: token.line)
        }
    }

    /// Begins the process.
    mutating func leave(_ start: ProcessGraph.Node) throws(ProcessRefusal) { try leave(start, parent: 0, line: []) }

    /// Sends a branch on from a node; several ways make several branches.
    private mutating func leave(_ node: ProcessGraph.Node, parent: Int, line: [Int]) throws(ProcessRefusal) {
        send(try ways(from: node), parent: parent, line: line)
    }

    private mutating func send(_ flows: [ProcessGraph.Flow], parent: Int, line: [Int]) {
        for flow in flows {
            let line = flows.count == 1 ? line : line + [state.next()]
            moving.append(ProcessState.Waiting(flow: flow.id, parent: parent, line: line))
        }
    }

    private func ways(from node: ProcessGraph.Node) throws(ProcessRefusal) -> [ProcessGraph.Flow] {
        let all = graph.flowsOut(of: node.id)
        if node.kind == .start || node.kind == .parallel { return all }
        var chosen: [ProcessGraph.Flow] = []
        for flow in all where flow.id != node.fallback {
            let holds = flow.condition == nil ? true : try facts.holds(flow)
            guard holds else { continue }
            chosen.append(flow)
            if node.kind == .exclusive { break }
        }
        if chosen.isEmpty { chosen = all.filter { $0.id == node.fallback } }
        if chosen.isEmpty { throw .noWay(node.id) }
        return chosen
    }

    // MARK: Activities

    /// Begins an activity, with its time limits.
    mutating func begin(_ node: ProcessGraph.Node, parent: Int, line: [Int]) throws(ProcessRefusal) {
        let visit = ProcessState.Visit(node: node.id, parent: parent, line: line, at: state.next())
        state.visits.removeAll { $0.node == node.id && $0.parent == parent && $0.line == line }
        state.visits.append(visit)
        guard let repetition = node.repetition else {
            return setTimers(of: open(node, parent: parent, index: nil, line: line), node)
        }
        let total = try facts.count(node)
        guard total <= Self.maximumRepetitions else { throw .tooLong(node.id) }
        guard total > 0 else { return try leave(node, parent: parent, line: line) }
        let begun = repetition.isSequential ? 1 : total
        let body = ProcessState.Activity(
            id: state.next(), node: node.id, parent: parent, index: nil,
            role: .repeated(total: total, begun: begun, ended: 0), line: line)
        state.activities.append(body)
        for index in 0..<begun { _ = open(node, parent: body.id, index: index, line: []) }
        setTimers(of: body.id, node)
    }

    private mutating func open(_ node: ProcessGraph.Node, parent: Int, index: Int?, line: [Int]) -> Int {
        let id = state.next()
        let isScope = node.kind == .subprocess
        state.activities.append(
            ProcessState.Activity(
                id: id, node: node.id, parent: parent, index: index, role: isScope ? .scope : .work, line: line))
        if isScope {
            send(graph.start(in: node.id).map { graph.flowsOut(of: $0.id) } ?? [], parent: id, line: [])
        } else {
            effects.append(.opened(activity: id, node: node.id, index: index))
        }
        return id
    }

    private mutating func setTimers(of activity: Int, _ node: ProcessGraph.Node) {
        for timer in graph.timersAt[node.id] ?? [] {
            let running = ProcessState.RunningTimer(id: state.next(), timer: timer.id, activity: activity)
            state.timers.append(running)
            effects.append(.timerSet(running.id, timer: timer.id, activity: activity, span: timer.span))
        }
    }

    /// Ends an activity as done, and goes on behind it.
    mutating func finish(_ activity: ProcessState.Activity) throws(ProcessRefusal) {
        remove(activity, .closed(activity: activity.id))
        guard let node = graph.node(activity.node) else { return }
        guard let body = state.activity(activity.parent), case .repeated(let total, let begun, let ended) = body.role
        else { return try leave(node, parent: activity.parent, line: activity.line) }
        let now = ended + 1
        let isEnough = node.repetition?.completion == nil ? false : try facts.completes(node, now, total)
        if now == total || isEnough {
            remove(body, nil)
            return try leave(node, parent: body.parent, line: body.line)
        }
        let opens = node.repetition?.isSequential == true && begun < total
        state.replace(
            ProcessState.Activity(
                id: body.id, node: body.node, parent: body.parent, index: nil,
                role: .repeated(total: total, begun: opens ? begun + 1 : begun, ended: now), line: body.line))
        if opens { _ = open(node, parent: body.id, index: begun, line: []) }
    }

    /// Takes an activity away with everything inside it.
    ///
    /// - Parameters:
    ///   - effect: what is told of it when it is a task; what is inside is withdrawn.
    ///   - giver: the task inside that is given back, not withdrawn.
    mutating func remove(_ activity: ProcessState.Activity, _ effect: ProcessEffect?, giving giver: Int? = nil) {
        for inner in state.activities where inner.parent == activity.id {
            let effect =
                inner.id == giver ? ProcessEffect.givenBack(activity: inner.id) : .withdrawn(activity: inner.id)
            remove(inner, effect, giving: giver)
        }
        state.waiting.removeAll { $0.parent == activity.id }
        moving.removeAll { $0.parent == activity.id }
        state.visits.removeAll { $0.parent == activity.id }
        for timer in state.timers where timer.activity == activity.id { clear(timer) }
        state.activities.removeAll { $0.id == activity.id }
        if let effect, activity.role == .work { effects.append(effect) }
    }

    mutating func clear(_ timer: ProcessState.RunningTimer) {
        state.timers.removeAll { $0.id == timer.id }
        effects.append(.timerCleared(timer.id))
    }

    /// Sends a branch out of a time limit.
    mutating func leave(_ timer: ProcessGraph.Timer, parent: Int, line: [Int]) {
        send(graph.flowsOut(of: timer.id), parent: parent, line: line)
    }

    // MARK: Joins

    private mutating func releaseParallelJoin(_ node: ProcessGraph.Node, parent: Int) throws(ProcessRefusal) {
        let flows = graph.flowsIn(of: node.id).map(\.id)
        let arrived = Set(state.waiting.filter { $0.parent == parent }.map(\.flow))
        guard flows.allSatisfy(arrived.contains) else { return }
        try leave(node, parent: parent, line: take(flows, parent: parent))
    }

    /// Takes one branch from each way in; what goes on is the branch that they all come from.
    private mutating func take(_ flows: [String], parent: Int) -> [Int] {
        var common: [Int]?
        for flow in flows {
            guard let index = state.waiting.firstIndex(where: { $0.flow == flow && $0.parent == parent }) else {
                continue
            }
            let line = state.waiting.remove(at: index).line
            common = common.map { zip($0, line).prefix { $0 == $1 }.map(\.0) } ?? line
        }
        return common ?? []
    }

    /// Releases one inclusive join that nothing more can come to.
    private mutating func releaseInclusiveJoin() throws(ProcessRefusal) -> Bool {
        for token in state.waiting {
            guard let flow = graph.flow(token.flow), let node = graph.node(flow.to), node.kind == .inclusive else {
                continue
            }
            let ways = graph.flowsIn(of: node.id)
            let filled = Set(state.waiting.filter { $0.parent == token.parent }.map(\.flow))
            guard !mayStillCome(to: node, ways, filled: filled, parent: token.parent) else { continue }
            try step(node.id)
            let line = take(ways.map(\.id).filter(filled.contains), parent: token.parent)
            try leave(node, parent: token.parent, line: line)
            return true
        }
        return false
    }

    /// BPMN 2.0.2, 13.4.3: a branch elsewhere is waited for when it can come to an empty way in and to no filled one.
    private mutating func mayStillCome(
        to join: ProcessGraph.Node, _ ways: [ProcessGraph.Flow], filled: Set<String>, parent: Int
    ) -> Bool {
        var places = Set(state.activities.filter { $0.parent == parent }.map(\.node))
        for token in state.waiting where token.parent == parent {
            if let target = graph.flow(token.flow)?.to, target != join.id { places.insert(target) }
        }
        guard !places.isEmpty else { return false }
        let toFilled = ways.filter { filled.contains($0.id) }.map { origins(of: $0, join) }
        for way in ways where !filled.contains(way.id) {
            let coming = origins(of: way, join).intersection(places)
            if coming.contains(where: { place in !toFilled.contains { $0.contains(place) } }) { return true }
        }
        return false
    }

    private mutating func origins(of way: ProcessGraph.Flow, _ join: ProcessGraph.Node) -> Set<String> {
        if let known = sources[way.id] { return known }
        var found = Set<String>()
        var open = [graph.origin(of: way)]
        while let node = open.popLast() {
            guard node != join.id, found.insert(node).inserted else { continue }
            open += graph.flowsIn(of: node).map(graph.origin)
        }
        sources[way.id] = found
        return found
    }

    // MARK: Ends

    /// Ends one sub-process in which nothing is left.
    private mutating func endEmptyScope() throws(ProcessRefusal) -> Bool {
        let empty = state.activities.first { activity in
            activity.role == .scope && !state.activities.contains { $0.parent == activity.id }
                && !state.waiting.contains { $0.parent == activity.id }
        }
        guard let empty else { return false }
        try step(empty.node)
        try finish(empty)
        return true
    }

    /// The joins at which branches wait that nothing can release any more.
    func stuckJoins() -> [String] {
        let busy = Set(state.activities.map(\.parent))
        return Set(state.waiting.filter { !busy.contains($0.parent) }.compactMap { graph.flow($0.flow)?.to }).sorted()
    }
}

extension ProcessState {
    fileprivate mutating func replace(_ activity: Activity) {
        guard let index = activities.firstIndex(where: { $0.id == activity.id }) else { return }
        activities[index] = activity
    }
}

extension ProcessGraph {
    func flow(_ id: String) -> Flow? { flowByID[id] }

    /// The node that a flow leaves, that of the activity when it leaves a time limit.
    func origin(of flow: Flow) -> String { timerByID[flow.from]?.activity ?? flow.from }
}
