import Flow
import Testing

@Suite("Processes and a second way to run them agree")
struct ProcessPropertyTests {
    @Test("50,000 random events: the same tasks and limits are open, none lost, none twice")
    func agreement() throws {
        var events = 0
        var refused = 0
        var givenBack = 0
        var seed: UInt64 = 0
        while events < 50_000 {
            seed += 1
            var duel = Duel(seed: seed, size: 4 + Int(seed % 14))
            try duel.run(limit: 60)
            events += duel.events
            refused += duel.refused
            givenBack += duel.givenBack
            guard duel.differences.isEmpty else {
                Issue.record("seed \(seed): \(duel.differences)")
                return
            }
        }
        #expect(refused > 1000 && givenBack > 1000)
    }

    @Test("Drawn in blocks, 1,500 processes are sound: whatever people do, they end and nothing is stuck")
    func soundness() throws {
        for seed in 1...1500 {
            var maker = BlockMaker(seed: UInt64(seed) &* 977, size: 5 + seed % 25)
            let (graph, conditions, counts) = BlockDrawing.graph(of: maker.block())
            #expect(graph.problems.isEmpty, "seed \(seed)")
            var story = Story(graph)
            story.counts = counts
            var dice = StoryDice(UInt64(seed))
            story.holding = Set(conditions.filter { _ in dice.roll(2) == 0 })
            try story.tell(.start)
            var events = 0
            while story.state.status == .running, events < 3000 {
                events += 1
                story.holding = Set(conditions.filter { _ in dice.roll(3) == 0 })
                if dice.roll(4) == 0, let timer = dice.pick(story.state.timers) {
                    try story.tell(.fired(timer: timer.id))
                } else if let task = dice.pick(story.state.tasks) {
                    try story.tell(.completed(activity: task.id))
                } else {
                    break
                }
            }
            #expect(story.state.status == .done && story.state.timers.isEmpty, "seed \(seed)")
            if story.state.status != .done { return }
        }
    }
}

/// The engine and the tree side by side.
private struct Duel {
    private var story: Story
    private let root: BlockRun
    private let conditions: [String]
    private var dice: StoryDice
    /// What the effects say is open.
    private var openTasks = Set<Int>()
    private var openTimers = Set<Int>()
    private var everOpened = Set<Int>()
    private(set) var events = 0
    private(set) var refused = 0
    private(set) var givenBack = 0
    private(set) var differences: [String] = []

    init(seed: UInt64, size: Int) {
        var maker = BlockMaker(seed: seed, size: size)
        let block = maker.block()
        let drawn = BlockDrawing.graph(of: block)
        story = Story(drawn.graph)
        story.counts = drawn.counts
        conditions = drawn.conditions
        dice = StoryDice(seed &+ 99)
        // The outermost run holds what time limits begin beside everything.
        root = BlockRun(.inside("root", block), parent: nil)
    }

    mutating func run(limit: Int) throws {
        hold()
        try story.tell(.start)
        root.start(holds)
        account()
        compare("start")
        while events < limit, story.state.status == .running, differences.isEmpty {
            events += 1
            hold()
            try act()
        }
    }

    private var holds: BlockRun.Holds {
        let holding = story.holding
        return { holding.contains($0) }
    }

    private mutating func hold() { story.holding = Set(conditions.filter { _ in dice.roll(3) == 0 }) }

    private mutating func act() throws {
        switch dice.roll(10) {
        case 0: refuse(.completed(activity: Int(dice.roll(1000)) + 100_000), "no task")
        case 1:
            if let old = dice.pick(everOpened.subtracting(openTasks).sorted()) {
                refuse(.completed(activity: old), "old")
            }
        case 2, 3: try fire()
        case 4, 5: try giveBack()
        default: try complete()
        }
    }

    private mutating func refuse(_ event: ProcessEvent, _ what: String) {
        let before = story.state
        do {
            try story.tell(event)
            differences.append("\(what) was not refused: \(event)")
        } catch {
            refused += 1
            if story.state != before { differences.append("\(what) changed something") }
        }
    }

    private var leaves: [BlockRun] { root.all.filter { $0.open > 0 } }

    /// The run of a task; the same node may be open in several repetitions, which are one run.
    private func leaf(_ node: String) -> BlockRun? { leaves.first { $0.id == node } }

    private mutating func complete() throws {
        guard let task = dice.pick(story.state.tasks) else { return }
        guard let leaf = leaf(task.node) else { return differences.append("\(task.node) is open in one only") }
        try story.tell(.completed(activity: task.id))
        leaf.complete(holds)
        account()
        compare("complete \(task.node)")
    }

    private mutating func fire() throws {
        guard let timer = dice.pick(story.state.timers), let task = story.state.activity(timer.activity) else { return }
        guard let leaf = leaf(task.node) else { return differences.append("\(task.node) has a limit in one only") }
        try story.tell(.fired(timer: timer.id))
        openTimers.remove(timer.id)
        leaf.fire(holds)
        account()
        compare("fire \(timer.timer)")
    }

    private mutating func giveBack() throws {
        guard let task = dice.pick(story.state.tasks), let leaf = leaf(task.node) else { return }
        if dice.roll(3) == 0, let other = dice.pick(leaf.beside()) {
            return refuse(.givenBack(from: task.id, to: other), "beside")
        }
        guard let choice = dice.pick(leaf.earlier()) else { return }
        let before = story.state
        do {
            try story.tell(.givenBack(from: task.id, to: choice.target.id))
        } catch {
            return differences.append("\(task.node) → \(choice.target.id): \(error) \(before.visits)")
        }
        givenBack += 1
        if !story.effects.contains(.givenBack(activity: task.id)) { differences.append("not said: given back") }
        choice.sequence.giveBack(part: choice.part, to: choice.target, holds)
        account()
        compare("give back \(task.node) to \(choice.target.id)")
    }

    /// Every task and limit is opened once and ended once.
    private mutating func account() {
        for effect in story.effects {
            switch effect {
            case .opened(let id, _, _):
                if !everOpened.insert(id).inserted { differences.append("opened twice: \(id)") }
                openTasks.insert(id)
            case .closed(let id), .withdrawn(let id), .givenBack(let id):
                if openTasks.remove(id) == nil { differences.append("ended, but not open: \(id)") }
            case .timerSet(let id, _, _, _): openTimers.insert(id)
            case .timerCleared(let id): if openTimers.remove(id) == nil { differences.append("no limit: \(id)") }
            case .timerKept: differences.append("kept outside a migration")
            case .stuck(let joins): differences.append("stuck at \(joins)")
            case .done: if story.state.status != .done { differences.append("said done") }
            }
        }
        if openTasks != Set(story.state.tasks.map(\.id)) { differences.append("effects and state differ") }
        if openTimers != Set(story.state.timers.map(\.id)) { differences.append("limits of effects and state differ") }
    }

    private mutating func compare(_ what: String) {
        let wanted = leaves.flatMap { Array(repeating: $0.id, count: $0.open) }.sorted()
        if story.open != wanted { differences.append("\(what): \(story.open), but by the tree \(wanted)") }
        let timers = leaves.filter(\.hasTimer).map { $0.id + "!" }.sorted()
        let running = story.state.timers.map(\.timer).sorted()
        if running != timers { differences.append("\(what): limits \(running), but by the tree \(timers)") }
        if (story.state.status == .done) != root.isDone { differences.append("\(what): \(story.state.status)") }
    }
}
