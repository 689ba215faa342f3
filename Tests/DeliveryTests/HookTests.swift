import Delivery
import Testing
import Values

@Suite("Webhooks")
struct HookTests {
    private let now = Instant(milliseconds: 1_795_341_000_000)

    @Test(
        "Addresses inside the house and of no use outside are refused",
        arguments: [
            ([127, 0, 0, 1], false), ([10, 1, 2, 3], false), ([172, 16, 0, 1], false), ([172, 31, 255, 255], false),
            ([172, 32, 0, 1], true), ([192, 168, 1, 1], false), ([169, 254, 169, 254], false),
            ([100, 64, 0, 1], false),
            ([100, 128, 0, 1], true), ([0, 0, 0, 0], false), ([224, 0, 0, 1], false), ([255, 255, 255, 255], false),
            ([198, 18, 0, 1], false), ([203, 0, 113, 9], false), ([8, 8, 8, 8], true), ([192, 0, 0, 8], false),
        ])
    func addresses4(bytes: [UInt8], isPublic: Bool) {
        #expect(AddressGuard.isPublic(AddressGuard.Address(bytes)) == isPublic)
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
        #expect(AddressGuard.isPublic(AddressGuard.Address(mapped)) == isPublic)
        let translated: [UInt8] = [0x00, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8) + bytes
        #expect(AddressGuard.isPublic(AddressGuard.Address(translated)) == isPublic)
    }

    @Test(
        "The same for the long addresses",
        arguments: [
            ([0xFC, 0x00], false), ([0xFD, 0x12], false), ([0xFE, 0x80], false), ([0xFF, 0x02], false),
            ([0x20, 0x01, 0x0D, 0xB8], false), ([0x20, 0x01, 0x00, 0x00], false), ([0x26, 0x06, 0x47, 0x00], true),
            ([0x20, 0x02, 0x0A, 0x00, 0x00, 0x01], false), ([0x20, 0x02, 0x08, 0x08, 0x08, 0x08], true),
            ([0x3F, 0xFF, 0x00], false),
        ])
    func addresses6(prefix: [UInt8], isPublic: Bool) {
        let bytes = prefix + [UInt8](repeating: 0, count: 15 - prefix.count) + [1]
        #expect(AddressGuard.isPublic(AddressGuard.Address(bytes)) == isPublic)
        #expect(!AddressGuard.isPublic(AddressGuard.Address([UInt8](repeating: 0, count: 15) + [1])))
    }

    @Test("A webhook to this machine is refused after its name was resolved, and tried where it is allowed")
    func loopback() {
        var settings = DeliverySettings()
        settings.timeout = 5
        for host in ["127.0.0.1:9", "localhost:9", "[::1]:9", "2130706433:9", "0x7f.1:9"] {
            let outcome = HookSender(settings).post("{}", to: "http://\(host)/x", key: "k", at: now)
            #expect(
                outcome.says == "refused: the address is not on the open internet (see the setting webhook_private)",
                "\(host)")
        }
        settings.allowsPrivateHooks = true
        let outcome = HookSender(settings).post("{}", to: "http://127.0.0.1:9/x", key: "k", at: now)
        if case .failed = outcome {} else { Issue.record("\(outcome)") }
    }

    @Test(
        "Only web addresses are taken", arguments: ["file:///etc/passwd", "gopher://x", "ftp://x", "", "https://a b"])
    func schemes(url: String) {
        #expect(
            HookSender(DeliverySettings()).post("{}", to: url, key: "k", at: now).says
                == "refused: not an address of a web server")
    }

    @Test("The signature is the HMAC-SHA256 of time and body")
    func signature() {
        // Computed with the openssl command.
        #expect(
            HookSignature.header(of: Array("{\"a\":1}".utf8), secret: "Jefe", seconds: 1_795_341_000)
                == "t=1795341000,v1=868da1dc527dba96c108401ba5fda4bde1a17c16be1f7c56737f907e7e9b1db7")
    }

    @Test("Another program gets the body with key and signature; a redirect is not followed")
    func posting() throws {
        let ok = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
        let moved =
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let busy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let gone = "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let endless = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + String(repeating: "x", count: 100_000)
        let hook = try #require(LoopbackHook(answers: [ok, moved, busy, gone, endless]))
        var settings = DeliverySettings()
        settings.allowsPrivateHooks = true
        settings.hookSecret = "Jefe"
        settings.timeout = 20
        let outcomes = (0..<5).map { _ in
            HookSender(settings).post(
                #"{"no":"订单 1"}"#, to: "http://127.0.0.1:\(hook.port)/in?x=1", key: "rule:7\r\nX: y", at: now)
        }
        #expect(
            outcomes[..<4].map(\.says) == [
                "delivered", "refused: answered 302", "failed: answered 503", "refused: answered 410",
            ])
        if case .failed = outcomes[4] {} else { Issue.record("\(outcomes[4])") }
        let request = try #require(hook.requests.first)
        #expect(hook.requests.count == 5)
        #expect(request.hasPrefix("POST /in?x=1 HTTP/1.1\r\n") && request.hasSuffix("\r\n\r\n" + #"{"no":"订单 1"}"#))
        #expect(request.contains("\r\nIdempotency-Key: rule:7X:y\r\n") && !request.contains("\r\nX: y"))
        let body = Array(#"{"no":"订单 1"}"#.utf8)
        let signature = HookSignature.header(of: body, secret: "Jefe", seconds: now.secondsSinceEpoch)
        #expect(request.contains("\r\nBaton-Signature: " + signature + "\r\n"))
    }

    @Test("Attempts come later and later, never together, and end")
    func backoff() {
        let backoff = Backoff()
        let start = Instant(milliseconds: 0)
        func seconds(_ attempts: Int, _ chance: Double) -> Int64? {
            backoff.retry(after: attempts, at: start, chance: chance).map { $0.secondsSinceEpoch }
        }
        #expect(seconds(1, 0) == 10 && seconds(1, 0.999) == 19)
        #expect(seconds(5, 0) == 160 && seconds(9, 0) == 2560)
        for attempts in 10..<20 { #expect(seconds(attempts, 0) == 3600 && (seconds(attempts, 0.9999) ?? 0) <= 7200) }
        #expect(seconds(20, 0.5) == nil && seconds(500, 0.5) == nil)
    }
}

extension DeliveryOutcome {
    /// In English.
    fileprivate var says: String {
        switch self {
        case .delivered: "delivered"
        case .failed(let reason): "failed: " + reason.en
        case .refused(let reason): "refused: " + reason.en
        }
    }
}
