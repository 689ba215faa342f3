import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Pages of people, their accounts and one's own sign-in", .serialized)
struct AccountPageTests {
    private func personID(_ browser: Browser, _ login: String) async throws -> String {
        let page = await browser.text("/settings/people?q=" + login)
        return String(try #require(page.firstMatch(of: /href="\/settings\/people\/([0-9a-f-]{36})"/)).1)
    }

    @Test("Every page opens for the owner, in both languages, without inline styles")
    func opens() async throws {
        try await withHouse { house, owner in
            _ = try await house.person("lin", roles: ["sales"])
            let id = try await personID(owner, "lin")
            let paths = [
                "/settings/security", "/settings/people", "/settings/people?state=active", "/settings/people?q=zzz",
                "/settings/people/new", "/settings/people/" + id, "/settings/tokens",
            ]
            await owner.expectToOpen(paths)
        }
    }

    @Test("Without the privilege there is neither a page nor a link to it, and no step is done")
    func rights() async throws {
        try await withHouse { house, owner in
            let lin = try await house.person("lin", roles: ["sales"])
            let id = try await personID(owner, "lin")
            let index = await lin.text("/settings")
            #expect(!index.contains("/settings/people") && !index.contains("/settings/tokens"))
            #expect(index.contains("/settings/security"))
            for path in ["/settings/people", "/settings/people/" + id, "/settings/tokens"] {
                #expect(await lin.get(path).status == 403, "\(path)")
            }
            #expect(await lin.get("/settings/people/new").status == 404)
            let other = try await personID(owner, "owner")
            for step in ["invite", "unlock", "sessions/end"] {
                #expect(await lin.post("/settings/people/\(other)/\(step)", []).status == 403, "\(step)")
            }
            #expect(await lin.post("/settings/people/new", [("name", "X"), ("login", "xyz")]).status == 403)
        }
    }

    @Test("A person is made with a one-time password, chooses their own at the door and is in")
    func newPerson() async throws {
        try await withHouse { house, owner in
            let wrong = await owner.post("/settings/people/new", [("name", ""), ("login", "mia")])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"mia\""), "\(wrong.text.prefix(300))")
            let made = await owner.post(
                "/settings/people/new", [("name", "米娅"), ("login", "mia"), ("roles", "sales")])
            #expect(made.status == 200, "\(made.status) \(made.text.prefix(400))")
            let secret = try #require(made.text.firstMatch(of: /id="secret"[^>]*>([^<]+)</)).1
            let list = await owner.text("/settings/people")
            #expect(list.contains("等首次登录") && !list.contains(secret))
            let mia = Browser(house: house)
            let entered = await mia.post("/sign-in", [("login", "mia"), ("password", String(secret))])
            #expect(entered.status == 303)
            let first = await mia.text("/")
            #expect(first.contains("设定自己的密码") && !first.contains("data-section"))
            #expect(await mia.text("/o/company").contains("设定自己的密码"))
            let weak = await mia.post("/settings/security/password", [("new", "short")])
            #expect(weak.status == 422 && weak.text.contains("至少 10 个字符"))
            let renewed = await mia.post("/settings/security/password", [("new", "tea in the garden")])
            #expect(renewed.status == 303 && renewed.location == "/")
            #expect(await mia.get("/o/company").status == 200)
            #expect(await owner.text("/settings/people?state=active").contains("米娅"))
        }
    }

    @Test("A session that is used lives on: its cookie is set anew, at most every ten minutes")
    func sliding() async throws {
        try await withHouse { house, owner in
            #expect(await owner.get("/settings").header("set-cookie") == nil)
            house.clock.advance(seconds: 601)
            let kept = await owner.get("/settings").header("set-cookie") ?? ""
            #expect(kept.hasPrefix("baton_session=") && kept.contains("Max-Age=1209600"), "\(kept)")
            #expect(await owner.get("/settings").header("set-cookie") == nil)
        }
    }

    @Test("An account is switched off and on; who is off is out at once")
    func switchedOff() async throws {
        try await withHouse { house, owner in
            let lin = try await house.person("lin", roles: ["sales"])
            let id = try await personID(owner, "lin")
            let page = await owner.text("/settings/people/" + id)
            let version = try #require(page.firstMatch(of: /name="version" value="(\d+)"/)).1
            let off = await owner.post("/settings/people/\(id)/disable", [("version", String(version))])
            #expect(off.status == 303)
            #expect(await lin.get("/").status == 303, "back to the door")
            let after = await owner.text("/settings/people/" + id)
            #expect(after.contains("已停用") && after.contains("/enable") && !after.contains("/invite"))
        }
    }

    @Test("One's own devices and tokens are listed and ended; a token is shown once")
    func own() async throws {
        try await withHouse { house, owner in
            let made = await owner.post("/settings/security/tokens", [("name", "报表"), ("days", "30")])
            let secret = try #require(made.text.firstMatch(of: /id="secret"[^>]*>(bt_[^<]+)</)).1
            let page = await owner.text("/settings/security")
            #expect(page.contains("报表") && page.contains("这一台") && !page.contains(secret))
            let api = await owner.send(
                "GET", "/api/v1/me", body: [], headers: ["authorization": "Bearer " + secret])
            #expect(api.status == 200)
            #expect(await owner.text("/settings/tokens").contains("报表"))
            let token = try #require(page.firstMatch(of: /name="token" value="([0-9a-f-]{36})"/)).1
            #expect(await owner.post("/settings/security/tokens/revoke", [("token", String(token))]).status == 303)
            let late = await Browser(house: house).send(
                "GET", "/api/v1/me", body: [], headers: ["authorization": "Bearer " + secret])
            #expect(late.status == 401)
            let wrong = await owner.post(
                "/settings/security/password", [("old", "not it at all"), ("new", "another passphrase")])
            #expect(wrong.status == 422 && wrong.text.contains("密码不对"))
            let right = await owner.post(
                "/settings/security/password", [("old", "a long enough passphrase"), ("new", "another passphrase")])
            #expect(right.status == 303 && right.location.contains("#password"))
            let codes = await owner.post("/settings/security/codes", [])
            #expect(codes.status == 200 && codes.text.contains("name=\"secret\""))
            let digits = await owner.post("/settings/security/codes/confirm", [("secret", "AAAA"), ("code", "000000")])
            #expect(digits.status == 422)
        }
    }
}
