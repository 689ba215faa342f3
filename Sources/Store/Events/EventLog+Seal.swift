/// Sealing the log in a chain of blocks, and proving that nothing in it was changed, added or taken away.
///
/// A block holds the SHA-256 of the block before it and of every stored column of its events. The seal row holds the
/// last block, the head row the last sequence number, so that a tail can't be cut off unnoticed; who can write the file
/// can rewrite all of it, which is what a checkpoint kept elsewhere is for.
extension EventLog {
    /// Events in one block at most.
    package static let blockSize = 1000

    /// Seals the events that are not sealed yet. Two statements, three more for each block.
    ///
    /// - Parameter partial: also seal a last block that is not full; false waits until it is.
    /// - Returns: the number of blocks it made.
    @discardableResult
    package func seal(partial: Bool = true) throws -> Int {
        let last = try lastSequence()
        var seal = try currentSeal()
        var made = 0
        while last - seal.sequence >= (partial ? 1 : Self.blockSize) {
            let first = seal.sequence + 1
            let end = min(seal.sequence + Self.blockSize, last)
            let hash = try blockHash(number: seal.blocks + 1, first: first, last: end, previous: seal.hash)
            guard let hash else { throw StoreError.broken("events \(first) to \(end) are not all there") }
            try connection.run(
                """
                INSERT INTO event_block(number, first, last, previous, hash) VALUES \
                (\(seal.blocks + 1), \(first), \(end), \(SQLValue.blob(seal.hash)), \(SQLValue.blob(hash)))
                """)
            seal = Checkpoint(blocks: seal.blocks + 1, sequence: end, hash: hash)
            made += 1
        }
        if made > 0 {
            try connection.run(
                """
                UPDATE event_seal SET blocks = \(seal.blocks), sequence = \(seal.sequence), \
                hash = \(SQLValue.blob(seal.hash)) WHERE id = 1
                """)
        }
        return made
    }

    /// The end of the sealed log, to be kept elsewhere: a later `verify(against:)` proves that the log still holds it.
    package struct Checkpoint: Sendable, Hashable {
        package let blocks: Int
        /// The last sealed event.
        package let sequence: Int
        /// 32 bytes.
        package let hash: [UInt8]

        package init(blocks: Int, sequence: Int, hash: [UInt8]) {
            self.blocks = blocks
            self.sequence = sequence
            self.hash = hash
        }
    }

    /// The last seal. One statement.
    package func currentSeal() throws -> Checkpoint {
        guard let row = try connection.row("SELECT blocks, sequence, hash FROM event_seal WHERE id = 1") else {
            throw StoreError.broken("the event log has no seal")
        }
        return Checkpoint(blocks: row[0].count, sequence: row[1].count, hash: row[2].bytes)
    }

    /// What `verify` found.
    package struct VerifyReport: Sendable, Hashable {
        /// One thing that is wrong.
        package enum Finding: Sendable, Hashable {
            /// The hash of this block does not fit its events, the block before it or the seal.
            case changedBlock(number: Int, first: Int, last: Int)
            /// The block is not there.
            case missingBlock(number: Int)
            /// The event with this number is not there.
            case missingEvent(sequence: Int)
            /// There is an event behind the last one that was ever written.
            case foreignEvent(sequence: Int)
            /// The log no longer holds the checkpoint that was kept elsewhere.
            case checkpointNotHeld
        }
        package let events: Int
        package let blocks: Int
        /// Events that no block covers yet: a change to them is not detected.
        package let unsealed: Int
        /// The first thing that is wrong; nil when the log is whole.
        package let finding: Finding?
        package let checkpoint: Checkpoint
        package var isWhole: Bool { finding == nil }
    }

    /// Reads the whole log and checks every block, number and the end. About a second for each 400,000 events.
    package func verify(against kept: Checkpoint? = nil) throws -> VerifyReport {
        try connection.takeTime()
        let last = try lastSequence()
        let seal = try currentSeal()
        let finding = try firstFinding(seal: seal, last: last, kept: kept)
        return VerifyReport(
            events: last, blocks: seal.blocks, unsealed: last - seal.sequence, finding: finding, checkpoint: seal)
    }

    /// Checks the last sealed block and everything behind it, which is what a failing disk would hurt first. Costs at
    /// most as much as two blocks of events.
    package func tailFinding() throws -> VerifyReport.Finding? {
        let seal = try currentSeal()
        if seal.blocks > 0 {
            let query: SQLFragment = "SELECT first, last, previous, hash FROM event_block WHERE number = \(seal.blocks)"
            guard let block = try connection.row(query) else { return .missingBlock(number: seal.blocks) }
            let (first, end) = (block[0].count, block[1].count)
            let hash = try blockHash(number: seal.blocks, first: first, last: end, previous: block[2].bytes)
            guard hash == seal.hash, block[3].bytes == seal.hash, end == seal.sequence else {
                return .changedBlock(number: seal.blocks, first: first, last: end)
            }
        }
        return try findingInTail(from: seal.sequence, to: try lastSequence())
    }

    private func firstFinding(
        seal: Checkpoint, last: Int, kept: Checkpoint?
    ) throws -> VerifyReport.Finding? {
        var previous = [UInt8](repeating: 0, count: 32)
        var covered = 0
        var holdsKept = kept == nil || kept?.blocks == 0
        for number in stride(from: 1, through: seal.blocks, by: 1) {
            let query: SQLFragment = "SELECT first, last, previous, hash FROM event_block WHERE number = \(number)"
            guard let block = try connection.row(query) else { return .missingBlock(number: number) }
            let (first, end) = (block[0].count, block[1].count)
            let changed = VerifyReport.Finding.changedBlock(number: number, first: first, last: end)
            guard first == covered + 1, end >= first, block[2].bytes == previous else { return changed }
            guard let hash = try blockHash(number: number, first: first, last: end, previous: previous) else {
                return .missingEvent(sequence: try firstMissing(from: first))
            }
            guard hash == block[3].bytes else { return changed }
            previous = hash
            covered = end
            if kept?.blocks == number, kept?.hash == hash, kept?.sequence == end { holdsKept = true }
        }
        guard covered == seal.sequence, previous == seal.hash else {
            return .changedBlock(number: seal.blocks, first: 0, last: covered)
        }
        guard holdsKept else { return .checkpointNotHeld }
        return try findingInTail(from: covered, to: last)
    }

    private func findingInTail(from covered: Int, to last: Int) throws -> VerifyReport.Finding? {
        let row = try connection.row("SELECT count(*), max(sequence) FROM event WHERE sequence > \(covered)")
        let count = row.map { $0[0].count } ?? 0
        if let largest = row?[1].int, largest > last { return .foreignEvent(sequence: largest) }
        let extra = try connection.row("SELECT max(number) FROM event_block")?[0].int ?? 0
        if extra > (try currentSeal().blocks) { return .changedBlock(number: extra, first: 0, last: 0) }
        return count == last - covered ? nil : .missingEvent(sequence: try firstMissing(from: covered + 1))
    }

    private func firstMissing(from start: Int) throws -> Int {
        var expected = start
        try connection.each("SELECT sequence FROM event WHERE sequence >= \(start) ORDER BY sequence") { row in
            guard row[0].count == expected else { return false }
            expected += 1
            return true
        }
        return expected
    }

    /// The hash of a block, or nil when one of its events is not there.
    private func blockHash(number: Int, first: Int, last: Int, previous: [UInt8]) throws -> [UInt8]? {
        let digest = try SHA256Digest()
        var buffer = previous
        Self.append(number: Int64(number), to: &buffer)
        var expected = first
        let query: SQLFragment = """
            SELECT \(raw: Self.columns) FROM event WHERE sequence BETWEEN \(first) AND \(last) ORDER BY sequence
            """
        try connection.each(query) { row in
            guard row[0].count == expected else { return false }
            expected += 1
            for value in row { Self.append(value, to: &buffer) }
            digest.add(buffer)
            buffer.removeAll(keepingCapacity: true)
            return true
        }
        guard expected == last + 1 else { return nil }
        return digest.finish()
    }

    /// A form in which no two different rows look the same: kind, length, bytes.
    private static func append(_ value: SQLValue, to buffer: inout [UInt8]) {
        switch value {
        case .null:
            buffer.append(0)
        case .bool(let flag):
            append(.integer(flag ? 1 : 0), to: &buffer)
        case .integer(let number):
            buffer.append(1)
            append(number: number, to: &buffer)
        case .real(let number):
            buffer.append(2)
            append(number: Int64(bitPattern: number.bitPattern), to: &buffer)
        case .text(let text):
            buffer.append(3)
            append(number: Int64(text.utf8.count), to: &buffer)
            buffer.append(contentsOf: text.utf8)
        case .blob(let bytes):
            buffer.append(4)
            append(number: Int64(bytes.count), to: &buffer)
            buffer.append(contentsOf: bytes)
        }
    }

    private static func append(number: Int64, to buffer: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { buffer.append(contentsOf: $0) }
    }
}
