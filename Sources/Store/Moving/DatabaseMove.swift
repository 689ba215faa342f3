/// Brings everything a company has from one database into another, empty one, of whatever engine.
///
/// The source answers questions all the while and takes no changes: its log refuses to grow, for every process that
/// works on it. A move that was interrupted goes on where it stopped.
package struct DatabaseMove: Sendable {
    /// What was moved and compared.
    package struct Report: Sendable, Hashable {
        package var tables = 0
        package var rows = 0
        /// Rows read on both sides and found equal.
        package var compared = 0
        package var events = 0
        package var blocks = 0
    }

    let source: any Database
    let target: any Database
    /// Is told the table, how many of its rows are over and how many there are.
    let progress: @Sendable (String, Int, Int) -> Void

    /// The lease by which the target remembers a move that is not finished; it ends at the last event of the source.
    private static let mark = "move"

    package init(
        from source: any Database, to target: any Database, progress: @escaping @Sendable (String, Int, Int) -> Void
    ) {
        self.source = source
        self.target = target
        self.progress = progress
    }

    /// Moves, compares, and leaves the source read-only.
    ///
    /// - Throws: `StoreError.mismatch` when the target holds something else, or differs from the source in the end.
    package func run() async throws -> Report {
        let head = try await freeze()
        try await claim(head)
        let schema = try await source.read { try PhysicalCatalog($0).schema() }
        try await target.write { try MovedSchema(schema).create(on: $0) }
        let packTables = schema.tables.map { MovedTable($0.key, $0.value) }.sorted { $0.name < $1.name }
        let tables = (MovedTable.kernel + packTables).filter { !$0.isVolatile }
        var report = Report(tables: tables.count, events: head)
        for table in tables { report.rows += try await copy(table) }
        try await index()
        try await target.write { try MovedSchema(schema).finish(on: $0) }
        try await copyEnds()
        for table in tables { report.compared += try await compare(table) }
        report.blocks = try await proveLog()
        for table in MovedTable.kernel where table.isVolatile {
            _ = try await target.write { try $0.run("DELETE FROM \(identifier: table.name)") }
            report.rows += try await copy(table)
            report.tables += 1
        }
        try await target.write { connection in
            if let statement = connection.dialect.afterLoading { _ = try connection.rows(statement) }
            try connection.run("DELETE FROM lease WHERE name = \(Self.mark)")
        }
        return report
    }

    /// Lets a source take changes again, when the move is given up.
    package static func release(_ database: any Database) async throws {
        try await database.write { connection in
            for script in connection.dialect.standstill(false) { try connection.runScript(script) }
        }
    }

    // MARK: Before

    /// Makes the source read-only.
    ///
    /// - Returns: the number of its events, which stays.
    private func freeze() async throws -> Int {
        try await source.write { connection in
            let dialect = connection.dialect
            for script in dialect.standstill(false) + dialect.standstill(true) { try connection.runScript(script) }
            return try EventLog(connection).lastSequence()
        }
    }

    /// The target is empty, or holds a part of the same source.
    private func claim(_ head: Int) async throws {
        try await target.write { connection in
            if let known = try connection.row("SELECT until FROM lease WHERE name = \(Self.mark)") {
                guard known[0].count == head else {
                    throw StoreError.mismatch("the target holds a part of another move: empty it first")
                }
                return
            }
            guard try ModelVersions(connection).current() == nil, try EventLog(connection).lastSequence() == 0 else {
                throw StoreError.mismatch("the target is not empty")
            }
            let nobody = SQLValue.blob([UInt8](repeating: 0, count: 16))
            try connection.run("INSERT INTO lease(name, holder, until) VALUES (\(Self.mark), \(nobody), \(head))")
        }
    }

    // MARK: Copying

    /// - Returns: the rows that the target has of the table in the end.
    private func copy(_ table: MovedTable) async throws -> Int {
        let total = try await source.read { try $0.row(table.count)?[0].count ?? 0 }
        var after = try await target.read { try $0.row(table.last) }
        var done = try await target.read { try $0.row(table.count)?[0].count ?? 0 }
        progress(table.name, done, total)
        while true {
            let start = after
            let rows = try await source.read { try $0.rows(table.rows(after: start, limit: table.portion)) }
            guard let last = rows.last else { return done }
            try await target.write { try $0.load(table.name, columns: table.columns, rows: rows) }
            after = last
            done += rows.count
            progress(table.name, done, total)
        }
    }

    /// The index of search, made anew from the documents.
    private func index() async throws {
        try await target.write { try $0.fullText.clear(on: $0) }
        var after: Int64 = 0
        while true {
            let start = after
            let documents = try await source.read { try SearchIndex($0).entries(after: start, limit: 1000) }
            guard let last = documents.last else { return }
            try await target.write { connection in
                for entry in documents {
                    try connection.fullText.add(document: entry.number, tokens: entry.tokens, on: connection)
                }
            }
            after = last.number
        }
    }

    /// Where the log ends, and how far it is sealed.
    private func copyEnds() async throws {
        let (last, seal) = try await source.read {
            (try EventLog($0).lastSequence(), try EventLog($0).currentSeal())
        }
        try await target.write { connection in
            try connection.run("UPDATE event_head SET sequence = \(last) WHERE id = 1")
            try connection.run(
                """
                UPDATE event_seal SET blocks = \(seal.blocks), sequence = \(seal.sequence), \
                hash = \(SQLValue.blob(seal.hash)) WHERE id = 1
                """)
        }
    }

    // MARK: Comparing

    /// Reads a table on both sides side by side.
    ///
    /// - Returns: the rows, all of which are equal.
    private func compare(_ table: MovedTable) async throws -> Int {
        var after: [SQLValue]?
        var compared = 0
        while true {
            let start = after
            let query = table.rows(after: start, limit: table.portion)
            let here = try await source.read { try $0.rows(query) }
            let there = try await target.read { try $0.rows(query) }
            guard here == there else {
                let place = zip(here, there).first { $0 != $1 }?.0.prefix(table.key.count).description ?? "the end"
                throw StoreError.mismatch("\(table.name) differs at \(place)")
            }
            compared += here.count
            guard let last = here.last else { return compared }
            after = last
        }
    }

    /// The log of the target proves itself, and ends like that of the source.
    ///
    /// - Returns: its blocks.
    private func proveLog() async throws -> Int {
        let seal = try await source.read { try EventLog($0).currentSeal() }
        let proof = try await target.read { try EventLog($0).verify(against: seal) }
        guard proof.isWhole else { throw StoreError.mismatch("the event log of the target: \(proof)") }
        return proof.blocks
    }
}

/// The tables of the packs, made anew from the catalogue of the source.
struct MovedSchema {
    let schema: PhysicalSchema

    init(_ schema: PhysicalSchema) { self.schema = schema }

    /// Makes the tables and the catalogue that are not there yet.
    func create(on connection: any Connection) throws {
        let known = try PhysicalCatalog(connection).schema()
        for (name, table) in schema.tables.sorted(by: { $0.key < $1.key }) where known.tables[name] == nil {
            try SchemaWriter(connection).create(name, table.columns)
        }
    }

    /// Makes the indexes, once the rows are there.
    func finish(on connection: any Connection) throws {
        let known = try PhysicalCatalog(connection).schema()
        try connection.takeTime()
        for (name, index) in schema.indexes.sorted(by: { $0.key < $1.key }) where known.indexes[name] == nil {
            try SchemaWriter(connection).create(index)
        }
        for (object, derived) in schema.derived { try PhysicalCatalog(connection).set(derived, of: object) }
    }
}

extension DatabaseMove {
    /// The kernel's tables that move row by row, with their columns.
    package static var kernelColumns: [String: Set<String>] {
        Dictionary(MovedTable.kernel.map { ($0.name, Set($0.columns)) }, uniquingKeysWith: { first, _ in first })
    }
}
