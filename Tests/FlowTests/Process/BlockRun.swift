/// A second way to run blocks, without tokens: a tree of what was begun. It is the oracle of the engine.
final class BlockRun {
    let block: Block
    private(set) weak var parent: BlockRun?
    /// What was begun inside, in order, what is finished too.
    private(set) var parts: [BlockRun] = []
    private(set) var isDone = false
    /// Tasks that are open, of a repetition several.
    private(set) var open = 0
    /// Repetitions that have not begun.
    private var left = 0
    private(set) var hasTimer = false
    /// Beside the scope: what time limits that don't interrupt began, with the task that they belong to.
    private(set) var sides: [(run: BlockRun, host: BlockRun)] = []

    typealias Holds = (String) -> Bool

    init(_ block: Block, parent: BlockRun?) {
        self.block = block
        self.parent = parent
    }

    private func child(_ block: Block) -> BlockRun {
        let run = BlockRun(block, parent: self)
        parts.append(run)
        return run
    }

    func start(_ holds: Holds) {
        switch block {
        case .task: open = 1
        case .repeated(_, let count, let sequential):
            open = sequential ? min(1, count) : count
            left = count - open
            if count == 0 { finish(holds) }
        case .limited:
            open = 1
            hasTimer = true
        case .sequence(let blocks): child(blocks[0]).start(holds)
        case .inside(_, let inner), .loop(_, let inner): child(inner).start(holds)
        case .choice(let id, let blocks):
            let chosen = blocks.indices.dropLast().first { holds("\(id)#\($0)") } ?? blocks.count - 1
            child(blocks[chosen]).start(holds)
        case .all(_, let blocks): begin(blocks, holds)
        case .some(let id, let blocks):
            let chosen = blocks.indices.dropLast().filter { holds("\(id)#\($0)") }
            begin(chosen.isEmpty ? [blocks[blocks.count - 1]] : chosen.map { blocks[$0] }, holds)
        }
    }

    private func begin(_ blocks: [Block], _ holds: Holds) {
        for run in blocks.map(child) { run.start(holds) }
    }

    private func finish(_ holds: Holds) {
        isDone = true
        parent?.ended(self, holds)
    }

    private func ended(_ part: BlockRun, _ holds: Holds) {
        guard !isDone else { return }
        switch block {
        case .sequence(let blocks):
            if parts.count < blocks.count { child(blocks[parts.count]).start(holds) } else { finish(holds) }
        case .all(_, let blocks):
            if parts.count == blocks.count, parts.allSatisfy(\.isDone) { finish(holds) }
        case .some: if parts.allSatisfy(\.isDone) { finish(holds) }
        case .loop(let id, let inner):
            if holds(id + "#back") { child(inner).start(holds) } else { finish(holds) }
        case .inside:
            sides.removeAll { $0.run === part }
            if parts.allSatisfy(\.isDone), sides.isEmpty { finish(holds) }
        default: finish(holds)
        }
    }

    /// One of the open tasks is done.
    func complete(_ holds: Holds) {
        open -= 1
        if left > 0 {
            left -= 1
            open += 1
        }
        if open == 0 {
            hasTimer = false
            finish(holds)
        }
    }

    func fire(_ holds: Holds) {
        guard case .limited(_, let interrupts, let handler) = block else { return }
        hasTimer = false
        if interrupts {
            open = 0
            child(handler).start(holds)
        } else {
            let scope = self.scope
            let side = BlockRun(handler, parent: scope)
            scope.sides.append((side, self))
            side.start(holds)
        }
    }

    /// The sub-process around it, or the whole.
    private var scope: BlockRun {
        var run = self
        while let outer = run.parent {
            run = outer
            if case .inside = run.block { return run }
        }
        return run
    }

    // MARK: What is open

    /// Everything that was begun here, in the order of the blocks.
    var all: [BlockRun] { [self] + parts.flatMap(\.all) + sides.flatMap(\.run.all) }

    var id: String {
        switch block {
        case .task(let id), .choice(let id, _), .all(let id, _), .some(let id, _), .loop(let id, _), .inside(let id, _),
            .repeated(let id, _, _), .limited(let id, _, _):
            id
        case .sequence: ""
        }
    }

    // MARK: Giving back

    /// Where a task can be given back to: the sequence, the part of it, and the run to begin again.
    func earlier() -> [(sequence: BlockRun, part: Int, target: BlockRun)] {
        var found: [(sequence: BlockRun, part: Int, target: BlockRun)] = []
        var run = self
        while let outer = run.parent {
            guard let place = outer.parts.firstIndex(where: { $0 === run }) else { break }
            if case .sequence = outer.block {
                for part in 0..<place { found += outer.parts[part].onPath.map { (outer, part, $0) } }
            }
            run = outer
        }
        return found
    }

    /// The activities inside a finished run that its one branch came through last.
    private var onPath: [BlockRun] {
        switch block {
        case .task, .repeated, .inside: [self]
        case .limited: [self] + parts.flatMap(\.onPath)
        case .sequence: parts.flatMap(\.onPath)
        case .choice: parts[0].onPath
        case .loop: parts[parts.count - 1].onPath
        case .all, .some: []
        }
    }

    /// Tasks on other branches of the splits around it: nothing can be given back to them.
    func beside() -> [String] {
        var found: [String] = []
        var run = self
        while let outer = run.parent {
            guard outer.parts.contains(where: { $0 === run }) else { break }
            if case .all = outer.block {
                found += outer.parts.filter { $0 !== run }.flatMap(\.all).filter(\.isTask).map(\.id)
            }
            run = outer
        }
        return found
    }

    private var isTask: Bool { if case .task = block { true } else { false } }

    /// Begins again at a run that is finished; what came after it was never begun.
    func giveBack(part: Int, to target: BlockRun, _ holds: Holds) {
        let order = parts[part].all
        let since = order.drop { $0 !== target } + parts[(part + 1)...].flatMap(\.all)
        let scope = self.scope
        scope.sides.removeAll { side in since.contains { $0 === side.host } }
        let old = parts[part]
        parts.removeSubrange(part...)
        var begun: BlockRun?
        parts.append(old.again(target, parent: self, &begun))
        begun?.start(holds)
    }

    private func again(_ target: BlockRun, parent: BlockRun, _ begun: inout BlockRun?) -> BlockRun {
        let run = BlockRun(block, parent: parent)
        guard self !== target else {
            begun = run
            return run
        }
        let place = parts.firstIndex { part in part.all.contains { $0 === target } } ?? 0
        for part in parts[..<place] {
            part.parent = run
            run.parts.append(part)
        }
        run.parts.append(parts[place].again(target, parent: run, &begun))
        return run
    }
}
