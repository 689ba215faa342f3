package import Values

/// Time-based one-time codes (RFC 6238): SHA-1, six digits, steps of 30 seconds.
package enum TimeCode {
    package static func code(secret: [UInt8], step: Int64) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let mac = Secrets.hmacSHA1(key: secret, message: message)
        let offset = Int(mac[19] & 15)
        let word = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let digits = String((word & 0x7FFF_FFFF) % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step whose code this is, from one step ago to one ahead; nil when none. The caller refuses a step that was
    /// used before, so that a code seen over a shoulder opens nothing.
    package static func match(_ code: String, secret: [UInt8], at now: Instant) -> Int64? {
        let current = now.secondsSinceEpoch / 30
        return (current - 1...current + 1).first { Secrets.equal(self.code(secret: secret, step: $0), code) }
    }
}
