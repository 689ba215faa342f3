import CCrypto

/// The proof that a webhook comes from this house and is fresh: HMAC-SHA256 over the time, a point and the body.
package enum HookSignature {
    /// `t=1795341000,v1=9f86…`: seconds since 1970 and the signature in hexadecimal.
    package static func header(of body: [UInt8], secret: String, seconds: Int64) -> String {
        let signed = Array("\(seconds).".utf8) + body
        let key = Array(secret.utf8)
        var out = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        HMAC(EVP_sha256(), key, Int32(key.count), signed, signed.count, &out, &length)
        let hex = out.prefix(Int(length)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count < 2 ? "0" + digits : digits
        }.joined()
        return "t=\(seconds),v1=" + hex
    }
}
