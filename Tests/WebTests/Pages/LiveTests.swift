import Kernel
import Testing
import Values

@testable import Web

@Suite("Live pages", .serialized)
struct LiveTests {
    private func stream(_ browser: Browser) async throws -> AsyncStream<[UInt8]> {
        let reply = await browser.get("/live")
        #expect(reply.status == 200)
        guard case .stream(let stream) = reply.body else { throw Rejection.noSuchPath }
        return stream
    }

    @Test("An open page does not keep a server from stopping", .timeLimit(.minutes(1)))
    func ends() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let open = try await stream(browser)
        await house.kernel.hub.close()
        var heard = ""
        for await bytes in open { heard += String(decoding: bytes, as: UTF8.self) }
        #expect(heard.hasPrefix("retry: "))
        // One that comes too late is let go at once, too.
        for await _ in try await stream(browser) {}
        await house.end()
    }
}
