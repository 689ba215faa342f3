import CPQ
import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A statement that has not been said to the server yet.
enum PostgresWish {
    /// Words without values, such as SAVEPOINT.
    case words(String)
    case prepared(String, PostgresArguments)
}

extension PostgresSession {
    /// Says several statements in one go and takes their answers in order: one way to the server and back.
    ///
    /// - Parameter body: gets the answer of the last one, which lives as long as the call.
    /// - Throws: the error of the first that failed; those behind it were not executed.
    func execute<Result>(_ wishes: [PostgresWish], _ body: (PostgresAnswer) throws -> Result) throws -> Result {
        guard PQenterPipelineMode(handle) == 1 else { throw lost }
        defer { PQexitPipelineMode(handle) }
        for wish in wishes { guard send(wish) else { throw lost } }
        guard PQpipelineSync(handle) == 1 else { throw lost }
        var failed: StoreError?
        var last: OpaquePointer?
        defer { if let last { PQclear(last) } }
        for _ in wishes {
            if let last { PQclear(last) }
            last = nil
            guard let result = PQgetResult(handle) else { throw lost }
            last = result
            // Nil stands behind the answer of each statement.
            while let more = PQgetResult(handle) { PQclear(more) }
            let status = PQresultStatus(result)
            if status != PGRES_COMMAND_OK, status != PGRES_TUPLES_OK, failed == nil { failed = failure(of: result) }
        }
        guard let end = PQgetResult(handle) else { throw lost }
        PQclear(end)
        if let failed { throw failed }
        guard let last else { throw lost }
        return try body(PostgresAnswer(last))
    }

    private var lost: StoreError { .unavailable(String(cString: PQerrorMessage(handle))) }

    private func send(_ wish: PostgresWish) -> Bool {
        switch wish {
        case .words(let text): PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 1) == 1
        case .prepared(let name, let arguments):
            arguments.withParts { values, lengths, formats in
                PQsendQueryPrepared(handle, name, Int32(values.count), values, lengths, formats, 1) == 1
            }
        }
    }
}

extension PostgresArguments {
    /// The values as libpq takes them, for the length of the call.
    func withParts<Result>(
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Result
    ) -> Result {
        let lengths = places.map { Int32($0?.count ?? 0) }
        return bytes.withUnsafeBytes { buffer in
            let values = places.map { place -> UnsafePointer<CChar>? in
                guard let place else { return nil }
                guard let base = buffer.baseAddress else { return Self.nothing }
                return (base + place.start).assumingMemoryBound(to: CChar.self)
            }
            return body(values, lengths, [Int32](repeating: 1, count: lengths.count))
        }
    }

    /// Where an empty value begins: libpq takes no address for null.
    private nonisolated(unsafe) static let nothing = UnsafePointer<CChar>(strdup(""))
}
