package import Definitions

/// Why a graph can't be executed as it should.
package struct ProcessProblem: Sendable, Hashable {
    /// A permanent word for programs.
    package let code: String
    /// The node, flow or timer.
    package let place: String
    package let message: Label

    init(_ code: String, _ place: String, zh: String, en: String) {
        self.code = code
        self.place = place
        message = Label(zh: zh, en: en)
    }
}

extension ProcessGraph {
    /// What stands in the way of executing the graph; empty when it can run. Linear but for the reachability.
    package var problems: [ProcessProblem] {
        doubles + ends + connections + nodes.flatMap(waysOn) + unreached
    }

    private var doubles: [ProcessProblem] {
        var seen = Set<String>()
        let ids = nodes.map(\.id) + flows.map(\.id) + timers.map(\.id)
        return ids.filter { !seen.insert($0).inserted }.map {
            ProcessProblem("double_id", $0, zh: "编号重复", en: "The id is there twice")
        }
    }

    private var ends: [ProcessProblem] {
        let scopes: [String?] = [nil] + nodes.filter { $0.kind == .subprocess }.map(\.id)
        return scopes.flatMap { scope -> [ProcessProblem] in
            let inside = nodes.filter { $0.parent == scope }
            var problems: [ProcessProblem] = []
            if inside.count(where: { $0.kind == .start }) != 1 {
                problems.append(
                    ProcessProblem("one_start", scope ?? id, zh: "必须正好有一个开始", en: "There must be exactly one start"))
            }
            if !inside.contains(where: { $0.kind == .end }) {
                problems.append(ProcessProblem("no_end", scope ?? id, zh: "没有结束", en: "There is no end"))
            }
            return problems
        }
    }

    private var connections: [ProcessProblem] {
        let timers = Dictionary(self.timers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var problems = flows.compactMap { flow -> ProcessProblem? in
            let source = byID[flow.from] ?? timers[flow.from].flatMap { byID[$0.activity] }
            guard let source, let target = byID[flow.to] else {
                return ProcessProblem("loose_flow", flow.id, zh: "连线没有接到节点", en: "The flow leads from or to nothing")
            }
            if source.parent != target.parent {
                return ProcessProblem("across", flow.id, zh: "连线跨越子流程边界", en: "The flow crosses a sub-process")
            }
            if target.kind == .start || source.kind == .end {
                return ProcessProblem(
                    "wrong_way", flow.id, zh: "连线进入开始或离开结束", en: "The flow leads into a start or out of an end")
            }
            return nil
        }
        for timer in self.timers {
            if byID[timer.activity]?.kind.isActivity != true {
                problems.append(
                    ProcessProblem("loose_timer", timer.id, zh: "定时器不在任务上", en: "The timer is at no activity"))
            }
            if flowsOut(of: timer.id).isEmpty {
                problems.append(ProcessProblem("no_way", timer.id, zh: "没有后续", en: "There is no way on"))
            }
        }
        return problems
    }

    private func waysOn(_ node: Node) -> [ProcessProblem] {
        let ways = flowsOut(of: node.id)
        if node.kind != .end, ways.isEmpty {
            return [ProcessProblem("no_way", node.id, zh: "没有后续", en: "There is no way on")]
        }
        if let fallback = node.fallback, !ways.contains(where: { $0.id == fallback }) {
            return [
                ProcessProblem("loose_default", node.id, zh: "默认连线不是它的", en: "The default flow is not one of its own")
            ]
        }
        guard node.kind == .exclusive || node.kind == .inclusive, ways.count > 1 else { return [] }
        return ways.filter { $0.condition == nil && $0.id != node.fallback }.map {
            ProcessProblem(
                "no_condition", $0.id, zh: "分支没有条件，也不是默认分支",
                en: "The way has no condition and is not the default")
        }
    }

    /// Nodes that no token can come to.
    private var unreached: [ProcessProblem] {
        var reached = Set<String>()
        var open = nodes.filter { $0.kind == .start && $0.parent == nil }.map(\.id)
        while let next = open.popLast() {
            guard reached.insert(next).inserted else { continue }
            open += flowsOut(of: next).map(\.to)
            open += (timersAt[next] ?? []).flatMap { flowsOut(of: $0.id).map(\.to) }
            if byID[next]?.kind == .subprocess, let start = start(in: next) { open.append(start.id) }
        }
        return nodes.filter { !reached.contains($0.id) }.map {
            ProcessProblem("unreached", $0.id, zh: "走不到这里", en: "No way leads here")
        }
    }
}
