import Definitions
import Kernel
import Testing
import Values

@testable import Web

/// The pages with which the house is set up and looked after: who opens them and who saves there, role by role.
///
/// Like `PermissionTable`, the table is written by hand from the company's rules.
@Suite("Permission matrix of the house's pages", .serialized)
struct HousePageTests {
    /// Who sets up the house, and who manages accounts beside them.
    private static let definers: Set = ["admin"]
    private static let managers: Set = ["admin", "general_manager"]
    private static let auditors: Set = ["admin", "general_manager", "director", "finance"]
    private static let everybody = Set(PermissionTable.roles)

    private struct Cell {
        let path: String
        let opens: Set<String>
    }

    private static let pages = [
        Cell(path: "/settings/setup", opens: definers), Cell(path: "/settings/setup/company", opens: definers),
        Cell(path: "/settings/setup/currencies", opens: definers),
        Cell(path: "/settings/setup/structure", opens: definers),
        Cell(path: "/settings/setup/people", opens: definers), Cell(path: "/settings/mail", opens: definers),
        Cell(path: "/settings/numbers", opens: definers), Cell(path: "/settings/backup", opens: auditors),
        Cell(path: "/settings/deliveries", opens: definers), Cell(path: "/settings/people", opens: managers),
        Cell(path: "/settings/tokens", opens: managers), Cell(path: "/settings/audit", opens: auditors),
        Cell(path: "/settings/notices", opens: everybody), Cell(path: "/settings/hand-over", opens: everybody),
    ]

    private struct Save {
        let path: String
        let fields: [(String, String)]
        let saves: Set<String>
    }

    /// Each is refused for what it says by whoever may save there, so that nothing is changed by the round.
    private static let posts = [
        Save(path: "/settings/setup/company", fields: [("name_zh", ""), ("name_en", "")], saves: definers),
        Save(path: "/settings/setup/currencies", fields: [("r.USD", "-1")], saves: definers),
        Save(path: "/settings/setup/structure", fields: [("departments", "A, , Nowhere")], saves: definers),
        Save(
            path: "/settings/setup/people", fields: [("do", "make"), ("p0.name", "X"), ("p0.login", "owner")],
            saves: definers),
        Save(path: "/settings/mail", fields: [("host", "")], saves: definers),
        Save(
            path: "/settings/numbers", fields: [("object", "quotation"), ("field", "no"), ("next", "0")],
            saves: definers),
        Save(
            path: "/settings/numbers/pattern",
            fields: [("object", "quotation"), ("field", "no"), ("pattern", "Q"), ("do", "save")], saves: definers),
        Save(
            path: "/settings/numbers/pattern",
            fields: [("object", "quotation"), ("field", "no"), ("pattern", "Q")], saves: definers),
    ]

    @Test("Each page of the house opens for the roles that look after it and nobody else")
    func opens() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        for role in PermissionTable.roles {
            let browser = try await house.person("of_" + role, roles: [role])
            for cell in Self.pages {
                let status = await browser.get(cell.path).status
                #expect(status == (cell.opens.contains(role) ? 200 : 403), "\(role) \(cell.path)")
            }
            let index = await browser.text("/settings")
            for path in ["/settings/mail", "/settings/numbers", "/settings/setup"] {
                #expect(index.contains("\"\(path)\"") == Self.definers.contains(role), "\(role) \(path)")
            }
        }
        await house.end()
    }

    @Test("Nobody else saves there, tries the mail account, or changes how papers are numbered; nothing is written")
    func saves() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        var people: [(String, Browser)] = []
        for role in PermissionTable.roles { people.append((role, try await house.person("of_" + role, roles: [role]))) }
        let before = try await events(house)
        for (role, browser) in people {
            for post in Self.posts {
                let status = await browser.post(post.path, post.fields).status
                let wanted = post.saves.contains(role) ? 422 : 403
                #expect(status == wanted, "\(role) \(post.path) \(status)")
            }
            if Self.definers.contains(role) { continue }
            for (path, fields) in [
                ("/settings/mail/test", [("to", "x@example.com")]), ("/settings/mail/drop", []),
                ("/settings/setup/close", []), ("/settings/setup/company/later", []), ("/settings/backup", []),
            ] {
                #expect(await browser.post(path, fields).status == 403, "\(role) \(path)")
            }
        }
        #expect(try await events(house) == before)
        await house.end()
    }

    @Test("A hand-over is opened and steered by who is above it, by the person to look at, by nobody else")
    func handOver() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let lin = try await house.person("lin", roles: ["sales"])
        _ = try await house.person("wang", roles: ["sales"])
        let ids = try await house.kernel.answer(
            ListRecords(object: "user", columns: ["login"], filters: ["login IN (\"lin\", \"wang\")"]),
            as: .system("test")
        ).rows
        let (person, taker) = (
            try #require(ids.first { $0["login"].text == "lin" }?.id),
            try #require(ids.first { $0["login"].text == "wang" }?.id)
        )
        let made = try await house.kernel.perform(
            Command(.handingOver(.plan(HandOverWish(person: person, usual: taker)))), as: .system("test"))
        let id = try #require(made.created.first?.id)
        for role in PermissionTable.roles {
            let browser = try await house.person("of_" + role, roles: [role])
            let isAbove = Self.managers.contains(role)
            for path in ["/settings/hand-over?person=\(person)", "/settings/hand-over/\(id)"] {
                #expect(await browser.get(path).status == (isAbove ? 200 : 404), "\(role) \(path)")
            }
            if isAbove { continue }
            for verb in ["start", "cancel", "resume", "undo", "accept", "except"] {
                #expect(await browser.post("/settings/hand-over/\(id)/\(verb)", []).status == 404, "\(role) \(verb)")
            }
            let plan = await browser.post(
                "/settings/hand-over", [("person", person.description), ("to", taker.description)])
            #expect(plan.status == 404, "\(role)")
        }
        #expect(await lin.get("/settings/hand-over/\(id)").status == 200)
        let standing = try await house.kernel.answer(HandOverOf(id), as: .system("test"))
        #expect(standing.state == .draft)
        await house.end()
    }

    /// The number of the newest event.
    private func events(_ house: WebHouse) async throws -> Int64 {
        try await house.kernel.answer(LastEvent(), as: .system("test"))
    }
}
