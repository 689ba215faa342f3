package import Values

/// Something to do in a run of a workflow: once opened it is done, given back or withdrawn.
package struct WorkflowTaskEntry: Sendable, Hashable {
    package let id: RecordID
    package let run: RecordID
    /// The number of the activity in the run; unique there.
    package let activity: Int
    package var node: String
    package var name: String
    /// Of a repeated activity, which one it is, from 0.
    package let item: Int?
    /// `user` or `service`.
    package let kind: String
    package var lane: String?
    /// Who may take it: a position, or `user:` and an id; empty for the owner of the record.
    package var position: String
    /// Near whom the position is looked for.
    package let near: RecordID?
    /// The action of the record that the house does for it.
    package let action: String?
    /// What a program outside fetches it by.
    package let topic: String?
    package let object: String?
    package let record: RecordID?
    /// `open`, `taken`, `done`, `given_back` or `withdrawn`.
    package var status: String
    package var holder: RecordID?
    /// In whose stead the holder acts.
    package var inStead: RecordID?
    package let openedAt: Instant
    package var takenAt: Instant?
    package var endedAt: Instant?
    package var endedBy: RecordID?
    /// What was said when it ended, or why the house could not do it.
    package var note: String?
    package var revision: Int

    package init(
        id: RecordID, run: RecordID, activity: Int, node: String, name: String, item: Int?, kind: String, lane: String?,
        position: String, near: RecordID?, action: String? = nil, topic: String? = nil, object: String?,
        record: RecordID?, status: String = "open", holder: RecordID? = nil, inStead: RecordID? = nil,
        openedAt: Instant, takenAt: Instant? = nil, endedAt: Instant? = nil, endedBy: RecordID? = nil,
        note: String? = nil, revision: Int = 1
    ) {
        self.id = id
        self.run = run
        self.activity = activity
        self.node = node
        self.name = name
        self.item = item
        self.kind = kind
        self.lane = lane
        self.position = position
        self.near = near
        self.action = action
        self.topic = topic
        self.object = object
        self.record = record
        self.status = status
        self.holder = holder
        self.inStead = inStead
        self.openedAt = openedAt
        self.takenAt = takenAt
        self.endedAt = endedAt
        self.endedBy = endedBy
        self.note = note
        self.revision = revision
    }
}

/// The tasks of all runs, open ones and those that are over.
package struct WorkflowTasks {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment = """
        id, run, activity, node, name, item, kind, lane, position, near, house_action, topic, object, record, status, \
        holder, in_stead, opened_at, taken_at, ended_at, ended_by, note, revision
        """

    /// One statement.
    package func add(_ task: WorkflowTaskEntry) throws {
        try connection.send(
            """
            INSERT INTO workflow_task(\(Self.columns)) VALUES (\(task.id), \(task.run), \(Int64(task.activity)), \
            \(task.node), \(task.name), \(SQLValue(task.item)), \(task.kind), \(SQLValue(task.lane)), \
            \(task.position), \(SQLValue(task.near)), \(SQLValue(task.action)), \(SQLValue(task.topic)), \
            \(SQLValue(task.object)), \(SQLValue(task.record)), \(task.status), \(SQLValue(task.holder)), \
            \(SQLValue(task.inStead)), \(task.openedAt), \(SQLValue(task.takenAt)), \(SQLValue(task.endedAt)), \
            \(SQLValue(task.endedBy)), \(SQLValue(task.note)), \(Int64(task.revision)))
            """)
    }

    /// Writes a task as it is now. One statement.
    ///
    /// - Returns: false when somebody else changed it since it was read.
    package func change(_ task: WorkflowTaskEntry) throws -> Bool {
        try connection.run(
            """
            UPDATE workflow_task SET node = \(task.node), name = \(task.name), lane = \(SQLValue(task.lane)), \
            position = \(task.position), status = \(task.status), holder = \(SQLValue(task.holder)), \
            in_stead = \(SQLValue(task.inStead)), taken_at = \(SQLValue(task.takenAt)), \
            ended_at = \(SQLValue(task.endedAt)), ended_by = \(SQLValue(task.endedBy)), \
            note = \(SQLValue(task.note)), revision = revision + 1 \
            WHERE id = \(task.id) AND revision = \(Int64(task.revision))
            """) == 1
    }

    /// One statement.
    package func find(_ id: RecordID) throws -> WorkflowTaskEntry? {
        try connection.row("SELECT \(Self.columns) FROM workflow_task WHERE id = \(id)").map(Self.entry)
    }

    /// The task of an activity. One statement.
    package func find(run: RecordID, activity: Int) throws -> WorkflowTaskEntry? {
        try connection.row(
            "SELECT \(Self.columns) FROM workflow_task WHERE run = \(run) AND activity = \(Int64(activity))"
        ).map(Self.entry)
    }

    /// All tasks of these runs in the order in which they opened. One statement.
    package func of(_ runs: [RecordID]) throws -> [WorkflowTaskEntry] {
        if runs.isEmpty { return [] }
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_task WHERE \(RecordStore.among(runs, column: "run")) \
            ORDER BY opened_at, activity
            """
        ).map(Self.entry)
    }

    /// Who open tasks for people that nobody has taken wait for, each once. One statement.
    package func waited() throws -> [(position: String, near: RecordID?)] {
        try connection.rows(
            """
            SELECT DISTINCT position, near FROM workflow_task \
            WHERE ended_at IS NULL AND kind = 'user' AND holder IS NULL
            """
        ).map { ($0[0].string, $0[1].id) }
    }

    /// Open tasks that somebody has taken, the oldest first. One statement.
    package func held(by holder: RecordID, limit: Int) throws -> [WorkflowTaskEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_task WHERE holder = \(holder) AND ended_at IS NULL \
            ORDER BY opened_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Open tasks that wait for a position near somebody, the oldest first. One statement.
    package func open(position: String, near: RecordID?, limit: Int) throws -> [WorkflowTaskEntry] {
        let place: SQLFragment = near.map { "near = \($0)" } ?? "near IS NULL"
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_task WHERE kind = 'user' AND position = \(position) AND \(place) \
            AND ended_at IS NULL AND holder IS NULL ORDER BY opened_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Open tasks for programs, the oldest first. One statement.
    package func services(topic: String?, limit: Int) throws -> [WorkflowTaskEntry] {
        let filter: SQLFragment = topic.map { " AND topic = \($0)" } ?? ""
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow_task WHERE kind = 'service' AND ended_at IS NULL\(filter) \
            ORDER BY opened_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    private static func entry(_ row: [SQLValue]) throws -> WorkflowTaskEntry {
        WorkflowTaskEntry(
            id: try required(row[0]), run: try required(row[1]), activity: row[2].count, node: row[3].string,
            name: row[4].string, item: row[5].int, kind: row[6].string, lane: row[7].text, position: row[8].string,
            near: row[9].id, action: row[10].text, topic: row[11].text, object: row[12].text, record: row[13].id,
            status: row[14].string, holder: row[15].id, inStead: row[16].id,
            openedAt: Instant(milliseconds: row[17].integer ?? 0), takenAt: row[18].instant, endedAt: row[19].instant,
            endedBy: row[20].id, note: row[21].text, revision: row[22].count)
    }
}
