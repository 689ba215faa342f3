import Dispatch
import GRDB
import GRDBSQLite
import Store
import Synchronization
package import Values

/// Keeps a copy of a living database at a second place, a few seconds behind.
///
/// It begins with a whole copy, then appends what commits add to the write-ahead log, up to the last commit. Nobody else may
/// start the log anew meanwhile; when it has become long, this does: copies the rest, merges the log into the file here and
/// the copied log into the copied file there, and goes on with the next log. If the log was started anew without it, or
/// it can't tell, it begins a new generation.
package final class OngoingCopy: @unchecked Sendable {  // All but `reached` is used on `work` only.
    /// How far the copy has come.
    package struct Reached: Sendable, Hashable {
        package let sequence: Int
        /// Everything that was acknowledged before is at the second place.
        package let at: Instant
    }

    /// Frames after which the log is merged; 16 MB.
    static let usualFrames = 4000
    /// Frames after which the log is given up when the second place takes nothing; 256 MB.
    static let mostFrames = 65_536

    /// Milliseconds between two notes while nothing is written.
    static let restingNote: Int64 = 10_000

    private struct Following {
        let name: String
        var heading: LogHeading
        var note: CopyNote
        /// The log here is merged up to the last byte that was copied: it may start anew.
        var isComplete = false
        /// When the note was last written.
        var noted: Int64 = 0
        /// Merging is tried from this many frames on.
        var mergeAt = OngoingCopy.usualFrames
    }

    /// The log here is not the one that was followed.
    private struct Discontinuity: Error {}

    private let database: SQLiteDatabase
    private let place: CopyPlace
    private let work = DispatchQueue(label: "baton.copy")
    private let mark = Mutex<Reached?>(nil)
    private var following: Following?
    private var watch: LogWatch?
    private var hold: LogHold?

    /// - Parameter folder: the second place; made when it is not there. Best on another disk.
    package init(of database: SQLiteDatabase, to folder: String) {
        self.database = database
        place = CopyPlace(folder: folder)
    }

    /// How far the copy has come since this program started; nil before the first whole copy.
    package var reached: Reached? { mark.withLock { $0 } }

    /// Brings the copy up to the last commit. The first call copies the whole file; later ones what was added.
    ///
    /// - Throws: `StoreError.unavailable` when the second place or the database fails; the next call tries again.
    package func advance(at now: Instant) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            work.async { [self] in continuation.resume(with: Result { try step(at: now) }) }
        }
    }

    /// Brings the copy up to the last commit once more and lets go of the database, before that is closed.
    package func finish(at now: Instant) async throws {
        let isWhole = reached != nil
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            work.async { [self] in
                let result = Result { if isWhole { try step(at: now) } }
                letGo()
                continuation.resume(with: result)
            }
        }
    }

    // MARK: One step

    private func step(at now: Instant) throws {
        if let reason = database.standstill { throw StoreError.unavailable(reason) }
        do {
            do {
                if following == nil { try begin(at: now) } else { try follow(at: now) }
            } catch is Discontinuity {
                letGo()
                try begin(at: now)
            }
        } catch {
            keepLogShort()
            throw error is Discontinuity
                ? StoreError.unavailable("the log was started anew while it was copied") : error
        }
    }

    private func begin(at now: Instant) throws {
        // First of all, so that a second place that is not there costs the database nothing.
        let name = try place.begin(at: now.milliseconds)
        let part = "\(place.folder)/\(name).part"
        do {
            let heading = try takeHold()
            try Self.backUp(database.current.pool, to: part + "/" + CopyPlace.file)
            let note = CopyNote(sequence: 0, at: 0, bytes: 0, merged: 0, isMerging: false)
            var state = Following(name: name, heading: heading, note: note)
            try catchUp(&state, in: part, at: now)
            try place.publish(name)
            following = state
            remember(state.note)
        } catch {
            place.drop(name)
            letGo()
            throw error
        }
    }

    /// Sees to it that nobody but this starts the log anew.
    private func takeHold() throws -> LogHeading {
        database.leaveLogAlone()
        watch = try watch ?? LogWatch(database.path)
        try database.current.onWriter { connection in
            try connection.control("PRAGMA wal_autocheckpoint = 0")
            // With something unmerged in the log a reader keeps others from starting it anew.
            try connection.transaction { try Settings(connection).touch("copy") }
            hold = try LogHold(database.path)
        }
        guard let (heading, _) = try log() else { throw Discontinuity() }
        return heading
    }

    private func follow(at now: Instant) throws {
        guard var state = following else { return }
        let directory = "\(place.folder)/\(state.name)"
        let frames = try catchUp(&state, in: directory, at: now)
        following = state
        remember(state.note)
        guard frames > state.mergeAt else { return }
        try database.current.onWriter { try startAnew(&state, in: directory, on: $0) }
        state.mergeAt = state.isComplete ? Self.usualFrames : frames + Self.usualFrames / 4
        following = state
    }

    /// Copies what the log holds behind the last copied byte.
    ///
    /// - Returns: the frames of the log.
    @discardableResult
    private func catchUp(_ state: inout Following, in directory: String, at now: Instant) throws -> Int {
        guard let watch else { throw Discontinuity() }
        // Asked before the log is measured: the copy holds at least this.
        let sequence = try watch.sequence()
        guard let (heading, frames) = try log() else { throw Discontinuity() }
        if heading != state.heading {
            guard state.isComplete, state.heading.isFollowed(by: heading) else { throw Discontinuity() }
            try mergeThere(&state, in: directory)
            state.heading = heading
        }
        let copied = state.note.bytes
        try append(upTo: heading.bytes(frames: frames), &state, in: directory)
        // A house at rest need not write a note every time.
        let isDue = state.note.bytes != copied || now.milliseconds - state.noted >= Self.restingNote
        state.note.sequence = sequence
        state.note.at = now.milliseconds
        if isDue {
            try place.write(state.note, in: directory)
            state.noted = now.milliseconds
        }
        return frames
    }

    private func append(upTo end: Int, _ state: inout Following, in directory: String) throws {
        guard end > state.note.bytes else { return }
        let source = try OpenFile(database.path + "-wal", for: .reading)
        let target = try OpenFile(directory + "/" + CopyPlace.log, for: .writing)
        try source.copy(from: state.note.bytes, to: end, into: target)
        try target.sync()
        guard try heading() == state.heading else { throw Discontinuity() }
        state.note.bytes = end
        state.isComplete = false
    }

    /// On the writer, so that nobody of this process writes: merges the log here and copies its last frames.
    private func startAnew(_ state: inout Following, in directory: String, on connection: SQLiteConnection) throws {
        hold = nil
        defer { if hold == nil { following = nil } }
        let row = try Self.merge(on: connection)
        let counts = row.map { Int($0.integer ?? -1) }
        // Negative while another process merges; then it is tried again later.
        if counts.count == 3, counts[1] >= 0 {
            try append(upTo: state.heading.bytes(frames: counts[1]), &state, in: directory)
            state.isComplete = counts[1] == counts[2]
        }
        hold = try LogHold(database.path)
    }

    /// Merges the log into the file, waiting for readers no longer than people would notice.
    private static func merge(on connection: SQLiteConnection) throws -> [SQLValue] {
        sqlite3_busy_timeout(connection.handle, 100)
        defer { sqlite3_busy_timeout(connection.handle, 5000) }
        return try connection.rows("PRAGMA wal_checkpoint(RESTART)").first ?? []
    }

    /// Merges the copied log into the copied file.
    private func mergeThere(_ state: inout Following, in directory: String) throws {
        state.note.isMerging = true
        try place.write(state.note, in: directory)
        try CopyPlace.merge(directory + "/" + CopyPlace.file)
        state.note.isMerging = false
        state.note.merged += 1
        state.note.bytes = 0
        try place.write(state.note, in: directory)
    }

    // MARK: Pieces

    /// The log and its committed frames, of one and the same moment; nil while the log is empty.
    private func log() throws -> (LogHeading, Int)? {
        guard let watch else { return nil }
        for _ in 0..<5 {
            let before = try heading()
            let frames = try watch.mergeAndCount()
            if try heading() == before { return before.map { ($0, frames) } }
        }
        throw StoreError.unavailable("the log is started anew again and again")
    }

    private func heading() throws -> LogHeading? {
        LogHeading(try OpenFile(database.path + "-wal", for: .reading).read(at: 0, count: LogHeading.length))
    }

    private func remember(_ note: CopyNote) {
        mark.withLock { $0 = Reached(sequence: note.sequence, at: Instant(milliseconds: note.at)) }
    }

    /// While nothing is copied the log must not grow without end.
    private func keepLogShort() {
        if watch?.isInDoubt ?? true { letGo() }
        do {
            let watch = try self.watch ?? LogWatch(database.path)
            if try watch.mergeAndCount() > Self.mostFrames, following != nil {
                letGo()
                _ = try watch.mergeAndCount()
            }
            self.watch = watch
        } catch {
            // The database fails as well, or somebody else merges: the next step tells, or tries again.
        }
    }

    private func letGo() {
        following = nil
        hold = nil
        watch = nil
    }

    private static func backUp(_ pool: DatabasePool, to path: String) throws {
        do {
            let target = try DatabaseQueue(path: path)
            try pool.backup(to: target)
            try target.close()
        } catch {
            throw StoreError.unavailable("no copy to \(path): \(error)")
        }
        try OpenFile(path, for: .reading).sync()
    }
}

extension SQLiteDatabase {
    /// From now on commits don't merge the log: who copies it does.
    func leaveLogAlone() { state.withLock { $0.mergesLog = false } }
}
