import Foundation
import Kernel
import Testing

@testable import Web

@Suite("The site as an app of the home screen")
struct InstalledTests {
    @Test("The manifest names symbols that are there, in the reader's language, to anybody")
    func manifest() async throws {
        let house = try await WebHouse.open()
        let stranger = Browser(house: house)
        for (language, name) in [("zh", "接力 Baton"), ("en", "Baton 接力")] {
            let reply = await stranger.get("/manifest/" + language)
            #expect(reply.status == 200)
            let read = try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any]
            let manifest = try #require(read)
            #expect(manifest["name"] as? String == name)
            #expect(manifest["display"] as? String == "standalone")
            let icons = try #require(manifest["icons"] as? [[String: String]])
            #expect(icons.map { $0["sizes"] } == ["192x192", "512x512", "512x512"])
            #expect(icons.last?["purpose"] == "maskable")
            for icon in icons {
                let picture = await stranger.get(icon["src"] ?? "")
                #expect(picture.status == 200 && picture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            }
        }
        #expect(await stranger.get("/manifest/fr").status == 404)
        #expect(await stranger.text("/first-run").contains("rel=\"manifest\" href=\"/manifest/zh\""))
        await house.end()
    }

    @Test("The worker keeps what pages are drawn with and nothing of records; every address is there")
    func worker() async throws {
        let house = try await WebHouse.open()
        let reply = await Browser(house: house).get("/sw.js")
        #expect(reply.headers.contains { $0.name == "cache-control" && $0.value == "no-cache" })
        let line = reply.text.prefix { $0 != "\n" }
        let read = try JSONSerialization.jsonObject(with: Data(line.dropFirst(14).dropLast().utf8)) as? [String: Any]
        let shell = try #require(read)
        let addresses = try #require(shell["urls"] as? [String])
        #expect(addresses.count > 20 && addresses.allSatisfy { $0.hasPrefix("/a/") })
        for address in addresses { #expect(await Browser(house: house).get(address).status == 200, "\(address)") }
        #expect(await Browser(house: house).text("/offline").contains("Baton can't be reached"))
        await house.end()
    }

    @Test("Who signs out leaves nothing behind in the browser")
    func signedOut() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let reply = await owner.post("/sign-out", [])
        #expect(reply.headers.contains { $0.name == "clear-site-data" && $0.value.contains("storage") })
        await house.end()
    }

    @Test("What a phone shares waits until its reader says where to; a stranger is asked to sign in and keeps nothing")
    func shared() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let body =
            "--b\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\nAnna Berg\nanna@berg.example\r\n"
            + "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"slip.pdf\"\r\n\r\n%PDF-1.4 x\r\n--b--\r\n"
        let type = ["content-type": "multipart/form-data; boundary=b"]
        let stranger = Browser(house: house)
        let turned = await stranger.send("POST", "/share", body: Array(body.utf8), headers: type)
        #expect(turned.status == 303 && turned.location == "/sign-in?next=%2Fshare")
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.folder + "/uploads").isEmpty)

        let taken = await owner.send("POST", "/share", body: Array(body.utf8), headers: type)
        let there = taken.location
        #expect(taken.status == 303 && there.hasPrefix("/share?text=Anna"))
        let page = await owner.text(there)
        #expect(page.contains("slip.pdf") && page.contains("anna@berg.example"))
        #expect(page.contains("action=\"/quick/contact\"") && page.contains("href=\"/quick/task?title=Anna"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.folder + "/uploads").count == 1)
        await house.end()
    }

    @Test("A shared file goes to the record that its reader chose, once")
    func putInto() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let id = try await insight(house, owner)
        let body =
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"slip.pdf\"\r\n\r\n%PDF-1.4 x\r\n--b--\r\n"
        let taken = await owner.send(
            "POST", "/share", body: Array(body.utf8), headers: ["content-type": "multipart/form-data; boundary=b"])
        let query = PercentCode.form(taken.location.split(separator: "?").last.map(String.init) ?? "") ?? []
        let token = try #require(query.first { $0.name == "file" }?.value)
        let found = await owner.text(taken.location + "&q=Lamps")
        #expect(found.contains("name=\"record\" value=\"\(id)\""))
        let fields = [("file", token), ("name", "slip.pdf"), ("object", "insight"), ("record", id), ("field", "files")]
        let put = await owner.post("/share/into", fields)
        #expect(put.status == 303 && put.location == "/o/insight/\(id)#files")
        #expect(await owner.text("/o/insight/\(id)").contains("slip.pdf"))
        #expect(await owner.post("/share/into", fields).location == "/share")
        await house.end()
    }

    /// A market note, which takes files.
    private func insight(_ house: WebHouse, _ owner: Browser) async throws -> String {
        let made = await owner.post("/o/insight/new", [("title", "Lamps in the north"), ("body", "Slow in winter")])
        return String(made.location.split(separator: "/").last ?? "")
    }
}
