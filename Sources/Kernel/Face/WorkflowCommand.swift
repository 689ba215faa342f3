package import Definitions
package import Values

/// Steps with workflows: processes that another program drew, run by the house.
package enum WorkflowCommand: Sendable {
    /// Brings in a file as the next version of a workflow. For who may define. A dry run answers with the report and
    /// refuses only what is no such file.
    case bring(WorkflowFile)
    /// No new run begins; those that go on end as they began. For who may define.
    case retire(key: String)
    /// Begins a run: on a record, for who may change it; on none, for everybody.
    case start(workflow: String, record: RecordReference?)
    case take(task: RecordID)
    /// Gives up what one has taken: others may take it.
    case putBack(task: RecordID)
    case complete(task: RecordID, WorkflowDone)
    /// Back to a node that the branch came through: everything begun since is withdrawn.
    case giveBack(task: RecordID, to: String, reason: String)
    case cancel(run: RecordID, reason: String)
    /// Brings the runs of one version to another, all or none. For who may define.
    case migrate(WorkflowMove)
}

/// A file to bring in, and what it does not say itself.
package struct WorkflowFile: Sendable, Hashable {
    /// BPMN 2.0.
    package var bytes: [UInt8]
    /// Which workflow it is a version of; nil for the id of the process.
    package var key: String?
    /// The process to take of a file that holds several.
    package var process: String?
    /// The object whose records it runs on; nil for none.
    package var object: String?
    /// Id or name of a lane → who does what is in it: a role, a position, a field of the record that names a colleague,
    /// or `user:` and a login. A lane that is named like one of them needs no word.
    package var lanes: [String: String]
    /// Where it is told that a task for a program has opened.
    package var hook: String?

    package init(
        bytes: [UInt8], key: String? = nil, process: String? = nil, object: String? = nil,
        lanes: [String: String] = [:],
        hook: String? = nil
    ) {
        self.bytes = bytes
        self.key = key
        self.process = process
        self.object = object
        self.lanes = lanes
        self.hook = hook
    }
}

/// What somebody says as they complete a task.
package struct WorkflowDone: Sendable, Hashable {
    package var note: String
    /// Written to the record in the same transaction, with the author's own rights.
    package var values: Draft
    /// The version of the record that its author saw; asked for when there are values.
    package var expecting: Int?

    package init(note: String = "", values: Draft = Draft(), expecting: Int? = nil) {
        self.note = note
        self.values = values
        self.expecting = expecting
    }
}

/// How running ones come from one version to another. What has the same id in both needs no word.
package struct WorkflowMove: Sendable, Hashable {
    package var from: RecordID
    /// Nil for the version in force.
    package var to: RecordID?
    package var nodes: [String: String]
    /// Ways on which a branch waits; each takes its join along.
    package var flows: [String: String]
    /// A limit that becomes an empty text begins anew.
    package var timers: [String: String]

    package init(
        from: RecordID, to: RecordID? = nil, nodes: [String: String] = [:], flows: [String: String] = [:],
        timers: [String: String] = [:]
    ) {
        self.from = from
        self.to = to
        self.nodes = nodes
        self.flows = flows
        self.timers = timers
    }
}

/// What became of a step with workflows.
package struct WorkflowOutcome: Sendable {
    /// The version brought in; nil for a dry run.
    package var version: RecordID?
    /// The run that was started or moved.
    package var run: RecordID?
    package var report: WorkflowReport?
    /// Of a migration: how many runs were moved, or would be.
    package var moved: Int?

    package init(
        version: RecordID? = nil, run: RecordID? = nil, report: WorkflowReport? = nil, moved: Int? = nil
    ) {
        self.version = version
        self.run = run
        self.report = report
        self.moved = moved
    }
}

/// What becomes of each part of a file.
package struct WorkflowReport: Sendable {
    /// One part of the file.
    package struct Note: Sendable, Hashable {
        /// `executed`, `kept` or `refused`.
        package let treatment: String
        /// The element's local name, such as `userTask`.
        package let element: String
        /// The id of the element, or of the nearest around it.
        package let place: String?
        package let code: String
        package let message: Label
    }

    package struct Lane: Sendable, Hashable {
        package let id: String
        package let name: String
        /// Who does what is in it; nil when nobody is named.
        package let holder: String?
        /// The holder in words.
        package let who: Label?
        /// Tasks for people in it. Without any, nobody needs to be named.
        package let tasks: Int
    }

    package let key: String
    /// The number that the version has or would get.
    package let number: Int
    package let name: String
    package let object: String?
    /// Ids of the processes in the file.
    package let processes: [String]
    package let notes: [Note]
    package let lanes: [Lane]
    /// What stands in the way of running it, each with its place; empty when it can run.
    package let problems: [Problem]

    package var isRunnable: Bool { problems.isEmpty }
}
