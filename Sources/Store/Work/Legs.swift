package import Values

/// One run of a leg by one holder, from the offer to the next one.
package struct LegEntry: Sendable, Hashable {
    package let id: RecordID
    package let object: String
    package let record: RecordID
    package let process: String
    /// Digest of the process as it was when the record set out.
    package let version: String
    package let leg: String
    /// 1 for the first time that the record runs this leg.
    package let visit: Int
    /// State of the record before, where the baton goes when it is returned; nil at the start.
    package let cameFrom: String?
    /// The leg that handed over to this one.
    package let previous: RecordID?
    package let giver: RecordID?
    package let offeredAt: Instant
    /// `offered`, `held`, `done`, `returned` or `cancelled`.
    package var status: String
    package var holder: RecordID?
    /// In whose stead the holder acts.
    package var inStead: RecordID?
    package var acceptedBy: RecordID?
    package var acceptedAt: Instant?
    package var endedAt: Instant?
    /// What ended it, such as `action:release`.
    package var exit: String?
    /// What is used and left of its time, as JSON; empty without a clock.
    package var clock: String
    package var dueAt: Instant?
    package var pausedAt: Instant?
    /// Why it pauses, or why it was returned.
    package var reason: String?
    /// Ids of the deliverables ticked by hand.
    package var ticks: Set<String>
    package var revision: Int

    package init(
        id: RecordID, object: String, record: RecordID, process: String, version: String, leg: String, visit: Int,
        cameFrom: String?, previous: RecordID?, giver: RecordID?, offeredAt: Instant, status: String,
        holder: RecordID?, inStead: RecordID? = nil, acceptedBy: RecordID? = nil, acceptedAt: Instant? = nil,
        endedAt: Instant? = nil, exit: String? = nil, clock: String = "", dueAt: Instant? = nil,
        pausedAt: Instant? = nil, reason: String? = nil, ticks: Set<String> = [], revision: Int = 1
    ) {
        self.id = id
        self.object = object
        self.record = record
        self.process = process
        self.version = version
        self.leg = leg
        self.visit = visit
        self.cameFrom = cameFrom
        self.previous = previous
        self.giver = giver
        self.offeredAt = offeredAt
        self.status = status
        self.holder = holder
        self.inStead = inStead
        self.acceptedBy = acceptedBy
        self.acceptedAt = acceptedAt
        self.endedAt = endedAt
        self.exit = exit
        self.clock = clock
        self.dueAt = dueAt
        self.pausedAt = pausedAt
        self.reason = reason
        self.ticks = ticks
        self.revision = revision
    }
}

/// The legs of all records, those that are run and those that were.
package struct Legs {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment = """
        id, object, record, process, version, leg, visit, came_from, previous, giver, offered_at, status, holder, \
        in_stead, accepted_by, accepted_at, ended_at, exit, clock, due_at, paused_at, reason, ticks, revision
        """

    /// One statement.
    package func add(_ leg: LegEntry) throws {
        try connection.send(
            """
            INSERT INTO leg(\(Self.columns)) VALUES (\(leg.id), \(leg.object), \(leg.record), \(leg.process), \
            \(leg.version), \(leg.leg), \(Int64(leg.visit)), \(SQLValue(leg.cameFrom)), \(SQLValue(leg.previous)), \
            \(SQLValue(leg.giver)), \(leg.offeredAt), \(leg.status), \(SQLValue(leg.holder)), \
            \(SQLValue(leg.inStead)), \(SQLValue(leg.acceptedBy)), \(SQLValue(leg.acceptedAt)), \
            \(SQLValue(leg.endedAt)), \(SQLValue(leg.exit)), \(leg.clock), \(SQLValue(leg.dueAt)), \
            \(SQLValue(leg.pausedAt)), \(SQLValue(leg.reason)), \(Self.text(leg.ticks)), \(Int64(leg.revision)))
            """)
    }

    /// Writes a leg as it is now. One statement.
    ///
    /// - Returns: false when somebody else changed it since it was read.
    package func change(_ leg: LegEntry) throws -> Bool {
        try connection.run(
            """
            UPDATE leg SET status = \(leg.status), holder = \(SQLValue(leg.holder)), \
            in_stead = \(SQLValue(leg.inStead)), accepted_by = \(SQLValue(leg.acceptedBy)), \
            accepted_at = \(SQLValue(leg.acceptedAt)), ended_at = \(SQLValue(leg.endedAt)), \
            exit = \(SQLValue(leg.exit)), clock = \(leg.clock), due_at = \(SQLValue(leg.dueAt)), \
            paused_at = \(SQLValue(leg.pausedAt)), reason = \(SQLValue(leg.reason)), \
            ticks = \(Self.text(leg.ticks)), revision = revision + 1 \
            WHERE id = \(leg.id) AND revision = \(Int64(leg.revision))
            """) == 1
    }

    /// One statement.
    package func find(_ id: RecordID) throws -> LegEntry? {
        try connection.row("SELECT \(Self.columns) FROM leg WHERE id = \(id)").map(Self.entry)
    }

    /// The leg that a record runs now. One statement.
    package func current(of record: RecordID) throws -> LegEntry? {
        try connection.row(
            """
            SELECT \(Self.columns) FROM leg WHERE record = \(record) AND ended_at IS NULL \
            ORDER BY offered_at DESC, id DESC LIMIT 1
            """
        ).map(Self.entry)
    }

    /// Every leg that these records have run, in the order of their beginnings. One statement.
    package func all(of records: [RecordID]) throws -> [LegEntry] {
        if records.isEmpty { return [] }
        return try connection.rows(
            """
            SELECT \(Self.columns) FROM leg WHERE \(RecordStore.among(records, column: "record")) \
            ORDER BY offered_at, id
            """
        ).map(Self.entry)
    }

    /// What somebody holds or is offered, the most urgent first. One statement.
    package func open(holder: RecordID, limit: Int) throws -> [LegEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM leg WHERE holder = \(holder) AND ended_at IS NULL \
            ORDER BY COALESCE(due_at, 9000000000000000), offered_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Open legs of a process that run by another version than `version`. One statement.
    package func open(process: String, besides version: String, limit: Int) throws -> [LegEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM leg WHERE process = \(process) AND version <> \(version) \
            AND ended_at IS NULL ORDER BY offered_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Runs that were handed on since an instant, the newest first. One statement.
    package func ended(process: String, object: String, since: Instant, limit: Int) throws -> [LegEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM leg WHERE process = \(process) AND object = \(object) \
            AND ended_at IS NOT NULL AND ended_at >= \(since) AND status = 'done' \
            ORDER BY ended_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Binds a record's open leg to another version, where it may have another name. One statement.
    package func rebind(_ id: RecordID, leg: String, to version: String) throws {
        try connection.send(
            "UPDATE leg SET version = \(version), leg = \(leg), revision = revision + 1 WHERE id = \(id)")
    }

    /// Gives an open leg to another record, with what is owed in it. Two statements.
    package func move(_ id: RecordID, to record: RecordID) throws {
        try connection.send("UPDATE leg SET record = \(record), revision = revision + 1 WHERE id = \(id)")
        try connection.send("UPDATE leg_item SET record = \(record) WHERE leg = \(id)")
    }

    /// How many times a record has run a leg. One statement.
    package func visits(of record: RecordID, leg: String) throws -> Int {
        let row = try connection.row("SELECT count(*) FROM leg WHERE record = \(record) AND leg = \(leg)")
        return row.map { $0[0].count } ?? 0
    }

    /// Those that a tail of a statement names. One statement.
    func all(_ tail: SQLFragment) throws -> [LegEntry] {
        try connection.rows("SELECT \(Self.columns) FROM leg \(tail)").map(Self.entry)
    }

    private static func text(_ ticks: Set<String>) -> String { ticks.sorted().joined(separator: ",") }

    private static func entry(_ row: [SQLValue]) throws -> LegEntry {
        LegEntry(
            id: try required(row[0]), object: row[1].string, record: try required(row[2]), process: row[3].string,
            version: row[4].string, leg: row[5].string, visit: row[6].count, cameFrom: row[7].text,
            previous: row[8].id, giver: row[9].id, offeredAt: Instant(milliseconds: row[10].integer ?? 0),
            status: row[11].string, holder: row[12].id, inStead: row[13].id, acceptedBy: row[14].id,
            acceptedAt: row[15].instant, endedAt: row[16].instant, exit: row[17].text, clock: row[18].string,
            dueAt: row[19].instant, pausedAt: row[20].instant, reason: row[21].text,
            ticks: Set(row[22].string.split(separator: ",").map(String.init)), revision: row[23].count)
    }
}
