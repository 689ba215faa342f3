import CCrypto
import Store

/// Random bytes, digests and comparisons that don't leak by time.
package enum Secrets {
    /// Fresh bytes from the system's generator.
    package static func random(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// 43 characters of the URL-safe alphabet: 256 random bits.
    package static func token() -> String { base64URL(random(count: 32)) }

    /// SHA-256 as 64 lower-case hex digits.
    package static func digest(_ text: String) -> String { hex(digest(Array(text.utf8))) }

    package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let status = EVP_Digest(bytes, bytes.count, &out, &length, EVP_sha256(), nil)
        precondition(status == 1 && length == 32, "libcrypto provides SHA-256")
        return out
    }

    /// HMAC-SHA1, for RFC 4226 codes only.
    static func hmacSHA1(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &out, &length)
        return out
    }

    package static func equal(_ left: String, _ right: String) -> Bool {
        let a = Array(left.utf8)
        let b = Array(right.utf8)
        guard a.count == b.count else { return false }
        return CRYPTO_memcmp(a, b, a.count) == 0
    }

    package static func hex(_ bytes: [UInt8]) -> String { bytes.hexadecimal }

    package static func bytes(hex text: String) -> [UInt8]? {
        guard text.utf8.count.isMultiple(of: 2) else { return nil }
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let high = rest.popFirst(), let low = rest.popFirst() {
            guard let byte = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) else { return nil }
            out.append(byte)
        }
        return out
    }

    static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return encode(bytes, alphabet: alphabet, bits: 6)
    }

    static func bytes(base64URL text: String) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return decode(text, alphabet: alphabet, bits: 6)
    }

    static func bytes(base32 text: String) -> [UInt8]? {
        decode(text, alphabet: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8), bits: 5)
    }

    /// RFC 4648 base 32 without padding, as authenticator apps expect.
    package static func base32(_ bytes: [UInt8]) -> String {
        encode(bytes, alphabet: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8), bits: 5)
    }

    private static func encode(_ bytes: [UInt8], alphabet: [UInt8], bits: Int) -> String {
        var out: [UInt8] = []
        var buffer = 0
        var held = 0
        let mask = (1 << bits) - 1
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            held += 8
            while held >= bits {
                held -= bits
                out.append(alphabet[buffer >> held & mask])
            }
        }
        if held > 0 { out.append(alphabet[buffer << (bits - held) & mask]) }
        return String(decoding: out, as: UTF8.self)
    }

    private static func decode(_ text: String, alphabet: [UInt8], bits: Int) -> [UInt8]? {
        var out: [UInt8] = []
        var buffer = 0
        var held = 0
        for byte in text.utf8 {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            buffer = (buffer << bits | digit) & 0xFFFF
            held += bits
            if held >= 8 {
                held -= 8
                out.append(UInt8(buffer >> held & 255))
            }
        }
        return out
    }
}
