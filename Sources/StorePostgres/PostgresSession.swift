import CPQ
import Store
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The socket of a session, to end what the session is waiting for: its call then fails as if the server had gone.
final class PostgresSocket: Sendable {
    private let number: Mutex<Int32>

    init(_ number: Int32) { self.number = Mutex(number) }

    func cut() { number.withLock { if $0 >= 0 { _ = shutdown($0, Int32(SHUT_RDWR)) } } }
    /// Before the number is given to another file.
    func forget() { number.withLock { $0 = -1 } }
}

/// One libpq connection. It blocks the thread that uses it.
final class PostgresSession {
    /// What the server says beside its answers.
    private final class Notices {
        /// The server stopped waiting for its standby: what it calls committed may be lost with it.
        var isCommitUncertain = false
    }

    let handle: OpaquePointer
    private let notices = Notices()
    /// The one thing of a session that another thread may touch.
    let socket: PostgresSocket

    /// Connects and sets the session up.
    ///
    /// - Parameter address: `postgresql://…` or `name=value` words.
    /// - Throws: `StoreError.unavailable` when the server can't be reached or refuses.
    init(_ address: String, setUp: String) throws(StoreError) {
        let words: [(String, String)] = [
            ("dbname", address), ("client_encoding", "UTF8"), ("application_name", "baton"), ("connect_timeout", "5"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"),
        ]
        guard let opened = Self.connect(words) else { throw .unavailable("no memory for a connection") }
        handle = opened
        socket = PostgresSocket(PQsocket(opened))
        guard PQstatus(opened) == CONNECTION_OK else {
            let text = String(cString: PQerrorMessage(opened))
            PQfinish(opened)
            throw .unavailable(text.split(separator: "\n").joined(separator: " "))
        }
        PQsetNoticeReceiver(
            opened,
            { context, result in
                guard let context, let field = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { return }
                let state = String(cString: field)
                // Cancelled, or shut down, while it waited for the standby.
                guard state == "57014" || state == "57P01" else { return }
                Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().isCommitUncertain = true
            }, Unmanaged.passUnretained(notices).toOpaque())
        do {
            try control(setUp)
        } catch {
            close()
            throw error
        }
    }

    private static func connect(_ words: [(String, String)]) -> OpaquePointer? {
        let keys = words.map { strdup($0.0) }
        let values = words.map { strdup($0.1) }
        defer { for text in keys + values { free(text) } }
        let keyList = keys.map { UnsafePointer<CChar>($0) } + [nil]
        let valueList = values.map { UnsafePointer<CChar>($0) } + [nil]
        // The first word may hold a whole address, whose parts outdo those before and yield to those behind it.
        return PQconnectdbParams(keyList, valueList, 1)
    }

    /// Closes the connection; nothing else may be called afterwards.
    func close() {
        socket.forget()
        PQfinish(handle)
    }

    /// Whether the server can still be asked.
    var isOpen: Bool { PQstatus(handle) == CONNECTION_OK }

    var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE
    }

    // MARK: Asking

    /// Executes text without values, several statements at once if need be.
    func control(_ text: String) throws(StoreError) {
        let answer = try answer(PQexec(handle, text))
        PQclear(answer)
    }

    /// The first value that a question without values answers, as text; empty for null.
    func ask(_ text: String) throws(StoreError) -> String {
        let answer = try answer(PQexec(handle, text))
        defer { PQclear(answer) }
        return PQntuples(answer) > 0 ? String(cString: PQgetvalue(answer, 0, 0)) : ""
    }

    /// Commits.
    ///
    /// - Throws: `StoreError.outcomeUnknown` when the server went away, or gave up its standby, before it answered;
    ///   the server's error when it did not commit.
    func commit() throws(StoreError) {
        notices.isCommitUncertain = false
        guard let result = PQexec(handle, "COMMIT"), isOpen else {
            throw .outcomeUnknown("the connection broke while committing")
        }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(of: result) }
        // A transaction that had failed before answers a COMMIT with ROLLBACK.
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw .unavailable("the transaction was undone by the server")
        }
        if notices.isCommitUncertain { throw .outcomeUnknown("the server did not wait for its standby") }
    }

    /// Prepares a statement and asks for the types of its placeholders.
    func prepare(_ text: String, as name: String) throws(StoreError) -> [UInt32] {
        PQclear(try answer(PQprepare(handle, name, text, 0, nil)))
        let description = try answer(PQdescribePrepared(handle, name))
        defer { PQclear(description) }
        return (0..<PQnparams(description)).map { PQparamtype(description, $0) }
    }

    /// The types of the columns that a question answers with.
    func columnTypes(of text: String) throws(StoreError) -> [UInt32] {
        PQclear(try answer(PQprepare(handle, "", text, 0, nil)))
        let description = try answer(PQdescribePrepared(handle, ""))
        defer { PQclear(description) }
        return (0..<PQnfields(description)).map { PQftype(description, $0) }
    }

    /// Sends rows behind a COPY.
    func copy(_ text: String, _ bytes: [UInt8]) throws(StoreError) {
        guard let started = PQexec(handle, text) else { throw .unavailable(String(cString: PQerrorMessage(handle))) }
        defer { PQclear(started) }
        guard PQresultStatus(started) == PGRES_COPY_IN else { throw failure(of: started) }
        let isSent = bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                PQputCopyData(handle, $0.baseAddress, Int32($0.count)) == 1 && PQputCopyEnd(handle, nil) == 1
            }
        }
        guard isSent else { throw .unavailable(String(cString: PQerrorMessage(handle))) }
        var refusal: StoreError?
        while let result = PQgetResult(handle) {
            if PQresultStatus(result) != PGRES_COMMAND_OK { refusal = failure(of: result) }
            PQclear(result)
        }
        if let refusal { throw refusal }
    }

    /// Executes a prepared statement.
    ///
    /// - Parameter body: gets the answer, which lives as long as the call.
    func execute<Result>(
        _ name: String, _ arguments: PostgresArguments, _ body: (PostgresAnswer) throws -> Result
    ) throws -> Result {
        let result = arguments.withParts { values, lengths, formats in
            PQexecPrepared(handle, name, Int32(values.count), values, lengths, formats, 1)
        }
        let answer = try answer(result)
        defer { PQclear(answer) }
        return try body(PostgresAnswer(answer))
    }

    private func answer(_ result: OpaquePointer?) throws(StoreError) -> OpaquePointer {
        guard let result else { throw .unavailable(String(cString: PQerrorMessage(handle))) }
        let status = PQresultStatus(result)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK { return result }
        defer { PQclear(result) }
        throw failure(of: result)
    }

    func failure(of result: OpaquePointer) -> StoreError {
        let state = field("C", of: result)
        let message = String(cString: PQresultErrorMessage(result))
        if state.isEmpty || !isOpen { return .unavailable(message.split(separator: "\n").joined(separator: " ")) }
        if PostgresFailure.isStalePlan(state: state) { return PostgresConnection.stalePlan }
        return PostgresFailure.error(state: state, message: message, detail: field("D", of: result))
    }

    private func field(_ code: Character, of result: OpaquePointer) -> String {
        PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) } ?? ""
    }

    // MARK: Hearing

    /// Waits until another session notifies or `bell` can be read, at most `milliseconds`.
    ///
    /// - Returns: the number in the last notice of another session, 0 without one; nil when none came. This session's own
    ///   are none.
    /// - Throws: `StoreError.unavailable` when the connection is gone.
    func hear(orBell bell: Int32, milliseconds: Int32) throws(StoreError) -> UInt64? {
        // What came with the answer to an earlier statement lies here already; the socket says nothing of it.
        if let heard = takeNotices() { return heard }
        var waiting = [PQsocket(handle), bell].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&waiting, 2, milliseconds)
        guard PQconsumeInput(handle) == 1 else { throw .unavailable(String(cString: PQerrorMessage(handle))) }
        return takeNotices()
    }

    private func takeNotices() -> UInt64? {
        var heard: UInt64?
        while let notice = PQnotifies(handle) {
            if notice.pointee.be_pid != PQbackendPID(handle) {
                heard = max(heard ?? 0, UInt64(String(cString: notice.pointee.extra)) ?? 0)
            }
            PQfreemem(notice)
        }
        return heard
    }
}

/// What a statement answered.
struct PostgresAnswer {
    private let result: OpaquePointer
    private let types: [UInt32]

    init(_ result: OpaquePointer) {
        self.result = result
        types = (0..<PQnfields(result)).map { PQftype(result, $0) }
    }

    var count: Int { Int(PQntuples(result)) }

    /// Rows inserted, updated or deleted.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    func row(_ index: Int) throws(StoreError) -> [SQLValue] {
        var row: [SQLValue] = []
        row.reserveCapacity(types.count)
        for (column, type) in types.enumerated() {
            let (line, place) = (Int32(index), Int32(column))
            if PQgetisnull(result, line, place) == 1 {
                row.append(.null)
                continue
            }
            let count = Int(PQgetlength(result, line, place))
            let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result, line, place), count: count)
            row.append(try PostgresCell.value(bytes, type: type))
        }
        return row
    }
}
