extension ProcessGraph {
    /// Decides what follows from an event. Pure; cost is that of the branches that move.
    ///
    /// - Returns: the state afterwards and what has to be done, in order.
    package func decide(
        _ event: ProcessEvent, _ state: ProcessState, _ facts: ProcessFacts = ProcessFacts()
    ) throws(ProcessRefusal) -> (state: ProcessState, effects: [ProcessEffect]) {
        guard state.version == version else { throw .otherVersion }
        var move = ProcessMove(self, facts, state)
        let stuckBefore = move.stuckJoins()
        switch event {
        case .start:
            guard state.status == .ready else { throw .started }
            move.state.status = .running
            try move.start()
        case .completed(let id):
            try move.requireRunning()
            guard let activity = state.activity(id), activity.role == .work else { throw .gone(id) }
            try move.finish(activity)
        case .fired(let id):
            try move.requireRunning()
            try move.fire(id)
        case .givenBack(let id, let node):
            try move.requireRunning()
            guard let activity = state.activity(id), activity.role == .work else { throw .gone(id) }
            try move.giveBack(activity, to: node)
        case .cancelled:
            guard state.status == .ready || state.status == .running else { throw .notRunning }
            move.cancel()
            return (move.state, move.effects)
        }
        try move.settle()
        let stuck = move.stuckJoins()
        if !stuck.isEmpty, stuck != stuckBefore { move.effects.append(.stuck(stuck)) }
        if move.state.activities.isEmpty, move.state.waiting.isEmpty {
            move.state.status = .done
            move.state.visits = []
            move.effects.append(.done)
        }
        return (move.state, move.effects)
    }
}

extension ProcessMove {
    func requireRunning() throws(ProcessRefusal) {
        if state.status == .ready || state.status == .done || state.status == .cancelled { throw .notRunning }
    }

    mutating func start() throws(ProcessRefusal) {
        guard let start = graph.start(in: nil) else { throw .noWay(graph.id) }
        try leave(start)
    }

    mutating func cancel() {
        for activity in state.activities where activity.parent == 0 {
            remove(activity, .withdrawn(activity: activity.id))
        }
        state.waiting = []
        state.visits = []
        state.status = .cancelled
    }

    mutating func fire(_ id: Int) throws(ProcessRefusal) {
        guard let running = state.timers.first(where: { $0.id == id }), let timer = graph.timerByID[running.timer],
            let activity = state.activity(running.activity)
        else { throw .gone(id) }
        state.timers.removeAll { $0.id == id }
        guard timer.interrupts else {
            // What goes on beside the activity is a branch of its own.
            return leave(timer, parent: activity.parent, line: activity.line + [state.next()])
        }
        remove(activity, .withdrawn(activity: activity.id))
        leave(timer, parent: activity.parent, line: activity.line)
    }

    /// Takes back all that the branch began since it came to a node, on every branch, and begins there again.
    mutating func giveBack(_ activity: ProcessState.Activity, to id: String) throws(ProcessRefusal) {
        guard let target = graph.node(id), target.kind.isActivity,
            let current = enclosing(activity, inScopeOf: target), current.node != target.id,
            let visit = state.visits.last(where: { $0.isBefore(current, at: target.id) })
        else { throw .notBefore(id) }
        let since = state.activities.filter { $0.parent == visit.parent && $0.line.isSince(visit) }
        for other in since {
            let isSelf = other.id == activity.id
            remove(other, isSelf ? .givenBack(activity: other.id) : .withdrawn(activity: other.id), giving: activity.id)
        }
        state.waiting.removeAll { $0.parent == visit.parent && $0.line.isSince(visit) }
        state.visits.removeAll { $0.parent == visit.parent && $0.at > visit.at && $0.line.isSince(visit) }
        try begin(target, parent: visit.parent, line: visit.line)
    }

    /// The activity itself, or the one around it that stands in the same sub-process as the target.
    private func enclosing(_ activity: ProcessState.Activity, inScopeOf target: ProcessGraph.Node)
        -> ProcessState.Activity?
    {
        var current = activity
        while true {
            let outer = state.activity(current.parent)
            if case .repeated? = outer?.role {
                if let outer { current = outer }
                continue
            }
            if outer?.node == target.parent { return current }
            guard let outer else { return nil }
            current = outer
        }
    }
}

extension ProcessState.Visit {
    /// Whether the branch of an activity came through here, at this node, before it came to the activity.
    fileprivate func isBefore(_ activity: ProcessState.Activity, at node: String) -> Bool {
        guard self.node == node, parent == activity.parent, activity.line.starts(with: line), at < activity.id else {
            return false
        }
        // A branch that split off before the visit did not come through it.
        return activity.line.count == line.count || activity.line[line.count] > at
    }
}

extension [Int] {
    /// Whether the branch is that of the visit, or split off it since.
    fileprivate func isSince(_ visit: ProcessState.Visit) -> Bool {
        starts(with: visit.line) && (count == visit.line.count || self[visit.line.count] > visit.at)
    }
}
