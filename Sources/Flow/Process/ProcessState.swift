/// Where a running process stands: a value, changed by `ProcessGraph.decide` only.
package struct ProcessState: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable {
        case ready
        case running
        case done
        case cancelled
    }

    package enum Role: Sendable, Hashable {
        /// A task that somebody or a program does.
        case work
        /// A sub-process whose inside runs.
        case scope
        /// An activity done several times: its instances are activities inside it.
        case repeated(total: Int, begun: Int, ended: Int)
    }

    /// Something that goes on.
    package struct Activity: Sendable, Hashable {
        /// Unique in the process; never given again.
        package let id: Int
        package let node: String
        /// The activity around it; 0 is the process.
        package let parent: Int
        /// Of a repeated activity, which one it is, from 0.
        package let index: Int?
        package let role: Role
        /// The branches that led here since the start of what is around it, outermost first.
        package let line: [Int]

        package init(id: Int, node: String, parent: Int, index: Int?, role: Role, line: [Int]) {
            self.id = id
            self.node = node
            self.parent = parent
            self.index = index
            self.role = role
            self.line = line
        }
    }

    /// A branch that arrived at a join and waits for others.
    package struct Waiting: Sendable, Hashable {
        package let flow: String
        package let parent: Int
        package let line: [Int]

        package init(flow: String, parent: Int, line: [Int]) {
            self.flow = flow
            self.parent = parent
            self.line = line
        }
    }

    /// A time limit that runs. When it fires is the caller's to keep.
    package struct RunningTimer: Sendable, Hashable {
        package let id: Int
        package let timer: String
        package let activity: Int

        package init(id: Int, timer: String, activity: Int) {
            self.id = id
            self.timer = timer
            self.activity = activity
        }
    }

    /// The last time that a branch came to an activity.
    package struct Visit: Sendable, Hashable {
        package let node: String
        package let parent: Int
        package let line: [Int]
        /// Of the counter, so that visits and branches are in one order.
        package let at: Int

        package init(node: String, parent: Int, line: [Int], at: Int) {
            self.node = node
            self.parent = parent
            self.line = line
            self.at = at
        }
    }

    /// The version of the graph that it runs by.
    package let version: String
    package internal(set) var status: Status
    package internal(set) var activities: [Activity]
    package internal(set) var waiting: [Waiting]
    package internal(set) var timers: [RunningTimer]
    package internal(set) var visits: [Visit]
    package internal(set) var counter: Int

    /// A process that has not begun.
    package init(of graph: ProcessGraph) {
        self.init(
            version: graph.version, status: .ready, activities: [], waiting: [], timers: [], visits: [], counter: 0)
    }

    /// A state as it was kept.
    package init(
        version: String, status: Status, activities: [Activity], waiting: [Waiting], timers: [RunningTimer],
        visits: [Visit], counter: Int
    ) {
        self.version = version
        self.status = status
        self.activities = activities
        self.waiting = waiting
        self.timers = timers
        self.visits = visits
        self.counter = counter
    }

    /// The tasks that wait to be done, oldest first.
    package var tasks: [Activity] { activities.filter { $0.role == .work } }

    package func activity(_ id: Int) -> Activity? { activities.first { $0.id == id } }

    mutating func next() -> Int {
        counter += 1
        return counter
    }
}
