import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Pages of rights and of the audit log", .serialized)
struct RightsPageTests {
    private func made(_ browser: Browser, _ name: String) async throws -> String {
        let reply = await browser.post(
            "/o/company/new",
            [
                ("name_en", name), ("short_name", name), ("roles", ""), ("roles", "customer"), ("country", "DE"),
                ("currency", "USD"), ("source", "fair"),
            ])
        #expect(reply.status == 303, "\(reply.text.prefix(300))")
        return String(try #require(reply.location.split(separator: "/").last))
    }

    @Test("Every page opens for the owner, in both languages, without inline styles")
    func opens() async throws {
        try await withHouse { _, owner in
            let paths = [
                "/settings/access", "/settings/access?object=company", "/settings/access?object=company&action=update",
                "/settings/roles", "/settings/roles?all=1", "/settings/roles/sales", "/settings/audit",
                "/settings/audit?object=company&kind=created&q=nothing", "/settings/audit?from=2026-11-01",
                "/settings/backup", "/settings/numbers",
            ]
            await owner.expectToOpen(paths)
            #expect(await owner.get("/settings/roles/none").status == 404)
        }
    }

    @Test("Without the privileges there is neither a page nor a link to it")
    func rights() async throws {
        try await withHouse { house, _ in
            let lin = try await house.person("lin", roles: ["sales"])
            let index = await lin.text("/settings")
            for path in ["access", "roles", "audit", "backup", "numbers"] {
                #expect(!index.contains("/settings/" + path), "\(path)")
                #expect(await lin.get("/settings/" + path).status == 403, "\(path)")
            }
            #expect(await lin.get("/settings/audit/export.csv").status == 403)
            #expect(await lin.post("/settings/audit/verify", []).status == 403)
        }
    }

    @Test("The page of a role marks the fields that its holder reads, as the API shows them")
    func roleFields() async throws {
        try await withHouse { house, owner in
            let company = try await made(owner, "Nordhaus GmbH")
            for role in ["finance", "marketing"] {
                let page = await owner.text("/settings/roles/\(role)?object=company")
                let person = try await house.person("of-" + role, roles: [role])
                let seen = await person.get("/api/v1/company/" + company)
                let rows = page.split(separator: "<tr><th scope=\"row\">").dropFirst()
                let credit = try #require(rows.first { $0.hasPrefix("信用额度") }, "\(role)")
                let isMarked = credit.firstRange(of: "<td><svg") != nil
                #expect(isMarked == seen.text.contains("\"credit_limit\""), "\(role)")
            }
            #expect(!(await owner.text("/settings/roles/finance")).contains("<th scope=\"row\">"))
        }
    }

    @Test("A number series goes on from a higher number and never back; the next paper takes it")
    func numbers() async throws {
        try await withHouse { house, owner in
            #expect(await owner.text("/settings/numbers").contains("<b>C2600001</b>"))
            let back = await owner.post("/settings/numbers", [("object", "company"), ("field", "code"), ("next", "0")])
            #expect(back.status == 422 && back.text.contains("号码不能往回走"))
            let on = await owner.post("/settings/numbers", [("object", "company"), ("field", "code"), ("next", "500")])
            #expect(on.status == 303)
            let company = try await made(owner, "Nordhaus GmbH")
            #expect(await owner.text("/o/company/" + company).contains("C2600500"))
            let less = await owner.post(
                "/settings/numbers", [("object", "company"), ("field", "code"), ("next", "500")])
            #expect(less.status == 422 && less.text.contains("501"))
            let lin = try await house.person("lin", roles: ["sales"])
            #expect(await lin.post("/settings/numbers", [("object", "company"), ("next", "900")]).status == 403)
        }
    }

    @Test("A house without a backup says so, and a server that keeps none says what to do")
    func backup() async throws {
        try await withHouse { house, owner in
            #expect(await owner.text("/settings/backup").contains("还没有任何备份"))
            #expect(await owner.post("/settings/backup", []).status == 303)
            #expect(await owner.text("/settings/backup").contains("请在机器上运行 baton backup"))
            let lin = try await house.person("lin", roles: ["sales"])
            #expect(await lin.post("/settings/backup", []).status == 403)
        }
    }

    @Test("Each reason is told role by role, and which role would allow what is refused")
    func why() async throws {
        try await withHouse { house, owner in
            let lin = try await house.person("lin", roles: ["sales"])
            _ = try await house.person("qing", roles: ["qc"])
            let company = try await made(lin, "Nordhaus GmbH")
            let people = await owner.text("/settings/people")
            func id(_ name: String) throws -> String {
                let pattern = try Regex("people/([0-9a-f-]{36})\">" + name)
                return String(try #require(people.firstMatch(of: pattern)?.output[1].substring))
            }
            let base = "/settings/access?object=company&record=\(company)&person="
            let may = await owner.text(base + (try id("Lin")) + "&action=update")
            #expect(may.contains("Lin 可以改") && may.contains("这条在内"), "\(may.prefix(200))")
            let mayNot = await owner.text(base + (try id("Qing")) + "&action=update")
            #expect(mayNot.contains("Qing 不能改") && mayNot.contains("这些角色会允许"))
            #expect(mayNot.contains("谁可以") && mayNot.contains("Lin"))
            #expect(await owner.get("/settings/access?object=company&record=" + (try id("Lin"))).status == 404)
        }
    }

    @Test(
        "What happened is found by person, object, kind, field and word; each row leads to its record; cells are defused"
    )
    func audit() async throws {
        try await withHouse { house, owner in
            let lin = try await house.person("lin", roles: ["sales"])
            let first = try await made(lin, "=Nordhaus GmbH")
            let second = try await made(owner, "Zweite AG")
            let all = await owner.text("/settings/audit?object=company")
            #expect(all.contains("/o/company/" + first) && all.contains("/o/company/" + second))
            let word = await owner.text("/settings/audit?q=nordhaus")
            #expect(word.contains(first) && !word.contains(second))
            let people = await owner.text("/settings/people?q=lin")
            let person = try #require(people.firstMatch(of: /people\/([0-9a-f-]{36})"/)).1
            let byLin = await owner.text("/settings/audit?object=company&person=" + String(person))
            #expect(byLin.contains(first) && !byLin.contains(second))
            let none = await owner.text("/settings/audit?object=company&kind=deleted")
            #expect(none.contains("没有符合的事件"))
            let field = await owner.text("/settings/audit?object=company&field=country")
            #expect(field.contains(first))
            let past = await owner.text("/settings/audit?object=company&until=2026-11-01")
            #expect(!past.contains(first))
            let file = await owner.get("/settings/audit/export.csv?object=company")
            #expect(file.status == 200 && !file.text.contains("\n=") && !file.text.contains(",=Nord"))
            #expect(file.text.contains("Zweite AG"))
            let proved = await owner.post("/settings/audit/verify", [])
            #expect(proved.status == 303)
            #expect(await owner.text("/settings/audit").contains("验证完整"))
        }
    }
}
