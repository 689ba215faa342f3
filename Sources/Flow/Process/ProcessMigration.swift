/// How running processes come from one version to another.
package struct ProcessMigration: Sendable, Hashable {
    /// Node → node: every node where something goes on, and every join where a branch waits.
    package var nodes: [String: String]
    /// Ways taken into joins → ways into the joins they are mapped to.
    package var flows: [String: String]
    /// Time limits that keep their remaining time; one that is not named begins anew.
    package var timers: [String: String]

    package init(nodes: [String: String] = [:], flows: [String: String] = [:], timers: [String: String] = [:]) {
        self.nodes = nodes
        self.flows = flows
        self.timers = timers
    }

    /// Maps what has the same id in both versions; a person completes it.
    package init(from old: ProcessGraph, to new: ProcessGraph) {
        self.init(
            nodes: Dictionary(
                old.nodes.filter { new.node($0.id)?.kind == $0.kind }.map { ($0.id, $0.id) },
                uniquingKeysWith: { first, _ in first }),
            flows: Dictionary(
                old.flows.filter { new.flow($0.id) != nil }.map { ($0.id, $0.id) },
                uniquingKeysWith: { first, _ in first }),
            timers: Dictionary(
                old.timers.filter { new.timerByID[$0.id] != nil }.map { ($0.id, $0.id) },
                uniquingKeysWith: { first, _ in first }))
    }
}

/// What a migration makes of one running process.
package struct MigratedProcess: Sendable, Hashable {
    package let state: ProcessState
    /// What has to be done in the same transaction: time limits kept, cleared and set, instances opened.
    package let effects: [ProcessEffect]
}

extension ProcessGraph {
    /// Tries a migration of one running process from this version: a dry run is the same call with its result unused.
    ///
    /// - Returns: the process by the new version, or nil with everything that stands in the way. Who did what and what
    ///   is open stays as it is: activities keep their ids.
    package func migrate(_ state: ProcessState, to new: ProcessGraph, by plan: ProcessMigration)
        -> (result: MigratedProcess?, problems: [ProcessProblem])
    {
        guard state.version == version, state.status == .running else {
            return (
                nil,
                [
                    ProcessProblem(
                        "not_running_here", id, zh: "流程没有按这个版本运行", en: "The process does not run by this version")
                ]
            )
        }
        var work = MigrationWork(old: self, new: new, plan: plan, state: state)
        return work.run()
    }
}

private struct MigrationWork {
    let old: ProcessGraph
    let new: ProcessGraph
    let plan: ProcessMigration
    let state: ProcessState
    var problems: [ProcessProblem] = []
    var effects: [ProcessEffect] = []

    mutating func run() -> (result: MigratedProcess?, problems: [ProcessProblem]) {
        problems += new.problems
        checkNodes()
        checkNesting()
        checkJoins()
        checkTimers()
        guard problems.isEmpty else { return (nil, problems) }
        var after = ProcessState(
            version: new.version, status: .running, activities: state.activities.map(moved),
            waiting: state.waiting.map { token in
                ProcessState.Waiting(flow: plan.flows[token.flow] ?? token.flow, parent: token.parent, line: token.line)
            }, timers: [],
            visits: state.visits.compactMap { visit in
                plan.nodes[visit.node].map {
                    ProcessState.Visit(node: $0, parent: visit.parent, line: visit.line, at: visit.at)
                }
            }, counter: state.counter)
        moveTimers(to: &after)
        openRest(in: &after)
        return (MigratedProcess(state: after, effects: effects), [])
    }

    private func moved(_ activity: ProcessState.Activity) -> ProcessState.Activity {
        ProcessState.Activity(
            id: activity.id, node: plan.nodes[activity.node] ?? activity.node, parent: activity.parent,
            index: activity.index, role: activity.role, line: activity.line)
    }

    // MARK: Checks

    private mutating func checkNodes() {
        var targets: [String: String] = [:]
        for source in Set(state.activities.map(\.node)).sorted() {
            guard let target = plan.nodes[source], let to = new.node(target), let from = old.node(source) else {
                problems.append(
                    ProcessProblem(
                        "unmapped", source, zh: "有进行中的任务，没有对应的节点",
                        en: "Something goes on here, and no node is named for it"))
                continue
            }
            if to.kind != from.kind || (to.repetition == nil) != (from.repetition == nil) {
                problems.append(
                    ProcessProblem(
                        "other_kind", source, zh: "对应的节点类型不同", en: "The node named for it is of another kind"))
            }
            if let first = targets.updateValue(source, forKey: target), first != source {
                problems.append(
                    ProcessProblem(
                        "merged", source, zh: "两个进行中的节点对应到同一个", en: "Two nodes where something goes on become one"))
            }
        }
    }

    /// What is inside a sub-process stays inside the one that it becomes.
    private mutating func checkNesting() {
        for activity in state.activities {
            guard let target = plan.nodes[activity.node].flatMap(new.node) else { continue }
            var outer = state.activity(activity.parent)
            if case .repeated? = outer?.role, outer?.node == activity.node {
                outer = state.activity(outer?.parent ?? 0)
            }
            let wanted = outer.flatMap { plan.nodes[$0.node] }
            if target.parent != wanted {
                problems.append(
                    ProcessProblem(
                        "other_place", activity.node, zh: "对应的节点在另一个子流程里",
                        en: "The node named for it lies in another sub-process"))
            }
        }
    }

    private mutating func checkJoins() {
        var taken: [String: Set<String>] = [:]
        for token in state.waiting {
            guard let flow = old.flow(token.flow), let join = old.node(flow.to) else { continue }
            guard let target = plan.flows[token.flow].flatMap(new.flow), let to = new.node(target.to),
                plan.nodes[join.id] == to.id, to.kind == join.kind
            else {
                problems.append(
                    ProcessProblem(
                        "unmapped_join", token.flow, zh: "有分支在此等待汇合，没有对应的连线",
                        en: "A branch waits here for others, and no flow is named for it"))
                continue
            }
            if taken["\(token.parent) \(target.id)"]?.contains(token.flow) == false {
                problems.append(
                    ProcessProblem("merged", token.flow, zh: "两条等待的连线对应到同一条", en: "Two ways that wait become one"))
            }
            taken["\(token.parent) \(target.id)", default: []].insert(token.flow)
            let ways = new.flowsIn(of: to.id).map(\.id)
            let filled = Set(
                state.waiting.filter { $0.parent == token.parent }.compactMap { plan.flows[$0.flow] })
            if to.kind == .parallel, ways.allSatisfy(filled.contains) {
                problems.append(
                    ProcessProblem(
                        "join_full", to.id, zh: "新版本里没有可等的分支",
                        en: "In the new version there is nothing left to wait for"))
            }
        }
    }

    private mutating func checkTimers() {
        for running in state.timers {
            guard let name = plan.timers[running.timer], let activity = state.activity(running.activity) else {
                continue
            }
            if new.timerByID[name]?.activity != plan.nodes[activity.node] {
                problems.append(
                    ProcessProblem(
                        "other_timer", running.timer, zh: "对应的时限不在对应的任务上",
                        en: "The limit named for it is at another activity"))
            }
        }
    }

    // MARK: Carrying over

    private mutating func moveTimers(to after: inout ProcessState) {
        for running in state.timers {
            guard let name = plan.timers[running.timer] else {
                effects.append(.timerCleared(running.id))
                continue
            }
            after.timers.append(ProcessState.RunningTimer(id: running.id, timer: name, activity: running.activity))
            effects.append(.timerKept(running.id, timer: name))
        }
        for activity in after.activities where activity.index == nil {
            for timer in new.timersAt[activity.node] ?? [] where isNew(timer, at: activity, after) {
                let running = ProcessState.RunningTimer(id: after.next(), timer: timer.id, activity: activity.id)
                after.timers.append(running)
                effects.append(.timerSet(running.id, timer: timer.id, activity: activity.id, span: timer.span))
            }
        }
    }

    /// A limit that fired already under the old version does not come back.
    private func isNew(_ timer: ProcessGraph.Timer, at activity: ProcessState.Activity, _ after: ProcessState) -> Bool {
        if after.timers.contains(where: { $0.timer == timer.id && $0.activity == activity.id }) { return false }
        let sources = plan.timers.filter { $0.value == timer.id }.map(\.key)
        let node = state.activity(activity.id)?.node
        return !sources.contains { old.timerByID[$0]?.activity == node }
    }

    /// One after the other becomes all at once: those that had not begun begin.
    private mutating func openRest(in after: inout ProcessState) {
        for (place, body) in after.activities.enumerated() {
            guard case .repeated(let total, let begun, let ended) = body.role, begun < total,
                let node = new.node(body.node), node.repetition?.isSequential == false, node.kind != .subprocess
            else { continue }
            after.activities[place] = ProcessState.Activity(
                id: body.id, node: body.node, parent: body.parent, index: nil,
                role: .repeated(total: total, begun: total, ended: ended), line: body.line)
            for index in begun..<total {
                let id = after.next()
                after.activities.append(
                    ProcessState.Activity(id: id, node: node.id, parent: body.id, index: index, role: .work, line: []))
                effects.append(.opened(activity: id, node: node.id, index: index))
            }
        }
    }
}
