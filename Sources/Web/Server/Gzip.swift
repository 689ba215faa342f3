import CZlib

/// Answers in fewer bytes, for who says that they can read them (RFC 9110 §8.4.1.3, RFC 1952).
///
/// A page of a list is 120 KB of tags that say the same; packed it is a twelfth of that for about a millisecond.
enum Gzip {
    /// Below this the header costs more than it saves.
    static let least = 1_024
    /// For what is packed once, and for what is packed for each request.
    static let (thorough, quick): (Int32, Int32) = (9, 4)

    /// - Returns: nil when it would not get smaller.
    static func packed(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        guard bytes.count >= least else { return nil }
        var stream = z_stream()
        // 15 bits of window, and 16 for the form of gzip.
        let opened = deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard opened == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let packed = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return packed.isEmpty ? nil : packed
    }

    /// Whether an `Accept-Encoding` allows it: named, or by `*`, and not with weight 0.
    static func isAccepted(_ header: String?) -> Bool {
        var any = false
        for part in (header ?? "").split(separator: ",") {
            let pieces = part.split(separator: ";").map { String($0).trimmingSpaces.lowercased() }
            guard let name = pieces.first, name == "gzip" || name == "x-gzip" || name == "*" else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { $0.dropFirst(2) } ?? "1"
            let isWanted = weight.contains { $0 != "0" && $0 != "." }
            if name != "*" { return isWanted }
            any = isWanted
        }
        return any
    }

    /// Texts of all kinds; pictures, workbooks and PDF are packed already.
    static func helps(_ type: String) -> Bool {
        ["text/", "application/json", "application/problem+json", "application/manifest+json", "image/svg+xml"].contains
        { type.hasPrefix($0) }
    }
}
