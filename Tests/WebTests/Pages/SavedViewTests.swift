import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("Saved views of lists", .serialized)
struct SavedViewTests {
    private func withHouse(_ body: (WebHouse, Browser) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        for (name, country) in [("Nordlicht", "DE"), ("Cascadia", "US"), ("Elbe", "DE")] {
            _ = await browser.post(
                "/o/company/new",
                [
                    ("name_en", name + " Ltd"), ("short_name", name), ("roles", ""), ("roles", "customer"),
                    ("country", country), ("currency", "USD"), ("source", "fair"),
                ])
        }
        try await body(house, browser)
        await house.end()
    }

    private func keep(_ browser: Browser, _ name: String, _ audience: String, _ content: String) async -> Reply {
        await browser.post(
            "/o/company/views",
            [("do", "keep"), ("name", name), ("audience", audience), ("content", content), ("back", "/o/company")])
    }

    private static let german = "base=all&filter=country%20%3D%20%22DE%22"

    @Test("A kept view is a tab, opens by its id alone, and a change of it is a draft until it is saved")
    func keepAndOpen() async throws {
        try await withHouse { _, browser in
            let reply = await keep(browser, "德国客户", "mine", Self.german)
            #expect(reply.status == 303 && reply.location.contains("filter=") && reply.location.contains("d=1"))
            let page = await browser.text(reply.location)
            #expect(page.contains("德国客户") && page.contains("Nordlicht") && !page.contains("Cascadia"))
            #expect(!page.contains("未保存的改动"))
            let id =
                reply.location.firstRange(of: "view=").map {
                    String(reply.location[$0.upperBound...].prefix { $0 != "&" })
                } ?? ""
            let bare = await browser.get("/o/company?view=" + id)
            #expect(bare.location == reply.location)
            #expect(await browser.text(reply.location + "&sort=-name_en").contains("未保存的改动"))
            // Without its last condition it stays without, and says so.
            let emptied = await browser.text("/o/company?view=\(id)&d=1&base=all")
            #expect(emptied.contains("Cascadia") && emptied.contains("未保存的改动"))
        }
    }

    @Test("Private views are their owner's alone, shared ones everybody's to use and nobody else's to change")
    func audiences() async throws {
        try await withHouse { house, browser in
            _ = await keep(browser, "只给我", "mine", Self.german)
            let shared = await keep(browser, "给大家", "all", Self.german)
            let id =
                shared.location.firstRange(of: "view=").map {
                    String(shared.location[$0.upperBound...].prefix { $0 != "&" })
                } ?? ""
            let other = try await house.person("sales1", roles: ["sales"])
            let page = await other.text("/o/company")
            #expect(page.contains("给大家") && !page.contains("只给我"))
            let taken = await other.post(
                "/o/company/views",
                [("do", "keep"), ("id", id), ("name", "改名"), ("audience", "mine"), ("content", "")])
            #expect(taken.status == 403, "\(taken.status)")
            let removed = await other.post("/o/company/views", [("do", "remove"), ("id", id)])
            #expect(removed.status == 404)
            // For everybody takes the right to define.
            let wide = await keep(other, "想给大家", "all", Self.german)
            #expect(wide.status == 403)
        }
    }

    @Test("Columns and widths are each person's own and stay")
    func arrangement() async throws {
        try await withHouse { house, browser in
            _ = await browser.post(
                "/o/company/views",
                [("do", "arrange"), ("view", "all"), ("columns", "short_name"), ("columns", "city"), ("w.city", "222")])
            let page = await browser.text("/o/company?view=all")
            #expect(page.contains("data-columns=\"short_name,city\"") && page.contains("width=\"222\""))
            let other = try await house.person("sales1", roles: ["sales"])
            #expect(!(await other.text("/o/company?view=all").contains("data-columns=\"short_name,city\"")))
            _ = await browser.post("/o/company/views", [("do", "arrange"), ("view", "all"), ("reset", "1")])
            #expect(!(await browser.text("/o/company?view=all").contains("width=\"222\"")))
        }
    }

    @Test("Groups have counts, an expression narrows or says what is wrong, figures count everything that fits")
    func groupsAndFigures() async throws {
        try await withHouse { _, browser in
            let page = await browser.text("/o/company?view=all&group=country")
            #expect(page.contains("class=\"grp\"") && page.contains("Nordlicht"))
            let fine = await browser.get("/o/company?view=all&fx=country%20%3D%20%22DE%22")
            #expect(fine.location.contains("filter="))
            let wrong = await browser.get("/o/company?view=all&fx=nonsense%20%3E%201")
            #expect(wrong.status == 422 && wrong.text.contains("nonsense"))
            let figures = await browser.get("/o/company/figures?view=all").text
            #expect(figures.contains("\"count\":3"))
            let export = await browser.get("/o/company/export.csv?view=all&filter=country%20%3D%20%22DE%22").text
            #expect(export.contains("Nordlicht") && !export.contains("Cascadia"))
        }
    }

    @Test("A condition that can't be used any more is left out and named, whatever opened it")
    func brokenCondition() async throws {
        try await withHouse { _, browser in
            let reply = await keep(
                browser, "旧字段", "mine", Self.german + "&filter=gone_field%20%3D%201")
            let opened = await browser.get(reply.location)
            #expect(opened.status == 303 && !opened.location.contains("gone_field"))
            #expect(opened.location.contains("country"))
            let page = await browser.text(opened.location)
            #expect(page.contains("Nordlicht") && page.contains("gone_field = 1"))
            #expect(await browser.get("/o/company?as=gallery&filter=gone_field%20%3D%201").status == 303)
        }
    }

    @Test("The columns its author sees go into a view, and everybody who opens it sees them in their own order")
    func columnsOfViews() async throws {
        try await withHouse { house, browser in
            _ = await browser.post(
                "/o/company/views",
                [("do", "arrange"), ("view", "all"), ("columns", "short_name"), ("columns", "city")])
            let draft = await browser.text("/o/company?view=all&" + Self.german.dropFirst("base=all&".count))
            #expect(draft.contains("columns=short_name%2Ccity"))
            let shared = await keep(browser, "城市", "all", Self.german + "&columns=short_name%2Ccity")
            let other = try await house.person("sales1", roles: ["sales"])
            #expect(await other.text(shared.location).contains("data-columns=\"short_name,city\""))
            let id = shared.location.firstRange(of: "view=").map {
                String(shared.location[$0.upperBound...].prefix { $0 != "&" })
            }
            _ = await other.post(
                "/o/company/views",
                [("do", "arrange"), ("view", id ?? ""), ("columns", "city"), ("columns", "country")])
            let theirs = await other.text(shared.location)
            #expect(theirs.contains("data-columns=\"city,country\"") && !theirs.contains("未保存的改动"))
            #expect(await browser.text(shared.location).contains("data-columns=\"short_name,city\""))
            let into = await browser.post(
                "/o/company/views",
                [("do", "arrange"), ("view", id ?? ""), ("columns", "country"), ("columns", "city"), ("into", "1")])
            #expect(into.location.contains("columns=country%2Ccity"))
            // Somebody else's arrangement stays; the view of others is not theirs to change.
            let refused = await other.post(
                "/o/company/views",
                [("do", "arrange"), ("view", id ?? ""), ("columns", "country"), ("into", "1")])
            #expect(refused.status == 403, "\(refused.status)")
        }
    }

    @Test("A board has all lanes with their figures and the ways out of them; a search narrows every look")
    func looks() async throws {
        try await withHouse { _, browser in
            for name in ["INQ one", "INQ two"] {
                _ = await browser.post(
                    "/o/inquiry/new",
                    [("source", "fair"), ("raw_message", name), ("value_est", "1500"), ("value_est.currency", "USD")])
            }
            let board = await browser.text("/o/inquiry?view=all&as=board")
            #expect(board.components(separatedBy: "class=\"kc\"").count == 3)
            #expect(board.contains("data-lane=\"won\"") && board.contains("data-action=\"lose\""))
            #expect(board.contains("今天进入") && board.contains("进入本阶段"))
            #expect(await browser.text("/o/inquiry?view=all&as=board&by=source").contains("起在这一列"))
            let companies = await browser.text("/o/company?view=all&as=gallery&q=Nordlicht")
            #expect(companies.contains("Nordlicht") && !companies.contains("Cascadia"))
            for look in ["calendar", "timeline"] {
                let page = await browser.get("/o/inquiry?view=all&as=\(look)&by=received_at")
                #expect(page.status == 200 && page.text.contains("INQ"), "\(look)")
            }
        }
    }

    @Test("A view for a department is seen there and above, not beside it, and takes a department")
    func departments() async throws {
        try await withHouse { house, browser in
            let refused = await keep(browser, "部门的", "team", Self.german)
            #expect(await browser.text(refused.location).contains("你没有部门"))
            let above = try await department("销售", under: nil, house)
            let below = try await department("欧洲组", under: above, house)
            let beside = try await department("美洲组", under: above, house)
            let author = try await house.person("eu1", roles: ["sales"], department: below)
            _ = await keep(author, "欧洲组的视图", "team", Self.german)
            let readers = [(below, true), (above, true), (beside, false)]
            for (place, (department, sees)) in readers.enumerated() {
                let reader = try await house.person("reader\(place)", roles: ["sales"], department: department)
                #expect(await reader.text("/o/company").contains("欧洲组的视图") == sees, "\(place)")
            }
        }
    }

    private func department(_ name: String, under parent: RecordID?, _ house: WebHouse) async throws -> RecordID {
        var draft = Draft(["name": .text(name)])
        if let parent { draft.fields["parent"] = .value(.record(parent)) }
        let outcome = try await house.kernel.perform(
            Command(.create(object: "department", draft)), as: .system("a department"))
        return try #require(outcome.created.first?.id)
    }

    private func template(
        _ browser: Browser, _ columns: [String], heads: [String: String] = [:], audience: String = "mine",
        format: String = "csv"
    ) async -> Reply {
        await browser.post(
            "/o/company/export",
            [("do", "keep"), ("name", "给货代"), ("audience", audience), ("as", format), ("here", "")]
                + columns.map { ("columns", $0) } + heads.map { ("h." + $0.key, $0.value) })
    }

    @Test("A template says columns, their order, headings and format of an export; conditions come from the list")
    func exportByTemplate() async throws {
        try await withHouse { house, browser in
            let reply = await template(
                browser, ["country", "name_en"], heads: ["name_en": "Consignee name"], audience: "all")
            #expect(reply.status == 303 && reply.location.contains("template="))
            let id = String(reply.location.split(separator: "template=").last ?? "")
            #expect(await browser.text("/o/company").contains("按“给货代”导出"))
            let file = await browser.text("/o/company/export.xlsx?\(Self.german)&template=\(id)")
            let lines = file.split(whereSeparator: \.isNewline)
            #expect(lines.first?.hasSuffix(",Consignee name") == true, "\(lines.first ?? "")")
            #expect(lines.count == 3 && file.contains("Elbe Ltd") && !file.contains("Cascadia"))
            let other = try await house.person("manager1", roles: ["general_manager"])
            #expect(await other.text("/o/company/export").contains("给货代"))
            #expect(await other.post("/o/company/views", [("do", "remove"), ("id", id)]).status == 404)
            #expect(!(await other.text("/o/company")).contains("view=\(id)"))
        }
    }

    @Test("A template is also the sheet to fill in, whose own headings an import knows again")
    func fillIn() async throws {
        try await withHouse { _, browser in
            let reply = await template(
                browser, ["name_en", "country"], heads: ["name_en": "Consignee name"], format: "xlsx")
            let id = String(reply.location.split(separator: "template=").last ?? "")
            let sheet = await browser.get("/import/company/sheet.xlsx?template=" + id)
            guard case .bytes(let bytes) = sheet.body else { throw Rejection.noSuchPath }
            #expect(sheet.status == 200 && bytes.starts(with: Array("PK".utf8)))
            #expect(await browser.text("/import/company").contains("template=" + id))
            let sent = await browser.post("/import/company", [("pasted", "Consignee name\tcountry\nNeu GmbH\tDE\n")])
            let match = sent.location.replacing("/preview?", with: "/match?")
            let page = await browser.text(match)
            #expect(page.contains("<option value=\"name_en\" selected"), "the heading of the template is known")
        }
    }

    @Test("A template without a name or columns is refused at the field, and what was chosen is still there")
    func refusedTemplate() async throws {
        try await withHouse { _, browser in
            let nameless = await browser.post(
                "/o/company/export",
                [
                    ("do", "keep"), ("name", ""), ("audience", "team"), ("as", "csv"), ("here", "?" + Self.german),
                    ("columns", "name_en"), ("h.name_en", "Consignee"),
                ])
            #expect(nameless.status == 422 && nameless.text.contains("请给视图起个名字"))
            #expect(nameless.text.contains("value=\"Consignee\"") && nameless.text.contains("aria-invalid"))
            let empty = await browser.post("/o/company/export", [("do", "keep"), ("name", "给货代"), ("here", "")])
            #expect(empty.status == 422 && empty.text.contains("至少选一列") && empty.text.contains("value=\"给货代\""))
        }
    }

    @Test("Without scripts columns are put in order by numbers, in an export and in a list")
    func orderedByNumbers() async throws {
        try await withHouse { _, browser in
            let file = await browser.post(
                "/o/company/export",
                [
                    ("do", "file"), ("as", "csv"), ("here", ""), ("columns", "name_en"), ("n.name_en", "2"),
                    ("columns", "country"), ("n.country", "1"),
                ])
            let csv = await browser.text(file.location)
            #expect(csv.contains("国家,英文名称"), "\(csv.prefix(60))")
            _ = await browser.post(
                "/o/company/views",
                [
                    ("do", "arrange"), ("view", "all"), ("back", "/o/company"), ("columns", "short_name"),
                    ("n.short_name", "3"), ("columns", "country"), ("n.country", "1"),
                ])
            #expect(await browser.text("/o/company?view=all").contains("data-columns=\"country,short_name\""))
        }
    }

    @Test("On an English page names that are kept in both languages are told in English, on a Chinese one in Chinese")
    func namesInBothLanguages() async throws {
        try await withHouse { house, browser in
            let draft = Draft(["name": .text("外贸一部"), "name_en": .text("Sales one")])
            let made = try await house.kernel.perform(
                Command(.create(object: "department", draft)), as: .system("a department"))
            let id = try #require(made.created.first?.id)
            _ = try await department("样品组", under: id, house)
            let filter = "?columns=name,parent&filter=NOT(ISBLANK(parent))"
            browser.take(cookie: "baton_language", "en")
            let english = await browser.text("/o/department" + filter)
            #expect(english.contains("Sales one") && !english.contains("外贸一部"))
            #expect(await browser.text("/o/department/" + id.description).contains("Sales one"))
            browser.take(cookie: "baton_language", "zh")
            #expect(await browser.text("/o/company?view=all").contains("short_name,name_en"))
            browser.take(cookie: "baton_language", "en")
            let columns = "data-columns=\"kind,change_point,cost_drivers_"
            #expect(await browser.text("/o/change_impact").contains(columns + "en"))
            browser.take(cookie: "baton_language", "zh")
            #expect(await browser.text("/o/department" + filter).contains("外贸一部"))
            #expect(await browser.text("/o/change_impact").contains(columns + "zh"))
        }
    }

    @Test("An expression that can't be used stays in the builder with the reason beside it")
    func refusedExpression() async throws {
        try await withHouse { _, browser in
            let reply = await browser.get("/o/company?view=all&fx=amount%20%3E%3E")
            #expect(reply.status == 422 && reply.text.contains(">amount &gt;&gt;</textarea>"))
            #expect(reply.text.contains("id=\"fb-why\"") && reply.text.contains("Nordlicht"))
        }
    }

    @Test("Without the right to export there is no export page, and no file by a template")
    func exportRight() async throws {
        try await withHouse { house, _ in
            let other = try await house.person("logistics1", roles: ["logistics"])
            let can = await other.get("/o/company/export.csv").status == 200
            #expect(await other.get("/o/company/export").status == (can ? 200 : 403))
        }
    }
}
