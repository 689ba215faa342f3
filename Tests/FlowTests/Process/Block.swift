import Flow

/// A process drawn in blocks, each entered at one place and left at one.
indirect enum Block {
    case task(String)
    case sequence([Block])
    /// One of them: the first whose way holds, or the last.
    case choice(String, [Block])
    /// All of them.
    case all(String, [Block])
    /// Those whose ways hold, or the last alone.
    case some(String, [Block])
    /// Again as long as the way back holds.
    case loop(String, Block)
    case inside(String, Block)
    case repeated(String, count: Int, sequential: Bool)
    /// A task with a time limit.
    case limited(String, interrupts: Bool, Block)
}

/// Makes random blocks.
struct BlockMaker {
    var dice: StoryDice
    private var count = 0
    private var budget: Int

    init(seed: UInt64, size: Int) {
        dice = StoryDice(seed)
        budget = size
    }

    mutating func block(depth: Int = 0, plain: Bool = false) -> Block {
        budget -= 1
        count += 1
        let id = "n\(count)"
        guard budget > 0, depth < 5 else { return .task(id) }
        func inner(_ maker: inout BlockMaker) -> Block { maker.block(depth: depth + 1, plain: plain) }
        func some(_ maker: inout BlockMaker, _ least: Int) -> [Block] {
            (0..<least + maker.dice.roll(2)).map { _ in inner(&maker) }
        }
        switch dice.roll(plain ? 8 : 11) {
        case 0, 1, 2: return .sequence(some(&self, 2))
        case 3: return .choice(id, some(&self, 2))
        case 4: return .all(id, some(&self, 2))
        case 5: return .some(id, some(&self, 2))
        case 6: return .loop(id, inner(&self))
        case 7: return .task(id)
        case 8: return .inside(id, inner(&self))
        case 9: return .repeated(id, count: 1 + dice.roll(3), sequential: dice.roll(2) == 0)
        default: return .limited(id, interrupts: dice.roll(2) == 0, block(depth: depth + 2, plain: true))
        }
    }
}

/// Random numbers that are the same in every run.
struct StoryDice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// Below `bound`.
    mutating func roll(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    mutating func pick<Item>(_ items: [Item]) -> Item? { items.isEmpty ? nil : items[roll(items.count)] }
}

/// Draws blocks as a graph.
struct BlockDrawing {
    private var nodes: [ProcessGraph.Node] = []
    private var flows: [ProcessGraph.Flow] = []
    private var timers: [ProcessGraph.Timer] = []
    private(set) var conditions: [String] = []
    private(set) var counts: [String: Int] = [:]

    static func graph(of block: Block) -> (graph: ProcessGraph, conditions: [String], counts: [String: Int]) {
        var drawing = BlockDrawing()
        drawing.scope(block, id: "root", parent: nil)
        let graph = ProcessGraph(
            id: "blocks", nodes: drawing.nodes, flows: drawing.flows, timers: drawing.timers)
        return (graph, drawing.conditions, drawing.counts)
    }

    private mutating func scope(_ block: Block, id: String, parent: String?) {
        add(id + ".start", .start, parent)
        add(id + ".end", .end, parent)
        let ends = draw(block, parent)
        link(id + ".start", ends.in)
        link(ends.out, id + ".end")
    }

    private mutating func draw(_ block: Block, _ parent: String?) -> (in: String, out: String) {
        switch block {
        case .task(let id):
            add(id, .userTask, parent)
            return (id, id)
        case .repeated(let id, let count, let sequential):
            counts[id] = count
            nodes.append(Draw.node(id, .userTask, in: parent, repeated: .init(isSequential: sequential, count: "n")))
            return (id, id)
        case .inside(let id, let inner):
            add(id, .subprocess, parent)
            scope(inner, id: id, parent: id)
            return (id, id)
        case .sequence(let blocks):
            let ends = blocks.map { draw($0, parent) }
            for (left, right) in zip(ends, ends.dropFirst()) { link(left.out, right.in) }
            return (ends[0].in, ends[ends.count - 1].out)
        case .choice(let id, let blocks): return split(id, blocks, .exclusive, parent)
        case .all(let id, let blocks): return split(id, blocks, .parallel, parent)
        case .some(let id, let blocks): return split(id, blocks, .inclusive, parent)
        case .loop(let id, let inner):
            add(id + ".merge", .exclusive, parent)
            nodes.append(Draw.node(id + ".again", .exclusive, in: parent, otherwise: id + "#on"))
            add(id + ".out", .exclusive, parent)
            let ends = draw(inner, parent)
            link(id + ".merge", ends.in)
            link(ends.out, id + ".again")
            link(id + ".again", id + ".merge", id: id + "#back", asks: true)
            link(id + ".again", id + ".out", id: id + "#on")
            return (id + ".merge", id + ".out")
        case .limited(let id, let interrupts, let handler): return limited(id, interrupts, handler, parent)
        }
    }

    private mutating func limited(_ id: String, _ interrupts: Bool, _ handler: Block, _ parent: String?)
        -> (in: String, out: String)
    {
        add(id, .userTask, parent)
        timers.append(
            ProcessGraph.Timer(id: id + "!", activity: id, interrupts: interrupts, span: ISOSpan(seconds: 60)))
        let ends = draw(handler, parent)
        link(id + "!", ends.in)
        guard interrupts else {
            add(id + ".side", .end, parent)
            link(ends.out, id + ".side")
            return (id, id)
        }
        add(id + ".merge", .exclusive, parent)
        link(id, id + ".merge")
        link(ends.out, id + ".merge")
        return (id, id + ".merge")
    }

    private mutating func split(_ id: String, _ blocks: [Block], _ kind: ProcessGraph.Kind, _ parent: String?)
        -> (in: String, out: String)
    {
        let asks = kind != .parallel
        nodes.append(Draw.node(id, kind, in: parent, otherwise: asks ? "\(id)#\(blocks.count - 1)" : nil))
        add(id + ".join", kind, parent)
        for (index, block) in blocks.enumerated() {
            let ends = draw(block, parent)
            link(id, ends.in, id: "\(id)#\(index)", asks: asks && index < blocks.count - 1)
            link(ends.out, id + ".join")
        }
        return (id, id + ".join")
    }

    private mutating func add(_ id: String, _ kind: ProcessGraph.Kind, _ parent: String?) {
        nodes.append(Draw.node(id, kind, in: parent))
    }

    private mutating func link(_ from: String, _ to: String, id: String? = nil, asks: Bool = false) {
        let id = id ?? from + ">" + to
        if asks { conditions.append(id) }
        flows.append(ProcessGraph.Flow(id: id, from: from, to: to, condition: asks ? id : nil))
    }
}
