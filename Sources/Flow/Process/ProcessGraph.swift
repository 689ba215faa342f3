/// A process as it is executed: nodes, the flows between them, timers at activities. One version never changes.
package struct ProcessGraph: Sendable, Hashable {
    /// What a node does.
    package enum Kind: Sendable, Hashable {
        case start
        case end
        /// Somebody does it.
        case userTask
        /// A program does it.
        case serviceTask
        /// One way on: the first whose condition holds, or the default.
        case exclusive
        /// All ways on at once; as a join it waits for every way in.
        case parallel
        /// Every way on whose condition holds; as a join it waits for those that can still come.
        case inclusive
        /// Nodes of its own; it is done when nothing inside is left.
        case subprocess

        package var isActivity: Bool { self == .userTask || self == .serviceTask || self == .subprocess }
        package var isGateway: Bool { self == .exclusive || self == .parallel || self == .inclusive }
    }

    /// The same activity several times.
    package struct Repetition: Sendable, Hashable {
        /// One after the other; else all at once.
        package let isSequential: Bool
        /// How often: an expression that gives a number or a list. The caller computes it.
        package let count: String
        /// When true after one of them ended, the others are not waited for.
        package let completion: String?

        package init(isSequential: Bool, count: String, completion: String? = nil) {
            self.isSequential = isSequential
            self.count = count
            self.completion = completion
        }
    }

    package struct Node: Sendable, Hashable {
        package let id: String
        package let kind: Kind
        package let name: String?
        /// The sub-process around it.
        package let parent: String?
        /// Who does it, as the file says: a lane.
        package let lane: String?
        package let repetition: Repetition?
        /// The flow of a gateway or activity that is taken when no condition holds.
        package let fallback: String?

        package init(
            id: String, kind: Kind, name: String? = nil, parent: String? = nil, lane: String? = nil,
            repetition: Repetition? = nil, fallback: String? = nil
        ) {
            self.id = id
            self.kind = kind
            self.name = name
            self.parent = parent
            self.lane = lane
            self.repetition = repetition
            self.fallback = fallback
        }
    }

    /// An arrow from a node or timer to a node.
    package struct Flow: Sendable, Hashable {
        package let id: String
        package let from: String
        package let to: String
        /// Nil is always true.
        package let condition: String?

        package init(id: String, from: String, to: String, condition: String? = nil) {
            self.id = id
            self.from = from
            self.to = to
            self.condition = condition
        }
    }

    /// A time limit at an activity, with ways on of its own.
    package struct Timer: Sendable, Hashable {
        package let id: String
        package let activity: String
        /// The activity ends unfinished when it fires; else it goes on beside the new way.
        package let interrupts: Bool
        package let span: ISOSpan

        package init(id: String, activity: String, interrupts: Bool, span: ISOSpan) {
            self.id = id
            self.activity = activity
            self.interrupts = interrupts
            self.span = span
        }
    }

    package let id: String
    package let nodes: [Node]
    package let flows: [Flow]
    package let timers: [Timer]
    /// Names this version: equal graphs have equal ones, different ones differ. Not a seal against forgery.
    package let version: String

    let byID: [String: Node]
    let outgoing: [String: [Flow]]
    let incoming: [String: [Flow]]
    let timersAt: [String: [Timer]]
    let flowByID: [String: Flow]
    let timerByID: [String: Timer]

    /// The first of two nodes with one id counts; `problems` names the other.
    package init(id: String, nodes: [Node], flows: [Flow], timers: [Timer] = []) {
        self.id = id
        self.nodes = nodes
        self.flows = flows
        self.timers = timers
        byID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        outgoing = Dictionary(grouping: flows, by: \.from)
        incoming = Dictionary(grouping: flows, by: \.to)
        timersAt = Dictionary(grouping: timers, by: \.activity)
        flowByID = Dictionary(flows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        timerByID = Dictionary(timers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        version = Self.fingerprint(id: id, nodes: nodes, flows: flows, timers: timers)
    }

    package func node(_ id: String) -> Node? { byID[id] }

    package func flowsOut(of id: String) -> [Flow] { outgoing[id] ?? [] }

    package func flowsIn(of id: String) -> [Flow] { incoming[id] ?? [] }

    /// The start of the process, or of a sub-process.
    package func start(in parent: String?) -> Node? { nodes.first { $0.kind == .start && $0.parent == parent } }

    // MARK: The version

    /// FNV-1a of 128 bits over all that the graph says.
    private static func fingerprint(id: String, nodes: [Node], flows: [Flow], timers: [Timer]) -> String {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        func add(_ text: String?) {
            // The length in front keeps "ab", "c" apart from "a", "bc".
            let text = text.map { "\($0.utf8.count):" + $0 } ?? "-"
            for byte in text.utf8 { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
        }
        add(id)
        for node in nodes.sorted(by: { $0.id < $1.id }) {
            add("node")
            for text in [node.id, "\(node.kind)", node.name, node.parent, node.lane, node.fallback] { add(text) }
            for text in [
                node.repetition.map { "\($0.isSequential)" }, node.repetition?.count, node.repetition?.completion,
            ] { add(text) }
        }
        // The order of flows is the order in which conditions are asked.
        for flow in flows {
            for text in ["flow", flow.id, flow.from, flow.to, flow.condition] { add(text) }
        }
        for timer in timers.sorted(by: { $0.id < $1.id }) {
            for text in ["timer", timer.id, timer.activity, "\(timer.interrupts)", timer.span.text] { add(text) }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
