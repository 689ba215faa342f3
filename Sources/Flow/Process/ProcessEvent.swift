package import Definitions

/// What happens to a running process.
package enum ProcessEvent: Sendable, Hashable {
    case start
    /// A task was done.
    case completed(activity: Int)
    /// The time of a limit has come.
    case fired(timer: Int)
    /// A task is given back to an activity that the same branch came through before.
    case givenBack(from: Int, to: String)
    /// The whole process ends unfinished.
    case cancelled
}

/// What follows, in order. The caller writes it in the transaction of the event.
package enum ProcessEffect: Sendable, Hashable {
    case opened(activity: Int, node: String, index: Int?)
    case closed(activity: Int)
    case givenBack(activity: Int)
    /// Nobody needs to do it any more.
    case withdrawn(activity: Int)
    case timerSet(Int, timer: String, activity: Int, span: ISOSpan)
    case timerCleared(Int)
    /// In a migration: the limit goes on under another name and keeps its remaining time.
    case timerKept(Int, timer: String)
    /// Branches wait at these joins, and nothing is left that could release them.
    case stuck([String])
    case done
}

/// Why an event can't be; nothing has changed then.
package enum ProcessRefusal: Error, Sendable, Hashable {
    case otherVersion
    case notRunning
    case started
    /// The task or timer is no longer there, or never was.
    case gone(Int)
    /// No condition of the node holds and it has no default.
    case noWay(String)
    /// The branch did not come through this node, or it lies on another branch.
    case notBefore(String)
    /// Flows go round without a task, or a repetition is endless.
    case tooLong(String)
    /// A condition or count can't be computed; the text says why.
    case expression(String, Label)

    /// A permanent word for programs.
    package var code: String {
        switch self {
        case .otherVersion: "process_other_version"
        case .notRunning: "process_not_running"
        case .started: "process_started"
        case .gone: "process_gone"
        case .noWay: "process_no_way"
        case .notBefore: "process_not_before"
        case .tooLong: "process_too_long"
        case .expression: "process_expression"
        }
    }

    /// The reason in words.
    package var message: Label {
        switch self {
        case .otherVersion:
            Label(zh: "流程按另一个版本运行，请先迁移", en: "The process runs by another version; migrate it first")
        case .notRunning: Label(zh: "流程没有在运行", en: "The process is not running")
        case .started: Label(zh: "流程已经开始", en: "The process has begun already")
        case .gone: Label(zh: "任务或时限已经不在", en: "The task or time limit is no longer there")
        case .noWay(let node):
            Label(zh: "“\(node)”没有满足条件的分支，也没有默认分支", en: "“\(node)” has no way on that holds and no default")
        case .notBefore(let node):
            Label(zh: "这条分支没有经过“\(node)”，不能退回到那里", en: "This branch did not come through “\(node)”")
        case .tooLong(let node): Label(zh: "“\(node)”处循环不止", en: "It goes round at “\(node)” without end")
        case .expression(let place, let why): Label(zh: "“\(place)”：" + why.zh, en: "“\(place)”: " + why.en)
        }
    }
}

/// What a process asks about the record it runs on.
package struct ProcessFacts: Sendable {
    package typealias Holds = @Sendable (ProcessGraph.Flow) throws(ProcessRefusal) -> Bool
    package typealias Count = @Sendable (ProcessGraph.Node) throws(ProcessRefusal) -> Int
    package typealias Completes =
        @Sendable (ProcessGraph.Node, _ ended: Int, _ total: Int) throws(ProcessRefusal) -> Bool

    let holds: Holds
    let count: Count
    let completes: Completes

    /// - Parameters:
    ///   - holds: whether the condition of a flow holds; asked only of flows with one.
    ///   - count: how often a repeated activity is done.
    ///   - completes: whether the completion condition holds; asked only of repetitions with one.
    package init(
        holds: @escaping Holds = { _ throws(ProcessRefusal) in false },
        count: @escaping Count = { _ throws(ProcessRefusal) in 1 },
        completes: @escaping Completes = { _, _, _ throws(ProcessRefusal) in false }
    ) {
        self.holds = holds
        self.count = count
        self.completes = completes
    }
}
