/// The first bytes of a write-ahead log, which say which log it is.
///
/// The layout is that of SQLite's file format, section "The Write-Ahead Log": a heading of 32 bytes, then frames of 24 bytes
/// and a page each. Starting the log anew adds one to the first salt and draws the second.
struct LogHeading: Hashable, Sendable {
    static let length = 32

    let pageSize: Int
    let salt1: UInt32
    let salt2: UInt32

    /// Nil when `bytes` are no heading: an empty log, or one of another format.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length, Self.number(bytes, 0) & ~1 == 0x377F_0682 else { return nil }
        pageSize = Int(Self.number(bytes, 8))
        salt1 = Self.number(bytes, 16)
        salt2 = Self.number(bytes, 20)
        guard pageSize >= 512, pageSize <= 65_536 else { return nil }
    }

    /// Bytes of a log with so many frames.
    func bytes(frames: Int) -> Int { frames == 0 ? 0 : Self.length + frames * (24 + pageSize) }

    /// Whether `next` is the same log, started anew exactly once.
    func isFollowed(by next: LogHeading) -> Bool { next.pageSize == pageSize && next.salt1 == salt1 &+ 1 }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
