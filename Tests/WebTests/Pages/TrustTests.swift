import Foundation
import Kernel
import Testing

@testable import Web

@Suite("Trusting the house's own certificate")
struct TrustTests {
    /// Three bytes as a certificate: what is shown is their digest.
    private static let certificate = "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n"

    private func site(of house: WebHouse, code: Bool = true) throws -> Site {
        let folder = house.folder + "/trust"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.certificate.write(toFile: folder + "/ca.crt", atomically: true, encoding: .utf8)
        try "http://192.168.1.5:8080/trust\n".write(toFile: folder + "/address", atomically: true, encoding: .utf8)
        if code { try "<svg/>".write(toFile: folder + "/qr.svg", atomically: true, encoding: .utf8) }
        var settings = house.site.settings
        settings.trustFolder = folder
        return Site(kernel: house.kernel, assets: house.site.assets, settings: settings, logger: house.site.logger)
    }

    private func get(_ site: Site, _ path: String, agent: String = "") async -> Reply {
        let parts = path.split(separator: "?").map(String.init)
        return await site.respond(
            to: Exchange(
                method: "GET", path: parts[0].split(separator: "/").map(String.init),
                query: PercentCode.form(parts.count > 1 ? parts[1] : "") ?? [],
                headers: ["host": "localhost", "user-agent": agent], body: [], source: "test", id: "1"))
    }

    @Test("Nobody needs to be signed in to read how; the steps of the device at hand are open")
    func page() async throws {
        let house = try await WebHouse.open()
        let site = try site(of: house)
        let phone = await get(site, "/trust", agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)")
        #expect(phone.status == 200)
        // SHA-256 of "abc", FIPS 180-2, appendix B.1.
        #expect(phone.text.contains("BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23"))
        #expect(phone.text.contains("http://192.168.1.5:8080/trust") && phone.text.contains("/trust/qr.svg"))
        let opened = phone.text.components(separatedBy: "<details").filter { $0.prefix(30).contains("open") }
        #expect(opened.count == 1 && opened[0].contains("证书信任设置"))
        let english = await get(site, "/trust?language=en", agent: "Windows NT 10.0")
        #expect(english.text.contains("Trusted Root Certification Authorities"))
        #expect(english.headers.allSatisfy { $0.name != "set-cookie" })
        await house.end()
    }

    @Test("The certificate is a download of the type that devices install; nothing else of the folder is given")
    func files() async throws {
        let house = try await WebHouse.open()
        let site = try site(of: house, code: false)
        let file = await get(site, "/trust/ca.crt")
        #expect(file.status == 200 && file.text == Self.certificate)
        #expect(file.headers.contains { $0.name == "content-type" && $0.value == "application/x-x509-ca-cert" })
        for path in ["/trust/qr.svg", "/trust/address", "/trust/ca.key", "/trust/ca.crt/x"] {
            #expect(await get(site, path).status == 404, "\(path)")
        }
        await house.end()
    }

    @Test("A house without an authority of its own has no such page")
    func none() async throws {
        let house = try await WebHouse.open()
        #expect(await get(house.site, "/trust").status == 404)
        _ = try await house.owner()
        #expect(!(await get(house.site, "/sign-in")).text.contains("/trust"))
        #expect(await get(try site(of: house), "/sign-in").text.contains("/trust"))
        await house.end()
    }
}
