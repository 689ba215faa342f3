/// Which addresses a webhook may go to: those of the open internet. What is inside the house is not reached by a text
/// that somebody wrote into a definition.
package enum AddressGuard {
    /// 4 or 16 bytes.
    package struct Address: Sendable, Hashable {
        package let bytes: [UInt8]

        package init(_ bytes: [UInt8]) { self.bytes = bytes }
    }

    /// False for loopback, private, link-local, shared, reserved, multicast and documentation addresses, also when they
    /// stand inside an IPv6 address (IANA special-purpose registries).
    package static func isPublic(_ address: Address) -> Bool {
        let bytes = address.bytes
        if bytes.count == 4 { return isPublic4(bytes) }
        guard bytes.count == 16 else { return false }
        if let inner = embedded(bytes) { return isPublic4(inner) }
        // Only 2000::/3 is given to the internet; of it Teredo, ORCHID, benchmarking and documentation are not.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        if starts(bytes, [0x20, 0x01]) { return bytes[2] >= 0x02 && !starts(bytes, [0x20, 0x01, 0x0D, 0xB8]) }
        return !(bytes[0] == 0x3F && bytes[1] == 0xFF && bytes[2] & 0xF0 == 0)
    }

    private static func isPublic4(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _): false
        case (169, 254, _): false
        case (172, 16...31, _): false
        case (192, 0, 0), (192, 0, 2), (192, 168, _), (192, 88, 99): false
        case (198, 18...19, _), (198, 51, 100): false
        case (203, 0, 113): false
        default: true
        }
    }

    /// The IPv4 address inside: mapped, compatible, NAT64 or 6to4.
    private static func embedded(_ bytes: [UInt8]) -> [UInt8]? {
        let zeros = [UInt8](repeating: 0, count: 10)
        if starts(bytes, zeros + [0xFF, 0xFF]) || starts(bytes, zeros + [0, 0]) {
            return Array(bytes[12...])
        }
        if starts(bytes, [0x00, 0x64, 0xFF, 0x9B]) { return Array(bytes[12...]) }
        if starts(bytes, [0x20, 0x02]) { return Array(bytes[2..<6]) }
        return nil
    }

    private static func starts(_ bytes: [UInt8], _ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
}
