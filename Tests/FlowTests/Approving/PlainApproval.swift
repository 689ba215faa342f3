import Flow
import Values

/// The same rules in the plainest form: names, who has said what, one stage at a time. Written for comparison; without
/// added signers, delegates and ladders.
struct PlainApproval {
    struct Stage {
        let mode: ApprovalMode
        let names: [String]
    }

    let stages: [Stage]
    private(set) var status = "approved"
    private var at = 0
    private var holders: [String] = []
    private var said: [String: Bool] = [:]
    private var back: Int?
    private var resume: Int?
    private var visited: Set<Int> = []
    private var isTouched = false
    private var lastActor: String?
    private var undo: [PlainApproval] = []

    init(_ stages: [Stage]) {
        self.stages = stages
        status = "pending"
        go(0)
    }

    var asked: Set<String> {
        guard status == "pending" else { return [] }
        let silent = holders.filter { said[$0] == nil }
        if case .sequential = stages[at].mode { return Set(silent.prefix(1)) }
        return Set(silent)
    }

    private mutating func go(_ stage: Int) {
        guard stage < stages.count else {
            status = "approved"
            return
        }
        at = stage
        visited.insert(stage)
        holders = stages[stage].names
        said = [:]
    }

    private mutating func count() {
        let yes = holders.count { said[$0] == true }
        let no = holders.count { said[$0] == false }
        let isDone: Bool
        switch stages[at].mode {
        case .all, .sequential: isDone = yes == holders.count
        case .any: isDone = yes > 0
        case .ratio(let share):
            isDone = yes * 10_000 >= share * holders.count
            if !isDone, (holders.count - no) * 10_000 < share * holders.count { status = "rejected" }
        }
        guard isDone else { return }
        let next = back ?? at + 1
        back = nil
        go(next)
    }

    /// Whether it may be done; it is done then.
    mutating func act(_ verb: ApprovalVerb, _ name: String, _ names: [RecordID: String]) -> Bool {
        let before = self
        guard perform(verb, name, names) else {
            self = before
            return false
        }
        switch verb {
        case .takeBack: (undo, lastActor) = ([], nil)
        case .approve, .transfer: (undo, lastActor) = status == "pending" ? ([before], name) : ([], nil)
        default: (undo, lastActor) = ([], nil)
        }
        return true
    }

    private mutating func perform(_ verb: ApprovalVerb, _ name: String, _ names: [RecordID: String]) -> Bool {
        switch verb {
        case .approve:
            guard name != "lin", asked.contains(name) else { return false }
            (said[name], isTouched) = (true, true)
            count()
        case .reject:
            guard name != "lin", asked.contains(name) else { return false }
            (said[name], isTouched) = (false, true)
            if case .ratio = stages[at].mode { count() } else { status = "rejected" }
        case .sendBack(let to, let then, _):
            guard name != "lin", asked.contains(name) else { return false }
            return sendBack(to, then)
        case .withdraw:
            guard name == "lin", status == "pending", !isTouched else { return false }
            status = "withdrawn"
        case .transfer(let to, _):
            guard name != "lin", asked.contains(name), let other = names[to], other != "lin", other != name,
                !asked.contains(other), said[other] == nil, let place = holders.firstIndex(of: name)
            else { return false }
            holders[place] = other
        case .restart:
            guard name == "lin", ["returned", "rejected", "withdrawn"].contains(status) else { return false }
            (status, isTouched, back) = ("pending", false, nil)
            let start = resume ?? 0
            resume = nil
            go(start)
        case .takeBack:
            guard status == "pending", lastActor == name, let earlier = undo.first else { return false }
            let seen = visited
            self = earlier
            visited = seen
            isTouched = true
        default: return false
        }
        return true
    }

    private mutating func sendBack(
        _ to: ApprovalVerb.Destination, _ then: ApprovalVerb.Afterwards
    ) -> Bool {
        let target: Int
        switch to {
        case .requester:
            (status, isTouched) = ("returned", true)
            resume = then == .straightBack ? at : nil
            return true
        case .previous: target = at - 1
        case .stage(let stage): target = stage
        }
        guard target >= 0, target < at, visited.contains(target) else { return false }
        isTouched = true
        back = then == .straightBack ? at : nil
        go(target)
        return true
    }
}
