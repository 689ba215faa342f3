import Definitions
package import Values

/// Every workflow, one version of each: the one in force, else the newest. Two statements.
package struct WorkflowList: Question {
    /// Only those in force that run on records of this object.
    package var object: String?

    package init(object: String? = nil) { self.object = object }
}

/// One workflow with what its file says, its versions and its newest runs. Up to ten statements.
package struct WorkflowOf: Question {
    /// Its key, or the id of one of its versions.
    package var workflow: String
    /// Newest runs of all its versions, as far as their records are in sight.
    package var runs: Int

    package init(_ workflow: String, runs: Int = 50) {
        self.workflow = workflow
        self.runs = runs
    }
}

/// The file of a version, byte for byte as it came. For who may define or audit. One statement.
package struct WorkflowFileOf: Question {
    package var workflow: String

    package init(_ workflow: String) { self.workflow = workflow }
}

/// One run: where it stands, what is to be done and what was. `missing` for a record out of sight.
package struct WorkflowRunOf: Question {
    package var run: RecordID

    package init(_ run: RecordID) { self.run = run }
}

/// The runs on a record, the newest first, each with its open tasks. `missing` for a record out of sight.
package struct WorkflowRunsOf: Question {
    package var object: String
    package var record: RecordID
    package var limit: Int

    package init(object: String, record: RecordID, limit: Int = 20) {
        self.object = object
        self.record = record
        self.limit = limit
    }
}

/// What the actor has taken, then what they may take, the oldest first. Three statements and one for each position
/// that the actor holds, and one for each object.
package struct MyWorkflowTasks: Question {
    package var limit: Int

    package init(limit: Int = 50) { self.limit = limit }
}

/// Open tasks for programs, the oldest first; those of records out of sight are left out. Three statements and one for
/// each object.
package struct WorkflowServices: Question {
    /// What the program fetches by; nil for all.
    package var topic: String?
    package var limit: Int

    package init(topic: String? = nil, limit: Int = 50) {
        self.topic = topic
        self.limit = limit
    }
}

package struct WorkflowPerson: Sendable, Hashable {
    package let id: RecordID
    package let name: String
}

/// One version of a workflow.
package struct WorkflowSummary: Sendable {
    package let id: RecordID
    package let key: String
    package let number: Int
    package let name: String
    package let object: String?
    package let isInForce: Bool
    package let createdAt: Instant
    package let createdBy: WorkflowPerson?
    /// Runs of this version by how they stand.
    package let running: Int
    package let done: Int
    package let cancelled: Int
}

package struct WorkflowDetail: Sendable {
    package let summary: WorkflowSummary
    package let report: WorkflowReport
    package let drawing: WorkflowDrawing
    /// The newest first.
    package let versions: [WorkflowSummary]
    package let runs: [WorkflowRunSummary]
    /// Where tasks of running ones of this version are open: node → how many.
    package let openAt: [String: Int]
    package let mayDefine: Bool
}

/// What is drawn, in the lengths of the file: right and down.
package struct WorkflowDrawing: Sendable {
    package struct Node: Sendable, Hashable {
        package let id: String
        /// `start`, `end`, `user`, `service`, `exclusive`, `parallel`, `inclusive`, `subprocess`, `timer`, `lane`.
        package let kind: String
        package let name: String
        package let x: Double
        package let y: Double
        package let width: Double
        package let height: Double
    }

    package struct Line: Sendable, Hashable {
        package let id: String
        package let points: [Point]
        package let condition: String?
    }

    package struct Point: Sendable, Hashable {
        package let x: Double
        package let y: Double
    }

    /// Lanes first, then what stands in them.
    package let nodes: [Node]
    package let lines: [Line]
}

package struct WorkflowRunSummary: Sendable {
    package let id: RecordID
    package let workflow: RecordID
    package let key: String
    package let number: Int
    package let name: String
    /// `running`, `done` or `cancelled`.
    package let status: String
    package let object: String?
    package let record: RecordID?
    /// The record as the actor may read its name.
    package let title: String?
    package let startedAt: Instant
    package let startedBy: WorkflowPerson?
    package let endedAt: Instant?
    package let reason: String?
    package let open: [WorkflowTaskView]
}

package struct WorkflowRunDetail: Sendable {
    package let run: WorkflowRunSummary
    /// All of them, in the order in which they opened: the history of the run.
    package let tasks: [WorkflowTaskView]
    /// Time limits that run, the next first.
    package let timers: [Timer]
    /// Joins at which branches wait for others: node → its name.
    package let waiting: [Place]
    package let drawing: WorkflowDrawing
    /// Flows and nodes have no marks of their own; these nodes were come through, in any visit.
    package let passed: Set<String>
    package let mayCancel: Bool

    package struct Timer: Sendable, Hashable {
        /// The id of the limit in the file.
        package let id: String
        /// The activity that it limits.
        package let node: String
        package let name: String
        package let firesAt: Instant
        /// The activity ends when it fires.
        package let interrupts: Bool
    }

    package struct Place: Sendable, Hashable {
        package let node: String
        package let name: String

        package init(node: String, name: String) {
            self.node = node
            self.name = name
        }
    }
}

/// A task as the actor sees it.
package struct WorkflowTaskView: Sendable {
    package let id: RecordID
    package let run: RecordID
    /// Name of the workflow.
    package let workflow: String
    package let node: String
    package let name: String
    /// Of a repeated activity, which one it is, from 1.
    package let item: Int?
    /// `user` or `service`.
    package let kind: String
    /// Name of the lane.
    package let lane: String?
    /// `open`, `taken`, `done`, `given_back` or `withdrawn`.
    package let status: String
    package let holder: WorkflowPerson?
    package let inStead: WorkflowPerson?
    /// Who may take it, the nearest first; at most five, and only while nobody has taken it.
    package let candidates: [WorkflowPerson]
    package let openedAt: Instant
    package let takenAt: Instant?
    package let endedAt: Instant?
    package let endedBy: WorkflowPerson?
    package let note: String?
    /// When its first time limit fires.
    package let dueAt: Instant?
    package let object: String?
    package let record: RecordID?
    package let title: String?
    /// The action of the record that the house does.
    package let action: String?
    package let topic: String?
    /// What the actor may do: `take`, `put_back`, `complete`, `give_back`.
    package let verbs: Set<String>
    /// Where it can be given back to; only in the answer about its run.
    package let earlier: [WorkflowRunDetail.Place]
    /// Fields of the record that the file asks for here, in its order; empty where it names none.
    package let form: [WorkflowFormField]
}
