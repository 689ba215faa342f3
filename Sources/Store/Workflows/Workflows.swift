package import Values

/// One version of a workflow: a process of a file that another program wrote, and who does what in it.
package struct WorkflowEntry: Sendable, Hashable {
    package let id: RecordID
    /// The same for all its versions.
    package let key: String
    /// 1 for the first version of the key.
    package let number: Int
    /// Names what is executed (`ProcessGraph.version`).
    package let graph: String
    package let name: String
    /// The object whose records it runs on; nil when it runs on none.
    package let object: String?
    /// The process in its file, and who does what in it, as JSON.
    package let settings: String
    /// The address that is told when a task for a program opens; nil when nobody is.
    package let hook: String?
    package let createdAt: Instant
    package let createdBy: RecordID?
    /// Nil while it is in force: new runs begin by it.
    package let retiredAt: Instant?

    package init(
        id: RecordID, key: String, number: Int, graph: String, name: String, object: String?, settings: String,
        hook: String?, createdAt: Instant, createdBy: RecordID?, retiredAt: Instant? = nil
    ) {
        self.id = id
        self.key = key
        self.number = number
        self.graph = graph
        self.name = name
        self.object = object
        self.settings = settings
        self.hook = hook
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.retiredAt = retiredAt
    }
}

/// The workflows that were brought in, each version with the bytes of its file.
package struct Workflows {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment =
        "id, key, number, graph, name, object, settings, hook, created_at, created_by, retired_at"

    /// One statement.
    package func add(_ entry: WorkflowEntry, file: [UInt8]) throws {
        try connection.run(
            """
            INSERT INTO workflow(id, key, number, graph, name, object, file, settings, hook, created_at, created_by) \
            VALUES (\(entry.id), \(entry.key), \(Int64(entry.number)), \(entry.graph), \(entry.name), \
            \(SQLValue(entry.object)), \(SQLValue.blob(file)), \(entry.settings), \(SQLValue(entry.hook)), \
            \(entry.createdAt), \(SQLValue(entry.createdBy)))
            """)
    }

    /// The number of the newest version of a key; 0 when there is none. One statement.
    package func newest(_ key: String) throws -> Int {
        try connection.row("SELECT COALESCE(MAX(number), 0) FROM workflow WHERE key = \(key)").map { $0[0].count } ?? 0
    }

    /// Takes every version of a key out of force. One statement.
    ///
    /// - Returns: whether one was in force.
    @discardableResult
    package func retire(_ key: String, at: Instant, by: RecordID?) throws -> Bool {
        try connection.run(
            """
            UPDATE workflow SET retired_at = \(at), retired_by = \(SQLValue(by)) \
            WHERE key = \(key) AND retired_at IS NULL
            """) > 0
    }

    /// One statement.
    package func find(_ id: RecordID) throws -> WorkflowEntry? {
        try connection.row("SELECT \(Self.columns) FROM workflow WHERE id = \(id)").map(Self.entry)
    }

    /// Several versions at once. One statement.
    package func find(_ ids: [RecordID]) throws -> [RecordID: WorkflowEntry] {
        if ids.isEmpty { return [:] }
        let found = try connection.rows(
            "SELECT \(Self.columns) FROM workflow WHERE \(RecordStore.among(ids, column: "id"))"
        ).map(Self.entry)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The version in force. One statement.
    package func current(_ key: String) throws -> WorkflowEntry? {
        try connection.row(
            """
            SELECT \(Self.columns) FROM workflow WHERE key = \(key) AND retired_at IS NULL \
            ORDER BY number DESC LIMIT 1
            """
        ).map(Self.entry)
    }

    /// Those in force on an object, by their keys. One statement.
    package func inForce(on object: String, limit: Int) throws -> [WorkflowEntry] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM workflow WHERE object = \(object) AND retired_at IS NULL \
            ORDER BY key LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Every version, the newest of each key first. One statement.
    ///
    /// - Parameter key: nil for all keys.
    package func all(key: String? = nil, limit: Int) throws -> [WorkflowEntry] {
        var query: SQLFragment = "SELECT \(Self.columns) FROM workflow"
        if let key { query += " WHERE key = \(key)" }
        return try connection.rows(query + " ORDER BY key, number DESC LIMIT \(limit)").map(Self.entry)
    }

    /// The bytes as they came. One statement.
    package func file(_ id: RecordID) throws -> [UInt8]? {
        try connection.row("SELECT file FROM workflow WHERE id = \(id)")?[0].blob
    }

    private static func entry(_ row: [SQLValue]) throws -> WorkflowEntry {
        WorkflowEntry(
            id: try required(row[0]), key: row[1].string, number: row[2].count, graph: row[3].string,
            name: row[4].string, object: row[5].text, settings: row[6].string, hook: row[7].text,
            createdAt: Instant(milliseconds: row[8].integer ?? 0), createdBy: row[9].id, retiredAt: row[10].instant)
    }
}
