import Definitions
import Flow
import Testing

/// Short words for graphs and runs.
enum Draw {
    static func node(
        _ id: String, _ kind: ProcessGraph.Kind, in parent: String? = nil, repeated: ProcessGraph.Repetition? = nil,
        otherwise: String? = nil
    ) -> ProcessGraph.Node {
        ProcessGraph.Node(id: id, kind: kind, parent: parent, repetition: repeated, fallback: otherwise)
    }

    static func task(_ id: String, in parent: String? = nil, repeated: ProcessGraph.Repetition? = nil)
        -> ProcessGraph.Node
    {
        node(id, .userTask, in: parent, repeated: repeated)
    }

    /// `a>b` is a flow, `a>b?` one with a condition; its id is `a>b`.
    static func flows(_ arrows: String) -> [ProcessGraph.Flow] {
        arrows.split(separator: " ").map { arrow in
            let asks = arrow.hasSuffix("?")
            let id = asks ? String(arrow.dropLast()) : String(arrow)
            let ends = id.split(separator: ">").map(String.init)
            return ProcessGraph.Flow(id: id, from: ends[0], to: ends[1], condition: asks ? id : nil)
        }
    }
}

/// A process in the middle of a story.
struct Story {
    let graph: ProcessGraph
    var state: ProcessState
    var effects: [ProcessEffect] = []
    var holding: Set<String> = []
    var counts: [String: Int] = [:]
    var enough = Int.max

    init(_ graph: ProcessGraph, holding: Set<String> = []) {
        self.graph = graph
        self.holding = holding
        state = ProcessState(of: graph)
    }

    var facts: ProcessFacts {
        let (holding, counts, enough) = (holding, counts, enough)
        return ProcessFacts(
            holds: { flow in holding.contains(flow.id) }, count: { node in counts[node.id] ?? 1 },
            completes: { _, ended, _ in ended >= enough })
    }

    mutating func tell(_ event: ProcessEvent) throws(ProcessRefusal) {
        (state, effects) = try graph.decide(event, state, facts)
    }

    /// The open tasks by name, sorted; one that is open twice stands twice.
    var open: [String] { state.tasks.map(\.node).sorted() }

    func task(_ node: String) -> Int { state.tasks.first { $0.node == node }?.id ?? -1 }

    mutating func complete(_ node: String) throws(ProcessRefusal) { try tell(.completed(activity: task(node))) }

    mutating func giveBack(_ node: String, to target: String) throws(ProcessRefusal) {
        try tell(.givenBack(from: task(node), to: target))
    }

    mutating func fire(_ timer: String) throws(ProcessRefusal) {
        try tell(.fired(timer: state.timers.first { $0.timer == timer }?.id ?? -1))
    }
}

@Suite("Processes move by tokens")
struct ProcessTests {
    private static let parallel = ProcessGraph(
        id: "p",
        nodes: [
            Draw.node("s", .start), Draw.task("offer"), Draw.node("fork", .parallel), Draw.task("book"),
            Draw.task("pack"), Draw.task("label"), Draw.node("join", .parallel), Draw.task("ship"),
            Draw.node("e", .end),
        ], flows: Draw.flows("s>offer offer>fork fork>book fork>pack pack>label book>join label>join join>ship ship>e"))

    @Test("A parallel join waits for every branch")
    func parallel() throws {
        var story = Story(Self.parallel)
        try story.tell(.start)
        #expect(story.open == ["offer"])
        try story.complete("offer")
        #expect(story.open == ["book", "pack"])
        try story.complete("book")
        #expect(story.open == ["pack"])
        try story.complete("pack")
        try story.complete("label")
        #expect(story.open == ["ship"])
        try story.complete("ship")
        #expect(story.state.status == .done && story.effects.last == .done)
    }

    @Test("Giving back across a parallel split takes back the other branches, and says so")
    func giveBackAcross() throws {
        var story = Story(Self.parallel)
        try story.tell(.start)
        try story.complete("offer")
        try story.complete("pack")
        let (book, label) = (story.task("book"), story.task("label"))
        try story.giveBack("label", to: "offer")
        #expect(story.open == ["offer"])
        #expect(
            story.effects.contains(.givenBack(activity: label)) && story.effects.contains(.withdrawn(activity: book)))
        try story.complete("offer")
        #expect(story.open == ["book", "pack"])
        for task in ["book", "pack", "label", "ship"] { try story.complete(task) }
        #expect(story.state.status == .done)
    }

    @Test("Giving back inside a branch leaves the other branches alone; a branch at the join stays there")
    func giveBackInside() throws {
        var story = Story(Self.parallel)
        try story.tell(.start)
        try story.complete("offer")
        try story.complete("book")
        try story.complete("pack")
        try story.giveBack("label", to: "pack")
        #expect(story.open == ["pack"] && story.state.waiting.map(\.flow) == ["book>join"])
        #expect(throws: ProcessRefusal.notBefore("book")) { try story.giveBack("pack", to: "book") }
        #expect(throws: ProcessRefusal.notBefore("ship")) { try story.giveBack("pack", to: "ship") }
        try story.complete("pack")
        try story.complete("label")
        #expect(throws: ProcessRefusal.notBefore("label")) { try story.giveBack("ship", to: "label") }
        try story.giveBack("ship", to: "offer")
        #expect(story.open == ["offer"] && story.state.waiting.isEmpty)
    }

    @Test("An exclusive gateway takes the first way that holds, or the default, or refuses")
    func exclusive() throws {
        func graph(_ fallback: String?) -> ProcessGraph {
            ProcessGraph(
                id: "x",
                nodes: [
                    Draw.node("s", .start), Draw.node("g", .exclusive, otherwise: fallback), Draw.task("a"),
                    Draw.task("b"), Draw.task("c"), Draw.node("e", .end),
                ], flows: Draw.flows("s>g g>a? g>b? g>c? a>e b>e c>e"))
        }
        var both = Story(graph("g>c"), holding: ["g>a", "g>b"])
        try both.tell(.start)
        #expect(both.open == ["a"])
        var none = Story(graph("g>c"))
        try none.tell(.start)
        #expect(none.open == ["c"])
        var lost = Story(graph(nil))
        #expect(throws: ProcessRefusal.noWay("g")) { try lost.tell(.start) }
        #expect(lost.state.status == .ready)
    }

    @Test("An inclusive join waits for the branches that were begun, no others")
    func inclusive() throws {
        let graph = ProcessGraph(
            id: "i",
            nodes: [
                Draw.node("s", .start), Draw.node("g", .inclusive, otherwise: "g>c"), Draw.task("a"), Draw.task("b"),
                Draw.task("c"), Draw.node("j", .inclusive), Draw.task("d"), Draw.node("e", .end),
            ], flows: Draw.flows("s>g g>a? g>b? g>c? a>j b>j c>j j>d d>e"))
        var two = Story(graph, holding: ["g>a", "g>b"])
        try two.tell(.start)
        #expect(two.open == ["a", "b"])
        try two.complete("a")
        #expect(two.open == ["b"])
        try two.complete("b")
        #expect(two.open == ["d"])
        var none = Story(graph)
        try none.tell(.start)
        #expect(none.open == ["c"])
        try none.complete("c")
        #expect(none.open == ["d"])
    }

    private static let limited = ProcessGraph(
        id: "t",
        nodes: [
            Draw.node("s", .start), Draw.task("reply"), Draw.task("boss"), Draw.task("remind"), Draw.node("e", .end),
            Draw.node("e2", .end),
        ], flows: Draw.flows("s>reply reply>e late>boss boss>e soon>remind remind>e2"),
        timers: [
            ProcessGraph.Timer(id: "late", activity: "reply", interrupts: true, span: ISOSpan(seconds: 86_400)),
            ProcessGraph.Timer(id: "soon", activity: "reply", interrupts: false, span: ISOSpan(seconds: 3600)),
        ])

    @Test("A time limit that interrupts ends the task; one that doesn't goes on beside it; each fires once")
    func timers() throws {
        var story = Story(Self.limited)
        try story.tell(.start)
        #expect(story.state.timers.map(\.timer) == ["late", "soon"])
        let soon = story.state.timers[1].id
        try story.fire("soon")
        #expect(story.open == ["remind", "reply"])
        #expect(throws: ProcessRefusal.gone(soon)) { try story.tell(.fired(timer: soon)) }
        let reply = story.task("reply")
        try story.fire("late")
        #expect(story.open == ["boss", "remind"] && story.effects.contains(.withdrawn(activity: reply)))
        #expect(throws: ProcessRefusal.gone(reply)) { try story.tell(.completed(activity: reply)) }
        try story.complete("boss")
        #expect(story.state.status == .running)
        try story.complete("remind")
        #expect(story.state.status == .done)
    }

    @Test("A task done in time clears its limits")
    func cleared() throws {
        var story = Story(Self.limited)
        try story.tell(.start)
        let timers = story.state.timers.map(\.id)
        try story.complete("reply")
        #expect(timers.allSatisfy { story.effects.contains(.timerCleared($0)) })
        #expect(story.state.timers.isEmpty && story.state.status == .done)
    }

    @Test("What a limit began comes from the task, not from what came after the task")
    func besideTheTask() throws {
        let graph = ProcessGraph(
            id: "b",
            nodes: [
                Draw.node("s", .start), Draw.task("reply"), Draw.task("quote"), Draw.task("remind"),
                Draw.node("e", .end),
                Draw.node("e2", .end),
            ], flows: Draw.flows("s>reply reply>quote quote>e soon>remind remind>e2"),
            timers: [ProcessGraph.Timer(id: "soon", activity: "reply", interrupts: false, span: ISOSpan(seconds: 60))])
        var story = Story(graph)
        try story.tell(.start)
        try story.fire("soon")
        try story.complete("reply")
        #expect(story.open == ["quote", "remind"])
        #expect(throws: ProcessRefusal.notBefore("quote")) { try story.giveBack("remind", to: "quote") }
        let quote = story.task("quote")
        try story.giveBack("remind", to: "reply")
        #expect(story.open == ["reply"] && story.effects.contains(.withdrawn(activity: quote)))
    }

    private static func repeated(_ sequential: Bool, completion: String? = nil) -> ProcessGraph {
        let repetition = ProcessGraph.Repetition(isSequential: sequential, count: "n", completion: completion)
        return ProcessGraph(
            id: "m",
            nodes: [
                Draw.node("s", .start), Draw.task("sign", repeated: repetition), Draw.task("after"),
                Draw.node("e", .end),
            ],
            flows: Draw.flows("s>sign sign>after after>e"))
    }

    @Test("Several at once, one after the other, and none at all")
    func repetition() throws {
        var atOnce = Story(Self.repeated(false))
        atOnce.counts = ["sign": 3]
        try atOnce.tell(.start)
        #expect(atOnce.state.tasks.map(\.index) == [0, 1, 2])
        for _ in 0..<3 { try atOnce.complete("sign") }
        #expect(atOnce.open == ["after"])
        var inTurn = Story(Self.repeated(true))
        inTurn.counts = ["sign": 2]
        try inTurn.tell(.start)
        #expect(inTurn.state.tasks.map(\.index) == [0])
        try inTurn.complete("sign")
        #expect(inTurn.state.tasks.map(\.index) == [1])
        try inTurn.complete("sign")
        #expect(inTurn.open == ["after"])
        var none = Story(Self.repeated(false))
        none.counts = ["sign": 0]
        try none.tell(.start)
        #expect(none.open == ["after"])
        var endless = Story(Self.repeated(false))
        endless.counts = ["sign": 1001]
        #expect(throws: ProcessRefusal.tooLong("sign")) { try endless.tell(.start) }
    }

    @Test("When enough have signed the others are withdrawn")
    func completion() throws {
        var story = Story(Self.repeated(false, completion: "half"))
        story.counts = ["sign": 4]
        story.enough = 2
        try story.tell(.start)
        let last = story.state.tasks.map(\.id)[2...]
        try story.complete("sign")
        try story.complete("sign")
        #expect(story.open == ["after"])
        #expect(last.allSatisfy { story.effects.contains(.withdrawn(activity: $0)) })
    }

    @Test("A sub-process ends when nothing inside is left; giving back reaches out of it")
    func subprocess() throws {
        let graph = ProcessGraph(
            id: "sub",
            nodes: [
                Draw.node("s", .start), Draw.task("first"), Draw.node("lc", .subprocess),
                Draw.node("s2", .start, in: "lc"),
                Draw.node("f", .parallel, in: "lc"), Draw.task("check", in: "lc"), Draw.task("copy", in: "lc"),
                Draw.node("e1", .end, in: "lc"), Draw.node("e2", .end, in: "lc"), Draw.task("after"),
                Draw.node("e", .end),
            ], flows: Draw.flows("s>first first>lc lc>after after>e s2>f f>check f>copy check>e1 copy>e2"))
        #expect(graph.problems.isEmpty)
        var story = Story(graph)
        try story.tell(.start)
        try story.complete("first")
        #expect(story.open == ["check", "copy"])
        try story.complete("check")
        #expect(story.open == ["copy"])
        var back = story
        try back.giveBack("copy", to: "first")
        #expect(back.open == ["first"] && back.state.activities.count == 1)
        try story.complete("copy")
        #expect(story.open == ["after"])
        try story.giveBack("after", to: "lc")
        #expect(story.open == ["check", "copy"])
    }

    @Test("Cancelling withdraws everything; nothing happens afterwards")
    func cancel() throws {
        var story = Story(Self.limited)
        try story.tell(.start)
        try story.tell(.cancelled)
        #expect(story.state.status == .cancelled && story.state.activities.isEmpty && story.state.timers.isEmpty)
        #expect(throws: ProcessRefusal.notRunning) { try story.tell(.cancelled) }
        #expect(throws: ProcessRefusal.started) { try story.tell(.start) }
        #expect(throws: ProcessRefusal.notRunning) { try story.tell(.completed(activity: 1)) }
    }

    @Test("Flows that go round without a task end with a refusal, and a join nobody comes to is told")
    func endless() throws {
        let round = ProcessGraph(
            id: "r", nodes: [Draw.node("s", .start), Draw.node("a", .exclusive), Draw.node("e", .end)],
            flows: Draw.flows("s>a a>a"))
        var story = Story(round)
        #expect(throws: ProcessRefusal.tooLong("a")) { try story.tell(.start) }
        let dead = ProcessGraph(
            id: "d",
            nodes: [
                Draw.node("s", .start), Draw.node("x", .exclusive, otherwise: "x>j"), Draw.task("t"),
                Draw.node("j", .parallel),
                Draw.node("e", .end),
            ], flows: Draw.flows("s>x x>t? x>j t>j j>e"))
        var stuck = Story(dead)
        try stuck.tell(.start)
        #expect(stuck.effects == [.stuck(["j"])] && stuck.state.status == .running)
    }

    @Test("A process runs by its own version only")
    func version() throws {
        var story = Story(Self.limited)
        try story.tell(.start)
        #expect(throws: ProcessRefusal.otherVersion) { try Self.parallel.decide(.start, story.state) }
        let refusals: [ProcessRefusal] = [
            .otherVersion, .notRunning, .started, .gone(1), .noWay("a"), .notBefore("a"), .tooLong("a"),
        ]
        #expect(refusals.allSatisfy { !$0.message.zh.isEmpty && !$0.message.en.isEmpty && !$0.code.isEmpty })
    }
}
