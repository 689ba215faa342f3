import Store

/// One connection to the server with its prepared statements. It belongs to one thread; it connects when it is used and
/// again after the server was away.
final class PostgresConnection: WriterConnection {
    enum Purpose { case reading, writing }

    let dialect: any Dialect = PostgresDialect()
    let fullText: any FullTextIndex = PostgresFullText()
    private(set) var statementCount = 0

    private let address: PostgresAddress
    private let purpose: Purpose
    private let deadline: Deadline
    private let hasCommitted: (PostgresConnection) -> Void
    private var hasBegun = false
    /// The role of a block that reads in somebody's name.
    private var seeing: String?
    /// Statements whose answers nobody needs, in their order.
    private var waiting: [PostgresWish] = []
    private var session: PostgresSession?
    private var statements: [String: (name: String, types: [UInt32], lastUse: Int)] = [:]
    /// Hashes of texts asked before and not kept.
    private var onceAsked: Set<Int> = []
    private var uses = 0
    private var prepared = 0
    /// A plan behind the rules of several tables takes some hundred kilobytes of the server.
    private static let statementLimit = 200
    /// What a connection's kept plan answers after the tables have changed.
    static let stalePlan = StoreError.unavailable("the tables have changed")

    /// - Parameters:
    ///   - deadline: by which a call of this connection that takes too long is ended.
    ///   - hasCommitted: is called after each commit.
    init(
        _ address: PostgresAddress, for purpose: Purpose, deadline: Deadline,
        hasCommitted: @escaping (PostgresConnection) -> Void = { _ in }
    ) {
        self.address = address
        self.purpose = purpose
        self.deadline = deadline
        self.hasCommitted = hasCommitted
    }

    // MARK: Statements

    func rows(_ query: SQLFragment) throws -> [[SQLValue]] {
        try execute(query) { answer in try (0..<answer.count).map { try answer.row($0) } }
    }

    func each(_ query: SQLFragment, _ body: ([SQLValue]) throws -> Bool) throws {
        // The whole answer is fetched first, so that the body may ask on the same connection.
        for row in try rows(query) { guard try body(row) else { return } }
    }

    func row(_ query: SQLFragment) throws -> [SQLValue]? {
        try execute(query) { answer in try answer.count > 0 ? answer.row(0) : nil }
    }

    /// It is said together with the next statement whose answer is needed.
    func send(_ statement: SQLFragment) throws {
        statementCount += 1
        waiting.append(try wish(statement, in: try opened()))
        if waiting.count >= Self.waitingLimit { try settle() }
    }

    func settle() throws {
        guard !waiting.isEmpty else { return }
        let wishes = waiting
        waiting = []
        try opened().execute(wishes) { _ in }
    }

    private static let waitingLimit = 50

    @discardableResult
    func run(_ statement: SQLFragment) throws -> Int {
        try execute(statement) { $0.changed }
    }

    /// By COPY, as soon as that is less to say than a statement for each.
    func load(_ table: String, columns: [String], rows: [[SQLValue]]) throws {
        guard rows.count > Self.copiedRows else { return try insertEach(table, columns: columns, rows: rows) }
        let names = columns.map { SQLFragment.identifier($0) }.joined(separator: ", ")
        statementCount += 1
        try settle()
        let session = try opened()
        let question: SQLFragment = "SELECT \(names) FROM \(identifier: table) LIMIT 0"
        let types = try session.columnTypes(of: question.text(for: dialect))
        let copy: SQLFragment = "COPY \(identifier: table)(\(names)) FROM STDIN (FORMAT binary)"
        try session.copy(copy.text(for: dialect), try PostgresCopy.bytes(of: rows, types: types))
    }

    private static let copiedRows = 20

    func takeTime() throws {
        try control("SET LOCAL statement_timeout = 0")
        deadline.clear()
    }

    func runScript(_ text: String) throws {
        statementCount += 1
        try control(text)
    }

    private func control(_ text: String) throws {
        try settle()
        try opened().control(text)
    }

    func beyondSight<Result>(_ body: () throws -> Result) throws -> Result {
        guard let seeing else { return try body() }
        try control("SET LOCAL ROLE NONE")
        let result = try body()
        try control("SET LOCAL ROLE " + dialect.quoted(seeing))
        return result
    }

    func missing(_ walls: [TableWall]) throws -> [TableWall] {
        let standing = try PostgresRowWalls.standing(on: self)
        return walls.filter { standing[$0.table] != $0.fingerprint }
    }

    func raise(_ walls: [TableWall]) throws { try runScript(PostgresRowWalls.script(walls, dialect)) }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        // What failed before this part is not undone with it.
        try settle()
        waiting.append(.words("SAVEPOINT part"))
        do {
            let result = try body()
            // What the body left waiting may fail, and then it is this part that is undone.
            waiting.append(.words("RELEASE part"))
            try settle()
            return result
        } catch {
            if case .words("SAVEPOINT part")? = waiting.first {
                // The server has heard nothing of this part.
                waiting = []
            } else if isInTransaction {
                // A lost connection has no transaction left to go back in.
                waiting = []
                try opened().control("ROLLBACK TO part; RELEASE part")
            }
            throw error
        }
    }

    private func execute<Result>(
        _ fragment: SQLFragment, _ body: (PostgresAnswer) throws -> Result
    ) throws -> Result {
        statementCount += 1
        let session = try opened()
        let wish = try wish(fragment, in: session)
        if waiting.isEmpty, case .prepared(let name, let arguments) = wish {
            return try session.execute(name, arguments, body)
        }
        let wishes = waiting + [wish]
        waiting = []
        return try session.execute(wishes, body)
    }

    private func wish(_ fragment: SQLFragment, in session: PostgresSession) throws -> PostgresWish {
        let text = fragment.text(for: dialect)
        let statement = try statement(text, in: session)
        return .prepared(statement.name, try PostgresArguments(fragment.bindings, types: statement.types))
    }

    /// The statement of this text, prepared. What is asked once only is not kept; of those kept the ones that nobody has
    /// asked for longest go when there are too many, since each holds memory of the server.
    private func statement(_ text: String, in session: PostgresSession) throws -> (name: String, types: [UInt32]) {
        uses += 1
        if let known = statements[text] {
            statements[text]?.lastUse = uses
            return (known.name, known.types)
        }
        guard address.keepsStatements, !onceAsked.insert(text.hashValue).inserted else {
            if onceAsked.count > Self.statementLimit * 10 { onceAsked.removeAll() }
            // The one prepared last takes the place of the one before, which may be waiting to be said.
            try settle()
            return ("", try session.prepare(text, as: ""))
        }
        if statements.count >= Self.statementLimit { try forgetOldStatements(in: session) }
        prepared += 1
        let name = "b\(prepared)"
        let types = try session.prepare(text, as: name)
        statements[text] = (name, types, uses)
        return (name, types)
    }

    private func forgetOldStatements(in session: PostgresSession) throws {
        try settle()
        let oldest = statements.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(Self.statementLimit / 4)
        try session.control(oldest.map { "DEALLOCATE " + $0.value.name }.joined(separator: ";"))
        for (text, _) in oldest { statements[text] = nil }
    }

    private func forgetStatements() throws(StoreError) {
        statements.removeAll()
        try session?.control("DEALLOCATE ALL")
    }

    // MARK: Transactions

    /// Runs `body` on one snapshot that can't write; a connection found dead is opened anew and the body run again.
    ///
    /// - Parameters:
    ///   - sight: in whose name, and by which role; nil for the house.
    ///   - answer: is called before the transaction is closed: nobody waits for that.
    func reading<Result>(
        as sight: (of: Sight, role: String)?, _ body: () throws -> Result, answer: (Result) -> Void
    ) throws {
        defer { if hasBegun { rollback() } }
        do {
            answer(try readOnce(sight, body))
        } catch  where isWorthRetrying(error) || session?.isOpen == false {
            answer(try readOnce(sight, body))
        }
    }

    private func readOnce<Result>(_ sight: (of: Sight, role: String)?, _ body: () throws -> Result) throws -> Result {
        deadline.set(address.limits.read)
        do {
            var words = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            if let sight { words += "; " + PostgresRowWalls.beginning(sight.of, as: sight.role, dialect) }
            try begin(words)
            seeing = sight?.role
            return try body()
        } catch {
            rollback()
            throw error
        }
    }

    /// Two writers never come between each other, on whatever node they are: the lock is the server's, and it is given
    /// back with the transaction.
    func begin() throws {
        deadline.set(address.limits.write)
        let words = "BEGIN; SELECT pg_advisory_xact_lock(\(PostgresAddress.writerLock))"
        do {
            do {
                try begin(words)
            } catch  where session?.isOpen == false {
                // The server was away since the last time; nothing has been done yet.
                try begin(words)
            }
        } catch {
            rollback()
            throw error
        }
    }

    private func begin(_ words: String) throws {
        hasBegun = false
        try opened().control(words)
        hasBegun = true
    }

    func commit() throws {
        deadline.set(address.limits.commit)
        defer { end() }
        guard let session, session.isOpen else { throw StoreError.unavailable("the connection broke") }
        try settle()
        try session.commit()
        hasCommitted(self)
    }

    func rollback() {
        deadline.set(address.limits.commit)
        defer { end() }
        do {
            if let session, session.isInTransaction { try session.control("ROLLBACK") }
        } catch {
            // The server undoes what a lost connection leaves behind.
            disconnect()
        }
    }

    private func end() {
        waiting = []
        hasBegun = false
        seeing = nil
        deadline.clear()
    }

    /// A server whose disk failed ends its sessions itself.
    var doubt: String? { nil }

    var isInTransaction: Bool { hasBegun && session?.isInTransaction == true && session?.isOpen == true }

    func isWorthRetrying(_ error: any Error) -> Bool {
        guard (error as? StoreError) == Self.stalePlan, session?.isOpen == true else { return false }
        do {
            try forgetStatements()
            return true
        } catch {
            return false
        }
    }

    // MARK: The server's log

    /// How far a standby has come.
    func replayed() throws -> UInt64 {
        deadline.set(address.limits.commit)
        defer { deadline.clear() }
        let text = try opened().ask("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')")
        // A server that is no standby has everything.
        return text.isEmpty ? .max : UInt64(text) ?? 0
    }

    /// How far the log is written, at least to the last commit; nil when it can't be told.
    func written() -> UInt64? {
        do {
            return UInt64(try opened().ask("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"))
        } catch {
            // The commit stands all the same.
            return nil
        }
    }

    // MARK: The session

    private func opened() throws(StoreError) -> PostgresSession {
        if let session {
            if session.isOpen { return session }
            // Nobody goes on in a transaction that was lost with its connection.
            if hasBegun { throw .unavailable("the connection broke") }
            disconnect()
        }
        let fresh = try PostgresSession(address.text, setUp: address.setUp(for: purpose))
        session = fresh
        deadline.watch(fresh.socket)
        return fresh
    }

    func disconnect() {
        deadline.watch(nil)
        session?.close()
        session = nil
        statements.removeAll()
    }
}
