import CCurl
package import Values

/// Posts JSON to another program. Blocks its thread for as long as the other side takes.
package struct HookSender: Sendable {
    private let settings: DeliverySettings

    package init(_ settings: DeliverySettings) { self.settings = settings }

    /// - Parameters:
    ///   - key: the same for every attempt; sent as `Idempotency-Key`.
    ///   - now: stands in the signature.
    package func post(_ body: String, to url: String, key: String, at now: Instant) -> DeliveryOutcome {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return .refused(DeliveryReason(zh: "不是网页服务器的地址", en: "not an address of a web server")) }
        guard let transfer = Transfer() else { return .failed(.noLibrary) }
        let bytes = Array(body.utf8)
        var headers = [
            "Content-Type: application/json; charset=utf-8", "Accept: */*", "Expect:",
            "Idempotency-Key: "
                + key.unicodeScalars.filter { (0x21...0x7E).contains($0.value) }.map(String.init).joined(),
            "User-Agent: Baton",
        ]
        if let secret = settings.hookSecret, !secret.isEmpty {
            headers.append(
                "Baton-Signature: "
                    + HookSignature.header(of: bytes, secret: secret, seconds: now.secondsSinceEpoch))
        }
        transfer.text(CURLOPT_URL, url)
        transfer.text(CURLOPT_PROTOCOLS_STR, "http,https")
        transfer.number(CURLOPT_POST, 1)
        transfer.number(CURLOPT_POSTFIELDSIZE, bytes.count)
        transfer.list(CURLOPT_HTTPHEADER, headers)
        let allowsPrivate = settings.allowsPrivateHooks
        let answer = transfer.run(upload: bytes, timeout: settings.timeout) {
            allowsPrivate || AddressGuard.isPublic($0)
        }
        return Self.outcome(answer)
    }

    /// 2xx is taken. What the other side calls our mistake stays one; a redirect is not followed.
    static func outcome(_ answer: Transfer.Answer) -> DeliveryOutcome {
        if answer.isForbidden {
            return .refused(
                DeliveryReason(
                    zh: "地址在本机或内网，不允许（见设置 webhook_private）",
                    en: "the address is not on the open internet (see the setting webhook_private)"))
        }
        let answered = DeliveryReason(zh: "对方回答 \(answer.status)", en: "answered \(answer.status)")
        switch answer.status {
        case 200...299: return answer.failure.map { .failed($0.reason) } ?? .delivered
        case 408, 425, 429, 500...: return .failed(answered)
        case 100...: return .refused(answered)
        default: return .failed(answer.failure?.reason ?? DeliveryReason(zh: "没有回答", en: "no answer"))
        }
    }
}
