import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file by its descriptor, with errors that name it. Never the database itself: closing a descriptor of that file would
/// drop the locks that the engine holds on it.
final class OpenFile {
    let path: String
    private let descriptor: Int32

    enum Use {
        case reading
        /// Made when it is not there, for this account of the machine alone.
        case writing
        /// As `writing`, and emptied.
        case writingAnew
    }

    init(_ path: String, for use: Use) throws {
        self.path = path
        let flags =
            switch use {
            case .reading: O_RDONLY
            case .writing: O_WRONLY | O_CREAT
            case .writingAnew: O_WRONLY | O_CREAT | O_TRUNC
            }
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("opened", path) }
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from `place` on; fewer at the end of the file.
    func read(at place: Int, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + done, count - done, off_t(place + done))
            }
            guard got >= 0 else { throw Self.failure("read", path) }
            if got == 0 { break }
            done += got
        }
        return done == count ? bytes : Array(bytes[..<done])
    }

    func write(_ bytes: [UInt8], at place: Int) throws {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress! + done, bytes.count - done, off_t(place + done))
            }
            guard put > 0 else { throw Self.failure("written", path) }
            done += put
        }
    }

    /// Returns once the bytes would survive a power cut.
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure("made durable", path) }
    }

    /// Copies everything between two places of this file to the same places of another, a megabyte at a time.
    func copy(from start: Int, to end: Int, into other: OpenFile) throws {
        var place = start
        while place < end {
            let piece = try read(at: place, count: min(1 << 20, end - place))
            guard !piece.isEmpty else { throw StoreError.unavailable("\(path) ends before its last frame") }
            try other.write(piece, at: place)
            place += piece.count
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes a folder's names durable.
    static func syncFolder(_ path: String) throws { try OpenFile(path, for: .reading).sync() }

    static func rename(_ old: String, to new: String) throws {
        guard Glibc.rename(old, new) == 0 else { throw failure("renamed", old) }
    }

    private static func failure(_ what: String, _ path: String) -> StoreError {
        let reason = String(cString: strerror(errno))
        return .unavailable("\(path) can't be \(what): \(reason)")
    }
}
