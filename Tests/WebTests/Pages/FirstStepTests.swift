import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("The first steps of a house", .serialized)
struct FirstStepTests {
    private func withHouse(_ body: (WebHouse, Browser) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        try await body(house, try await house.owner())
        await house.end()
    }

    private static let steps = ["company", "currencies", "structure", "people"]

    /// One white point.
    private static let picture = Data(
        base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")

    @Test("Every step opens for the owner, in both languages, without inline styles")
    func opens() async throws {
        try await withHouse { _, owner in
            for language in ["zh", "en"] {
                owner.take(cookie: "baton_language", language)
                for path in ["/settings/setup"] + Self.steps.map({ "/settings/setup/" + $0 }) {
                    let reply = await owner.get(path)
                    #expect(reply.status == 200, "\(path): \(reply.status) \(reply.text.prefix(300))")
                    #expect(!reply.text.contains("style=\"") && !reply.text.contains("Optional("), "\(path)")
                }
            }
        }
    }

    @Test("Who may not set up a house finds no step, and nothing of it on the day")
    func rights() async throws {
        try await withHouse { house, owner in
            #expect(await owner.text("/").contains("/settings/setup"))
            let lin = try await house.person("lin", roles: ["sales"])
            let (day, index) = (await lin.text("/"), await lin.text("/settings"))
            #expect(!day.contains("/settings/setup") && !index.contains("/settings/setup"))
            for path in [""] + Self.steps.map({ "/" + $0 }) {
                #expect(await lin.get("/settings/setup" + path).status == 403, "\(path)")
            }
            #expect(await lin.post("/settings/setup/close", []).status == 403)
            #expect(await lin.post("/settings/setup/people", [("do", "make"), ("p0.name", "X")]).status == 403)
            #expect(await owner.get("/settings/setup/nothing").status == 404)
        }
    }

    @Test("The list stands on the day until it is put away, and comes back when asked")
    func putAway() async throws {
        try await withHouse { _, owner in
            #expect(await owner.post("/settings/setup/company/later", []).location == "/settings/setup/currencies")
            #expect(await owner.text("/settings/setup").contains("以后再说"))
            #expect(await owner.post("/settings/setup/close", [("back", "day")]).location == "/")
            let day = await owner.text("/")
            #expect(!day.contains("还有 3 步") && !day.contains("/settings/setup"))
            #expect(await owner.text("/settings").contains("/settings/setup"))
            #expect(await owner.post("/settings/setup/reopen", []).status == 303)
            #expect(await owner.text("/").contains("还有 3 步"))
        }
    }

    @Test("The company is kept with its logo, which stands above the menu; what is no picture is refused")
    func company() async throws {
        try await withHouse { _, owner in
            let wrong = await owner.post("/settings/setup/company", [("name_zh", "宁波一号贸易"), ("name_en", "")])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"宁波一号贸易\""))
            let form = [("name_zh", "宁波一号贸易"), ("name_en", "Ningbo One Trading"), ("tax_id", "9133")]
            let text = await owner.post("/settings/setup/company", form, bytes: Array("<svg/>".utf8), named: "logo.png")
            #expect(text.status == 422 && text.text.contains("PNG 或 JPEG"))
            #expect(await owner.text("/settings/setup").contains("还有 4 步"), "nothing was saved")
            let picture = try #require(Self.picture)
            let saved = await owner.post("/settings/setup/company", form, bytes: [UInt8](picture), named: "logo.png")
            #expect(saved.status == 303 && saved.location == "/settings/setup/currencies", "\(saved.text.prefix(400))")
            let page = await owner.text("/settings/setup/company")
            #expect(page.contains("value=\"Ningbo One Trading\"") && page.contains("/logo?v="))
            let address = try #require(page.firstMatch(of: /src="(\/logo\?v=[0-9a-f]{64})"/)).1
            let logo = await owner.get(String(address))
            #expect(logo.status == 200 && logo.header("content-type") == "image/png")
            #expect(await owner.text("/").contains("class=\"logo own\""))
        }
    }

    private func plant(_ house: WebHouse, _ object: String, _ draft: Draft) async throws -> RecordID {
        let made = try await house.kernel.perform(Command(.create(object: object, draft)), as: .system("test"))
        return try #require(made.created.first?.id)
    }

    /// A quotation of one line.
    private func quotation(_ house: WebHouse) async throws -> RecordID {
        let terms = try await house.kernel.answer(
            ListRecords(object: "payment_term", columns: ["code"], limit: 1), as: .system("test"))
        let company = try await plant(
            house, "company",
            Draft([
                "name_en": .text("Nordlicht GmbH"), "short_name": .text("Nordlicht"),
                "roles": .list([.text("customer")]), "country": .text("DE"), "currency": .text("USD"),
                "source": .text("other"), "payment_term": .text(terms.rows.first?.id.description ?? ""),
            ]))
        var draft = Draft(["company": .text(company.description), "fx_rate": .number("7.1")])
        draft.lines["lines"] = [
            LineDraft(["description": .text("Lamp"), "qty": .number("240"), "price": .number("9.8")])
        ]
        return try await plant(house, "quotation", draft)
    }

    @Test("The logo that was kept stands as a picture in the PDF of a document")
    func logoOnPaper() async throws {
        try await withHouse { house, owner in
            let form = [("name_zh", "宁波一号贸易"), ("name_en", "Ningbo One Trading")]
            #expect(await owner.post("/settings/setup/company", form).status == 303)
            let paper = "/o/quotation/\(try await quotation(house))/document.pdf"
            let plain = await owner.get(paper)
            #expect(plain.status == 200 && Self.pictures(plain.bytes) == 0, "\(plain.text.prefix(300))")
            let picture = try #require(Self.picture)
            let page = await owner.text("/settings/setup/company")
            let version = page.firstMatch(of: /name="version" value="(\d+)"/).map { String($0.1) } ?? ""
            let saved = await owner.post(
                "/settings/setup/company", form + [("version", version)], bytes: [UInt8](picture), named: "logo.png")
            #expect(saved.status == 303)
            let printed = await owner.get(paper)
            #expect(printed.status == 200 && Self.pictures(printed.bytes) > 0)
        }
    }

    /// How many pictures are among the objects of a PDF; their dictionaries are never packed.
    private static func pictures(_ pdf: [UInt8]) -> Int {
        String(decoding: pdf, as: UTF8.self).matches(of: /\/Subtype\s*\/Image/).count
    }

    @Test("Rates are kept for today, only those that were typed; a wrong one stands at its currency")
    func currencies() async throws {
        try await withHouse { _, owner in
            let wrong = await owner.post("/settings/setup/currencies", [("r.USD", "7.1"), ("r.EUR", "-3")])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"7.1\"") && wrong.text.contains("fd err"))
            let saved = await owner.post("/settings/setup/currencies", [("r.USD", "7.1"), ("r.EUR", "")])
            #expect(saved.status == 303, "\(saved.text.prefix(400))")
            let page = await owner.text("/settings/setup/currencies")
            #expect(page.contains("value=\"7.1\"") && page.contains("2026-11-20 的汇率"))
            let again = await owner.post("/settings/setup/currencies", [("r.USD", "7.1")])
            #expect(again.status == 303)
            let rates = try await owner.house.kernel.answer(
                CountRecords(object: "fx_rate"), as: .system("test"))
            #expect(rates.count == 1)
        }
    }

    @Test("Departments come from lines with their parents, regions from rows with countries by name")
    func structure() async throws {
        try await withHouse { _, owner in
            let wrong = await owner.post(
                "/settings/setup/structure",
                [("departments", "业务一部, , 销售部"), ("g0.code", "EU"), ("g0.name", "欧洲"), ("g0.countries", "DE XX")])
            #expect(wrong.status == 422 && wrong.text.contains("“销售部”不在名单里"))
            #expect(wrong.text.contains("没有国家“XX”") && wrong.text.contains("选一个时区"))
            let saved = await owner.post(
                "/settings/setup/structure",
                [
                    ("departments", "业务一部, Sales 1, 业务部\n业务部，Sales"), ("g0.code", "EU"), ("g0.name", "欧洲"),
                    ("g0.countries", "DE"), ("g0.zone", "Europe/Berlin"),
                ])
            #expect(saved.status == 303, "\(saved.text.prefix(600))")
            let page = await owner.text("/settings/setup/structure")
            #expect(page.contains("业务一部") && page.contains("欧洲"))
            let found = try await owner.house.kernel.answer(
                ListRecords(object: "department", columns: ["name", "parent"]), as: .system("test")
            ).rows
            let child = try #require(found.first { $0["name"].text == "业务一部" })
            #expect(child["parent"].record == found.first { $0["name"].text == "业务部" }?.id)
        }
    }

    @Test("People come from a pasted list: what is wrong stands at its cell, then all get passwords that work once")
    func people() async throws {
        try await withHouse { house, owner in
            _ = await owner.post("/settings/setup/structure", [("departments", "业务部")])
            let text = "姓名\t邮箱\t岗位\t部门\t上级\n王敏\tmin@example.com\t业务\t业务部\t陈芳\n陈芳\tfang@example.com\tnobody\t行政部\t\n"
            let read = await owner.post("/settings/setup/people", [("do", "read"), ("paste", text)])
            #expect(read.status == 422 && read.text.contains("没有角色“nobody”") && read.text.contains("没有部门“行政部”"))
            #expect(read.text.contains("name=\"p0.login\" value=\"min\""), "\(read.text.prefix(300))")
            var rows = [
                ("p0.name", "王敏"), ("p0.login", "min"), ("p0.email", "min@example.com"), ("p0.roles", "sales"),
                ("p0.department", "业务部"), ("p0.manager", "陈芳"), ("p1.name", "陈芳"), ("p1.login", "owner"),
                ("p1.roles", "sales_manager"), ("p1.manager", "林若溪"), ("p2.name", ""),
            ]
            rows[8].1 = await Self.managerRole(house)
            let taken = await owner.post("/settings/setup/people", rows + [("do", "make")])
            let wrong = taken.text.matches(of: /fd-e"[^>]*>([^<]+)</).map { String($0.1) }
            #expect(taken.status == 422 && wrong.count == 1, "\(wrong)")
            let before = await owner.text("/settings/people")
            #expect(!before.contains("王敏"), "nobody was made")
            rows[7].1 = "fang"
            let checked = await owner.post("/settings/setup/people", rows + [("do", "check")])
            let left = checked.text.matches(of: /fd-e"[^>]*>([^<]+)</).map { String($0.1) }
            #expect(left.isEmpty, "\(left)")
            #expect(checked.status == 200 && checked.text.contains("2 人都可以建"))
            let made = await owner.post("/settings/setup/people", rows + [("do", "make")])
            #expect(made.status == 200, "\(made.text.prefix(600))")
            let secrets = made.text.matches(of: /su-k">([a-z0-9-]{19})</).map { String($0.1) }
            try #require(secrets.count == 2 && Set(secrets).count == 2)
            let after = await owner.text("/settings/setup/people")
            #expect(!after.contains(secrets[0]))
            let min = Browser(house: house)
            #expect(await min.post("/sign-in", [("login", "min"), ("password", secrets[0])]).status == 303)
            #expect(await min.text("/").contains("设定自己的密码"))
            let people = try await house.kernel.answer(
                ListRecords(object: "user", columns: ["login", "manager"]), as: .system("test")
            ).rows
            let boss = try #require(people.first { $0["login"].text == "fang" })
            #expect(people.first { $0["login"].text == "min" }?["manager"].record == boss.id)
        }
    }

    private static func managerRole(_ house: WebHouse) async -> String {
        do {
            let model = try await house.kernel.answer(VisibleModel(), as: .system("test")).model
            return model.roles.first { $0.id.contains("manager") && !$0.privileges.contains("define") }?.id ?? "sales"
        } catch {
            return "sales"
        }
    }

    @Test("A table tells its columns by their heading, and takes an account from the address")
    func tables() throws {
        let named = try PeopleTable(bytes: Array("Position,Name,E-mail\nSales,Mia,Mia.W@example.com\n".utf8))
        #expect(named.rows.count == 1 && named.rows[0][.name] == "Mia" && named.rows[0][.login] == "mia.w")
        #expect(named.rows[0][.roles] == "Sales")
        let plain = try PeopleTable(bytes: Array("Mia,mia,mia@example.com,Sales,,\n,,,,,\n".utf8))
        #expect(plain.rows.count == 1 && plain.rows[0][.login] == "mia" && plain.rows[0][.roles] == "Sales")
    }
}
