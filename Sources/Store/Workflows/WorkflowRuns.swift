package import Values

/// One run of a workflow.
package struct WorkflowRunEntry: Sendable, Hashable {
    package let id: RecordID
    /// The version that it runs by.
    package var workflow: RecordID
    package let object: String?
    package let record: RecordID?
    /// Where it stands, as JSON.
    package var state: String
    /// `running`, `done` or `cancelled`.
    package var status: String
    package let startedAt: Instant
    package let startedBy: RecordID?
    package var endedAt: Instant?
    /// Why it was cancelled.
    package var reason: String?
    package var revision: Int

    package init(
        id: RecordID, workflow: RecordID, object: String?, record: RecordID?, state: String, status: String,
        startedAt: Instant, startedBy: RecordID?, endedAt: Instant? = nil, reason: String? = nil, revision: Int = 1
    ) {
        self.id = id
        self.workflow = workflow
        self.object = object
        self.record = record
        self.state = state
        self.status = status
        self.startedAt = startedAt
        self.startedBy = startedBy
        self.endedAt = endedAt
        self.reason = reason
        self.revision = revision
    }
}

/// Runs of workflows, those that go on and those that are over.
package struct WorkflowRuns {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment =
        "id, workflow, object, record, state, status, started_at, started_by, ended_at, reason, revision"

    /// One statement.
    package func add(_ run: WorkflowRunEntry) throws {
        try connection.send(
            """
            INSERT INTO workflow_run(\(Self.columns)) VALUES (\(run.id), \(run.workflow), \(SQLValue(run.object)), \
            \(SQLValue(run.record)), \(run.state), \(run.status), \(run.startedAt), \(SQLValue(run.startedBy)), \
            \(SQLValue(run.endedAt)), \(SQLValue(run.reason)), \(Int64(run.revision)))
            """)
    }

    /// Writes a run as it is now. One statement.
    ///
    /// - Returns: false when somebody else moved it since it was read.
    package func change(_ run: WorkflowRunEntry) throws -> Bool {
        try connection.run(
            """
            UPDATE workflow_run SET workflow = \(run.workflow), state = \(run.state), status = \(run.status), \
            ended_at = \(SQLValue(run.endedAt)), reason = \(SQLValue(run.reason)), revision = revision + 1 \
            WHERE id = \(run.id) AND revision = \(Int64(run.revision))
            """) == 1
    }

    /// One statement.
    package func find(_ id: RecordID) throws -> WorkflowRunEntry? {
        try connection.row("SELECT \(Self.columns) FROM workflow_run WHERE id = \(id)").map(Self.entry)
    }

    /// Several at once. One statement.
    package func find(_ ids: [RecordID]) throws -> [RecordID: WorkflowRunEntry] {
        if ids.isEmpty { return [:] }
        let found = try connection.rows(
            "SELECT \(Self.columns) FROM workflow_run WHERE \(RecordStore.among(ids, column: "id"))"
        ).map(Self.entry)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Runs on a record, the newest first. One statement.
    package func of(_ record: RecordID, limit: Int) throws -> [WorkflowRunEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_run WHERE record = \(record) \
            ORDER BY started_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Gives a run to another record, with its tasks. Two statements.
    package func move(_ id: RecordID, to record: RecordID) throws {
        try connection.run(
            "UPDATE workflow_run SET record = \(record), revision = revision + 1 WHERE id = \(id)")
        try connection.run(
            """
            UPDATE workflow_task SET record = \(record), revision = revision + 1 \
            WHERE run = \(id) AND record IS NOT NULL
            """)
    }

    /// Runs by one version, the oldest first. One statement.
    package func by(_ workflow: RecordID, status: String, limit: Int) throws -> [WorkflowRunEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_run WHERE workflow = \(workflow) AND status = \(status) \
            ORDER BY started_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// The newest runs by these versions. One statement.
    package func latest(_ workflows: [RecordID], limit: Int) throws -> [WorkflowRunEntry] {
        if workflows.isEmpty { return [] }
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_run WHERE \(RecordStore.among(workflows, column: "workflow")) \
            ORDER BY started_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Version → status → how many. One statement.
    package func counts() throws -> [RecordID: [String: Int]] {
        var counts: [RecordID: [String: Int]] = [:]
        for row in try connection.rows("SELECT workflow, status, count(*) FROM workflow_run GROUP BY workflow, status")
        {
            counts[try required(row[0]), default: [:]][row[1].string] = row[2].count
        }
        return counts
    }

    private static func entry(_ row: [SQLValue]) throws -> WorkflowRunEntry {
        WorkflowRunEntry(
            id: try required(row[0]), workflow: try required(row[1]), object: row[2].text, record: row[3].id,
            state: row[4].string, status: row[5].string, startedAt: Instant(milliseconds: row[6].integer ?? 0),
            startedBy: row[7].id, endedAt: row[8].instant, reason: row[9].text, revision: row[10].count)
    }
}
