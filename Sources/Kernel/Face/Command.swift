package import Definitions
package import Values

/// A wish to change something. The only way in.
package struct Command: Sendable {
    package indirect enum Kind: Sendable {
        case create(object: String, Draft)
        /// `expecting` is the version the author saw. Nil is refused as `version_required`, but for the house itself and
        /// for a dry run.
        case update(object: String, id: RecordID, Draft, expecting: Int?)
        /// Nil deletes whatever version there is: it can be restored.
        case delete(object: String, id: RecordID, expecting: Int?)
        case restore(object: String, id: RecordID)
        /// An action of the definition, or `assign` with the input field `owner`. Without a version the state and the
        /// conditions at that moment decide.
        case act(object: String, id: RecordID, action: String, Draft, expecting: Int?)
        /// Several commands in one transaction. `atomic`: one refusal refuses all; otherwise each stands alone.
        case bulk([Kind], atomic: Bool)
        /// Changes to the customer's definitions.
        case define([DefinitionChange])
        /// Signing in and out, passwords, tokens, accounts.
        case identity(IdentityCommand)
        /// Steps with approvals.
        case approval(ApprovalCommand)
        /// Steps with the level tables of approvals.
        case levels(LevelCommand)
        /// Copies, proofs, numbers.
        case house(HouseCommand)
        /// Files put to a record or taken off it.
        case file(FileCommand)
        /// Steps with one's own notices.
        case notices(NoticeCommand)
        /// Steps with what leaves the house.
        case deliveries(DeliveryCommand)
        /// Steps with saved views of lists.
        case views(ViewCommand)
        /// What somebody writes at a record, with all that goes with it.
        case note(NoteCommand)
        /// What is done with the baton of a relay.
        case relay(RelayCommand)
        /// Steps with rules.
        case rules(RuleCommand)
        /// Steps with workflows.
        case workflow(WorkflowCommand)
        /// Making one record of several that are the same.
        case merging(MergeCommand)
        /// Giving what somebody holds to others.
        case handingOver(HandOverCommand)
        /// Steps of an import of a table.
        case importing(ImportCommand)
    }

    package var kind: Kind
    /// Same key, same user, same command: the first answer again.
    package var idempotencyKey: String?
    package var reason: String?
    /// Decide and answer, write nothing.
    package var dryRun: Bool
    /// Of a dry run: a form on which somebody still types. What is missing is a warning.
    package var isSketch = false
    /// Rules don't fire; logged.
    package var quiet: Bool
    /// For imports, seeds and the demo company: who owns the records made, and when they were made. System actors only.
    package var stamp: Stamp?

    package init(
        _ kind: Kind, idempotencyKey: String? = nil, reason: String? = nil, dryRun: Bool = false, quiet: Bool = false,
        stamp: Stamp? = nil
    ) {
        self.kind = kind
        self.idempotencyKey = idempotencyKey
        self.reason = reason
        self.dryRun = dryRun
        self.quiet = quiet
        self.stamp = stamp
    }
}

/// What a system actor may set besides the fields.
package struct Stamp: Sendable {
    /// The id to give to the record created.
    package var id: RecordID?
    package var owner: RecordID?
    package var department: RecordID?
    package var region: RecordID?
    package var at: Instant?
    /// The person whose doing it is, for the timeline.
    package var by: RecordID?
    package var byName: String?
    /// Roll-ups are brought up to date afterwards, all at once (`Kernel.refreshAllRollups`).
    package var leavesRollups: Bool

    package init(
        id: RecordID? = nil, owner: RecordID? = nil, department: RecordID? = nil, region: RecordID? = nil,
        at: Instant? = nil, by: RecordID? = nil, byName: String? = nil, leavesRollups: Bool = false
    ) {
        self.id = id
        self.owner = owner
        self.department = department
        self.region = region
        self.at = at
        self.by = by
        self.byName = byName
        self.leavesRollups = leavesRollups
    }
}

/// What came of a command, as its author may see it.
package struct Outcome: Sendable {
    /// The record written, or as it would be written (dry run); nil for deletes, bulk and definitions.
    package let record: RecordView?
    /// Records made by it, in order: the record itself for a create, then those of templates.
    package let created: [RecordReference]
    /// Record to open next, when an action made one.
    package let opens: RecordReference?
    /// Checks that don't block.
    package let warnings: [Problem]
    /// Sequence of its last event, 0 for a dry run or when nothing changed.
    package let sequence: Int64
    /// One outcome or rejection per command of a bulk, same order; empty otherwise.
    package let parts: [Result<Outcome, Rejection>]
    /// What signing in or making a token gives, once.
    package let pass: Pass?
    /// What adding several people gives, once; same order.
    package let passes: [Pass]
    /// What a step of an import found or did.
    package let report: ImportReport?
    /// What became of an approval that the command asked for or decided; in a dry run what would become of it.
    package let approval: ApprovalSummary?
    /// What became of a step with workflows.
    package let workflow: WorkflowOutcome?
    /// The merge that was made or taken back.
    package let merge: RecordID?

    package init(
        record: RecordView? = nil, created: [RecordReference] = [], opens: RecordReference? = nil,
        warnings: [Problem] = [], sequence: Int64 = 0, parts: [Result<Outcome, Rejection>] = [], pass: Pass? = nil,
        report: ImportReport? = nil, approval: ApprovalSummary? = nil, workflow: WorkflowOutcome? = nil,
        merge: RecordID? = nil, passes: [Pass] = []
    ) {
        self.record = record
        self.created = created
        self.opens = opens
        self.warnings = warnings
        self.sequence = sequence
        self.parts = parts
        self.pass = pass
        self.report = report
        self.approval = approval
        self.workflow = workflow
        self.merge = merge
        self.passes = passes
    }
}

package struct RecordReference: Sendable, Hashable {
    package let object: String
    package let id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }
}
