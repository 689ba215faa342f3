import Definitions
import Flow
import Interchange
import Store
package import Values

/// What has to be said before the runs of a version go to the one in force: every node where something goes on, every
/// way on which a branch waits, every time limit that runs, each with what it can become. For who may define. Writes
/// nothing; reads at most 2,000 runs.
package struct WorkflowMovePlan: Question {
    package let from: RecordID

    package init(from: RecordID) { self.from = from }

    package enum Kind: String, Sendable, Hashable {
        case node, flow, timer
    }

    package struct Choice: Sendable, Hashable {
        package let id: String
        package let name: String
    }

    package struct Place: Sendable, Hashable {
        package let kind: Kind
        package let id: String
        package let name: String
        /// Running ones that stand there.
        package let runs: Int
        /// What it is in the version in force where nobody says otherwise; nil where that has none like it.
        package let same: String?
        package let choices: [Choice]
    }

    package struct Answer: Sendable {
        package let key: String
        package let name: String
        /// Number of the version whose runs are moved, and of the one in force.
        package let number: Int
        package let target: Int
        package let runs: Int
        /// Nodes first, then ways into joins, then time limits; each in the order of the file.
        package let places: [Place]
    }

    package func answer(in context: ReadContext) throws -> Answer {
        let desk = try WorkflowDesk(context)
        try desk.mustDefine()
        let store = Workflows(context.connection)
        guard let entry = try store.find(from), let current = try store.current(entry.key) else {
            throw Rejection.unknownWorkflow
        }
        let runs = try WorkflowRuns(context.connection).by(entry.id, status: "running", limit: WorkflowMigration.most)
        let tally = Tally(try runs.map { try WorkflowRunner.state(of: $0) })
        let (old, new) = (try desk.load(entry), try desk.load(current))
        return Answer(
            key: entry.key, name: current.name, number: entry.number, target: current.number, runs: runs.count,
            places: entry.id == current.id ? [] : Self.places(tally, old, new))
    }

    private struct Tally {
        var nodes: [String: Int] = [:]
        var flows: [String: Int] = [:]
        var timers: [String: Int] = [:]

        init(_ states: [ProcessState]) {
            for state in states {
                for node in Set(state.activities.map(\.node)) { nodes[node, default: 0] += 1 }
                for flow in Set(state.waiting.map(\.flow)) { flows[flow, default: 0] += 1 }
                for timer in Set(state.timers.map(\.timer)) { timers[timer, default: 0] += 1 }
            }
        }
    }

    private static func places(_ tally: Tally, _ old: LoadedWorkflow, _ new: LoadedWorkflow) -> [Place] {
        let nodes = old.graph.nodes.compactMap { node -> Place? in
            guard let count = tally.nodes[node.id] else { return nil }
            let alike = new.graph.nodes.filter {
                $0.kind == node.kind && ($0.repetition == nil) == (node.repetition == nil)
            }
            return place(.node, node.id, old.name(of: node.id), count, alike.map { ($0.id, new.name(of: $0.id)) })
        }
        let flows = old.graph.flows.compactMap { flow -> Place? in
            guard let count = tally.flows[flow.id], let join = old.graph.node(flow.to) else { return nil }
            let alike = new.graph.flows.filter { new.graph.node($0.to)?.kind == join.kind }
            return place(.flow, flow.id, name(flow, old), count, alike.map { ($0.id, name($0, new)) })
        }
        let timers = old.graph.timers.compactMap { timer -> Place? in
            guard let count = tally.timers[timer.id] else { return nil }
            return place(
                .timer, timer.id, name(timer, old), count, new.graph.timers.map { ($0.id, name($0, new)) })
        }
        return nodes + flows + timers
    }

    private static func place(
        _ kind: Kind, _ id: String, _ name: String, _ count: Int, _ choices: [(String, String)]
    ) -> Place {
        Place(
            kind: kind, id: id, name: name, runs: count, same: choices.contains { $0.0 == id } ? id : nil,
            choices: choices.map { Choice(id: $0.0, name: $0.1) })
    }

    private static func name(_ flow: ProcessGraph.Flow, _ loaded: LoadedWorkflow) -> String {
        loaded.name(of: flow.from) + " → " + loaded.name(of: flow.to)
    }

    private static func name(_ timer: ProcessGraph.Timer, _ loaded: LoadedWorkflow) -> String {
        loaded.name(of: timer.activity) + " · " + timer.span.text
    }
}
